// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/textfile.h"

#include "base/units.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;
using base::Error;

namespace dockerfile {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("dockerfile", text);
}

// How many bytes the UTF-8 sequence at `at` has; 0 when there is none. Strict as the standard (RFC 3629): no
// overlong forms, no surrogates, nothing above U+10FFFF.
int sequenceLength(const uchar *at, const uchar *end)
{
    const uchar lead = *at;
    const int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || end - at < length)
        return 0;
    for (int i = 1; i < length; ++i)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    const bool overlong = (lead == 0xe0 && at[1] < 0xa0) || (lead == 0xf0 && at[1] < 0x90);
    const bool impossible = (lead == 0xed && at[1] > 0x9f) || (lead == 0xf4 && at[1] > 0x8f);
    return overlong || impossible ? 0 : length;
}

char32_t decoded(const uchar *at, int length)
{
    char32_t value = at[0] & (0xff >> (length + 1));
    for (int i = 1; i < length; ++i)
        value = (value << 6) | (at[i] & 0x3f);
    return value;
}

constexpr char16_t firstRawByte = 0xdc80;
constexpr char16_t lastRawByte = 0xdcff;

bool isRawByte(const QString &text, qsizetype i)
{
    const char16_t c = text[i].unicode();
    return c >= firstRawByte && c <= lastRawByte && (i == 0 || !text[i - 1].isHighSurrogate());
}

Error fileError(const QFileDevice &file, const QString &path, const QString &hint)
{
    return {.kind = file.error() == QFileDevice::PermissionsError || file.error() == QFileDevice::OpenError
                        ? Error::Kind::Refused
                        : Error::Kind::Failed,
            .message = file.errorString(),
            .where = path,
            .hint = hint,
            .detail = {}};
}

}

QString textFromBytes(const QByteArray &bytes)
{
    QString text;
    text.reserve(bytes.size());
    const auto *at = reinterpret_cast<const uchar *>(bytes.constData());
    const auto *end = at + bytes.size();
    while (at < end) {
        const auto *plain = at;
        while (plain < end && *plain < 0x80)
            ++plain;
        text += QLatin1StringView(reinterpret_cast<const char *>(at), plain - at);
        at = plain;
        if (at == end)
            break;
        if (const int length = sequenceLength(at, end)) {
            text += QChar::fromUcs4(decoded(at, length));
            at += length;
        } else {
            text += QChar(static_cast<char16_t>(0xdc00 + *at));
            ++at;
        }
    }
    return text;
}

QByteArray bytesFromText(const QString &text)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    qsizetype from = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isLowSurrogate() || !isRawByte(text, i))
            continue;
        bytes += QStringView(text).sliced(from, i - from).toUtf8();
        bytes += static_cast<char>(text[i].unicode() - 0xdc00);
        from = i + 1;
    }
    return from == 0 ? text.toUtf8() : bytes + QStringView(text).sliced(from).toUtf8();
}

base::Result<QString> readTextFile(const QString &path)
{
    QFile file(path);
    const QFileInfo info(path);
    if (!info.exists())
        return std::unexpected(Error{.kind = Error::Kind::NotFound,
                                     .message = tr("there is no such file"),
                                     .where = path,
                                     .hint = tr("Check the name."),
                                     .detail = {}});
    if (info.isDir())
        return std::unexpected(Error{.kind = Error::Kind::Malformed,
                                     .message = tr("this is a folder, not a file"),
                                     .where = path,
                                     .hint = tr("Name the Dockerfile in it."),
                                     .detail = {}});
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(fileError(file, path, tr("Check that you may read it.")));
    // Not the size it says: a pipe says none, and a file may grow.
    const QByteArray bytes = file.read(largestFileBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return std::unexpected(fileError(file, path, tr("Check that the disk can be read.")));
    if (bytes.size() > largestFileBytes)
        return std::unexpected(Error{.kind = Error::Kind::Malformed,
                                     .message = tr("the file is larger than %1, so it is no Dockerfile")
                                                    .arg(base::sizeInWords(largestFileBytes)),
                                     .where = path,
                                     .hint = tr("Choose another file."),
                                     .detail = {}});
    return textFromBytes(bytes);
}

base::Result<void> writeTextFile(const QString &path, const QString &text)
{
    const QByteArray bytes = bytesFromText(text);
    if (textFromBytes(bytes) != text)
        return std::unexpected(Error{.kind = Error::Kind::Malformed,
                                     .message = tr("the text holds half a character that no file can hold"),
                                     .where = path,
                                     .hint = tr("Remove the character shown as a box."),
                                     .detail = {}});
    const QFileInfo info(path);
    const QString target = info.isSymLink() && info.exists() ? info.canonicalFilePath() : path;
    QSaveFile file(target);
    file.setDirectWriteFallback(false);
    const bool done = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    if (!done)
        return std::unexpected(fileError(file, path,
                                         tr("The old file is unchanged. Make room on the disk, check "
                                            "the permissions of its folder, or save elsewhere.")));
    return {};
}

}
