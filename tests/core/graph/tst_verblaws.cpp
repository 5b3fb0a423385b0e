// SPDX-License-Identifier: Apache-2.0
// What must hold for every verb on every file: sequences of random verbs over the corpus and over files of
// many styles. SEQUENCES=10000 runs as many; a second's worth without. tests/fuzz has them driven by bytes.
#include "core/dockerfile/corpus.h"
#include "core/graph/randomfile.h"
#include "core/graph/verblaws.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace Qt::StringLiterals;

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
            const Dice dice = [&random](int below) { return random.bounded(below); };
            constexpr qsizetype largest = 4000;
            QString text = randomDockerfile(dice);
            if (i % 4 == 0) {
                const CorpusFile &file = corpus()[size_t(i / 4) % corpus().size()];
                if (file.text.size() < largest)
                    text = file.text;
            }
            VerbLaws file(text);
            for (int step = 0; step < 6; ++step) {
                const RandomVerb verb = randomVerb(dice, file.tree(), file.graph());
                const QString story =
                    u"sequence %1, step %2: %3\n%4"_s.arg(i).arg(step).arg(verb.name, file.text());
                auto &[done, refused] = tally[verb.name.section(u' ', 0, 0)];
                ++(verb.edit ? done : refused);
                const QString broken = file.brokenBy(verb);
                QVERIFY2(broken.isEmpty(),
                         qPrintable(broken + u"\n"_s + story + u"\nafter:\n"_s + file.text()));
            }
        }
        for (const auto &[name, counts] : tally.asKeyValueRange())
            qInfo("%-24s done %5d, refused %5d", qPrintable(name), counts.first, counts.second);
    }
};

QTEST_GUILESS_MAIN(TestVerbLaws)
#include "tst_verblaws.moc"
