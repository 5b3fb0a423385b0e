// SPDX-License-Identifier: Apache-2.0
// Builds from the window on a real engine: options, permissions, platforms, variants, checks.
#include "build/buildpanel.h"
#include "build/problemspanel.h"
#include "build/timelinepage.h"
#include "engine/buildkit/buildabilities.h"
#include "inspector/buildoptionspanel.h"
#include "layers/sizespanel.h"
#include "queue/variantspanel.h"
#include "windowedprogram.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using VariantState = ui::Variant::State;

namespace {

template <class T>
T *named(const QWidget &panel, const QString &name)
{
    for (T *widget : panel.findChildren<T *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

bool says(const QWidget &panel, const QString &words)
{
    const auto labels = panel.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(words); });
}

QByteArray unique()
{
    return QByteArray::number(QDateTime::currentMSecsSinceEpoch());
}

}

class TestWindowBuilds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
        if (engine.isEmpty())
            QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
        qputenv("DOCKER_HOST", engine.toLocal8Bit());
    }
    void init()
    {
        m_program = std::make_unique<Program>();
        m_program->hub.reconnect();
        QTRY_COMPARE_WITH_TIMEOUT(m_program->hub.state(), app::EngineHub::State::Connected, 10'000);
        m_can = engine::abilities(*m_program->hub.info());
    }
    void cleanup() { m_program.reset(); }

    void theSecondBuildSaysWhyItRanAgain()
    {
        open("FROM alpine\nCOPY a.txt /a.txt\nRUN cat /a.txt\n");
        write(u"a.txt"_s, unique());
        QVERIFY(build());
        write(u"a.txt"_s, unique() + "x");
        QVERIFY(build());
        auto *panel = child<ui::BuildPanel>();
        QVERIFY2(says(*panel, u"a.txt"_s), "the timeline's page names what changed");
        const auto notes = m_program->editor()->rowNotes();
        QVERIFY2(notes.value(2).text.contains(u"ran again"_s), qPrintable(notes.value(2).text));
        QVERIFY(notes.value(2).tooltip.contains(u"a.txt"_s));
    }

    void aTypedSecretIsUsedAndNeverKept()
    {
        if (!m_can.secrets.can)
            QSKIP(qPrintable(m_can.secrets.reason));
        open("FROM alpine\nARG X=" + unique() +
             "\nRUN --mount=type=secret,id=token test \"$(cat /run/secrets/token)\" = planted-51c9 && echo "
             "$X\n");
        auto *options = child<ui::BuildOptionsPanel>();
        named<QAbstractButton>(*options, u"Secrets, add"_s)->click();
        auto *source = named<QComboBox>(*options, u"Secrets, source"_s);
        source->setCurrentIndex(source->findData(u"typed"_s));
        Q_EMIT source->activated(source->currentIndex());
        named<QLineEdit>(*options, u"Secrets, id"_s)->setText(u"token"_s);
        Q_EMIT named<QLineEdit>(*options, u"Secrets, id"_s)->textEdited(u"token"_s);
        auto *place = named<QLineEdit>(*options, u"Secrets, place"_s);
        place->setText(u"planted-51c9"_s);
        Q_EMIT place->textEdited(u"planted-51c9"_s);
        QTRY_COMPARE(m_program->snapshot().settings.solve.secrets.size(), 1U);
        QVERIFY2(build(), qPrintable(m_error));
        m_program->press(Qt::CTRL | Qt::Key_S);
        for (const QFileInfo &file :
             QDir(m_program->home.path()).entryInfoList(QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot))
            if (file.fileName() != "Dockerfile"_L1)
                QVERIFY2(!contentOf(file.filePath()).contains("planted-51c9"), qPrintable(file.fileName()));
    }

    void whatABuildWantsIsAskedForBeforeItIsGranted()
    {
        if (!m_can.networkMode.can)
            QSKIP(qPrintable(m_can.networkMode.reason));
        open("FROM alpine\nRUN --network=host echo " + unique() + "\n");
        QSignalSpy started(&m_program->page().build(), &app::BuildController::started);
        m_program->press(Qt::CTRL | Qt::Key_B);
        QCOMPARE(started.size(), 0);
        QVERIFY2(m_program->notice().contains(u"network.host"_s), qPrintable(m_program->notice()));
        auto *notice = m_program->page().findChild<ui::NoticeBar *>(u"notice"_s);
        Q_EMIT notice->actionTriggered(u"allow"_s);
        QCOMPARE(started.size(), 1);
        QCOMPARE(m_program->snapshot().settings.solve.entitlements, QStringList{u"network.host"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->page().build().isRunning(), 60'000);
    }

    void anArchiveOfSeveralPlatformsIsChartedPerPlatform()
    {
        if (!m_can.archiveOutput.can)
            QSKIP(qPrintable(m_can.archiveOutput.reason));
        open("FROM scratch\nCOPY a.txt /a.txt\n");
        write(u"a.txt"_s, unique());
        auto settings = m_program->snapshot().settings;
        settings.solve.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
        settings.solve.outputs = {{u"oci"_s, m_program->home.filePath(u"out.tar"_s)}};
        m_program->stack().pushSettings(settings, u"platforms"_s);
        QVERIFY2(build(), qPrintable(m_error));
        auto *sizes = child<ui::SizesPanel>();
        QTRY_COMPARE(sizes->images().size(), 2U);
        QCOMPARE(sizes->images()[1].reference, u"out.tar (linux/arm64)"_s);
        // The same file, opened again by a person.
        Q_EMIT sizes->compareWithFileRequested(m_program->home.filePath(u"out.tar"_s));
        QTRY_COMPARE(sizes->images().size(), 4U);
    }

    void anImageOfSeveralPlatformsIsChartedPerPlatform()
    {
        if (!m_can.severalPlatforms.can)
            QSKIP(qPrintable(m_can.severalPlatforms.reason));
        open("FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /x\n");
        write(u"amd64"_s, QByteArray(20'000, 'x'));
        write(u"arm64"_s, QByteArray(40'000, 'y'));
        auto settings = m_program->snapshot().settings;
        settings.tag = u"stageloom-test-platforms:1"_s;
        settings.solve.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
        m_program->stack().pushSettings(settings, u"platforms"_s);
        QVERIFY2(build(), qPrintable(m_error));
        auto *sizes = child<ui::SizesPanel>();
        QTRY_COMPARE(sizes->images().size(), 2U);
        QCOMPARE(sizes->images()[0].architecture, u"amd64"_s);
        QCOMPARE(sizes->images()[1].architecture, u"arm64"_s);
        QVERIFY(sizes->images()[1].unpackedBytes() > sizes->images()[0].unpackedBytes());
    }

    void variantsAreBuiltSideBySideAndCompared()
    {
        write(u"docker-bake.json"_s,
              R"({"group":{"default":{"targets":["small","large"]}},"target":{)"
              R"("small":{"tags":["stageloom-test-variant:small"],"args":{"N":"1000"}},)"
              R"("large":{"tags":["stageloom-test-variant:large"],"args":{"N":"200000"}},)"
              R"("broken":{"args":{"N":"no number"}}}})");
        open("FROM alpine\nARG N\nRUN head -c $N /dev/urandom > /x\n");
        auto *panel = child<ui::VariantsPanel>();
        QCOMPARE(panel->model()->rowCount(), 4);
        const auto state = [panel](const QString &name) {
            return VariantState(panel->model()->indexOf(name).data(ui::VariantsModel::StateRole).toInt());
        };
        Q_EMIT panel->buildRequested({u"default"_s, u"broken"_s});
        QCOMPARE(state(u"small"_s), VariantState::Waiting);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"broken"_s), VariantState::Failed, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"large"_s), VariantState::Succeeded, 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"small"_s), VariantState::Succeeded, 60'000);
        QVERIFY(panel->logOf(u"small"_s) && panel->logOf(u"broken"_s));
        Q_EMIT panel->compareRequested();
        auto *sizes = child<ui::SizesPanel>();
        QCOMPARE(sizes->images().size(), 2U);
        QStringList names{sizes->images()[0].reference, sizes->images()[1].reference};
        names.sort();
        QCOMPARE(names, (QStringList{u"large"_s, u"small"_s}));
    }

    void variantsAreKeptRenamedAndTakenAway()
    {
        open("FROM alpine AS one\nRUN true\n");
        auto settings = m_program->snapshot().settings;
        settings.tag = u"kept:1"_s;
        settings.target = u"one"_s;
        m_program->stack().pushSettings(settings, u"tag"_s);
        auto *panel = child<ui::VariantsPanel>();
        Q_EMIT panel->saveRequested(u"first"_s);
        QTRY_VERIFY(panel->model()->indexOf(u"first"_s).isValid());
        QVERIFY(contentOf(m_program->home.filePath(u"docker-bake.json"_s)).contains("kept:1"));
        Q_EMIT panel->renameRequested(u"first"_s, u"second"_s);
        QTRY_VERIFY(panel->model()->indexOf(u"second"_s).isValid());
        QVERIFY(!panel->model()->indexOf(u"first"_s).isValid());
        Q_EMIT panel->removeRequested(u"second"_s);
        QTRY_COMPARE(panel->model()->rowCount(), 0);
    }

    void aMistakeInTheBakeFileIsNamedWithItsLine()
    {
        open("FROM alpine\n");
        write(u"docker-bake.json"_s, "{\n  \"target\": {\n    \"a\": {]\n  }\n}\n");
        auto *panel = child<ui::VariantsPanel>();
        QTRY_VERIFY(panel->errorText().contains(u"docker-bake.json:3"_s));
        write(u"docker-bake.json"_s, R"({"target":{"a":{}}})");
        QTRY_VERIFY(panel->errorText().isEmpty());
        QVERIFY(panel->model()->indexOf(u"a"_s).isValid());
    }

    void theEnginesChecksAppearWithoutABuild()
    {
        if (!m_can.checks.can)
            QSKIP(qPrintable(m_can.checks.reason));
        open("FROM alpine AS Base\nRUN true\n");
        auto *problems = child<ui::ProblemsPanel>();
        const auto count = [problems](const QString &words) {
            int found = 0;
            for (int row = 0; row < problems->model()->rowCount(); ++row)
                found += problems->model()->index(row, 0).data().toString().contains(words) ? 1 : 0;
            return found;
        };
        QTRY_COMPARE_WITH_TIMEOUT(count(u"StageNameCasing"_s), 1, 20'000);
    }

private:
    template <class T>
    T *child()
    {
        return m_program->page().findChild<T *>();
    }
    void open(const QByteArray &text) { m_program->openText(text); }
    void write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_program->home.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    bool build()
    {
        QSignalSpy finished(&m_program->page().build(), &app::BuildController::finished);
        QSignalSpy failed(&m_program->page().build(), &app::BuildController::failed);
        m_program->press(Qt::CTRL | Qt::Key_B);
        if (!QTest::qWaitFor([&] { return !finished.isEmpty() || !failed.isEmpty(); }, 90'000))
            return false;
        m_error = m_program->notice();
        if (finished.isEmpty())
            return false;
        const auto report = finished.first().first().value<app::BuildReport>();
        if (report.outcome.error)
            m_error = report.outcome.error->text();
        return report.outcome.succeeded();
    }

    std::unique_ptr<Program> m_program;
    engine::BuildAbilities m_can;
    QString m_error;
};

QTEST_MAIN(TestWindowBuilds)
#include "tst_windowbuilds.moc"
