// SPDX-License-Identifier: Apache-2.0
// The second half of VariantsController: what changes the bake file, what has to be allowed, and what is made
// of what was built.
#include "window/variantscontroller.h"
#include "window/variantwords.h"

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

void VariantsController::compare()
{
    std::vector<image::ImageSizes> images;
    for (const auto &target : m_bake.targets) {
        const auto *build = newest(target.name);
        if (!build || !build->report.sizes)
            continue;
        images.push_back(*build->report.sizes);
        images.back().reference = target.name;
    }
    Q_EMIT compareRequested(images);
}

bool VariantsController::isAllowed(const std::vector<Wish> &wishes)
{
    const QStringList granted = m_workspace.snapshot().settings.solve.entitlements;
    QStringList names;
    QStringList missing;
    for (const auto &wish : wishes) {
        for (const auto &wanted : wish.wanted) {
            if (granted.contains(wanted))
                continue;
            names.append(wish.name);
            missing.append(wanted);
        }
    }
    names.removeDuplicates();
    missing.removeDuplicates();
    if (!missing.isEmpty())
        Q_EMIT permissionWanted(names, missing);
    return missing.isEmpty();
}

void VariantsController::buildAllowed()
{
    build(std::exchange(m_notBegun, {}));
}

void VariantsController::goTo(const QString &variant, int builtRow)
{
    const auto rows = m_rows.find(variant);
    const int row = rows == m_rows.end() ? 0 : rows->second.rowIn(m_workspace.snapshot(), builtRow);
    if (row > 0)
        Q_EMIT rowActivated(row);
}

void VariantsController::warned(int id, const engine::BuildWarning &warning)
{
    m_warnings[m_queue->build(id)->name].push_back(warning);
    Q_EMIT warningsChanged();
}

std::vector<engine::BuildWarning>
VariantsController::warnings(const std::vector<engine::BuildWarning> &known) const
{
    std::vector<std::pair<engine::BuildWarning, QStringList>> told;
    for (const auto &[name, warnings] : m_warnings) {
        const auto rows = m_rows.find(name);
        for (engine::BuildWarning warning : warnings) {
            // Of another text than this one, it has no place here.
            warning.firstRow =
                rows == m_rows.end() ? 0 : rows->second.rowIn(m_workspace.snapshot(), warning.firstRow);
            warning.lastRow = warning.firstRow;
            const auto isSame = [&warning](const engine::BuildWarning &other) {
                return other.message == warning.message && other.firstRow == warning.firstRow;
            };
            if (std::ranges::any_of(known, isSame))
                continue;
            const auto before =
                std::ranges::find_if(told, [&](const auto &one) { return isSame(one.first); });
            if (before == told.end())
                told.emplace_back(warning, QStringList{name});
            else if (!before->second.contains(name))
                before->second.append(name);
        }
    }
    std::vector<engine::BuildWarning> all;
    for (auto &[warning, names] : told) {
        warning.message = tr("%1 (variant: %2)").arg(warning.message, names.join(u", "_s));
        all.push_back(std::move(warning));
    }
    return all;
}

void VariantsController::save(const QString &name)
{
    changeFile([&](bake::BakeDocument &document) -> base::Result<void> {
        auto target = targetToKeep(name, m_workspace.snapshot().settings, m_folder, m_dockerfile);
        if (!target)
            return std::unexpected(target.error());
        document.setTarget(*target);
        return {};
    });
}

void VariantsController::rename(const QString &name, const QString &newName)
{
    changeFile([&](bake::BakeDocument &document) -> base::Result<void> {
        document.renameTarget(name, newName);
        return {};
    });
}

void VariantsController::remove(const QString &name)
{
    changeFile([&](bake::BakeDocument &document) -> base::Result<void> {
        document.removeTarget(name);
        return {};
    });
}

void VariantsController::changeFile(const std::function<base::Result<void>(bake::BakeDocument &)> &change)
{
    if (m_folder.isEmpty()) {
        Q_EMIT failed({.kind = base::Error::Kind::NotFound,
                       .message = tr("The Dockerfile has no folder yet, where docker-bake.json could stand"),
                       .hint = tr("Save it first.")});
        return;
    }
    if (const auto done = changeBakeFile(m_folder, change); !done)
        Q_EMIT failed(done.error());
    read();
}

}
