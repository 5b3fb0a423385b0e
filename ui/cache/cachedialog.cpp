// SPDX-License-Identifier: Apache-2.0
#include "cache/cachedialog.h"

#include "cache/cachepage.h"
#include "cache/enginebuildspage.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

CacheDialog::CacheDialog(QWidget *parent)
    : QDialog(parent)
    , m_sources(new QComboBox)
    , m_tabs(new QTabWidget)
    , m_cache(new CachePage)
    , m_builds(new EngineBuildsPage)
{
    setObjectName(u"buildcache"_s);
    setWindowTitle(tr("Build Cache"));
    resize(1000, 640);
    m_sources->setAccessibleName(tr("Whose cache and builds"));
    m_sources->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_tabs->addTab(m_cache, icon(u"layers"_s), tr("Build &Cache"));
    m_tabs->addTab(m_builds, icon(u"recent"_s), tr("Engine's &Builds"));
    m_tabs->setDocumentMode(true);

    auto *close = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (auto *button : findChildren<QPushButton *>())
        button->setAutoDefault(false); // Enter in the filter is not a wish to free anything
    auto *label = new QLabel(tr("&Of:"));
    label->setBuddy(m_sources);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(space::s);
    foot->addWidget(label);
    foot->addWidget(m_sources);
    foot->addStretch(1);
    foot->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, space::m);
    layout->setSpacing(0);
    layout->addWidget(m_tabs, 1);
    auto *footBox = new QWidget;
    footBox->setLayout(foot);
    foot->setContentsMargins(space::l, 0, space::l, 0);
    layout->addWidget(footBox);
    connect(m_sources, &QComboBox::currentIndexChanged, this, &CacheDialog::sourceChanged);
}

void CacheDialog::showPage(Page page)
{
    m_tabs->setCurrentIndex(int(page));
}

void CacheDialog::setSources(const QStringList &names)
{
    const QSignalBlocker quiet(m_sources);
    const QString before = m_sources->currentText();
    m_sources->clear();
    m_sources->addItems(names);
    m_sources->setCurrentIndex(std::max(0, int(names.indexOf(before))));
    m_sources->setEnabled(names.size() > 1);
    m_sources->setMinimumWidth(m_sources->sizeHint().width() + space::l);
}

int CacheDialog::source() const
{
    return m_sources->currentIndex();
}

}
