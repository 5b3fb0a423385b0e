// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include "engine/builderstore.h"
#include "engine/buildkit/buildabilities.h"
#include "engine/buildkit/buildkitclient.h"
#include "engine/rest/request.h"
#include "support/buildkitfront.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;

namespace {

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

/// "buildctl dial-stdio" as BuildKit's own image has it, for a socket that is mounted into the container.
const QByteArray buildctl =
    "package main\n"
    "import (\"io\"; \"net\"; \"os\"; \"time\")\n"
    "func main() {\n"
    "\tif len(os.Args) < 2 || os.Args[1] != \"dial-stdio\" { for { time.Sleep(time.Hour) } }\n"
    "\tc, err := net.Dial(\"unix\", \"/run/front/buildkitd.sock\")\n"
    "\tif err != nil { os.Stderr.WriteString(err.Error() + \"\\n\"); os.Exit(1) }\n"
    "\tgo func() { io.Copy(c, os.Stdin); c.(*net.UnixConn).CloseWrite() }()\n"
    "\tio.Copy(os.Stdout, c)\n"
    "}\n";

}

/// A builder of buildx's driver "docker-container", in a real container: an image with a buildctl in it is
/// made on the engine, which execs that; at its far end the engine's own BuildKit plays buildkitd, of which
/// no Debian package is.
class TestContainerBuilder : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        takeEngine(&engine::BuildAbilities::session);
        if (QTest::currentTestResolved())
            return;
        if (m_engine->client->endpoint().kind != engine::Endpoint::Kind::Unix)
            QSKIP("the container needs a folder of this machine");
        engine::BuildRequest request;
        QTemporaryDir context;
        write(context.filePath(u"main.go"_s), buildctl);
        request.contextFolder = context.path();
        request.dockerfile =
            "FROM golang:alpine AS build\nCOPY main.go /src/\nRUN cd /src && GO111MODULE=off "
            "CGO_ENABLED=0 go build -o /buildctl main.go\nFROM scratch\nCOPY --from=build /buildctl "
            "/usr/bin/\nENV PATH=/usr/bin\nCMD [\"/usr/bin/buildctl\"]\n";
        request.tags = {image};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait(3min));
        if (!run.outcome->succeeded())
            QSKIP(qPrintable(u"no buildctl can be made here: "_s + run.error()));
        m_front = std::make_unique<BuildKitFront>(m_engine->client->endpoint().path);
        m_store = std::make_unique<QTemporaryDir>();
        QVERIFY(startContainer(image));
        m_address = storedAddress();
        QVERIFY(m_address);
        QCOMPARE(m_address->container, container);
    }
    void cleanupTestCase()
    {
        if (m_engine && m_engine->client) {
            ask("DELETE", "/containers/" + container.toLatin1() + "?force=1");
            await<QStringList>([&](auto answer) { m_engine->client->removeImage(image, true, answer); });
        }
        m_front.reset();
        m_engine.reset();
    }

    void itsWorkersAreAsked()
    {
        engine::BuildKitClient kit(*m_address);
        const auto workers =
            await<std::vector<engine::BuildKitWorker>>([&](auto answer) { kit.listWorkers(answer); });
        QVERIFY2(workers, qPrintable(workers ? QString() : workers.error().text() + workers.error().detail));
        QVERIFY(!workers->empty());
        QVERIFY(m_front->connections > 0);
    }

    void aBuildGoesThroughTheContainer()
    {
        QTemporaryDir context;
        QTemporaryDir out;
        const QByteArray large(6 * 1024 * 1024, 'x');
        write(context.filePath(u"large"_s), large);
        engine::BuildRequest request;
        request.contextFolder = context.path();
        request.dockerfile =
            "FROM alpine AS run\nCOPY large /\nRUN wc -c < /large > /count && echo through the "
            "container\nFROM scratch\nCOPY --from=run /large /count /\n";
        request.noCache = true;
        request.options.outputs = {{.type = u"local"_s, .attributes = {{u"dest"_s, out.path()}}}};
        BuildRun run(m_engine->client, *m_address, request);
        QVERIFY(run.wait(90s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY(run.log.contains("through the container"_L1));
        QFile count(out.filePath(u"count"_s));
        QVERIFY(count.open(QIODevice::ReadOnly));
        QCOMPARE(count.readAll().trimmed(), QByteArray::number(large.size()));
        QCOMPARE(QFileInfo(out.filePath(u"large"_s)).size(), large.size());
    }

    void anImageIsLoadedIntoTheEngine()
    {
        if (!m_engine->client->info()->containerdStore)
            QSKIP("the BuildKit of this engine, which plays buildkitd, writes no archives");
        engine::BuildRequest request;
        request.dockerfile = "FROM scratch\nLABEL through=container\n";
        request.tags = {u"stageloom-test/through-container:v1"_s};
        BuildRun run(m_engine->client, *m_address, request);
        QVERIFY(run.wait(60s));
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto isThere =
            await<bool>([&](auto answer) { m_engine->client->imageExists(request.tags.front(), answer); });
        QVERIFY(isThere && *isThere);
    }

    void cancellingEndsTheBuildInTheContainer()
    {
        engine::BuildRequest request;
        request.dockerfile = "FROM alpine\nRUN echo begun && sleep 87651\n";
        request.noCache = true;
        request.options.outputs = {{.type = u"cacheonly"_s, .attributes = {}}};
        BuildRun run(m_engine->client, *m_address, request);
        QTRY_VERIFY_WITH_TIMEOUT(run.outcome || run.log.contains("begun"_L1), 60s);
        QVERIFY2(!run.outcome, qPrintable(run.error()));
        run.job.cancel();
        QVERIFY(run.wait(20s));
        QCOMPARE(run.outcome->error->kind, Error::Kind::Cancelled);
    }

    void aBuilderThatCannotBeUsedSaysWhy_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("hint");
        QTest::newRow("nothing listens in it")
            << u"alone"_s << u"buildkitd does not answer"_s << u"docker logs"_s;
        QTest::newRow("it has no buildctl") << u"alpine"_s << u"no buildctl"_s << u"docker buildx rm"_s;
        QTest::newRow("it does not run") << u"stopped"_s << u"not running"_s << u"docker start"_s;
        QTest::newRow("it is gone") << u"gone"_s << u"No such container"_s << u"docker buildx"_s;
    }
    void aBuilderThatCannotBeUsedSaysWhy()
    {
        QFETCH(QString, state);
        QFETCH(QString, message);
        QFETCH(QString, hint);
        if (state == "alone"_L1)
            QVERIFY(startContainer(image, false));
        else if (state == "alpine"_L1)
            QVERIFY(startContainer(u"alpine"_s));
        else if (state == "stopped"_L1)
            QVERIFY(ask("POST", "/containers/" + container.toLatin1() + "/kill"));
        else
            QVERIFY(ask("DELETE", "/containers/" + container.toLatin1() + "?force=1"));
        if (state == "stopped"_L1)
            QTest::qWait(500);
        engine::BuildKitClient kit(*m_address);
        const auto workers =
            await<std::vector<engine::BuildKitWorker>>([&](auto answer) { kit.listWorkers(answer); });
        QVERIFY(!workers);
        const QString all = workers.error().text() + u" | "_s + workers.error().detail;
        QVERIFY2(workers.error().message.contains(message), qPrintable(all));
        QVERIFY2(workers.error().hint.contains(hint), qPrintable(all));
    }

private:
    const QString image = u"stageloom-test/buildkitd:v1"_s;
    const QString container = u"buildx_buildkit_stageloomtest0"_s;

    /// As `docker buildx create --driver docker-container` notes it.
    std::optional<engine::BuildKitAddress> storedAddress()
    {
        const QJsonObject node{{u"Name"_s, u"stageloomtest0"_s},
                               {u"Endpoint"_s, m_engine->client->endpoint().url}};
        QDir(m_store->path()).mkdir(u"instances"_s);
        write(m_store->filePath(u"instances/stageloomtest"_s),
              QJsonDocument(QJsonObject{{u"Name"_s, u"stageloomtest"_s},
                                        {u"Driver"_s, u"docker-container"_s},
                                        {u"Nodes"_s, QJsonArray{node}}})
                  .toJson());
        QProcessEnvironment environment;
        environment.insert(u"BUILDX_CONFIG"_s, m_store->path());
        const auto found = engine::findBuilders(environment);
        return found.builders.empty() ? std::nullopt : found.builders.front().nodes.front().address;
    }

    bool startContainer(const QString &of, bool hasFront = true)
    {
        ask("DELETE", "/containers/" + container.toLatin1() + "?force=1");
        QJsonObject host{{u"NetworkMode"_s, u"none"_s}};
        const QString folder = QFileInfo(m_front->path()).path();
        if (hasFront)
            host.insert(u"Binds"_s, QJsonArray{QString(folder + u":/run/front"_s)});
        QJsonObject created{{u"Image"_s, of}, {u"HostConfig"_s, host}};
        if (of == "alpine"_L1)
            created.insert(u"Cmd"_s, QJsonArray{u"sleep"_s, u"600"_s});
        return ask("POST", "/containers/create?name=" + container.toLatin1(),
                   QJsonDocument(created).toJson(QJsonDocument::Compact)) &&
               ask("POST", "/containers/" + container.toLatin1() + "/start");
    }
    bool ask(const QByteArray &verb, const QByteArray &path, const QByteArray &body = {})
    {
        engine::Transport *transport = m_engine->client->transport();
        const auto reply = await<engine::Reply>([&](auto answer) {
            new engine::Request(
                transport, {.verb = verb, .request = transport->unversioned(path), .body = body}, answer);
        });
        if (!reply)
            qInfo() << verb << path << reply.error().text();
        return reply.has_value();
    }

    std::unique_ptr<BuildKitFront> m_front;
    std::unique_ptr<QTemporaryDir> m_store;
    std::optional<engine::BuildKitAddress> m_address;
};

QTEST_GUILESS_MAIN(TestContainerBuilder)
#include "tst_containerbuilder.moc"
