// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/commandverbs.h"

#include "dockerfile/command.h"
#include "dockerfile/text.h"

#include <QRegularExpression>

using namespace base;
using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

std::unexpected<Error> noCommand(const Instruction &instruction)
{
    return refused(Text::tr("%1 has no command here.").arg(instruction.keywordWord().text));
}

/// Each word in its place, so that rows and comments stay; else the whole on one row.
template <class Check>
std::optional<TextEdit> firstThatFits(const std::vector<TextEdit> &edits, const Check &fits)
{
    for (const TextEdit &edit : edits) {
        if (fits(edit))
            return edit;
    }
    return std::nullopt;
}

std::optional<TextEdit> listInPlace(const std::vector<Word> &words, const QStringList &items)
{
    if (words.size() != size_t(items.size()) || words.empty())
        return std::nullopt;
    TextEdit edit;
    for (size_t i = 0; i < words.size(); ++i) {
        QString text = jsonQuoted(items[qsizetype(i)]);
        if (i == 0)
            text.prepend(u'[');
        text += i + 1 < words.size() ? u',' : u']';
        edit.replace(words[i].range, text);
    }
    return edit;
}

Result<TextEdit> toList(const Instruction &instruction, TextRange range, const std::vector<Word> &words,
                        const QStringList &items)
{
    std::vector<TextEdit> edits;
    if (const auto inPlace = listInPlace(words, items))
        edits.push_back(*inPlace);
    edits.emplace_back(range, jsonListText(items));
    const auto edit = firstThatFits(edits, [&](const TextEdit &one) {
        const auto after = readAfter(instruction, one);
        return after && after->json() == items;
    });
    if (!edit)
        return refused(Text::tr("The words cannot be written as a list."));
    return *edit;
}

/// Takes the brackets, quotes and commas of a list away and leaves its rows as they are.
std::optional<TextEdit> wordsInPlace(const Instruction &instruction, TextRange range,
                                     const QStringList &texts)
{
    const std::vector<Word> items = instruction.jsonWords();
    const Tree &tree = instruction.tree();
    const qsizetype line = tree.lineRange(instruction.line()).start;
    const QString &text = tree.line(instruction.line()).text;
    TextEdit edit;
    qsizetype at = range.start;
    for (size_t i = 0; i < items.size(); ++i) {
        const qsizetype start = items[i].range.start - 1;
        const QStringView gap = QStringView(text).sliced(at - line, start - at);
        if (i == 0) {
            edit.remove({at, start - at});
        } else {
            const qsizetype comma = gap.indexOf(u',');
            if (comma < 0)
                return std::nullopt;
            edit.replace({at + comma, 1}, gap.size() == 1 ? u" "_s : QString());
        }
        edit.replace({start, items[i].range.length + 2}, texts[qsizetype(i)]);
        at = items[i].range.end() + 1;
    }
    edit.remove({at, range.end() - at});
    return edit;
}

QStringList wordTexts(const std::vector<Word> &words)
{
    QStringList texts;
    for (const Word &word : words)
        texts.append(word.text);
    return texts;
}

Result<TextEdit> commandToJson(const Instruction &instruction)
{
    if (instruction.json())
        return refused(Text::tr("It is in JSON form already."));
    const auto command = commandOf(instruction);
    if (!command)
        return noCommand(instruction);
    if (!instruction.heredocs().empty())
        return refused(Text::tr("A heredoc needs a shell."));
    const auto words = shellWords(command->text);
    if (!words)
        return std::unexpected(words.error());
    if (words->isEmpty())
        return noCommand(instruction);
    if (const QString reason = whyOtherShell(instruction, wordTexts(command->words)); !reason.isEmpty())
        return refused(reason);
    return toList(instruction, command->range, command->words, *words);
}

Result<TextEdit> commandToShell(const Instruction &instruction)
{
    const auto items = instruction.json();
    const auto command = commandOf(instruction);
    if (!items)
        return refused(Text::tr("It is in shell form already."));
    if (!command)
        return refused(Text::tr("%1 takes a list only.").arg(instruction.keywordWord().text));
    if (items->isEmpty())
        return refused(Text::tr("The list is empty."));
    QStringList texts;
    for (const QString &item : *items) {
        if (item.contains(u'\n') || item.contains(u'\r'))
            return refused(Text::tr("A word of it goes over several rows."));
        texts.append(shellQuoted(item));
    }
    // A shell would take the word itself for more than a program's name.
    if (texts.front() == items->front() && !shellWords(texts.front()))
        texts.front() = u'\'' + texts.front() + u'\'';
    if (const QString reason = whyOtherShell(instruction, *items); !reason.isEmpty())
        return refused(reason);
    std::vector<TextEdit> edits;
    if (const auto inPlace = wordsInPlace(instruction, command->range, texts))
        edits.push_back(*inPlace);
    edits.emplace_back(command->range, texts.join(u' '));
    const auto edit = firstThatFits(edits, [&](const TextEdit &one) {
        const auto after = readAfter(instruction, one);
        const auto written = after && !after->json() ? commandOf(*after) : std::nullopt;
        const bool keepsFlags = after && after->flags().size() == instruction.flags().size();
        return written && keepsFlags && after->heredocs().empty() && shellWords(written->text) == *items;
    });
    if (!edit)
        return refused(Text::tr("The words would not be the same for a shell."));
    return *edit;
}

bool takesPaths(Keyword keyword)
{
    return keyword == Keyword::Copy || keyword == Keyword::Add || keyword == Keyword::Volume;
}

Result<TextEdit> pathsToJson(const Instruction &instruction)
{
    if (!takesPaths(instruction.keyword()) || instruction.words().empty())
        return noCommand(instruction);
    if (instruction.json())
        return refused(Text::tr("It is in JSON form already."));
    if (!instruction.heredocs().empty())
        return refused(Text::tr("A list cannot hold a heredoc."));
    return toList(instruction, instruction.argumentsRange(), instruction.words(),
                  wordTexts(instruction.words()));
}

Result<TextEdit> pathsToPlain(const Instruction &instruction)
{
    const auto items = instruction.json();
    if (!takesPaths(instruction.keyword()) || !items || items->isEmpty())
        return refused(Text::tr("There is no list of paths here."));
    static const QRegularExpression blank(uR"(\s)"_s);
    for (const QString &item : *items) {
        if (item.isEmpty() || item.contains(blank)) {
            return refused(Text::tr("The path \"%1\" needs the list, for its blanks.").arg(item));
        }
    }
    std::vector<TextEdit> edits;
    if (const auto inPlace = wordsInPlace(instruction, instruction.argumentsRange(), *items))
        edits.push_back(*inPlace);
    edits.emplace_back(instruction.argumentsRange(), items->join(u' '));
    const auto edit = firstThatFits(edits, [&](const TextEdit &one) {
        const auto after = readAfter(instruction, one);
        return after && !after->json() && after->heredocs().empty() && wordTexts(after->words()) == *items &&
               after->flags().size() == instruction.flags().size();
    });
    if (!edit)
        return refused(Text::tr("Without the list the paths would not be the same."));
    return *edit;
}

}

Result<TextEdit> toJsonForm(const Instruction &instruction)
{
    return onInner(instruction, commandToJson);
}

Result<TextEdit> toShellForm(const Instruction &instruction)
{
    return onInner(instruction, commandToShell);
}

Result<TextEdit> toJsonPaths(const Instruction &instruction)
{
    return onInner(instruction, pathsToJson);
}

Result<TextEdit> toPlainPaths(const Instruction &instruction)
{
    return onInner(instruction, pathsToPlain);
}

}
