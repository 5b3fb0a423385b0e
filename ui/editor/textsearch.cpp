// SPDX-License-Identifier: Apache-2.0
#include "editor/textsearch.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr size_t mostHits = 100'000;

/// PCRE gives up after so many tries: an expression like (a+)+$ must not stop the window.
QString tryLimit()
{
    return u"(*LIMIT_MATCH=2000000)"_s;
}

QString tr(const char *text)
{
    return QCoreApplication::translate("TextSearch", text);
}

/// PCRE refuses text with half a surrogate pair, which is how bytes that are no UTF-8 are kept.
QString wellFormed(const QString &text)
{
    if (text.isValidUtf16())
        return text;
    QString result = text;
    for (qsizetype i = 0; i < result.size(); ++i) {
        if (result[i].isHighSurrogate() && i + 1 < result.size() && result[i + 1].isLowSurrogate())
            ++i;
        else if (result[i].isSurrogate())
            result[i] = QChar::ReplacementCharacter;
    }
    return result;
}

}

base::Result<QRegularExpression> searchExpression(const SearchQuery &query)
{
    QRegularExpression::PatternOptions options = QRegularExpression::MultilineOption;
    if (!query.matchCase)
        options |= QRegularExpression::CaseInsensitiveOption;

    if (query.isRegex) {
        const QRegularExpression asWritten(query.pattern, options);
        QString why = asWritten.errorString();
        if (!why.isEmpty())
            why[0] = why[0].toUpper();
        if (!asWritten.isValid())
            return std::unexpected(
                base::Error{.kind = base::Error::Kind::Malformed,
                            .message = tr("%1, at character %2").arg(why).arg(asWritten.patternErrorOffset()),
                            .where = {},
                            .hint = tr("Put \\ before a character that stands for itself."),
                            .detail = {}});
    }
    QString pattern = query.isRegex ? query.pattern : QRegularExpression::escape(query.pattern);
    if (query.wholeWords)
        pattern = u"(?<!\\w)(?:"_s + pattern + u")(?!\\w)"_s;
    QRegularExpression expression(tryLimit() + pattern,
                                  options | QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid()) // a pattern that starts with an option of its own: (*UCP)
        expression = QRegularExpression(pattern, options);
    return expression;
}

SearchHits findAll(const QRegularExpression &expression, const QString &text, base::TextRange within)
{
    SearchHits hits;
    const QString subject = wellFormed(text);
    auto matches = expression.globalMatch(subject, within.start);
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (match.capturedEnd() > within.end())
            break;
        if (hits.ranges.size() == mostHits) {
            hits.isCut = true;
            break;
        }
        hits.ranges.push_back({match.capturedStart(), match.capturedLength()});
    }
    hits.gaveUp = hits.ranges.empty() && !expression.match(subject, within.start).isValid();
    return hits;
}

QString replacementText(const SearchQuery &query, const QRegularExpressionMatch &match,
                        const QString &replacement)
{
    if (!query.isRegex)
        return replacement;
    QString text;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const QChar c = replacement[i];
        const bool isEscape = (c == u'\\' || c == u'$') && i + 1 < replacement.size();
        const QChar next = isEscape ? replacement[i + 1] : QChar();
        if (isEscape && next >= u'0' && next <= u'9')
            text += match.captured(next.unicode() - u'0');
        else if (c == u'\\' && next == u'n')
            text += u'\n';
        else if (c == u'\\' && next == u't')
            text += u'\t';
        else if (c == u'\\' && (next == u'\\' || next == u'$'))
            text += next;
        else {
            text += c;
            continue;
        }
        ++i;
    }
    return text;
}

}
