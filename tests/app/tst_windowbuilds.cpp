// SPDX-License-Identifier: Apache-2.0
// Builds from the window on a real engine: misses, secrets, permissions, platforms, checks.
#include "build/problemspanel.h"
#include "layers/sizespanel.h"
#include "windowbuild.h"

#include <QDir>

using namespace Qt::StringLiterals;

class TestWindowBuilds : public WindowBuild
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (engineUrl().isEmpty())
            QSKIP(whyNot);
        qputenv("DOCKER_HOST", engineUrl().toLocal8Bit());
    }
    void init() { QVERIFY(start()); }
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
        addEntry(u"Secrets"_s,
                 {{u"source"_s, u"typed"_s}, {u"id"_s, u"token"_s}, {u"place"_s, u"planted-51c9"_s}});
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
        const auto &own = m_program->page().build().sizes();
        QVERIFY(own);
        QCOMPARE(own->unpackedBytes(), sizes->images()[0].unpackedBytes()); // lines and cards say the same
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
};

QTEST_MAIN(TestWindowBuilds)
#include "tst_windowbuilds.moc"
