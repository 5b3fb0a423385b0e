// SPDX-License-Identifier: Apache-2.0
#include "engines/enginedetails.h"

#include "base/units.h"
#include "engines/abilitylist.h"
#include "theme/theme.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"

#include <QEvent>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>

namespace ui {

using namespace Qt::StringLiterals;
using State = EngineEntry::State;

EngineDetails::EngineDetails(QWidget *parent)
    : QWidget(parent)
    , m_picture(new QLabel)
    , m_title(new QLabel)
    , m_sentence(new QLabel)
    , m_hint(new QuietLabel)
    , m_use(new QPushButton(icon(u"engine"_s), tr("&Use This One")))
    , m_test(new QPushButton(icon(u"reload"_s), tr("&Test")))
    , m_remove(new QPushButton(icon(u"delete"_s), tr("&Remove")))
    , m_facts(new QGridLayout)
    , m_abilities(new AbilityList)
{
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, space::s, 0);
    column->setSpacing(space::l);
    m_facts->setHorizontalSpacing(space::xl);
    m_facts->setVerticalSpacing(space::xs);
    m_facts->setColumnStretch(1, 1);
    column->addLayout(m_facts);
    column->addWidget(m_abilities);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inside);
    // On the dialog's ground, not on a list's.
    scroll->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::l);
    layout->addWidget(makeHead());
    layout->addWidget(scroll, 1);
    connect(m_use, &QAbstractButton::clicked, this, [this] { Q_EMIT useRequested(m_entry.place.id); });
    connect(m_test, &QAbstractButton::clicked, this, [this] { Q_EMIT testRequested(m_entry.place.id); });
    connect(m_remove, &QAbstractButton::clicked, this, [this] { Q_EMIT removeRequested(m_entry.place.id); });
}

QWidget *EngineDetails::makeHead()
{
    m_title->setFont(titleFont(font()));
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_hint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (auto *button : {m_use, m_test, m_remove})
        button->setAutoDefault(false);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::xs);
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    words->addWidget(m_hint);
    auto *top = new QHBoxLayout;
    top->setSpacing(space::l);
    top->addWidget(m_picture, 0, Qt::AlignTop);
    top->addLayout(words, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::s);
    buttons->addWidget(m_use);
    buttons->addWidget(m_test);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    auto *head = new QWidget;
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::m);
    layout->addLayout(top);
    layout->addLayout(buttons);
    return head;
}

void EngineDetails::show(const EngineEntry &entry, const std::vector<EngineEntry> &siblings)
{
    m_entry = entry;
    m_siblings = siblings;
    showHead();
    showFacts();
}

void EngineDetails::showHead()
{
    const auto &place = m_entry.place;
    m_picture->setPixmap(stateIcon(m_entry).pixmap(iconsize::large));
    m_title->setText(place.name);
    const QString sentence = stateInWords(m_entry);
    const bool hasEnd = sentence.endsWith(u'…') || sentence.endsWith(u'.');
    m_sentence->setText(hasEnd ? sentence : QString(sentence + u'.'));
    QString hint;
    switch (m_entry.state) {
    case State::Untried:
        if (place.isAbsent)
            hint = tr("The socket appears when that engine is started.");
        else if (place.problem.isEmpty())
            hint = tr("Test it to see what it can do.");
        break;
    case State::Testing:
        hint = place.endpoint && place.endpoint->kind == engine::Endpoint::Kind::Ssh
                   ? tr("ssh may ask for a passphrase in a window of its own.")
                   : tr("It is asked for its version and what it can do.");
        break;
    case State::Answers:
        hint = m_entry.isUsed
                   ? tr("Builds run here. It answered in %1.").arg(base::durationInWords(m_entry.answer.took))
                   : tr("It answered in %1.").arg(base::durationInWords(m_entry.answer.took));
        break;
    case State::Refused:
        hint = m_entry.error.hint;
        break;
    }
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    const bool canBeAsked = place.endpoint || place.buildKit;
    const bool isTesting = m_entry.state == State::Testing;
    m_use->setEnabled(canBeAsked && !m_entry.isUsed && !isTesting);
    m_use->setText(place.builder.isEmpty() ? tr("&Use This One") : tr("&Use This Builder"));
    m_use->setToolTip(m_entry.isUsed ? tr("Builds run here already.")
                      : canBeAsked ? tr("Builds run there from now on; those that run end where they began.")
                                   : asSentence(place.problem));
    m_test->setEnabled(canBeAsked && !isTesting);
    m_remove->setVisible(m_entry.isOwn);
}

void EngineDetails::addFact(const QString &name, const QString &value)
{
    if (value.isEmpty())
        return;
    auto *label = new QLabel(value);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(name);
    auto *title = new QuietLabel(name);
    title->setWordWrap(false);
    const int row = m_facts->rowCount();
    m_facts->addWidget(title, row, 0, Qt::AlignTop);
    m_facts->addWidget(label, row, 1);
}

void EngineDetails::showFacts()
{
    while (auto *item = m_facts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    addFact(tr("Found as"), m_entry.place.origin);
    addFact(tr("Address"), m_entry.place.address);
    const bool answers = m_entry.state == State::Answers;
    if (answers && m_entry.answer.engine)
        showEngineFacts(*m_entry.answer.engine);
    else if (answers)
        showBuildKitFacts();
    if (m_entry.state == State::Refused)
        addFact(tr("In detail"), m_entry.error.detail);
    if (m_siblings.size() > 1)
        showNodes();
    m_abilities->setVisible(answers);
    if (answers)
        m_abilities->show(m_entry.answer.abilities);
}

void EngineDetails::showEngineFacts(const engine::EngineInfo &info)
{
    const QString platform = info.osType + u'/' + info.architecture;
    addFact(tr("Runs on"),
            info.operatingSystem.isEmpty() ? platform : QString(info.operatingSystem + u", "_s + platform));
    addFact(tr("API"), tr("%1 spoken, %2 offered").arg(info.apiVersion, info.engineApiVersion));
    addFact(tr("Images"), info.containerdStore ? tr("containerd image store (%1)").arg(info.storageDriver)
                                               : tr("classic image store (%1)").arg(info.storageDriver));
    QString builder = tr("classic builder: a plainer list of steps");
    if (!m_entry.answer.buildKitError.message.isEmpty())
        builder = tr("BuildKit does not answer: %1").arg(m_entry.answer.buildKitError.text());
    else if (const QString version = m_entry.answer.buildKitVersion(); !version.isEmpty())
        builder = tr("BuildKit %1").arg(version);
    else if (m_entry.answer.abilities.session.can)
        builder = tr("BuildKit");
    addFact(tr("Builder"), builder);
    addFact(tr("Platforms"), info.platforms.join(u", "_s));
    addFact(tr("Rights"), info.rootless ? tr("rootless") : tr("runs as root"));
    addFact(tr("Warnings"), info.warnings.join(u'\n'));
}

void EngineDetails::showBuildKitFacts()
{
    addFact(tr("Platforms"), m_entry.answer.abilities.platforms.join(u", "_s));
    addFact(tr("Images"), tr("are loaded into the engine that is in use"));
}

// Which build goes where, in plain words.
void EngineDetails::showNodes()
{
    QStringList lines;
    for (const auto &node : m_siblings) {
        const QStringList platforms =
            node.state == State::Answers ? node.answer.abilities.platforms : node.place.platforms;
        lines += u"%1: %2"_s.arg(node.place.name,
                                 platforms.isEmpty() ? stateInWords(node) : platforms.join(u", "_s));
    }
    addFact(tr("Nodes"), lines.join(u'\n'));
    addFact(
        tr("Shared work"),
        tr("A build for several platforms is shared by the nodes: each platform goes to the node whose own "
           "it is, else to one that emulates it, and they build at the same time. Their images are pushed "
           "under one name, or written to a folder for each platform; to load an image into the engine, or "
           "into an archive, one node has to build all of it."));
}

void EngineDetails::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_entry.place.id.isEmpty()) {
        showHead(); // pictures keep the colours that they were made with
        showFacts();
    }
}

}
