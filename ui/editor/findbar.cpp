// SPDX-License-Identifier: Apache-2.0
#include "editor/findbar.h"

#include "theme/theme.h"

#include <QAction>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int leastFieldWidth = 110;

QLineEdit *makeField(const QString &name)
{
    auto *field = new QLineEdit;
    field->setPlaceholderText(name);
    field->setAccessibleName(name);
    field->setClearButtonEnabled(true);
    field->setMinimumWidth(leastFieldWidth);
    return field;
}

QToolButton *makeButton(const QString &text, const QString &tooltip)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setToolTip(tooltip);
    button->setAccessibleName(tooltip);
    button->setAutoRaise(true);
    return button;
}

QString withKey(const QString &text, const QKeySequence &key)
{
    return u"%1 (%2)"_s.arg(text, key.toString(QKeySequence::NativeText));
}

}

FindBar::FindBar(QWidget *parent)
    : QFrame(parent)
    , m_pattern(makeField(tr("Find")))
    , m_replacement(makeField(tr("Replace with")))
    , m_replaceRow(new QWidget)
    , m_case(addOption(u"Aa"_s, tr("Match upper and lower case"), {u"Alt+C"_s}))
    , m_words(addOption(u"“W”"_s, tr("Whole words"), {u"Alt+O"_s}))
    , m_regex(addOption(u".*"_s, tr("Regular expression"), {u"Alt+R"_s}))
    , m_selection(addOption(u"[ ]"_s, tr("In the selection only"), {u"Alt+L"_s}))
    , m_replaceOne(makeButton(tr("Replace"), withKey(tr("Replace this one"), {u"Return"_s})))
    , m_replaceAll(makeButton(tr("All"), withKey(tr("Replace all"), {u"Ctrl+Alt+Return"_s})))
    , m_count(new QLabel)
    , m_problem(new QLabel)
{
    setAccessibleName(tr("Find and replace"));
    setAutoFillBackground(true);
    makeRows();
    refreshLook();
    connect(m_pattern, &QLineEdit::textChanged, this, &FindBar::queryChanged);
    for (auto *option : {m_case, m_words, m_regex})
        connect(option, &QToolButton::toggled, this, &FindBar::queryChanged);
    connect(m_selection, &QToolButton::toggled, this, &FindBar::inSelectionChanged);
    connect(m_replaceOne, &QToolButton::clicked, this, &FindBar::replaceRequested);
    connect(m_replaceAll, &QToolButton::clicked, this, &FindBar::replaceAllRequested);
    hide();
}

QToolButton *FindBar::addOption(const QString &text, const QString &tooltip, const QKeySequence &key)
{
    auto *button = makeButton(text, withKey(tooltip, key));
    button->setAccessibleName(tooltip);
    button->setCheckable(true);
    auto *action = new QAction(this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, button, &QToolButton::toggle);
    addAction(action);
    return button;
}

void FindBar::makeRows()
{
    auto *previous = makeButton({}, withKey(tr("The one before"), {u"Shift+F3"_s}));
    auto *next = makeButton({}, withKey(tr("The next one"), {u"F3"_s}));
    auto *close = makeButton({}, withKey(tr("Close"), {u"Esc"_s}));
    previous->setArrowType(Qt::UpArrow);
    next->setArrowType(Qt::DownArrow);
    close->setIcon(icon(u"close"_s));
    connect(previous, &QToolButton::clicked, this, &FindBar::previousRequested);
    connect(next, &QToolButton::clicked, this, &FindBar::nextRequested);
    connect(close, &QToolButton::clicked, this, &FindBar::left);

    auto *find = new QHBoxLayout;
    find->setSpacing(2);
    find->addWidget(m_pattern, 1);
    for (auto *widget : {m_case, m_words, m_regex, m_selection})
        find->addWidget(widget);
    find->addSpacing(space::xs);
    find->addWidget(m_count);
    for (auto *widget : {previous, next, close})
        find->addWidget(widget);

    auto *replace = new QHBoxLayout(m_replaceRow);
    replace->setContentsMargins(0, 0, 0, 0);
    replace->setSpacing(2);
    replace->addWidget(m_replacement, 1);
    replace->addWidget(m_replaceOne);
    replace->addWidget(m_replaceAll);

    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(space::s, space::xs, space::s, space::xs);
    rows->setSpacing(space::xs);
    rows->addLayout(find);
    rows->addWidget(m_replaceRow);
    rows->addWidget(m_problem);
    QWidget *before = m_pattern; // Tab goes through it as it is read
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_replacement, m_replaceOne, m_replaceAll, m_case, m_words, m_regex,
                                          m_selection, previous, next, close}) {
        setTabOrder(before, widget);
        before = widget;
    }
}

void FindBar::refreshLook()
{
    const ThemeColors &colors = colorsFor(this);
    QPalette quiet = m_count->palette();
    quiet.setColor(QPalette::WindowText, colors.textQuiet);
    m_count->setPalette(quiet);
    QPalette wrong = m_problem->palette();
    wrong.setColor(QPalette::WindowText, colors.danger);
    m_problem->setPalette(wrong);
    m_problem->setFont(smallFont(font()));
}

void FindBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refreshLook();
}

void FindBar::open(bool withReplace)
{
    m_replaceRow->setVisible(withReplace);
    show();
    m_pattern->setFocus(Qt::ShortcutFocusReason);
    m_pattern->selectAll();
}

void FindBar::setPattern(const QString &pattern)
{
    const QSignalBlocker quiet(m_pattern);
    m_pattern->setText(pattern);
    m_pattern->selectAll();
}

SearchQuery FindBar::query() const
{
    return {m_pattern->text(), m_case->isChecked(), m_words->isChecked(), m_regex->isChecked()};
}

QString FindBar::replacement() const
{
    return m_replacement->text();
}

bool FindBar::isInSelection() const
{
    return m_selection->isChecked();
}

void FindBar::setInSelection(bool on)
{
    const QSignalBlocker quiet(m_selection);
    m_selection->setChecked(on);
}

void FindBar::showCount(const QString &count, bool canReplace)
{
    m_count->setText(count);
    m_pattern->setAccessibleDescription(count);
    m_replaceOne->setEnabled(canReplace);
    m_replaceAll->setEnabled(canReplace);
}

void FindBar::showProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty())
        m_pattern->setAccessibleDescription(problem);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else if (isEnter && modifiers == (Qt::ControlModifier | Qt::AltModifier))
        Q_EMIT replaceAllRequested();
    else if (isEnter && modifiers == Qt::ShiftModifier)
        Q_EMIT previousRequested();
    else if (isEnter && m_replacement->hasFocus())
        Q_EMIT replaceRequested();
    else if (isEnter)
        Q_EMIT nextRequested();
    else
        QFrame::keyPressEvent(event);
    event->accept(); // nothing here is meant for what lies below
}

}
