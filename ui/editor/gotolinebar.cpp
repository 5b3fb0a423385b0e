// SPDX-License-Identifier: Apache-2.0
#include "editor/gotolinebar.h"

#include "theme/metrics.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace ui {

std::optional<GoToLineBar::Place> GoToLineBar::placeFrom(const QString &text)
{
    static const QRegularExpression pattern(u"^\\s*(\\d{1,9})\\s*(?:[:,]\\s*(\\d{1,9}))?\\s*$"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return {};
    return Place{std::max(1, match.captured(1).toInt()),
                 match.hasCaptured(2) ? std::max(1, match.captured(2).toInt()) : 1};
}

GoToLineBar::GoToLineBar(QWidget *parent)
    : QFrame(parent)
    , m_field(new QLineEdit)
    , m_hint(new QLabel)
{
    setAutoFillBackground(true);
    auto *label = new QLabel(tr("Go to line"));
    m_field->setAccessibleName(tr("Line, or line:column"));
    m_field->setPlaceholderText(tr("120 or 120:5"));
    m_field->setMaximumWidth(160);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::s, space::xs, space::s, space::xs);
    row->addWidget(label);
    row->addWidget(m_field, 1);
    row->addWidget(m_hint, 1);
    connect(m_field, &QLineEdit::textChanged, this, &GoToLineBar::check);
    hide();
}

void GoToLineBar::open(int currentRow, int rowCount)
{
    m_rowCount = rowCount;
    m_field->setText(QString::number(currentRow));
    check();
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void GoToLineBar::check()
{
    const auto place = placeFrom(m_field->text());
    const QString last = QLocale().toString(m_rowCount);
    m_hint->setText(m_field->text().isEmpty() ? QString()
                    : !place                  ? tr("a number, or two with a colon between")
                    : place->row > m_rowCount ? tr("the last one is %1").arg(last)
                                              : tr("of %1").arg(last));
    m_field->setAccessibleDescription(m_hint->text());
}

void GoToLineBar::keyPressEvent(QKeyEvent *event)
{
    event->accept();
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT left();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (const auto place = placeFrom(m_field->text()))
            Q_EMIT placeChosen(std::min(place->row, m_rowCount), place->column);
    }
}

}
