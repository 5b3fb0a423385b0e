// SPDX-License-Identifier: Apache-2.0
#include "build/ansitext.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr QChar escape{0x1b};
constexpr qsizetype longestSequence = 128; // what is longer is no sequence, but garbage: it is shown

/// Length of the escape sequence at `at`; 0: it is not complete yet.
qsizetype sequenceLength(QStringView text, qsizetype at)
{
    if (at + 1 >= text.size())
        return 0;
    const QChar kind = text[at + 1];
    if (kind == u'[') { // CSI: up to a byte @..~
        for (qsizetype i = at + 2; i < text.size(); ++i) {
            if (text[i] >= u'@' && text[i] <= u'~')
                return i - at + 1;
        }
        return 0;
    }
    if (kind == u']') { // OSC: up to BEL or ESC backslash
        for (qsizetype i = at + 2; i < text.size(); ++i) {
            if (text[i] == QChar(7))
                return i - at + 1;
            if (text[i] == escape && i + 1 < text.size())
                return i - at + 2;
        }
        return 0;
    }
    return 2;
}

bool isDropped(QChar c)
{
    return c.unicode() < 0x20 && c != u'\t' && c != u'\n' && c != u'\r';
}

}

void AnsiText::append(QTextCursor &cursor, const QString &chunk)
{
    const QString text = m_unfinished + chunk;
    m_unfinished.clear();
    QString words;
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        if (c == escape) {
            const qsizetype length = sequenceLength(text, i);
            if (length == 0 && text.size() - i < longestSequence) {
                m_unfinished = text.sliced(i);
                break;
            }
            if (length > 0 && text[i + 1] == u'[' && text[i + length - 1] == u'm') {
                put(cursor, words);
                words.clear();
                applySgr(QStringView(text).sliced(i + 2, length - 3));
            }
            i += qMax<qsizetype>(1, length);
            continue;
        }
        if (c == u'\r') {
            put(cursor, words);
            words.clear();
            m_returned = true;
        } else if (!isDropped(c)) {
            if (m_returned && c != u'\n') {
                // What a terminal would write over is gone.
                cursor.movePosition(QTextCursor::StartOfBlock, QTextCursor::KeepAnchor);
                cursor.removeSelectedText();
            }
            m_returned = false;
            words += c;
        }
        ++i;
    }
    put(cursor, words);
}

void AnsiText::put(QTextCursor &cursor, const QString &words)
{
    if (!words.isEmpty())
        cursor.insertText(words, m_format);
}

QColor AnsiText::extendedColor(const QList<int> &codes, qsizetype &at) const
{
    // 38;5;n is a palette of 256, 38;2;r;g;b a colour; both also after 48.
    if (at + 2 < codes.size() && codes[at + 1] == 5) {
        const int n = qBound(0, codes[at + 2], 255);
        at += 2;
        if (n < 16)
            return m_colors->ansi[std::size_t(n)];
        if (n >= 232)
            return QColor::fromHsv(0, 0, 8 + (n - 232) * 10);
        const auto level = [](int v) { return v == 0 ? 0 : 55 + 40 * v; };
        return {level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)};
    }
    if (at + 4 < codes.size() && codes[at + 1] == 2) {
        const auto part = [&](qsizetype i) { return qBound(0, codes[at + i], 255); };
        const QColor color(part(2), part(3), part(4));
        at += 4;
        return color;
    }
    return {};
}

void AnsiText::applySgr(QStringView parameters)
{
    QList<int> codes;
    for (const QStringView part : parameters.split(u';'))
        codes.append(part.toInt());
    for (qsizetype i = 0; i < codes.size(); ++i) {
        const int code = codes[i];
        if (code == 0)
            m_format = QTextCharFormat();
        else if (code == 1)
            m_format.setFontWeight(QFont::DemiBold);
        else if (code == 2)
            m_format.setForeground(m_colors->textQuiet);
        else if (code == 3)
            m_format.setFontItalic(true);
        else if (code == 4)
            m_format.setFontUnderline(true);
        else if (code == 22)
            m_format.clearProperty(QTextFormat::FontWeight);
        else if (code == 23)
            m_format.clearProperty(QTextFormat::FontItalic);
        else if (code == 24)
            m_format.setFontUnderline(false);
        else if (code >= 30 && code <= 37)
            m_format.setForeground(m_colors->ansi[std::size_t(code - 30)]);
        else if (code >= 90 && code <= 97)
            m_format.setForeground(m_colors->ansi[std::size_t(code - 90 + 8)]);
        else if (code == 39)
            m_format.clearForeground();
        else if (code == 38) {
            if (const QColor color = extendedColor(codes, i); color.isValid())
                m_format.setForeground(color);
        } else if (code == 48) {
            extendedColor(codes, i); // grounds are skipped: they would fight with the theme's
        }
    }
}

QString AnsiText::plain(const QString &text)
{
    QString words;
    words.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        if (text[i] == escape) {
            i += qMax<qsizetype>(1, sequenceLength(text, i));
            continue;
        }
        if (!isDropped(text[i]))
            words += text[i];
        ++i;
    }
    return words;
}

}
