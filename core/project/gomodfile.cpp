// SPDX-License-Identifier: Apache-2.0
#include "project/gomodfile.h"

namespace project {

using namespace Qt::StringLiterals;

namespace {

/// The words of one line, quotes removed, comment dropped. Parentheses are words of their own at a line's
/// ends.
QStringList wordsOf(QStringView line)
{
    QStringList words;
    qsizetype i = 0;
    while (i < line.size()) {
        const QChar c = line[i];
        if (c.isSpace()) {
            ++i;
        } else if (c == u'/' && line.sliced(i).startsWith(u"//")) {
            break;
        } else if (c == u'"' || c == u'`') {
            qsizetype end = i + 1;
            while (end < line.size() && line[end] != c)
                end += c == u'"' && line[end] == u'\\' ? 2 : 1;
            end = std::min(end, line.size());
            words << line.sliced(i + 1, end - i - 1).toString();
            i = end + 1;
        } else if (c == u'(' || c == u')') {
            words << QString(c);
            ++i;
        } else {
            qsizetype end = i;
            while (end < line.size() && !line[end].isSpace() && line[end] != u'(' && line[end] != u')' &&
                   !line.sliced(end).startsWith(u"//"))
                ++end;
            words << line.sliced(i, end - i).toString();
            i = end;
        }
    }
    return words;
}

bool isLocal(const QString &path)
{
    // As the go command tells them apart: a module path never starts like this.
    return path.startsWith(u"./"_s) || path.startsWith(u"../"_s) || path.startsWith(u'/') || path == u"." ||
           path == u"..";
}

void readDirective(GoModFile &file, const QString &verb, const QStringList &arguments)
{
    if (arguments.isEmpty())
        return;
    if (verb == u"module") {
        file.path = arguments.front();
    } else if (verb == u"go") {
        file.goVersion = arguments.front();
    } else if (verb == u"toolchain") {
        file.toolchain = arguments.front();
    } else if (verb == u"require") {
        file.requirements << arguments.front();
    } else if (verb == u"replace") {
        const qsizetype arrow = arguments.indexOf(u"=>"_s);
        const QString target = arrow < 0 ? QString() : arguments.value(arrow + 1);
        if (isLocal(target))
            file.localReplacements << target;
    }
}

}

GoModFile readGoMod(QStringView text)
{
    GoModFile file;
    QString block; ///< the verb of the block that is open
    if (text.startsWith(QChar(0xFEFF)))
        text = text.sliced(1);
    for (const auto line : text.tokenize(u'\n')) {
        QStringList words = wordsOf(line);
        if (words.isEmpty())
            continue;
        if (!block.isEmpty()) {
            if (words.front() == u")")
                block.clear();
            else
                readDirective(file, block, words);
        } else if (words.size() >= 2 && words[1] == u"(") {
            if (words.back() != u")")
                block = words.front();
        } else {
            readDirective(file, words.takeFirst(), words);
        }
    }
    return file;
}

}
