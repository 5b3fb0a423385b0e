// SPDX-License-Identifier: Apache-2.0
#include "workspace/workspace.h"

#include <QSignalSpy>
#include <QTest>

using namespace workspace;
using namespace Qt::StringLiterals;

namespace {

const QString twoStages =
    u"FROM golang:1.24 AS builder\nRUN go build -o /app .\nFROM alpine\nCOPY --from=builder /app /app\n"_s;

base::TextEdit insertion(qsizetype at, const QString &text)
{
    return base::TextEdit({at, 0}, text);
}

bool names(const lint::Findings &findings, QLatin1StringView rule)
{
    return std::ranges::any_of(findings,
                               [rule](const lint::Finding &finding) { return finding.rule == rule; });
}

}

class TestWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEditChangesTextTreeAndGraphAtOnce()
    {
        Workspace workspace;
        workspace.replaceDocument(twoStages);
        const quint64 revision = workspace.snapshot().revision;
        QSignalSpy changed(&workspace, &Workspace::documentChanged);
        QSignalSpy shown(&workspace, &Workspace::snapshotChanged);

        const auto edit = insertion(twoStages.size(), u"FROM scratch AS last\n"_s);
        workspace.apply(edit);
        const Snapshot &snapshot = workspace.snapshot();
        QCOMPARE(snapshot.revision, revision + 1);
        QCOMPARE(snapshot.text, twoStages + u"FROM scratch AS last\n"_s);
        QCOMPARE(snapshot.tree.text(), snapshot.text);
        QCOMPARE(snapshot.graph.stages.size(), 3U);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][1].value<base::TextEdit>(), edit);
        QCOMPARE(shown.size(), 1);
    }

    void theInverseGivesTheVeryTextBack()
    {
        Workspace workspace;
        workspace.replaceDocument(twoStages);
        base::TextEdit edit;
        edit.replace({5, 11}, u"golang:1.25"_s);
        edit.insert(0, u"# first\r\n"_s);
        edit.remove({28, 4});
        const auto inverse = workspace.apply(edit);
        const QString after = workspace.snapshot().text;
        QVERIFY(after != twoStages);
        const auto again = workspace.apply(inverse);
        QCOMPARE(workspace.snapshot().text, twoStages);
        QVERIFY(workspace.snapshot().tree == dockerfile::parse(twoStages));
        workspace.apply(again);
        QCOMPARE(workspace.snapshot().text, after);
    }

    void anEmptyEditChangesNothing()
    {
        Workspace workspace;
        workspace.replaceDocument(twoStages);
        const quint64 revision = workspace.snapshot().revision;
        QSignalSpy shown(&workspace, &Workspace::snapshotChanged);
        QVERIFY(workspace.apply({}).isEmpty());
        QCOMPARE(workspace.snapshot().revision, revision);
        QCOMPARE(shown.size(), 0);
    }

    void settingsMoveTheTarget()
    {
        Workspace workspace;
        workspace.replaceDocument(twoStages);
        QSignalSpy changed(&workspace, &Workspace::settingsChanged);
        BuildSettings settings;
        settings.target = u"builder"_s;
        const BuildSettings before = workspace.setSettings(settings);
        QCOMPARE(before, BuildSettings());
        QCOMPARE(workspace.snapshot().graph.target, 0);
        QVERIFY(!workspace.snapshot().graph.stages[1].reachable);
        QCOMPARE(workspace.setSettings(settings), settings); // nothing new, nothing told
        QCOMPARE(changed.size(), 1);
        QCOMPARE(workspace.setSettings(before), settings);
        QCOMPARE(workspace.snapshot().graph.target, 1);
    }

    void solveSettingsComeBackFromTheirFileWithoutWhatWasGranted()
    {
        using From = SecretSetting::From;
        SolveSettings settings;
        settings.platforms = {u"linux/amd64"_s, u"linux/arm64"_s};
        settings.labels = {{u"org.opencontainers.image.title"_s, u"Grüße, \"x\""_s}, {u"empty"_s, {}}};
        settings.outputs = {{u"oci"_s, u"/tmp/x.tar"_s}};
        settings.secrets = {{u"token"_s, From::Typed, {}}, {u"key"_s, From::Environment, u"KEY"_s}};
        settings.sourceDateEpoch = u"0"_s;
        SolveSettings granted = settings;
        granted.entitlements = {u"network.host"_s};
        QCOMPARE(solveSettingsFromJson(toJson(granted)), settings);
        QCOMPARE(toJson({}), QByteArray());
        QCOMPARE(solveSettingsFromJson("[1, {]"), SolveSettings());
        QCOMPARE(solveSettingsFromJson(R"({"secrets":[["a",9,"b"],7],"labels":"x","network":[1]})"),
                 SolveSettings());
    }

    void buildArgsReachTheGraph()
    {
        Workspace workspace;
        BuildSettings settings;
        settings.buildArgs.insert(u"V"_s, u"edge"_s);
        workspace.replaceDocument(u"ARG V=3.22\nFROM alpine:$V\n"_s, settings);
        QCOMPARE(workspace.snapshot().graph.stages[0].resolvedBase, u"alpine:edge"_s);
    }

    void findingsArriveAfterAQuietMoment()
    {
        Workspace workspace;
        QSignalSpy arrived(&workspace, &Workspace::findingsChanged);
        workspace.replaceDocument(twoStages);
        QCOMPARE(arrived.size(), 1); // those of the document before are gone at once
        QVERIFY(workspace.findings().empty());
        QVERIFY(arrived.wait());
        QVERIFY(names(workspace.findings(), "moving-tag"_L1));
    }

    void findingsMoveWithTheText()
    {
        Workspace workspace;
        workspace.replaceDocument(twoStages);
        QTRY_VERIFY(names(workspace.findings(), "moving-tag"_L1));
        workspace.apply(insertion(0, u"# one line more\n"_s));
        for (const lint::Finding &finding : workspace.findings()) {
            if (finding.rule == "moving-tag"_L1)
                QCOMPARE(workspace.snapshot().text.mid(finding.range.start, finding.range.length),
                         u"alpine"_s);
        }
        QTRY_VERIFY(std::ranges::any_of(workspace.findings(), [](const lint::Finding &finding) {
            return finding.rule == "moving-tag"_L1 && finding.row == 4;
        }));
    }

    void movedFindingsAreToldAndTheirFixesAreOff()
    {
        Workspace workspace;
        workspace.replaceDocument(u"from a:1\n\nrnu x\n"_s);
        QTRY_VERIFY(names(workspace.findings(), "unknown-instruction"_L1));
        QSignalSpy moved(&workspace, &Workspace::findingsChanged);
        workspace.apply(insertion(9, u"  "_s)); // no row more, only the place is another
        QCOMPARE(moved.size(), 1);
        const auto &findings = workspace.findings();
        const auto unknown = std::ranges::find(findings, u"unknown-instruction"_s, &lint::Finding::rule);
        QCOMPARE(workspace.snapshot().text.mid(unknown->range.start, unknown->range.length), u"rnu"_s);
        QVERIFY(!unknown->fix); // it would change the wrong letters
        QTRY_VERIFY(std::ranges::any_of(
            workspace.findings(), [](const lint::Finding &finding) { return finding.fix.has_value(); }));
    }

    void findingsOfAnOlderTextAreDropped()
    {
        Workspace workspace;
        workspace.replaceDocument(u"FROM alpine:3.22\nUSER x\n"_s);
        QTest::qWait(300);
        QVERIFY(workspace.findings().empty());
        QSignalSpy arrived(&workspace, &Workspace::findingsChanged);
        // Typed within the quiet moment: only the last text may be told about.
        workspace.apply(insertion(0, u"FORM x\n"_s));
        QTest::qWait(20);
        workspace.apply(base::TextEdit({0, 7}, {}));
        QTest::qWait(400);
        QVERIFY(workspace.findings().empty());
        for (const auto &signal : std::as_const(arrived))
            QVERIFY(!names(signal[0].value<lint::Findings>(), "unknown-instruction"_L1));
    }

    void aWorkspaceMayGoWhileFindingsAreOnTheirWay()
    {
        for (int i = 0; i < 20; ++i) {
            auto workspace = std::make_unique<Workspace>();
            workspace->replaceDocument(twoStages.repeated(200));
            QTest::qWait(i % 2 == 0 ? 0 : 151);
            workspace.reset();
        }
        QTest::qWait(50);
    }

    void anotherFileStartsOver()
    {
        Workspace workspace;
        workspace.replaceDocument(twoStages);
        QSignalSpy replaced(&workspace, &Workspace::documentReplaced);
        QSignalSpy changed(&workspace, &Workspace::documentChanged);
        workspace.replaceDocument(u"FROM scratch"_s);
        QCOMPARE(replaced.size(), 1);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(workspace.snapshot().graph.stages.size(), 1U);
    }
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
