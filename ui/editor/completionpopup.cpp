// SPDX-License-Identifier: Apache-2.0
#include "editor/completionpopup.h"

#include "editor/completionlist.h"
#include "language/reference.h"
#include "theme/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QScrollBar>
#include <QTextBrowser>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int mostRows = 10;
constexpr int leastWidth = 260;
constexpr int mostWidth = 380;
constexpr int documentationWidth = 340;
constexpr int documentationHeight = 220;

}

CompletionPopup::CompletionPopup(QWidget *owner)
    : QFrame(owner, Qt::ToolTip | Qt::FramelessWindowHint)
    , m_model(new CompletionModel(this))
    , m_list(new QListView)
    , m_documentation(new QTextBrowser)
{
    setObjectName(u"completion"_s);
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setAccessibleName(tr("Proposals"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CompletionDelegate(m_list));
    m_list->setUniformItemSizes(false);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Proposals"));
    m_list->setFont(codeFont(owner->window()->font()));
    m_documentation->setFocusPolicy(Qt::NoFocus);
    m_documentation->setFrameShape(QFrame::NoFrame);
    m_documentation->setOpenExternalLinks(true);
    m_documentation->setAccessibleName(tr("What the reference says"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(0);
    row->addWidget(m_list, 0, Qt::AlignTop);
    row->addWidget(m_documentation);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CompletionPopup::showDocumentation);
    connect(m_list, &QListView::clicked, this, &CompletionPopup::accepted);
}

void CompletionPopup::showItems(std::vector<language::CompletionItem> items, const QRect &word)
{
    m_model->setItems(std::move(items));
    m_list->setCurrentIndex(m_model->index(0));
    m_word = word;
    place(word);
    show();
}

const language::CompletionItem *CompletionPopup::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? &m_model->items()[size_t(index.row())] : nullptr;
}

QString CompletionPopup::documentation() const
{
    return m_documentation->toPlainText();
}

void CompletionPopup::place(const QRect &word)
{
    int width = leastWidth;
    int height = 2;
    for (int row = 0; row < std::min(m_model->rowCount(), 200); ++row) {
        width = std::max(width, m_list->sizeHintForIndex(m_model->index(row)).width());
        if (row < mostRows)
            height += m_list->sizeHintForIndex(m_model->index(row)).height();
    }
    width += m_model->rowCount() > mostRows ? m_list->verticalScrollBar()->sizeHint().width() : 0;
    m_list->setFixedSize(std::min(width, mostWidth), height);
    const bool hasDocumentation = !m_documentation->document()->isEmpty();
    m_documentation->setVisible(hasDocumentation);
    m_documentation->setFixedWidth(documentationWidth);
    const int tall = hasDocumentation ? std::max(height, documentationHeight) : height;
    resize(m_list->width() + (hasDocumentation ? documentationWidth : 0) + 2, tall + 2);

    const QRect room = screen()->availableGeometry();
    const bool fitsBelow = word.bottom() + size().height() <= room.bottom();
    const int x = std::clamp(word.left(), room.left(), std::max(room.left(), room.right() - size().width()));
    move(x, fitsBelow ? word.bottom() + 2 : std::max(room.top(), word.top() - size().height() - 2));
}

void CompletionPopup::showDocumentation()
{
    const auto *item = current();
    const language::Topic topic = item ? language::topic(item->topic) : language::Topic{};
    if (topic.text.isEmpty())
        m_documentation->clear();
    else
        m_documentation->setMarkdown(u"**"_s + topic.title + u"**\n\n"_s + topic.text);
    if (isVisible())
        place(m_word);
    if (item == nullptr)
        return;
    // The list has no focus that a screen reader could follow, so it is told.
    QAccessibleAnnouncementEvent said(parentWidget(),
                                      m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
    QAccessible::updateAccessibility(&said);
}

bool CompletionPopup::moveBy(const QKeyEvent &event)
{
    const int step = event.key() == Qt::Key_Up         ? -1
                     : event.key() == Qt::Key_Down     ? 1
                     : event.key() == Qt::Key_PageUp   ? -mostRows
                     : event.key() == Qt::Key_PageDown ? mostRows
                                                       : 0;
    if (step == 0)
        return false;
    const int count = m_model->rowCount();
    const int row = m_list->currentIndex().row();
    const bool wraps = std::abs(step) == 1;
    const int next = wraps ? (row + step + count) % count : std::clamp(row + step, 0, count - 1);
    m_list->setCurrentIndex(m_model->index(next));
    return true;
}

void CompletionPopup::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setPen(colorsFor(this).line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CompletionPopup::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible())
        showDocumentation();
}

}
