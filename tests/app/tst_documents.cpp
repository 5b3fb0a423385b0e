// SPDX-License-Identifier: Apache-2.0
// Several documents in one window: tabs, what is of each alone, and leaving them.
#include "dockerfile/textfile.h"
#include "window/documenttabs.h"
#include "windowedprogram.h"

#include <QDialog>
#include <QDockWidget>
#include <QFileDialog>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace {

app::DocumentTabs *tabsOf(const Program &program)
{
    return program.window.findChild<app::DocumentTabs *>();
}

// Answers the dialog that the next call will open, and says what it was.
void answer(QString &seen, const std::function<void(QDialog &)> &with)
{
    QTimer::singleShot(150, qApp, [&seen, with] {
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        seen = dialog->windowTitle();
        with(*dialog);
    });
}

void press(const QDialog &dialog, const QString &words)
{
    for (auto *button : dialog.findChildren<QPushButton *>())
        if (QString(button->text()).remove(u'&') == words)
            button->click();
}

void type(Program &program, const QString &text)
{
    program.editor()->setFocus();
    QTest::keyClicks(program.editor(), text);
}

}

class tst_Documents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneDocumentNeedsNoTabs();
    void eachDocumentHasItsOwnHistory();
    void aFileThatIsOpenIsShownAgain();
    void controlTabGoesRound();
    void shortcutsGoToTheShownDocumentOnly();
    void tabsSayWhatIsUnsaved();
    void aFileOfAnotherTabIsNotWrittenOver();
    void closingATabAsksOnlyWhenSomethingIsUnsaved();
    void theMiddleButtonClosesATab();
    void draggingReordersTheTabs();
    void theKeyboardComesBackToWhereItWas();
    void floatingPanelsGoWithTheirDocument();
    void aFileThatCannotBeOpenedLeavesNoTab();
    void leavingAsksOnceForAll();
    void whatWasOpenIsOpenedAgain();
    void theWindowMenuListsTheDocuments();
    void aBuildGoesOnInAHiddenTab();
};

void tst_Documents::oneDocumentNeedsNoTabs()
{
    Program program;
    QVERIFY(tabsOf(program)->isHidden());
    program.openText(twoStages);
    QVERIFY(tabsOf(program)->isHidden());
    program.openText(twoStages, u"b.Dockerfile"_s);
    QVERIFY(tabsOf(program)->isVisible());
    program.press(Qt::CTRL | Qt::Key_W);
    QTRY_VERIFY(tabsOf(program)->isHidden());
    QCOMPARE(program.window.count(), 1);
}

void tst_Documents::eachDocumentHasItsOwnHistory()
{
    Program program;
    program.openText(twoStages);
    type(program, u"# one"_s);
    const QString one = program.text();
    program.openText("FROM scratch\n", u"b.Dockerfile"_s);
    QVERIFY(!program.stack().undoStack()->canUndo());
    type(program, u"# two"_s);
    program.press(Qt::CTRL | Qt::Key_Z);
    while (program.stack().undoStack()->canUndo())
        program.stack().undo();
    QCOMPARE(program.text(), u"FROM scratch\n"_s);
    program.press(Qt::CTRL | Qt::Key_Tab);
    QCOMPARE(program.text(), one);
    while (program.stack().undoStack()->canUndo())
        program.press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(program.text(), QString::fromUtf8(twoStages));
}

void tst_Documents::aFileThatIsOpenIsShownAgain()
{
    Program program;
    const QString path = program.openText(twoStages);
    program.openText(twoStages, u"b.Dockerfile"_s);
    program.window.open(path);
    QCOMPARE(program.window.count(), 2);
    QCOMPARE(program.window.current().document().file().path(), path);
    const QString link = program.home.filePath(u"link"_s);
    QVERIFY(QFile::link(program.home.path(), link));
    program.window.open(link + u"/b.Dockerfile"_s);
    QCOMPARE(program.window.count(), 2);
    QVERIFY(program.window.current().document().file().path().endsWith("b.Dockerfile"_L1));
    program.window.open(program.home.path()); // its folder
    QCOMPARE(program.window.count(), 2);
    QCOMPARE(program.window.current().document().file().path(), path);
}

void tst_Documents::controlTabGoesRound()
{
    Program program;
    for (const auto &name : {u"a"_s, u"b"_s, u"c"_s})
        program.openText(twoStages, name);
    const auto name = [&] { return QFileInfo(program.window.current().document().file().path()).fileName(); };
    QCOMPARE(name(), u"c"_s);
    program.editor()->setFocus();
    program.press(Qt::CTRL | Qt::Key_Tab);
    QCOMPARE(name(), u"a"_s);
    program.press(Qt::CTRL | Qt::SHIFT | Qt::Key_Backtab);
    QCOMPARE(name(), u"c"_s);
}

void tst_Documents::shortcutsGoToTheShownDocumentOnly()
{
    Program program;
    const QString first = program.openText(twoStages);
    type(program, u"# one"_s);
    const QString second = program.openText(twoStages, u"b.Dockerfile"_s);
    type(program, u"# two"_s);
    program.press(Qt::CTRL | Qt::Key_S);
    QVERIFY(contentOf(second).startsWith("# two"));
    QCOMPARE(contentOf(first), twoStages);
    QVERIFY(!program.window.isWindowModified());
    program.press(Qt::CTRL | Qt::Key_Tab);
    QVERIFY(program.window.isWindowModified());
    program.stack().undoStack()->setClean();
}

void tst_Documents::tabsSayWhatIsUnsaved()
{
    Program program;
    program.openText(twoStages);
    program.openText(twoStages, u"b.Dockerfile"_s);
    const QString before = tabsOf(program)->tabText(1);
    type(program, u"#"_s);
    QCOMPARE(tabsOf(program)->tabText(1), before + u" •"_s);
    QVERIFY(tabsOf(program)->accessibleTabName(1).contains("not saved"_L1));
    program.press(Qt::CTRL | Qt::Key_Z);
    QCOMPARE(tabsOf(program)->tabText(1), before);
}

void tst_Documents::aFileOfAnotherTabIsNotWrittenOver()
{
    Program program;
    const QString first = program.openText(twoStages);
    const QString second = program.openText("FROM scratch\n", u"b.Dockerfile"_s);
    QString said;
    int refusals = 0;
    QTimer hand;
    connect(&hand, &QTimer::timeout, this, [&] {
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        if (auto *files = qobject_cast<QFileDialog *>(dialog)) {
            // A person has seen the name, and says yes to writing over it.
            files->setOption(QFileDialog::DontConfirmOverwrite);
            files->findChild<QLineEdit *>()->setText(
                refusals == 0 ? first : program.home.filePath(u"c.Dockerfile"_s));
            QMetaObject::invokeMethod(files, "accept");
        } else if (auto *box = qobject_cast<QMessageBox *>(dialog)) {
            if (auto *yes = box->button(QMessageBox::Yes)) { // "already exists"
                yes->click();
                return;
            }
            said = box->text();
            ++refusals;
            press(*dialog, u"Another Name…"_s);
        }
    });
    hand.start(100);
    QVERIFY(program.window.current().document().saveAs());
    QVERIFY2(said.contains("is open in another tab"_L1), qPrintable(said));
    QCOMPARE(refusals, 1);
    QCOMPARE(contentOf(first), twoStages);
    QCOMPARE(contentOf(program.home.filePath(u"c.Dockerfile"_s)), "FROM scratch\n");
    QCOMPARE(program.window.current().document().file().path(), program.home.filePath(u"c.Dockerfile"_s));
    QCOMPARE(contentOf(second), "FROM scratch\n");
}

void tst_Documents::closingATabAsksOnlyWhenSomethingIsUnsaved()
{
    Program program;
    program.openText(twoStages);
    program.openText(twoStages, u"b.Dockerfile"_s);
    type(program, u"#"_s);
    QString asked;
    answer(asked, [](QDialog &dialog) { dialog.reject(); });
    program.press(Qt::CTRL | Qt::Key_W);
    QCOMPARE(asked, u"Unsaved changes"_s);
    QTest::qWait(50);
    QCOMPARE(program.window.count(), 2);
    program.press(Qt::CTRL | Qt::Key_Z);
    program.press(Qt::CTRL | Qt::Key_W);
    QTRY_COMPARE(program.window.count(), 1);
    program.press(Qt::CTRL | Qt::Key_W);
    QVERIFY2(!program.window.current().document().isOpen(), "the last one leaves the welcome page");
}

void tst_Documents::theMiddleButtonClosesATab()
{
    Program program;
    program.openText(twoStages);
    program.openText(twoStages, u"b.Dockerfile"_s);
    QTest::mouseClick(tabsOf(program), Qt::MiddleButton, {}, tabsOf(program)->tabRect(0).center());
    QTRY_COMPARE(program.window.count(), 1);
    QVERIFY(program.window.current().document().file().path().endsWith("b.Dockerfile"_L1));
}

void tst_Documents::draggingReordersTheTabs()
{
    Program program;
    program.openText(twoStages, u"a"_s);
    const QString second = program.openText("FROM scratch\n", u"b"_s);
    tabsOf(program)->moveTab(1, 0);
    QCOMPARE(program.window.inOrder().front()->document().file().path(), second);
    QCOMPARE(program.text(), u"FROM scratch\n"_s);
    QCOMPARE(program.settings.openDocuments().front(), second);
}

void tst_Documents::theKeyboardComesBackToWhereItWas()
{
    Program program;
    program.openText(twoStages);
    program.editor()->setFocus();
    const auto *editor = program.editor();
    program.openText(twoStages, u"b.Dockerfile"_s);
    QVERIFY(!editor->hasFocus());
    program.press(Qt::CTRL | Qt::Key_Tab);
    QVERIFY(editor->hasFocus());
}

void tst_Documents::floatingPanelsGoWithTheirDocument()
{
    Program program;
    program.openText(twoStages);
    auto *problems = program.page().findChild<QDockWidget *>(u"problems"_s);
    problems->setFloating(true);
    problems->show();
    program.openText(twoStages, u"b.Dockerfile"_s);
    QVERIFY(!problems->isVisible());
    program.press(Qt::CTRL | Qt::Key_Tab);
    QVERIFY(problems->isVisible());
}

void tst_Documents::aFileThatCannotBeOpenedLeavesNoTab()
{
    Program program;
    program.openText(twoStages);
    program.window.open(u"/nowhere/at/all/Dockerfile"_s);
    QCOMPARE(program.window.count(), 1);
    QVERIFY2(program.notice().contains("/nowhere/at/all"_L1), qPrintable(program.notice()));
}

void tst_Documents::leavingAsksOnceForAll()
{
    Program program;
    const QString first = program.openText(twoStages, u"a"_s);
    type(program, u"# one"_s);
    program.openText(twoStages, u"b"_s);
    const QString third = program.openText(twoStages, u"c"_s);
    type(program, u"# three"_s);
    QString asked;
    answer(asked, [](QDialog &dialog) { dialog.reject(); });
    QVERIFY(!program.window.close());
    QCOMPARE(asked, u"Unsaved changes"_s);
    QVERIFY(program.window.isVisible());
    answer(asked, [](QDialog &dialog) {
        auto *list = dialog.findChild<QListWidget *>();
        QCOMPARE(list->count(), 2);
        list->item(0)->setCheckState(Qt::Unchecked);
        press(dialog, u"Save 1 of 2"_s);
    });
    QVERIFY(program.window.close());
    QCOMPARE(contentOf(first), twoStages);
    QVERIFY(contentOf(third).startsWith("# three"));
}

void tst_Documents::whatWasOpenIsOpenedAgain()
{
    Program program;
    program.openText(twoStages, u"a"_s);
    const QString second = program.openText(twoStages, u"b"_s);
    program.openText(twoStages, u"c"_s);
    program.press(Qt::CTRL | Qt::SHIFT | Qt::Key_Backtab);
    QVERIFY(program.window.close());
    {
        app::DocumentsWindow again({program.settings, program.hub, nullptr, program.journal});
        again.reopenDocuments();
        QCOMPARE(again.count(), 3);
        QCOMPARE(again.current().document().file().path(), second);
        QVERIFY(QFile::remove(program.home.filePath(u"c"_s)));
        again.close();
    }
    {
        app::DocumentsWindow again({program.settings, program.hub, nullptr, program.journal});
        again.reopenDocuments();
        QVERIFY2(again.count() == 2, "what is gone is not asked for");
        again.close();
    }
    program.settings.setReopensDocuments(false);
    app::DocumentsWindow again({program.settings, program.hub, nullptr, program.journal});
    again.reopenDocuments();
    QVERIFY(!again.current().document().isOpen());
}

void tst_Documents::theWindowMenuListsTheDocuments()
{
    Program program;
    program.openText(twoStages, u"a"_s);
    program.openText(twoStages, u"b"_s);
    auto *menu = program.page().windowMenu();
    Q_EMIT menu->aboutToShow();
    auto *other = menu->actions().at(menu->actions().size() - 2);
    QVERIFY(other->text().endsWith("/a"_L1) && !other->isChecked());
    other->trigger();
    QVERIFY(program.window.current().document().file().path().endsWith("/a"_L1));
}

void tst_Documents::aBuildGoesOnInAHiddenTab()
{
    const QString engine = qEnvironmentVariable("STAGELOOM_TEST_ENGINE");
    if (engine.isEmpty())
        QSKIP("no engine: packaging/test.sh starts one and sets STAGELOOM_TEST_ENGINE");
    qputenv("DOCKER_HOST", engine.toLocal8Bit());
    Program program;
    program.openText("FROM scratch\nLABEL hidden=\"" +
                     QByteArray::number(QDateTime::currentMSecsSinceEpoch()) + "\"\n");
    program.hub.reconnect();
    QTRY_COMPARE_WITH_TIMEOUT(program.hub.state(), app::EngineHub::State::Connected, 10'000);
    auto &building = program.window.current();
    QSignalSpy finished(&building.build(), &app::BuildController::finished);
    program.press(Qt::CTRL | Qt::Key_B);
    QVERIFY(building.build().isRunning());
    program.openText(twoStages, u"b.Dockerfile"_s);
    QVERIFY(&building != &program.window.current());
    QVERIFY(tabsOf(program)->accessibleTabName(0).contains("building"_L1));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
    QVERIFY(building.build().sizes());
    QVERIFY(!program.window.current().build().sizes());
    QTRY_VERIFY(!tabsOf(program)->accessibleTabName(0).contains("building"_L1));
}

QTEST_MAIN(tst_Documents)
#include "tst_documents.moc"
