// SPDX-License-Identifier: Apache-2.0
#include "window/actions.h"

#include "recipes/recipe.h"
#include "theme/icons.h"
#include "theme/theme.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QUndoStack>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Actions", text);
}

QAction *make(QObject *parent, const QString &text, const QString &iconName,
              const QList<QKeySequence> &keys = {})
{
    auto *action = new QAction(text, parent);
    if (!iconName.isEmpty())
        action->setIcon(ui::icon(iconName));
    action->setShortcuts(keys);
    if (!keys.isEmpty()) {
        const QString plain = QString(text).remove(u'&');
        action->setToolTip(u"%1 (%2)"_s.arg(plain, keys.first().toString(QKeySequence::NativeText)));
    }
    return action;
}

QAction *make(QObject *parent, const QString &text, const QString &iconName, QKeySequence::StandardKey key)
{
    return make(parent, text, iconName, QKeySequence::keyBindings(key).mid(0, 2));
}

QActionGroup *makeSchemes(QObject *parent)
{
    auto *group = new QActionGroup(parent);
    const std::pair<QString, ui::Scheme> schemes[]{{tr("As the &desktop"), ui::Scheme::System},
                                                   {tr("&Light"), ui::Scheme::Light},
                                                   {tr("D&ark"), ui::Scheme::Dark},
                                                   {tr("&High contrast"), ui::Scheme::HighContrast}};
    for (const auto &[text, scheme] : schemes) {
        auto *action = group->addAction(text);
        action->setCheckable(true);
        action->setData(int(scheme));
    }
    return group;
}

QActionGroup *makeSamples(QObject *parent)
{
    auto *group = new QActionGroup(parent);
    int number = 0;
    for (const auto &rung : recipes::ladder()) {
        auto *action = group->addAction(u"&%1  %2"_s.arg(++number).arg(rung.title));
        action->setData(rung.id);
        action->setToolTip(rung.lesson);
    }
    return group;
}

}

Actions::Actions(QObject *parent, QUndoStack *undoStack)
    : newDesign(make(parent, tr("&New from a Go Project…"), u"new"_s, QKeySequence::New))
    , open(make(parent, tr("&Open…"), u"open"_s, QKeySequence::Open))
    , save(make(parent, tr("&Save"), u"save"_s, QKeySequence::Save))
    , saveAs(make(parent, tr("Save &As…"), QString(), QKeySequence::SaveAs))
    , close(make(parent, tr("&Close"), QString(), QKeySequence::Close))
    , quit(make(parent, tr("&Quit"), QString(), QKeySequence::Quit))
    , undo(undoStack->createUndoAction(parent, tr("Undo")))
    , redo(undoStack->createRedoAction(parent, tr("Redo")))
    , addStage(make(parent, tr("&Add Stage…"), u"add"_s, {QKeySequence(u"Ctrl+Shift+N"_s)}))
    , zoomIn(make(parent, tr("Zoom &In"), u"zoom-in"_s, QKeySequence::ZoomIn))
    , zoomOut(make(parent, tr("Zoom &Out"), u"zoom-out"_s, QKeySequence::ZoomOut))
    , fit(make(parent, tr("&Fit Graph"), u"fit"_s, {QKeySequence(u"Ctrl+0"_s)}))
    , build(make(parent, tr("&Build"), u"build"_s, {QKeySequence(u"Ctrl+B"_s), QKeySequence(u"F5"_s)}))
    , stopBuild(make(parent, tr("&Cancel Build"), u"stop"_s, {QKeySequence(u"Ctrl+."_s)}))
    , engine(make(parent, tr("&Engines…"), u"engine"_s))
    , buildCache(make(parent, tr("Build &Cache…"), u"layers"_s))
    , engineBuilds(make(parent, tr("Engine's &Builds…"), u"recent"_s))
    , focusGraph(make(parent, tr("Go to &Graph"), u"graph"_s, {QKeySequence(u"Ctrl+1"_s)}))
    , focusEditor(make(parent, tr("Go to Docker&file"), u"editor"_s, {QKeySequence(u"Ctrl+2"_s)}))
    , resetLayout(make(parent, tr("&Reset Layout"), QString()))
    , about(make(parent, tr("&About Stageloom"), QString()))
    , schemes(makeSchemes(parent))
    , samples(makeSamples(parent))
{
    undo->setIcon(ui::icon(u"undo"_s));
    undo->setShortcuts(QKeySequence::Undo);
    redo->setIcon(ui::icon(u"redo"_s));
    redo->setShortcuts(QKeySequence::Redo);
    build->setIconText(tr("Build"));
    stopBuild->setIconText(tr("Cancel"));
    stopBuild->setEnabled(false);
}

QList<QAction *> Actions::needingDesign() const
{
    return {save, saveAs, close, addStage, zoomIn, zoomOut, fit, build, focusGraph, focusEditor};
}

}
