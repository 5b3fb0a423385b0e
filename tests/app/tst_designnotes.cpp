// SPDX-License-Identifier: Apache-2.0
// What a build says on the cards and beside the lines, while it runs and afterwards.
#include "window/designnotes.h"
#include "window/stepnotes.h"

#include "build/sourcemap.h"

#include <QTest>

using namespace Qt::StringLiterals;
using State = engine::BuildStep::State;
using NodeState = ui::NodeNote::State;

namespace {

const QDateTime begin = QDateTime::fromMSecsSinceEpoch(1'000'000, QTimeZone::UTC);

engine::BuildStep step(const QString &stage, int position, const QString &instruction, State state,
                       const QString &platform = {})
{
    engine::BuildStep one;
    one.id = stage + QString::number(position) + platform;
    one.name = u"[%1 %2/2] %3"_s.arg(stage).arg(position).arg(instruction);
    one.stage = stage;
    one.position = position;
    one.count = 2;
    one.platform = platform;
    one.instruction = instruction;
    one.state = state;
    one.started = begin;
    return one;
}

}

class TestDesignNotes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_document.replaceDocument(
            u"FROM golang AS build\nRUN go build\nFROM golang AS test\nRUN go test\n"_s);
        m_steps.clear();
        m_misses.clear();
    }

    void stagesThatRunBesideEachOtherEachTellTheirStepAndTime()
    {
        m_steps = {step(u"build"_s, 2, u"RUN go build"_s, State::Running),
                   step(u"test"_s, 2, u"RUN go test"_s, State::Running)};
        m_steps[1].progress = {{.id = u"x"_s, .name = {}, .current = 12'000'000, .total = 80'000'000}};
        m_now = begin.addMSecs(4200);
        QCOMPARE(card(u"build"_s).state, NodeState::Running);
        QCOMPARE(card(u"test"_s).state, NodeState::Running);
        QCOMPARE(card(u"build"_s).text, u"2 of 2: running 4.2 s"_s);
        QCOMPARE(card(u"test"_s).text, u"2 of 2: running 4.2 s · 12\u00A0MB of 80\u00A0MB"_s);
        QCOMPARE(line(4).text, u"running 4.2 s · 12\u00A0MB of 80\u00A0MB"_s);
        QCOMPARE(line(4).kind, ui::RowNote::Kind::Running);
    }

    void aFailedStageSaysWhy()
    {
        m_steps = {step(u"build"_s, 2, u"RUN go build"_s, State::Failed)};
        m_steps[0].error = u"process \"/bin/sh -c go build\" did not complete successfully: exit code: 1"_s;
        QCOMPARE(card(u"build"_s).state, NodeState::Failed);
        QCOMPARE(card(u"build"_s).text, u"failed: exit code: 1"_s);
        QVERIFY(card(u"build"_s).tooltip.contains(u"/bin/sh -c go build"_s));
        QVERIFY(line(2).tooltip.contains(u"exit code: 1"_s));
        QCOMPARE(line(2).kind, ui::RowNote::Kind::Failed);
    }

    void platformsAreToldApartInABuildForSeveral()
    {
        m_steps = {step(u"build"_s, 2, u"RUN go build"_s, State::Cached, u"linux/amd64"_s),
                   step(u"build"_s, 2, u"RUN go build"_s, State::Running, u"linux/arm64"_s)};
        m_now = begin.addSecs(2);
        QCOMPARE(card(u"build"_s).state, NodeState::Running);
        QCOMPARE(card(u"build"_s).text, u"amd64 cached · arm64 2 of 2: running 2.0 s"_s);
        QCOMPARE(line(2).text, u"amd64 cached · arm64 running 2.0 s"_s);
        QCOMPARE(line(2).kind, ui::RowNote::Kind::Running);
    }

    void aLineSaysThatItMissedTheCacheAndWhy()
    {
        m_steps = {step(u"build"_s, 2, u"RUN go build"_s, State::Done)};
        m_steps[0].duration = std::chrono::milliseconds(3100);
        m_misses = {{.text = u"step build 2/2 ran again: go.sum changed"_s, .row = 2}};
        QCOMPARE(line(2).text, u"3.1 s · ran again"_s);
        QVERIFY(line(2).tooltip.startsWith(m_misses[0].text));
    }

    void platformsAreShortened_data()
    {
        QTest::addColumn<QString>("platform");
        QTest::addColumn<QString>("words");
        QTest::newRow("linux goes without saying") << u"linux/amd64"_s << u"amd64"_s;
        QTest::newRow("the variant matters") << u"linux/arm/v7"_s << u"arm/v7"_s;
        QTest::newRow("built here for there") << u"linux/amd64->linux/arm64"_s << u"arm64"_s;
        QTest::newRow("another system") << u"windows/amd64"_s << u"windows/amd64"_s;
    }
    void platformsAreShortened()
    {
        QFETCH(QString, platform);
        QTEST(app::shortPlatform(platform), "words");
    }

private:
    ui::NodeNote card(const QString &stage)
    {
        const lint::Findings findings = m_document.findings();
        return app::graphNotes({m_document.snapshot(), m_steps, m_sizes, {}, findings, m_now})
            .nodes.value({graph::NodeKind::Stage, stage});
    }
    ui::RowNote line(int row)
    {
        QHash<QString, int> rows;
        for (const auto &one : m_steps)
            rows.insert(one.id, app::rowOfStep(m_document.snapshot(), one));
        return app::rowNotes({m_steps, rows, m_sizes, m_misses, m_now}).value(row);
    }

    workspace::Workspace m_document;
    std::vector<engine::BuildStep> m_steps;
    std::vector<app::MissSentence> m_misses;
    std::optional<image::ImageSizes> m_sizes;
    QDateTime m_now = begin;
};

QTEST_GUILESS_MAIN(TestDesignNotes)
#include "tst_designnotes.moc"
