// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcessEnvironment>
#include <QString>

#include <expected>

namespace bake {

/// $NAME, ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?message}, ${NAME:+other} and $$, as in compose
/// files. The error is a sentence.
std::expected<QString, QString> interpolated(const QString &text, const QProcessEnvironment &environment);

/// `environment` with what the folder's .env adds: what is set already wins.
QProcessEnvironment withDotEnv(const QProcessEnvironment &environment, const QString &folder);

}
