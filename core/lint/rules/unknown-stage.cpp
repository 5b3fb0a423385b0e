// SPDX-License-Identifier: Apache-2.0
// A reference to a stage that is not there. The builder takes a name that is no stage for an image, and ends
// with "pull access denied"; so a name close to a stage's, a number out of range and a variable are told
// before.
#include "lint/nearest.h"
#include "lint/rules/rules.h"
#include "lint/text.h"

#include "dockerfile/edits.h"
#include "dockerfile/views.h"

#include <QSet>

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace lint::rules {

namespace {

bool looksLikeStage(const QString &name)
{
    static const QStringList images{u"alpine"_s, u"bash"_s,   u"busybox"_s, u"composer"_s, u"debian"_s,
                                    u"docker"_s, u"fedora"_s, u"golang"_s,  u"gradle"_s,   u"maven"_s,
                                    u"nginx"_s,  u"node"_s,   u"php"_s,     u"python"_s,   u"redis"_s,
                                    u"ruby"_s,   u"rust"_s,   u"scratch"_s, u"ubuntu"_s};
    return !name.contains(u'/') && !name.contains(u':') && !name.contains(u'.') && !name.contains(u'@') &&
           !images.contains(name.toLower());
}

class Check
{
public:
    explicit Check(const Input &input)
        : m_input(input)
    {
        for (const graph::Stage &stage : input.graph.stages) {
            if (stage.name.isEmpty())
                continue;
            m_names.append(stage.name);
            m_lowerNames.insert(stage.name.toLower());
        }
    }

    Findings run()
    {
        for (const graph::Stage &stage : m_input.graph.stages) {
            checkBase(stage);
            for (const Instruction *instruction : m_input.of(stage)) {
                if (instruction->keyword() == Keyword::Copy || instruction->keyword() == Keyword::Add)
                    checkCopy(*instruction);
                else if (instruction->keyword() == Keyword::Run)
                    checkMounts(*instruction);
            }
        }
        return std::move(m_findings);
    }

private:
    void checkBase(const graph::Stage &stage)
    {
        const auto image = viewFrom(m_input.at(stage.fromLine)).image;
        if (!image || stage.baseStage >= 0 || image->text.contains(u'$'))
            return;
        if (const graph::Stage *named = m_input.graph.stageCalled(image->text);
            named && !isNumber(image->text)) {
            if (named->index == stage.index && !looksLikeStage(image->text))
                return; // FROM alpine AS alpine is an image
            if (named->index < stage.index) {
                add(image->range,
                    Text::tr("FROM knows the stage as \"%1\" only, in lower case.")
                        .arg(named->name.toLower()),
                    named->name.toLower());
            } else if (named->index > stage.index && looksLikeStage(image->text)) {
                add(image->range,
                    Text::tr("The stage \"%1\" comes later, so this means an image.").arg(named->name), {},
                    Text::tr("Move that stage above this one."));
            }
            return;
        }
        if (!looksLikeStage(image->text))
            return;
        QStringList earlier;
        for (int i = 0; i < stage.index; ++i)
            earlier.append(m_input.graph.stages[size_t(i)].name);
        checkName(image->text, image->range, earlier, true);
    }

    void checkCopy(const Instruction &instruction)
    {
        const auto from = viewCopy(instruction).from;
        if (!from || !from->value || from->value->isEmpty())
            return;
        if (isNumber(*from->value)) {
            if (!m_input.graph.stageCalled(*from->value)) {
                add(from->valueRange, Text::tr("There is no stage number %1.").arg(*from->value), {},
                    Text::tr("Stages count from 0; better name the stage and write the name."));
            }
            return;
        }
        checkFrom(*from->value, from->valueRange);
    }

    void checkMounts(const Instruction &instruction)
    {
        for (const Mount &mount : viewRun(instruction).mounts) {
            if (!mount.from || mount.from->isEmpty())
                continue;
            if (isNumber(*mount.from)) {
                const graph::Stage *meant = m_input.graph.stageCalled(*mount.from);
                add(mount.fromRange,
                    Text::tr("A mount knows stages by name only: this means an image called %1.")
                        .arg(*mount.from),
                    meant ? meant->name : QString(), Text::tr("Write the stage's name."));
                continue;
            }
            checkFrom(*mount.from, mount.fromRange);
        }
    }

    void checkFrom(const QString &name, base::TextRange range)
    {
        if (name.contains(u'$')) {
            add(range, Text::tr("The builder expands no variables here."), {},
                Text::tr("Add a stage \"FROM %1 AS ...\", and take the files from that.").arg(name));
            return;
        }
        if (!m_lowerNames.contains(name.toLower()))
            checkName(name, range, m_names, false);
    }

    void checkName(const QString &name, base::TextRange range, const QStringList &candidates, bool lowerCase)
    {
        const QString meant = looksLikeStage(name) ? nearest(name, candidates) : QString();
        if (!meant.isEmpty()) {
            add(range,
                Text::tr("No stage is called \"%1\", so the builder would look for an image.").arg(name),
                lowerCase ? meant.toLower() : meant);
        }
    }

    void add(base::TextRange range, const QString &message, const QString &meant, const QString &hint = {})
    {
        Finding finding = found(range, message, hint);
        if (!meant.isEmpty()) {
            finding.hint = Text::tr("Did you mean \"%1\"?").arg(meant);
            finding.fix = base::TextEdit(range, meant);
            finding.fixLabel = Text::tr("Write %1").arg(meant);
        }
        m_findings.push_back(std::move(finding));
    }

    static bool isNumber(const QString &text)
    {
        bool isNumber = false;
        (void)text.toInt(&isNumber);
        return isNumber;
    }

    const Input &m_input;
    QStringList m_names;
    QSet<QString> m_lowerNames;
    Findings m_findings;
};

Findings check(const Input &input)
{
    return Check(input).run();
}

}

const Rule unknownStage{QLatin1StringView("unknown-stage"),
                        {},
                        Severity::Error,
                        QT_TRANSLATE_NOOP("lint", "A reference to a stage that is not there"),
                        check};

}
