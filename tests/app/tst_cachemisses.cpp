// SPDX-License-Identifier: Apache-2.0
// Why a step ran again, told after real builds: each kind of input is changed between two of them.
#include "build/buildsession.h"
#include "history/historystore.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

// The RUN holds a word of its own for each run of the test, so that no earlier one's cache is met.
QString textFor(const QString &mark)
{
    return u"FROM stageloom-test:missbase AS b\nARG VERSION=1\nWORKDIR /src\nCOPY go.mod go.sum ./\n"
           "RUN echo "_s +
           mark + u" > /mark\nCOPY . .\nRUN echo $VERSION > /version\n"_s;
}

}

class TestCacheMisses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString url = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
        if (url.isEmpty())
            QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
        m_client = std::make_shared<engine::Client>(*engine::parseHost(url, u"test"_s));
        bool isConnected = false;
        m_client->connectToEngine([&](const auto &info) { isConnected = info.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(isConnected, 10'000);
        if (m_client->info()->isPodman) {
            m_client.reset();
            QSKIP("Podman counts steps of its own");
        }
        m_text = textFor(QString::number(QDateTime::currentMSecsSinceEpoch()));
    }

    void init()
    {
        if (!m_client)
            QSKIP("no engine");
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<history::HistoryStore>(*history::HistoryStore::open(u":memory:"_s));
        m_settings = {};
        write(u"go.mod"_s, "module x\n");
        write(u"go.sum"_s, "");
        write(u"main.go"_s, "package main\n");
        tag(u"alpine"_s);
        QVERIFY(build(m_text).misses.empty());
        const auto again = build(m_text);
        QVERIFY2(again.misses.empty(), qPrintable(again.misses.empty() ? QString() : again.misses[0].text));
    }

    void aChangedFileIsNamedWithTheStepsThatFollow()
    {
        write(u"go.sum"_s, "changed "_ba + unique());
        const auto misses = build(m_text).misses;
        QCOMPARE(misses.size(), std::size_t(1));
        QCOMPARE(misses[0].text, u"step 3/6 ran again: go.sum changed; 3 steps follow"_s);
        QCOMPARE(misses[0].row, 4);
    }

    void aNewFileThatOnlyALaterStepTakesIsNamedThere()
    {
        write(u"other.go"_s, "package main // "_ba + unique());
        const auto misses = build(m_text).misses;
        QCOMPARE(misses.size(), std::size_t(1));
        QCOMPARE(misses[0].text, u"step 5/6 ran again: other.go changed; the step after it follows"_s);
    }

    void aTouchedFileIsNoChange()
    {
        QTest::qWait(20);
        write(u"main.go"_s, "package main\n");
        QVERIFY(build(m_text).misses.empty());
    }

    void aChangedBuildArgIsNamedWithBothValues()
    {
        const QString value = QString::fromLatin1(unique());
        m_settings.buildArgs.insert(u"VERSION"_s, value);
        const auto misses = build(m_text).misses;
        QVERIFY(!misses.empty());
        QVERIFY2(misses[0].text.contains(u"VERSION changed from 1 to "_s + value),
                 qPrintable(misses[0].text));
    }

    void aChangedInstructionIsSaid()
    {
        QString text = m_text;
        text.replace(u"echo $VERSION"_s, u"echo 2 $VERSION "_s + QString::fromLatin1(unique()));
        const auto misses = build(text).misses;
        QCOMPARE(misses.size(), std::size_t(1));
        QCOMPARE(misses[0].text, u"step 6/6 ran again: its text changed"_s);
    }

    void anotherBaseImageIsSaid()
    {
        tag(u"golang:alpine"_s);
        const auto misses = build(m_text).misses;
        QVERIFY(!misses.empty());
        QVERIFY2(misses[0].text.contains(u"the base image changed"_s), qPrintable(misses[0].text));
    }

    void buildingWithoutTheCacheIsSaid()
    {
        m_settings.noCache = true;
        const auto misses = build(m_text).misses;
        QVERIFY(!misses.empty());
        QVERIFY2(misses[0].text.contains(u"asked not to use the cache"_s), qPrintable(misses[0].text));
    }

private:
    void write(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    static QByteArray unique() { return QByteArray::number(QDateTime::currentMSecsSinceEpoch()); }

    void tag(const QString &image)
    {
        bool isTagged = false;
        m_client->tagImage(image, u"stageloom-test:missbase"_s,
                           [&](const auto &done) { isTagged = done.has_value(); });
        QTRY_VERIFY(isTagged);
    }

    app::BuildReport build(const QString &text)
    {
        workspace::Workspace document;
        document.replaceDocument(text, m_settings);
        app::BuildSession session(m_client, m_store.get());
        app::BuildReport report;
        bool isDone = false;
        connect(&session, &app::BuildSession::finished, this, [&](const app::BuildReport &result) {
            report = result;
            isDone = true;
        });
        session.start({.folder = m_folder->path(),
                       .dockerfilePath = m_folder->filePath(u"Dockerfile"_s),
                       .snapshot = document.snapshot(),
                       .tags = {u"stageloom-test:miss"_s},
                       .labels = {},
                       .options = {}});
        if (!QTest::qWaitFor([&] { return isDone; }, 60'000))
            qWarning("the build did not end");
        if (report.outcome.error)
            qWarning().noquote() << report.outcome.error->text();
        return report;
    }

    std::shared_ptr<engine::Client> m_client;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<history::HistoryStore> m_store;
    workspace::BuildSettings m_settings;
    QString m_text;
};

QTEST_GUILESS_MAIN(TestCacheMisses)
#include "tst_cachemisses.moc"
