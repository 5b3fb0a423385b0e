// SPDX-License-Identifier: Apache-2.0
// Variants from the window on a real engine: side by side, asked for, limited, ended, compared.
#include "build/problemspanel.h"
#include "layers/sizespanel.h"
#include "queue/variantspanel.h"
#include "windowbuild.h"

#include <QSpinBox>

using namespace Qt::StringLiterals;
using VariantState = ui::Variant::State;

class TestWindowVariants : public WindowBuild
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

    void whatVariantsWantIsAskedForOnceForAllOfThem()
    {
        if (!m_can.networkMode.can)
            QSKIP(qPrintable(m_can.networkMode.reason));
        write(u"docker-bake.json"_s,
              R"({"target":{)"
              R"("plain":{"target":"plain"},)"
              R"("open":{"target":"plain","entitlements":["network.host"],"network":"host"},)"
              R"("said":{"target":"said"}}})");
        open("FROM alpine AS plain\nRUN echo " + unique() +
             "\nFROM alpine AS said\nRUN --network=host echo " + unique() + "\n");
        auto *panel = child<ui::VariantsPanel>();
        Q_EMIT panel->buildRequested({u"plain"_s, u"open"_s, u"said"_s});
        const QString asked = m_program->notice();
        QVERIFY2(asked.contains("open, said"_L1) && asked.contains("network.host"_L1), qPrintable(asked));
        QVERIFY2(!m_program->page().variants().queue(), "nothing is begun by half");
        Q_EMIT m_program->page().findChild<ui::NoticeBar *>(u"notice"_s)->actionTriggered(u"allow"_s);
        QCOMPARE(m_program->snapshot().settings.solve.entitlements, QStringList{u"network.host"_s});
        for (const auto &name : {u"plain"_s, u"open"_s, u"said"_s})
            QTRY_COMPARE_WITH_TIMEOUT(state(name), VariantState::Succeeded, 60'000);
        // Allowed once, it is not asked again.
        Q_EMIT panel->buildRequested({u"open"_s});
        QVERIFY(state(u"open"_s) == VariantState::Waiting || state(u"open"_s) == VariantState::Running);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"open"_s), VariantState::Succeeded, 60'000);
    }

    void theEnginesWarningsOfVariantsAreProblemsOfTheText()
    {
        write(u"docker-bake.json"_s, R"({"target":{"one":{},"two":{"args":{"N":"2"}}}})");
        // Of an empty line within an instruction engines of all ages warn.
        open("FROM alpine\nARG N=" + unique() + "\nRUN echo $N \\\n\n  && true\n");
        auto *panel = child<ui::VariantsPanel>();
        Q_EMIT panel->buildRequested({u"one"_s, u"two"_s});
        for (const auto &name : {u"one"_s, u"two"_s})
            QTRY_COMPARE_WITH_TIMEOUT(state(name), VariantState::Succeeded, 60'000);
        const auto known = m_program->page().variants().warnings({});
        if (known.empty())
            QSKIP("this engine warns of nothing here");
        QCOMPARE(known.size(), 1U);
        QVERIFY2(known.front().message.contains("one, two"_L1), qPrintable(known.front().message));
        const int row = known.front().firstRow;
        QVERIFY2(row >= 3 && row <= 5, qPrintable(QString::number(row)));
        QVERIFY2(m_program->page().variants().warnings({withoutVariants(known.front())}).empty(),
                 "the design's own build has told it");
        m_program->editor()->goToRow(1);
        m_program->stack().push(base::TextEdit({0, 0}, u"# above\n"_s), u"type"_s);
        QCOMPARE(m_program->page().variants().warnings({}).front().firstRow, row + 1);
    }

    void noMoreThanTheLimitRunAtOnceAndAllOfThemEnd()
    {
        write(u"docker-bake.json"_s, R"({"target":{"a":{"args":{"N":"a"}},"b":{"args":{"N":"b"}},)"
                                     R"("c":{"args":{"N":"c"}},"d":{"args":{"N":"d"}}}})");
        open("FROM alpine\nARG N\nRUN echo $N " + unique() + " && sleep 41\n");
        auto *panel = child<ui::VariantsPanel>();
        auto *limit = named<QSpinBox>(*panel, u"Builds at once"_s);
        limit->setValue(3);
        Q_EMIT panel->buildRequested({u"a"_s, u"b"_s, u"c"_s, u"d"_s});
        QTRY_COMPARE_WITH_TIMEOUT(count(VariantState::Running), 3, 20'000);
        QCOMPARE(state(u"d"_s), VariantState::Waiting);

        // One is ended, the next takes its place; the others go on.
        Q_EMIT panel->cancelRequested({u"b"_s});
        QTRY_COMPARE_WITH_TIMEOUT(state(u"b"_s), VariantState::Cancelled, 10'000);
        QTRY_COMPARE_WITH_TIMEOUT(state(u"d"_s), VariantState::Running, 10'000);
        QCOMPARE(count(VariantState::Running), 3);

        Q_EMIT panel->cancelRequested({});
        QTRY_COMPARE_WITH_TIMEOUT(count(VariantState::Cancelled), 4, 10'000);
        QTRY_VERIFY(!m_program->page().variants().isRunning());
    }

private:
    VariantState state(const QString &name)
    {
        const auto *model = child<ui::VariantsPanel>()->model();
        return VariantState(model->indexOf(name).data(ui::VariantsModel::StateRole).toInt());
    }
    int count(VariantState wanted)
    {
        const auto &all = child<ui::VariantsPanel>()->model()->variants();
        return int(std::ranges::count(all, wanted, &ui::Variant::state));
    }
    static engine::BuildWarning withoutVariants(engine::BuildWarning warning)
    {
        warning.message = warning.message.section(u" (variant: "_s, 0, 0);
        return warning;
    }
};

QTEST_MAIN(TestWindowVariants)
#include "tst_windowvariants.moc"
