// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/goquote.h"

#include <QString>

namespace dockerfile {

namespace {

constexpr char32_t replacement = U'\ufffd';

// Calls `each` with every code point; lone surrogates as they are.
template <class Each>
void forCodePoints(QStringView text, Each each)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            each(QChar::surrogateToUcs4(text[i], text[i + 1]));
            ++i;
        } else {
            each(static_cast<char32_t>(text[i].unicode()));
        }
    }
}

// Go's unicode.IsPrint: of the blanks only the ASCII one.
bool isPrintable(char32_t c)
{
    return c == U' ' || QChar::isLetter(c) || QChar::isMark(c) || QChar::isNumber(c) || QChar::isPunct(c) ||
           QChar::isSymbol(c);
}

QByteArray hex(char32_t value, int digits)
{
    return QByteArray::number(static_cast<uint>(value), 16).rightJustified(digits, '0');
}

void appendEscaped(QByteArray &out, char32_t c)
{
    static constexpr char names[] = "\a\b\f\n\r\t\v\"\\";
    static constexpr char letters[] = "abfnrtv\"\\";
    for (int i = 0; names[i] != 0; ++i) {
        if (c == static_cast<uchar>(names[i])) {
            out += '\\';
            out += letters[i];
            return;
        }
    }
    if (c >= 0xdc80 && c <= 0xdcff)
        out += "\\x" + hex(c - 0xdc00, 2);
    else if (isPrintable(c))
        out += QString::fromUcs4(&c, 1).toUtf8();
    else if (c < U' ' || c == 0x7f)
        out += "\\x" + hex(c, 2);
    else if (QChar::isSurrogate(c))
        out += "\\ufffd";
    else
        out += c < 0x10000 ? "\\u" + hex(c, 4) : "\\U" + hex(c, 8);
}

}

QByteArray goQuoted(QStringView text)
{
    QByteArray out = "\"";
    forCodePoints(text, [&out](char32_t c) { appendEscaped(out, c); });
    return out + '"';
}

QByteArray goLower(QStringView text)
{
    constexpr char32_t dottedI = U'\u0130'; // a plain i to Go, two characters to Qt
    QString out;
    forCodePoints(text, [&out](char32_t c) {
        const char32_t lower = c == dottedI ? U'i' : QChar::toLower(c);
        out += QChar::fromUcs4(QChar::isSurrogate(c) ? replacement : lower);
    });
    return out.toUtf8();
}

QString withoutRawBytes(QStringView text)
{
    QString out;
    forCodePoints(text,
                  [&out](char32_t c) { out += QChar::fromUcs4(QChar::isSurrogate(c) ? replacement : c); });
    return out;
}

}
