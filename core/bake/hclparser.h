// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/body.h"

namespace bake {

/// Recursive descent over HCL's native syntax. The first error wins; what is returned after it counts for
/// nothing.
class HclParser
{
public:
    HclParser(QString text, QString file, int firstLine = 1);

    Body body();                    ///< a whole file
    ExpressionPointer expression(); ///< one expression, as in ${...}
    /// The whole text as a template without backslash escapes: a heredoc, or a string of JSON.
    ExpressionPointer wholeTemplate();

    [[nodiscard]] const std::optional<base::Error> &error() const { return m_error; }

private:
    // hclscanner.cpp: characters
    [[nodiscard]] QChar peek(qsizetype ahead = 0) const;
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] bool startsWith(QStringView word) const
    {
        return QStringView(m_text).sliced(m_at).startsWith(word);
    }
    void advance(qsizetype count = 1);
    bool take(QStringView word); ///< skips blanks before it
    void skipBlanks();           ///< and line ends, where they mean nothing
    void skipBlanksAndLines();
    bool skipComment();
    void endOfItem(); ///< a line end, the end of the file, or the brace that closes the block
    QString identifier();
    void fail(const QString &message, const QString &hint = {});

    // hclparser.cpp: blocks
    void bodyUntil(QChar end, Body &body);
    Block block(const QString &type, int line);
    QString label();

    // hclexpressions.cpp
    ExpressionPointer conditional();
    ExpressionPointer binary(int level);
    ExpressionPointer unary();
    ExpressionPointer postfix();
    ExpressionPointer indexed(ExpressionPointer object, int line);
    ExpressionPointer splat(ExpressionPointer list, int line);
    ExpressionPointer primary();
    ExpressionPointer number();
    ExpressionPointer named();
    ExpressionPointer call(const QString &name, int line);
    ExpressionPointer tuple();
    ExpressionPointer object();
    ExpressionPointer forExpression(QChar end, int line);
    ExpressionPointer objectKey();

    // hcltemplates.cpp
    ExpressionPointer quoted();
    ExpressionPointer heredoc();
    ExpressionPointer templateUntil(QChar end, bool withEscapes);
    QString escapeSequence();
    bool interpolation(std::vector<ExpressionPointer> &parts);

    QString m_text;
    QString m_file;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_depth = 0;         ///< of nested expressions: a hostile file must not end the program
    bool m_isInside = false; ///< of brackets, where line ends mean nothing
    std::optional<base::Error> m_error;
};

/// An expression node, for those that make them.
ExpressionPointer literal(Value value, int line);

}
