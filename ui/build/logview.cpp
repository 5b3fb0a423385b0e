// SPDX-License-Identifier: Apache-2.0
#include "build/logview.h"

#include "theme/theme.h"
#include "widgets/labels.h"
#include "widgets/searchfield.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QToolBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr int shownLines = 20'000;
constexpr qsizetype mostAtOnce = 400'000; // more would not stay within shownLines anyway
constexpr qsizetype slice = 50'000;       // at a time: more would hold up the window

}

LogView::LogView(QWidget *parent)
    : QWidget(parent)
    , m_title(new ElidedLabel({}, Qt::ElideRight, this))
    , m_edit(new QPlainTextEdit(this))
    , m_search(new SearchField(tr("Find in the log"), this))
    , m_ansi(colorsFor(this))
    , m_colors(&colorsFor(this))
{
    m_edit->setReadOnly(true);
    m_edit->setUndoRedoEnabled(false);
    m_edit->setMaximumBlockCount(shownLines);
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setFont(codeFont(font()));
    m_edit->document()->setDocumentMargin(space::s);
    m_edit->setAccessibleName(tr("Build log"));
    m_edit->setPlaceholderText(tr("Nothing was written to the log."));
    m_edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_search->setMaximumWidth(200);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_edit, 1);

    m_flushTimer.setSingleShot(true);
    m_flushTimer.setInterval(60ms);
    connect(&m_flushTimer, &QTimer::timeout, this, &LogView::flush);
    connect(m_edit->verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::scrolled);
    connect(m_search, &SearchField::textEdited, this, [this] { find(false); });
    connect(m_search, &SearchField::nextRequested, this, [this] { find(false); });
    connect(m_search, &SearchField::previousRequested, this, [this] { find(true); });
    connect(m_search, &SearchField::left, m_edit, qOverload<>(&QWidget::setFocus));
}

QWidget *LogView::makeHeader()
{
    auto *header = new QWidget(this);
    auto *bar = new QToolBar(header);
    bar->setIconSize({iconsize::small, iconsize::small});
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(space::m, space::xs, space::xs, space::xs);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_search, 1);
    layout->addWidget(bar);
    m_allSteps = bar->addAction(icon(u"layers"_s), tr("All steps"));
    m_allSteps->setCheckable(true);
    m_allSteps->setToolTip(tr("Show what all steps write, not only the selected one"));
    m_follow = bar->addAction(icon(u"tail"_s), tr("Follow"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Keep the end of the log in sight"));
    QAction *copy = bar->addAction(icon(u"copy"_s), tr("Copy"));
    copy->setToolTip(tr("Copy the selection, or all that is shown"));
    QAction *save = bar->addAction(icon(u"save"_s), tr("Save"));
    save->setToolTip(tr("Save the whole log of the build"));

    connect(m_allSteps, &QAction::triggered, this, &LogView::allStepsRequested);
    connect(m_follow, &QAction::triggered, this, [this](bool follow) {
        if (follow)
            scrollToEnd();
    });
    connect(copy, &QAction::triggered, this, [this] {
        if (m_edit->textCursor().hasSelection())
            m_edit->copy();
        else
            QGuiApplication::clipboard()->setText(m_edit->toPlainText());
    });
    connect(save, &QAction::triggered, this, &LogView::saveRequested);
    return header;
}

void LogView::showLog(const QString &title, const QString &text, const QString &note)
{
    m_flushTimer.stop();
    m_waiting.clear();
    m_ansi = AnsiText(*m_colors);
    m_title->setText(title.simplified());
    m_edit->clear();
    if (!note.isEmpty()) {
        QTextCharFormat quiet;
        quiet.setForeground(m_colors->textQuiet);
        quiet.setFontItalic(true);
        QTextCursor(m_edit->document()).insertText(note + u'\n', quiet);
    }
    m_waiting = text;
    flush();
    if (m_follow->isChecked())
        scrollToEnd();
}

void LogView::append(const QString &text)
{
    m_waiting += text;
    if (m_waiting.size() > mostAtOnce)
        m_waiting = u"\n[…]\n"_s + m_waiting.last(mostAtOnce / 2); // Save writes all of it
    if (!m_flushTimer.isActive())
        m_flushTimer.start();
}

void LogView::flush()
{
    if (m_waiting.isEmpty())
        return;
    m_appending = true;
    QTextCursor cursor(m_edit->document());
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::End);
    QString next = m_waiting;
    if (m_waiting.size() > slice) {
        const qsizetype lineEnd = m_waiting.indexOf(u'\n', slice);
        next.truncate(lineEnd < 0 ? slice : lineEnd + 1);
        m_flushTimer.start();
    }
    m_waiting.remove(0, next.size());
    m_ansi.append(cursor, next);
    cursor.endEditBlock();
    m_appending = false;
    if (m_follow->isChecked())
        scrollToEnd();
}

bool LogView::followsTail() const
{
    return m_follow->isChecked();
}

void LogView::scrolled(int value)
{
    // Someone who scrolls up wants to read; back at the end, to follow again.
    if (!m_appending && (m_edit->verticalScrollBar()->isSliderDown() || underMouse() || m_edit->hasFocus()))
        m_follow->setChecked(value >= m_edit->verticalScrollBar()->maximum());
}

void LogView::scrollToEnd()
{
    m_appending = true;
    m_edit->verticalScrollBar()->setValue(m_edit->verticalScrollBar()->maximum());
    m_appending = false;
}

void LogView::find(bool backwards)
{
    const QString wanted = m_search->text();
    if (wanted.isEmpty())
        return;
    const auto flags = backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    QTextCursor from = m_edit->textCursor();
    QTextCursor hit = m_edit->document()->find(wanted, from, flags);
    if (hit.isNull()) {
        from.movePosition(backwards ? QTextCursor::End : QTextCursor::Start);
        hit = m_edit->document()->find(wanted, from, flags);
    }
    if (hit.isNull())
        return;
    m_follow->setChecked(false);
    m_edit->setTextCursor(hit);
}

void LogView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && &colorsFor(this) != m_colors) {
        m_colors = &colorsFor(this);
        Q_EMIT refreshRequested();
    } else if (event->type() == QEvent::FontChange) {
        m_edit->setFont(codeFont(font()));
    }
}

}
