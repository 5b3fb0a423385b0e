// SPDX-License-Identifier: Apache-2.0
#include "build/buildsession.h"
#include "build/stepinputs.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using app::FilesByLine;
using history::TakenFile;

namespace {

workspace::Snapshot snapshotOf(const QString &text, const workspace::BuildSettings &settings = {})
{
    workspace::Workspace document;
    document.replaceDocument(text, settings);
    return document.snapshot();
}

QStringList paths(const std::vector<TakenFile> &files)
{
    QStringList list;
    for (const TakenFile &file : files)
        list += file.path;
    return list;
}

engine::BuildStep step(const QString &id, const QString &stage, int position, int count,
                       const QString &instruction, const QStringList &inputs)
{
    engine::BuildStep step;
    step.id = id;
    step.stage = stage;
    step.position = position;
    step.count = count;
    step.instruction = instruction;
    step.inputs = inputs;
    return step;
}

}

class TestTakenFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(u"go.mod"_s, "module x");
        write(u"main.go"_s, "package main");
        write(u"web/a.css"_s, "a");
        write(u"web/b.css"_s, "b");
    }

    void aLineTakesWhatItsSourcesMatch_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("taken");
        QTest::newRow("a file") << u"COPY go.mod ./"_s << QStringList{u"go.mod"_s};
        QTest::newRow("a wildcard") << u"COPY go.* ./go.sum ./"_s << QStringList{u"go.mod"_s};
        QTest::newRow("a folder") << u"COPY ./web /web"_s << QStringList{u"web/a.css"_s, u"web/b.css"_s};
        QTest::newRow("everything") << u"COPY . ."_s
                                    << QStringList{u"go.mod"_s, u"main.go"_s, u"web/a.css"_s, u"web/b.css"_s};
        QTest::newRow("without what it excludes")
            << u"COPY --exclude=web . ."_s << QStringList{u"go.mod"_s, u"main.go"_s};
        QTest::newRow("a variable") << u"ARG d=web\nCOPY $d/a.css /"_s << QStringList{u"web/a.css"_s};
        QTest::newRow("a mount") << u"RUN --mount=type=bind,source=go.mod,target=/m true"_s
                                 << QStringList{u"go.mod"_s};
        QTest::newRow("another stage") << u"COPY --from=alpine /x /x"_s << QStringList{};
        QTest::newRow("the network") << u"ADD https://example.org/x /x"_s << QStringList{};
        QTest::newRow("a heredoc") << u"COPY <<EOF /x\nhi\nEOF"_s << QStringList{};
    }
    void aLineTakesWhatItsSourcesMatch()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, taken);
        const auto files = take(u"FROM scratch\n"_s + line + u'\n');
        QCOMPARE(files.size(), taken.isEmpty() ? 0 : 1);
        if (!taken.isEmpty())
            QCOMPARE(paths(files.begin()->second), taken);
    }

    void theSameContentHasTheSameDigestWhateverItsTime()
    {
        const auto before = take(u"FROM scratch\nCOPY . .\n"_s).begin()->second;
        QTest::qWait(10);
        write(u"main.go"_s, "package main");
        write(u"go.mod"_s, "module y");
        const auto now = take(u"FROM scratch\nCOPY . .\n"_s, before).begin()->second;
        QCOMPARE(now[1].digest, before[1].digest);
        QVERIFY(now[1].stamp != before[1].stamp);
        QVERIFY(now[0].digest != before[0].digest);
        QCOMPARE(now[2], before[2]);
    }

    void whatIsKnownAndBeyondTheLimitIsNotRead()
    {
        const std::vector<TakenFile> none;
        const auto unread = take(u"FROM scratch\nCOPY . .\n"_s, none, 0).begin()->second;
        QVERIFY(unread[0].digest.startsWith("stamp:"_L1));
        auto known = unread;
        known[0].digest = u"as remembered"_s;
        QCOMPARE(take(u"FROM scratch\nCOPY . .\n"_s, known).begin()->second[0].digest, u"as remembered"_s);
    }

    void thousandsOfFilesBecomeTheirFolders()
    {
        for (int i = 0; i < 1200; ++i)
            write(u"assets/%1/%2.svg"_s.arg(i % 3).arg(i), QByteArray::number(i));
        const auto before = take(u"FROM scratch\nCOPY . .\n"_s).begin()->second;
        QCOMPARE(paths(before), (QStringList{u"assets/0/"_s, u"assets/1/"_s, u"assets/2/"_s, u"go.mod"_s,
                                             u"main.go"_s, u"web/a.css"_s, u"web/b.css"_s}));
        write(u"assets/1/1.svg"_s, "another");
        const auto now = take(u"FROM scratch\nCOPY . .\n"_s, before).begin()->second;
        QCOMPARE(now[0], before[0]);
        QVERIFY(now[1].digest != before[1].digest);
    }

    void stepsKnowTheirParentsThroughTheEnginesOwnSteps()
    {
        app::BuildInput input;
        input.snapshot = snapshotOf(u"FROM golang AS b\nARG TOKEN=x\nARG V=1\nRUN go build -o /a\n"
                                    "FROM scratch\nCOPY --from=b /a /a\n"_s);
        const std::vector<engine::BuildStep> steps{
            step(u"from"_s, u"b"_s, 1, 2, u"FROM docker.io/library/golang@sha256:abc"_s, {}),
            step(u"own"_s, {}, 0, 0, {}, {u"from"_s}),
            step(u"run"_s, u"b"_s, 2, 2, u"RUN go build -o /a"_s, {u"own"_s}),
            step(u"copy"_s, u"stage-1"_s, 1, 1, u"COPY --from=b /a /a"_s, {u"run"_s})};
        std::vector<history::StepRecord> records(steps.size());
        app::describeInputs(input, steps, {}, {}, records);
        QCOMPARE(records[0].inputs->baseDigest, u"sha256:abc"_s);
        QVERIFY(!records[1].inputs);
        QCOMPARE(records[2].inputs->parents, std::vector<int>{0});
        QCOMPARE(records[3].inputs->parents, std::vector<int>{2});
        QCOMPARE(records[2].inputs->variables.size(), std::size_t(2));
        QCOMPARE(records[2].inputs->variables[1].value, u"1"_s);
        QVERIFY(records[2].inputs->variables[0].isDigest);
        QVERIFY(records[2].inputs->variables[0].value != u"x"_s);
    }

private:
    void write(const QString &name, const QByteArray &content)
    {
        const QString path = m_folder->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    FilesByLine take(const QString &text, const std::vector<TakenFile> &known = {},
                     qint64 readAtMost = 1 << 20)
    {
        const auto scan = project::scanContext(m_folder->path(), {});
        return app::takenFiles(*scan, app::contextSources(snapshotOf(text)), known, {}, readAtMost);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestTakenFiles)
#include "tst_takenfiles.moc"
