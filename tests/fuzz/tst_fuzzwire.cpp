// SPDX-License-Identifier: Apache-2.0
#include "wiretarget.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QtTest>

/// The target without libFuzzer: mutations of its seeds from a fixed seed, as many as fit into a few seconds.
/// FUZZ_SECONDS=60 FUZZ_SEED=7 makes other and longer runs.
class TestFuzzWire : public QObject
{
    Q_OBJECT

    static int number(const char *name, int fallback)
    {
        return qEnvironmentVariableIsSet(name) ? qEnvironmentVariableIntValue(name) : fallback;
    }

    static QByteArray mutated(QByteArray bytes, const QByteArrayList &others, QRandomGenerator &random)
    {
        const auto below = [&random](qsizetype limit) { return random.bounded(qint64(limit) + 1); };
        for (int i = random.bounded(16); i > 0; --i) {
            const qsizetype at = 1 + below(bytes.size() - 1); // the first says where it goes
            switch (random.bounded(5)) {
            case 0:
                bytes.remove(at, random.bounded(16));
                break;
            case 1:
                bytes.insert(at, char(random.bounded(256)));
                break;
            case 2:
                if (at < bytes.size())
                    bytes[at] = char(bytes[at] ^ (1 << random.bounded(8)));
                break;
            case 3:
                bytes.insert(at, bytes.mid(below(bytes.size()), random.bounded(64)));
                break;
            default: {
                const QByteArray &other = others[random.bounded(others.size())];
                bytes.insert(at, other.mid(below(other.size()), random.bounded(80)));
            }
            }
        }
        constexpr qsizetype longest = 4000; // short inputs find more in the same time
        return bytes.left(longest);
    }

private Q_SLOTS:
    void whateverAnEngineSendsIsBorne()
    {
        QRandomGenerator random(static_cast<quint32>(number("FUZZ_SEED", 1)));
        const QByteArrayList seeds = fuzz::wireSeeds();
        for (const QByteArray &seed : seeds)
            fuzz::wire(seed);
        QElapsedTimer timer;
        timer.start();
        int inputs = 0;
        while (!timer.hasExpired(number("FUZZ_SECONDS", 3) * 1000)) {
            QByteArray input = seeds[random.bounded(seeds.size())];
            for (int i = random.bounded(4); i >= 0; --i)
                input = mutated(input, seeds, random);
            m_input = input; // what a debugger or a dump shows
            fuzz::wire(input);
            ++inputs;
        }
        qInfo("%d inputs", inputs);
        QVERIFY(inputs > 0);
    }

private:
    QByteArray m_input;
};

QTEST_GUILESS_MAIN(TestFuzzWire)
#include "tst_fuzzwire.moc"
