// SPDX-License-Identifier: Apache-2.0
#include "inspector/forms/mountsfield.h"

#include "theme/theme.h"

#include <QFormLayout>
#include <QListWidget>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using dockerfile::MountForm;

namespace {

struct TextMember
{
    QLatin1StringView name;
    QString MountForm::*member;
    const char *placeholder;
};
constexpr TextMember textMembers[]{
    {QLatin1StringView("target"), &MountForm::target,
     QT_TRANSLATE_NOOP("ui::MountsField", "/path in the step")},
    {QLatin1StringView("source"), &MountForm::source,
     QT_TRANSLATE_NOOP("ui::MountsField", "/ of where it is from")},
    {QLatin1StringView("from"), &MountForm::from, QT_TRANSLATE_NOOP("ui::MountsField", "the build context")},
    {QLatin1StringView("id"), &MountForm::id, ""},
    {QLatin1StringView("sharing"), &MountForm::sharing, "shared"},
    {QLatin1StringView("size"), &MountForm::size, "64m"},
    {QLatin1StringView("mode"), &MountForm::mode, "0755"},
    {QLatin1StringView("uid"), &MountForm::uid, "0"},
    {QLatin1StringView("gid"), &MountForm::gid, "0"},
    {QLatin1StringView("env"), &MountForm::env, QT_TRANSLATE_NOOP("ui::MountsField", "NAME of a variable")},
};

struct SwitchMember
{
    QLatin1StringView name;
    bool MountForm::*member;
};
constexpr SwitchMember switchMembers[]{{QLatin1StringView("readonly"), &MountForm::readOnly},
                                       {QLatin1StringView("readwrite"), &MountForm::readWrite},
                                       {QLatin1StringView("required"), &MountForm::required}};

const TextMember *textMember(const QString &name)
{
    const auto found = std::ranges::find(textMembers, name, &TextMember::name);
    return found == std::end(textMembers) ? nullptr : found;
}

const SwitchMember *switchMember(const QString &name)
{
    const auto found = std::ranges::find(switchMembers, name, &SwitchMember::name);
    return found == std::end(switchMembers) ? nullptr : found;
}

QString typeInWords(const QString &type)
{
    if (type == "bind"_L1)
        return MountsField::tr("bind: files of the context, a stage or an image");
    if (type == "cache"_L1)
        return MountsField::tr("cache: kept between builds");
    if (type == "tmpfs"_L1)
        return MountsField::tr("tmpfs: in memory, gone afterwards");
    if (type == "secret"_L1)
        return MountsField::tr("secret: never part of the image");
    return MountsField::tr("ssh: an agent's keys");
}

MountForm newMount(const QString &type)
{
    MountForm mount;
    mount.type = type;
    if (type == "cache"_L1)
        mount.target = u"/root/.cache/go-build"_s;
    else if (type == "secret"_L1)
        mount.id = u"token"_s;
    else if (type != "ssh"_L1)
        mount.target = u"/tmp"_s;
    return mount;
}

}

MountsField::MountsField(const FormFacts &facts, QWidget *parent)
    : FormField(parent)
    , m_facts(facts)
    , m_list(new QListWidget(this))
    , m_add(new QToolButton(this))
    , m_remove(new QToolButton(this))
    , m_fields(new QWidget(this))
    , m_layout(new QFormLayout(m_fields))
{
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_layout->setContentsMargins(space::m, 0, 0, 0);
    m_layout->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addWidget(m_list);
    layout->addWidget(makeButtons());
    layout->addWidget(m_fields);
    setFocusProxy(m_list);
    connect(m_list, &QListWidget::currentRowChanged, this, &MountsField::showFields);
    setValue({});
}

QWidget *MountsField::makeButtons()
{
    m_add->setText(tr("Add mount"));
    m_add->setIcon(icon(u"add"_s));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_add);
    for (const QString &type : {u"bind"_s, u"cache"_s, u"tmpfs"_s, u"secret"_s, u"ssh"_s})
        menu->addAction(typeInWords(type), this, [this, type] { add(type); });
    m_add->setMenu(menu);
    m_remove->setIcon(icon(u"delete"_s));
    m_remove->setToolTip(tr("Remove this mount"));
    m_remove->setAccessibleName(m_remove->toolTip());
    connect(m_remove, &QAbstractButton::clicked, this, &MountsField::remove);
    auto *buttons = new QWidget(this);
    auto *layout = new QHBoxLayout(buttons);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_add);
    layout->addStretch(1);
    layout->addWidget(m_remove);
    return buttons;
}

QString MountsField::value() const
{
    QStringList texts;
    for (const MountForm &mount : m_mounts)
        texts += dockerfile::mountText(mount);
    return texts.join(u'\n');
}

void MountsField::setValue(const QString &value)
{
    const int row = m_list->currentRow();
    m_mounts.clear();
    const QStringList texts = value.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &text : texts)
        m_mounts.push_back(dockerfile::readMountForm(text));
    refreshList();
    m_list->setCurrentRow(std::clamp(row, m_mounts.empty() ? -1 : 0, int(m_mounts.size()) - 1));
    showFields();
}

QWidget *MountsField::buddy()
{
    return m_list;
}

MountForm *MountsField::current()
{
    const int row = m_list->currentRow();
    return row >= 0 && row < int(m_mounts.size()) ? &m_mounts[std::size_t(row)] : nullptr;
}

void MountsField::refreshList()
{
    const QSignalBlocker blocker(m_list);
    const int row = m_list->currentRow();
    m_list->clear();
    for (const MountForm &mount : m_mounts) {
        auto *item = new QListWidgetItem(dockerfile::mountText(mount), m_list);
        item->setToolTip(item->text());
    }
    m_list->setCurrentRow(row);
    constexpr int most = 4;
    const int rows = std::clamp(int(m_mounts.size()), 1, most);
    const int rowHeight = m_mounts.empty() ? fontMetrics().height() + space::s : m_list->sizeHintForRow(0);
    m_list->setFixedHeight(rows * rowHeight + 2 * m_list->frameWidth());
    m_list->setVisible(!m_mounts.empty());
}

void MountsField::add(const QString &type)
{
    m_mounts.push_back(newMount(type));
    refreshList();
    m_list->setCurrentRow(int(m_mounts.size()) - 1);
    Q_EMIT committed();
}

void MountsField::remove()
{
    if (!current())
        return;
    m_mounts.erase(m_mounts.begin() + m_list->currentRow());
    refreshList();
    showFields();
    Q_EMIT committed();
}

void MountsField::showFields()
{
    while (m_layout->rowCount() > 0)
        m_layout->removeRow(0);
    const MountForm *mount = current();
    m_fields->setVisible(mount);
    m_remove->setVisible(mount);
    if (!mount)
        return;
    const QStringList names = dockerfile::mountFields(mount->type);
    for (const QString &name : names)
        addField(name);
}

void MountsField::addField(const QString &name)
{
    const MountForm &mount = *current();
    if (const SwitchMember *flag = switchMember(name)) {
        auto *field = new SwitchField(name, m_fields);
        field->setValue(mount.*flag->member ? u"true"_s : QString());
        connect(field, &FormField::committed, this,
                [this, field, name] { setField(name, field->value(), true); });
        m_layout->addRow(field);
        return;
    }
    const TextMember *text = textMember(name);
    if (!text)
        return;
    QStringList choices;
    if (name == "from"_L1)
        choices = QStringList{QString()} + m_facts.stages + m_facts.images;
    else if (name == "sharing"_L1)
        choices = {QString(), u"shared"_s, u"private"_s, u"locked"_s};
    else if (name == "target"_L1 && mount.type == "cache"_L1)
        choices = {u"/root/.cache/go-build"_s, u"/go/pkg/mod"_s};
    auto *field = new LineField(choices, tr(text->placeholder), m_fields);
    field->setName(name);
    field->setValue(mount.*text->member);
    connect(field, &FormField::typed, this, [this, field, name] { setField(name, field->value(), false); });
    connect(field, &FormField::committed, this,
            [this, field, name] { setField(name, field->value(), true); });
    m_layout->addRow(name, field);
}

void MountsField::setField(const QString &name, const QString &value, bool isDone)
{
    MountForm *mount = current();
    if (!mount)
        return;
    if (const SwitchMember *flag = switchMember(name))
        mount->*flag->member = !value.isEmpty();
    else if (const TextMember *text = textMember(name))
        mount->*text->member = value;
    if (isDone) {
        refreshList();
        Q_EMIT committed();
    } else {
        Q_EMIT typed();
    }
}

}
