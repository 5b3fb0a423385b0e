// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/editor.h"

#include "dockerfile/commandverbs.h"
#include "dockerfile/goquote.h"
#include "dockerfile/snippet.h"
#include "dockerfile/text.h"

#include <algorithm>

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

Instruction readOne(const QString &text, QChar escape)
{
    const Snippet snippet = readSnippet(text, escape);
    return {snippet.tree, snippet.firstLine};
}

/// How two lists differ: the same before, the same behind, and what is between.
struct Difference
{
    qsizetype before = 0;
    qsizetype was = 0; ///< how many of the old ones differ
    qsizetype now = 0; ///< and of the new ones
};

Difference differenceOf(const QStringList &old, const QStringList &wanted)
{
    Difference difference;
    const qsizetype shorter = std::min(old.size(), wanted.size());
    while (difference.before < shorter && old[difference.before] == wanted[difference.before])
        ++difference.before;
    qsizetype behind = 0;
    while (behind < shorter - difference.before &&
           old[old.size() - 1 - behind] == wanted[wanted.size() - 1 - behind])
        ++behind;
    difference.was = old.size() - difference.before - behind;
    difference.now = wanted.size() - difference.before - behind;
    return difference;
}

QStringList textsOf(const std::vector<Word> &words)
{
    QStringList texts;
    for (const Word &word : words)
        texts.append(word.text);
    return texts;
}

// After the keyword and the flags.
qsizetype headEnd(const Instruction &instruction)
{
    const auto &flags = instruction.flags();
    return flags.empty() ? instruction.keywordWord().range.end() : flags.back().range.end();
}

TextEdit insertedWords(const Instruction &instruction, qsizetype at, const QStringList &texts)
{
    const auto &words = instruction.words();
    const QString joined = texts.join(u' ');
    if (words.empty())
        return {{headEnd(instruction), 0}, u' ' + joined};
    if (at == 0)
        return {{words.front().range.start, 0}, joined + u' '};
    return {{words[size_t(at - 1)].range.end(), 0}, u' ' + joined};
}

TextEdit insertedItems(const Instruction &instruction, qsizetype at, const QStringList &items)
{
    QStringList quoted;
    for (const QString &item : items)
        quoted.append(jsonQuoted(item));
    const QString joined = quoted.join(u", "_s);
    const auto words = instruction.jsonWords();
    if (words.empty())
        return {{instruction.argumentsRange().end() - 1, 0}, joined};
    if (at == 0)
        return {{words.front().range.start - 1, 0}, joined + u", "_s};
    return {{words[size_t(at - 1)].range.end() + 1, 0}, u", "_s + joined};
}

TextRange removedItems(const Instruction &instruction, qsizetype first, qsizetype count)
{
    const auto words = instruction.jsonWords();
    const auto startOf = [&words](qsizetype at) { return words[size_t(at)].range.start - 1; };
    const auto endOf = [&words](qsizetype at) { return words[size_t(at)].range.end() + 1; };
    const qsizetype behind = first + count;
    if (first > 0)
        return {endOf(first - 1), endOf(behind - 1) - endOf(first - 1)};
    if (behind < qsizetype(words.size()))
        return {startOf(0), startOf(behind) - startOf(0)};
    return {startOf(0), endOf(behind - 1) - startOf(0)};
}

}

InstructionEditor::InstructionEditor(const Instruction &instruction)
    : m_style(styleOf(instruction.tree()))
    , m_now(instruction)
    , m_before(instruction.tree().line(instruction.line()).text)
    , m_start(instruction.tree().lineRange(instruction.line()).start)
{
    m_style.escape = instruction.tree().escape();
    readAgain(m_before);
}

InstructionEditor::InstructionEditor(const Style &style, Keyword keyword)
    : m_style(style)
    , m_now(readOne(styledKeyword(style, keyword), style.escape))
{}

void InstructionEditor::readAgain(const QString &text)
{
    const Snippet snippet = readSnippet(text, m_style.escape);
    const bool isInstruction = snippet.firstLine < snippet.tree.lineCount() &&
                               snippet.tree.line(snippet.firstLine).kind == LineKind::Instruction;
    m_isBroken = m_isBroken || !isInstruction || snippet.tree.lineCount() > snippet.firstLine + 1;
    if (isInstruction)
        m_now = Instruction(snippet.tree, snippet.firstLine);
}

QString InstructionEditor::lineText() const
{
    return m_now.tree().line(m_now.line()).text;
}

void InstructionEditor::apply(const TextEdit &edit)
{
    if (m_isBroken)
        return;
    const qsizetype start = m_now.tree().lineRange(m_now.line()).start;
    TextEdit moved;
    for (const auto &[range, text] : edit.replacements())
        moved.replace({range.start - start, range.length}, text);
    QString text = lineText();
    moved.applyTo(text);
    readAgain(text);
}

void InstructionEditor::setFlag(const QString &name, const QString &value)
{
    const auto flag = m_now.flag(name);
    if (!flag || flag->value.value_or(QString()) != value) // --from= says as little as nothing
        setFlags(name, value.isEmpty() ? QStringList() : QStringList{value});
}

void InstructionEditor::setSwitch(const QString &name, bool wanted)
{
    const auto flag = m_now.flag(name);
    if (isOn(flag) == wanted)
        return;
    if (!wanted)
        return setFlags(name, {});
    if (flag)
        return replace(flag->range, u"--"_s + name);
    apply({{headEnd(m_now), 0}, u" --"_s + name});
}

void InstructionEditor::setFlags(const QString &name, const QStringList &values)
{
    const auto own = [this, &name] {
        std::vector<Flag> flags;
        std::ranges::copy_if(m_now.flags(), std::back_inserter(flags),
                             [&name](const Flag &flag) { return flag.name == name; });
        return flags;
    };
    QStringList old;
    for (const Flag &flag : own())
        old.append(flag.value.value_or(QString()));
    const Difference difference = differenceOf(old, values);
    const qsizetype changed = std::min(difference.was, difference.now);
    for (qsizetype i = 0; i < changed; ++i) {
        const Flag flag = own()[size_t(difference.before + i)];
        const QString text = flagValueText(values[difference.before + i]);
        replace(flag.valueRange, flag.value ? text : QString(u'=' + text));
    }
    for (qsizetype i = difference.was - 1; i >= changed && !m_isBroken; --i)
        apply(removeFlag(m_now, own()[size_t(difference.before + i)]));
    for (qsizetype i = changed; i < difference.now && !m_isBroken; ++i) {
        const auto flags = own();
        const qsizetype at = difference.before + i;
        const qsizetype place = at > 0 ? flags[size_t(at - 1)].range.end() : headEnd(m_now);
        apply({{place, 0}, u" --"_s + name + u'=' + flagValueText(values[at])});
    }
}

void InstructionEditor::setWords(const QStringList &texts)
{
    const Difference difference = differenceOf(textsOf(m_now.words()), texts);
    const qsizetype changed = std::min(difference.was, difference.now);
    const qsizetype rest = difference.before + changed;
    const std::vector<Word> words = m_now.words();
    TextEdit changes;
    for (qsizetype i = difference.before; i < rest; ++i)
        changes.replace(words[size_t(i)].range, texts[i]);
    if (difference.was > changed) {
        const qsizetype start = words[size_t(rest)].range.start;
        const qsizetype end = words[size_t(difference.before + difference.was - 1)].range.end();
        apply(removeWithBlanks(m_now, {start, end - start}));
    } else if (difference.now > changed) {
        apply(insertedWords(m_now, rest, texts.sliced(rest, difference.now - changed)));
    }
    // What stands before the place of a change has not moved.
    apply(changes);
}

void InstructionEditor::setItems(const QStringList &items)
{
    const auto isRaw = [](const QString &item) { return withoutRawBytes(item) != item; };
    m_hasRawBytes = m_hasRawBytes || std::ranges::any_of(items, isRaw);
    if (!m_now.json())
        return setArguments(jsonListText(items));
    const auto words = m_now.jsonWords();
    const Difference difference = differenceOf(m_now.json().value_or(QStringList()), items);
    const qsizetype changed = std::min(difference.was, difference.now);
    const qsizetype rest = difference.before + changed;
    TextEdit changes;
    for (qsizetype i = difference.before; i < rest; ++i) {
        const TextRange inner = words[size_t(i)].range;
        changes.replace({inner.start - 1, inner.length + 2}, jsonQuoted(items[i]));
    }
    if (difference.was > changed)
        replace(removedItems(m_now, rest, difference.was - changed), {});
    else if (difference.now > changed)
        apply(insertedItems(m_now, rest, items.sliced(rest, difference.now - changed)));
    apply(changes);
}

void InstructionEditor::setArguments(const QString &text)
{
    const TextRange arguments = m_now.argumentsRange();
    if (m_now.words().empty()) {
        const QString rows = withLineEnds(text, m_style.lineEnd);
        if (!rows.isEmpty())
            apply({{headEnd(m_now), m_now.range().end() - headEnd(m_now)}, u' ' + rows});
        return;
    }
    const qsizetype line = m_now.tree().lineRange(m_now.line()).start;
    const TextRange range{arguments.start, m_now.range().end() - arguments.start};
    const TextEdit changes =
        rowChanges(lineText().sliced(range.start - line, range.length), text, m_style.lineEnd);
    TextEdit moved;
    for (const auto &[changed, replacement] : changes.replacements())
        moved.replace({range.start + changed.start, changed.length}, replacement);
    apply(moved);
}

QString InstructionEditor::whyBroken() const
{
    if (m_isBroken)
        return Text::tr("The text would not be one instruction any more.");
    if (m_hasRawBytes)
        return Text::tr("A list cannot hold bytes that are no UTF-8.");
    const Line &line = m_now.tree().line(m_now.line());
    if (line.unterminated &&
        (m_before.isEmpty() || !readOne(m_before, m_style.escape).tree().line(m_now.line()).unterminated))
        return Text::tr("The instruction would not be finished.");
    return {};
}

Result<TextEdit> InstructionEditor::edit() const
{
    if (const QString reason = whyBroken(); !reason.isEmpty())
        return refused(reason);
    TextEdit moved;
    const TextEdit changes = TextEdit::between(m_before, lineText());
    for (const auto &[range, text] : changes.replacements())
        moved.replace({m_start + range.start, range.length}, text);
    return moved;
}

Result<QString> InstructionEditor::text() const
{
    if (const QString reason = whyBroken(); !reason.isEmpty())
        return refused(reason);
    return withLineEnds(lineText(), m_style.lineEnd);
}

bool isOn(const std::optional<Flag> &flag)
{
    static const QStringList no{u"0"_s, u"f"_s, u"F"_s, u"false"_s, u"False"_s, u"FALSE"_s};
    return flag && !no.contains(flag->value.value_or(QString()));
}

}
