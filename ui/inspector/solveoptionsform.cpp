// SPDX-License-Identifier: Apache-2.0
#include "inspector/solveoptionsform.h"

#include "inspector/entriesfield.h"
#include "inspector/optionrules.h"
#include "inspector/optionsection.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

using Path = EntriesField::Path;
using From = workspace::SecretSetting::From;
using workspace::SolveSettings;

namespace {

std::vector<QStringList> rowsOf(const workspace::Entries &entries)
{
    std::vector<QStringList> rows;
    for (const auto &entry : entries)
        rows.push_back({entry.name, entry.value});
    return rows;
}

workspace::Entries entriesOf(const std::vector<QStringList> &rows)
{
    workspace::Entries entries;
    for (const auto &row : rows)
        entries.push_back({row.at(0).trimmed(), row.at(1).trimmed()});
    return entries;
}

const QStringList &sourceWords()
{
    static const QStringList words{u"file"_s, u"environment"_s, u"typed"_s};
    return words;
}

Path pathOfOutput(const QStringList &row)
{
    return row.first() == "local"_L1 || row.first() == "oci-folder"_L1 ? Path::Folder : Path::SaveFile;
}

bool outputHasPlace(const QStringList &row)
{
    return row.first() != "image"_L1 && row.first() != "registry"_L1;
}

EntriesField *cacheField(const QString &name, bool isExport)
{
    std::vector<std::pair<QString, QString>> kinds{{u"registry"_s, SolveOptionsForm::tr("Registry")},
                                                   {u"local"_s, SolveOptionsForm::tr("Folder")}};
    if (isExport)
        kinds.emplace_back(u"inline"_s, SolveOptionsForm::tr("In the image"));
    return new EntriesField(
        name,
        {{SolveOptionsForm::tr("kind"), kinds, 2}, {SolveOptionsForm::tr("reference or folder"), {}, 3}},
        {.whyNot = whyNoCache,
         .isSecret = {},
         .isUsed = [](const QStringList &row) { return row.first() != "inline"_L1; },
         .path =
             [](const QStringList &row) { return row.first() == "local"_L1 ? Path::Folder : Path::None; }});
}

}

SolveOptionsForm::SolveOptionsForm(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    makeOutput();
    makeCache();
    makeSecrets();
    makeContexts();
    makeRunning();
    makePermissions();
    summarise();
}

OptionSection *SolveOptionsForm::addSection(const QString &title)
{
    auto *section = new OptionSection(title, this);
    layout()->addWidget(section);
    return section;
}

EntriesField *SolveOptionsForm::addEntries(OptionSection *section, const QString &title, EntriesField *field,
                                           Lists list, OptionField **place)
{
    *place = new OptionField(title, field);
    section->add(*place);
    m_refresh.push_back([this, field, list] { field->setRows(rowsOf(m_settings.*list)); });
    connect(field, &EntriesField::edited, this, [this, field, list, title](bool whole) {
        SolveSettings settings = m_settings;
        settings.*list = entriesOf(field->rows());
        tell(settings, whole ? QString() : title);
    });
    return field;
}

OptionField *SolveOptionsForm::addText(OptionSection *section, const QString &title,
                                       const QString &placeholder, Text text,
                                       QString (*whyNot)(const QString &))
{
    auto *content = new QWidget;
    auto *line = new QLineEdit;
    auto *problem = new QLabel;
    line->setPlaceholderText(placeholder);
    line->setAccessibleName(title);
    problem->setWordWrap(true);
    problem->setFont(smallFont(font()));
    problem->setForegroundRole(QPalette::BrightText);
    problem->hide();
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addWidget(line);
    layout->addWidget(problem);
    content->setFocusProxy(line);
    auto *field = new OptionField(title, content);
    section->add(field);
    const auto check = [line, problem, whyNot] {
        const QString why = whyNot ? whyNot(line->text().trimmed()) : QString();
        problem->setText(why);
        problem->setVisible(!why.isEmpty());
        line->setAccessibleDescription(why);
    };
    m_refresh.push_back([this, line, text, check] {
        if (line->text().trimmed() != m_settings.*text)
            line->setText(m_settings.*text);
        check();
    });
    connect(line, &QLineEdit::textEdited, this, [this, text, title, check](const QString &typed) {
        check();
        SolveSettings settings = m_settings;
        settings.*text = typed.trimmed();
        tell(settings, title);
    });
    return field;
}

OptionField *SolveOptionsForm::addChoice(OptionSection *section, const QString &title,
                                         const std::vector<std::pair<QString, QString>> &choices, Text text)
{
    auto *box = new QComboBox;
    box->setAccessibleName(title);
    for (const auto &[value, words] : choices)
        box->addItem(words, value);
    auto *field = new OptionField(title, box);
    section->add(field);
    m_refresh.push_back([this, box, text] {
        if (box->findData(m_settings.*text) < 0)
            box->addItem(m_settings.*text, m_settings.*text);
        box->setCurrentIndex(box->findData(m_settings.*text));
    });
    connect(box, &QComboBox::activated, this, [this, box, text] {
        SolveSettings settings = m_settings;
        settings.*text = box->currentData().toString();
        tell(settings, {});
    });
    return field;
}

void SolveOptionsForm::makeOutput()
{
    m_output = addSection(tr("Output"));
    addEntries(m_output, tr("Result"),
               new EntriesField(
                   tr("Result"),
                   {{tr("kind"),
                     {{u"image"_s, tr("Engine")},
                      {u"local"_s, tr("Folder")},
                      {u"tar"_s, tr("tar")},
                      {u"oci"_s, tr("OCI archive")},
                      {u"oci-folder"_s, tr("OCI folder")},
                      {u"docker"_s, tr("docker archive")},
                      {u"registry"_s, tr("Push")}},
                     2},
                    {tr("path"), {}, 3}},
                   {.whyNot = whyNoOutput, .isSecret = {}, .isUsed = outputHasPlace, .path = pathOfOutput}),
               &SolveSettings::outputs, &m_outputsPlace);
    m_sbomPlace = addChoice(m_output, tr("List of packages (SBOM)"),
                            {{{}, tr("none")}, {u"true"_s, tr("attach one")}}, &SolveSettings::sbom);
    m_provenancePlace = addChoice(m_output, tr("Provenance"),
                                  {{{}, tr("as the engine does")},
                                   {u"false"_s, tr("none")},
                                   {u"mode=min"_s, tr("short")},
                                   {u"mode=max"_s, tr("complete, with the Dockerfile")}},
                                  &SolveSettings::provenance);
    m_epochPlace = addText(m_output, tr("Time of all files (SOURCE_DATE_EPOCH)"), tr("as they are"),
                           &SolveSettings::sourceDateEpoch, whyNoEpoch);
    addEntries(m_output, tr("Labels"),
               new EntriesField(tr("Labels"), {{tr("name"), {}, 3}, {tr("value"), {}, 2}},
                                {.whyNot = whyNoLabel, .isSecret = {}, .isUsed = {}, .path = {}}),
               &SolveSettings::labels, &m_labelsPlace);
}

void SolveOptionsForm::makeCache()
{
    m_cache = addSection(tr("Cache"));
    m_stages = new QWidget;
    auto *stages = new QVBoxLayout(m_stages);
    stages->setContentsMargins(0, 0, 0, 0);
    stages->setSpacing(space::xs);
    m_stagesPlace = new OptionField(tr("Build these stages anew"), m_stages);
    m_cache->add(m_stagesPlace);
    addEntries(m_cache, tr("Begin with the cache of"), cacheField(tr("Begin with the cache of"), false),
               &SolveSettings::cacheFrom, &m_cacheFromPlace);
    addEntries(m_cache, tr("Keep the cache in"), cacheField(tr("Keep the cache in"), true),
               &SolveSettings::cacheTo, &m_cacheToPlace);
}

void SolveOptionsForm::makeSecrets()
{
    m_secret = addSection(tr("Secrets and keys"));
    m_secrets = new EntriesField(
        tr("Secrets"),
        {{tr("id"), {}, 3},
         {tr("source"),
          {{u"file"_s, tr("File")}, {u"environment"_s, tr("Variable")}, {u"typed"_s, tr("Typed")}},
          2},
         {tr("place"), {}, 3}},
        {.whyNot = whyNoSecret,
         .isSecret = [](const QStringList &row) { return row.at(1) == "typed"_L1; },
         .isUsed = {},
         .path =
             [](const QStringList &row) { return row.at(1) == "file"_L1 ? Path::OpenFile : Path::None; }});
    m_secretsPlace = new OptionField(tr("Secrets (RUN --mount=type=secret)"), m_secrets);
    m_secret->add(m_secretsPlace);
    m_refresh.push_back([this] {
        std::vector<QStringList> rows;
        for (const auto &secret : m_settings.secrets)
            rows.push_back({secret.id, sourceWords().at(int(secret.from)), secret.place});
        m_secrets->setRows(rows);
    });
    connect(m_secrets, &EntriesField::edited, this, [this](bool whole) {
        SolveSettings settings = m_settings;
        settings.secrets.clear();
        for (const auto &row : m_secrets->rows())
            settings.secrets.push_back({.id = row.at(0).trimmed(),
                                        .from = From(sourceWords().indexOf(row.at(1))),
                                        .place = row.at(2).trimmed()});
        tell(settings, whole ? QString() : u"secrets"_s);
    });
    addEntries(m_secret, tr("SSH agents (RUN --mount=type=ssh)"),
               new EntriesField(tr("SSH agents"),
                                {{tr("name"), {}, 2}, {tr("key or socket; empty: the agent"), {}, 3}},
                                {.whyNot = whyNoSsh,
                                 .isSecret = {},
                                 .isUsed = {},
                                 .path = [](const QStringList &) { return Path::OpenFile; }}),
               &SolveSettings::ssh, &m_sshPlace);
}

void SolveOptionsForm::makeContexts()
{
    m_context = addSection(tr("Named contexts"));
    addEntries(m_context, tr("What FROM and COPY --from find under a name"),
               new EntriesField(
                   tr("Named contexts"),
                   {{tr("name"), {}, 2}, {tr("folder, docker-image://…, oci-layout://… or URL"), {}, 3}},
                   {.whyNot = whyNoContext,
                    .isSecret = {},
                    .isUsed = {},
                    .path = [](const QStringList &) { return Path::Folder; }}),
               &SolveSettings::contexts, &m_contextsPlace);
}

void SolveOptionsForm::makeRunning()
{
    m_running = addSection(tr("Network and limits of RUN"));
    m_networkPlace = addChoice(m_running, tr("Network"),
                               {{{}, tr("as the engine does")},
                                {u"none"_s, tr("none")},
                                {u"host"_s, tr("the engine's machine (asks for permission)")}},
                               &SolveSettings::network);
    addEntries(m_running, tr("Further hosts"),
               new EntriesField(tr("Further hosts"), {{tr("name"), {}, 1}, {tr("address"), {}, 1}},
                                {.whyNot = whyNoHost, .isSecret = {}, .isUsed = {}, .path = {}}),
               &SolveSettings::hosts, &m_hostsPlace);
    m_memoryPlace = addText(m_running, tr("Shared memory (/dev/shm)"), tr("64m"),
                            &SolveSettings::sharedMemory, whyNoMemorySize);
    addEntries(m_running, tr("Limits (ulimit)"),
               new EntriesField(tr("Limits"), {{tr("nofile"), {}, 1}, {tr("soft:hard"), {}, 1}},
                                {.whyNot = whyNoUlimit, .isSecret = {}, .isUsed = {}, .path = {}}),
               &SolveSettings::ulimits, &m_ulimitsPlace);
    m_cgroupPlace =
        addText(m_running, tr("Control group"), tr("the engine's"), &SolveSettings::cgroupParent, nullptr);
}

void SolveOptionsForm::makePermissions()
{
    m_permission = addSection(tr("Permissions"));
    auto *boxes = new QWidget;
    auto *layout = new QVBoxLayout(boxes);
    layout->setContentsMargins(0, 0, 0, 0);
    for (const auto &[name, words] :
         {std::pair(u"network.host"_s, tr("The network of the engine's machine (network.host)")),
          std::pair(u"security.insecure"_s, tr("Everything the engine may do (security.insecure)")),
          std::pair(u"device"_s, tr("Devices of the engine's machine (device)"))}) {
        auto *box = new QCheckBox(words);
        box->setObjectName(name);
        layout->addWidget(box);
        m_refresh.push_back([this, box, name] { box->setChecked(m_settings.entitlements.contains(name)); });
        connect(box, &QCheckBox::clicked, this, [this, name](bool isOn) {
            SolveSettings settings = m_settings;
            settings.entitlements.removeAll(name);
            if (isOn)
                settings.entitlements.append(name);
            tell(settings, {});
        });
    }
    m_permissionsPlace =
        new OptionField(tr("Granted until the document is closed; a build that wants one asks"), boxes);
    m_permission->add(m_permissionsPlace);
}

void SolveOptionsForm::show(const SolveSettings &settings, const graph::StageGraph &graph)
{
    m_settings = settings;
    showStages(graph);
    for (const auto &refresh : m_refresh)
        refresh();
    summarise();
}

void SolveOptionsForm::tell(const SolveSettings &settings, const QString &field)
{
    if (settings == m_settings)
        return;
    m_settings = settings;
    summarise();
    Q_EMIT settingsChanged(settings, field);
}

void SolveOptionsForm::forgetSecrets()
{
    m_secrets->forgetSecrets();
}

QHash<QString, QByteArray> SolveOptionsForm::typedSecrets() const
{
    QHash<QString, QByteArray> all;
    const auto typed = m_secrets->secrets();
    for (const auto &[id, text] : typed.asKeyValueRange())
        all.insert(id.trimmed(), text.toUtf8());
    return all;
}

}
