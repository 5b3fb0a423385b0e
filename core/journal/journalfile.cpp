// SPDX-License-Identifier: Apache-2.0
#include "journal/journalfile.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>

namespace journal {

namespace {

constexpr QByteArrayView magic = "stageloom journal 1\n";
constexpr qsizetype sizeBytes = 4;
constexpr qsizetype checksumBytes = 8;

QByteArray checksum(QByteArrayView payload)
{
    return QCryptographicHash::hash(payload, QCryptographicHash::Sha1).first(checksumBytes);
}

// QDataStream writes strings as UTF-16, which keeps every character that a text can hold.
void prepare(QDataStream &stream)
{
    stream.setVersion(QDataStream::Qt_6_0);
}

template <class Write>
QByteArray record(const Write &write)
{
    QByteArray payload;
    QDataStream stream(&payload, QIODevice::WriteOnly);
    prepare(stream);
    write(stream);
    QByteArray size;
    QDataStream sizeStream(&size, QIODevice::WriteOnly);
    sizeStream << quint32(payload.size());
    return size + checksum(payload) + payload;
}

// The payload of the record at the start of `bytes`, which goes on behind it; nothing when it is cut or
// damaged.
std::optional<QByteArray> takeRecord(QByteArrayView &bytes)
{
    if (bytes.size() < sizeBytes + checksumBytes)
        return {};
    const QByteArray sizeField = bytes.first(sizeBytes).toByteArray();
    QDataStream sizeStream(sizeField);
    quint32 size = 0;
    sizeStream >> size;
    const auto rest = bytes.sliced(sizeBytes + checksumBytes);
    if (qint64(size) > rest.size())
        return {};
    QByteArray payload = rest.first(size).toByteArray();
    if (bytes.sliced(sizeBytes, checksumBytes) != checksum(payload))
        return {};
    bytes = rest.sliced(size);
    return payload;
}

// False when it does not fit the text: then a record before it is missing.
bool applyNextEdit(QDataStream &stream, QString &text)
{
    quint32 count = 0;
    stream >> count;
    base::TextEdit edit;
    qsizetype behind = 0;
    for (quint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        qint64 start = 0;
        qint64 length = 0;
        QString replacement;
        stream >> start >> length >> replacement;
        if (start < behind || length < 0 || length > text.size() - start)
            return false;
        behind = start + length;
        edit.replace({start, length}, replacement);
    }
    if (stream.status() != QDataStream::Ok)
        return false;
    edit.applyTo(text);
    return true;
}

bool applyEdits(const QByteArray &payload, Entry &entry)
{
    QDataStream stream(payload);
    prepare(stream);
    QDateTime changed;
    quint32 count = 0;
    stream >> changed >> count;
    for (quint32 i = 0; i < count; ++i)
        if (!applyNextEdit(stream, entry.text))
            return false;
    entry.changed = changed;
    return true;
}

}

QByteArray beginning(const Entry &entry)
{
    return magic.toByteArray() + record([&](QDataStream &stream) {
               stream << entry.path << entry.folder << entry.base << entry.text << entry.changed
                      << entry.settings;
           });
}

QByteArray continuation(const std::vector<base::TextEdit> &edits, const QDateTime &changed)
{
    return record([&](QDataStream &stream) {
        stream << changed << quint32(edits.size());
        for (const auto &edit : edits) {
            stream << quint32(edit.replacements().size());
            for (const auto &[range, text] : edit.replacements())
                stream << qint64(range.start) << qint64(range.length) << text;
        }
    });
}

std::optional<Entry> read(const QByteArray &bytes)
{
    if (!bytes.startsWith(magic))
        return {};
    QByteArrayView rest = QByteArrayView(bytes).sliced(magic.size());
    const auto first = takeRecord(rest);
    if (!first)
        return {};
    Entry entry;
    QDataStream stream(*first);
    prepare(stream);
    stream >> entry.path >> entry.folder >> entry.base >> entry.text >> entry.changed;
    if (stream.status() != QDataStream::Ok)
        return {};
    if (!stream.atEnd()) // a journal of an earlier version ends here
        stream >> entry.settings;
    while (const auto edits = takeRecord(rest)) {
        Entry next = entry;
        if (!applyEdits(*edits, next))
            break;
        entry = std::move(next);
    }
    return entry;
}

}
