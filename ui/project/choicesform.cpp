// SPDX-License-Identifier: Apache-2.0
#include "project/choicesform.h"

#include "project/basecard.h"
#include "theme/theme.h"
#include "widgets/labels.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QTimeZone>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

ChoicesForm::ChoicesForm(QWidget *parent)
    : QWidget(parent)
    , m_main(new QComboBox(this))
    , m_binary(new QLineEdit(this))
    , m_goVersion(new QComboBox(this))
    , m_versionVariable(new QLineEdit(this))
    , m_bases(new QButtonGroup(this))
    , m_ownBase(new QLineEdit(this))
    , m_timeZone(new QComboBox(this))
    , m_port(new QSpinBox(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::l, space::s, space::l, space::l);
    layout->setSpacing(space::s);
    const auto section = [&](const QString &title, QWidget *content) {
        if (layout->count() > 0)
            layout->addSpacing(space::m);
        layout->addWidget(new SectionHeader(title, this));
        layout->addWidget(content);
    };
    section(tr("Base of the final image"), makeBaseSection());
    section(tr("Program"), makeProgramSection());
    section(tr("How it is compiled"), makeBuildSection());
    section(tr("What the image brings"), makeImageSection());
    layout->addStretch(1);

    const auto tell = [this] {
        if (!m_filling)
            Q_EMIT changed();
    };
    for (QComboBox *combo : {m_main, m_goVersion, m_timeZone})
        connect(combo, &QComboBox::currentTextChanged, this, tell);
    for (QLineEdit *edit : {m_binary, m_versionVariable, m_ownBase})
        connect(edit, &QLineEdit::textChanged, this, tell);
    connect(m_port, &QSpinBox::valueChanged, this, tell);
    connect(m_bases, &QButtonGroup::buttonToggled, this, [tell](QAbstractButton *, bool on) {
        if (on)
            tell();
    });
    for (QCheckBox *check : findChildren<QCheckBox *>())
        connect(check, &QCheckBox::toggled, this, tell);
}

QWidget *ChoicesForm::makeBaseSection()
{
    auto *section = new QWidget(this);
    auto *grid = new QGridLayout(section);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::s);
    int place = 0;
    for (const recipes::BaseChoice &choice : recipes::bases()) {
        auto *card = new BaseCard(choice, section);
        card->setObjectName(u"base-"_s + choice.id);
        m_bases->addButton(card);
        grid->addWidget(card, place / 2, place % 2);
        ++place;
    }
    m_ownBase->setPlaceholderText(tr("or any other image, e.g. registry.example.org/base:1.2"));
    m_ownBase->setAccessibleName(tr("Another base image"));
    grid->addWidget(m_ownBase, place / 2 + 1, 0, 1, 2);
    connect(m_ownBase, &QLineEdit::textEdited, this, [this](const QString &text) {
        // A reference of one's own takes the place of the cards, and gives it back when it is deleted.
        m_bases->setExclusive(false);
        for (QAbstractButton *card : m_bases->buttons())
            card->setChecked(text.isEmpty() && card == m_bases->buttons().constFirst());
        m_bases->setExclusive(true);
    });
    connect(m_bases, &QButtonGroup::buttonClicked, m_ownBase, &QLineEdit::clear);
    return section;
}

QWidget *ChoicesForm::makeProgramSection()
{
    auto *section = new QWidget(this);
    auto *form = new QFormLayout(section);
    form->setContentsMargins(0, 0, 0, 0);
    m_main->setEditable(true);
    m_main->setObjectName(u"mainPackage"_s);
    m_main->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_binary->setObjectName(u"binaryName"_s);
    m_goVersion->setEditable(true);
    m_goVersion->setObjectName(u"goVersion"_s);
    m_versionVariable->setPlaceholderText(tr("main.Version"));
    m_versionVariable->setToolTip(
        tr("Set at build time from the build arg VERSION, by -ldflags \"-X …\"; leave it empty for none"));
    form->addRow(tr("&Main package"), m_main);
    form->addRow(tr("&Binary's name"), m_binary);
    form->addRow(tr("&Go version"), m_goVersion);
    form->addRow(tr("&Version variable"), m_versionVariable);
    return section;
}

QCheckBox *ChoicesForm::makeCheck(const QString &name, const QString &text, const QString &why)
{
    auto *check = new QCheckBox(text, this);
    check->setObjectName(name);
    check->setToolTip(why);
    check->setAccessibleDescription(why);
    return check;
}

QWidget *ChoicesForm::makeBuildSection()
{
    auto *section = new QWidget(this);
    auto *grid = new QGridLayout(section);
    grid->setContentsMargins(0, 0, 0, 0);
    m_alpineBuilder = makeCheck(u"alpineBuilder"_s, tr("Alpine builder"),
                                tr("Compile in golang:alpine, which is smaller to pull than golang"));
    m_cgo = makeCheck(u"cgo"_s, tr("CGO"),
                      tr("Needed when a package imports \"C\"; the binary then needs a C library"));
    m_strip = makeCheck(
        u"stripSymbols"_s, tr("Strip symbols"),
        tr("-ldflags=\"-s -w\": about a third smaller; stack traces stay, debuggers lose their tables"));
    m_trimPath = makeCheck(u"trimPath"_s, tr("Trim paths"),
                           tr("-trimpath: no paths of the build machine in the binary"));
    m_cacheMounts =
        makeCheck(u"cacheMounts"_s, tr("Cache mounts"),
                  tr("Modules and compiled packages are kept between builds, and never in a layer"));
    m_bindMounts = makeCheck(u"bindMounts"_s, tr("Bind mounts"),
                             tr("Sources are mounted for the compiler instead of copied into a layer"));
    int place = 0;
    for (QCheckBox *check : {m_alpineBuilder, m_cgo, m_strip, m_trimPath, m_cacheMounts, m_bindMounts}) {
        grid->addWidget(check, place / 2, place % 2);
        ++place;
    }
    return section;
}

QWidget *ChoicesForm::makeImageSection()
{
    auto *section = new QWidget(this);
    auto *form = new QFormLayout(section);
    form->setContentsMargins(0, 0, 0, 0);
    m_nonRoot = makeCheck(u"nonRoot"_s, tr("Run as a user without rights"),
                          tr("A program that is broken into then cannot change the image's files"));
    m_certificates = makeCheck(u"certificates"_s, tr("CA certificates"),
                               tr("Needed by programs that speak HTTPS to others"));
    m_timeZone->setEditable(true);
    m_timeZone->setObjectName(u"timeZone"_s);
    m_timeZone->addItem(QString());
    for (const QByteArray &zone : QTimeZone::availableTimeZoneIds()) {
        if (zone.contains('/') && !zone.startsWith("Etc/"))
            m_timeZone->addItem(QString::fromUtf8(zone));
    }
    m_timeZone->lineEdit()->setPlaceholderText(tr("none"));
    m_timeZone->setToolTip(tr("Its data are copied into the image, and TZ is set to it"));
    m_port->setObjectName(u"port"_s);
    m_port->setRange(0, 65535);
    m_port->setSpecialValueText(tr("none"));
    auto *checks = new QVBoxLayout;
    checks->setSpacing(space::s);
    checks->addWidget(m_nonRoot);
    checks->addWidget(m_certificates);
    form->addRow(checks);
    form->addRow(tr("&Port"), m_port);
    form->addRow(tr("&Time zone"), m_timeZone);
    return section;
}

void ChoicesForm::setBase(const QString &base)
{
    for (QAbstractButton *button : m_bases->buttons()) {
        if (static_cast<BaseCard *>(button)->baseId() == base) {
            button->setChecked(true);
            return m_ownBase->clear();
        }
    }
    m_ownBase->setText(base);
}

void ChoicesForm::setModule(const project::GoModule &module, const recipes::Choices &choices)
{
    m_filling = true;
    m_main->clear();
    for (const project::MainPackage &main : module.mains)
        m_main->addItem(main.folder);
    m_main->setCurrentText(choices.mainPackage);
    m_binary->setText(choices.binaryName);
    m_goVersion->clear();
    for (const QString &version : {choices.goVersion, module.goVersion}) {
        if (!version.isEmpty() && m_goVersion->findText(version) < 0)
            m_goVersion->addItem(version);
    }
    m_goVersion->setCurrentText(choices.goVersion);
    m_versionVariable->setText(choices.versionVariable);
    setBase(choices.base);
    m_alpineBuilder->setChecked(choices.alpineBuilder);
    m_cgo->setChecked(choices.cgo);
    m_strip->setChecked(choices.stripSymbols);
    m_trimPath->setChecked(choices.trimPath);
    m_cacheMounts->setChecked(choices.cacheMounts);
    m_bindMounts->setChecked(choices.bindMounts);
    m_certificates->setChecked(choices.certificates);
    m_nonRoot->setChecked(choices.nonRoot);
    m_timeZone->setCurrentText(choices.timeZone);
    m_port->setValue(choices.port);
    m_filling = false;
    Q_EMIT changed();
}

recipes::Choices ChoicesForm::choices() const
{
    recipes::Choices choices;
    choices.goVersion = m_goVersion->currentText().trimmed();
    choices.alpineBuilder = m_alpineBuilder->isChecked();
    if (!m_ownBase->text().trimmed().isEmpty())
        choices.base = m_ownBase->text().trimmed();
    else if (const auto *card = static_cast<const BaseCard *>(m_bases->checkedButton()))
        choices.base = card->baseId();
    choices.mainPackage = m_main->currentText().trimmed();
    choices.binaryName = m_binary->text().trimmed();
    choices.port = m_port->value();
    choices.cgo = m_cgo->isChecked();
    choices.stripSymbols = m_strip->isChecked();
    choices.trimPath = m_trimPath->isChecked();
    choices.cacheMounts = m_cacheMounts->isChecked();
    choices.bindMounts = m_bindMounts->isChecked();
    choices.certificates = m_certificates->isChecked();
    choices.timeZone = m_timeZone->currentText().trimmed();
    choices.nonRoot = m_nonRoot->isChecked();
    choices.versionVariable = m_versionVariable->text().trimmed();
    return choices;
}

}
