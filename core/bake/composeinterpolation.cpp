// SPDX-License-Identifier: Apache-2.0
#include "bake/composeinterpolation.h"

#include "bake/words.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

using Text = std::expected<QString, QString>;

// Where the brace that was opened before `from` is closed; -1 when it is not.
qsizetype closingBrace(const QString &text, qsizetype from)
{
    int depth = 1;
    for (qsizetype i = from; i < text.size(); ++i) {
        if (text.at(i) == u'{' && text.at(i - 1) == u'$')
            ++depth;
        else if (text.at(i) == u'}' && --depth == 0)
            return i;
    }
    return -1;
}

// What stands in ${...}.
Text braced(const QString &inner, const QProcessEnvironment &environment)
{
    static const QRegularExpression form(u"^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])(.*))?$"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    const auto match = form.match(inner);
    if (!match.hasMatch())
        return std::unexpected(Words::tr("\"${%1}\" is no variable").arg(inner));
    const QString name = match.captured(1);
    const QString sign = match.captured(2);
    const QString value = environment.value(name);
    const bool isThere = environment.contains(name) && !(sign.startsWith(u':') && value.isEmpty());
    if (sign.endsWith(u'+'))
        return isThere ? interpolated(match.captured(3), environment) : Text(QString());
    if (isThere || sign.isEmpty())
        return value;
    const auto other = interpolated(match.captured(3), environment);
    if (sign.endsWith(u'?') && other)
        return std::unexpected(Words::tr("the variable %1 is missing: %2").arg(name, *other));
    return other;
}

}

Text interpolated(const QString &text, const QProcessEnvironment &environment)
{
    static const QRegularExpression name(u"[A-Za-z_][A-Za-z0-9_]*"_s);
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) != u'$') {
            out += text.at(i);
            continue;
        }
        const QChar next = i + 1 < text.size() ? text.at(i + 1) : QChar();
        if (next == u'$') {
            out += u'$';
            ++i;
        } else if (next == u'{') {
            const qsizetype end = closingBrace(text, i + 2);
            if (end < 0)
                return std::unexpected(Words::tr("\"${\" is not closed in \"%1\"").arg(text));
            const auto value = braced(text.sliced(i + 2, end - i - 2), environment);
            if (!value)
                return value;
            out += *value;
            i = end;
        } else {
            const auto match = name.match(text, i + 1, QRegularExpression::NormalMatch,
                                          QRegularExpression::AnchorAtOffsetMatchOption);
            if (!match.hasMatch())
                return std::unexpected(Words::tr("\"$\" is followed by no name in \"%1\"").arg(text));
            out += environment.value(match.captured());
            i = match.capturedEnd() - 1;
        }
    }
    return out;
}

QProcessEnvironment withDotEnv(const QProcessEnvironment &environment, const QString &folder)
{
    static const QRegularExpression line(
        u"^\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*[=:]\\s*(.*?)\\s*$"_s);
    QProcessEnvironment all = environment;
    QFile file(QDir(folder).filePath(u".env"_s));
    if (!file.open(QIODevice::ReadOnly))
        return all;
    for (const auto &text : QString::fromUtf8(file.readAll()).split(u'\n')) {
        const auto match = line.match(text);
        if (!match.hasMatch() || all.contains(match.captured(1)))
            continue;
        QString value = match.captured(2);
        const QChar quote = value.isEmpty() ? QChar() : value.at(0);
        if (value.size() > 1 && (quote == u'"' || quote == u'\'') && value.endsWith(quote)) {
            value = value.sliced(1, value.size() - 2);
            if (quote == u'"')
                value.replace(u"\\n"_s, u"\n"_s).replace(u"\\\""_s, u"\""_s);
        } else if (const qsizetype comment = value.indexOf(u" #"_s); comment >= 0) {
            value = value.first(comment).trimmed();
        }
        if (quote != u'\'')
            value = interpolated(value, all).value_or(value);
        all.insert(match.captured(1), value);
    }
    return all;
}

}
