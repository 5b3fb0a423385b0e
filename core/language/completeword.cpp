// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/views.h"
#include "graph/graphedits.h"
#include "language/expansion.h"
#include "language/proposals.h"
#include "language/reference.h"
#include "language/text.h"
#include "language/usedinfile.h"

#include "base/units.h"

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

struct KnownValues
{
    QLatin1StringView name;
    std::initializer_list<QLatin1StringView> values;
};

// What is usually given to the variables of Go builds.
const KnownValues goValues[] = {
    {"CGO_ENABLED"_L1, {"0"_L1, "1"_L1}},
    {"GOOS"_L1, {"$TARGETOS"_L1, "linux"_L1, "windows"_L1, "darwin"_L1}},
    {"GOARCH"_L1, {"$TARGETARCH"_L1, "amd64"_L1, "arm64"_L1, "arm"_L1, "386"_L1, "riscv64"_L1}},
    {"GOARM"_L1, {"7"_L1, "6"_L1, "5"_L1}},
    {"GOAMD64"_L1, {"v1"_L1, "v2"_L1, "v3"_L1, "v4"_L1}},
    {"GOFLAGS"_L1, {"-trimpath"_L1, "-mod=vendor"_L1, "-mod=readonly"_L1, "-buildvcs=false"_L1}},
    {"GOPROXY"_L1,
     {"https://proxy.golang.org,direct"_L1, "https://goproxy.cn,direct"_L1, "direct"_L1, "off"_L1}},
    {"GOSUMDB"_L1, {"sum.golang.org"_L1, "off"_L1}},
    {"GOTOOLCHAIN"_L1, {"local"_L1, "auto"_L1}},
    {"GO111MODULE"_L1, {"on"_L1}},
    {"GOPATH"_L1, {"/go"_L1}},
    {"GOMODCACHE"_L1, {"/go/pkg/mod"_L1}},
    {"GOCACHE"_L1, {"/root/.cache/go-build"_L1}},
    {"TZ"_L1, {"UTC"_L1}}};

// name= and its value, of ENV, ARG, and before a command of RUN.
Completion completeAssigned(const CompletionPlace &place, const QString &name, const QString &typed)
{
    Proposals proposals = proposalsForWord(place, typed);
    for (const KnownValues &known : goValues) {
        if (name != known.name)
            continue;
        for (const QLatin1StringView value : known.values)
            proposals.add({.label = value, .kind = CompletionKind::Value});
    }
    return proposals.take();
}

void addVariableNames(Proposals &proposals, const QString &behind)
{
    for (const QString &child : topic(u"variable"_s).children) {
        const Topic &found = topic(child);
        proposals.add({.label = found.name,
                       .insert = found.name + behind,
                       .kind = CompletionKind::Variable,
                       .detail = found.summary,
                       .topic = child,
                       .goesOn = !behind.isEmpty()});
    }
}

bool isOfName(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-';
}

Completion completeArg(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    if (const qsizetype equals = place.word.indexOf(u'='); equals >= 0)
        return completeAssigned(place, place.word.first(equals), place.word.sliced(equals + 1));
    Proposals proposals(place.word, place.piece(place.word.size(), isOfName));
    if (place.stage >= 0) {
        // What the top of the file declares, a stage must declare again.
        const int from = question.graph.stages[size_t(place.stage)].fromLine;
        for (const Variable &variable : variablesAt(question.tree, from, question.facts.values)) {
            if (variable.line < 0)
                continue;
            proposals.add({.label = variable.name,
                           .kind = CompletionKind::Variable,
                           .detail = variable.value.value_or(QString()) + u" · "_s +
                                     originInWords(question.tree, variable)});
        }
    }
    addVariableNames(proposals, {});
    return proposals.take();
}

Completion completeEnv(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    if (const qsizetype equals = place.word.indexOf(u'='); equals >= 0)
        return completeAssigned(place, place.word.first(equals), place.word.sliced(equals + 1));
    Proposals proposals(place.word, place.piece(place.word.size(), isOfName));
    const QString assign = place.after.startsWith(u'=') ? QString() : u"="_s;
    // ARG X above, and ENV X=$X keeps it for the image.
    for (const Variable &variable : variablesAt(question.tree, place.line, question.facts.values)) {
        if (variable.line >= 0)
            proposals.add({.label = variable.name,
                           .insert = variable.name + assign,
                           .kind = CompletionKind::Variable,
                           .detail = originInWords(question.tree, variable),
                           .goesOn = true});
    }
    addVariableNames(proposals, assign);
    return proposals.take();
}

Completion completeLabel(const CompletionPlace &place)
{
    if (place.word.contains(u'='))
        return {.range = {place.offset, 0}, .items = {}};
    Proposals proposals(place.word, place.piece(place.word.size(), isOfName));
    const QString assign = place.after.startsWith(u'=') ? QString() : u"="_s;
    for (const QString &child : topic(u"LABEL"_s).children) {
        const Topic &found = topic(child);
        proposals.add({.label = found.name,
                       .insert = found.name + assign,
                       .kind = CompletionKind::Value,
                       .detail = found.summary,
                       .topic = child});
    }
    return proposals.take();
}

Completion completeExpose(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    if (const qsizetype slash = place.word.indexOf(u'/'); slash >= 0) {
        Proposals proposals = proposalsForWord(place, place.word.sliced(slash + 1));
        for (const QString &protocol : {u"tcp"_s, u"udp"_s, u"sctp"_s})
            proposals.add({.label = protocol});
        return proposals.take();
    }
    Proposals proposals(place.word, place.piece(place.word.size(), [](QChar c) { return c.isDigit(); }));
    for (const int port : question.facts.ports)
        proposals.add({.label = QString::number(port), .detail = Text::tr("the project listens on it")});
    for (const UsedWord &port : portsUsed(question.tree, place.line))
        proposals.add({.label = port.text, .detail = Text::tr("used in line %1").arg(port.row)});
    for (const auto &[port, meaning] :
         {std::pair(u"8080"_s, Text::tr("http, above 1024")),
          std::pair(u"8443"_s, Text::tr("https, above 1024")), std::pair(u"9090"_s, Text::tr("metrics")),
          std::pair(u"80"_s, Text::tr("http; needs root or a capability")),
          std::pair(u"443"_s, Text::tr("https; needs root or a capability"))})
        proposals.add({.label = port, .detail = meaning});
    return proposals.take();
}

Completion completeWorkdir(const CompletionQuestion &question)
{
    Proposals proposals = proposalsForWord(question.place, question.place.word);
    const Tree &tree = question.tree;
    for (int line = 0; line < tree.lineCount(); ++line) {
        if (tree.line(line).keyword != Keyword::Workdir || line == question.place.line)
            continue;
        const QString folder = Instruction(tree, line).arguments();
        proposals.add({.label = folder,
                       .kind = CompletionKind::Folder,
                       .detail = Text::tr("WORKDIR in line %1").arg(tree.firstRow(line))});
    }
    for (const QString &folder : {u"/src"_s, u"/app"_s, u"/go/src/app"_s})
        proposals.add({.label = folder, .kind = CompletionKind::Folder});
    return proposals.take();
}

Completion completeFrom(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    Proposals proposals = proposalsForWord(place, place.word);
    if (place.words.isEmpty()) {
        addStages(question, proposals, true);
        addContexts(question, proposals);
        addImages(question, proposals);
    } else if (place.words.size() == 1) {
        const bool lower = Instruction(question.tree, place.line).keywordWord().text.front().isLower();
        proposals.add({.label = lower ? u"as"_s : u"AS"_s,
                       .insert = lower ? u"as "_s : u"AS "_s,
                       .kind = CompletionKind::Instruction,
                       .detail = topic(u"FROM AS"_s).summary,
                       .topic = u"FROM AS"_s});
    }
    return proposals.take();
}

Completion completeCopy(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    QString from;
    for (const QString &flag : place.flags)
        if (flag.startsWith("--from="_L1))
            from = flag.sliced(7);
    if (place.words.isEmpty() && from.isEmpty())
        return completeContextPath(question, place.word);
    if (place.words.isEmpty())
        return completeProducedPath(question, from, place.word);
    return completeDestination(question, from);
}

Completion completeProgram(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    if (!place.argumentsSoFar.isEmpty() || place.stage < 0)
        return completeCommandPath(question, place.word);
    Proposals proposals({}, {place.offset, 0});
    const auto &stage = question.graph.stages[size_t(place.stage)];
    for (const QString &path : graph::producedPaths(question.tree, question.graph, stage.key))
        proposals.add({.label = u"[\""_s + path + u"\"]"_s, .kind = CompletionKind::File});
    return proposals.take();
}

Completion completeShell(const CompletionPlace &place)
{
    Proposals proposals({}, {place.offset, 0});
    if (place.argumentsSoFar.isEmpty())
        for (const QString &shell :
             {uR"(["/bin/bash", "-o", "pipefail", "-c"])"_s, uR"(["/bin/sh", "-e", "-c"])"_s,
              uR"(["/bin/ash", "-o", "pipefail", "-c"])"_s, uR"(["/bin/sh", "-c"])"_s})
            proposals.add({.label = shell});
    return proposals.take();
}

Completion completeTopics(const CompletionPlace &place, CompletionKind kind)
{
    Proposals proposals = proposalsForWord(place, place.word);
    for (const QString &child : topic(keywordText(place.keyword)).children) {
        const Topic &found = topic(child);
        if (!found.name.startsWith("--"_L1) && (place.words.isEmpty()))
            proposals.add({.label = found.name, .kind = kind, .detail = found.summary, .topic = child});
    }
    return proposals.take();
}

}

void addStages(const CompletionQuestion &question, Proposals &proposals, bool lowerCase)
{
    const auto &stages = question.graph.stages;
    // The nearest above first: it is the likeliest.
    for (int i = question.place.stage - 1; i >= 0; --i) {
        const graph::Stage &stage = stages[size_t(i)];
        if (stage.name.isEmpty() && lowerCase)
            continue; // FROM knows names only
        const QString name = stage.name.isEmpty() ? QString::number(i) : stage.name;
        QString detail = Text::tr("stage, from %1").arg(stage.resolvedBase);
        if (const auto size = question.facts.stageSizes.constFind(stage.key.name);
            size != question.facts.stageSizes.cend())
            detail += u" · "_s + base::sizeInWords(*size);
        proposals.add(
            {.label = lowerCase ? name.toLower() : name, .kind = CompletionKind::Stage, .detail = detail});
    }
}

void addContexts(const CompletionQuestion &question, Proposals &proposals)
{
    for (const QString &name : question.facts.namedContexts)
        proposals.add({.label = name,
                       .kind = CompletionKind::Context,
                       .detail = Text::tr("named context of the build")});
}

// Those of the engine, and those that the file takes from elsewhere.
void addKnownImages(const CompletionQuestion &question, Proposals &proposals)
{
    for (const LocalImage &image : question.facts.images)
        proposals.add({.label = image.reference,
                       .kind = CompletionKind::Image,
                       .detail = image.sizeBytes >= 0 ? base::sizeInWords(image.sizeBytes) : QString()});
    for (const graph::Edge &edge : question.graph.edges) {
        // What is being typed is in the graph as well.
        const bool isElsewhere =
            std::ranges::any_of(edge.lines, [&question](int line) { return line != question.place.line; });
        if (edge.from.kind == graph::NodeKind::Image && isElsewhere)
            proposals.add(
                {.label = edge.from.name,
                 .kind = CompletionKind::Image,
                 .detail = Text::tr("used in line %1").arg(question.tree.firstRow(edge.lines.front()))});
    }
}

void addImages(const CompletionQuestion &question, Proposals &proposals)
{
    addKnownImages(question, proposals);
    for (const auto &[name, meaning] :
         {std::pair(u"scratch"_s, Text::tr("nothing at all: for static programs")),
          std::pair(u"golang:"_s, Text::tr("the Go toolchain")),
          std::pair(u"alpine:"_s, Text::tr("a small system with a shell and apk")),
          std::pair(u"gcr.io/distroless/static-debian12:nonroot"_s,
                    Text::tr("CA certificates and time zones, no shell")),
          std::pair(u"gcr.io/distroless/base-debian12:nonroot"_s, Text::tr("the same, with glibc")),
          std::pair(u"debian:"_s, Text::tr("a full system with apt")),
          std::pair(u"busybox:"_s, Text::tr("a shell and small tools"))})
        proposals.add(
            {.label = name, .kind = CompletionKind::Image, .detail = meaning, .goesOn = name.endsWith(u':')});
}

void addSources(const CompletionQuestion &question, Proposals &proposals)
{
    addStages(question, proposals, false);
    addContexts(question, proposals);
    addKnownImages(question, proposals);
}

Completion completeWord(const CompletionQuestion &question)
{
    const CompletionPlace &place = question.place;
    switch (place.keyword) {
    case Keyword::Add:
    case Keyword::Copy:
        return completeCopy(question);
    case Keyword::Arg:
        return completeArg(question);
    case Keyword::Cmd:
    case Keyword::Entrypoint:
        return completeProgram(question);
    case Keyword::Env:
        return completeEnv(question);
    case Keyword::Expose:
        return completeExpose(question);
    case Keyword::From:
        return completeFrom(question);
    case Keyword::Healthcheck:
        return place.words.isEmpty() ? completeTopics(place, CompletionKind::Value)
                                     : completeCommandPath(question, place.word);
    case Keyword::Label:
        return completeLabel(place);
    case Keyword::Run: {
        const qsizetype equals = place.word.indexOf(u'=');
        if (equals > 0)
            if (auto values =
                    completeAssigned(place, place.word.first(equals), place.word.sliced(equals + 1));
                !values.items.empty())
                return values;
        return completeCommandPath(question, place.word);
    }
    case Keyword::Shell:
        return completeShell(place);
    case Keyword::Stopsignal:
        return completeTopics(place, CompletionKind::Value);
    case Keyword::User:
        return completeTopics(place, CompletionKind::User);
    case Keyword::Workdir:
        return completeWorkdir(question);
    case Keyword::Unknown:
    case Keyword::Maintainer:
    case Keyword::Onbuild:
    case Keyword::Volume:
        break;
    }
    return {.range = {place.offset, 0}, .items = {}};
}

}
