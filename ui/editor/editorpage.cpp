// SPDX-License-Identifier: Apache-2.0
#include "editor/editorpage.h"

#include "editor/editorcompleter.h"
#include "editor/editordrop.h"
#include "editor/editorfixes.h"
#include "editor/editorfolds.h"
#include "editor/editorhover.h"
#include "editor/editorrows.h"
#include "editor/editorsearch.h"
#include "editor/editorsymbols.h"
#include "editor/findbar.h"
#include "editor/gotolinebar.h"
#include "editor/referencespanel.h"
#include "language/folding.h"

#include <QMenu>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

EditorPage::EditorPage(workspace::Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_editor(new DockerfileEditor(this))
    , m_binding(new EditorBinding(*m_editor, workspace, this))
    , m_actions(this, m_editor)
    , m_findBar(new FindBar(this))
    , m_goToBar(new GoToLineBar(this))
    , m_references(new ReferencesPanel(this))
    , m_search(new EditorSearch(*m_editor, *m_binding, *m_findBar, this))
{
    const EditorParts parts{*m_editor, *m_binding, m_workspace, m_facts};
    // The first to be asked about a key is the one made last: the list of proposals.
    m_rows = new EditorRows(parts, this);
    m_hover = new EditorHover(parts, this);
    m_symbols = new EditorSymbols(parts, this);
    m_fixes = new EditorFixes(parts, this);
    m_drop = new EditorDrop(parts, this);
    m_completer = new EditorCompleter(parts, this);
    layOut();
    joinVerbs();
    joinBars();
    joinHelpers();
    takeSettings();
    showFolds();
}

EditorPage::~EditorPage() = default;

void EditorPage::layOut()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_editor, 1);
    column->addWidget(m_references);
    column->addWidget(m_goToBar);
    column->addWidget(m_findBar);
    setFocusProxy(m_editor);
}

void EditorPage::joinVerbs()
{
    const auto on = [this](QAction *action, auto *owner, auto verb) {
        connect(action, &QAction::triggered, owner, verb);
    };
    on(m_actions.find, m_search, [this] { m_search->open(false); });
    on(m_actions.replace, m_search, [this] { m_search->open(true); });
    on(m_actions.findNext, m_search, &EditorSearch::goToNext);
    on(m_actions.findPrevious, m_search, &EditorSearch::goToPrevious);
    on(m_actions.goToLine, this, [this] { m_goToBar->open(m_editor->cursorRow(), m_editor->blockCount()); });
    on(m_actions.complete, m_completer, &EditorCompleter::complete);
    on(m_actions.showHover, m_hover, &EditorHover::showAtCursor);
    on(m_actions.fix, m_fixes, &EditorFixes::showFixes);
    on(m_actions.goToDefinition, m_symbols, &EditorSymbols::goToDefinition);
    on(m_actions.findReferences, m_symbols, &EditorSymbols::findReferences);
    on(m_actions.rename, m_symbols, &EditorSymbols::rename);
    on(m_actions.toggleComment, m_rows, &EditorRows::toggleComment);
    on(m_actions.moveUp, m_rows, &EditorRows::moveUp);
    on(m_actions.moveDown, m_rows, &EditorRows::moveDown);
    on(m_actions.duplicate, m_rows, &EditorRows::duplicate);
    on(m_actions.indent, m_rows, &EditorRows::indent);
    on(m_actions.outdent, m_rows, &EditorRows::outdent);
    on(m_actions.endWithLf, m_rows, [this] { m_rows->setLineEnds(language::LineEnd::Lf); });
    on(m_actions.endWithCrLf, m_rows, [this] { m_rows->setLineEnds(language::LineEnd::CrLf); });
    auto *folds = &m_editor->folds();
    on(m_actions.toggleFold, folds, [this] { m_editor->folds().toggleAround(m_editor->cursorRow() - 1); });
    on(m_actions.foldAll, folds, &EditorFolds::foldAll);
    on(m_actions.unfoldAll, folds, &EditorFolds::unfoldAll);
    connect(m_actions.showWhitespace, &QAction::toggled, m_editor, &DockerfileEditor::setWhitespaceShown);
    on(m_actions.zoomIn, m_editor, [this] { m_editor->zoomBy(1); });
    on(m_actions.zoomOut, m_editor, [this] { m_editor->zoomBy(-1); });
    on(m_actions.resetZoom, m_editor, &DockerfileEditor::resetZoom);
}

void EditorPage::joinBars()
{
    const auto backToText = [this] { m_editor->setFocus(Qt::OtherFocusReason); };
    connect(m_goToBar, &GoToLineBar::left, this, [this, backToText] {
        m_goToBar->hide();
        backToText();
    });
    connect(m_goToBar, &GoToLineBar::placeChosen, this, [this, backToText](int row, int column) {
        m_goToBar->hide();
        m_editor->goToRow(row, column);
        backToText();
    });
    connect(m_references, &ReferencesPanel::left, this, &EditorPage::closeReferences);
    connect(m_references, &ReferencesPanel::placeShown, this, [this](int index) {
        m_editor->setTextCursor(m_referencePlaces[size_t(index)]);
        m_editor->centerCursor();
    });
    connect(m_references, &ReferencesPanel::placeChosen, this, [this, backToText](int index) {
        m_editor->setTextCursor(m_referencePlaces[size_t(index)]);
        m_editor->centerCursor();
        backToText();
    });
    connect(m_symbols, &EditorSymbols::referencesFound, this, &EditorPage::showReferences);
}

void EditorPage::joinHelpers()
{
    connect(m_binding, &EditorBinding::editRequested, this, &EditorPage::typed);
    connect(m_search, &EditorSearch::editRequested, this, &EditorPage::editRequested);
    connect(m_rows, &EditorRows::editRequested, this, &EditorPage::editRequested);
    connect(m_symbols, &EditorSymbols::editRequested, this, &EditorPage::editRequested);
    connect(m_fixes, &EditorFixes::editRequested, this, &EditorPage::editRequested);
    connect(m_drop, &EditorDrop::editRequested, this, &EditorPage::editRequested);
    const auto refuse = [this](const QString &reason) {
        Q_EMIT refused(
            {.kind = base::Error::Kind::Refused, .message = reason, .where = {}, .hint = {}, .detail = {}});
    };
    connect(m_symbols, &EditorSymbols::refused, this, refuse);
    connect(m_fixes, &EditorFixes::refused, this, refuse);
    connect(m_drop, &EditorDrop::refused, this, refuse);
    connect(m_binding, &EditorBinding::shown, this, &EditorPage::showFolds);
    connect(&m_workspace, &workspace::Workspace::settingsChanged, this, &EditorPage::takeSettings);
    connect(&m_workspace, &workspace::Workspace::documentReplaced, this, &EditorPage::takeSettings);
    connect(m_editor, &DockerfileEditor::contextMenuShown, this, &EditorPage::fillContextMenu);
}

void EditorPage::setFacts(language::Facts facts)
{
    m_facts = std::move(facts);
    takeSettings();
}

void EditorPage::setContextFolder(const QString &folder)
{
    m_drop->setContextFolder(folder);
}

void EditorPage::factsArrived()
{
    m_completer->askAgain();
}

void EditorPage::takeSettings()
{
    const auto &settings = m_workspace.snapshot().settings;
    m_facts.values.buildArgs = settings.buildArgs;
    m_facts.values.targetPlatform = settings.platform;
    m_facts.values.targetStage = settings.target;
}

void EditorPage::showFolds()
{
    const auto &snapshot = m_workspace.snapshot();
    const auto blockOf = [&](int row) {
        const qsizetype at = m_binding->map().toDisplay(snapshot.tree.rowStart(row));
        return m_editor->document()->findBlock(int(at)).blockNumber();
    };
    std::vector<FoldRows> folds;
    for (const auto &fold : language::folds(snapshot.tree, snapshot.graph)) {
        const int first = blockOf(fold.firstRow);
        if (folds.empty() || folds.back().first != first)
            folds.push_back({first, blockOf(fold.lastRow)});
    }
    m_editor->folds().setFoldable(std::move(folds));
}

void EditorPage::showReferences(const QString &name, const std::vector<language::SymbolPlace> &places)
{
    m_referencePlaces.clear();
    std::vector<ReferencesPanel::Place> rows;
    int current = 0;
    const qsizetype cursor = m_binding->cursorOffset();
    for (const auto &place : places) {
        if (place.range.start <= cursor)
            current = int(rows.size());
        const auto shown = m_binding->map().toDisplay(place.range);
        QTextCursor at(m_editor->document());
        at.setPosition(int(shown.start));
        const QTextBlock block = at.block();
        at.setPosition(int(shown.end()), QTextCursor::KeepAnchor);
        m_referencePlaces.push_back(at);
        rows.push_back({block.blockNumber() + 1, block.text().trimmed(), place.isDefinition});
    }
    m_references->showPlaces(name, rows, current);
}

void EditorPage::closeReferences()
{
    m_references->hide();
    m_editor->setOccurrences({});
    m_editor->setFocus(Qt::OtherFocusReason);
}

void EditorPage::fillContextMenu(QMenu *menu)
{
    menu->addSeparator();
    m_fixes->addFixes(*menu);
    menu->addActions({m_actions.goToDefinition, m_actions.findReferences, m_actions.rename,
                      m_actions.toggleComment, m_actions.toggleFold});
}

}
