// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace dockerfile {

/// Why a text is not what a field wants, as one sentence for a person; empty when it is fine. For forms that
/// judge as one types. Where the builder expands variables a text with a $ in it is taken as it is. Whether a
/// field may be left empty is the form's business: an empty text is refused here.

/// After AS. Whether the name is free is asked of graph::whyNoStageName.
QString whyNoStageName(const QString &name);
/// After FROM or in --from: "alpine:3.22", "ghcr.io/a/b@sha256:...", scratch, a stage.
QString whyNoImage(const QString &reference);
/// "linux/arm64/v8"
QString whyNoPlatform(const QString &platform);

/// Of ARG and ENV.
QString whyNoVariableName(const QString &name);
QString whyNoLabelName(const QString &name);

/// Of EXPOSE: "80", "8000-8010/udp".
QString whyNoPort(const QString &port);
/// Of --chmod: "755", or "u=rwX,go=rX", which needs version 1.14 of the Dockerfile syntax.
QString whyNoChmod(const QString &mode);
/// Of --chown and USER: "app", "1000:1000".
QString whyNoOwner(const QString &owner);
/// Of --checksum: "sha256:" and 64 digits, for Git a commit.
QString whyNoChecksum(const QString &checksum);
/// Of HEALTHCHECK, as Go writes it: "30s", "1m30s".
QString whyNoDuration(const QString &duration);
QString whyNoRetries(const QString &retries);
/// Of STOPSIGNAL: "SIGTERM", "15", "SIGRTMIN+3".
QString whyNoSignal(const QString &signal);

/// Any path that is not empty and that fits in its instruction.
QString whyNoPath(const QString &path);
/// Of VOLUME and of a mount's target: starts with / (or is a Windows path).
QString whyNoAbsolutePath(const QString &path);

/// Of RUN --network and --security.
QString whyNoNetwork(const QString &network);
QString whyNoSecurity(const QString &security);

/// One field of RUN --mount: whether a mount of that type has it, and whether the value fits.
QString whyNoMountField(const QString &type, const QString &field, const QString &value);

/// ["a", "b"], as text.
QString whyNoJsonList(const QString &text);

}
