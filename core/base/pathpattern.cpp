// SPDX-License-Identifier: Apache-2.0
#include "base/pathpattern.h"

#include <QList>
#include <QString>
#include <QVarLengthArray>

#include <utility>

namespace base {

namespace {

bool isLetterOrDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// The size of the UTF-8 character at `at`; a byte that begins none counts as one.
qsizetype characterSize(QByteArrayView text, qsizetype at)
{
    const auto lead = static_cast<unsigned char>(text[at]);
    const qsizetype wanted = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
    qsizetype size = 1;
    while (size < wanted && at + size < text.size() && isContinuation(text[at + size]))
        ++size;
    return size == wanted ? size : 1;
}

}

/// One comparison. Places that were tried in vain are remembered, so that a pattern of many stars takes time
/// in proportion to pattern and path, not to their power.
class PathPattern::Run
{
public:
    Run(const std::vector<Piece> &pieces, QByteArrayView path)
        : m_pieces(pieces)
        , m_path(path)
    {}

    bool matches(size_t piece, qsizetype at)
    {
        for (; piece < m_pieces.size(); ++piece) {
            const Piece &here = m_pieces[piece];
            switch (here.kind) {
            case Piece::Kind::Text:
                if (!m_path.sliced(at).startsWith(here.text))
                    return false;
                at += here.text.size();
                break;
            case Piece::Kind::One:
                if (at == m_path.size() || m_path[at] == '/')
                    return false;
                at += characterSize(m_path, at);
                break;
            case Piece::Kind::Some:
                return someThen(piece, at);
            case Piece::Kind::Folders:
                return foldersThen(piece, at);
            case Piece::Kind::Rest: // Go's "." is anything but the end of a line
                return !m_path.sliced(at).contains('\n');
            }
        }
        return at == m_path.size();
    }

private:
    // A place where this star was tried before has been tried with everything behind it, too.
    bool someThen(size_t star, qsizetype at)
    {
        for (; isNew(star, at); at += characterSize(m_path, at)) {
            if (matches(star + 1, at))
                return true;
            if (at == m_path.size() || m_path[at] == '/')
                return false;
        }
        return false;
    }

    bool foldersThen(size_t stars, qsizetype at)
    {
        if (!isNew(stars, at))
            return false;
        if (matches(stars + 1, at))
            return true;
        for (; at < m_path.size() && m_path[at] != '\n'; ++at) {
            if (m_path[at] != '/')
                continue;
            if (!isNew(stars, at + 1))
                return false;
            if (matches(stars + 1, at + 1))
                return true;
        }
        return false;
    }

    bool isNew(size_t piece, qsizetype at)
    {
        const size_t width = static_cast<size_t>(m_path.size()) + 1;
        if (m_tried.isEmpty())
            m_tried.resize(static_cast<qsizetype>(m_pieces.size() * width), false);
        bool &tried = m_tried[static_cast<qsizetype>(piece * width) + at];
        return !std::exchange(tried, true);
    }

    const std::vector<Piece> &m_pieces;
    QByteArrayView m_path;
    QVarLengthArray<bool, 512> m_tried;
};

std::optional<PathPattern> PathPattern::compiled(const QByteArray &cleaned)
{
    if (cleaned.isEmpty() || !isValidPathPattern(cleaned))
        return std::nullopt;
    PathPattern pattern;
    pattern.m_text = cleaned;
    pattern.compile();
    if (pattern.m_way == Way::Expression && !pattern.m_expression.isValid())
        return std::nullopt;
    return pattern;
}

void PathPattern::append(Piece::Kind kind)
{
    m_pieces.push_back({kind});
}

void PathPattern::append(char c)
{
    if (m_pieces.empty() || m_pieces.back().kind != Piece::Kind::Text)
        append(Piece::Kind::Text);
    m_pieces.back().text.append(c);
}

// Follows moby/patternmatcher's compile() element by element, since its surprises are what users meet: a
// pattern becomes a regular expression there, but only if it must.
void PathPattern::compile()
{
    QByteArray expression = "^";
    bool needsExpression = false;
    for (qsizetype i = 0; i < m_text.size(); ++i) {
        const char c = m_text[i];
        const bool isFirst = i == 0;
        const auto next = [&] { return i + 1 < m_text.size() ? m_text[i + 1] : '\0'; };
        if (c == '*' && next() == '*') {
            ++i;
            if (next() == '/')
                ++i;
            if (i + 1 < m_text.size()) {
                expression += "(.*/)?";
                append(Piece::Kind::Folders);
                m_way = Way::Glob;
            } else if (m_way == Way::Exact) {
                m_way = Way::Prefix;
            } else {
                expression += ".*";
                append(Piece::Kind::Rest);
                m_way = Way::Glob;
            }
            if (isFirst)
                m_way = Way::Suffix;
        } else if (c == '*' || c == '?') {
            expression += c == '*' ? "[^/]*" : "[^/]";
            append(c == '*' ? Piece::Kind::Some : Piece::Kind::One);
            m_way = Way::Glob;
        } else if (c == '\\' && i + 1 < m_text.size()) {
            const char escaped = m_text[++i];
            expression += c;
            expression += escaped;
            append(escaped);
            // Of a letter or digit the regular expression makes something of its own (\d, \w, \b).
            needsExpression = needsExpression || isLetterOrDigit(escaped);
            m_way = Way::Glob;
        } else {
            if (QByteArrayView(".+()|{}$").contains(c))
                expression += '\\';
            if (c == '[' || c == ']')
                m_way = Way::Glob;
            needsExpression = needsExpression || c == '[' || c == ']' || c == '^';
            expression += c;
            append(c);
        }
    }
    if (m_way == Way::Prefix)
        m_fixed = m_text.chopped(2);
    else if (m_way == Way::Suffix)
        m_fixed = m_text.sliced(2);
    else if (m_way == Way::Exact)
        m_fixed = m_text;
    else if (needsExpression) {
        m_way = Way::Expression;
        m_expression.setPattern(QString::fromUtf8(expression + "\\z"));
    }
}

bool PathPattern::matches(QByteArrayView path) const
{
    switch (m_way) {
    case Way::Exact:
        return path == m_fixed;
    case Way::Prefix:
        return path.startsWith(m_fixed);
    case Way::Suffix:
        return path.endsWith(m_fixed) ||
               (m_fixed.startsWith('/') && path == QByteArrayView(m_fixed).sliced(1));
    case Way::Glob: {
        const Piece &last = m_pieces.back();
        if (last.kind == Piece::Kind::Text && !path.endsWith(last.text))
            return false;
        return Run(m_pieces, path).matches(0, 0);
    }
    case Way::Expression:
        return m_expression.match(QString::fromUtf8(path)).hasMatch();
    }
    return false;
}

QByteArray cleanedPath(QByteArrayView path)
{
    const bool rooted = path.startsWith('/');
    QList<QByteArrayView> parts;
    for (qsizetype at = 0; at < path.size();) {
        qsizetype end = path.indexOf('/', at);
        if (end < 0)
            end = path.size();
        const QByteArrayView part = path.sliced(at, end - at);
        at = end + 1;
        if (part.isEmpty() || part == ".")
            continue;
        if (part == ".." && !parts.isEmpty() && parts.back() != "..")
            parts.removeLast();
        else if (part != ".." || !rooted)
            parts.append(part);
    }
    QByteArray result = rooted ? "/" : "";
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0)
            result += '/';
        result += parts[i];
    }
    return result.isEmpty() ? QByteArray(".") : result;
}

bool isValidPathPattern(QByteArrayView pattern)
{
    // Takes one end of a range; false when it is none, or the pattern ends after it.
    const auto takeCharacter = [&pattern](qsizetype &at) {
        if (at >= pattern.size() || pattern[at] == '-' || pattern[at] == ']')
            return false;
        if (pattern[at] == '\\' && ++at >= pattern.size())
            return false;
        at += characterSize(pattern, at);
        return at < pattern.size();
    };
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        if (pattern[at] == '\\') {
            if (++at == pattern.size())
                return false;
            continue;
        }
        if (pattern[at] != '[')
            continue;
        ++at;
        if (at < pattern.size() && pattern[at] == '^')
            ++at;
        for (int ranges = 0; ranges == 0 || pattern[at] != ']'; ++ranges) {
            if (!takeCharacter(at))
                return false;
            if (pattern[at] == '-' && (++at, !takeCharacter(at)))
                return false;
        }
    }
    return true;
}

}
