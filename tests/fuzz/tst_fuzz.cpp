// SPDX-License-Identifier: Apache-2.0
#include "core/dockerfile/corpus.h"
#include "fuzztargets.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QtTest>

// The fuzz targets without libFuzzer: mutations of the corpus from a fixed seed, as many as fit into a few
// seconds. FUZZ_SECONDS=60 FUZZ_SEED=7 makes other and longer runs.
using Target = void (*)(const QByteArray &);

class TestFuzz : public QObject
{
    Q_OBJECT

    static int number(const char *name, int fallback)
    {
        return qEnvironmentVariableIsSet(name) ? qEnvironmentVariableIntValue(name) : fallback;
    }

    static QByteArray piece(QRandomGenerator &random)
    {
        static const QByteArrayList pieces{"\n",
                                           "\r\n",
                                           "\r",
                                           "\\\n",
                                           "`\n",
                                           "# escape=`\n",
                                           "#",
                                           "<<EOF",
                                           "\nEOF\n",
                                           "<<-'E'",
                                           "\nE\n",
                                           "ONBUILD ",
                                           "RUN ",
                                           "FROM a AS b\n",
                                           "COPY --from=b x y\n",
                                           "ENV a=b ",
                                           "ARG x",
                                           "${x:-",
                                           "${x##*/}",
                                           "${x//a/b}",
                                           "$x",
                                           "\"",
                                           "'",
                                           "\\",
                                           "[\"a\"",
                                           "]",
                                           "--mount=type=bind,from=b,target=/ ",
                                           "\t",
                                           "\1",
                                           "\xef\xbb\xbf",
                                           "\xff",
                                           "\xc2\xa0",
                                           "\xf0\x9f\x9a\x80",
                                           "HEALTHCHECK CMD ",
                                           "LABEL ",
                                           "\\\n#c\n",
                                           "{\"a\":[",
                                           "1e999"};
        return pieces[random.bounded(pieces.size())];
    }

    static QByteArray mutated(QByteArray bytes, QRandomGenerator &random)
    {
        for (int i = 1 + random.bounded(12); i > 0; --i) {
            const qsizetype at = random.bounded(static_cast<int>(bytes.size()) + 1);
            const qsizetype length = std::min<qsizetype>(random.bounded(16), bytes.size() - at);
            switch (random.bounded(5)) {
            case 0:
                bytes.remove(at, length);
                break;
            case 1:
                bytes.insert(at, static_cast<char>(random.bounded(256)));
                break;
            case 2: { // a part of another file
                const auto &other =
                    corpus()[static_cast<size_t>(random.bounded(static_cast<int>(corpus().size())))];
                const qsizetype start = random.bounded(static_cast<int>(other.bytes.size()) + 1);
                bytes.insert(at, other.bytes.mid(start, random.bounded(80)));
                break;
            }
            default:
                bytes.insert(at, piece(random));
            }
        }
        constexpr qsizetype longest = 4000; // short inputs find more in the same time
        return bytes.left(longest);
    }

private Q_SLOTS:
    void theLawsHoldForAnyBytes_data()
    {
        QTest::addColumn<Target>("target");
        QTest::newRow("parser") << Target(&fuzz::parser);
        QTest::newRow("expander") << Target(&fuzz::expander);
        QTest::newRow("edits") << Target(&fuzz::edits);
        QTest::newRow("verbs") << Target(&fuzz::verbs);
    }
    void theLawsHoldForAnyBytes()
    {
        QFETCH(Target, target);
        QRandomGenerator random(static_cast<quint32>(number("FUZZ_SEED", 1)));
        QElapsedTimer timer;
        timer.start();
        int inputs = 0;
        while (!timer.hasExpired(number("FUZZ_SECONDS", 3) * 1000)) {
            const auto &file =
                corpus()[static_cast<size_t>(random.bounded(static_cast<int>(corpus().size())))];
            const QByteArray input = mutated(file.bytes.left(3000), random);
            m_input = input; // what a debugger or a dump shows
            target(input);
            ++inputs;
        }
        qInfo("%d inputs", inputs);
        QVERIFY(inputs > 0);
    }

private:
    QByteArray m_input;
};

QTEST_GUILESS_MAIN(TestFuzz)
#include "tst_fuzz.moc"
