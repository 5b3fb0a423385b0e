// SPDX-License-Identifier: Apache-2.0
#include "bake/hclparser.h"
#include "bake/words.h"

namespace bake {

using namespace Qt::StringLiterals;

HclParser::HclParser(QString text, QString file, int firstLine)
    : m_text(std::move(text))
    , m_file(std::move(file))
    , m_line(firstLine)
{
    m_text.replace(u"\r\n"_s, u"\n"_s);
}

QChar HclParser::peek(qsizetype ahead) const
{
    return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar();
}

void HclParser::advance(qsizetype count)
{
    for (; count > 0 && !atEnd(); --count, ++m_at)
        m_line += int(m_text.at(m_at) == u'\n');
}

bool HclParser::take(QStringView word)
{
    skipBlanks();
    if (m_error || !startsWith(word))
        return false;
    advance(word.size());
    return true;
}

bool HclParser::skipComment()
{
    if (peek() == u'#' || startsWith(u"//")) {
        while (!atEnd() && peek() != u'\n')
            advance();
        return true;
    }
    if (!startsWith(u"/*"))
        return false;
    const qsizetype end = m_text.indexOf(u"*/"_s, m_at + 2);
    if (end < 0)
        fail(Words::tr("a comment is not closed"), Words::tr("End it with */."));
    advance((end < 0 ? m_text.size() : end + 2) - m_at);
    return true;
}

void HclParser::skipBlanks()
{
    if (m_isInside) {
        skipBlanksAndLines();
        return;
    }
    while (!atEnd()) {
        if (peek() == u' ' || peek() == u'\t')
            advance();
        else if (!skipComment())
            return;
    }
}

void HclParser::skipBlanksAndLines()
{
    while (!atEnd()) {
        if (peek() == u' ' || peek() == u'\t' || peek() == u'\n')
            advance();
        else if (!skipComment())
            return;
    }
}

void HclParser::endOfItem()
{
    skipBlanks();
    if (m_error || atEnd() || peek() == u'}')
        return;
    if (peek() != u'\n')
        fail(Words::tr("\"%1\" stands where a new line should begin").arg(m_text.mid(m_at, 1)));
    advance();
}

QString HclParser::identifier()
{
    skipBlanks();
    const qsizetype start = m_at;
    const auto isPart = [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; };
    if (!peek().isLetter() && peek() != u'_')
        return {};
    while (!atEnd() && isPart(peek()))
        advance();
    return m_text.sliced(start, m_at - start);
}

void HclParser::fail(const QString &message, const QString &hint)
{
    if (!m_error) {
        m_error = base::Error{.kind = base::Error::Kind::Malformed,
                              .message = message,
                              .where = u"%1:%2"_s.arg(m_file).arg(m_line),
                              .hint = hint};
    }
    m_at = m_text.size(); // every loop ends at the end of the text
}

}
