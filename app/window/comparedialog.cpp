// SPDX-License-Identifier: Apache-2.0
#include "window/comparedialog.h"

#include "documents/diffview.h"
#include "merge/linediff.h"
#include "theme/theme.h"
#include "widgets/labels.h"
#include "window/mergeeditor.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QVBoxLayout>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString inWords(const QString &base, const QString &text)
{
    const auto lines = merge::changedLines(base, text);
    return u"+%1 −%2"_s.arg(lines.added).arg(lines.removed);
}

}

CompareDialog::CompareDialog(const Versions &versions, QWidget *parent)
    : QDialog(parent)
    , m_merge(new MergeEditor(merge::threeWay(versions.base, versions.mine, versions.theirs), this))
{
    setWindowTitle(tr("Changed on disk: %1").arg(versions.title));
    setSizeGripEnabled(true);
    auto *headline = new QLabel(tr("You and another program have both changed this file."), this);
    headline->setFont(ui::titleFont(font()));
    headline->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(ui::space::l, ui::space::l, ui::space::l, ui::space::l);
    layout->setSpacing(ui::space::s);
    layout->addWidget(headline);
    layout->addWidget(new ui::QuietLabel(
        tr("Lines since the text you both began with: yours %1, on disk %2.")
            .arg(inWords(versions.base, versions.mine), inWords(versions.base, versions.theirs)),
        this));
    layout->addWidget(makeTexts(versions), 1);
    layout->addWidget(makeButtons());
    const QSize room = screen()->availableSize() - QSize(ui::space::xl, 2 * ui::space::xl); // for the frame
    resize(QSize(1100, 760).boundedTo(room));

    connect(m_merge, &MergeEditor::settledChanged, this, &CompareDialog::refresh);
    refresh();
}

QWidget *CompareDialog::makeTexts(const Versions &versions)
{
    auto *difference = new ui::DiffView(this);
    difference->setTitles(tr("Yours"), tr("On disk"));
    difference->setTexts(versions.mine, versions.theirs);
    difference->setMinimumHeight(120);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->setChildrenCollapsible(false);
    split->addWidget(difference);
    split->addWidget(m_merge);
    split->setSizes({1, 1});
    return split;
}

QWidget *CompareDialog::makeButtons()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(ui::space::s);
    m_summary = new ui::QuietLabel({}, row);
    layout->addWidget(m_summary, 1);
    const auto add = [&](const QString &words, const auto &chosen) {
        auto *button = new QPushButton(words, row);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, chosen);
        layout->addWidget(button);
        return button;
    };
    add(tr("&Cancel"), [this] { reject(); });
    add(tr("&Keep Mine"), [this] {
        Q_EMIT mineChosen();
        accept();
    });
    add(tr("Take the Text on &Disk"), [this] {
        Q_EMIT theirsChosen();
        accept();
    });
    m_useMerged = add(tr("&Use the Merged Text"), [this] {
        Q_EMIT merged(m_merge->text());
        accept();
    });
    m_useMerged->setDefault(true);
    return row;
}

void CompareDialog::refresh()
{
    const int left = m_merge->unsettledCount();
    m_useMerged->setEnabled(left == 0);
    m_summary->setText(left == 1  ? tr("One conflict waits for your choice.")
                       : left > 1 ? tr("%1 conflicts wait for your choice.").arg(left)
                                  : tr("It becomes one step of the undo history."));
}

}
