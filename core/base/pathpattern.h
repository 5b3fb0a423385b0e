// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QRegularExpression>

#include <optional>
#include <vector>

namespace base {

/// One pattern for paths, as .dockerignore and BuildKit's lists of files have it, with the meaning and the
/// surprises of moby/patternmatcher: ** spans folders, * and ? do not, "a**" takes every path that starts
/// with "a", and "**a" every one that ends with it. Paths and patterns are UTF-8 bytes with "/".
class PathPattern
{
public:
    /// `cleaned` is as cleanedPath() leaves it, without "!". Nothing for what Docker refuses ("a[", "\\").
    static std::optional<PathPattern> compiled(const QByteArray &cleaned);

    [[nodiscard]] const QByteArray &text() const { return m_text; }
    [[nodiscard]] bool matches(QByteArrayView path) const;

private:
    enum class Way : quint8 { Exact, Prefix, Suffix, Glob, Expression };
    struct Piece
    {
        enum class Kind : quint8 {
            Text,
            One,     ///< ?
            Some,    ///< *
            Folders, ///< **, with more behind it: nothing, or whole folders
            Rest     ///< ** at the end
        };
        Kind kind;
        QByteArray text = {};
    };
    class Run;

    PathPattern() = default;
    void compile();
    void append(Piece::Kind kind);
    void append(char c);

    QByteArray m_text;
    Way m_way = Way::Exact;
    QByteArray m_fixed; ///< of Exact, Prefix and Suffix
    std::vector<Piece> m_pieces;
    QRegularExpression m_expression; ///< for [ranges] and what follows a backslash
};

/// Go's path/filepath.Clean for "/" paths: "./a//b/../c/" is "a/c", "" is ".".
QByteArray cleanedPath(QByteArrayView path);

/// The syntax that Go's filepath.Match accepts: closed [ranges], nothing after a last backslash.
bool isValidPathPattern(QByteArrayView pattern);

}
