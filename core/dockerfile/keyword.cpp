// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/keyword.h"

#include <array>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

constexpr std::array<QLatin1StringView, 19> names{
    ""_L1,       "ADD"_L1,        "ARG"_L1,         "CMD"_L1,    "COPY"_L1,       "ENTRYPOINT"_L1, "ENV"_L1,
    "EXPOSE"_L1, "FROM"_L1,       "HEALTHCHECK"_L1, "LABEL"_L1,  "MAINTAINER"_L1, "ONBUILD"_L1,    "RUN"_L1,
    "SHELL"_L1,  "STOPSIGNAL"_L1, "USER"_L1,        "VOLUME"_L1, "WORKDIR"_L1};

// As Go's ToLower sees it: the dotted I and the Kelvin sign are an i and a k as well.
char16_t upperCase(char16_t c)
{
    if (c >= u'a' && c <= u'z')
        return c - 32;
    return c == u'\u0130' ? u'I' : c == u'\u212a' ? u'K' : c;
}

bool sameWord(QStringView text, QLatin1StringView upper)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (upperCase(text[i].unicode()) != static_cast<uchar>(upper[i].toLatin1()))
            return false;
    }
    return true;
}

}

Keyword keywordFromText(QStringView text)
{
    if (text.isEmpty())
        return Keyword::Unknown;
    const char16_t first = upperCase(text.front().unicode());
    for (size_t i = 1; i < names.size(); ++i)
        if (names[i].size() == text.size() && names[i].front().unicode() == first && sameWord(text, names[i]))
            return static_cast<Keyword>(i);
    return Keyword::Unknown;
}

QString keywordText(Keyword keyword)
{
    return names[static_cast<size_t>(keyword)];
}

}
