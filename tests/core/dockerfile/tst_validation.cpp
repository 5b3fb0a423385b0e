// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/validation.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

namespace {

using Judge = QString (*)(const QString &);

struct Texts
{
    const char *field;
    Judge judge;
    QStringList good;
    QStringList bad;
};

const std::vector<Texts> &fields()
{
    static const std::vector<Texts> all{
        {"stage name",
         whyNoStageName,
         {u"a"_s, u"Build-1.x_y"_s},
         {{}, u"1a"_s, u"a b"_s, u"scratch"_s, u"é"_s}},
        {"image",
         whyNoImage,
         {u"alpine"_s, u"alpine:3.22"_s, u"localhost:5000/a/b"_s,
          u"ghcr.io/a/b__c@sha256:"_s + QString(64, u'a'), u"$BASE"_s, u"alpine:${V:-3}"_s, u"Builder"_s},
         {{}, u"a b"_s, u"-a"_s, u"a:"_s, u"a//b"_s, u"Org/App"_s, u"a@sha256:x"_s}},
        {"platform",
         whyNoPlatform,
         {u"linux/amd64"_s, u"linux/arm/v7"_s, u"$TARGETPLATFORM"_s, u"windows"_s},
         {{}, u"a/b/c/d"_s, u"a b"_s, u"/x"_s}},
        {"variable",
         whyNoVariableName,
         {u"A"_s, u"_a1"_s, u"http_proxy"_s},
         {{}, u"1"_s, u"A B"_s, u"A=B"_s, u"$A"_s}},
        {"label",
         whyNoLabelName,
         {u"org.opencontainers.image.title"_s, u"1"_s},
         {{}, u"a b"_s, u"a=b"_s, u"\"a\""_s}},
        {"port",
         whyNoPort,
         {u"80"_s, u"1"_s, u"65535/udp"_s, u"8000-8010/TCP"_s, u"$PORT/tcp"_s, u"9/sctp"_s},
         {{},
          u"0"_s,
          u"65536"_s,
          u"99999999999"_s,
          u"80/http"_s,
          u"10-5"_s,
          u"80 81"_s,
          u"x"_s,
          u"80/"_s,
          u"-1"_s}},
        {"mode",
         whyNoChmod,
         {u"755"_s, u"0644"_s, u"7777"_s, u"u=rwX,go=rX"_s, u"+x"_s, u"a-w+x"_s, u"g=u"_s, u"$M"_s},
         {{}, u"888"_s, u"17777"_s, u"rwx"_s, u"u+q"_s, u"u+x,"_s, u"7 5"_s}},
        {"owner",
         whyNoOwner,
         {u"app"_s, u"1000:1000"_s, u"$U:$G"_s, u"a:b"_s},
         {{}, u":b"_s, u"a:"_s, u"a:b:c"_s, u"a b"_s}},
        {"checksum",
         whyNoChecksum,
         {u"sha256:"_s + QString(64, u'0'), u"0123456789abcdef0123456789abcdef01234567"_s, u"$SUM"_s},
         {{}, u"sha256:12"_s, u"md5:"_s + QString(32, u'0'), QString(64, u'G')}},
        {"duration",
         whyNoDuration,
         {u"30s"_s, u"1m30s"_s, u"0"_s, u"0s"_s, u"1.5h"_s, u"1ms"_s, u"500ms"_s},
         {{}, u"30"_s, u"-1s"_s, u"1 s"_s, u"10us"_s, u"1d"_s, u"s"_s}},
        {"retries", whyNoRetries, {u"0"_s, u"3"_s}, {{}, u"-1"_s, u"x"_s, u"1.5"_s, u"99999999999"_s}},
        {"signal",
         whyNoSignal,
         {u"SIGTERM"_s, u"term"_s, u"9"_s, u"SIGRTMIN+3"_s, u"$S"_s, u"64"_s},
         {{}, u"0"_s, u"65"_s, u"SIGFOO"_s, u"SIGRTMIN+99"_s}},
        {"path", whyNoPath, {u"a b"_s, u"."_s}, {{}, u" "_s, u"a\nb"_s}},
        {"absolute path", whyNoAbsolutePath, {u"/a"_s, u"$X/b"_s, u"C:\\x"_s}, {{}, u"a"_s, u"./a"_s}},
        {"network", whyNoNetwork, {u"none"_s, u"host"_s, u"default"_s}, {{}, u"bridge"_s}},
        {"security", whyNoSecurity, {u"insecure"_s, u"sandbox"_s}, {{}, u"x"_s}},
        {"list",
         whyNoJsonList,
         {u"[]"_s, u"[\"a\", \"b\"]"_s},
         {{}, u"[a]"_s, u"['a']"_s, u"[1]"_s, u"\"a\""_s}}};
    return all;
}

}

class TestValidation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheBuilderTakesIsTakenAndTheRestHasAReason_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < fields().size(); ++i)
            QTest::newRow(fields()[i].field) << int(i);
    }
    void whatTheBuilderTakesIsTakenAndTheRestHasAReason()
    {
        QFETCH(int, index);
        const Texts &field = fields()[size_t(index)];
        for (const QString &text : field.good)
            QVERIFY2(field.judge(text).isEmpty(), qPrintable(text + u": "_s + field.judge(text)));
        for (const QString &text : field.bad) {
            const QString reason = field.judge(text);
            QVERIFY2(reason.endsWith(u'.'), qPrintable(u"no reason for \""_s + text + u'"'));
        }
    }

    void mountFieldsBelongToTheirTypes()
    {
        QCOMPARE(whyNoMountField(u"cache"_s, u"sharing"_s, u"locked"_s), QString());
        QCOMPARE(whyNoMountField(u"cache"_s, u"sharing"_s, u"x"_s),
                 u"\"x\" is no way to share a cache: there are shared, private and locked."_s);
        QCOMPARE(whyNoMountField(u"bind"_s, u"size"_s, u"1g"_s),
                 u"A mount of type bind has no field \"size\"."_s);
        QCOMPARE(whyNoMountField(u"tmpfs"_s, u"size"_s, u"64m"_s), QString());
        QVERIFY(!whyNoMountField(u"tmpfs"_s, u"size"_s, u"much"_s).isEmpty());
        QVERIFY(!whyNoMountField(u"disk"_s, u"type"_s, u"disk"_s).isEmpty());
        QVERIFY(!whyNoMountField(u"secret"_s, u"mode"_s, u"9"_s).isEmpty());
        QVERIFY(!whyNoMountField(u"secret"_s, u"required"_s, u"maybe"_s).isEmpty());
        QVERIFY(!whyNoMountField(u"secret"_s, u"env"_s, u"A B"_s).isEmpty());
        QCOMPARE(whyNoMountField(u"ssh"_s, u"uid"_s, u"1000"_s), QString());
        QVERIFY(!whyNoMountField(u"ssh"_s, u"uid"_s, u"root"_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestValidation)
#include "tst_validation.moc"
