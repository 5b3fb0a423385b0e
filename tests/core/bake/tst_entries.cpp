// SPDX-License-Identifier: Apache-2.0
#include "bake/entries.h"

#include <QTest>

using namespace Qt::StringLiterals;

class tst_Entries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesAreReadAsBuildxReadsItsFlags();
    void aSecretIsNeverPartOfAnError();
    void sizesAreBinaryAsDockersAre();
    void limitsAreOneNumberOrTwo();
};

void tst_Entries::entriesAreReadAsBuildxReadsItsFlags()
{
    using bake::TypedEntry;
    const std::vector<TypedEntry> two{{u"registry"_s, {{u"ref"_s, u"a:b"_s}}},
                                      {u"registry"_s, {{u"ref"_s, u"c:d"_s}}}};
    QCOMPARE(*bake::parseCache(u"a:b,c:d"_s), two);
    const TypedEntry local{u"local"_s, {{u"dest"_s, u"a,b"_s}, {u"platform-split"_s, u"false"_s}}};
    QCOMPARE(*bake::parseOutput(u"type=local,\"dest=a,b\",platform-split=false"_s), local);
    QCOMPARE(*bake::parseOutput(u"out"_s), (TypedEntry{u"local"_s, {{u"dest"_s, u"out"_s}}}));
    QCOMPARE(*bake::parseOutput(u"-"_s), (TypedEntry{u"tar"_s, {{u"dest"_s, u"-"_s}}}));
    QVERIFY(!bake::parseOutput(u"dest=out,mode=x"_s));
    QCOMPARE(*bake::parseAttestation(bake::attestationText(u"sbom"_s, u"false"_s)),
             (TypedEntry{u"sbom"_s, {{u"disabled"_s, u"true"_s}}}));
    QCOMPARE(*bake::parseAttestation(bake::attestationText(u"provenance"_s, u"mode=max"_s)),
             (TypedEntry{u"provenance"_s, {{u"mode"_s, u"max"_s}}}));
    QCOMPARE(*bake::parseSecret(u"type=env,id=e,src=VAR"_s), (bake::Secret{u"e"_s, {}, u"VAR"_s}));
    QCOMPARE(bake::parseSsh(u"k=/a,/b"_s), (bake::Ssh{u"k"_s, {u"/a"_s, u"/b"_s}}));
}

void tst_Entries::aSecretIsNeverPartOfAnError()
{
    for (const auto &text : {u"hunter2"_s, u"id=a,hunter2"_s, u"id=a,value=hunter2"_s, u"id=a,\"hunter2"_s}) {
        const auto secret = bake::parseSecret(text);
        QVERIFY(!secret);
        QVERIFY2(!secret.error().text().contains(u"hunter2"), qUtf8Printable(secret.error().text()));
    }
}

void tst_Entries::sizesAreBinaryAsDockersAre()
{
    QCOMPARE(bake::memoryBytes(u"128m"_s), 134'217'728);
    QCOMPARE(bake::memoryBytes(u"1.5 GiB"_s), 1'610'612'736);
    QCOMPARE(bake::memoryBytes(u"7"_s), 7);
    QVERIFY(!bake::memoryBytes(u"-1"_s));
    QVERIFY(!bake::memoryBytes(u"big"_s));
    QCOMPARE(bake::memoryText(134'217'728), u"128MiB"_s);
    QCOMPARE(bake::memoryText(1'610'612'736), u"1.5GiB"_s);
}

void tst_Entries::limitsAreOneNumberOrTwo()
{
    const auto both = bake::parseUlimit(u"nofile=1024:2048"_s);
    QVERIFY(both && both->soft == 1024 && both->hard == 2048);
    const auto single = bake::parseUlimit(u"nproc=-1"_s);
    QVERIFY(single && single->soft == -1 && single->hard == -1);
    QVERIFY(!bake::parseUlimit(u"nofile=2:1"_s));
    QVERIFY(!bake::parseUlimit(u"nofile"_s));
}

QTEST_GUILESS_MAIN(tst_Entries)
#include "tst_entries.moc"
