// SPDX-License-Identifier: Apache-2.0
#include "editor/editorsearch.h"

#include "editor/editorbinding.h"
#include "editor/findbar.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

EditorSearch::EditorSearch(DockerfileEditor &editor, EditorBinding &binding, FindBar &bar, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_binding(binding)
    , m_bar(bar)
    , m_origin(editor.textCursor())
{
    connect(&bar, &FindBar::queryChanged, this, &EditorSearch::searchFromOrigin);
    connect(&bar, &FindBar::inSelectionChanged, this, &EditorSearch::setInSelection);
    connect(&bar, &FindBar::nextRequested, this, &EditorSearch::goToNext);
    connect(&bar, &FindBar::previousRequested, this, &EditorSearch::goToPrevious);
    connect(&bar, &FindBar::replaceRequested, this, &EditorSearch::replaceOne);
    connect(&bar, &FindBar::replaceAllRequested, this, &EditorSearch::replaceAll);
    connect(&bar, &FindBar::left, this, &EditorSearch::close);
    connect(&binding, &EditorBinding::shown, this, [this] {
        if (m_bar.isVisible())
            search();
    });
    connect(&editor, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (m_bar.isVisible())
            showCount();
    });
}

void EditorSearch::open(bool withReplace)
{
    takeSelection();
    m_bar.open(withReplace);
    search();
}

void EditorSearch::takeSelection()
{
    const QTextCursor cursor = m_editor.textCursor();
    m_origin = cursor;
    m_origin.setPosition(cursor.selectionStart());
    const QString selected = cursor.selectedText();
    const bool isPart = selected.contains(QChar::ParagraphSeparator);
    if (isPart)
        m_bar.setInSelection(true);
    else if (!selected.isEmpty() && m_part.isNull())
        m_bar.setPattern(m_bar.query().isRegex ? QRegularExpression::escape(selected) : selected);
    if (isPart)
        m_part = cursor;
}

void EditorSearch::close()
{
    m_bar.hide();
    m_part = {};
    m_bar.setInSelection(false);
    m_editor.setSearchedPart({});
    m_editor.setHits({});
    m_editor.setFocus(Qt::OtherFocusReason);
}

void EditorSearch::setInSelection(bool on)
{
    m_part = on ? m_editor.textCursor() : QTextCursor();
    if (on && !m_part.hasSelection()) {
        m_part = {};
        m_bar.setInSelection(false);
    }
    search();
}

QString EditorSearch::shownText() const
{
    const DisplayMap &map = m_binding.map();
    return map.display({0, map.displayLength()});
}

void EditorSearch::search()
{
    m_hits = {};
    const SearchQuery query = m_bar.query();
    const auto expression = searchExpression(query);
    m_bar.showProblem(expression ? QString() : expression.error().text());
    m_expression = expression.value_or(QRegularExpression());
    m_editor.setSearchedPart(m_part);
    if (expression && !query.pattern.isEmpty()) {
        const QString text = shownText();
        const base::TextRange everywhere{0, text.size()};
        const base::TextRange within =
            m_part.isNull()
                ? everywhere
                : base::TextRange{m_part.selectionStart(), m_part.selectionEnd() - m_part.selectionStart()};
        m_hits = findAll(m_expression, text, within);
        if (m_hits.gaveUp)
            m_bar.showProblem(tr("This expression takes too long on this text."));
    }
    m_editor.setHits(m_hits.ranges);
    showCount();
}

// While a pattern is typed, the first hit behind the place where the search began is shown.
void EditorSearch::searchFromOrigin()
{
    search();
    if (m_hits.ranges.empty()) {
        m_editor.setTextCursor(m_origin);
        return;
    }
    const auto next =
        std::ranges::lower_bound(m_hits.ranges, m_origin.position(), {}, &base::TextRange::start);
    goTo(next == m_hits.ranges.end() ? 0 : next - m_hits.ranges.begin());
}

qsizetype EditorSearch::currentHit() const
{
    const QTextCursor cursor = m_editor.textCursor();
    const base::TextRange selected{cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart()};
    const auto found = std::ranges::lower_bound(m_hits.ranges, selected.start, {}, &base::TextRange::start);
    return found != m_hits.ranges.end() && *found == selected ? found - m_hits.ranges.begin() : -1;
}

void EditorSearch::goTo(qsizetype index)
{
    m_editor.selectDisplay(m_hits.ranges[size_t(index)]);
    showCount();
}

void EditorSearch::goToNext()
{
    if (!m_bar.isVisible())
        search();
    if (m_hits.ranges.empty())
        return;
    const QTextCursor cursor = m_editor.textCursor();
    // An empty hit at the cursor is where we are, not where we go.
    const auto next = currentHit() >= 0 ? m_hits.ranges.begin() + currentHit() + 1
                                        : std::ranges::lower_bound(m_hits.ranges, cursor.selectionStart(), {},
                                                                   &base::TextRange::start);
    goTo(next == m_hits.ranges.end() ? 0 : next - m_hits.ranges.begin());
    beginHere();
}

void EditorSearch::goToPrevious()
{
    if (!m_bar.isVisible())
        search();
    if (m_hits.ranges.empty())
        return;
    const auto at = std::ranges::lower_bound(m_hits.ranges, m_editor.textCursor().selectionStart(), {},
                                             &base::TextRange::start);
    goTo((at == m_hits.ranges.begin() ? m_hits.ranges.end() : at) - m_hits.ranges.begin() - 1);
    beginHere();
}

void EditorSearch::beginHere()
{
    m_origin.setPosition(m_editor.textCursor().selectionStart());
    if (!m_bar.isVisible())
        m_editor.setHits({});
}

void EditorSearch::showCount()
{
    const QLocale locale;
    const auto total = qsizetype(m_hits.ranges.size());
    QString count = locale.toString(total) + (m_hits.isCut ? u"+"_s : QString());
    const qsizetype current = currentHit();
    if (m_bar.query().pattern.isEmpty())
        count.clear();
    else if (total == 0)
        count = tr("No hits");
    else if (current >= 0)
        count = tr("%1 of %2", "the third hit of seventeen").arg(locale.toString(current + 1), count);
    else
        count = tr("%1 hits").arg(count);
    m_bar.showCount(count, total > 0);
}

base::Replacement EditorSearch::replacementOf(base::TextRange hit, const QString &text) const
{
    const auto match = m_expression.match(text, hit.start, QRegularExpression::NormalMatch,
                                          QRegularExpression::AnchorAtOffsetMatchOption);
    return m_binding.map().textChange({hit, replacementText(m_bar.query(), match, m_bar.replacement())});
}

void EditorSearch::replaceOne()
{
    const qsizetype current = currentHit();
    if (current < 0) {
        goToNext();
        return;
    }
    const auto change = replacementOf(m_hits.ranges[size_t(current)], shownText());
    Q_EMIT editRequested(base::TextEdit(change.range, change.text),
                         tr("replace %1").arg(m_bar.query().pattern));
    QTextCursor cursor = m_editor.textCursor();
    cursor.setPosition(int(m_binding.map().toDisplay(change.range.start + change.text.size())));
    m_editor.setTextCursor(cursor);
    goToNext();
}

void EditorSearch::replaceAll()
{
    if (m_hits.ranges.empty())
        return;
    const QString text = shownText();
    base::TextEdit edit;
    for (const auto &hit : m_hits.ranges) {
        auto change = replacementOf(hit, text);
        edit.replace(change.range, std::move(change.text));
    }
    Q_EMIT editRequested(edit, tr("replace all (%1)").arg(QLocale().toString(int(m_hits.ranges.size()))));
}

}
