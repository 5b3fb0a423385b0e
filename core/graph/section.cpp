// SPDX-License-Identifier: Apache-2.0
#include "graph/section.h"

using namespace dockerfile;

namespace graph {

namespace {

Section readSection(const Tree &tree, int first, int end, bool isStage)
{
    Section section;
    section.isStage = isStage;
    if (isStage)
        section.from = fromOfLine(tree, first);
    int line = first + (isStage ? 1 : 0);
    for (; line < end; ++line) {
        const Line &read = tree.line(line);
        const bool isInstruction = read.kind == LineKind::Instruction;
        if (isInstruction && read.keyword == Keyword::From)
            break;
        if (read.kind != LineKind::Comment)
            section.last = line - first;
        if (!isInstruction)
            continue;
        if (!isStage) {
            section.globals.push_back(tree.sharedLine(line));
            continue;
        }
        section.instructions.push_back(line - first);
        if (read.keyword != Keyword::Copy && read.keyword != Keyword::Add && read.keyword != Keyword::Run)
            continue;
        for (Source &source : sourcesOfLine(tree, line))
            section.sources.push_back({line - first, std::move(source)});
    }
    section.lines = line - first;
    return section;
}

}

std::vector<int> Section::instructionsFrom(int firstLine) const
{
    std::vector<int> numbers = instructions;
    for (int &line : numbers)
        line += firstLine;
    return numbers;
}

std::vector<SectionPtr> readSections(const Tree &tree)
{
    return readSections(tree, 0, tree.lineCount(), false);
}

std::vector<SectionPtr> readSections(const Tree &tree, int from, int to, bool isStage)
{
    std::vector<SectionPtr> sections;
    while (from < to || !isStage) {
        sections.push_back(std::make_shared<const Section>(readSection(tree, from, to, isStage)));
        from += sections.back()->lines;
        isStage = true;
    }
    return sections;
}

}
