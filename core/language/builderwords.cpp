// SPDX-License-Identifier: Apache-2.0
#include "language/builderwords.h"

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace language {

bool isLeftToShell(Keyword keyword)
{
    return keyword == Keyword::Run || keyword == Keyword::Cmd || keyword == Keyword::Entrypoint ||
           keyword == Keyword::Healthcheck;
}

bool isExpandedFlag(Keyword keyword, QStringView name)
{
    switch (keyword) {
    case Keyword::From:
        return name == "platform"_L1;
    case Keyword::Add:
        return name == "chown"_L1 || name == "chmod"_L1 || name == "checksum"_L1;
    case Keyword::Copy:
        return name == "chown"_L1 || name == "chmod"_L1;
    case Keyword::Run:
        return name == "mount"_L1;
    default:
        return false;
    }
}

std::vector<Span> expandedWords(const InstructionParts &parts)
{
    if (parts.keyword != Keyword::From)
        return parts.words;
    return {parts.words.begin(), parts.words.begin() + std::min<qsizetype>(1, qsizetype(parts.words.size()))};
}

std::vector<Span> expandedFlagSpans(Keyword keyword, QStringView joined, Span flag)
{
    const QStringView text = flag.in(joined);
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 2 || !isExpandedFlag(keyword, text.sliced(2, equals - 2)))
        return {};
    if (keyword != Keyword::Run)
        return {{flag.start + equals + 1, flag.length - equals - 1}};
    std::vector<Span> values;
    qsizetype start = equals + 1;
    while (start <= text.size()) {
        const qsizetype comma = text.indexOf(u',', start);
        const qsizetype end = comma < 0 ? text.size() : comma;
        if (!text.sliced(start, end - start).startsWith("from="_L1))
            values.push_back({flag.start + start, end - start});
        start = end + 1;
    }
    return values;
}

QString canonicalMountField(const QString &name)
{
    if (name == "dst"_L1 || name == "destination"_L1)
        return u"target"_s;
    if (name == "src"_L1)
        return u"source"_s;
    if (name == "readwrite"_L1)
        return u"rw"_s;
    return name == "readonly"_L1 ? u"ro"_s : name;
}

}
