// SPDX-License-Identifier: Apache-2.0
// The second half of VariantsController: what changes the bake file, and what is made of its images.
#include "window/variantscontroller.h"
#include "window/variantwords.h"

namespace app {

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
