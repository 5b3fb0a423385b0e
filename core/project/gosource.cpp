// SPDX-License-Identifier: Apache-2.0
#include "project/gosource.h"

#include <QRegularExpression>

namespace project {

using namespace Qt::StringLiterals;

namespace {

class Scanner
{
public:
    explicit Scanner(QStringView text)
        : m_text(text)
    {}

    GoSource scan()
    {
        while (m_at < m_text.size())
            step();
        return std::move(m_source);
    }

private:
    enum class Clause : quint8 { Package, Imports, Rest };

    [[nodiscard]] QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar();
    }

    void step()
    {
        const QChar c = peek();
        if (c == u'\n') {
            m_line.clear();
            ++m_at;
        } else if (c == u'/' && peek(1) == u'/') {
            lineComment();
        } else if (c == u'/' && peek(1) == u'*') {
            const qsizetype end = m_text.indexOf(u"*/", m_at + 2);
            m_at = end < 0 ? m_text.size() : end + 2;
        } else if (c == u'"' || c == u'`') {
            string(stringLiteral(c));
        } else if (c == u'\'') {
            stringLiteral(c);
        } else if (c.isLetter() || c == u'_') {
            const qsizetype start = m_at;
            while (peek().isLetterOrNumber() || peek() == u'_')
                ++m_at;
            identifier(m_text.sliced(start, m_at - start));
        } else {
            if (c == u')' && m_clause == Clause::Imports)
                m_inImport = false;
            if (c == u'(' && m_clause == Clause::Imports && m_inImport)
                m_inBlock = true;
            ++m_at;
        }
    }

    void lineComment()
    {
        const qsizetype end = m_text.indexOf(u'\n', m_at);
        QStringView comment = m_text.sliced(m_at, (end < 0 ? m_text.size() : end) - m_at);
        m_at += comment.size();
        if (comment.startsWith(u"//go:embed ")) {
            addEmbeds(comment.sliced(11));
        } else if (m_source.package.isEmpty() && comment.startsWith(u"//go:build ")) {
            m_source.ignored = comment.sliced(11).trimmed() == u"ignore";
        } else if (m_source.package.isEmpty() && comment.startsWith(u"// +build ")) {
            m_source.ignored = m_source.ignored || comment.sliced(10).trimmed() == u"ignore";
        }
    }

    /// Patterns are separated by blanks; those with blanks inside are quoted.
    void addEmbeds(QStringView list)
    {
        static const QRegularExpression pattern(u"\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|(\\S+)"_s);
        for (const auto &match : pattern.globalMatchView(list))
            for (int group = 1; group <= 3; ++group)
                if (match.hasCaptured(group) && !m_source.embeds.contains(match.captured(group)))
                    m_source.embeds << match.captured(group);
    }

    QStringView stringLiteral(QChar quote)
    {
        const qsizetype start = ++m_at;
        while (m_at < m_text.size() && peek() != quote) {
            if (quote != u'`' && peek() == u'\n')
                break; // not closed: the line is broken, the rest need not be
            m_at += quote != u'`' && peek() == u'\\' ? 2 : 1;
        }
        m_at = std::min(m_at, m_text.size());
        const QStringView content = m_text.sliced(start, m_at - start);
        if (peek() == quote)
            ++m_at;
        return content;
    }

    void identifier(QStringView word)
    {
        if (m_clause == Clause::Package) {
            if (word == u"package") {
                m_afterPackage = true;
            } else if (m_afterPackage) {
                m_source.package = word.toString();
                m_clause = Clause::Imports;
            }
        } else if (m_clause == Clause::Imports) {
            if (word == u"import") {
                m_inImport = true;
                m_inBlock = false;
            } else if (!m_inImport) {
                m_clause =
                    Clause::Rest; // the first declaration; a name before a path stands inside an import
            }
        }
        m_line.append(word.toString());
    }

    void string(QStringView content)
    {
        if (m_clause == Clause::Imports && m_inImport) {
            m_source.imports << content.toString();
            m_inImport = m_inBlock;
        } else {
            addPort(content);
        }
    }

    void addPort(QStringView content)
    {
        static const QRegularExpression address(
            u"^(|0\\.0\\.0\\.0|127\\.0\\.0\\.1|localhost|\\[::\\]):(\\d{2,5})$"_s);
        static const QRegularExpression bare(u"^\\d{4,5}$"_s);
        const auto match = address.matchView(content);
        const bool isBare = bare.matchView(content).hasMatch();
        if (!match.hasMatch() && !isBare)
            return;
        const int port = (isBare ? content : match.capturedView(2)).toInt();
        if (port < 1 || port > 65535)
            return;
        const bool listens = std::ranges::any_of(m_line, [](const QString &word) {
            return word.startsWith(u"Listen"_s) || word.endsWith(u"Addr"_s) || word == u"Run" ||
                   word == u"Start";
        });
        const bool named = std::ranges::any_of(
            m_line, [](const QString &word) { return word.contains(u"port"_s, Qt::CaseInsensitive); });
        if (isBare) {
            if (named) // port := "8080", getenv("PORT", "8080")
                m_source.ports[port] += 2;
            return;
        }
        // Without a host it is an address to listen on; localhost is as often a service that is called.
        const bool anyHost = match.capturedView(1).isEmpty() || !match.capturedView(1).startsWith(u'l');
        m_source.ports[port] += (anyHost ? 3 : 1) + (listens ? 4 : 0);
    }

    QStringView m_text;
    qsizetype m_at = 0;
    Clause m_clause = Clause::Package;
    bool m_afterPackage = false;
    bool m_inImport = false; ///< a path may come
    bool m_inBlock = false;  ///< and more after it
    QStringList m_line;      ///< identifiers before, on this line
    GoSource m_source;
};

}

GoSource readGoSource(QStringView text)
{
    return Scanner(text).scan();
}

}
