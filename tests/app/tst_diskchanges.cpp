// SPDX-License-Identifier: Apache-2.0
// A file that somebody else writes, moves or removes while it is being edited here.
#include "dockerfile/textfile.h"
#include "documents/diffview.h"
#include "window/comparedialog.h"
#include "window/mergeeditor.h"
#include "windowedprogram.h"

#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace {

// A button that was just made is shown with the next round of events.
QPushButton *buttonOf(const QWidget &widget, const QString &words)
{
    QPushButton *found = nullptr;
    const auto look = [&] {
        for (auto *button : widget.findChildren<QPushButton *>())
            if (QString(button->text()).remove(u'&') == words && button->isVisible())
                found = button;
        return found != nullptr;
    };
    if (!QTest::qWaitFor(look))
        qFatal("no button %s", qPrintable(words));
    return found;
}

// A document with my change in line 1, and theirs on disk.
struct Changed : Program
{
    QString path;
    QByteArray mine;

    explicit Changed(const QByteArray &theirs,
                     const QByteArray &base = "FROM a\r\nRUN b\r\nRUN c\r\nCMD d\r\n")
    {
        path = openText(base);
        editor()->setFocus();
        editor()->moveCursor(QTextCursor::Start);
        QTest::keyClicks(editor(), u"#"_s);
        mine = "#" + base;
        if (!dockerfile::writeTextFile(path, QString::fromUtf8(theirs)))
            qFatal("cannot write");
        if (!QTest::qWaitFor([this] { return notice().contains("changed"_L1); }))
            qFatal("nobody said that it changed");
    }
    ~Changed() { stack().undoStack()->setClean(); }

    app::CompareDialog *compare()
    {
        buttonOf(page(), u"Compare…"_s)->click();
        auto *dialog = page().findChild<app::CompareDialog *>();
        if (!dialog || !QTest::qWaitForWindowExposed(dialog))
            qFatal("no dialog");
        return dialog;
    }
};

}

class tst_DiskChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesOfBothAreMergedAsOneStep();
    void aConflictWaitsForAChoice();
    void theMergedTextCanBeTypedOver();
    void choicesAndTypingAreOneHistory();
    void takingTheirsOrKeepingMine();
    void savingNeverWritesOverWhatOneHasNotSeen();
    void aRemovedFileIsSavedAgain();
    void aFileThatComesBackIsAsItWas();
    void restoredTextIsOneStepOverTheFile();
    void restoredTextMeetsAFileThatChangedSince();
    void restoredTextWithoutAFileIsUnsaved_data();
    void restoredTextWithoutAFileIsUnsaved();
};

void tst_DiskChanges::changesOfBothAreMergedAsOneStep()
{
    Changed program("FROM a\r\nRUN b\r\nRUN c\r\nRUN theirs\r\nCMD d\r\n");
    auto *dialog = program.compare();
    QCOMPARE(dialog->findChild<ui::DiffView *>()->changeCount(), 2);
    buttonOf(*dialog, u"Use the Merged Text"_s)->click();
    QCOMPARE(program.text(), u"#FROM a\r\nRUN b\r\nRUN c\r\nRUN theirs\r\nCMD d\r\n"_s);
    QVERIFY(program.window.isWindowModified());
    program.stack().undo();
    QCOMPARE(program.text(), QString::fromUtf8(program.mine));
    program.stack().redo();
    program.press(Qt::CTRL | Qt::Key_S);
    QCOMPARE(contentOf(program.path), "#FROM a\r\nRUN b\r\nRUN c\r\nRUN theirs\r\nCMD d\r\n");
}

void tst_DiskChanges::aConflictWaitsForAChoice()
{
    Changed program("FROM theirs\r\nRUN b\r\nRUN c\r\nCMD d\r\n");
    auto *dialog = program.compare();
    auto *use = buttonOf(*dialog, u"Use the Merged Text"_s);
    auto *merge = dialog->findChild<app::MergeEditor *>();
    QCOMPARE(merge->conflictCount(), 1);
    QVERIFY(!use->isEnabled());
    buttonOf(*dialog, u"Both"_s)->click();
    QCOMPARE(merge->text(), u"#FROM a\r\nFROM theirs\r\nRUN b\r\nRUN c\r\nCMD d\r\n"_s);
    buttonOf(*dialog, u"Theirs"_s)->click();
    QCOMPARE(merge->text(), u"FROM theirs\r\nRUN b\r\nRUN c\r\nCMD d\r\n"_s);
    QVERIFY(use->isEnabled());
    use->click();
    QVERIFY2(!program.window.isWindowModified(), "that is what is on disk");
}

void tst_DiskChanges::theMergedTextCanBeTypedOver()
{
    Changed program("FROM theirs\r\nRUN b\r\nRUN c\r\nCMD theirs\r\n");
    auto *dialog = program.compare();
    auto *merge = dialog->findChild<app::MergeEditor *>();
    auto *editor = merge->findChild<ui::DockerfileEditor *>();
    editor->moveCursor(QTextCursor::End);
    QTest::keyClicks(editor, u"# end"_s);
    QCOMPARE(merge->unsettledCount(), 1); // that was elsewhere
    editor->moveCursor(QTextCursor::Start);
    QTest::keyClicks(editor, u"# both"_s);
    QCOMPARE(merge->unsettledCount(), 0);
    buttonOf(*dialog, u"Use the Merged Text"_s)->click();
    QCOMPARE(program.text(), u"# both#FROM a\r\nRUN b\r\nRUN c\r\nCMD theirs\r\n# end"_s);
    program.stack().undo();
    QCOMPARE(program.text(), QString::fromUtf8(program.mine));
}

void tst_DiskChanges::choicesAndTypingAreOneHistory()
{
    Changed program("FROM theirs\r\nRUN b\r\nRUN c\r\nCMD d\r\n");
    auto *dialog = program.compare();
    auto *merge = dialog->findChild<app::MergeEditor *>();
    auto *editor = merge->findChild<ui::DockerfileEditor *>();
    const QString begun = merge->text();
    editor->moveCursor(QTextCursor::End);
    QTest::keyClicks(editor, u"#end"_s);
    const QString typed = merge->text();
    buttonOf(*dialog, u"Theirs"_s)->click();
    const QString theirs = merge->text();
    buttonOf(*dialog, u"Both"_s)->click();
    QVERIFY(theirs != merge->text());
    QTest::keyClick(dialog, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(merge->text(), theirs);
    QVERIFY(buttonOf(*dialog, u"Theirs"_s)->isChecked());
    QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(merge->text(), typed);
    QCOMPARE(merge->unsettledCount(), 1);
    merge->undo();
    QCOMPARE(merge->text(), begun);
    for (int i = 0; i < 3; ++i)
        merge->redo();
    QCOMPARE(merge->unsettledCount(), 0);
    QVERIFY(buttonOf(*dialog, u"Both"_s)->isChecked());
    merge->undo();
    buttonOf(*dialog, u"Mine"_s)->click();
    merge->redo(); // there is nothing any more
    QCOMPARE(merge->text(), QString(program.text() + u"#end"_s));
    dialog->reject();
}

void tst_DiskChanges::takingTheirsOrKeepingMine()
{
    Changed program("FROM theirs\n");
    program.compare();
    buttonOf(*program.page().findChild<app::CompareDialog *>(), u"Take the Text on Disk"_s)->click();
    QCOMPARE(program.text(), u"FROM theirs\n"_s);
    QVERIFY(!program.window.isWindowModified());
    program.stack().undo();
    QCOMPARE(program.text(), QString::fromUtf8(program.mine));
    QVERIFY(program.window.isWindowModified());

    Changed other("FROM theirs\n");
    buttonOf(other.page(), u"Keep mine"_s)->click();
    QCOMPARE(other.text(), QString::fromUtf8(other.mine));
    other.stack().undo();
    QVERIFY2(other.window.isWindowModified(), "what it was read as is not on disk any more");
    other.stack().redo();
    other.press(Qt::CTRL | Qt::Key_S);
    QCOMPARE(contentOf(other.path), other.mine);
}

void tst_DiskChanges::savingNeverWritesOverWhatOneHasNotSeen()
{
    Changed program("FROM theirs\n");
    QTimer::singleShot(150, &program.window, [] {
        if (auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget()))
            box->reject();
    });
    program.press(Qt::CTRL | Qt::Key_S);
    QCOMPARE(contentOf(program.path), "FROM theirs\n");
    QTimer::singleShot(150, &program.window, [] {
        if (auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget()))
            buttonOf(*box, u"Overwrite"_s)->click();
    });
    program.press(Qt::CTRL | Qt::Key_S);
    QCOMPARE(contentOf(program.path), program.mine);
}

void tst_DiskChanges::aRemovedFileIsSavedAgain()
{
    Program program;
    const QString path = program.openText(twoStages);
    QVERIFY(QFile::remove(path));
    QTRY_VERIFY2(program.notice().contains("removed"_L1), qPrintable(program.notice()));
    QVERIFY2(program.window.isWindowModified(), "the text is nowhere but here");
    program.editor()->setFocus();
    program.press(Qt::CTRL | Qt::Key_S);
    QCOMPARE(contentOf(path), twoStages);
    QVERIFY(!program.window.isWindowModified());
    QVERIFY(!program.page().findChild<ui::NoticeBar *>(u"notice"_s)->isVisible());
}

void tst_DiskChanges::aFileThatComesBackIsAsItWas()
{
    Program program;
    const QString path = program.openText(twoStages);
    QVERIFY(QFile::rename(path, path + u".away"_s));
    QTRY_VERIFY(program.window.isWindowModified());
    QVERIFY(QFile::rename(path + u".away"_s, path));
    QTRY_VERIFY(!program.window.isWindowModified());
    QCOMPARE(program.text(), QString::fromUtf8(twoStages));
}

void tst_DiskChanges::restoredTextIsOneStepOverTheFile()
{
    Program program;
    const QString path = program.openText("FROM a\n");
    program.window.current().document().restore(
        {.path = path, .folder = {}, .base = u"FROM a\n"_s, .text = u"FROM mine\n"_s, .changed = {}});
    QCOMPARE(program.text(), u"FROM mine\n"_s);
    QVERIFY(program.window.isWindowModified());
    QVERIFY(!program.page().findChild<ui::NoticeBar *>(u"notice"_s)->isVisible());
    program.stack().undo();
    QCOMPARE(program.text(), u"FROM a\n"_s);
    QVERIFY(!program.window.isWindowModified());
}

void tst_DiskChanges::restoredTextMeetsAFileThatChangedSince()
{
    Program program;
    const QString path = program.openText("FROM a\nRUN b\nRUN c\nCMD theirs\n");
    program.window.current().document().restore({.path = path,
                                                 .folder = {},
                                                 .base = u"FROM a\nRUN b\nRUN c\nCMD d\n"_s,
                                                 .text = u"FROM mine\nRUN b\nRUN c\nCMD d\n"_s,
                                                 .changed = {}});
    QVERIFY2(program.notice().contains("changed"_L1), qPrintable(program.notice()));
    buttonOf(program.page(), u"Compare…"_s)->click();
    auto *dialog = program.page().findChild<app::CompareDialog *>();
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    buttonOf(*dialog, u"Use the Merged Text"_s)->click();
    QCOMPARE(program.text(), u"FROM mine\nRUN b\nRUN c\nCMD theirs\n"_s);
    program.stack().undoStack()->setClean();
}

void tst_DiskChanges::restoredTextWithoutAFileIsUnsaved_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("a design that was never saved") << QString();
    QTest::newRow("a file that is gone") << u"gone.Dockerfile"_s;
}

void tst_DiskChanges::restoredTextWithoutAFileIsUnsaved()
{
    QFETCH(QString, name);
    Program program;
    const QString path = name.isEmpty() ? QString() : program.home.filePath(name);
    auto &document = program.window.current().document();
    document.restore({.path = path,
                      .folder = program.home.path(),
                      .base = u"FROM a\n"_s,
                      .text = u"FROM mine\n"_s,
                      .changed = {}});
    QCOMPARE(program.text(), u"FROM mine\n"_s);
    QVERIFY(program.window.isWindowModified());
    QVERIFY2(document.unsaved(), "so it is kept in the journal again");
    QCOMPARE(document.file().folder(), program.home.path());
    if (!path.isEmpty()) {
        QVERIFY(document.save());
        QCOMPARE(contentOf(path), "FROM mine\n");
    } else {
        document.discard();
    }
    QVERIFY(!program.window.isWindowModified());
}

QTEST_MAIN(tst_DiskChanges)
#include "tst_diskchanges.moc"
