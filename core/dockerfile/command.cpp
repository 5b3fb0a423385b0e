// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/command.h"

#include "dockerfile/snippet.h"
#include "dockerfile/text.h"
#include "dockerfile/views.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dockerfile {

std::optional<Command> commandOf(const Instruction &instruction)
{
    const auto &words = instruction.words();
    switch (instruction.keyword()) {
    case Keyword::Run:
    case Keyword::Cmd:
    case Keyword::Entrypoint:
        if (words.empty())
            return std::nullopt;
        return Command{instruction.argumentsRange(), instruction.arguments(), words};
    case Keyword::Healthcheck: {
        if (words.size() < 2 || words.front().text.compare("CMD"_L1, Qt::CaseInsensitive) != 0)
            return std::nullopt;
        const qsizetype start = words[1].range.start;
        const QString text = instruction.arguments().sliced(words.front().text.size()).trimmed();
        return Command{
            {start, instruction.argumentsRange().end() - start}, text, {words.begin() + 1, words.end()}};
    }
    default:
        return std::nullopt;
    }
}

namespace {

// The last SHELL of the stage above the instruction.
QStringList shellOf(const Instruction &instruction)
{
    for (int line = instruction.line() - 1; line >= 0; --line) {
        const Line &other = instruction.tree().line(line);
        if (other.kind != LineKind::Instruction)
            continue;
        if (other.keyword == Keyword::From)
            break;
        if (other.keyword == Keyword::Shell)
            return Instruction(instruction.tree(), line).json().value_or(QStringList());
    }
    return {};
}

}

QString whyOtherShell(const Instruction &instruction, const QStringList &words)
{
    static const QRegularExpression plain(uR"(\A[A-Za-z0-9_./:=,@+\-]+\z)"_s);
    if (std::ranges::all_of(words, [](const QString &word) { return word.contains(plain); }))
        return {};
    const QStringList shell = shellOf(instruction);
    if (shell.isEmpty())
        return instruction.tree().escape() == u'`'
                   ? Text::tr("The file is written for Windows, whose shell quotes by other rules.")
                   : QString();
    static const QStringList known{u"sh"_s, u"bash"_s, u"ash"_s, u"dash"_s, u"ksh"_s, u"zsh"_s, u"busybox"_s};
    return known.contains(shell.front().section(u'/', -1))
               ? QString()
               : Text::tr("SHELL sets %1, which quotes by other rules.").arg(shell.front());
}

std::optional<Instruction> readAfter(const Instruction &instruction, const base::TextEdit &edit)
{
    const Tree &tree = instruction.tree();
    const qsizetype start = tree.lineRange(instruction.line()).start;
    base::TextEdit moved;
    for (const auto &[range, text] : edit.replacements())
        moved.replace({range.start - start, range.length}, text);
    QString text = tree.line(instruction.line()).text;
    moved.applyTo(text);
    const Snippet snippet = readSnippet(text, tree.escape());
    if (snippet.tree.lineCount() != snippet.firstLine + 1)
        return std::nullopt;
    const Line &line = snippet.tree.line(snippet.firstLine);
    if (line.kind != LineKind::Instruction || line.unterminated)
        return std::nullopt;
    return Instruction(snippet.tree, snippet.firstLine);
}

base::Result<base::TextEdit> onInner(const Instruction &instruction, const InstructionVerb &verb)
{
    const auto inner = viewOnbuild(instruction);
    if (!inner)
        return verb(instruction);
    const auto edit = verb(*inner);
    if (!edit)
        return edit;
    base::TextEdit moved;
    for (const auto &[range, text] : edit->replacements())
        moved.replace({range.start + instruction.argumentsRange().start, range.length}, text);
    return moved;
}

ArgumentPlaces::ArgumentPlaces(const Instruction &instruction)
{
    const base::TextRange arguments = instruction.argumentsRange();
    const base::TextRange line = instruction.tree().lineRange(instruction.line());
    const QString &text = instruction.tree().line(instruction.line()).text;
    const auto &tokens = instruction.tree().line(instruction.line()).tokens;
    QString joined;
    qsizetype at = 0;
    for (qsizetype token = 0; token < tokens.size(); ++token) {
        const auto &[kind, length] = tokens[token];
        // The indent of a comment's row goes with it.
        const bool isIndent = kind == TokenKind::Whitespace && token + 1 < tokens.size() &&
                              tokens[token + 1].kind == TokenKind::Comment;
        const bool isContent = !isIndent && (kind == TokenKind::Word || kind == TokenKind::Whitespace ||
                                             kind == TokenKind::Keyword || kind == TokenKind::Flag);
        for (qsizetype i = at; isContent && i < at + length; ++i) {
            if (arguments.contains(line.start + i)) {
                joined += text[i];
                m_places.push_back(line.start + i);
            }
        }
        at += length;
    }
    m_isExact = joined == instruction.arguments() && !joined.isEmpty();
}

base::TextRange ArgumentPlaces::range(qsizetype start, qsizetype end) const
{
    const qsizetype first = m_places[static_cast<size_t>(start)];
    return {first, end > start ? m_places[static_cast<size_t>(end - 1)] + 1 - first : 0};
}

}
