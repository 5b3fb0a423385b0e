// SPDX-License-Identifier: Apache-2.0
#include "documents/diffview.h"
#include "documents/recoverydialog.h"
#include "documents/unsaveddialog.h"

#include <QAbstractItemModelTester>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using ui::DiffModel;

namespace {

QPushButton *buttonOf(const QWidget &dialog, const QString &words)
{
    for (auto *button : dialog.findChildren<QPushButton *>())
        if (QString(button->text()).remove(u'&') == words)
            return button;
    return nullptr;
}

}

class tst_DocumentDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameLinesStandBesideEachOther();
    void whatCannotBeSeenIsSpelled();
    void whatChangedIsSaidWithoutColour();
    void f8GoesFromChangeToChange();
    void unsavedDocumentsAreSavedAllSomeOrNone();
    void recoveredTextIsComparedRestoredOrDiscarded();
    void closingTheRecoveryKeepsTheRest();
};

void tst_DocumentDialogs::theSameLinesStandBesideEachOther()
{
    DiffModel model;
    QAbstractItemModelTester tester(&model);
    model.setTexts(u"a\nb\nc\n"_s, u"a\nx\nc\nd\n"_s);
    QCOMPARE(model.rowCount(), 4);
    const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(1, DiffModel::LeftText), u"b"_s);
    QCOMPARE(cell(1, DiffModel::RightText), u"x"_s);
    QCOMPARE(cell(2, DiffModel::LeftText), cell(2, DiffModel::RightText));
    QCOMPARE(cell(3, DiffModel::LeftNumber), QString());
    QCOMPARE(cell(3, DiffModel::RightNumber), u"4"_s);
    QCOMPARE(model.changes(), (std::vector{1, 3}));
    model.setTexts({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void tst_DocumentDialogs::whatCannotBeSeenIsSpelled()
{
    DiffModel model;
    model.setTexts(u"a\r\n"_s, u"a\n"_s);
    QVERIFY(model.index(0, DiffModel::LeftText).data() != model.index(0, DiffModel::RightText).data());
    model.setTexts(u"a\0b"_s + QChar(0xdce9), {});
    QCOMPARE(model.index(0, DiffModel::LeftText).data().toString(), u"a\u2400b\\xe9"_s);
}

void tst_DocumentDialogs::whatChangedIsSaidWithoutColour()
{
    DiffModel model;
    model.setTexts(u"a\n"_s, u"a\nb\n"_s);
    const auto spoken = model.index(1, DiffModel::RightText).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(spoken.contains("only here"_L1), qPrintable(spoken));
}

void tst_DocumentDialogs::f8GoesFromChangeToChange()
{
    ui::DiffView view;
    QString left;
    for (int i = 0; i < 300; ++i)
        left += u"line %1\n"_s.arg(i);
    const QString right = QString(left).replace(u"line 50\n"_s, u"x\n"_s).replace(u"line 200\n"_s, u"y\n"_s);
    view.resize(600, 300);
    view.show();
    view.setTexts(left, right);
    QCOMPARE(view.changeCount(), 2);
    QCOMPARE(view.currentIndex().row(), 50);
    QTest::keyClick(&view, Qt::Key_F8);
    QCOMPARE(view.currentIndex().row(), 200);
    QVERIFY(view.viewport()->rect().intersects(view.visualRect(view.currentIndex())));
    QTest::keyClick(&view, Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(view.currentIndex().row(), 50);
}

void tst_DocumentDialogs::unsavedDocumentsAreSavedAllSomeOrNone()
{
    const std::vector<ui::UnsavedDocument> documents{{u"a"_s, u"/a"_s}, {u"b"_s, u"/b"_s}, {u"c"_s, u"/c"_s}};
    ui::UnsavedDialog dialog(documents);
    dialog.show();
    QCOMPARE(dialog.toSave(), (QList{0, 1, 2}));
    QVERIFY(buttonOf(dialog, u"Save All"_s));
    dialog.findChild<QListWidget *>()->item(1)->setCheckState(Qt::Unchecked);
    QVERIFY(buttonOf(dialog, u"Save 2 of 3"_s));
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(dialog.result(), int(QDialog::Accepted));
    QCOMPARE(dialog.toSave(), (QList{0, 2}));

    ui::UnsavedDialog discarding(documents);
    discarding.show();
    buttonOf(discarding, u"Discard All"_s)->click();
    QCOMPARE(discarding.result(), int(QDialog::Accepted));
    QVERIFY(discarding.toSave().isEmpty());

    ui::UnsavedDialog staying(documents);
    staying.show();
    QTest::keyClick(&staying, Qt::Key_Escape);
    QCOMPARE(staying.result(), int(QDialog::Rejected));
}

void tst_DocumentDialogs::recoveredTextIsComparedRestoredOrDiscarded()
{
    ui::RecoveryDialog dialog({{.name = u"a"_s, .onDisk = u"FROM a\n"_s, .text = u"FROM b\n"_s},
                               {.name = u"b"_s, .onDisk = {}, .text = u"FROM c\n"_s}});
    QSignalSpy restored(&dialog, &ui::RecoveryDialog::restoreRequested);
    QSignalSpy discarded(&dialog, &ui::RecoveryDialog::discardRequested);
    dialog.show();
    auto *view = dialog.findChild<ui::DiffView *>();
    QVERIFY(view->isHidden());
    buttonOf(dialog, u"Compare"_s)->click();
    QVERIFY(view->isVisible());
    QCOMPARE(view->changeCount(), 1);
    auto *list = dialog.findChild<QTreeWidget *>();
    list->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
    buttonOf(dialog, u"Restore 1 of 2"_s)->click();
    QCOMPARE(restored.size(), 1);
    QCOMPARE(restored[0][0].value<QList<int>>(), QList{1});
    QVERIFY2(dialog.isVisible(), "one is left");
    list->topLevelItem(0)->setCheckState(0, Qt::Checked);
    buttonOf(dialog, u"Discard"_s)->click();
    QCOMPARE(discarded[0][0].value<QList<int>>(), QList{0});
    QVERIFY(!dialog.isVisible());
}

void tst_DocumentDialogs::closingTheRecoveryKeepsTheRest()
{
    ui::RecoveryDialog dialog({{.name = u"a"_s, .text = u"FROM b\n"_s}});
    QSignalSpy restored(&dialog, &ui::RecoveryDialog::restoreRequested);
    QSignalSpy discarded(&dialog, &ui::RecoveryDialog::discardRequested);
    dialog.show();
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
    QVERIFY(restored.isEmpty() && discarded.isEmpty());
}

QTEST_MAIN(tst_DocumentDialogs)
#include "tst_documentdialogs.moc"
