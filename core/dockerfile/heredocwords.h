// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/chars.h"

#include <QHash>
#include <QString>

#include <vector>

namespace dockerfile {

/// A << word of an instruction.
struct HeredocWord
{
    QString name;
    bool expands = true;
    bool stripsTabs = false;
    Span span; ///< in the joined line
};

struct HeredocWords
{
    std::vector<HeredocWord> words;
    bool malformed = false; ///< one of them cannot be read: the builder refuses the line
};

/// The heredocs that a joined logical line announces, as the builder finds them: by its shell's rules, with
/// backslash as the escape character whatever the file says.
HeredocWords heredocWords(QStringView line);

/// Is there a << at all? What is asked of every line, and therefore fast.
bool mayHoldHeredoc(QStringView line);

/// Finds the rows that end heredocs. One object serves a whole text, so that many heredocs without an end do
/// not make reading it quadratic.
class HeredocEnds
{
public:
    explicit HeredocEnds(QStringView text)
        : m_text(text)
    {}

    /// Where the row that ends a heredoc starts, looking from the row at `from`; -1 when there is none.
    qsizetype find(const HeredocWord &word, qsizetype from);

private:
    void indexRows();

    QStringView m_text;
    QHash<QString, qsizetype> m_missingFrom; ///< by name: none at or after this place
    QHash<QStringView, qsizetype> m_lastRow; ///< by the row without its tabs: where the last one starts
    int m_misses = 0;
};

/// Is this row (without its line end) the end of such a heredoc?
bool endsHeredoc(QStringView row, const HeredocWord &word);

}
