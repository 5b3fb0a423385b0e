// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/shellscan.h"

#include "dockerfile/chars.h"
#include "dockerfile/text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

class Scanner
{
public:
    explicit Scanner(QStringView text)
        : m_text(text)
    {}

    ShellList scan()
    {
        while (m_at < m_text.size() && m_list.error.isEmpty())
            step();
        if (m_list.error.isEmpty() && m_depth > 0)
            fail(Text::tr("A bracket is not closed."));
        if (m_list.error.isEmpty())
            endPiece(m_text.size());
        if (!m_list.error.isEmpty())
            m_list.pieces.clear();
        return std::move(m_list);
    }

private:
    void step()
    {
        const QChar c = m_text[m_at];
        if (c == u'\\') {
            m_at = std::min(m_at + 2, m_text.size());
        } else if (c == u'\'') {
            skipTo(u'\'', false);
        } else if (c == u'"' || c == u'`') {
            skipTo(c, true);
        } else if (c == u'$' && next() == u'{') {
            skipTo(u'}', true);
        } else if (c == u'(') {
            ++m_depth;
            ++m_at;
        } else if (c == u')') {
            if (--m_depth < 0)
                fail(Text::tr("A bracket is closed that was not opened."));
            ++m_at;
        } else if (c == u'#' && startsWord()) {
            fail(Text::tr("There is a comment in it."));
        } else if (c == u'<' && next() == u'<') {
            fail(Text::tr("There is a heredoc in it."));
        } else if (m_depth == 0 && isOperatorHere(c)) {
            takeOperator(c);
        } else {
            ++m_at;
        }
    }

    [[nodiscard]] QChar next() const { return m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar(); }
    [[nodiscard]] bool startsWord() const
    {
        if (m_at == 0)
            return true;
        const QChar before = m_text[m_at - 1];
        return isSpace(before) || before == u';' || before == u'&' || before == u'|' || before == u'(';
    }

    [[nodiscard]] bool isOperatorHere(QChar c) const
    {
        if (c == u';' || c == u'\n')
            return true;
        if (c == u'|')
            return next() == u'|';
        if (c != u'&')
            return false;
        // 2>&1, <&3 and &>file are redirections.
        const QChar before = m_at > 0 ? m_text[m_at - 1] : QChar();
        return before != u'>' && before != u'<' && before != u'|' && next() != u'>';
    }

    void takeOperator(QChar c)
    {
        const qsizetype length = (c == u'&' || c == u'|') && next() == c ? 2 : 1;
        if (c == u';' && next() == u';')
            return fail(Text::tr("There is a case in it."));
        endPiece(m_at);
        m_operator = m_text.sliced(m_at, length).toString();
        m_at += length;
        m_start = m_at;
    }

    void endPiece(qsizetype end)
    {
        const Span span = trimmedSpan(m_text, {m_start, end - m_start});
        const bool isLast = end == m_text.size();
        const bool mayBeEmpty = m_operator == ";"_L1 || m_operator == "&"_L1 || m_operator == "\n"_L1;
        if (span.length == 0 && isLast && mayBeEmpty && !m_list.pieces.empty()) {
            if (m_operator == "&"_L1)
                fail(Text::tr("A command of it runs in the background."));
            return;
        }
        if (span.length == 0)
            return fail(Text::tr("A command is missing in it."));
        m_list.pieces.push_back({span.start, span.length, m_list.pieces.empty() ? QString() : m_operator});
    }

    void skipTo(QChar end, bool escapes)
    {
        m_at += m_text[m_at] == u'$' ? 2 : 1;
        while (m_at < m_text.size() && m_text[m_at] != end)
            m_at += escapes && m_text[m_at] == u'\\' ? 2 : 1;
        if (m_at >= m_text.size())
            return fail(Text::tr("A quote or a brace is not closed."));
        ++m_at;
    }

    void fail(const QString &reason) { m_list.error = reason; }

    QStringView m_text;
    ShellList m_list;
    QString m_operator;
    qsizetype m_at = 0;
    qsizetype m_start = 0;
    int m_depth = 0;
};

QString firstWord(QStringView command)
{
    const qsizetype start = skipSpace(command, 0, command.size());
    qsizetype end = start;
    while (end < command.size() && !isSpace(command[end]))
        ++end;
    return command.sliced(start, end - start).toString();
}

}

ShellList scanShell(QStringView text)
{
    return Scanner(text).scan();
}

QString shellChange(QStringView command)
{
    static const QStringList changing{
        u"."_s,      u"alias"_s, u"cd"_s,      u"eval"_s,   u"exec"_s, u"exit"_s,     u"export"_s,
        u"hash"_s,   u"local"_s, u"popd"_s,    u"pushd"_s,  u"read"_s, u"readonly"_s, u"return"_s,
        u"set"_s,    u"shift"_s, u"shopt"_s,   u"source"_s, u"trap"_s, u"typeset"_s,  u"declare"_s,
        u"ulimit"_s, u"umask"_s, u"unalias"_s, u"unset"_s,  u"wait"_s};
    const QString word = firstWord(command);
    if (changing.contains(word))
        return word;
    // A=b alone stays set; before a command it is for that command only.
    static const QRegularExpression assignment(uR"(\A[A-Za-z_][A-Za-z0-9_]*=)"_s);
    static const QRegularExpression onlyAssignments(
        uR"(\A\s*(?:[A-Za-z_][A-Za-z0-9_]*=(?:[^\s"'`$\\()]|"[^"]*"|'[^']*'|\\.|\$\([^)]*\)|\$\{[^}]*\}|`[^`]*`|\$)*\s*)+\z)"_s);
    if (word.contains(assignment) && command.toString().contains(onlyAssignments))
        return word;
    return {};
}

QString compoundWord(QStringView command)
{
    static const QStringList words{u"if"_s,   u"then"_s,   u"else"_s,     u"elif"_s,  u"fi"_s,
                                   u"for"_s,  u"do"_s,     u"done"_s,     u"while"_s, u"until"_s,
                                   u"case"_s, u"esac"_s,   u"{"_s,        u"}"_s,     u"!"_s,
                                   u"[["_s,   u"select"_s, u"function"_s, u"time"_s,  u"coproc"_s};
    const QString word = firstWord(command);
    const bool isFunction = word.endsWith("()"_L1);
    return words.contains(word) || isFunction ? word : QString();
}

}
