// SPDX-License-Identifier: Apache-2.0
#include "language/usedinfile.h"

#include "dockerfile/views.h"

#include <QDir>
#include <QRegularExpression>

#include <algorithm>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

namespace {

void addOnce(std::vector<UsedWord> &words, const QString &text, int row)
{
    if (!text.isEmpty() && !text.contains(u'$') && !std::ranges::contains(words, text, &UsedWord::text))
        words.push_back({text, row});
}

QString idOf(const Mount &mount)
{
    const auto id = std::ranges::find(mount.options, u"id"_s, &std::pair<QString, QString>::first);
    if (id != mount.options.end())
        return id->second;
    if (mount.type.compare("ssh"_L1, Qt::CaseInsensitive) == 0)
        return u"default"_s;
    if (mount.type.compare("cache"_L1, Qt::CaseInsensitive) == 0)
        return mount.target ? QDir::cleanPath(*mount.target) : QString();
    return mount.target.value_or(QString()).section(u'/', -1);
}

void addPortsOf(std::vector<UsedWord> &ports, const QString &name, const QString &value, int row)
{
    if (!name.contains("PORT"_L1, Qt::CaseInsensitive) && !name.contains("ADDR"_L1, Qt::CaseInsensitive) &&
        !name.contains("LISTEN"_L1, Qt::CaseInsensitive))
        return;
    static const QRegularExpression port(uR"(\A["']?[^\s"']*?:?(\d{2,5})["']?\z)"_s);
    const auto found = port.match(value);
    if (found.hasMatch() && found.capturedView(1).toInt() <= 65535)
        addOnce(ports, found.captured(1), row);
}

}

std::vector<UsedWord> mountIds(const Tree &tree, const QString &type, int without)
{
    std::vector<UsedWord> ids;
    for (int line = 0; line < tree.lineCount(); ++line) {
        const Line &read = tree.line(line);
        // Of a long file nearly all lines are ruled out by a look at them.
        if (read.keyword != Keyword::Run || line == without || !read.text.contains("--mount="_L1) ||
            !read.text.contains(type, Qt::CaseInsensitive))
            continue;
        for (const Mount &mount : viewRun(Instruction(tree, line)).mounts)
            if (mount.type.compare(type, Qt::CaseInsensitive) == 0)
                addOnce(ids, idOf(mount), tree.firstRow(line));
    }
    return ids;
}

std::vector<UsedWord> portsUsed(const Tree &tree, int without)
{
    std::vector<UsedWord> ports;
    for (int line = 0; line < tree.lineCount(); ++line) {
        const Keyword keyword = tree.line(line).keyword;
        if (line == without || tree.line(line).kind != LineKind::Instruction)
            continue;
        if (keyword == Keyword::Expose) {
            const Instruction expose(tree, line);
            for (const Word &word : expose.words())
                addOnce(ports, word.text.section(u'/', 0, 0), tree.firstRow(line));
        } else if (keyword == Keyword::Env || keyword == Keyword::Arg) {
            for (const Pair &pair : viewPairs(Instruction(tree, line)))
                if (pair.value)
                    addPortsOf(ports, pair.name.text, pair.value->text, tree.firstRow(line));
        }
    }
    return ports;
}

}
