// SPDX-License-Identifier: Apache-2.0
#include "start/welcomepage.h"

#include "start/actioncard.h"
#include "start/recentlist.h"
#include "theme/icons.h"
#include "theme/metrics.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int pageWidth = 860;

QLabel *sectionLabel(const QString &text, const QFont &base)
{
    auto *label = new QLabel(text);
    label->setFont(sectionFont(base));
    return label;
}

}

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
{
    auto *page = new QWidget;
    page->setMaximumWidth(pageWidth);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(2 * space::xl);
    columns->addWidget(makeSteps(), 1);
    columns->addWidget(makeRecent(), 1);

    auto *content = new QVBoxLayout(page);
    content->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
    content->setSpacing(2 * space::xl);
    content->addWidget(makeHeader());
    content->addLayout(columns, 1);

    auto *centred = new QHBoxLayout;
    centred->addStretch(1);
    centred->addWidget(page, 100);
    centred->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addLayout(centred, 6);
    layout->addStretch(1);
}

QWidget *WelcomePage::makeHeader()
{
    auto *header = new QWidget;
    auto *layout = new QVBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    auto *name = new QLabel(u"Stageloom"_s);
    QFont font = titleFont(this->font());
    font.setPointSizeF(font.pointSizeF() * 1.5);
    name->setFont(font);
    auto *tagline =
        new QLabel(tr("Design the container image of a Go program as a graph of stages, and see what "
                      "every line, stage and layer costs."));
    tagline->setWordWrap(true);
    tagline->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(name);
    layout->addWidget(tagline);
    return header;
}

QWidget *WelcomePage::makeSteps()
{
    auto *steps = new QWidget;
    auto *layout = new QVBoxLayout(steps);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(sectionLabel(tr("Begin"), font()));

    auto *create = new ActionCard(u"new"_s, tr("New from a Go project"),
                                  tr("Choose a folder with go.mod; the Dockerfile is written for you."));
    create->setPrimary(true);
    auto *open = new ActionCard(
        u"open"_s, tr("Open a Dockerfile"),
        tr("It is shown as a graph, and saved back byte for byte. You can drop it here, too."));
    auto *sample =
        new ActionCard(u"sample"_s, tr("Try the sample"),
                       tr("A hello world in five designs, from hundreds of megabytes to about one."));
    for (auto *card : {create, open, sample})
        layout->addWidget(card);
    connect(create, &QAbstractButton::clicked, this, &WelcomePage::newRequested);
    connect(open, &QAbstractButton::clicked, this, &WelcomePage::openRequested);
    connect(sample, &QAbstractButton::clicked, this, &WelcomePage::sampleRequested);

    auto *engineRow = new QHBoxLayout;
    engineRow->setSpacing(space::s);
    m_engineIcon = new QLabel;
    m_engine = new QLabel;
    m_engine->setWordWrap(true);
    m_engine->setTextFormat(Qt::RichText);
    m_engine->setAccessibleName(tr("Engine"));
    engineRow->addWidget(m_engineIcon, 0, Qt::AlignTop);
    engineRow->addWidget(m_engine, 1);
    connect(m_engine, &QLabel::linkActivated, this, &WelcomePage::engineRequested);
    layout->addSpacing(space::s);
    layout->addLayout(engineRow);
    layout->addStretch(1);
    return steps;
}

QWidget *WelcomePage::makeRecent()
{
    auto *recent = new QWidget;
    auto *layout = new QVBoxLayout(recent);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addWidget(sectionLabel(tr("Recent"), font()));
    m_recent = new RecentList;
    layout->addWidget(m_recent, 1);
    connect(m_recent, &RecentList::openRequested, this, &WelcomePage::recentRequested);
    connect(m_recent, &RecentList::removeRequested, this, &WelcomePage::recentRemoveRequested);
    return recent;
}

void WelcomePage::setRecentFiles(const QStringList &paths)
{
    m_recent->setFiles(paths);
}

void WelcomePage::setEngineSentence(const QString &sentence, bool connected)
{
    const auto picture =
        icon(connected ? u"engine"_s : u"engine-off"_s, connected ? IconTint::Success : IconTint::Warning);
    m_engineIcon->setPixmap(picture.pixmap(iconsize::small));
    m_engine->setText(u"%1 <a href=\"engine\">%2</a>"_s.arg(sentence.toHtmlEscaped(), tr("Details")));
}

}
