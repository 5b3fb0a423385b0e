// SPDX-License-Identifier: Apache-2.0
// RUN VERSION=$(git describe) or RUN cd /src alone: each RUN has a shell of its own, so variables and the
// folder are gone with the next line. Found when a RUN does nothing else.
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/edits.h"

#include <QRegularExpression>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

/// The end of one shell word from `at`: quotes, $( ) and back quotes hold blanks; -1 when it does not end, or
/// when an operator shows that more follows.
qsizetype endOfWord(QStringView text, qsizetype at)
{
    int depth = 0;
    QChar quote;
    for (; at < text.size(); ++at) {
        const QChar c = text[at];
        if (c == u'\\' && quote != u'\'') {
            ++at;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
        } else if (c == u'"' || c == u'\'' || c == u'`') {
            quote = c;
        } else if (c == u'(') {
            ++depth;
        } else if (c == u')') {
            --depth;
        } else if (depth == 0) {
            if (c.isSpace())
                return at;
            if (c == u';' || c == u'&' || c == u'|' || c == u'<' || c == u'>')
                return -1;
        }
    }
    return depth == 0 && quote.isNull() ? text.size() : -1;
}

/// The names that are set, when the command does nothing else.
QStringList onlyAssignments(const QString &command)
{
    static const QRegularExpression assignment(uR"(\s*([A-Za-z_]\w*)=)"_s);
    QStringList names;
    qsizetype at = 0;
    static const QRegularExpression exporting(uR"(^\s*export\s+)"_s);
    if (const auto match = exporting.match(command); match.hasMatch())
        at = match.capturedEnd();
    while (at < command.size()) {
        const auto match = assignment.match(command, at, QRegularExpression::NormalMatch,
                                            QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return QStringView(command).mid(at).trimmed().isEmpty() ? names : QStringList();
        names.append(match.captured(1));
        at = endOfWord(command, match.capturedEnd());
        if (at < 0)
            return {};
    }
    return names;
}

Finding aboutFolder(const Input &input, const Instruction &instruction, const QString &folder)
{
    Finding finding =
        found(instruction.range(), Text::tr("The next line starts in the old folder: cd ends with its RUN."),
              Text::tr("WORKDIR changes the folder for all lines that follow."));
    static const QRegularExpression special(uR"([$~"'\\`*?]|^-)"_s);
    if (!special.match(folder).hasMatch()) {
        const QString text = styledKeyword(input.style, Keyword::Workdir) + u' ' + folder;
        finding.fix = base::TextEdit(instruction.range(), text);
        finding.fixLabel = Text::tr("Write %1").arg(text);
    }
    return finding;
}

Findings check(const Input &input)
{
    static const QRegularExpression cd(uR"(^\s*cd\s+([^\s;&|]+)\s*;?\s*$)"_s);
    Findings findings;
    for (const Instruction &instruction : input.instructions) {
        if (instruction.keyword() != Keyword::Run || instruction.json() || !instruction.heredocs().empty())
            continue;
        const QString command = instruction.arguments();
        if (const auto match = cd.match(command); match.hasMatch()) {
            findings.push_back(aboutFolder(input, instruction, match.captured(1)));
        } else if (const QStringList names = onlyAssignments(command); !names.isEmpty()) {
            findings.push_back(found(instruction.range(),
                                     Text::tr("%1 is gone with the next line: a variable ends with its RUN.")
                                         .arg(names.join(", "_L1)),
                                     Text::tr("Use it in the same RUN, or set it with ARG or ENV.")));
        }
    }
    return findings;
}

}

const Rule stateLostWithLayer{QLatin1StringView("state-lost-with-layer"),
                              {},
                              Severity::Warning,
                              QT_TRANSLATE_NOOP("lint", "A variable or folder that ends with its RUN"),
                              check};

}
