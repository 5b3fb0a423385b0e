// SPDX-License-Identifier: Apache-2.0
#include "editor/editoractions.h"

#include "theme/icons.h"

#include <QCoreApplication>
#include <QMenu>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("EditorActions", text);
}

QAction *make(QWidget *owner, Qt::ShortcutContext context, const QString &text,
              const QList<QKeySequence> &keys = {}, const QString &iconName = {})
{
    auto *action = new QAction(text, owner);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    action->setShortcuts(keys);
    action->setShortcutContext(context);
    owner->addAction(action);
    return action;
}

QKeySequence key(const char *keys)
{
    return QKeySequence(QString::fromLatin1(keys), QKeySequence::PortableText);
}

constexpr auto inPage = Qt::WidgetWithChildrenShortcut;
constexpr auto inText = Qt::WidgetShortcut;

}

EditorActions::EditorActions(QWidget *page, QWidget *editor)
    : find(make(page, inPage, tr("&Find…"), {key("Ctrl+F")}, u"search"_s))
    , replace(make(page, inPage, tr("&Replace…"), {key("Ctrl+H"), key("Ctrl+R")}))
    , findNext(make(page, inPage, tr("Find &Next"), {key("F3")}))
    , findPrevious(make(page, inPage, tr("Find &Previous"), {key("Shift+F3")}))
    , goToLine(make(page, inPage, tr("Go to &Line…"), {key("Ctrl+G")}))
    , complete(make(editor, inText, tr("&Complete"), {key("Ctrl+Space")}))
    , showHover(make(editor, inText, tr("&Tell About This"), {key("F1")}, u"help"_s))
    , fix(make(editor, inText, tr("Mend This Line…"), {key("Alt+Return"), key("Alt+Enter")}, u"fix"_s))
    , goToDefinition(make(editor, inText, tr("Go to &Definition"), {key("F12")}))
    , findReferences(make(editor, inText, tr("Find &Uses"), {key("Shift+F12")}))
    , rename(make(editor, inText, tr("Rena&me…"), {key("F2")}, u"rename"_s))
    , toggleComment(make(editor, inText, tr("Comment or Uncomment"), {key("Ctrl+/")}))
    , moveUp(make(editor, inText, tr("Move Lines Up"), {key("Alt+Up")}))
    , moveDown(make(editor, inText, tr("Move Lines Down"), {key("Alt+Down")}))
    , duplicate(make(editor, inText, tr("Duplicate Lines"), {key("Ctrl+Shift+D")}))
    , indent(make(editor, inText, tr("Indent"), {key("Ctrl+]")}))
    , outdent(make(editor, inText, tr("Unindent"), {key("Ctrl+[")}))
    , endWithLf(make(editor, inText, tr("Line Ends &LF")))
    , endWithCrLf(make(editor, inText, tr("Line Ends C&R LF")))
    , toggleFold(make(editor, inText, tr("Fold or Unfold"), {key("Ctrl+Shift+[")}))
    , foldAll(make(editor, inText, tr("Fold All"), {key("Ctrl+Shift+-")}))
    , unfoldAll(make(editor, inText, tr("Unfold All"), {key("Ctrl+Shift+]")}))
    , showWhitespace(make(editor, inText, tr("Show &Whitespace")))
    , zoomIn(make(editor, inText, tr("Larger Text")))
    , zoomOut(make(editor, inText, tr("Smaller Text")))
    , resetZoom(make(editor, inText, tr("Text in Its Own Size")))
{
    showWhitespace->setCheckable(true);
}

QList<QAction *> EditorActions::all() const
{
    return {find,      replace, findNext,       findPrevious,   goToLine,      complete,  showHover,
            fix,       rename,  goToDefinition, findReferences, toggleComment, moveUp,    moveDown,
            duplicate, indent,  outdent,        toggleFold,     foldAll,       unfoldAll, showWhitespace,
            zoomIn,    zoomOut, resetZoom,      endWithLf,      endWithCrLf};
}

void EditorActions::addToEditMenu(QMenu &menu) const
{
    menu.addActions({find, replace, findNext, findPrevious, goToLine});
    menu.addSeparator();
    menu.addActions({complete, showHover, fix, goToDefinition, findReferences, rename});
    menu.addSeparator();
    menu.addActions({toggleComment, moveUp, moveDown, duplicate, indent, outdent});
    menu.addSeparator();
    menu.addActions({endWithLf, endWithCrLf});
}

void EditorActions::addToViewMenu(QMenu &menu) const
{
    menu.addActions({toggleFold, foldAll, unfoldAll, showWhitespace});
    menu.addSeparator();
    menu.addActions({zoomIn, zoomOut, resetZoom});
}

}
