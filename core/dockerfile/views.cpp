// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/views.h"

#include "dockerfile/treedata.h"

using namespace Qt::StringLiterals;

namespace dockerfile {

From viewFrom(const Instruction &instruction)
{
    From from;
    const auto &words = instruction.words();
    if (!words.empty())
        from.image = words[0];
    if (words.size() >= 3 && words[1].text.compare(u"as", Qt::CaseInsensitive) == 0)
        from.name = words[2];
    from.platform = instruction.flag(u"platform");
    return from;
}

Copy viewCopy(const Instruction &instruction)
{
    Copy copy;
    copy.from = instruction.flag(u"from");
    copy.sources = instruction.json() ? instruction.jsonWords() : instruction.words();
    // One path alone is a source still: the destination is typed last.
    if (copy.sources.size() > 1) {
        copy.destination = copy.sources.back();
        copy.sources.pop_back();
    }
    return copy;
}

namespace {

// Fields are those of a CSV row: a quoted one may hold commas, and "" is a quote in it.
std::vector<Span> csvFields(QStringView row)
{
    std::vector<Span> fields;
    qsizetype start = 0;
    bool quoted = false;
    for (qsizetype i = 0; i <= row.size(); ++i) {
        if (i < row.size() && row[i] == u'"')
            quoted = !quoted;
        else if (i == row.size() || (row[i] == u',' && !quoted)) {
            fields.push_back({start, i - start});
            start = i + 1;
        }
    }
    return fields;
}

// Of a field, where its value stands and what it says.
struct Option
{
    QString name;
    QString value;
    Span valueSpan;
    bool hasValue;
};

Option readOption(QStringView row, Span field)
{
    if (field.length >= 2 && row[field.start] == u'"' && row[field.end() - 1] == u'"')
        field = {field.start + 1, field.length - 2};
    const QStringView text = field.in(row);
    const qsizetype equals = text.indexOf(u'=');
    const QStringView name = equals < 0 ? text : text.first(equals);
    const Span value =
        equals < 0 ? Span{field.end(), 0} : Span{field.start + equals + 1, field.length - equals - 1};
    return {name.toString().toLower(), value.in(row).toString().replace(u"\"\""_s, u"\""_s), value,
            equals >= 0};
}

Mount readMount(const Tree &tree, const Flag &flag)
{
    Mount mount{.flag = flag,
                .type = u"bind"_s,
                .from = {},
                .fromRange = {},
                .source = {},
                .target = {},
                .options = {}};
    if (!flag.value)
        return mount;
    // Read as written, so that places are exact, unless quotes or continuations hide what the builder sees.
    const int line = tree.lineAt(flag.range.start);
    const QString written = tree.line(line).text.sliced(flag.valueRange.start - tree.lineRange(line).start,
                                                        flag.valueRange.length);
    const bool isPlain = written == *flag.value;
    const QString row = *flag.value;
    for (const Span field : csvFields(row)) {
        const Option option = readOption(row, field);
        if (option.name.isEmpty())
            continue;
        mount.options.emplace_back(option.name, option.value);
        if (option.name == u"type" && option.hasValue)
            mount.type = option.value;
        else if (option.name == u"source" || option.name == u"src")
            mount.source = option.value;
        else if (option.name == u"target" || option.name == u"dst" || option.name == u"destination")
            mount.target = option.value;
        else if (option.name == u"from" && option.hasValue) {
            mount.from = option.value;
            const qsizetype at = isPlain ? option.valueSpan.start : written.indexOf(option.value);
            if (at >= 0)
                mount.fromRange = {flag.valueRange.start + at, option.valueSpan.length};
        }
    }
    return mount;
}

}

Run viewRun(const Instruction &instruction)
{
    Run run;
    for (const Flag &flag : instruction.flags()) {
        if (flag.name == u"mount")
            run.mounts.push_back(readMount(instruction.tree(), flag));
        else if (flag.name == u"network")
            run.network = flag.value;
        else if (flag.name == u"security")
            run.security = flag.value;
    }
    return run;
}

std::vector<Pair> viewPairs(const Instruction &instruction)
{
    std::vector<Pair> pairs;
    const auto &words = instruction.words();
    const bool mayBeOld = instruction.keyword() == Keyword::Env || instruction.keyword() == Keyword::Label;
    if (mayBeOld && !words.empty() && !words.front().text.contains(u'=')) {
        const auto value = words.size() > 1 ? std::optional(words[1]) : std::nullopt;
        return {{.name = words.front(), .value = value, .oldForm = true}};
    }
    for (const Word &word : words) {
        const qsizetype equals = word.text.indexOf(u'=');
        if (equals < 0) {
            pairs.push_back({.name = word, .value = {}, .oldForm = false});
            continue;
        }
        const QString value = word.text.sliced(equals + 1);
        // A word that goes on in another row is longer in the document than its text. The name is what has no
        // continuation in it, as good as always.
        const base::TextRange nameRange{word.range.start, equals};
        const base::TextRange valueRange{word.range.start + equals + 1, word.range.length - equals - 1};
        pairs.push_back({.name = {nameRange, word.text.first(equals)},
                         .value = Word{valueRange, value},
                         .oldForm = false});
    }
    return pairs;
}

std::optional<Instruction> viewOnbuild(const Instruction &instruction)
{
    if (instruction.keyword() != Keyword::Onbuild || instruction.argumentsRange().isEmpty())
        return std::nullopt;
    const Tree &tree = instruction.tree();
    const base::TextRange line = tree.lineRange(instruction.line());
    const qsizetype start = instruction.argumentsRange().start;
    const QString text = tree.line(instruction.line()).text.sliced(start - line.start);
    const Tree inner = TreeBuilder::parse(text, TreeBuilder::Part::Instruction, tree.escape());
    if (inner.lineCount() == 0 || inner.line(0).kind != LineKind::Instruction)
        return std::nullopt;
    return Instruction(inner, 0);
}

}
