// SPDX-License-Identifier: Apache-2.0
// The second half of SolveOptionsForm: what an engine can do, which stages there are, and what is set.
#include "inspector/optionsection.h"
#include "inspector/solveoptionsform.h"

#include <QCheckBox>
#include <QLayout>

using namespace Qt::StringLiterals;

namespace ui {

using workspace::SolveSettings;

namespace {

const engine::Ability &both(const engine::Ability &first, const engine::Ability &second)
{
    return first.can ? second : first;
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

}

void SolveOptionsForm::setAbilities(const engine::BuildAbilities &can)
{
    m_stagesPlace->setAbility(can.stageCache);
    m_cacheFromPlace->setAbility(can.inlineCache);
    m_cacheToPlace->setAbility(can.inlineCache);
    m_secretsPlace->setAbility(can.secrets);
    m_sshPlace->setAbility(can.ssh);
    m_contextsPlace->setAbility(can.namedContexts);
    m_outputsPlace->setAbility(can.fileOutput);
    m_sbomPlace->setAbility(can.attestations);
    m_provenancePlace->setAbility(can.attestations);
    m_epochPlace->setAbility(can.sourceDateEpoch);
    m_networkPlace->setAbility(can.networkMode);
    m_hostsPlace->setAbility(can.addHosts);
    m_memoryPlace->setAbility(can.limits);
    m_ulimitsPlace->setAbility(can.limits);
    m_cgroupPlace->setAbility(can.limits);
    setPermissions(can);
    // A part of a list that cannot be had is said, too; the rest of it stays open.
    const auto partly = [](OptionField *field, const engine::Ability &part, const QString &what) {
        if (field->note().isEmpty() && !part.can)
            field->setNote(u"%1: %2. %3"_s.arg(what, part.reason, part.mend));
    };
    partly(m_outputsPlace, both(can.archiveOutput, can.severalOutputs),
           can.archiveOutput.can ? tr("More than one result") : tr("OCI and docker archives and folders"));
    partly(m_cacheToPlace, can.cacheExport, tr("Other than in the image"));
    partly(m_contextsPlace, can.layoutContexts, tr("OCI layouts"));
    partly(m_hostsPlace, can.hostGateway, tr("The word host-gateway"));
    partly(m_networkPlace, can.hostNetwork, tr("The engine's machine"));
    partly(m_permissionsPlace, can.entitlements, tr("All but the network"));
    partly(m_permissionsPlace, can.hostNetwork, tr("The network of the engine's machine"));
}

// An engine's configuration grants the network apart from the others, and mostly alone.
void SolveOptionsForm::setPermissions(const engine::BuildAbilities &can)
{
    m_permissionsPlace->setAbility(can.hostNetwork.can ? engine::Ability() : can.entitlements);
    const auto boxes = m_permissionsPlace->findChildren<QCheckBox *>();
    for (auto *box : boxes)
        box->setEnabled((box->objectName() == "network.host"_L1 ? can.hostNetwork : can.entitlements).can);
}

void SolveOptionsForm::showStages(const graph::StageGraph &graph)
{
    QStringList names;
    for (const auto &stage : graph.stages) {
        if (!stage.name.isEmpty())
            names.append(stage.name);
    }
    for (const auto &name : m_settings.noCacheStages) {
        if (!names.contains(name, Qt::CaseInsensitive))
            names.append(name);
    }
    if (names != m_stageNames) {
        m_stageNames = names;
        while (auto *item = m_stages->layout()->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (const auto &name : std::as_const(names)) {
            auto *box = new QCheckBox(QString(name).replace(u'&', u"&&"_s));
            box->setObjectName(name);
            m_stages->layout()->addWidget(box);
            connect(box, &QCheckBox::clicked, this, [this, name](bool isOn) {
                SolveSettings settings = m_settings;
                settings.noCacheStages.removeAll(name);
                if (isOn)
                    settings.noCacheStages.append(name);
                tell(settings, {});
            });
        }
    }
    for (auto *box : m_stages->findChildren<QCheckBox *>())
        box->setChecked(m_settings.noCacheStages.contains(box->objectName(), Qt::CaseInsensitive));
    m_stagesPlace->setVisible(!names.isEmpty());
}

// What a closed group holds.
void SolveOptionsForm::summarise()
{
    const auto counted = [](std::size_t count, const QString &words) {
        return count == 0 ? QString() : words.arg(count);
    };
    const auto &set = m_settings;
    QStringList outputs;
    for (const auto &output : set.outputs)
        outputs.append(output.name);
    m_output->setSummary(joined({outputs.join(u", "_s), set.sbom.isEmpty() ? QString() : u"SBOM"_s,
                                 set.provenance.isEmpty() ? QString() : tr("provenance"),
                                 set.sourceDateEpoch.isEmpty() ? QString() : tr("fixed time"),
                                 counted(set.labels.size(), tr("labels: %1"))}));
    m_cache->setSummary(
        joined({set.noCacheStages.isEmpty() ? QString() : tr("anew: %1").arg(set.noCacheStages.join(u", "_s)),
                counted(set.cacheFrom.size(), tr("from %1")), counted(set.cacheTo.size(), tr("to %1"))}));
    m_secret->setSummary(
        joined({counted(set.secrets.size(), tr("secrets: %1")), counted(set.ssh.size(), tr("ssh: %1"))}));
    m_context->setSummary(counted(set.contexts.size(), u"%1"_s));
    m_running->setSummary(joined({set.network, counted(set.hosts.size(), tr("hosts: %1")), set.sharedMemory,
                                  counted(set.ulimits.size(), tr("limits: %1")), set.cgroupParent}));
    m_permission->setSummary(set.entitlements.join(u" · "_s));
}

}
