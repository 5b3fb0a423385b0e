// SPDX-License-Identifier: Apache-2.0
#include "image/reference.h"

#include <QTest>

using namespace Qt::StringLiterals;

class tst_Reference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dockerTakesWhatWeTake_data();
    void dockerTakesWhatWeTake();
    void aRefusalNamesThePart_data();
    void aRefusalNamesThePart();
};

void tst_Reference::dockerTakesWhatWeTake_data()
{
    QTest::addColumn<QString>("reference");
    QTest::newRow("a plain name") << u"hello"_s;
    QTest::newRow("a tag") << u"hello:v1"_s;
    QTest::newRow("a tag may have capitals") << u"hello:V1.0-RC_2"_s;
    QTest::newRow("a registry with a port") << u"localhost:5000/team/app:1"_s;
    QTest::newRow("a registry with dots") << u"gcr.io/distroless/static-debian12:nonroot"_s;
    QTest::newRow("separators within") << u"team/my__app.name--x/y_z"_s;
    QTest::newRow("an IPv6 registry") << u"[::1]:5000/app"_s;
}

void tst_Reference::dockerTakesWhatWeTake()
{
    QFETCH(QString, reference);
    QCOMPARE(image::whyNoReference(reference), QString());
}

void tst_Reference::aRefusalNamesThePart_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("named");
    QTest::newRow("nothing") << u""_s << u"no name"_s;
    QTest::newRow("a blank, which small letters would not mend") << u"Not A Tag"_s << u"is no name"_s;
    QTest::newRow("capitals, with the mend") << u"Hello"_s << u"hello"_s;
    QTest::newRow("no tag after the colon") << u"hello:"_s << u"after the colon"_s;
    QTest::newRow("a tag that begins with a dot") << u"hello:.x"_s << u".x"_s;
    QTest::newRow("a tag too long") << u"hello:"_s + QString(129, u'a') << u"128"_s;
    QTest::newRow("a slash at the end") << u"team/"_s << u"empty"_s;
    QTest::newRow("two separators") << u"a..b"_s << u"a..b"_s;
    QTest::newRow("a digest") << u"hello@sha256:00"_s << u"digest"_s;
    QTest::newRow("a registry with a bad port") << u"host:x/app"_s << u"host:x"_s;
}

void tst_Reference::aRefusalNamesThePart()
{
    QFETCH(QString, reference);
    QFETCH(QString, named);
    const QString why = image::whyNoReference(reference);
    QVERIFY2(why.contains(named), qPrintable(why));
}

QTEST_APPLESS_MAIN(tst_Reference)
#include "tst_reference.moc"
