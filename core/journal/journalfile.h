// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/textedit.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace journal {

/// A document with unsaved text, as it is kept.
struct Entry
{
    QString path;   ///< empty: never saved
    QString folder; ///< where a document that was never saved belongs
    QString base;   ///< the text on disk that `text` stems from
    QString text;
    QDateTime changed;        ///< when `text` was last written to the journal
    QByteArray settings = {}; ///< how it is built, of one that was never saved; opaque here

    friend bool operator==(const Entry &, const Entry &) = default;
};

/// A journal is one whole entry and the edits since, each a record with its checksum; it grows at its end
/// only.
QByteArray beginning(const Entry &entry);
QByteArray continuation(const std::vector<base::TextEdit> &edits, const QDateTime &changed);

/// The entry with all edits that can be read: a last record that was cut short (the power went) is left out.
/// Nothing when there is no whole entry at the start.
std::optional<Entry> read(const QByteArray &bytes);

}
