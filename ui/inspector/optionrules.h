// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace ui {

// What is wrong with one option of a build, in a sentence that names the mend; empty when nothing is. Rows
// are those of their EntriesField.

QString whyNoLabel(const QStringList &row);
QString whyNoHost(const QStringList &row);
QString whyNoUlimit(const QStringList &row);
QString whyNoContext(const QStringList &row);
/// Id, "file" or "environment" or "typed", and the place, or the secret itself.
QString whyNoSecret(const QStringList &row);
QString whyNoSsh(const QStringList &row);
QString whyNoCache(const QStringList &row);
QString whyNoOutput(const QStringList &row);
QString whyNoMemorySize(const QString &text);
QString whyNoEpoch(const QString &text);
QString whyNoPlatform(const QString &text);

}
