// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

namespace base {

Error Error::in(const QString &activity) const
{
    Error outer = *this;
    outer.message = activity + u": " + message;
    return outer;
}

QString Error::text() const
{
    QString out = where.isEmpty() ? message : where + u": " + message;
    if (hint.isEmpty())
        return out;
    if (!out.endsWith(u'.') && !out.endsWith(u'!') && !out.endsWith(u'?'))
        out += u'.';
    return out + u' ' + hint;
}

}
