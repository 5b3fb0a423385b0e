// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/tarheader.h"

#include <numeric>

namespace engine {

namespace {

constexpr qsizetype nameLength = 100;
constexpr qsizetype prefixLength = 155;

/// A number in octal with a NUL at its end; what does not fit, or is negative, in GNU's base 256.
void putNumber(QByteArray &block, qsizetype at, qsizetype width, qint64 value)
{
    const qint64 limit = qint64(1) << (3 * (width - 1));
    if (value >= 0 && value < limit) {
        block.replace(at, width - 1, QByteArray::number(value, 8).rightJustified(width - 1, '0'));
        return;
    }
    for (qsizetype i = width - 1; i >= 0; --i) {
        block[at + i] = char(value & 0xff);
        value >>= 8; // arithmetic: the sign fills the rest
    }
    block[at] = char(quint8(block.at(at)) | 0x80);
}

void putText(QByteArray &block, qsizetype at, const QByteArray &text)
{
    block.replace(at, text.size(), text);
}

/// The name cut at a slash into ustar's two fields; both empty when that cannot be.
struct SplitName
{
    QByteArray prefix;
    QByteArray name;
};

SplitName split(const QByteArray &name)
{
    if (name.size() <= nameLength)
        return {{}, name};
    // The first slash that leaves a short enough name; a directory's own slash at the end cuts nothing.
    const qsizetype slash = name.indexOf('/', name.size() - nameLength - 1);
    if (slash <= 0 || slash > prefixLength || slash + 1 >= name.size())
        return {};
    return {name.first(slash), name.sliced(slash + 1)};
}

QByteArray block(const SplitName &name, const QByteArray &link, char type, quint32 mode, qint64 size,
                 qint64 time)
{
    QByteArray out(tarBlock, '\0');
    putText(out, 0, name.name);
    putNumber(out, 100, 8, mode & 07777);
    putNumber(out, 108, 8, 0);
    putNumber(out, 116, 8, 0);
    putNumber(out, 124, 12, size);
    putNumber(out, 136, 12, time);
    out[156] = type;
    putText(out, 157, link);
    putText(out, 257, QByteArrayLiteral("ustar\00000"));
    putText(out, 345, name.prefix);
    out.replace(148, 8, QByteArray(8, ' ')); // the sum is taken as if it were blank
    const int sum =
        std::accumulate(out.cbegin(), out.cend(), 0, [](int all, char c) { return all + quint8(c); });
    out.replace(148, 6, QByteArray::number(sum, 8).rightJustified(6, '0'));
    out[154] = '\0';
    return out;
}

/// GNU's extra entry for a name (type 'L') or a link's target ('K') that does not fit.
QByteArray longEntry(char type, const QByteArray &text)
{
    const QByteArray terminated = text + '\0';
    return block({{}, QByteArrayLiteral("././@LongLink")}, {}, type, 0644, terminated.size(), 0) +
           terminated + QByteArray(tarPadding(terminated.size()), '\0');
}

QByteArray nameOf(const BuildFile &file)
{
    const QByteArray name = file.path.toUtf8();
    return file.type == BuildFile::Type::Folder ? QByteArray(name + '/') : name;
}

}

bool fitsOneTarBlock(const BuildFile &file)
{
    return !split(nameOf(file)).name.isEmpty() && file.linkTarget.toUtf8().size() <= nameLength;
}

QByteArray tarHeader(const BuildFile &file)
{
    const QByteArray name = nameOf(file);
    QByteArray out;
    SplitName fields = split(name);
    if (fields.name.isEmpty()) {
        out += longEntry('L', name);
        fields = {{}, name.first(nameLength)};
    }
    switch (file.type) {
    case BuildFile::Type::File:
        return out + block(fields, {}, '0', file.mode, file.sizeBytes, file.modifiedSeconds);
    case BuildFile::Type::Folder:
        return out + block(fields, {}, '5', file.mode, 0, file.modifiedSeconds);
    case BuildFile::Type::Link:
        break;
    }
    const QByteArray target = file.linkTarget.toUtf8();
    if (target.size() > nameLength)
        out += longEntry('K', target);
    return out + block(fields, target.first(std::min(target.size(), nameLength)), '2', 0777, 0,
                       file.modifiedSeconds);
}

}
