// SPDX-License-Identifier: Apache-2.0
#include "base/units.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace base {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("units", text);
}

// Docker's go-units HumanSize: divide by 1000 until below it, then "%.3g".
QString scaled(double value)
{
    static constexpr std::array units{"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < units.size()) {
        value /= 1000.0;
        ++unit;
    }
    const int whole = value >= 99.95 ? 3 : value >= 9.995 ? 2 : 1;
    QString number = QLocale().toString(value, 'f', unit == 0 ? 0 : 3 - whole);
    const QString point = QLocale().decimalPoint();
    if (number.contains(point)) {
        while (number.endsWith(QLocale().zeroDigit()))
            number.chop(1);
        if (number.endsWith(point))
            number.chop(point.size());
    }
    return number + QChar(0xA0) + QLatin1StringView(units.at(unit));
}

}

QString sizeInWords(qint64 bytes)
{
    return bytes < 0 ? u"-"_s + scaled(-double(bytes)) : scaled(double(bytes));
}

QString exactSize(qint64 bytes)
{
    return translated("%1 bytes").arg(QLocale().toString(bytes));
}

QString sizeDifference(qint64 beforeBytes, qint64 afterBytes)
{
    const qint64 difference = afterBytes - beforeBytes;
    if (difference == 0)
        return translated("same size");
    return (difference > 0 ? u"+"_s : u"-"_s) + scaled(std::abs(double(difference)));
}

QString durationInWords(std::chrono::nanoseconds duration)
{
    const double seconds = std::chrono::duration<double>(duration).count();
    const QLocale locale;
    if (seconds < 0.995)
        return translated("%1 s").arg(locale.toString(seconds, 'f', 2));
    if (seconds < 59.95)
        return translated("%1 s").arg(locale.toString(seconds, 'f', 1));
    const auto whole = qint64(std::llround(seconds));
    if (whole < 3600)
        return translated("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return translated("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

}
