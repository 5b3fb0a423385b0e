// SPDX-License-Identifier: Apache-2.0
#include "contentfixture.h"
#include "engine/buildkit/layoutplan.h"
#include "engine/buildkit/sessionservices/ocilayout.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <sys/file.h>

#include <ctime>

using namespace Qt::StringLiterals;
using engine::LayoutAddress;
using engine::LayoutPlan;
using engine::TypedAttributes;

namespace {

void makeOld(TreeFixture &tree, const QByteArray &name)
{
    tree.modified(name, (qint64(::time(nullptr)) - 2 * 3600) * 1'000'000'000);
}

QByteArray leadingTo(const QByteArray &blob)
{
    return "{\"layers\":[{\"digest\":\"" + digestOf(blob) + "\"}]}";
}

}

/// The index of an OCI layout: what its tags stand for, and what a build adds to it.
class TestOciLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAddressHasAFolderATagAndADigest_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<LayoutAddress>("address");
        const QByteArray digest = digestOf("x");
        const QString at = u'@' + QString::fromUtf8(digest);
        QTest::newRow("folder") << u"/a/b"_s << LayoutAddress{u"/a/b"_s, {}, {}};
        QTest::newRow("tag") << u"/a/b:v1"_s << LayoutAddress{u"/a/b"_s, u"v1"_s, {}};
        QTest::newRow("digest") << QString(u"/a/b"_s + at) << LayoutAddress{u"/a/b"_s, {}, digest};
        QTest::newRow("both") << QString(u"/a/b:v1"_s + at) << LayoutAddress{u"/a/b"_s, u"v1"_s, digest};
        QTest::newRow("a colon above") << u"/a:b/c"_s << LayoutAddress{u"/a:b/c"_s, {}, {}};
    }
    void anAddressHasAFolderATagAndADigest()
    {
        QFETCH(QString, text);
        QFETCH(LayoutAddress, address);
        const auto parsed = engine::parseLayoutAddress(text);
        QVERIFY(parsed);
        QCOMPARE(*parsed, address);
    }

    void aFolderWithSignsOfATagInItsNameIsThatFolder()
    {
        TreeFixture tree;
        tree.folder("a:b@c");
        const auto parsed = engine::parseLayoutAddress(tree.path() + u"/a:b@c");
        QVERIFY(parsed);
        QCOMPARE(parsed->folder, QString(tree.path() + u"/a:b@c"));
    }

    void aTagStandsForItsDigest()
    {
        const QByteArray manifest = "{}";
        TreeFixture tree;
        makeLayout(
            tree, manifest,
            "\"org.opencontainers.image.ref.name\":\"v1\",\"io.containerd.image.name\":\"docker.io/a/b:v1\"");
        const auto resolved = [&tree](const QString &rest) {
            const auto address = engine::parseLayoutAddress(tree.path() + rest);
            return address ? engine::resolveLayout(*address) : std::unexpected(address.error());
        };
        QCOMPARE(resolved(u":v1"_s).value_or("-"), digestOf(manifest));
        QCOMPARE(resolved(u""_s).value_or("-"), digestOf(manifest)); // it is the only one
        QCOMPARE(resolved(QString(u'@' + QString::fromUtf8(digestOf(manifest)))).value_or("-"),
                 digestOf(manifest));
        const auto other = resolved(u":v2"_s);
        QVERIFY(!other);
        QVERIFY2(other.error().text().contains(u"no tag \"v2\""_s) &&
                     other.error().text().contains(u"It has: v1"_s),
                 qPrintable(other.error().text()));
    }

    void whatIsWrongWithALayoutIsSaid_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("says");
        QTest::newRow("no folder") << u"@/none"_s << u"there is no such folder"_s;
        QTest::newRow("a file") << u"@/file"_s << u"it is no folder"_s;
        QTest::newRow("no index") << u"@/empty"_s << u"it has no index.json"_s;
        QTest::newRow("an unreadable folder") << u"@/closed"_s << u"may not be read"_s;
        QTest::newRow("an unreadable index") << u"@/closedindex"_s << u"may not be read"_s;
        QTest::newRow("rubbish") << u"@/rubbish"_s << u"it is no index of an OCI layout"_s;
        QTest::newRow("a list") << u"@/list"_s << u"it is no index of an OCI layout"_s;
        QTest::newRow("a digest that leads away") << u"@/evil"_s << u"is no digest"_s;
        QTest::newRow("a lost blob") << u"@/lost"_s << u"lacks the blob sha256:"_s;
        QTest::newRow("no digest") << u"@/empty@sha256:12"_s << u"is no digest"_s;
        QTest::newRow("a digest that is not there")
            << u"@/empty@sha256:"_s + QString(64, u'a') << u"lacks the blob sha256:aaa"_s;
    }
    void whatIsWrongWithALayoutIsSaid()
    {
        TreeFixture tree;
        tree.file("file", "");
        tree.folder("empty");
        tree.folder("closed", 0000);
        tree.file("closedindex/index.json", "{}", 0000);
        tree.file("rubbish/index.json", "{\"manifests\":");
        tree.file("list/index.json", "[]");
        tree.file("evil/index.json", "{\"manifests\":[{\"digest\":\"sha256:../../../../etc/passwd\"}]}");
        tree.file("lost/index.json", "{\"manifests\":[{\"digest\":\"" + digestOf("lost") + "\"}]}");
        const LessRights rights;
        QFETCH(QString, address);
        QFETCH(QString, says);
        address.replace(0, 1, tree.path());
        LayoutPlan plan;
        const auto added = plan.addContext(u"oci-layout://"_s + address);
        QVERIFY(!added);
        QVERIFY2(added.error().message.contains(says), qPrintable(added.error().text()));
        QVERIFY2(added.error().where.startsWith(tree.path()), qPrintable(added.error().text()));
        QVERIFY2(!added.error().hint.isEmpty(), qPrintable(added.error().text()));
        QVERIFY(plan.places.empty());
        ::chmod(tree.at("closed").constData(), 0755);
    }

    void theEngineHearsNamesThatTellNoPath()
    {
        TreeFixture tree;
        makeLayout(tree, "{}");
        LayoutPlan plan;
        const auto context = plan.addContext(u"oci-layout://"_s + tree.path());
        QVERIFY2(context, qPrintable(context ? QString() : context.error().text()));
        QVERIFY(!context->contains(tree.path()));
        QVERIFY2(context->endsWith(QString(u":latest@" + QString::fromUtf8(digestOf("{}")))),
                 qPrintable(*context));
        QCOMPARE(plan.places.size(), 1U);
        QVERIFY(plan.places.front().id.startsWith("oci:folder-"));
        QVERIFY(!plan.places.front().isWritten);
    }

    void aCacheIsFoundByTagOrDigestAndOneThatIsNotThereIsNoted()
    {
        TreeFixture tree;
        makeLayout(tree, "{}", "\"org.opencontainers.image.ref.name\":\"latest\"");
        const auto cache = [&tree](std::vector<std::pair<QString, QString>> more) {
            more.emplace_back(u"src"_s, tree.path());
            return TypedAttributes{.type = u"local"_s, .attributes = std::move(more)};
        };
        const QString digest = QString::fromUtf8(digestOf("{}"));
        LayoutPlan plan;
        for (const auto &given :
             {cache({}), cache({{u"tag"_s, u"latest"_s}}), cache({{u"digest"_s, digest}})}) {
            const auto added = plan.addImport(given);
            QVERIFY(added && *added);
            QCOMPARE((*added)->value(u"digest"), digest);
            QVERIFY((*added)->value(u"src").startsWith(u"folder-"_s));
        }
        QVERIFY(plan.notes.empty());
        for (const auto &given : {cache({{u"tag"_s, u"other"_s}}), cache({{u"digest"_s, u"sha256:1"_s}})}) {
            const auto added = plan.addImport(given);
            QVERIFY(added && !*added); // as in buildx: the first build has none yet
        }
        QCOMPARE(plan.notes.size(), 2U);
        QVERIFY(!plan.addImport({.type = u"local"_s, .attributes = {}}));
        QVERIFY(!plan.addExport({.type = u"local"_s, .attributes = {}}));
    }

    void aCacheThatIsReadAndWrittenIsOneStore()
    {
        TreeFixture tree;
        makeLayout(tree, "{}", "\"org.opencontainers.image.ref.name\":\"latest\"");
        LayoutPlan plan;
        const auto from = plan.addImport({u"local"_s, {{u"src"_s, tree.path()}}});
        const auto to =
            plan.addExport({u"local"_s, {{u"dest"_s, QString(tree.path() + u"/.")}, {u"mode"_s, u"max"_s}}});
        QVERIFY(from && *from && to);
        QCOMPARE((*from)->value(u"src"), to->value(u"dest"));
        QCOMPARE(to->value(u"mode"), u"max"_s);
        QCOMPARE(plan.places.size(), 1U);
        QVERIFY(plan.places.front().isWritten);
        QVERIFY(plan.addOutput(u"/a"_s));
        QVERIFY(!plan.addOutput(u"/b"_s)); // the engine has one name for it
    }

    void aBuildIsListedUnderItsNamesInThePlaceOfTheOldOne()
    {
        TreeFixture tree;
        tree.file(nameOfBlob("one"), "one");
        tree.file(nameOfBlob("two"), "two");
        const auto made = [](const QByteArray &blob, const QString &names) {
            const QByteArray json = "{\"mediaType\":\"m\",\"digest\":\"" + digestOf(blob) + "\",\"size\":3}";
            return QHash<QString, QString>{
                {u"containerimage.descriptor"_s, QString::fromLatin1(json.toBase64())},
                {u"image.name"_s, names}};
        };
        const std::vector<LayoutPlan::Update> update{{.folder = tree.path(), .tag = u"latest"_s}};
        QVERIFY(engine::updateLayouts(update, made("one", u"docker.io/a/b:v1,localhost:5000/c"_s)));
        QVERIFY(engine::updateLayouts(update, made("two", u"docker.io/a/b:v1"_s)));
        QVERIFY(engine::updateLayouts(update, made("two", {})));
        const auto entries = engine::readLayoutIndex(tree.path());
        QVERIFY(entries);
        QCOMPARE(entries->size(), 3U);
        QCOMPARE(entries->at(0).name, u"localhost:5000/c"_s);
        QCOMPARE(entries->at(0).digest, digestOf("one"));
        QCOMPARE(entries->at(1), (engine::LayoutEntry{digestOf("two"), u"v1"_s, u"docker.io/a/b:v1"_s}));
        QCOMPARE(entries->at(2), (engine::LayoutEntry{digestOf("two"), u"latest"_s, {}}));
        QVERIFY(bytesIn(tree.path() + u"/oci-layout").contains("1.0.0"));
        QVERIFY(!QFileInfo::exists(tree.path() + u"/index.json.lock"));
        QCOMPARE(engine::digestInLayout(tree.path(), u"docker.io/a/b:v1"_s).value_or("-"), digestOf("two"));
    }

    void whatTheEngineDidNotWriteIsNotListed()
    {
        TreeFixture tree;
        const std::vector<LayoutPlan::Update> update{{.folder = tree.path(), .isCache = true, .tag = u"t"_s}};
        QVERIFY(!engine::updateLayouts(update, {}));
        const QString absent = u"{\"digest\":\"%1\"}"_s.arg(QString::fromUtf8(digestOf("absent")));
        QVERIFY(!engine::updateLayouts(update, {{u"cache.manifest"_s, absent}}));
        QVERIFY(allBelow(tree.path()).isEmpty());
    }

    void whatOlderBuildsLeftIsDeletedWhenAskedFor()
    {
        TreeFixture tree;
        const QByteArray manifest = "{\"config\":{\"digest\":\"" + digestOf("config") +
                                    "\"},\"layers\":[{\"digest\":\"" + digestOf("layer") + "\"}]}";
        for (const QByteArray &blob :
             {manifest, QByteArray("config"), QByteArray("layer"), QByteArray("old")})
            tree.file(nameOfBlob(blob), blob);
        for (const QByteArray &blob :
             {manifest, QByteArray("config"), QByteArray("layer"), QByteArray("old")})
            makeOld(tree, nameOfBlob(blob));
        tree.file("blobs/sha256/README", "not a blob");
        makeOld(tree, "blobs/sha256/README");
        LayoutPlan plan;
        QVERIFY(plan.addExport({u"local"_s, {{u"dest"_s, tree.path()}, {u"reset"_s, u"true"_s}}}));
        QVERIFY(!engine::sweepLayout(tree.path())); // without an index all would go
        const QHash<QString, QString> made{
            {u"cache.manifest"_s, u"{\"digest\":\"%1\"}"_s.arg(QString::fromUtf8(digestOf(manifest)))}};
        QVERIFY(engine::updateLayouts(plan.updates, made));
        const QStringList left = allBelow(tree.path() + u"/blobs");
        QCOMPARE(left.size(), 4);
        QVERIFY(!left.contains(QString::fromUtf8(nameOfBlob("old").sliced(6))));
        QVERIFY(left.contains(u"sha256/README"_s));
    }

    void whatAnotherBuildIsAboutToListIsNotSwept()
    {
        TreeFixture tree;
        makeLayout(tree, "{}");
        for (const QByteArray &blob : {QByteArray("just written"), QByteArray("wanted"), QByteArray("old")})
            tree.file(nameOfBlob(blob), blob);
        makeOld(tree, nameOfBlob("wanted"));
        makeOld(tree, nameOfBlob("old"));
        Store other(tree.path()); // is told that this one is there, and sends it no more
        QCOMPARE(writeBlob(other, "wanted", digestOf("wanted")), engine::GrpcCode::AlreadyExists);
        const auto swept = engine::sweepLayout(tree.path());
        QVERIFY2(swept, qPrintable(swept ? QString() : swept.error().text()));
        const auto isThere = [&tree](const QByteArray &blob) {
            return engine::checkBlob(tree.path(), digestOf(blob)).has_value();
        };
        QVERIFY(isThere("{}") && isThere("just written") && isThere("wanted"));
        QVERIFY(!isThere("old"));
    }

    void nothingIsSweptWhileAnotherProgramListsSomething()
    {
        TreeFixture tree;
        makeLayout(tree, "{}");
        tree.file(nameOfBlob("old"), "old");
        makeOld(tree, nameOfBlob("old"));
        const int lock = ::open(tree.at("index.json.lock").constData(), O_RDWR | O_CREAT, 0644);
        QCOMPARE(::flock(lock, LOCK_EX), 0);
        QVERIFY(!engine::sweepLayout(tree.path()));
        QVERIFY(engine::checkBlob(tree.path(), digestOf("old")));
        ::close(lock);
        QVERIFY(engine::sweepLayout(tree.path()));
        QVERIFY(!engine::checkBlob(tree.path(), digestOf("old")));
        QVERIFY(!QFileInfo::exists(tree.path() + u"/index.json.lock"));
    }

    void nothingIsSweptWhenThereIsNoTellingWhatIsListed()
    {
        TreeFixture tree;
        const QByteArray manifest = leadingTo("layer");
        makeLayout(tree, manifest);
        tree.file(nameOfBlob(manifest), manifest, 0000);
        for (const QByteArray &blob : {QByteArray("layer"), QByteArray("old")}) {
            tree.file(nameOfBlob(blob), blob);
            makeOld(tree, nameOfBlob(blob));
        }
        ::chmod(tree.at("").constData(), 0777);
        tree.folder("blobs/sha256", 0777);
        {
            const LessRights rights;
            const auto swept = engine::sweepLayout(tree.path());
            QVERIFY(!swept);
            QVERIFY2(swept.error().where.endsWith(QString::fromUtf8(digestOf(manifest).sliced(7))),
                     qPrintable(swept.error().text()));
        }
        QCOMPARE(allBelow(tree.path() + u"/blobs").size(), 3);
        tree.file("blobs/sha256/" + digestOf(manifest).sliced(7), manifest);
        QVERIFY(engine::sweepLayout(tree.path()));
        QCOMPARE(allBelow(tree.path() + u"/blobs").size(), 2);
    }

    void aBlobThatIsListedAndLackingHoldsUpNoSweep()
    {
        TreeFixture tree;
        makeLayout(tree, leadingTo("lost"));
        tree.file(nameOfBlob("old"), "old");
        makeOld(tree, nameOfBlob("old"));
        QVERIFY(engine::sweepLayout(tree.path()));
        QCOMPARE(allBelow(tree.path() + u"/blobs").size(), 1);
    }

    void nothingIsSweptThroughALink()
    {
        TreeFixture elsewhere;
        elsewhere.file(nameOfBlob("old"), "old");
        makeOld(elsewhere, nameOfBlob("old"));
        TreeFixture tree;
        tree.file("index.json", "{\"manifests\":[]}");
        tree.link("blobs", elsewhere.at("blobs"));
        QVERIFY(!engine::sweepLayout(tree.path()));
        QCOMPARE(allBelow(elsewhere.path()).size(), 1);
    }

    void aDamagedBlobIsNamed()
    {
        TreeFixture tree;
        makeLayout(tree, "manifest");
        const QString digest = QString::fromUtf8(digestOf("manifest"));
        const QString words = u"commit failed: unexpected commit digest sha256:%1, expected %2: failed"_s.arg(
            QString(64, u'0'), digest);
        const auto damage = engine::damagedBlob({{.id = "oci:x", .folder = tree.path()}}, words);
        QVERIFY(damage && damage->text().contains(digest) && damage->where == tree.path());
        QVERIFY(!engine::damagedBlob({}, words)); // of a registry's
        QVERIFY(!engine::damagedBlob({{.id = "oci:x", .folder = tree.path()}}, u"no space left"_s));
    }

    void anIndexThatIsNoneIsNotWrittenOver()
    {
        TreeFixture tree;
        tree.file("index.json", "my own notes");
        const auto listed = engine::listInLayout(tree.path(), {}, {{.tag = u"t"_s, .image = {}}});
        QVERIFY(!listed);
        QCOMPARE(bytesIn(tree.path() + u"/index.json"), "my own notes");
    }

    void anotherProgramIsWaitedForAndThenNamed()
    {
        TreeFixture tree;
        const int lock = ::open(tree.at("index.json.lock").constData(), O_RDWR | O_CREAT, 0644);
        QCOMPARE(::flock(lock, LOCK_EX), 0);
        const auto listed = engine::listInLayout(tree.path(), {}, {{.tag = u"t"_s, .image = {}}});
        QVERIFY(!listed);
        QVERIFY2(listed.error().text().contains(u"locked"_s), qPrintable(listed.error().text()));
        ::close(lock);
        QVERIFY(engine::listInLayout(tree.path(), {}, {{.tag = u"t"_s, .image = {}}}));
    }
};

QTEST_GUILESS_MAIN(TestOciLayout)
#include "tst_ocilayout.moc"
