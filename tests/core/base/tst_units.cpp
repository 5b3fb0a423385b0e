// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "base/units.h"

#include <QLocale>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    // As `docker images` prints them (go-units, HumanSizeWithPrecision 3), with a no-break space before the
    // unit.
    void sizesReadAsDockerPrintsThem_data()
    {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << qint64(0) << u"0 B"_s;
        QTest::newRow("bytes are whole") << qint64(999) << u"999 B"_s;
        QTest::newRow("the first kB") << qint64(1000) << u"1 kB"_s;
        QTest::newRow("three digits") << qint64(1'281'547) << u"1.28 MB"_s;
        QTest::newRow("zeros at the end are dropped") << qint64(5'300'000) << u"5.3 MB"_s;
        QTest::newRow("two digits before the point") << qint64(10'149'000) << u"10.1 MB"_s;
        QTest::newRow("no point above 100") << qint64(314'200'000) << u"314 MB"_s;
        QTest::newRow("rounds up to ten") << qint64(9'996) << u"10 kB"_s;
        QTest::newRow("rounds up to a hundred") << qint64(99'960) << u"100 kB"_s;
        QTest::newRow("rounds up to the next unit") << qint64(999'600) << u"1 MB"_s;
        QTest::newRow("stays below it") << qint64(999'400) << u"999 kB"_s;
        QTest::newRow("large") << qint64(1'230'000'000'000) << u"1.23 TB"_s;
        QTest::newRow("the largest") << std::numeric_limits<qint64>::max() << u"9.22 EB"_s;
        QTest::newRow("negative") << qint64(-307'000'000) << u"-307 MB"_s;
    }
    void sizesReadAsDockerPrintsThem()
    {
        QFETCH(qint64, bytes);
        QFETCH(QString, words);
        QCOMPARE(base::sizeInWords(bytes).replace(QChar(0xA0), u' '), words);
    }

    void differencesNameTheirSign()
    {
        QCOMPARE(base::sizeDifference(5'000'000, 9'200'000), u"+4.2\u00A0MB"_s);
        QCOMPARE(base::sizeDifference(314'000'000, 7'000'000), u"-307\u00A0MB"_s);
        QCOMPARE(base::sizeDifference(7, 7), u"same size"_s);
    }

    void exactSizesAreGrouped()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QCOMPARE(base::exactSize(6'610'000), u"6,610,000 bytes"_s);
        QLocale::setDefault(QLocale::c());
    }

    void durations_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << qint64(0) << u"0.00 s"_s;
        QTest::newRow("below a second") << qint64(40) << u"0.04 s"_s;
        QTest::newRow("nearly a second") << qint64(996) << u"1.0 s"_s;
        QTest::newRow("seconds") << qint64(3'140) << u"3.1 s"_s;
        QTest::newRow("nearly a minute") << qint64(59'960) << u"1 min 0 s"_s;
        QTest::newRow("minutes") << qint64(125'000) << u"2 min 5 s"_s;
        QTest::newRow("hours") << qint64(3'600'000 + 120'000) << u"1 h 2 min"_s;
    }
    void durations()
    {
        QFETCH(qint64, milliseconds);
        QFETCH(QString, words);
        QCOMPARE(base::durationInWords(std::chrono::milliseconds(milliseconds)), words);
    }

    void anErrorReadsAsPlaceWhatAndMend()
    {
        const base::Error error{.kind = base::Error::Kind::NotFound,
                                .message = u"no go.mod here"_s,
                                .where = u"/src"_s,
                                .hint = u"Run \"go mod init\"."_s,
                                .detail = {}};
        QCOMPARE(error.text(), u"/src: no go.mod here. Run \"go mod init\"."_s);
        QCOMPARE(error.in(u"opening the project"_s).text(),
                 u"/src: opening the project: no go.mod here. Run \"go mod init\"."_s);
    }
};

QTEST_APPLESS_MAIN(TestUnits)
#include "tst_units.moc"
