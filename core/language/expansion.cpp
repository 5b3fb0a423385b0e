// SPDX-License-Identifier: Apache-2.0
#include "language/expansion.h"

#include "dockerfile/views.h"
#include "language/builderwords.h"
#include "language/reading.h"
#include "language/text.h"
#include "language/variablescan.h"

#include <algorithm>

using namespace base;
using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

class Uses
{
public:
    Uses(const Tree &tree, int line)
        : m_tree(tree)
        , m_line(line)
        , m_reading(tree, line)
    {}

    std::vector<VariableUse> find()
    {
        // What stands behind ONBUILD is expanded by another build.
        if (m_reading.parts().size() > 1 || m_reading.parts().front().keyword == Keyword::Onbuild)
            return {};
        const InstructionParts &parts = m_reading.inner();
        for (const Span flag : parts.flags) {
            for (const Span value : expandedFlagSpans(parts.keyword, m_reading.text(), flag))
                add(value, m_tree.escape(), false);
        }
        if (isExpandedByBuilder(parts.keyword)) {
            for (const Span word : expandedWords(parts))
                add(word, m_tree.escape(), false);
        } else if (isLeftToShell(parts.keyword) && parts.json != JsonList::Form::Strings) {
            add(parts.arguments, u'\\', true);
        }
        addHeredocs(parts);
        return std::move(m_uses);
    }

private:
    void add(Span within, QChar escape, bool byShell)
    {
        for (const FoundVariable &found : scanVariables(m_reading.text(), within, escape, Quotes::Count)) {
            m_uses.push_back({.range = m_reading.range(found.name),
                              .wholeRange = m_reading.range(found.whole),
                              .name = m_reading.text(found.name).toString(),
                              .byShell = byShell});
        }
    }

    void addHeredocs(const InstructionParts &parts)
    {
        const Line &line = m_tree.line(m_line);
        if (!std::ranges::contains(line.tokens, TokenKind::HeredocBody, &Token::kind))
            return;
        const bool byShell = parts.keyword == Keyword::Run;
        const qsizetype start = m_tree.lineRange(m_line).start;
        const Instruction instruction(m_tree, m_line);
        for (const Heredoc &heredoc : instruction.heredocs()) {
            // RUN <<"EOF" is a script of its own; RUN cat <<"EOF" is text that the shell leaves alone.
            const bool isScript =
                byShell && heredoc.wordRange.start == m_reading.range(parts.arguments).start;
            if (!heredoc.expands && !isScript)
                continue;
            const Span body{heredoc.bodyRange.start - start, heredoc.bodyRange.length};
            const QChar escape = byShell ? u'\\' : m_tree.escape();
            for (const FoundVariable &found : scanVariables(line.text, body, escape, Quotes::MeanNothing)) {
                m_uses.push_back({.range = {start + found.name.start, found.name.length},
                                  .wholeRange = {start + found.whole.start, found.whole.length},
                                  .name = found.name.in(line.text).toString(),
                                  .byShell = byShell});
            }
        }
    }

    const Tree &m_tree;
    int m_line;
    Reading m_reading;
    std::vector<VariableUse> m_uses;
};

// The variables before a line, and those that an ARG adds as one reads along it.
class Known
{
public:
    Known(const Tree &tree, int line, const BuildContextValues &values)
        : m_tree(tree)
        , m_values(values)
        , m_variables(variablesAt(tree, line, values))
    {
        const Line &text = tree.line(line);
        if (text.keyword == Keyword::Arg && text.text.contains(u'$'))
            m_pairs = viewPairs(Instruction(tree, line));
        for (int above = line - 1; above >= 0 && !m_pairs.empty(); --above) {
            if (tree.line(above).keyword == Keyword::From) {
                m_argOrigin = Variable::Origin::StageArg;
                break;
            }
        }
    }

    [[nodiscard]] std::vector<Variable> before(qsizetype offset) const
    {
        std::vector<Variable> known = m_variables;
        for (const Pair &pair : m_pairs) {
            if (!pair.value || pair.value->range.end() > offset)
                continue;
            const auto given = m_values.buildArgs.constFind(pair.name.text);
            const bool isGiven = given != m_values.buildArgs.cend();
            Variable variable{.name = pair.name.text,
                              .value =
                                  isGiven ? *given : expand(pair.value->text, known, m_tree.escape()).text,
                              .origin = isGiven ? Variable::Origin::BuildArgOverride : m_argOrigin,
                              .line = m_tree.lineAt(pair.name.range.start)};
            std::erase_if(known, [&variable](const Variable &other) { return other.name == variable.name; });
            known.push_back(std::move(variable));
        }
        return known;
    }

private:
    const Tree &m_tree;
    const BuildContextValues &m_values;
    std::vector<Variable> m_variables;
    std::vector<Pair> m_pairs;
    Variable::Origin m_argOrigin = Variable::Origin::GlobalArg;
};

class Expander
{
public:
    Expander(const Tree &tree, int line, const Known &known)
        : m_tree(tree)
        , m_reading(tree, line)
        , m_known(known)
    {}

    std::vector<ExpandedWord> expand(const Instruction &instruction)
    {
        const InstructionParts &parts = m_reading.parts().front();
        for (const Flag &flag : instruction.flags()) {
            if (!flag.value)
                continue;
            if (isExpandedFlag(parts.keyword, flag.name))
                add(flag.valueRange, *flag.value);
            else
                m_words.push_back({flag.valueRange, *flag.value, *flag.value, {}});
        }
        if (!isExpandedByBuilder(parts.keyword)) {
            const QString arguments = instruction.arguments();
            if (!arguments.isEmpty())
                m_words.push_back({instruction.argumentsRange(), arguments, arguments, {}});
        } else if (instruction.json()) {
            for (const Word &word : instruction.jsonWords())
                add(word.range, word.text);
        } else {
            for (const Span word : expandedWords(parts))
                add(m_reading.range(word), m_reading.text(word).toString());
        }
        return std::move(m_words);
    }

private:
    void add(TextRange range, const QString &written)
    {
        const CheckedExpansion checked = expandChecked(written, m_known.before(range.start), m_tree.escape());
        m_words.push_back({range, written, checked.expansion.text, checked.error});
    }

    const Tree &m_tree;
    Reading m_reading;
    const Known &m_known;
    std::vector<ExpandedWord> m_words;
};

bool isInstruction(const Tree &tree, int line)
{
    return line >= 0 && line < tree.lineCount() && tree.line(line).kind == LineKind::Instruction;
}

}

std::vector<VariableUse> variableUses(const Tree &tree, int line)
{
    if (!isInstruction(tree, line) || !tree.line(line).text.contains(u'$'))
        return {};
    return Uses(tree, line).find();
}

ExpansionView expansionOf(const Tree &tree, int line, const BuildContextValues &values)
{
    if (!isInstruction(tree, line))
        return {};
    const Known known(tree, line, values);
    ExpansionView view;
    view.words = Expander(tree, line, known).expand(Instruction(tree, line));
    view.variables = variableUses(tree, line);
    for (VariableUse &use : view.variables) {
        const auto variables = known.before(use.wholeRange.start);
        const auto found = std::ranges::find(variables, use.name, &Variable::name);
        if (found != variables.end())
            use.variable = *found;
        use.origin = use.variable ? originInWords(tree, *use.variable)
                                  : Text::tr("set neither in this file nor by the builder");
    }
    return view;
}

std::vector<Variable> variablesBefore(const Tree &tree, qsizetype offset, const BuildContextValues &values)
{
    const int line = tree.lineAt(offset);
    return line < 0 ? std::vector<Variable>() : Known(tree, line, values).before(offset);
}

QString originInWords(const Tree &tree, const Variable &variable)
{
    const int row = variable.line >= 0 ? tree.firstRow(variable.line) : 0;
    switch (variable.origin) {
    case Variable::Origin::GlobalArg:
        return Text::tr("ARG before the first FROM, line %1").arg(row);
    case Variable::Origin::StageArg:
        return Text::tr("ARG, line %1").arg(row);
    case Variable::Origin::Env:
        return Text::tr("ENV, line %1").arg(row);
    case Variable::Origin::InheritedEnv:
        return Text::tr("ENV of the stage it is FROM, line %1").arg(row);
    case Variable::Origin::BuildArgOverride:
        return row > 0 ? Text::tr("build argument, declared in line %1").arg(row)
                       : Text::tr("build argument");
    case Variable::Origin::Predefined:
        return Text::tr("set by the builder");
    }
    return {};
}

}
