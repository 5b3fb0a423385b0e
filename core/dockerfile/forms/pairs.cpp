// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/formedit.h"
#include "dockerfile/forms/pairvalue.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"
#include "dockerfile/views.h"

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

PairForm readPair(const Pair &pair, QChar escape)
{
    PairForm form{.name = pair.name.text, .value = {}};
    if (pair.value)
        form.value = pairValueFromText(pair.value->text, escape);
    return form;
}

bool isOldForm(const Instruction &instruction)
{
    const auto pairs = viewPairs(instruction);
    return pairs.size() == 1 && pairs.front().oldForm && pairs.front().value;
}

QString pairText(const PairForm &pair, QChar escape, Quotes quotes)
{
    return pair.value ? QString(pair.name + u'=' + pairValueText(*pair.value, escape, quotes)) : pair.name;
}

// The quotes that all the values have.
Quotes usualQuotes(const std::vector<Pair> &pairs)
{
    if (pairs.empty() || !pairs.front().value || pairs.front().oldForm)
        return Quotes::None;
    const Quotes first = quotesOf(pairs.front().value->text);
    const bool isUsual = std::ranges::all_of(
        pairs, [first](const Pair &pair) { return pair.value && quotesOf(pair.value->text) == first; });
    return isUsual ? first : Quotes::None;
}

void writeOldForm(InstructionEditor &editor, const PairForm &form)
{
    const QChar escape = editor.style().escape;
    const Pair pair = viewPairs(editor.now()).front();
    TextEdit edit;
    if (pair.name.text != form.name)
        edit.replace(pair.name.range, form.name);
    if (readPair(pair, escape).value != form.value)
        edit.replace(pair.value->range, pairValueText(*form.value, escape, quotesOf(pair.value->text)));
    editor.apply(edit);
}

// The word as the form wants it; what stays keeps its spelling.
QString wordLike(const Pair &pair, const PairForm &form, QChar escape)
{
    const PairForm now = readPair(pair, escape);
    if (now.value == form.value && pair.value && !pair.oldForm)
        return form.name + u'=' + pair.value->text;
    return pairText(form, escape, pair.value ? quotesOf(pair.value->text) : Quotes::None);
}

// Does each pair after the first stand on a row of its own?
bool standInRows(const Instruction &instruction)
{
    const auto &words = instruction.words();
    const Tree &tree = instruction.tree();
    for (size_t i = 1; i < words.size(); ++i) {
        if (tree.rowAt(words[i].range.start) == tree.rowAt(words[i - 1].range.start))
            return false;
    }
    return words.size() > 1;
}

void insertRow(InstructionEditor &editor, const QString &word)
{
    const auto &words = editor.now().words();
    const Tree &tree = editor.now().tree();
    // The indent of the row above.
    const qsizetype line = tree.lineRange(editor.now().line()).start;
    const qsizetype last = words.back().range.start - line;
    const QString text = tree.line(editor.now().line()).text;
    const qsizetype rowStart = text.lastIndexOf(u'\n', last) + 1;
    const QString indent = text.sliced(rowStart, last - rowStart);
    editor.apply({{words.back().range.end(), 0},
                  u' ' + editor.style().escape + editor.style().lineEnd + indent + word});
}

void writeWords(InstructionEditor &editor, const QStringList &words)
{
    const qsizetype count = qsizetype(editor.now().words().size());
    if (words.size() <= count || !standInRows(editor.now()))
        return editor.setWords(words);
    editor.setWords(words.first(count));
    for (const QString &word : words.sliced(count))
        insertRow(editor, word);
}

void writePairs(InstructionEditor &editor, const PairsForm &form)
{
    const QChar escape = editor.style().escape;
    const std::vector<Pair> pairs = viewPairs(editor.now());
    if (isOldForm(editor.now()) && form.pairs.size() == 1 && form.pairs.front().value)
        return writeOldForm(editor, form.pairs.front());

    // The pairs that are the same at the beginning and at the end keep their words.
    const auto now = readPairs(editor.now()).pairs;
    size_t before = 0;
    while (before < now.size() && before < form.pairs.size() && now[before] == form.pairs[before])
        ++before;
    size_t behind = 0;
    while (behind < now.size() - before && behind < form.pairs.size() - before &&
           now[now.size() - 1 - behind] == form.pairs[form.pairs.size() - 1 - behind])
        ++behind;
    QStringList words;
    for (size_t i = 0; i < form.pairs.size(); ++i) {
        const bool isBehind = i >= form.pairs.size() - behind;
        const size_t old = isBehind ? i + now.size() - form.pairs.size() : i;
        const bool hasOld = isBehind || i < now.size() - behind;
        words.append(hasOld ? wordLike(pairs[old], form.pairs[i], escape)
                            : pairText(form.pairs[i], escape, usualQuotes(pairs)));
    }
    if (isOldForm(editor.now()))
        editor.setArguments(words.join(u' '));
    else
        writeWords(editor, words);
}

QString whyNotPair(Keyword keyword, const PairForm &pair)
{
    const QString reason =
        keyword == Keyword::Label ? whyNoLabelName(pair.name) : whyNoVariableName(pair.name);
    if (!reason.isEmpty())
        return reason;
    if (!pair.value && keyword != Keyword::Arg)
        return Text::tr("\"%1\" needs a value.").arg(pair.name);
    if (pair.value && (pair.value->contains(u'\n') || pair.value->contains(u'\r')))
        return Text::tr("The value of \"%1\" stands on one line.").arg(pair.name);
    return {};
}

}

PairsForm readPairs(const Instruction &instruction)
{
    PairsForm form{.keyword = instruction.keyword(), .pairs = {}};
    for (const Pair &pair : viewPairs(instruction))
        form.pairs.push_back(readPair(pair, instruction.tree().escape()));
    return form;
}

QString whyNot(const PairsForm &form)
{
    if (form.pairs.empty())
        return Text::tr("%1 needs a name.").arg(keywordText(form.keyword));
    QStringList names;
    for (const PairForm &pair : form.pairs) {
        if (const QString reason = whyNotPair(form.keyword, pair); !reason.isEmpty())
            return reason;
        if (names.contains(pair.name))
            return Text::tr("\"%1\" is said twice.").arg(pair.name);
        names.append(pair.name);
    }
    return {};
}

Result<TextEdit> editTo(const Instruction &instruction, const PairsForm &form)
{
    return editWith(instruction, form, readPairs, writePairs);
}

Result<QString> newText(const Style &style, const PairsForm &form)
{
    return newWith(style, form.keyword, form, writePairs);
}

}
