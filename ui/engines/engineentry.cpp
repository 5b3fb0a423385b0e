// SPDX-License-Identifier: Apache-2.0
#include "engines/engineentry.h"

#include "theme/icons.h"
#include "widgets/noticebar.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("EngineEntry", text);
}

}

QString stateInWords(const EngineEntry &entry)
{
    switch (entry.state) {
    case EngineEntry::State::Untried:
        if (entry.place.isAbsent)
            return tr("No socket there");
        return entry.place.problem.isEmpty() ? tr("Not tried yet") : asSentence(entry.place.problem);
    case EngineEntry::State::Testing:
        return tr("Testing…");
    case EngineEntry::State::Answers:
        return entry.answer.product;
    case EngineEntry::State::Refused:
        return asSentence(entry.error.message);
    }
    Q_UNREACHABLE_RETURN({});
}

QIcon stateIcon(const EngineEntry &entry)
{
    switch (entry.state) {
    case EngineEntry::State::Untried:
        return entry.place.isAbsent || !entry.place.problem.isEmpty() ? icon(u"engine-off"_s, IconTint::Quiet)
                                                                      : icon(u"engine"_s, IconTint::Quiet);
    case EngineEntry::State::Testing:
        return icon(u"running"_s, IconTint::Accent);
    case EngineEntry::State::Answers:
        return icon(u"ok"_s, IconTint::Success);
    case EngineEntry::State::Refused:
        return icon(u"problem-warning"_s, IconTint::Warning);
    }
    Q_UNREACHABLE_RETURN({});
}

}
