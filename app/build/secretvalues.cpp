// SPDX-License-Identifier: Apache-2.0
#include "build/secretvalues.h"

#include "lint/secretname.h"

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

SecretValues::SecretValues(const QHash<QString, QString> &buildArgs)
{
    constexpr qsizetype leastSize = 4; // "1" and "yes" are no secrets, and are everywhere
    for (const auto &[name, value] : buildArgs.asKeyValueRange()) {
        if (value.size() >= leastSize && lint::soundsSecret(name))
            m_values += value;
    }
    std::ranges::sort(m_values, std::ranges::greater(), &QString::size);
}

QString SecretValues::hidden(QString text) const
{
    for (const QString &value : m_values)
        text.replace(value, u"***"_s);
    return lint::withoutLogins(std::move(text));
}

engine::BuildStep SecretValues::hidden(engine::BuildStep step) const
{
    step.name = hidden(step.name);
    step.instruction = hidden(step.instruction);
    step.error = hidden(step.error);
    return step;
}

engine::BuildOutcome SecretValues::hidden(engine::BuildOutcome outcome) const
{
    if (outcome.error) {
        for (QString base::Error::*part :
             {&base::Error::message, &base::Error::where, &base::Error::hint, &base::Error::detail})
            (*outcome.error).*part = hidden((*outcome.error).*part);
    }
    return outcome;
}

void SecretValues::hideIn(image::ImageSizes &sizes) const
{
    for (image::Layer &layer : sizes.layers) {
        layer.createdBy = hidden(layer.createdBy);
        layer.instruction = hidden(layer.instruction);
    }
}

}
