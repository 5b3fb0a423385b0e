// SPDX-License-Identifier: Apache-2.0
#include "start/enginepage.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "widgets/noticebar.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

EnginePage::EnginePage(QWidget *parent)
    : QDialog(parent)
    , m_icon(new QLabel)
    , m_title(new QLabel)
    , m_sentence(new QLabel)
    , m_factsBox(new QWidget)
    , m_facts(new QFormLayout(m_factsBox))
    , m_places(new QListWidget)
{
    setWindowTitle(tr("Engine"));
    resize(600, 560);
    m_title->setFont(titleFont(font()));
    m_title->setWordWrap(true);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_facts->setContentsMargins(0, 0, 0, 0);
    m_facts->setHorizontalSpacing(space::xl);
    m_facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_places->setAccessibleName(tr("Places where an engine was looked for"));
    m_places->setSelectionMode(QAbstractItemView::NoSelection);
    m_places->setWordWrap(true);
    auto *placesTitle = new QLabel(tr("Where Stageloom looks, in this order"));
    placesTitle->setFont(sectionFont(font()));

    auto *words = new QVBoxLayout;
    words->setSpacing(space::xs);
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::l);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addLayout(words, 1);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *retry = buttons->addButton(tr("Look again"), QDialogButtonBox::ActionRole);
    connect(retry, &QAbstractButton::clicked, this, &EnginePage::retryRequested);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::xl, space::xl, space::xl, space::l);
    layout->setSpacing(space::l);
    layout->addLayout(head);
    layout->addWidget(m_factsBox);
    layout->addWidget(placesTitle);
    layout->addWidget(m_places, 1);
    layout->addWidget(buttons);
}

void EnginePage::showConnected(const engine::EngineInfo &info, const engine::Candidates &candidates)
{
    showHeadline(u"engine"_s, int(IconTint::Success), u"%1 %2"_s.arg(info.product, info.version),
                 tr("Used because of %1: %2").arg(info.endpoint.origin, info.endpoint.url));
    const QString store = info.containerdStore ? tr("containerd image store (%1)").arg(info.storageDriver)
                                               : tr("classic image store (%1)").arg(info.storageDriver);
    const QString builder =
        info.hasBuildKit ? tr("BuildKit") : tr("classic builder: a plainer list of steps");
    const QString platform = info.osType + u'/' + info.architecture;
    const QString system =
        info.operatingSystem.isEmpty() ? platform : info.operatingSystem + u", "_s + platform;
    QList<std::pair<QString, QString>> facts{
        {tr("Runs on"), system},
        {tr("API"), tr("%1 spoken, %2 offered").arg(info.apiVersion, info.engineApiVersion)},
        {tr("Images"), store},
        {tr("Builder"), builder},
        {tr("Platforms"), info.platforms.join(u", "_s)},
        {tr("Rights"), info.rootless ? tr("rootless") : tr("runs as root")}};
    if (!info.warnings.isEmpty())
        facts.append({tr("Warnings"), info.warnings.join(u'\n')});
    showFacts(facts);
    showCandidates(candidates, info.endpoint.url);
}

void EnginePage::showMissing(const base::Error &error, const engine::Candidates &candidates)
{
    const QString place = error.where.isEmpty() ? QString() : error.where + u'\n';
    showHeadline(u"engine-off"_s, int(IconTint::Warning), asSentence(error.message), place + error.hint);
    showFacts({});
    showCandidates(candidates, {});
}

void EnginePage::showLooking()
{
    showHeadline(u"engine-off"_s, int(IconTint::Quiet), tr("Looking for an engine"),
                 tr("Every place below is tried in turn."));
    showFacts({});
}

void EnginePage::showHeadline(const QString &iconName, int tint, const QString &title,
                              const QString &sentence)
{
    m_icon->setPixmap(icon(iconName, IconTint(tint)).pixmap(iconsize::hero));
    m_title->setText(title);
    m_sentence->setText(sentence);
}

void EnginePage::showFacts(const QList<std::pair<QString, QString>> &facts)
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    for (const auto &[name, value] : facts) {
        auto *label = new QLabel(value);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum); // as wide as it gets, then wrapped
        label->setAccessibleName(name);
        m_facts->addRow(name, label);
    }
    m_factsBox->setVisible(!facts.isEmpty());
}

void EnginePage::showCandidates(const engine::Candidates &candidates, const QString &usedUrl)
{
    m_places->clear();
    bool found = false;
    for (qsizetype i = 0; i < qsizetype(candidates.endpoints.size()); ++i) {
        const auto &endpoint = candidates.endpoints[std::size_t(i)];
        const bool used = endpoint.url == usedUrl && !found;
        const bool skipped = candidates.binding >= 0 && candidates.binding != i;
        const QString state = used      ? tr("in use")
                              : skipped ? tr("not tried: the choice above binds")
                              : found   ? tr("not needed")
                                        : tr("no answer");
        found = found || used;
        auto *item = new QListWidgetItem(
            icon(used ? u"ok"_s : u"engine-off"_s, used ? IconTint::Success : IconTint::Quiet),
            u"%1 — %2\n%3"_s.arg(endpoint.origin, state, endpoint.url), m_places);
        item->setFlags(Qt::ItemIsEnabled);
    }
    for (const auto &problem : candidates.problems)
        m_places->addItem(new QListWidgetItem(icon(u"problem-error"_s, IconTint::Danger), problem.text()));
}

}
