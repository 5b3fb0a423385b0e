// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/pairvalue.h"

#include "dockerfile/chars.h"

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

// Where ${...} ends that begins at `at`; braces within it count.
qsizetype braceEnd(const QString &text, qsizetype at)
{
    int depth = 0;
    for (qsizetype i = at + 1; i < text.size(); ++i) {
        depth += (text[i] == u'{') - (text[i] == u'}');
        if (depth == 0)
            return i + 1;
    }
    return text.size();
}

// Puts together what PairForm shows. Backslashes right before a dollar are doubled, and one more says that
// the dollar stays one.
class Shown
{
public:
    void add(QChar c)
    {
        if (c == u'$') {
            m_text += QString(m_slashes + 1, u'\\') + u'$';
            m_slashes = 0;
            return;
        }
        m_slashes = c == u'\\' ? m_slashes + 1 : 0;
        m_text += c;
    }
    void addVariable(const QString &text)
    {
        m_text += QString(m_slashes, u'\\') + text;
        m_slashes = 0;
    }
    [[nodiscard]] QString text() const { return m_text; }

private:
    QString m_text;
    qsizetype m_slashes = 0; // at the end
};

bool startsBrace(const QString &text, qsizetype at)
{
    return text[at] == u'$' && at + 1 < text.size() && text[at + 1] == u'{';
}

// shellwords.cpp, with the dollars left alone.
class Reader
{
public:
    Reader(const QString &text, QChar escape)
        : m_text(text)
        , m_escape(escape)
    {}

    QString read()
    {
        bool isDouble = false;
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at];
            if (c == u'\'' && !isDouble && m_text.indexOf(u'\'', m_at + 1) > 0)
                single();
            else if (c == u'"')
                isDouble = !isDouble, ++m_at;
            else if (c == m_escape)
                escaped(isDouble);
            else
                plain();
        }
        return m_shown.text();
    }

private:
    void single()
    {
        for (++m_at; m_text[m_at] != u'\''; ++m_at)
            m_shown.add(m_text[m_at]);
        ++m_at;
    }

    void escaped(bool isDouble)
    {
        ++m_at;
        if (m_at == m_text.size()) {
            // The builder drops it at the end of a word.
            return;
        }
        const QChar c = m_text[m_at++];
        const bool isSpecial = c == u'"' || c == u'$' || c == m_escape;
        if (isDouble && !isSpecial)
            m_shown.add(m_escape);
        m_shown.add(c);
    }

    void plain()
    {
        if (m_text[m_at] != u'$') {
            m_shown.add(m_text[m_at++]);
            return;
        }
        const qsizetype end = startsBrace(m_text, m_at) ? braceEnd(m_text, m_at) : m_at + 1;
        m_shown.addVariable(m_text.sliced(m_at, end - m_at));
        m_at = end;
    }

    const QString &m_text;
    QChar m_escape;
    Shown m_shown;
    qsizetype m_at = 0;
};

struct Piece
{
    QString text;
    bool isVariable = false;
};

// What PairForm shows, taken apart again.
std::vector<Piece> piecesOf(const QString &value)
{
    std::vector<Piece> pieces;
    for (qsizetype at = 0; at < value.size();) {
        qsizetype slashes = 0;
        while (at + slashes < value.size() && value[at + slashes] == u'\\')
            ++slashes;
        const qsizetype next = at + slashes;
        const bool isDollar = next < value.size() && value[next] == u'$';
        const qsizetype shown = isDollar ? slashes / 2 : slashes;
        for (qsizetype i = 0; i < shown; ++i)
            pieces.push_back({u"\\"_s, false});
        at = next;
        if (at >= value.size())
            break;
        const bool isVariable = isDollar && slashes % 2 == 0;
        const qsizetype end = isVariable && startsBrace(value, at) ? braceEnd(value, at) : at + 1;
        pieces.push_back({value.sliced(at, end - at), isVariable});
        at = end;
    }
    return pieces;
}

bool needsQuotes(const std::vector<Piece> &pieces, QChar escape)
{
    for (const Piece &piece : pieces) {
        const QChar c = piece.text.front();
        if (!piece.isVariable && (isSpace(c) || c == u'"' || c == u'\'' || c == escape || c == u'$'))
            return true;
        // Blanks in ${X:-a b} would end the word.
        if (piece.isVariable && piece.text.contains(u' '))
            return true;
    }
    return false;
}

bool fitsInSingle(const std::vector<Piece> &pieces)
{
    return std::ranges::none_of(pieces,
                                [](const Piece &piece) { return piece.isVariable || piece.text == "'"_L1; });
}

}

Quotes quotesOf(const QString &written)
{
    if (written.size() < 2 || written.front() != written.back())
        return Quotes::None;
    return written.front() == u'"'    ? Quotes::Double
           : written.front() == u'\'' ? Quotes::Single
                                      : Quotes::None;
}

QString pairValueFromText(const QString &written, QChar escape)
{
    return Reader(written, escape).read();
}

QString pairValueText(const QString &value, QChar escape, Quotes wanted)
{
    const std::vector<Piece> pieces = piecesOf(value);
    QString text;
    if (wanted == Quotes::Single && fitsInSingle(pieces)) {
        for (const Piece &piece : pieces)
            text += piece.text;
        return u'\'' + text + u'\'';
    }
    const bool inQuotes = wanted == Quotes::Double || needsQuotes(pieces, escape);
    for (const Piece &piece : pieces) {
        const QChar c = piece.text.front();
        if (!piece.isVariable && inQuotes && (c == u'"' || c == u'$' || c == escape))
            text += escape;
        text += piece.text;
    }
    return inQuotes ? QString(u'"' + text + u'"') : text;
}

}
