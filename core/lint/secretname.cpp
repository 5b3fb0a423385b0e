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

}
