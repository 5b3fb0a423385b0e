// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sharedplan.h"

#include "engine/rest/images.h"

namespace engine {

using namespace Qt::StringLiterals;

namespace {

bool isTrue(const QString &text)
{
    return text == "true"_L1 || text == "1"_L1;
}

QStringList repositories(const QStringList &names)
{
    QStringList out;
    for (const QString &name : names)
        out += splitReference(name).name;
    out.removeDuplicates();
    return out;
}

}

SharedPush sharePlan(SolvePlan &plan)
{
    SharedPush push;
    plan.attributes.insert_or_assign(u"multi-platform"_s, u"true"_s);
    for (TypedAttributes &exporter : plan.exporters) {
        if (exporter.type != "image"_L1 || !isTrue(exporter.value(u"push")))
            continue;
        push.names += exporter.value(u"name").split(u',', Qt::SkipEmptyParts);
        push.isInsecure = push.isInsecure || isTrue(exporter.value(u"registry.insecure"));
        constexpr auto ofIndex = "annotation-index."_L1;
        for (const auto &[key, value] : exporter.attributes) {
            if (key.startsWith(ofIndex))
                push.annotations.emplace_back(key.sliced(ofIndex.size()), value);
        }
        for (auto &[key, value] : exporter.attributes) {
            if (key == "name"_L1)
                value = repositories(value.split(u',', Qt::SkipEmptyParts)).join(u',');
        }
        std::erase_if(exporter.attributes, [](const auto &it) { return it.first == "push-by-digest"_L1; });
        exporter.attributes.emplace_back(u"push-by-digest"_s, u"true"_s);
        // A node has no use for a part of an image, whose name would be without a tag.
        if (exporter.value(u"store").isEmpty())
            exporter.attributes.emplace_back(u"store"_s, u"false"_s);
    }
    return push;
}

}
