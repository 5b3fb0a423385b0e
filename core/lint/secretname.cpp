// SPDX-License-Identifier: Apache-2.0
#include "lint/secretname.h"

#include <QRegularExpression>

namespace lint {

using namespace Qt::StringLiterals;

bool soundsSecret(const QString &name)
{
    static const QRegularExpression telling(
        uR"((?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|pwd|secret|token)s?(?:_|$))"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression open(uR"((?:_|^)(?:public|pub)(?:_|$))"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return telling.match(name).hasMatch() && !open.match(name).hasMatch();
}

QString withoutLogins(QString text)
{
    // Up to the last @: a password may hold one that nobody escaped.
    static const QRegularExpression login(
        uR"((?<=\bhttp://|\bhttps://)[^\s/"]+(?=@))"
        uR"(|(?<=[a-z0-9+.-]://)[^\s/":]*+:[^\s/"]+(?=@(?!sha\d+:[0-9a-f]{32})))"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (text.contains(u'@') && text.contains("://"_L1)) // a log may be long
        text.replace(login, u"***"_s);
    return text;
}

}
