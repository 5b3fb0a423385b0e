// SPDX-License-Identifier: Apache-2.0
// Secrets are planted wherever a build may meet one; afterwards nothing that was kept or said holds any of
// them.
#include "support/loopbackregistry.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArrayList planted{"planted-in-a-file",      "planted-in-the-environment", "planted-as-an-argument",
                             "planted-wrong-password", "planted-proxy-password",     "planted-git-token",
                             "planted-key-name",       LoopbackRegistry::password};

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

}

class TestNothingSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
        if (m_engine.isEmpty())
            QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
        if (stageloom({u"engine"_s, u"test"_s, m_engine}).contains("cannot: secrets"))
            QSKIP("this engine takes no secrets");
        write(m_secrets.filePath(u"token"_s), planted[0]);
        write(m_context.filePath(u"source"_s), "source\n");
        makeKey();
    }

    void aBuildThatSucceedsKeepsNone()
    {
        dockerfile("FROM alpine\nARG NPM_TOKEN\n"
                   "RUN --mount=type=secret,id=file --mount=type=secret,id=env --mount=type=ssh "
                   "cat /run/secrets/* | wc -c; test -n \"$NPM_TOKEN\"\nENV SAVED=$NPM_TOKEN\nRUN true\n"
                   "COPY source /\n");
        const QByteArray said = build({});
        QVERIFY2(m_exitCode == 0, said.constData());
        nothingIsIn(said);
    }

    void aBuildWhoseStepFailsKeepsNone()
    {
        dockerfile("FROM alpine\nARG NPM_TOKEN\n"
                   "RUN --mount=type=secret,id=file --mount=type=secret,id=env --mount=type=ssh "
                   "test -n \"$NPM_TOKEN\" && exit 3\n");
        const QByteArray said = build({});
        QCOMPARE(m_exitCode, 1);
        QVERIFY(said.contains("exit code"));
        nothingIsIn(said);
    }

    void aRegistryThatRefusesThePasswordIsToldWithoutIt_data()
    {
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("refused") << QByteArray("planted-wrong-password");
        QTest::newRow("nothing there") << QByteArray(LoopbackRegistry::password);
    }
    void aRegistryThatRefusesThePasswordIsToldWithoutIt()
    {
        QFETCH(QByteArray, password);
        const LoopbackRegistry registry(m_engine.mid(int(qstrlen("unix://"))));
        if (!registry.problem().isEmpty())
            QSKIP(qPrintable(registry.problem()));
        const QByteArray both = QByteArray(QByteArray(LoopbackRegistry::user) + ':' + password).toBase64();
        const QJsonObject entry{{u"auth"_s, QString::fromLatin1(both)}};
        write(m_config.filePath(u"config.json"_s),
              QJsonDocument(QJsonObject{{u"auths"_s, QJsonObject{{registry.host(), entry}}}}).toJson());
        dockerfile("FROM " + registry.host().toUtf8() + "/private/base:v1\nCOPY source /\n");
        const QByteArray said = build({});
        QCOMPARE(m_exitCode, 1);
        QVERIFY(!said.contains(both));
        nothingIsIn(said);
    }

    void aRepositoryThatCannotBeFetchedIsToldWithoutItsToken()
    {
        dockerfile("FROM alpine\nCOPY --from=src / /\n");
        const QByteArray said =
            build({u"--build-context"_s, u"src=https://planted-git-token@127.0.0.1:1/x/y.git"_s});
        QCOMPARE(m_exitCode, 1);
        nothingIsIn(said);
        dockerfile("FROM alpine\nADD https://somebody:planted-git-token@127.0.0.1:1/file /\n");
        const QByteArray added = build({});
        QCOMPARE(m_exitCode, 1);
        QVERIFY2(added.contains("127.0.0.1:1/file"), added.constData());
        nothingIsIn(added); // the line is shown, too
    }

    void aProgramThatPrintsItsProxyPrintsNoPassword()
    {
        dockerfile("FROM alpine\nRUN echo the proxy is $HTTP_PROXY; exit 4\n");
        const QByteArray said = build({});
        QCOMPARE(m_exitCode, 1);
        QVERIFY2(said.contains("@proxy.invalid:3128"), said.constData());
        nothingIsIn(said);
    }

    void aSecretThatIsMissingIsNamedAndTheOthersAreNotShown()
    {
        dockerfile("FROM alpine\nRUN --mount=type=secret,id=file "
                   "--mount=type=secret,id=nobody-gave-it,required=true true\n");
        const QByteArray said = build({});
        QCOMPARE(m_exitCode, 1);
        QVERIFY2(said.contains("nobody-gave-it"), said.constData());
        nothingIsIn(said);
    }

private:
    void makeKey()
    {
        m_key = m_secrets.filePath(u"planted-key-name"_s);
        if (QStandardPaths::findExecutable(u"ssh-keygen"_s).isEmpty())
            QSKIP("OpenSSH's client is not installed");
        QCOMPARE(QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, u""_s, u"-C"_s,
                                                     u"planted-comment"_s, u"-f"_s, m_key}),
                 0);
        QFile file(m_key);
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_planted = planted;
        m_planted += file.readAll().split('\n').value(3); // of the key itself
        QVERIFY(m_planted.last().size() > 40);
    }

    void dockerfile(const QByteArray &text)
    {
        write(m_context.filePath(u"Dockerfile"_s),
              "# syntax-free " + QByteArray::number(m_builds++) + '\n' + text);
    }

    /// All that it says on both channels, in both forms of progress, with every log switched on.
    QByteArray build(const QStringList &more)
    {
        QByteArray said;
        for (const auto &progress : {u"json"_s, u"text"_s}) {
            said += stageloom(
                QStringList{u"build"_s, u"--no-cache"_s, u"--progress"_s, progress, u"--secret"_s,
                            u"id=file,src="_s + m_secrets.filePath(u"token"_s), u"--secret"_s,
                            u"id=env,env=PLANTED"_s, u"--ssh"_s, u"default="_s + m_key, u"--build-arg"_s,
                            u"NPM_TOKEN=planted-as-an-argument"_s, u"--build-arg"_s,
                            u"HTTP_PROXY=http://somebody:planted-proxy-password@proxy.invalid:3128"_s,
                            u"--metadata-file"_s, m_home.filePath(u"metadata.json"_s), u"-t"_s,
                            u"stageloom-test/secret:v1"_s, m_context.path()} +
                more);
        }
        return said;
    }

    QByteArray stageloom(const QStringList &arguments)
    {
        QProcess program;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, m_home.path());
        for (const auto &[name, folder] : {std::pair{u"XDG_DATA_HOME"_s, u"data"_s},
                                           {u"XDG_CONFIG_HOME"_s, u"config"_s},
                                           {u"XDG_STATE_HOME"_s, u"state"_s},
                                           {u"XDG_CACHE_HOME"_s, u"cache"_s}})
            environment.insert(name, m_home.filePath(folder));
        environment.insert(u"DOCKER_HOST"_s, m_engine);
        environment.insert(u"DOCKER_CONFIG"_s, m_config.path());
        environment.insert(u"PLANTED"_s, QString::fromLatin1(planted[1]));
        environment.insert(u"QT_LOGGING_RULES"_s, u"*.debug=true"_s);
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(qEnvironmentVariable("STAGELOOM_PROGRAM"), arguments);
        if (!QTest::qWaitFor([&program] { return program.state() == QProcess::NotRunning; }, 120'000))
            return "did not finish";
        m_exitCode = program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
        return program.readAll();
    }

    void nothingIsIn(const QByteArray &said) const
    {
        for (const QByteArray &secret : m_planted)
            QVERIFY2(!said.contains(secret), QByteArray("said: " + secret).constData());
        int files = 0;
        QDirIterator all(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            for (const QByteArray &secret : m_planted)
                QVERIFY2(!content.contains(secret),
                         QByteArray(file.fileName().toUtf8() + ": " + secret).constData());
            ++files;
        }
        QVERIFY2(files > 0, "there is a history at least");
    }

    QString m_engine;
    QString m_key;
    QByteArrayList m_planted;
    QTemporaryDir m_home, m_context, m_secrets, m_config;
    int m_exitCode = -1;
    int m_builds = 0;
};

QTEST_GUILESS_MAIN(TestNothingSecret)
#include "tst_nothingsecret.moc"
