// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"
#include "image/imagesizes.h"

namespace app {

/// Values of build arguments that sound like secrets, and who logs in by an address (a proxy's
/// password, a repository's token). An engine puts them into the names of steps, into errors and into
/// the image's history; what we show and keep has stars in their place.
class SecretValues
{
public:
    SecretValues() = default;
    explicit SecretValues(const QHash<QString, QString> &buildArgs);

    [[nodiscard]] QString hidden(QString text) const;
    [[nodiscard]] engine::BuildStep hidden(engine::BuildStep step) const;
    [[nodiscard]] engine::BuildOutcome hidden(engine::BuildOutcome outcome) const;
    void hideIn(image::ImageSizes &sizes) const;

private:
    QStringList m_values; ///< longest first: one may be part of another
};

}
