// SPDX-License-Identifier: Apache-2.0
#include "editor/editorsymbols.h"

#include "theme/metrics.h"
#include "widgets/renamefield.h"

#include <QCursor>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int leastFieldWidth = 140;

}

EditorSymbols::EditorSymbols(const EditorParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    m_parts.editor.installEventFilter(this);
    m_parts.editor.viewport()->installEventFilter(this);
    m_parts.editor.viewport()->setMouseTracking(true);
}

std::optional<language::Symbol> EditorSymbols::symbolAt(qsizetype offset) const
{
    const auto &snapshot = m_parts.snapshot();
    return language::symbolAt(snapshot.tree, snapshot.graph, offset);
}

std::optional<language::Symbol> EditorSymbols::symbolAtCursor()
{
    auto symbol = symbolAt(m_parts.cursorOffset());
    if (!symbol)
        Q_EMIT refused(tr("No stage, ARG or ENV is named here."));
    return symbol;
}

void EditorSymbols::goToDefinition()
{
    if (const auto symbol = symbolAtCursor())
        m_parts.binding.selectRange(symbol->definition);
}

void EditorSymbols::findReferences()
{
    const auto symbol = symbolAtCursor();
    if (!symbol)
        return;
    markPlaces(symbol->range.start);
    const auto &snapshot = m_parts.snapshot();
    Q_EMIT referencesFound(symbol->name,
                           language::references(snapshot.tree, snapshot.graph, symbol->range.start));
}

void EditorSymbols::markPlaces(qsizetype offset)
{
    const auto &snapshot = m_parts.snapshot();
    std::vector<base::TextRange> places;
    for (const auto &place : language::references(snapshot.tree, snapshot.graph, offset))
        places.push_back(m_parts.binding.map().toDisplay(place.range));
    m_parts.editor.setOccurrences(places);
}

void EditorSymbols::rename()
{
    const auto symbol = symbolAtCursor();
    if (!symbol)
        return;
    auto &editor = m_parts.editor;
    editor.ensureCursorVisible();
    markPlaces(symbol->range.start);
    const qsizetype at = symbol->range.start;
    const auto whyNot = [this, at](const QString &name) {
        return language::whyNoRename(m_parts.snapshot().tree, m_parts.snapshot().graph, at, name);
    };
    auto *field = new RenameField(symbol->name, whyNot, editor.viewport());
    m_field = field;
    field->setAccessibleName(tr("New name of %1").arg(symbol->name));
    field->setFont(editor.font());
    connect(field, &RenameField::accepted, this, [this, at, before = symbol->name](const QString &name) {
        const auto edit = language::rename(m_parts.snapshot().tree, m_parts.snapshot().graph, at, name);
        if (edit)
            Q_EMIT editRequested(*edit, tr("rename %1 to %2").arg(before, name));
        else
            Q_EMIT refused(edit.error().text());
        m_parts.editor.setFocus(Qt::OtherFocusReason);
    });
    connect(field, &QObject::destroyed, &editor, [&editor] { editor.setOccurrences({}); });
    // The document may change under it, by undo from the menu: its place would mean something else.
    connect(&m_parts.binding, &EditorBinding::shown, field, &RenameField::finish);

    QTextCursor start(editor.document());
    start.setPosition(int(m_parts.binding.map().toDisplay(at)));
    const QRect place = editor.cursorRect(start);
    const int width =
        std::max(leastFieldWidth, editor.fontMetrics().horizontalAdvance(symbol->name) + space::xl * 2);
    const int height = std::max(field->sizeHint().height(), place.height());
    const int left = std::clamp(place.left() - space::s, 0, std::max(0, editor.viewport()->width() - width));
    field->setGeometry(left, place.center().y() - height / 2, width, height);
    field->show();
    field->setFocus(Qt::OtherFocusReason);
}

void EditorSymbols::showLink(QPoint position, Qt::KeyboardModifiers modifiers)
{
    const auto symbol =
        modifiers == Qt::ControlModifier && m_parts.editor.viewport()->rect().contains(position)
            ? symbolAt(m_parts.offsetAt(position))
            : std::nullopt;
    m_parts.editor.setLink(symbol ? m_parts.binding.map().toDisplay(symbol->range) : base::TextRange());
}

bool EditorSymbols::follow(QPoint position)
{
    const auto symbol = symbolAt(m_parts.offsetAt(position));
    if (!symbol)
        return false;
    m_parts.editor.setLink({});
    m_parts.binding.selectRange(symbol->definition);
    return true;
}

bool EditorSymbols::eventFilter(QObject *watched, QEvent *event)
{
    auto *viewport = m_parts.editor.viewport();
    switch (event->type()) {
    case QEvent::MouseMove: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (watched == viewport && mouse->buttons() == Qt::NoButton)
            showLink(mouse->position().toPoint(), mouse->modifiers());
        break;
    }
    case QEvent::MouseButtonPress: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (watched == viewport && mouse->button() == Qt::LeftButton &&
            mouse->modifiers() == Qt::ControlModifier)
            return follow(mouse->position().toPoint());
        break;
    }
    case QEvent::KeyPress:
    case QEvent::KeyRelease: {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (watched == &m_parts.editor && key->key() == Qt::Key_Control)
            showLink(viewport->mapFromGlobal(QCursor::pos()),
                     event->type() == QEvent::KeyPress ? Qt::ControlModifier : Qt::NoModifier);
        if (watched == &m_parts.editor && key->key() == Qt::Key_Escape)
            m_parts.editor.setOccurrences({});
        break;
    }
    case QEvent::Leave:
    case QEvent::FocusOut:
        m_parts.editor.setLink({});
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

}
