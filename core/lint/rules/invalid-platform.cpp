// SPDX-License-Identifier: Apache-2.0
// FROM --platform=linux/arm64/v7: there is no such platform, v7 belongs to arm. The builder finds no matching
// image, or takes a wrong one. Names and variants as containerd's platforms package knows them.
#include "lint/nearest.h"
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/views.h"

#include <QHash>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

const QHash<QString, QStringList> &variantsOf()
{
    static const QStringList none;
    static const QHash<QString, QStringList> variants{
        {u"amd64"_s, {u"v1"_s, u"v2"_s, u"v3"_s, u"v4"_s}},
        {u"x86_64"_s, {u"v1"_s, u"v2"_s, u"v3"_s, u"v4"_s}},
        {u"arm64"_s, {u"v8"_s, u"v9"_s}},
        {u"aarch64"_s, {u"v8"_s, u"v9"_s}},
        {u"arm"_s, {u"v5"_s, u"v6"_s, u"v7"_s, u"v8"_s}},
        {u"armhf"_s, none},
        {u"armel"_s, none},
        {u"386"_s, none},
        {u"i386"_s, none},
        {u"loong64"_s, none},
        {u"mips"_s, none},
        {u"mipsle"_s, none},
        {u"mips64"_s, none},
        {u"mips64le"_s, none},
        {u"ppc64"_s, none},
        {u"ppc64le"_s, none},
        {u"riscv64"_s, none},
        {u"s390x"_s, none},
        {u"wasm"_s, none},
        {u"wasm32"_s, none},
    };
    return variants;
}

struct Verdict
{
    QString reason; // empty: a platform
    QString meant;
};

Verdict judge(const QString &platform)
{
    static const QStringList systems{u"linux"_s,   u"windows"_s, u"darwin"_s,
                                     u"freebsd"_s, u"wasip1"_s,  u"wasi"_s};
    const QStringList parts = platform.toLower().split(u'/');
    const QString system = parts[0].section(u'(', 0, 0); // windows(10.0.17763)/amd64
    if (parts.size() == 1) // the builder completes one part from its own platform
        return systems.contains(system) || variantsOf().contains(system) || system == "local"_L1
                   ? Verdict()
                   : Verdict{Text::tr("\"%1\" is no platform.").arg(platform), nearest(system, systems)};
    if (!systems.contains(system)) {
        const QString near = nearest(system, systems);
        return {Text::tr("\"%1\" is no operating system.").arg(parts[0]),
                near.isEmpty() ? near : QString(near + u'/' + parts.mid(1).join(u'/'))};
    }
    const auto variants = variantsOf().constFind(parts[1]);
    if (variants == variantsOf().constEnd()) {
        const QString near = nearest(parts[1], variantsOf().keys());
        return {Text::tr("\"%1\" is no architecture.").arg(parts[1]),
                near.isEmpty() ? near : QString(parts[0] + u'/' + near)};
    }
    if (parts.size() == 2 || (parts.size() == 3 && variants->contains(parts[2].section(u'.', 0, 0))))
        return {};
    const bool isOfArm =
        parts.size() == 3 && parts[1] == "arm64"_L1 && variantsOf().value(u"arm"_s).contains(parts[2]);
    return {Text::tr("\"%1\" is no platform: %2 has no variant %3.")
                .arg(platform, parts[1], parts.mid(2).join(u'/')),
            isOfArm ? QString(parts[0] + "/arm/"_L1 + parts[2]) : QString(parts[0] + u'/' + parts[1])};
}

Findings check(const Input &input)
{
    Findings findings;
    for (const graph::Stage &stage : input.graph.stages) {
        const auto flag = viewFrom(input.at(stage.fromLine)).platform;
        if (!flag || !flag->value || flag->value->isEmpty() || flag->value->contains(u'$'))
            continue;
        const Verdict verdict = judge(*flag->value);
        if (verdict.reason.isEmpty())
            continue;
        Finding finding = found(flag->valueRange, verdict.reason);
        if (!verdict.meant.isEmpty()) {
            finding.hint = Text::tr("Did you mean %1?").arg(verdict.meant);
            finding.fix = base::TextEdit(flag->valueRange, verdict.meant);
            finding.fixLabel = Text::tr("Write %1").arg(verdict.meant);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}

const Rule invalidPlatform{QLatin1StringView("invalid-platform"),
                           {},
                           Severity::Error,
                           QT_TRANSLATE_NOOP("lint", "A platform that there is not"),
                           check};

}
