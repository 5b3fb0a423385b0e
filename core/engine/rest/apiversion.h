// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

namespace engine {

/// A version of the engine's API: "1.41".
struct ApiVersion
{
    int major = 0;
    int minor = 0;

    static std::optional<ApiVersion> parse(QStringView text);
    [[nodiscard]] QString text() const;
    friend auto operator<=>(ApiVersion, ApiVersion) = default;
};

inline constexpr ApiVersion newestKnownApi{1, 55}; ///< Engine 29.7
inline constexpr ApiVersion oldestKnownApi{1, 41}; ///< Engine 20.10

/// What to speak with an engine that knows `minimum` to `newest`: the newest that both know. Engines refuse
/// what is below their minimum, so one that is newer than we are is spoken to in its own oldest version.
ApiVersion negotiated(ApiVersion newest, std::optional<ApiVersion> minimum);

}
