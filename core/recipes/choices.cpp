// SPDX-License-Identifier: Apache-2.0
#include "recipes/recipe.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QVersionNumber>

namespace recipes {

using namespace Qt::StringLiterals;

namespace {

// Go supports its two newest releases; older ones get no security fixes, and newer ones build their modules
// as well.
const QVersionNumber oldestGo{1, 24};

QString translated(const char *text)
{
    return QCoreApplication::translate("recipes", text);
}

/// "1.23.4", "go1.24.1", "1.25rc1" -> 1.23, 1.24, 1.25
QVersionNumber goRelease(const QString &version)
{
    static const QRegularExpression release(u"^(?:go)?(\\d+)\\.(\\d+)"_s);
    const auto match = release.match(version);
    return match.hasMatch() ? QVersionNumber{match.captured(1).toInt(), match.captured(2).toInt()}
                            : QVersionNumber();
}

}

std::vector<BaseChoice> bases()
{
    // Sizes: the articles' own, except debian, whose slim image they do not have.
    return {
        {.id = u"scratch"_s,
         .reference = u"scratch"_s,
         .title = translated("scratch"),
         .description =
             translated("Nothing at all: the smallest image, for a static program. No shell to look "
                        "inside with."),
         .typicalBytes = 0},
        {.id = u"distroless"_s,
         .reference = u"gcr.io/distroless/static-debian12:nonroot"_s,
         .title = translated("distroless static"),
         .description = translated("CA certificates, time zones and a user, no shell: for a static program."),
         .typicalBytes = 2'000'000},
        {.id = u"alpine"_s,
         .reference = u"alpine:3"_s,
         .title = translated("alpine"),
         .description = translated("A small system with shell and package manager; its C library is musl."),
         .typicalBytes = 5'300'000},
        {.id = u"debian"_s,
         .reference = u"debian:bookworm-slim"_s,
         .title = translated("debian slim"),
         .description = translated("A full system with glibc, for programs that need C libraries of Debian."),
         .typicalBytes = 75'000'000}};
}

Choices choicesFor(const project::GoModule &module)
{
    Choices choices;
    const QVersionNumber wanted =
        std::max({goRelease(module.goVersion), goRelease(module.toolchain), oldestGo});
    choices.goVersion = wanted.toString();
    if (!module.mains.empty()) {
        choices.mainPackage = module.mains.front().folder;
        if (!module.mains.front().binaryName.isEmpty())
            choices.binaryName = module.mains.front().binaryName;
    }
    choices.port = module.ports.value(0, 0);
    choices.cgo = module.usesCgo;
    if (choices.cgo)
        choices.base = u"alpine"_s; // has the C library that the program was linked with
    choices.certificates = module.usesTls;
    return choices;
}

}
