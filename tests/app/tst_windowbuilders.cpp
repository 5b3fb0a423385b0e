// SPDX-License-Identifier: Apache-2.0
// A builder of buildx in the engine's place, chosen in the window: builds, checks and cache are its own then.
#include "build/problemspanel.h"
#include "cache/cachedialog.h"
#include "cache/cachemodel.h"
#include "cache/cachepage.h"
#include "engines/enginelistmodel.h"
#include "engines/enginesdialog.h"
#include "support/buildkitfront.h"
#include "windowbuild.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListView>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

class TestWindowBuilders : public WindowBuild
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (engineUrl().isEmpty())
            QSKIP(whyNot);
        const QString path = engineUrl().section(u"://"_s, 1);
        if (!engineUrl().startsWith("unix://"_L1))
            QSKIP("the engine is on no socket of this machine");
        qputenv("DOCKER_HOST", engineUrl().toLocal8Bit());
        QVERIFY(start());
        const engine::Ability can = m_can.session;
        m_program.reset();
        if (!can.can)
            QSKIP(qPrintable(can.reason));
        m_front = std::make_unique<BuildKitFront>(path);
        qputenv("DOCKER_CONFIG", m_docker.path().toLocal8Bit());
        QVERIFY(QDir().mkpath(m_docker.filePath(u"buildx/instances"_s)));
        m_arm = std::make_unique<BuildKitFront>(path);
        const auto node = [](const QString &name, const BuildKitFront &front, const QJsonArray &platforms) {
            return QJsonObject{{u"Name"_s, name},
                               {u"Endpoint"_s, QString(u"unix://"_s + front.path())},
                               {u"Platforms"_s, platforms}};
        };
        remember(u"front"_s, {node(u"front0"_s, *m_front, {})});
        remember(u"farm"_s, {node(u"left"_s, *m_front, {u"linux/amd64"_s}),
                             node(u"right"_s, *m_arm, {u"linux/arm64"_s})});
    }
    void cleanupTestCase()
    {
        m_front.reset();
        m_arm.reset();
    }
    void init()
    {
        QVERIFY(start());
        m_front->connections = 0;
    }
    void cleanup() { m_program.reset(); }

    void aBuilderIsTestedChosenAndBuilds()
    {
        auto *dialog = engines();
        select(dialog, u"front"_s);
        button(*dialog, u"Test"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(entry(dialog, u"front"_s)->state, ui::EngineEntry::State::Answers, 20'000);
        QVERIFY(entry(dialog, u"front"_s)->answer.abilities.platforms.contains(u"linux/amd64"_s));
        button(*dialog, u"Use This Builder"_s)->click();
        QTRY_VERIFY(entry(dialog, u"front"_s)->isUsed);
        QVERIFY2(engineButton()->text().startsWith("front"_L1), qPrintable(engineButton()->text()));

        dialog->close();
        open("FROM alpine\nCOPY a.txt /\nRUN echo " + unique() + "\n");
        write(u"a.txt"_s, "through the front");
        intoFolder();
        m_front->connections = 0;
        QVERIFY2(build(), qPrintable(m_error));
        QVERIFY(m_front->connections > 0);
        QCOMPARE(contentOf(m_program->home.filePath(u"out/a.txt"_s)), "through the front");

        // Back to the engine, without a restart.
        dialog = engines();
        select(dialog, engineUrl());
        button(*dialog, u"Use This One"_s)->click();
        dialog->close();
        QTRY_VERIFY(!engineButton()->text().startsWith("front"_L1));
        m_front->connections = 0;
        write(u"a.txt"_s, "through the engine");
        QVERIFY2(build(), qPrintable(m_error));
        QCOMPARE(m_front->connections, 0);
        QCOMPARE(contentOf(m_program->home.filePath(u"out/a.txt"_s)), "through the engine");
    }

    void variantsGoToTheBuilderToo()
    {
        useFront();
        write(u"docker-bake.json"_s, R"({"target":{"one":{"output":["type=local,dest=out"]}}})");
        open("FROM scratch\nCOPY a.txt /\n");
        write(u"a.txt"_s, unique());
        m_front->connections = 0;

        m_program->page().variants().build({u"one"_s});
        QTRY_VERIFY_WITH_TIMEOUT(!m_program->page().variants().isRunning(), 60'000);
        QVERIFY(m_front->connections > 0);
        QVERIFY(QFile::exists(m_program->home.filePath(u"out/a.txt"_s)));
    }

    void theNodesOfABuilderShareABuild()
    {
        use(u"farm"_s);
        open("FROM scratch\nARG TARGETARCH\nCOPY ${TARGETARCH} /said\n");
        write(u"amd64"_s, "for amd64");
        write(u"arm64"_s, "for arm64");
        auto settings = m_program->snapshot().settings;
        settings.solve.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
        m_program->stack().pushSettings(settings, u"platforms"_s);
        m_front->connections = m_arm->connections = 0;
        QVERIFY(!build()); // for the engine, which takes no image of several nodes
        QVERIFY2(m_error.contains("cannot be loaded into the engine"_L1), qPrintable(m_error));

        intoFolder();
        QVERIFY2(build(), qPrintable(m_error));
        QVERIFY(m_front->connections > 0 && m_arm->connections > 0);
        QCOMPARE(contentOf(m_program->home.filePath(u"out/linux_amd64/said"_s)), "for amd64");
        QCOMPARE(contentOf(m_program->home.filePath(u"out/linux_arm64/said"_s)), "for arm64");
        QSet<QString> platforms;
        for (const auto &step : m_report.steps)
            platforms.insert(step.platform);
        QCOMPARE(platforms, QSet<QString>({u"linux/amd64"_s, u"linux/arm64"_s}));
    }

    void theChecksAreThoseOfTheBuilder()
    {
        if (!m_can.checks.can)
            QSKIP(qPrintable(m_can.checks.reason));
        useFront();
        m_front->connections = 0;
        open("FROM alpine AS Base\nRUN true\n");
        auto *problems = child<ui::ProblemsPanel>();
        const auto isThere = [problems] {
            for (int row = 0; row < problems->model()->rowCount(); ++row) {
                if (problems->model()->index(row, 0).data().toString().contains("StageNameCasing"_L1))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), 20'000);
        QVERIFY2(m_front->connections > 0, "the builder was asked");
    }

    void theCacheOfTheBuilderIsShown()
    {
        useFront();
        for (auto *it : m_program->page().findChildren<QAction *>()) {
            if (QString(it->text()).remove(u'&') == u"Build Cache…")
                it->trigger();
        }
        auto *dialog = m_program->window.findChild<ui::CacheDialog *>();
        auto *sources = named<QComboBox>(*dialog, u"Whose cache and builds"_s);
        QTRY_COMPARE(sources->count(), 2);
        QCOMPARE(sources->itemText(0), u"front"_s);
        m_front->connections = 0;
        Q_EMIT dialog->cache()->refreshRequested();
        QTRY_VERIFY_WITH_TIMEOUT(dialog->cache()->model()->rowCount() > 0, 20'000);
    }

private:
    ui::EnginesDialog *engines()
    {
        for (auto *it : m_program->page().findChildren<QAction *>()) {
            if (QString(it->text()).remove(u'&') == u"Engines…")
                it->trigger();
        }
        return m_program->window.findChild<ui::EnginesDialog *>();
    }
    static const ui::EngineEntry *entry(ui::EnginesDialog *dialog, const QString &name)
    {
        const auto &all = dialog->model()->entries();
        const auto found = std::ranges::find_if(
            all, [&](const auto &one) { return one.place.name == name || one.place.address == name; });
        return found == all.end() ? nullptr : &*found;
    }
    static void select(ui::EnginesDialog *dialog, const QString &name)
    {
        const auto *wanted = entry(dialog, name);
        if (!wanted)
            qFatal("%s is not listed", qPrintable(name));
        dialog->select(wanted->place.id);
    }
    static QPushButton *button(const QWidget &in, const QString &text)
    {
        for (auto *it : in.findChildren<QPushButton *>()) {
            if (QString(it->text()).remove(u'&') == text)
                return it;
        }
        qFatal("no button says %s", qPrintable(text));
    }
    QToolButton *engineButton()
    {
        for (auto *it : m_program->page().findChildren<QToolButton *>()) {
            if (it->accessibleName() == "Engine"_L1)
                return it;
        }
        qFatal("the status bar names no engine");
    }
    /// As docker buildx notes a builder.
    void remember(const QString &name, const QJsonArray &nodes)
    {
        QFile file(m_docker.filePath(QString(u"buildx/instances/"_s + name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QJsonObject builder{{u"Name"_s, name}, {u"Driver"_s, u"remote"_s}, {u"Nodes"_s, nodes}};
        file.write(QJsonDocument(builder).toJson());
    }
    void useFront() { use(u"front"_s); }
    void use(const QString &builder)
    {
        for (const auto &place : m_program->hub.places()) {
            if (place.builder == builder)
                m_program->hub.use(place);
        }
        QTRY_VERIFY(!m_program->hub.abilities()->platforms.isEmpty());
    }
    // What a builder makes for the engine is loaded as an archive, which not every BuildKit writes.
    void intoFolder()
    {
        auto settings = m_program->snapshot().settings;
        settings.solve.outputs = {{u"local"_s, m_program->home.filePath(u"out"_s)}};
        m_program->stack().pushSettings(settings, u"output"_s);
    }

    QTemporaryDir m_docker;
    std::unique_ptr<BuildKitFront> m_front;
    std::unique_ptr<BuildKitFront> m_arm;
};

QTEST_MAIN(TestWindowBuilders)
#include "tst_windowbuilders.moc"
