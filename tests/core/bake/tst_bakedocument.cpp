// SPDX-License-Identifier: Apache-2.0
#include "bake/bakedocument.h"

#include "bake/print.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

base::Result<bake::Resolved> resolvedJson(const QString &json, const QStringList &names)
{
    const auto file = bake::evaluate({{u"docker-bake.json"_s, json}}, {}, {});
    if (!file)
        return std::unexpected(file.error());
    return bake::resolve(*file, names, {});
}

// Everything that a target can say.
bake::Target everything()
{
    bake::Target target{.name = u"app"_s, .description = u"with ${no} variable"_s};
    target.context = u"a dir"_s;
    target.dockerfile = u"x.Dockerfile"_s;
    target.dockerfileInline = u"RUN echo ${HOME} %{x} <&>\n"_s;
    target.arguments = {{u"A"_s, u"${B}"_s}, {u"E"_s, u""_s}};
    target.labels = {{u"l"_s, u"\"quoted\""_s}};
    target.contexts = {{u"base"_s, u"docker-image://alpine"_s}};
    target.tags = QStringList{u"app:1"_s, u"app:2"_s};
    target.cacheFrom = {{u"registry"_s, {{u"ref"_s, u"a:b"_s}}}};
    target.cacheTo = std::vector<bake::TypedEntry>{{u"inline"_s, {}}};
    target.outputs = std::vector<bake::TypedEntry>{{u"local"_s, {{u"dest"_s, u"out,put"_s}}}};
    target.attestations = {{u"sbom"_s, {{u"disabled"_s, u"true"_s}}}};
    target.secrets = {{u"id"_s, u"docker-bake.json"_s, {}}, {u"e"_s, {}, u"VAR"_s}};
    target.ssh = {{u"default"_s, {}}};
    target.platforms = QStringList{u"linux/amd64"_s};
    target.pull = true;
    target.noCache = false;
    target.ulimits = {u"nofile=1:2"_s};
    target.annotations = {u"index:a=${b}"_s};
    target.extraHosts = {{u"h"_s, u"1.2.3.4"_s}};
    target.entitlements = {u"network.host"_s};
    target.network = u"host"_s;
    target.sharedMemory = u"64m"_s;
    target.noCacheFilter = {u"stage"_s};
    return target;
}

}

class tst_BakeDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNotTouchedStaysAsItWas();
    void aTargetIsWrittenSoThatItReadsTheSame();
    void unknownKeysAndOrderSurviveAnEdit();
    void aRemovedTargetLeavesItsGroups();
    void listsOfBlocksAreLeftToTheTextEditor();
};

void tst_BakeDocument::whatIsNotTouchedStaysAsItWas()
{
    const QString text =
        u"{\n  \"x-own\": 1.50,\n  \"target\": {\n    \"b\": {\n      \"tags\": [\n        \"b:${V}\"\n"
        "      ]\n    },\n    \"a\": {}\n  },\n  \"group\": {}\n}\n"_s;
    const auto document = bake::BakeDocument::parse(text, u"docker-bake.json"_s);
    QVERIFY(document);
    QCOMPARE(document->text(), text);
    QCOMPARE(document->targetNames(), QStringList({u"b"_s, u"a"_s}));
    QCOMPARE(bake::BakeDocument::parse(u" "_s, {})->text(), u"{}\n"_s);
}

// tests/data/bake/written is what we wrote, and what buildx printed of it: tst_bakeprint reads it again.
void tst_BakeDocument::aTargetIsWrittenSoThatItReadsTheSame()
{
    bake::BakeDocument document;
    document.setTarget(everything());
    document.setGroup({.name = u"default"_s, .description = {}, .targets = {u"app"_s}});
    document.setVariable(u"VERSION"_s, u"1.0 ${no} variable"_s);
    QFile golden(QStringLiteral(TEST_DATA_DIR "/bake/written/docker-bake.json"));
    if (qEnvironmentVariableIsSet("UPDATE_GOLDEN"))
        QVERIFY(golden.open(QIODevice::WriteOnly) && golden.write(document.text().toUtf8()) > 0);
    golden.close();
    QVERIFY(golden.open(QIODevice::ReadOnly));
    QCOMPARE(document.text(), QString::fromUtf8(golden.readAll()));

    const auto read = resolvedJson(document.text(), {u"default"_s});
    QVERIFY2(read, read ? "" : qUtf8Printable(read.error().text()));
    QCOMPARE(read->targets.value(u"app"_s), everything());
    QFile printed(QStringLiteral(TEST_DATA_DIR "/bake/written/default.expected.json"));
    QVERIFY(printed.open(QIODevice::ReadOnly));
    QCOMPARE(bake::printed(*read), QString::fromUtf8(printed.readAll()));
}

void tst_BakeDocument::unknownKeysAndOrderSurviveAnEdit()
{
    auto document = bake::BakeDocument::parse(
        u"{\"target\": {\"app\": {\"x-note\": {\"z\": 1, \"a\": 2}, \"tags\": [\"old\"], \"matrix\": {\"v\": [1]}, \"pull\": true}}}"_s,
        u"f"_s);
    QVERIFY(document);
    bake::Target target{.name = u"app"_s};
    target.tags = QStringList{u"new"_s};
    document->setTarget(target);
    QCOMPARE(
        document->text().simplified(),
        u"{ \"target\": { \"app\": { \"x-note\": { \"z\": 1, \"a\": 2 }, \"tags\": [ \"new\" ], \"matrix\": { \"v\": [ 1 ] } } } }"_s);
}

void tst_BakeDocument::aRemovedTargetLeavesItsGroups()
{
    auto document = bake::BakeDocument::parse(
        u"{\"group\": {\"default\": {\"targets\": [\"a\", \"b\"]}}, \"target\": {\"a\": {}, \"b\": {}}}"_s,
        u"f"_s);
    QVERIFY(document);
    document->removeTarget(u"a"_s);
    const auto read = resolvedJson(document->text(), {});
    QVERIFY(read);
    QCOMPARE(read->targets.keys(), QStringList{u"b"_s});
}

void tst_BakeDocument::listsOfBlocksAreLeftToTheTextEditor()
{
    const auto document =
        bake::BakeDocument::parse(u"{\n\"target\": [{\"a\": {}}]}"_s, u"docker-bake.json"_s);
    QVERIFY(!document);
    QCOMPARE(document.error().where, u"docker-bake.json:2"_s);
}

QTEST_GUILESS_MAIN(tst_BakeDocument)
#include "tst_bakedocument.moc"
