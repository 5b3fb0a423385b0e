// SPDX-License-Identifier: Apache-2.0
// What we read in a Dockerfile is what the engine's own frontend reads in it: stages, secrets, ssh, caches,
// arguments, and what it refuses. Over the corpus in tests/data and some hundred generated files; the score
// is in the log.
#include "realengine.h"

#include "core/dockerfile/corpus.h"
#include "dockerfile/problems.h"
#include "dockerfile/textfile.h"
#include "dockerfile/variables.h"
#include "dockerfile/views.h"
#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/buildkitclient.h"
#include "graph/stagegraph.h"
#include "lint/linter.h"
#include "support/dockerfilegenerator.h"

#include <QTest>
#include <QVersionNumber>

using namespace Qt::StringLiterals;
using Item = engine::DockerfileOutline::Item;

namespace {

engine::RowRange rowsOf(const dockerfile::Tree &tree, int line)
{
    return {tree.firstRow(line), tree.lastRow(line)};
}

std::vector<engine::DockerfileTarget> targetsOf(const dockerfile::Tree &tree, const graph::StageGraph &graph)
{
    std::vector<engine::DockerfileTarget> targets;
    for (const graph::Stage &stage : graph.stages) {
        targets.push_back({.name = stage.name.toLower(),
                           .description = {},
                           .base = stage.base,
                           .platform = stage.platform,
                           .isDefault = stage.isTarget,
                           .rows = rowsOf(tree, stage.fromLine)});
    }
    return targets;
}

QString optionOf(const dockerfile::Mount &mount, QLatin1StringView name)
{
    for (const auto &[option, value] : mount.options) {
        if (option == name)
            return value;
    }
    return {};
}

/// Names of what the target needs, by type of mount: "secret a required", "ssh default", "cache /c".
QStringList mountsOf(const dockerfile::Tree &tree, const graph::StageGraph &graph, bool withCaches)
{
    QStringList names;
    for (const graph::Stage &stage : graph.stages) {
        for (const int line : stage.reachable ? stage.instructions : std::vector<int>()) {
            if (tree.line(line).keyword != dockerfile::Keyword::Run)
                continue;
            for (const auto &mount : dockerfile::viewRun(dockerfile::Instruction(tree, line)).mounts) {
                const QString id = optionOf(mount, "id"_L1);
                const QString target = mount.target.value_or(QString());
                const QString required =
                    optionOf(mount, "required"_L1) == "true"_L1 ? u" required"_s : QString();
                const QString row = u" in "_s + QString::number(tree.firstRow(line));
                if (mount.type == "secret"_L1)
                    names.append(u"secret "_s + (id.isEmpty() ? target.section(u'/', -1) : id) + required +
                                 row);
                else if (mount.type == "ssh"_L1)
                    names.append(u"ssh "_s + (id.isEmpty() ? u"default"_s : id) + required + row);
                else if (mount.type == "cache"_L1 && withCaches)
                    names.append(u"cache "_s + (id.isEmpty() ? target : id) + row);
            }
        }
    }
    names.sort();
    return names;
}

QStringList mountsOf(const engine::DockerfileOutline &outline)
{
    QStringList names;
    const auto add = [&names](const QString &kind, const std::vector<Item> &items) {
        for (const Item &item : items)
            names.append(kind + u' ' + item.name + (item.isRequired ? u" required"_s : QString()) +
                         u" in "_s + QString::number(item.rows.first));
    };
    add(u"secret"_s, outline.secrets);
    add(u"ssh"_s, outline.ssh);
    add(u"cache"_s, outline.caches);
    names.sort();
    return names;
}

/// The engine lists arguments that are used; each must be one that we know, with its value and its place.
bool knowsArgument(const dockerfile::Tree &tree, const Item &item)
{
    const int line = tree.lineAtRow(item.rows.first);
    if (line < 0 || tree.line(line).keyword != dockerfile::Keyword::Arg)
        return false;
    const auto after = dockerfile::variablesAt(tree, line + 1);
    const auto found = std::ranges::find(after, item.name, &dockerfile::Variable::name);
    const QString value = found == after.end() ? QString() : found->value.value_or(QString());
    const auto pairs = dockerfile::viewPairs(dockerfile::Instruction(tree, line));
    return std::ranges::any_of(pairs, [&](const auto &pair) { return pair.name.text == item.name; }) &&
           value == item.value;
}

/// What BuildKit's parser says itself; what its instructions and the builder find is told later.
bool isOfParser(const QString &why)
{
    static const QStringList words{u"file with no instructions"_s,
                                   u"unterminated heredoc"_s,
                                   u"must have two arguments"_s,
                                   u"escape parser directive"_s,
                                   u"invalid ESCAPE"_s,
                                   u"invalid escape"_s,
                                   u"can't find = in"_s,
                                   u"token too long"_s,
                                   u"nested JSON"_s,
                                   u"only one"_s};
    return std::ranges::any_of(words, [&](const QString &word) { return why.contains(word); }) &&
           !why.contains("but only one was provided"_L1);
}

/// A base that the engine would have to look for.
bool isAboutAnImage(const QString &why)
{
    static const QStringList words{u"failed to resolve source metadata"_s,
                                   u"failed to do request"_s,
                                   u"failed to resolve reference"_s,
                                   u"no such host"_s,
                                   u"not found"_s,
                                   u"failed to authorize"_s,
                                   u"dial tcp"_s};
    return std::ranges::any_of(words, [&](const QString &word) { return why.contains(word); });
}

QString inWords(const std::vector<engine::DockerfileTarget> &targets)
{
    QStringList words;
    for (const auto &target : targets)
        words.append(
            u"%1 FROM %2 platform %3 %4 rows %5-%6"_s
                .arg(target.name, target.base, target.platform, target.isDefault ? u"default"_s : QString())
                .arg(target.rows.first)
                .arg(target.rows.last));
    return words.join(u"; "_s);
}

}

class TestConformance : public EngineTest
{
    Q_OBJECT

    static engine::BuildRequest requestFor(const QByteArray &dockerfile)
    {
        engine::BuildRequest request;
        request.dockerfile = dockerfile;
        return request;
    }

    static void addFiles()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const GeneratedFile &file : generatedDockerfiles())
            QTest::newRow(qPrintable(file.name)) << dockerfile::bytesFromText(file.text);
        for (const auto &file : corpus())
            QTest::newRow(qPrintable(u"corpus-"_s + file.name)) << file.bytes;
    }

private Q_SLOTS:
    void initTestCase()
    {
        takeEngine(&engine::BuildAbilities::outline);
        if (QTest::currentTestResolved())
            return;
        m_buildKit = std::make_unique<engine::BuildKitClient>(m_engine->client);
    }
    void cleanupTestCase()
    {
        m_buildKit.reset();
        m_engine.reset();
        qInfo("refused by the engine, an error here: %d of %d", m_errors.same, m_errors.all);
        qInfo("stages: %d of %d files alike; mounts and arguments: %d of %d; the parser's refusals: %d of %d",
              m_stages.same, m_stages.all, m_outline.same, m_outline.all, m_refusals.same, m_refusals.all);
    }

    void stagesAreThoseOfTheFrontend_data() { addFiles(); }

    void stagesAreThoseOfTheFrontend()
    {
        QFETCH(QByteArray, bytes);
        const auto tree = dockerfile::parse(dockerfile::textFromBytes(bytes));
        const auto theirs = await<std::vector<engine::DockerfileTarget>>(
            [&](auto answer) { m_buildKit->targets(requestFor(bytes), answer); });
        const auto refused = dockerfile::refusal(tree);
        if (!theirs) {
            const QString why = theirs.error().text();
            if (!isOfParser(why))
                return; // found after parsing, or an image of "# syntax=" that is not there
            ++m_refusals.all;
            m_refusals.same += refused.has_value();
            QVERIFY2(refused, qPrintable(why));
            return;
        }
        QVERIFY2(!refused, qPrintable(refused ? refused->message : QString()));
        auto plain = *theirs;
        for (auto &target : plain)
            target.description.clear(); // the comment above, which is no part of a graph
        const auto ours = targetsOf(tree, graph::build(tree));
        ++m_stages.all;
        m_stages.same += inWords(ours) == inWords(plain);
        QCOMPARE(inWords(ours), inWords(plain));
    }

    void mountsAndArgumentsAreThoseOfTheFrontend_data() { addFiles(); }

    void mountsAndArgumentsAreThoseOfTheFrontend()
    {
        QFETCH(QByteArray, bytes);
        const auto tree = dockerfile::parse(dockerfile::textFromBytes(bytes));
        const auto graph = graph::build(tree);
        const bool isFromScratch = std::ranges::all_of(
            graph.images, [](const graph::ExternalImage &image) { return image.isScratch; });
        if (!isFromScratch)
            return; // the engine would look for the image
        if (graph.stages.empty())
            return; // the whole daemon of Engine 26 goes down over the outline of a file without a stage
        const auto theirs = await<engine::DockerfileOutline>(
            [&](auto answer) { m_buildKit->outline(requestFor(bytes), answer); });
        if (!theirs)
            return;
        // Its format has a place for caches, which Engine 28.5 leaves empty.
        const QStringList ours = mountsOf(tree, graph, !theirs->caches.empty());
        bool knowsAll = ours == mountsOf(*theirs);
        for (const Item &item : theirs->args)
            knowsAll = knowsAll && knowsArgument(tree, item);
        ++m_outline.all;
        m_outline.same += knowsAll;
        QCOMPARE(ours, mountsOf(*theirs));
        for (const Item &item : theirs->args)
            QVERIFY2(knowsArgument(tree, item),
                     qPrintable(u"%1=%2 in row %3"_s.arg(item.name, item.value).arg(item.rows.first)));
    }

    void whatTheEngineRefusesIsAnErrorHere_data() { addFiles(); }

    // Whoever finds it in BuildKit: its parser, its instructions, or the builder. Not what needs a registry.
    void whatTheEngineRefusesIsAnErrorHere()
    {
        QFETCH(QByteArray, bytes);
        constexpr int firstThatSurvives = 28;
        if (QVersionNumber::fromString(m_engine->client->info()->version).majorVersion() < firstThatSurvives)
            QSKIP("the frontend of older engines takes the whole daemon down over one of these files");
        const auto tree = dockerfile::parse(dockerfile::textFromBytes(bytes));
        const auto graph = graph::build(tree);
        auto why = refusalOf<std::vector<engine::DockerfileTarget>>(
            [&](auto answer) { m_buildKit->targets(requestFor(bytes), answer); });
        if (why.isEmpty()) {
            why = refusalOf<engine::DockerfileOutline>(
                [&](auto answer) { m_buildKit->outline(requestFor(bytes), answer); });
        }
        const auto findings = lint::run(tree, graph, {});
        const bool isError = std::ranges::any_of(
            findings, [](const lint::Finding &one) { return one.severity == lint::Severity::Error; });
        if (why.isEmpty()) {
            const auto wrong = std::ranges::find(findings, u"refused-instruction"_s, &lint::Finding::rule);
            QVERIFY2(wrong == findings.end(),
                     qPrintable(wrong == findings.end() ? QString() : wrong->message));
        }
        if (why.isEmpty() || isAboutAnImage(why))
            return;
        ++m_errors.all;
        m_errors.same += isError;
        QVERIFY2(isError, qPrintable(why));
    }

private:
    template <class T, class Ask>
    QString refusalOf(Ask ask)
    {
        const auto answer = await<T>(ask);
        return answer ? QString() : answer.error().text();
    }

    struct Score
    {
        int same = 0;
        int all = 0;
    };
    std::unique_ptr<engine::BuildKitClient> m_buildKit;
    Score m_stages;
    Score m_outline;
    Score m_refusals;
    Score m_errors;
};

QTEST_GUILESS_MAIN(TestConformance)
#include "tst_conformance.moc"
