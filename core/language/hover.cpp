// SPDX-License-Identifier: Apache-2.0
#include "language/hover.h"

#include "dockerfile/views.h"
#include "language/builderwords.h"
#include "language/completionplace.h"
#include "language/expansion.h"
#include "language/reading.h"
#include "language/reference.h"
#include "language/symbolplaces.h"
#include "language/text.h"

#include "base/units.h"

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

QString code(const QString &text)
{
    // A fence longer than any in the text itself.
    return text.contains(u'`') ? QString(u"`` "_s + text + u" ``"_s) : QString(u'`' + text + u'`');
}

std::optional<Hover> ofTopic(TextRange range, const QString &id)
{
    const Topic &found = topic(id);
    if (found.name.isEmpty())
        return std::nullopt;
    return Hover{range, found.title, found.text};
}

class Question
{
public:
    Question(const Tree &tree, const graph::StageGraph &graph, const Facts &facts, int line, qsizetype offset)
        : m_tree(tree)
        , m_graph(graph)
        , m_facts(facts)
        , m_line(line)
        , m_offset(offset)
        , m_reading(tree, line)
    {}

    [[nodiscard]] std::optional<Hover> answer() const
    {
        if (auto variable = ofVariable())
            return variable;
        for (const StagePlace &place : stagePlaces(m_tree, m_graph, m_line))
            if (place.range.contains(m_offset))
                return ofStage(place.range, m_graph.stages[size_t(place.stage)]);
        for (const InstructionParts &parts : m_reading.parts()) {
            if (contains(parts.keywordSpan))
                return ofTopic(m_reading.range(parts.keywordSpan), keywordText(parts.keyword));
            for (const Span flag : parts.flags)
                if (contains(flag))
                    return parts.keyword == Keyword::Run && m_reading.text(flag).startsWith("--mount="_L1)
                               ? ofMount(flag)
                               : ofFlag(parts.keyword, flag);
        }
        const InstructionParts &parts = m_reading.inner();
        for (size_t i = 0; i < parts.words.size(); ++i)
            if (contains(parts.words[i]))
                return ofWord(parts, i);
        return std::nullopt;
    }

private:
    [[nodiscard]] bool contains(Span span) const
    {
        return span.length > 0 && m_reading.range(span).contains(m_offset);
    }

    [[nodiscard]] std::optional<Hover> ofVariable() const
    {
        std::optional<VariableUse> here;
        for (const VariableUse &use : variableUses(m_tree, m_line))
            if (use.wholeRange.contains(m_offset))
                here = use; // the innermost comes last
        if (here) {
            const auto variables = variablesBefore(m_tree, here->wholeRange.start, m_facts.values);
            const auto known = std::ranges::find(variables, here->name, &Variable::name);
            return ofVariable(here->name, here->wholeRange,
                              known == variables.end() ? std::nullopt : std::optional(*known), here->byShell);
        }
        const Keyword keyword = m_tree.line(m_line).keyword;
        if (keyword != Keyword::Arg && keyword != Keyword::Env)
            return std::nullopt;
        for (const Pair &pair : viewPairs(Instruction(m_tree, m_line)))
            if (pair.name.range.contains(m_offset))
                return ofVariable(pair.name.text, pair.name.range, declared(pair), false);
        return std::nullopt;
    }

    // What an ARG or ENV makes of the name from its line on.
    [[nodiscard]] Variable declared(const Pair &pair) const
    {
        const int stage = stageIndexAt(m_graph, m_line);
        const bool isArg = m_tree.line(m_line).keyword == Keyword::Arg;
        Variable variable{.name = pair.name.text, .line = m_line};
        variable.origin = !isArg      ? Variable::Origin::Env
                          : stage < 0 ? Variable::Origin::GlobalArg
                                      : Variable::Origin::StageArg;
        if (const auto given = m_facts.values.buildArgs.constFind(variable.name);
            isArg && given != m_facts.values.buildArgs.cend()) {
            variable.value = *given;
            variable.origin = Variable::Origin::BuildArgOverride;
        } else if (pair.value) {
            variable.value =
                expand(pair.value->text, variablesBefore(m_tree, pair.name.range.start, m_facts.values),
                       m_tree.escape())
                    .text;
        } else if (isArg && stage >= 0) {
            const auto globals = variablesAt(m_tree, m_graph.stages[size_t(stage)].fromLine, m_facts.values);
            if (const auto global = std::ranges::find(globals, variable.name, &Variable::name);
                global != globals.end())
                variable = *global;
        }
        return variable;
    }

    [[nodiscard]] Hover ofVariable(const QString &name, TextRange range, const std::optional<Variable> &known,
                                   bool byShell) const
    {
        QStringList paragraphs;
        if (!known)
            paragraphs.append(whyUnknown(name));
        else if (!known->value)
            paragraphs.append(Text::tr("no value") + u" — "_s + originInWords(m_tree, *known));
        else
            paragraphs.append((known->value->isEmpty() ? Text::tr("empty") : code(*known->value)) + u" — "_s +
                              originInWords(m_tree, *known));
        if (byShell)
            paragraphs.append(Text::tr("The shell of the command puts it in, not the builder."));
        const QString id = u"variable "_s + name;
        const Topic &meaning = topic(id);
        if (!meaning.name.isEmpty())
            paragraphs.append(meaning.text);
        return {range, name, paragraphs.join(u"\n\n"_s)};
    }

    [[nodiscard]] QString whyUnknown(const QString &name) const
    {
        const int index = stageIndexAt(m_graph, m_line);
        const auto globals =
            variablesAt(m_tree, index < 0 ? m_line : m_graph.stages.front().fromLine, m_facts.values);
        const auto global = std::ranges::find(globals, name, &Variable::name);
        if (index >= 0 && global != globals.end())
            return Text::tr("Not known in this stage: it takes %1 in the stage first.")
                .arg(code(u"ARG "_s + name));
        if (index >= 0 && m_tree.line(m_line).keyword != Keyword::From)
            return Text::tr("Nothing in this file sets it. The base image %1 may.")
                .arg(code(outermostBase(index)));
        return Text::tr("Nothing in this file sets it.");
    }

    [[nodiscard]] QString outermostBase(int index) const
    {
        while (m_graph.stages[size_t(index)].baseStage >= 0)
            index = m_graph.stages[size_t(index)].baseStage;
        return m_graph.stages[size_t(index)].resolvedBase;
    }

    [[nodiscard]] Hover ofStage(TextRange range, const graph::Stage &stage) const
    {
        const QString base =
            stage.resolvedBase.isEmpty() ? Text::tr("nothing yet") : code(stage.resolvedBase);
        QStringList paragraphs{
            stage.baseStage >= 0
                ? Text::tr("Stage in line %1, from the stage %2.")
                      .arg(m_tree.firstRow(stage.fromLine))
                      .arg(base)
                : Text::tr("Stage in line %1, from %2.").arg(m_tree.firstRow(stage.fromLine)).arg(base)};
        if (const auto size = m_facts.stageSizes.constFind(stage.key.name); size != m_facts.stageSizes.cend())
            paragraphs.append(Text::tr("%1 when it was last built.").arg(sizeInWords(*size)));
        if (stage.isTarget)
            paragraphs.append(Text::tr("It is what is built."));
        else if (!stage.reachable)
            paragraphs.append(Text::tr("The target does not need it: it is not built."));
        QStringList made;
        constexpr int most = 8;
        constexpr qsizetype longest = 100;
        for (const int line : stage.instructions) {
            if (m_tree.line(line).keyword == Keyword::Arg || made.size() == most)
                continue;
            const QString summary = Instruction(m_tree, line).summary();
            made.append(u"    "_s + summary.first(std::min(longest, summary.size())));
        }
        if (!made.isEmpty())
            paragraphs.append(made.join(u'\n'));
        return {range, stage.displayName(), paragraphs.join(u"\n\n"_s)};
    }

    [[nodiscard]] Hover ofImage(TextRange range, const QString &reference) const
    {
        if (reference == "scratch"_L1)
            return {range, reference,
                    Text::tr("Nothing at all: no shell, no certificates, no users. For static programs.")};
        if (m_facts.namedContexts.contains(reference))
            return {range, reference, Text::tr("A named build context.")};
        const auto local = std::ranges::find(m_facts.images, reference, &LocalImage::reference);
        QString text = Text::tr("An image from outside of this file.");
        if (local != m_facts.images.end())
            text = local->sizeBytes < 0
                       ? Text::tr("An image that the engine has.")
                       : Text::tr("An image that the engine has: %1.").arg(sizeInWords(local->sizeBytes));
        else if (!m_facts.images.empty())
            text += u' ' + Text::tr("The engine does not have it yet; the build pulls it.");
        return {range, reference, text};
    }

    [[nodiscard]] std::optional<Hover> ofFlag(Keyword keyword, Span flag) const
    {
        const QString text = m_reading.text(flag).toString();
        const QString name = text.section(u'=', 0, 0);
        const TextRange range = m_reading.range(flag);
        const qsizetype equals = text.indexOf(u'=');
        const QString value = equals < 0 ? QString() : text.sliced(equals + 1);
        const Span valueSpan{flag.start + equals + 1, value.size()};
        if (equals >= 0 && contains(valueSpan)) {
            if (name == "--from"_L1)
                return ofImage(m_reading.range(valueSpan), value);
            if (auto found =
                    ofTopic(m_reading.range(valueSpan), keywordText(keyword) + u' ' + name + u' ' + value))
                return found;
        }
        return ofTopic(range, keywordText(keyword) + u' ' + name);
    }

    // The field of a mount at the place; its value where that has a meaning of its own.
    [[nodiscard]] std::optional<Hover> ofMount(Span flag) const
    {
        qsizetype start = flag.start + m_reading.text(flag).indexOf(u'=') + 1;
        for (const QStringView field : m_reading.text(flag).sliced(start - flag.start).split(u',')) {
            const Span span{start, field.size()};
            start += field.size() + 1;
            if (!contains(span))
                continue;
            const qsizetype equals = field.indexOf(u'=');
            const QString name =
                canonicalMountField(field.first(equals < 0 ? field.size() : equals).toString().toLower());
            const QString value = equals < 0 ? QString() : field.sliced(equals + 1).toString();
            const Span valueSpan{span.end() - value.size(), value.size()};
            if (equals >= 0 && contains(valueSpan)) {
                const TextRange range = m_reading.range(valueSpan);
                if (name == "from"_L1)
                    return ofImage(range, value);
                const QString id = name == "type"_L1 ? QString(u"mount "_s + value)
                                                     : QString(u"mount "_s + name + u' ' + value);
                if (auto found = ofTopic(range, id))
                    return found;
            }
            return ofTopic(m_reading.range(span), u"mount "_s + name);
        }
        return ofTopic(m_reading.range(flag), u"RUN --mount"_s);
    }

    [[nodiscard]] std::optional<Hover> ofWord(const InstructionParts &parts, size_t index) const
    {
        const TextRange range = m_reading.range(parts.words[index]);
        const QString text = m_reading.text(parts.words[index]).toString();
        if (parts.keyword == Keyword::From && m_reading.parts().size() == 1) {
            const int stage = stageIndexAt(m_graph, m_line);
            if (index == 0 && stage >= 0) {
                const graph::Stage &own = m_graph.stages[size_t(stage)];
                return own.baseStage >= 0 ? ofStage(range, m_graph.stages[size_t(own.baseStage)])
                                          : ofImage(range, own.resolvedBase);
            }
            return index == 1 ? ofTopic(range, u"FROM AS"_s) : std::nullopt;
        }
        return ofTopic(range, keywordText(parts.keyword) + u' ' + text.section(u'=', 0, 0));
    }

    const Tree &m_tree;
    const graph::StageGraph &m_graph;
    const Facts &m_facts;
    int m_line;
    qsizetype m_offset;
    Reading m_reading;
};

std::optional<Hover> ofDirective(const Tree &tree, int line, qsizetype offset)
{
    qsizetype at = tree.lineRange(line).start;
    for (const Token &token : tree.line(line).tokens) {
        const TextRange range{at, token.length};
        at = range.end();
        if (token.kind != TokenKind::Directive || !range.contains(offset))
            continue;
        const auto directive = readDirective(
            QStringView(tree.line(line).text).sliced(range.start - tree.lineRange(line).start, range.length));
        return directive ? ofTopic(range, u"directive "_s + directive->name) : std::nullopt;
    }
    return std::nullopt;
}

}

std::optional<Hover> hover(const Tree &tree, const graph::StageGraph &graph, qsizetype offset,
                           const Facts &facts)
{
    const int line = tree.lineAt(offset);
    if (line < 0 || offset >= tree.length())
        return std::nullopt;
    if (tree.line(line).kind == LineKind::Directive)
        return ofDirective(tree, line, offset);
    if (tree.line(line).kind != LineKind::Instruction)
        return std::nullopt;
    return Question(tree, graph, facts, line, offset).answer();
}

}
