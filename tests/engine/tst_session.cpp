// SPDX-License-Identifier: Apache-2.0
#include "realengine.h"

#include "engine/buildkit/buildabilities.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

using namespace Qt::StringLiterals;

namespace {

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
    file.close();
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
}

/// As it is written: Qt would resolve it.
QByteArray linkTarget(const QString &path)
{
    std::array<char, 4096> target;
    const ssize_t size = ::readlink(QFile::encodeName(path).constData(), target.data(), target.size());
    return {target.data(), std::max<ssize_t>(0, size)};
}

/// What the engine says it was sent of the context.
qint64 contextBytes(const BuildRun &run)
{
    qint64 bytes = 0;
    for (const auto &step : run.steps) {
        for (const auto &progress : step.progress) {
            if (step.name.contains(u"build context"_s) && progress.id.startsWith(u"transferring"_s))
                bytes = std::max(bytes, progress.current);
        }
    }
    return bytes;
}

}

/// What a session serves, asked by an engine that is really there.
class TestSession : public EngineTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        takeEngine(&engine::BuildAbilities::session);
        if (QTest::currentTestResolved())
            return;
        m_hasNamedContexts = m_can.namedContexts.can;
    }
    void cleanupTestCase() { m_engine.reset(); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void onlyWhatChangedIsSentAgain()
    {
        constexpr qint64 size = 1'000'000;
        for (const char *name : {"a", "b", "c"})
            write(at(QLatin1StringView(name)), QByteArray(size, *name));
        const auto sent = [this] {
            BuildRun run(m_engine->client, requestFor("FROM scratch\nCOPY . /\n"));
            if (!run.wait() || !run.outcome->succeeded())
                qFatal("%s", qPrintable(run.error()));
            return contextBytes(run);
        };
        QVERIFY(sent() > 3 * size);
        QVERIFY(sent() < size / 10);
        write(at(u"b"_s), QByteArray(size, 'x'));
        const qint64 afterOne = sent();
        QVERIFY2(afterOne > size && afterOne < size * 11 / 10, QByteArray::number(afterOne).constData());
        QVERIFY(sent() < size / 10);
    }

    void aFolderComesBackAsItWent()
    {
        for (const auto &name : {u"plain"_s, u"Ünïcödé"_s, u"файл.txt"_s, u"文件/ملف"_s, u"with space"_s,
                                 u"new\nline"_s, u"🐳/🐋"_s, u"quo\"te'd"_s})
            write(at(name), QByteArray(name.toUtf8() + " of its own"));
        // The engine takes what it has of an earlier run for the same, since times do not count there.
        for (const auto &file : filesIn(m_folder->path())) {
            const timespec times[2]{{.tv_sec = 1'000'000'000}, {.tv_sec = 1'000'000'000}};
            ::utimensat(AT_FDCWD, QFile::encodeName(at(file.path)).constData(), times, 0);
        }
        QFile::link(u"../out of here"_s, at(u"link"_s));
        ::chmod(QFile::encodeName(at(u"plain"_s)).constData(), 0750);
        QTemporaryDir out;
        engine::BuildRequest request = requestFor("FROM scratch\nCOPY . /\n");
        request.options.outputs = {{.type = u"local"_s, .attributes = {{u"dest"_s, out.path()}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        const auto went = filesIn(m_folder->path());
        const auto came = filesIn(out.path());
        QCOMPARE(came.size(), went.size());
        for (size_t i = 0; i < went.size(); ++i) {
            QCOMPARE(came[i].path, went[i].path);
            QCOMPARE(came[i].mode, went[i].mode);
            if (went[i].type == engine::BuildFile::Type::File) {
                QCOMPARE(read(out.filePath(came[i].path)), read(at(went[i].path)));
                QCOMPARE(came[i].modifiedSeconds, went[i].modifiedSeconds);
            }
        }
        QCOMPARE(linkTarget(out.filePath(u"link"_s)), "../out of here");
    }

    void theIgnoreFileIsHeldTo()
    {
        for (const char *name : {"keep/a.go", "keep/a_test.go", "drop/b.go", "top", "drop/kept/c.go"})
            write(at(QLatin1StringView(name)), name);
        write(at(u".dockerignore"_s), "# none of it\n*\n!keep\n**/*_test.go\n!drop/kept\n");
        QTemporaryDir out;
        engine::BuildRequest request = requestFor("FROM scratch\nCOPY . /\n");
        request.options.outputs = {{.type = u"local"_s, .attributes = {{u"dest"_s, out.path()}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QStringList paths;
        for (const auto &file : filesIn(out.path()))
            paths << file.path;
        QCOMPARE(paths,
                 QStringList({u"drop"_s, u"drop/kept"_s, u"drop/kept/c.go"_s, u"keep"_s, u"keep/a.go"_s}));
    }

    void aNamedContextIsAFolderOfItsOwn()
    {
        if (!m_hasNamedContexts)
            QSKIP("this engine knows no named contexts");
        QTemporaryDir other, out;
        write(other.filePath(u"deep/file"_s), "from the other folder");
        engine::BuildRequest request = requestFor("FROM scratch\nCOPY --from=assets deep /\n");
        request.options.contexts = {{.name = u"assets"_s, .value = other.path()}};
        request.options.outputs = {{.type = u"local"_s, .attributes = {{u"dest"_s, out.path()}}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QCOMPARE(read(out.filePath(u"file"_s)), "from the other folder");
    }

    void secretsComeFromFilesAndVariables()
    {
        write(at(u"secret file"_s), "planted-in-file");
        write(at(u".dockerignore"_s), "secret file\n");
        qputenv("STAGELOOM_PLANTED", "planted-in-environment");
        engine::BuildRequest request = requestFor(
            "FROM alpine\nRUN --mount=type=secret,id=f --mount=type=secret,id=e "
            "sh -c 'cd /run/secrets; cat f e | wc -c; test ! -e no'\n"
            "RUN --mount=type=secret,id=nobody-gave-it sh -c 'test ! -e /run/secrets/nobody-gave-it'\n");
        request.noCache = true;
        request.options.secrets = {{.id = u"f"_s, .file = at(u"secret file"_s)},
                                   {.id = u"e"_s, .environment = u"STAGELOOM_PLANTED"_s}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY2(run.log.contains(u"37"_s), qPrintable(run.log));
    }

    void aStepListsTheKeysOfAnAgentAndCanDoNothingElse()
    {
        if (QStandardPaths::findExecutable(u"ssh-keygen"_s).isEmpty())
            QSKIP("OpenSSH's client is not installed");
        QTemporaryDir keys;
        const QString key = keys.filePath(u"key"_s);
        QCOMPARE(QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, u""_s, u"-C"_s,
                                                     u"planted comment"_s, u"-f"_s, key}),
                 0);
        // Asks for the keys (11), then tries to remove them all (19), then asks again.
        write(at(u"main.go"_s),
              "package main\n"
              "\n"
              "import (\"bytes\"; \"os\"; \"syscall\")\n"
              "\n"
              "func ask(agent int, kind byte) []byte {\n"
              "\tsyscall.Write(agent, []byte{0, 0, 0, 1, kind})\n"
              "\tanswer := make([]byte, 4096)\n"
              "\tn, _ := syscall.Read(agent, answer)\n"
              "\treturn answer[4:n]\n"
              "}\n"
              "\n"
              "func main() {\n"
              "\tagent, _ := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)\n"
              "\tif err := syscall.Connect(agent, &syscall.SockaddrUnix{Name: "
              "os.Getenv(\"SSH_AUTH_SOCK\")}); err != nil {\n"
              "\t\tpanic(err)\n"
              "\t}\n"
              "\thas := func(b []byte) bool { return b[0] == 12 && bytes.Contains(b, []byte(\"planted "
              "comment\")) }\n"
              "\tprintln(\"agent:\", has(ask(agent, 11)), ask(agent, 19)[0], has(ask(agent, 11)))\n"
              "}\n");
        engine::BuildRequest request = requestFor("FROM golang:alpine AS builder\n"
                                                  "WORKDIR /b\n"
                                                  "COPY main.go .\n"
                                                  "RUN go build -o ask main.go\n"
                                                  "FROM alpine AS asker\n"
                                                  "COPY --from=builder /b/ask /ask\n"
                                                  "RUN --mount=type=ssh /ask\n");
        request.baseImages = {u"golang:alpine"_s, u"alpine"_s};
        request.options.noCacheStages = {u"asker"_s};
        request.options.ssh = {{.keys = {key}}};
        BuildRun run(m_engine->client, request);
        QVERIFY(run.wait());
        QVERIFY2(run.outcome->succeeded(), qPrintable(run.error()));
        QVERIFY2(run.log.contains(u"agent: true 5 true"_s), qPrintable(run.log));
    }

    void anOutputThatCannotBeWrittenSaysSo()
    {
        write(at(u"file"_s), "x");
        for (const auto &[type, place] :
             {std::pair{u"tar"_s, u"/dev/full"_s}, std::pair{u"local"_s, u"/dev/null/x"_s}}) {
            engine::BuildRequest request = requestFor("FROM scratch\nCOPY . /\n");
            request.options.outputs = {{.type = type, .attributes = {{u"dest"_s, place}}}};
            BuildRun run(m_engine->client, request);
            QVERIFY(run.wait());
            QVERIFY(run.outcome->error);
            QVERIFY2(run.error().contains(place.first(9)), qPrintable(run.error()));
            QVERIFY2(!run.error().contains(u"rpc error"_s), qPrintable(run.error()));
        }
        BuildRun next(m_engine->client, requestFor("FROM scratch\nCOPY . /\n"));
        QVERIFY(next.wait());
        QVERIFY2(next.outcome->succeeded(), qPrintable(next.error()));
    }

private:
    [[nodiscard]] QString at(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] engine::BuildRequest requestFor(const QByteArray &dockerfile) const
    {
        engine::BuildRequest request;
        request.contextFolder = m_folder->path();
        request.dockerfile = dockerfile;
        return request;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    bool m_hasNamedContexts = false;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
