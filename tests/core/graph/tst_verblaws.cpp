// SPDX-License-Identifier: Apache-2.0
// What must hold for every verb on every file: sequences of random verbs over the corpus and over files of
// many styles. SEQUENCES=10000 runs as many; a second's worth without.
#include "core/dockerfile/corpus.h"
#include "core/graph/randomfile.h"
#include "core/graph/randomverb.h"
#include "graph/livegraph.h"

#include <QtTest>

using namespace graph;
using namespace Qt::StringLiterals;

namespace {

QMap<QString, int> messages(const dockerfile::Tree &tree)
{
    QMap<QString, int> counts;
    for (const dockerfile::Problem &problem : tree.problems())
        ++counts[problem.message];
    return counts;
}

QString newProblem(const dockerfile::Tree &before, const dockerfile::Tree &after)
{
    const auto known = messages(before);
    const auto now = messages(after);
    for (const auto &[message, count] : now.asKeyValueRange()) {
        if (count > known.value(message))
            return message;
    }
    return {};
}

/// What stands outside the replaced ranges, before and after.
bool keepsTheRest(const QString &before, const QString &after, const base::TextEdit &edit)
{
    qsizetype at = 0;
    qsizetype shift = 0;
    for (const auto &[range, text] : edit.replacements()) {
        if (before.sliced(at, range.start - at) != after.sliced(at + shift, range.start - at))
            return false;
        at = range.end();
        shift += text.size() - range.length;
    }
    return before.sliced(at) == after.sliced(at + shift);
}

QString brokenLaw(const QString &before, const dockerfile::Tree &tree, const base::TextEdit &edit)
{
    QString after = before;
    const base::TextEdit inverse = edit.applyTo(after);
    if (!keepsTheRest(before, after, edit))
        return u"text outside of the edit changed"_s;
    const dockerfile::Tree edited = tree.edited(edit);
    const dockerfile::Tree fresh = dockerfile::parse(after);
    if (edited != fresh || edited.text() != after || edited.problems() != fresh.problems())
        return u"the edited tree is not the fresh one"_s;
    if (const QString problem = newProblem(tree, edited); !problem.isEmpty())
        return u"a new problem: "_s + problem;
    QString back = after;
    inverse.applyTo(back);
    return back == before ? QString() : u"the inverse does not give the bytes"_s;
}

}

class TestVerbLaws : public QObject
{
    Q_OBJECT

    static int sequences()
    {
        const int wanted = qEnvironmentVariableIntValue("SEQUENCES");
        return wanted > 0 ? wanted : 600;
    }

private Q_SLOTS:
    void everyVerbRefusesOrKeepsTheLaws()
    {
        QMap<QString, std::pair<int, int>> tally; // done, refused
        for (int i = 0; i < sequences(); ++i) {
            QRandomGenerator random(static_cast<quint32>(i) + 1);
            constexpr qsizetype largest = 4000;
            QString text = randomDockerfile(random);
            if (i % 4 == 0) {
                const CorpusFile &file = corpus()[size_t(i / 4) % corpus().size()];
                if (file.text.size() < largest)
                    text = file.text;
            }
            dockerfile::Tree tree = dockerfile::parse(text);
            LiveGraph live;
            StageGraph liveGraph = live.updated({}, tree);
            for (int step = 0; step < 6; ++step) {
                const StageGraph graph = build(tree);
                const RandomVerb verb = randomVerb(random, tree, graph);
                const QString story = u"sequence %1, step %2: %3\n%4"_s.arg(i).arg(step).arg(verb.name, text);
                auto &[done, refused] = tally[verb.name.section(u' ', 0, 0)];
                if (!verb.edit) {
                    ++refused;
                    QVERIFY2(!verb.edit.error().message.isEmpty(), qPrintable(story));
                    continue;
                }
                ++done;
                const QString broken = brokenLaw(text, tree, *verb.edit);
                QVERIFY2(broken.isEmpty(), qPrintable(broken + u"\n"_s + story));
                verb.edit->applyTo(text);
                tree = tree.edited(*verb.edit);
                const StageGraph fresh = build(dockerfile::parse(text));
                QVERIFY2(build(tree) == fresh, qPrintable(story));
                liveGraph = live.updated(liveGraph, tree);
                QVERIFY2(liveGraph == fresh, qPrintable(u"kept up to date, "_s + story));
                const QString changed = verb.whyNotDone(tree, fresh);
                QVERIFY2(changed.isEmpty(), qPrintable(changed + u"\n"_s + story + u"\nafter:\n"_s + text));
            }
        }
        for (const auto &[name, counts] : tally.asKeyValueRange())
            qInfo("%-24s done %5d, refused %5d", qPrintable(name), counts.first, counts.second);
    }
};

QTEST_GUILESS_MAIN(TestVerbLaws)
#include "tst_verblaws.moc"
