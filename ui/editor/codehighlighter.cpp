// SPDX-License-Identifier: Apache-2.0
#include "editor/codehighlighter.h"

#include "editor/displaymap.h"
#include "theme/themecolors.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>

#include <QHash>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using KSyntaxHighlighting::State;
using KSyntaxHighlighting::Theme;

/// As WCAG counts it, from 0 to 1.
qreal luminance(const QColor &color)
{
    const auto linear = [](float part) {
        return part <= 0.04045f ? part / 12.92f : std::pow((part + 0.055f) / 1.055f, 2.4f);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

qreal contrast(const QColor &one, const QColor &other)
{
    const qreal a = luminance(one) + 0.05;
    const qreal b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

Theme::TextStyle themeStyle(CodeStyle style)
{
    switch (style) {
    case CodeStyle::Keyword:
        return Theme::Keyword;
    case CodeStyle::Flag:
        return Theme::Attribute;
    case CodeStyle::String:
        return Theme::String;
    case CodeStyle::Variable:
        return Theme::Variable;
    case CodeStyle::Operator:
        return Theme::Operator;
    case CodeStyle::Number:
        return Theme::DecVal;
    case CodeStyle::Comment:
        return Theme::Comment;
    case CodeStyle::Directive:
        return Theme::Annotation;
    case CodeStyle::Broken:
        return Theme::Error;
    case CodeStyle::Embedded:
        return Theme::Normal;
    }
    Q_UNREACHABLE_RETURN(Theme::Normal);
}

}

/// What a row was coloured from, and the state that its embedded text left behind.
struct CodeHighlighter::RowMemory final : QTextBlockUserData
{
    QString text;
    CodeRow row; ///< from 0
    State before;
    State after;
};

/// Other languages' definitions, asked row by row.
class CodeHighlighter::Embedded final : private KSyntaxHighlighting::AbstractHighlighter
{
public:
    void setColors(const ThemeColors &colors)
    {
        using KSyntaxHighlighting::Repository;
        setTheme(m_repository.defaultTheme(colors.isDark ? Repository::DarkTheme : Repository::LightTheme));
        m_formats.clear();
        m_ground = colors.panel;
        m_text = colors.text;
        m_contrast = colors.isHighContrast ? 7 : 4.5;
    }
    /// The theme was made for another ground: what is too faint on ours is moved towards the text's colour.
    [[nodiscard]] QColor readable(QColor color) const
    {
        for (int step = 0; step < 10 && contrast(color, m_ground) < m_contrast; ++step)
            color = blend(color, m_text, 0.2);
        return color;
    }
    using AbstractHighlighter::theme;

    State highlight(const QString &language, QStringView text, const State &before, int offset,
                    QList<QTextLayout::FormatRange> &ranges)
    {
        const auto definition = definitionOf(language);
        if (!definition.isValid())
            return before;
        setDefinition(definition);
        m_ranges = &ranges;
        m_offset = offset;
        m_end = offset + int(text.size());
        return highlightLine(text, before);
    }

private:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
    {
        if (length == 0 || format.isDefaultTextStyle(theme()))
            return;
        auto known = m_formats.find(format.id());
        if (known == m_formats.end())
            known = m_formats.insert(format.id(), charFormat(format));
        const int start = m_offset + offset;
        m_ranges->append({start, std::min(length, m_end - start), *known});
    }

    [[nodiscard]] QTextCharFormat charFormat(const KSyntaxHighlighting::Format &format) const
    {
        QTextCharFormat result;
        if (format.hasTextColor(theme()))
            result.setForeground(readable(format.textColor(theme())));
        if (format.isBold(theme()))
            result.setFontWeight(QFont::Bold);
        result.setFontItalic(format.isItalic(theme()));
        return result;
    }

    KSyntaxHighlighting::Definition definitionOf(const QString &language)
    {
        auto known = m_definitions.find(language);
        if (known == m_definitions.end())
            known = m_definitions.insert(language, language == "bash"_L1
                                                       ? m_repository.definitionForName(u"Bash"_s)
                                                       : m_repository.definitionForFileName(language));
        return *known;
    }

    KSyntaxHighlighting::Repository m_repository;
    QHash<QString, KSyntaxHighlighting::Definition> m_definitions;
    QHash<quint16, QTextCharFormat> m_formats;
    QList<QTextLayout::FormatRange> *m_ranges = nullptr;
    int m_offset = 0;
    int m_end = 0;
    QColor m_ground;
    QColor m_text;
    qreal m_contrast = 4.5;
};

CodeHighlighter::CodeHighlighter(QTextDocument &document)
    : m_document(document)
    , m_embedded(std::make_unique<Embedded>())
{}

CodeHighlighter::~CodeHighlighter() = default;

void CodeHighlighter::setColors(const ThemeColors &colors)
{
    m_embedded->setColors(colors);
    recolour();
}

void CodeHighlighter::recolour()
{
    // What is remembered of a row is what it was coloured from: without it, every row is coloured again.
    QTextCursor all(&m_document);
    all.beginEditBlock();
    for (auto block = m_document.begin(); block.isValid(); block = block.next()) {
        const auto *memory = static_cast<const RowMemory *>(block.userData());
        if (memory == nullptr)
            continue;
        const CodeRow row = memory->row;
        const QString text = memory->text;
        const auto *before = static_cast<const RowMemory *>(block.previous().userData());
        block.setUserData(nullptr);
        showRow(block, row, text, before);
        m_document.markContentsDirty(block.position(), block.length());
    }
    all.endEditBlock();
}

void CodeHighlighter::showAll(const dockerfile::Tree &tree, const DisplayMap &map)
{
    m_tree = tree;
    show({0, tree.lineCount()}, map);
}

void CodeHighlighter::showEdit(const dockerfile::Tree &tree, const DisplayMap &map,
                               const base::TextEdit &edit)
{
    const LineRange lines = changedLines(tree, edit);
    m_tree = tree;
    show(lines, map);
}

// An edit shares the lines that it did not touch: those under it, and on both sides as far as lines differ.
CodeHighlighter::LineRange CodeHighlighter::changedLines(const dockerfile::Tree &tree,
                                                         const base::TextEdit &edit) const
{
    if (edit.isEmpty() || tree.lineCount() == 0 || m_tree.lineCount() == 0)
        return {0, tree.lineCount()};
    qsizetype grown = 0;
    for (const auto &replacement : edit.replacements())
        grown += replacement.text.size() - replacement.range.length;
    const qsizetype start = std::min(edit.replacements().front().range.start, tree.length());
    const qsizetype end =
        std::clamp<qsizetype>(edit.replacements().back().range.end() + grown, 0, tree.length());

    int first = tree.lineAt(start);
    while (first > 0 && (first > m_tree.lineCount() || &m_tree.line(first - 1) != &tree.line(first - 1)))
        --first;
    const int more = tree.lineCount() - m_tree.lineCount();
    const auto isShared = [&](int line) {
        const int was = line - more;
        return was >= 0 && was < m_tree.lineCount() && &m_tree.line(was) == &tree.line(line);
    };
    int last = tree.lineAt(end) + 1;
    while (last < tree.lineCount() && !isShared(last))
        ++last;
    return {first, last};
}

void CodeHighlighter::show(LineRange lines, const DisplayMap &map)
{
    QTextCursor all(&m_document);
    all.beginEditBlock(); // one report of what looks otherwise now
    for (int index = lines.first; index < lines.end; ++index) {
        const auto &line = m_tree.line(index);
        const qsizetype start = m_tree.lineRange(index).start;
        auto block = m_document.findBlock(int(map.toDisplay(start)));
        const RowMemory *before = nullptr;
        for (const auto &row : codeRows(line)) {
            if (!block.isValid())
                break;
            const QStringView text = QStringView(line.text).sliced(row.start, row.length);
            if (showRow(block, row, text, before))
                m_document.markContentsDirty(block.position(), block.length());
            before = static_cast<const RowMemory *>(block.userData());
            block = block.next();
        }
    }
    all.endEditBlock();
}

bool CodeHighlighter::showRow(QTextBlock &block, CodeRow row, QStringView text, const RowMemory *before)
{
    row.start = 0;
    const bool readsOn = row.piece >= 0 && before != nullptr && before->row.piece == row.piece;
    const State state = readsOn ? before->after : State();
    auto *memory = static_cast<RowMemory *>(block.userData());
    if (memory && memory->text == text && memory->row == row && memory->before == state)
        return false;
    if (memory == nullptr)
        block.setUserData(memory = new RowMemory);
    memory->text = text.toString();
    memory->before = memory->after = state;

    QList<QTextLayout::FormatRange> ranges;
    for (const auto &span : row.spans) {
        if (span.style != CodeStyle::Embedded) {
            ranges.append({span.start, span.length, formatOf(span.style)});
            continue;
        }
        QString part = memory->text.mid(span.start, span.length);
        if (row.continues && span.start + span.length == row.length) {
            part = part.trimmed().isEmpty() ? part : part.left(part.lastIndexOf(part.trimmed().back()));
            part += u'\\';
        }
        memory->after = m_embedded->highlight(row.language, part, memory->after, span.start, ranges);
    }
    memory->row = std::move(row);
    block.layout()->setFormats(ranges);
    return true;
}

QTextCharFormat CodeHighlighter::formatOf(CodeStyle style) const
{
    const auto theme = m_embedded->theme();
    const auto wanted = themeStyle(style);
    QTextCharFormat format;
    format.setForeground(m_embedded->readable(QColor::fromRgba(theme.textColor(wanted))));
    if (theme.isBold(wanted))
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(theme.isItalic(wanted));
    return format;
}

}
