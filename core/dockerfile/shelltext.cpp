// SPDX-License-Identifier: Apache-2.0
// Words as a POSIX shell reads and needs them.
#include "dockerfile/chars.h"
#include "dockerfile/commandverbs.h"
#include "dockerfile/text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

class WordReader
{
public:
    explicit WordReader(const QString &text)
        : m_text(text)
    {}

    base::Result<QStringList> read()
    {
        while (m_at < m_text.size() && m_reason.isEmpty())
            step();
        endWord();
        if (m_reason.isEmpty() && !m_words.isEmpty())
            m_reason = builtinReason();
        if (!m_reason.isEmpty())
            return refused(m_reason, Text::tr("Keep the shell form, or call the shell by name: "
                                              "[\"/bin/sh\", \"-c\", \"...\"]."));
        return m_words;
    }

private:
    void step()
    {
        const QChar c = m_text[m_at];
        if (isSpace(c)) {
            if (c == u'\n')
                m_reason = Text::tr("It is more than one command.");
            endWord();
            ++m_at;
        } else if (c == u'\\') {
            m_isOpen = true;
            if (++m_at < m_text.size())
                m_word += m_text[m_at++];
            else
                m_reason = Text::tr("It ends with an escape character.");
        } else if (c == u'\'') {
            singleQuoted();
        } else if (c == u'"') {
            doubleQuoted();
        } else {
            plain(c);
        }
    }

    void singleQuoted()
    {
        const qsizetype end = m_text.indexOf(u'\'', m_at + 1);
        if (end < 0) {
            m_reason = Text::tr("A quote is not closed.");
            return;
        }
        m_isOpen = true;
        m_word += QStringView(m_text).sliced(m_at + 1, end - m_at - 1);
        m_at = end + 1;
    }

    void doubleQuoted()
    {
        m_isOpen = true;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != u'"'; ++m_at) {
            QChar c = m_text[m_at];
            if (c == u'$' || c == u'`') {
                m_reason = needsShell(c);
                return;
            }
            const QChar next = m_at + 1 < m_text.size() ? m_text[m_at + 1] : QChar();
            if (c == u'\\' && (next == u'"' || next == u'\\' || next == u'$' || next == u'`')) {
                c = next;
                ++m_at;
            }
            m_word += c;
        }
        if (m_at >= m_text.size())
            m_reason = Text::tr("A quote is not closed.");
        ++m_at;
    }

    void plain(QChar c)
    {
        static const QString special = u"&|;<>()`$*?[{}"_s;
        const bool startsWord = !m_isOpen;
        const bool isAssignment = c == u'=' && m_words.isEmpty() && isName(m_word) && !startsWord;
        if (special.contains(c) || (startsWord && (c == u'~' || c == u'#')) || isAssignment) {
            // A lone [ is the program of that name.
            const bool isTest = c == u'[' && startsWord && m_words.isEmpty() &&
                                (m_at + 1 == m_text.size() || isSpace(m_text[m_at + 1]));
            if (!isTest) {
                m_reason = isAssignment ? Text::tr("A variable is set before the command, which only a shell "
                                                   "does.")
                                        : needsShell(c);
                return;
            }
        }
        m_isOpen = true;
        m_word += c;
        ++m_at;
    }

    static bool isName(const QString &word)
    {
        static const QRegularExpression name(uR"(\A[A-Za-z_][A-Za-z0-9_]*\z)"_s);
        return word.contains(name);
    }

    static QString needsShell(QChar c)
    {
        switch (c.unicode()) {
        case u'$':
            return Text::tr("\"$\" is replaced by a shell only.");
        case u'&':
        case u'|':
        case u';':
            return Text::tr("\"%1\" joins commands, which only a shell does.").arg(c);
        case u'<':
        case u'>':
            return Text::tr("\"%1\" redirects, which only a shell does.").arg(c);
        case u'*':
        case u'?':
        case u'[':
            return Text::tr("\"%1\" stands for file names, which only a shell looks up.").arg(c);
        case u'~':
            return Text::tr("\"~\" is replaced by a shell only.");
        case u'#':
            return Text::tr("There is a comment in it.");
        default:
            return Text::tr("\"%1\" has a meaning for a shell only.").arg(c);
        }
    }

    [[nodiscard]] QString builtinReason() const
    {
        static const QStringList builtins{
            u"."_s,        u":"_s,        u"!"_s,      u"alias"_s, u"bg"_s,     u"case"_s,  u"cd"_s,
            u"command"_s,  u"eval"_s,     u"exec"_s,   u"exit"_s,  u"export"_s, u"fg"_s,    u"for"_s,
            u"function"_s, u"if"_s,       u"jobs"_s,   u"let"_s,   u"local"_s,  u"popd"_s,  u"pushd"_s,
            u"read"_s,     u"readonly"_s, u"return"_s, u"set"_s,   u"shift"_s,  u"shopt"_s, u"source"_s,
            u"time"_s,     u"times"_s,    u"trap"_s,   u"type"_s,  u"ulimit"_s, u"umask"_s, u"unset"_s,
            u"until"_s,    u"wait"_s,     u"while"_s};
        return builtins.contains(m_words.front())
                   ? Text::tr("\"%1\" is a command of the shell itself, not a program.").arg(m_words.front())
                   : QString();
    }

    void endWord()
    {
        if (std::exchange(m_isOpen, false))
            m_words.append(std::exchange(m_word, {}));
    }

    const QString &m_text;
    qsizetype m_at = 0;
    QStringList m_words;
    QString m_word;
    QString m_reason;
    bool m_isOpen = false; // a word has begun, if only by its quotes
};

}

base::Result<QStringList> shellWords(const QString &command)
{
    return WordReader(command).read();
}

QString shellQuoted(const QString &word)
{
    static const QRegularExpression plain(uR"(\A[A-Za-z0-9_./:=,@%+\-]+\z)"_s);
    // A first word such as A=b would be an assignment; the caller's check finds it.
    if (word.contains(plain))
        return word;
    if (!word.contains(u'\''))
        return u'\'' + word + u'\'';
    QString quoted = word;
    static const QRegularExpression special(uR"((["\\$`]))"_s);
    quoted.replace(special, uR"(\\1)"_s);
    return u'"' + quoted + u'"';
}

QString jsonQuoted(const QString &item)
{
    QString quoted(u'"');
    for (const QChar c : item) {
        if (c == u'"' || c == u'\\')
            quoted += u'\\';
        if (c == u'\n')
            quoted += "\\n"_L1;
        else if (c == u'\t')
            quoted += "\\t"_L1;
        else if (c < u' ')
            quoted += u"\\u%1"_s.arg(int(c.unicode()), 4, 16, '0'_L1);
        else
            quoted += c;
    }
    quoted += u'"';
    return quoted;
}

QString jsonListText(const QStringList &items)
{
    QStringList quoted;
    for (const QString &item : items)
        quoted.append(jsonQuoted(item));
    return u'[' + quoted.join(u", "_s) + u']';
}

}
