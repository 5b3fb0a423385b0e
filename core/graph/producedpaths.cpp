// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/views.h"
#include "graph/graphedits.h"

#include <QDir>
#include <QRegularExpression>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace graph {

namespace {

/// Reads a stage from its first base stage on, and notes what its commands leave behind.
class Producer
{
public:
    Producer(const Tree &tree, const StageGraph &graph)
        : m_tree(tree)
        , m_graph(graph)
    {}

    QStringList paths(const Stage &stage)
    {
        std::vector<const Stage *> chain{&stage};
        while (chain.back()->baseStage >= 0)
            chain.push_back(&m_graph.stages[chain.back()->baseStage]);
        for (auto step = chain.rbegin(); step != chain.rend(); ++step) {
            for (const int line : (*step)->instructions)
                if (mayProduce(m_tree.line(line)))
                    read(Instruction(m_tree, line));
        }
        QStringList all = m_programs + m_copiesFromStages + m_copies;
        all.removeDuplicates();
        all.removeAll(u"/"_s);
        return all;
    }

private:
    // Told from the line's text alone: a stage may stand on hundreds of others.
    [[nodiscard]] static bool mayProduce(const Line &line)
    {
        const Keyword keyword = line.keyword;
        return keyword == Keyword::Copy || keyword == Keyword::Add || keyword == Keyword::Workdir ||
               (keyword == Keyword::Run && line.text.contains("build"_L1));
    }

    void read(const Instruction &instruction)
    {
        switch (instruction.keyword()) {
        case Keyword::Workdir:
            if (const auto path = expanded(instruction, instruction.arguments()))
                m_folder = absolute(*path);
            break;
        case Keyword::Run:
            readCommands(instruction);
            break;
        case Keyword::Copy:
        case Keyword::Add:
            readCopy(instruction);
            break;
        default:
            break;
        }
    }

    void readCommands(const Instruction &instruction)
    {
        QString text = instruction.arguments();
        const qsizetype start = m_tree.lineRange(instruction.line()).start;
        const QString &line = m_tree.line(instruction.line()).text;
        for (const Heredoc &heredoc : instruction.heredocs())
            text += u'\n' + line.sliced(heredoc.bodyRange.start - start, heredoc.bodyRange.length);
        static const QRegularExpression build(
            uR"(\bgo\s+build\b[^\n;&|]*?\s-o[=\s]\s*("[^"]*"|'[^']*'|[^\s;&|]+)([^\n;&|]*))"_s);
        for (const auto &match : build.globalMatch(text)) {
            const auto output = expanded(instruction, match.captured(1));
            if (!output)
                continue;
            // "-o /bin/ ./cmd/..." names a folder; the one package that can be known names the program.
            const QString package = match.captured(2).trimmed().section(u' ', -1);
            QString path = absolute(*output);
            if (output->endsWith(u'/') && package.startsWith("./"_L1) && !package.contains("..."_L1) &&
                package.size() > 2)
                path += u'/' + package.section(u'/', -1);
            m_programs.prepend(path);
        }
    }

    void readCopy(const Instruction &instruction)
    {
        const Copy copy = viewCopy(instruction);
        if (!copy.destination)
            return;
        const auto destination = expanded(instruction, copy.destination->text);
        if (!destination)
            return;
        QString path = absolute(*destination);
        const bool isFolder =
            destination->endsWith(u'/') || *destination == "."_L1 || copy.sources.size() > 1;
        if (isFolder && copy.sources.size() == 1) {
            const QString file = copy.sources.front().text.section(u'/', -1);
            static const QRegularExpression unclear(uR"([*?\[$<"'])"_s);
            if (!file.isEmpty() && file != "."_L1 && !file.contains(unclear))
                path = QDir::cleanPath(path + u'/' + file);
        }
        (copy.from ? m_copiesFromStages : m_copies).prepend(path);
    }

    [[nodiscard]] std::optional<QString> expanded(const Instruction &instruction, const QString &word) const
    {
        const Expansion expansion =
            word.contains(u'$') ? expand(word, variablesAt(m_tree, instruction.line()), m_tree.escape())
                                : expand(word, {}, m_tree.escape());
        if (!expansion.undefined.isEmpty() || expansion.text.isEmpty())
            return std::nullopt;
        return expansion.text;
    }

    [[nodiscard]] QString absolute(const QString &path) const
    {
        return QDir::cleanPath(path.startsWith(u'/') ? path : m_folder + u'/' + path);
    }

    const Tree &m_tree;
    const StageGraph &m_graph;
    QString m_folder = u"/"_s;
    QStringList m_programs; // the latest first, as in the lists below
    QStringList m_copiesFromStages;
    QStringList m_copies;
};

}

QStringList producedPaths(const Tree &tree, const StageGraph &graph, const NodeKey &key)
{
    const Stage *stage = graph.stage(key);
    return stage ? Producer(tree, graph).paths(*stage) : QStringList();
}

}
