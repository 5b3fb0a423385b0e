// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/themecolors.h"

#include <QTextCharFormat>
#include <QTextCursor>

namespace ui {

/// Turns a terminal's output into formatted text: SGR colours and weights become the theme's, a carriage
/// return starts the line over, every other control sequence is dropped. Sequences may be cut anywhere
/// between two calls.
class AnsiText
{
public:
    explicit AnsiText(const ThemeColors &colors)
        : m_colors(&colors)
    {}

    /// Appends at the cursor, which must be at the document's end.
    void append(QTextCursor &cursor, const QString &text);

    /// The words alone, as a person would copy them.
    static QString plain(const QString &text);

private:
    void applySgr(QStringView parameters);
    QColor extendedColor(const QList<int> &codes, qsizetype &at) const;
    void put(QTextCursor &cursor, const QString &words);

    const ThemeColors *m_colors;
    QTextCharFormat m_format;
    QString m_unfinished;    ///< an escape sequence that was cut
    bool m_returned = false; ///< a CR was seen, and no LF after it
};

}
