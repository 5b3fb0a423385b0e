// SPDX-License-Identifier: Apache-2.0
#include "inspector/forms/fieldspec.h"

#include "dockerfile/commandverbs.h"
#include "dockerfile/validation.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using namespace dockerfile;
using Kind = FieldSpec::Kind;

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(InstructionForm)
};

QStringList linesOf(const QString &text)
{
    QStringList lines;
    const QStringList all = text.split(u'\n');
    for (const QString &line : all) {
        if (!line.trimmed().isEmpty())
            lines += line.trimmed();
    }
    return lines;
}

// Fields of one alternative of the variant, by pointer to member.
template <class F>
FieldSpec line(const QString &label, QString F::*member, const QString &placeholder = {},
               std::function<QString(const QString &)> whyNot = {}, const QStringList &choices = {})
{
    return {.kind = Kind::Line,
            .label = label,
            .placeholder = placeholder,
            .choices = choices,
            .get = [member](const Form &form) { return std::get<F>(form).*member; },
            .set = [member](Form &form, const QString &value) { std::get<F>(form).*member = value; },
            .whyNot = std::move(whyNot),
            .toolTip = {}};
}

template <class F>
FieldSpec toggle(const QString &label, bool F::*member, const QString &toolTip)
{
    return {
        .kind = Kind::Switch,
        .label = label,
        .placeholder = {},
        .choices = {},
        .get = [member](const Form &form) { return std::get<F>(form).*member ? u"true"_s : QString(); },
        .set = [member](Form &form, const QString &value) { std::get<F>(form).*member = !value.isEmpty(); },
        .whyNot = {},
        .toolTip = toolTip};
}

template <class F>
FieldSpec list(const QString &label, QStringList F::*member, const QString &placeholder,
               std::function<QString(const QString &)> whyNot = {})
{
    return {.kind = Kind::List,
            .label = label,
            .placeholder = placeholder,
            .choices = {},
            .get = [member](const Form &form) { return (std::get<F>(form).*member).join(u'\n'); },
            .set = [member](Form &form, const QString &value) { std::get<F>(form).*member = linesOf(value); },
            .whyNot = std::move(whyNot),
            .toolTip = {}};
}

// The check of a value that may be left out.
std::function<QString(const QString &)> optional(QString (*check)(const QString &))
{
    return [check](const QString &value) { return value.isEmpty() ? QString() : check(value); };
}

QStringList withVariables(QStringList platforms)
{
    platforms.prepend(u"$TARGETPLATFORM"_s);
    platforms.prepend(u"$BUILDPLATFORM"_s);
    platforms.prepend(QString());
    return platforms;
}

std::vector<FieldSpec> fromFields(const FormFacts &facts)
{
    return {line(Words::tr("Base"), &FromForm::image, Words::tr("an image, or a stage above"), whyNoImage,
                 facts.stages + facts.images),
            line(Words::tr("Name"), &FromForm::name, Words::tr("lower case, to be referred to by"),
                 optional(whyNoStageName)),
            line(Words::tr("Platform"), &FromForm::platform, Words::tr("that of the build"),
                 optional(whyNoPlatform), withVariables(facts.platforms))};
}

std::vector<FieldSpec> copyFields(const CopyForm &form, const FormFacts &facts)
{
    const bool isAdd = form.keyword == Keyword::Add;
    std::vector<FieldSpec> fields;
    if (!isAdd || !form.from.isEmpty())
        fields.push_back(line(Words::tr("From"), &CopyForm::from, Words::tr("the build context"), {},
                              QStringList{QString()} + facts.stages + facts.images));
    fields.push_back(list(Words::tr("Sources"), &CopyForm::sources, Words::tr("one a line")));
    fields.push_back(line(Words::tr("Destination"), &CopyForm::destination, Words::tr("/path, or folder/")));
    fields.push_back(
        line(Words::tr("Owner"), &CopyForm::chown, Words::tr("user:group"), optional(whyNoOwner)));
    fields.push_back(line(Words::tr("Mode"), &CopyForm::chmod, u"0755"_s, optional(whyNoChmod)));
    fields.push_back(list(Words::tr("Exclude"), &CopyForm::excludes, Words::tr("patterns, one a line")));
    fields.push_back(
        toggle(Words::tr("Layer of its own (--link)"), &CopyForm::link,
               Words::tr("The layer does not depend on those below: it stays in the cache when the base "
                         "changes.")));
    if (!isAdd) {
        fields.push_back(toggle(Words::tr("Keep parent folders (--parents)"), &CopyForm::parents,
                                Words::tr("a/b/c goes to DEST/a/b/c instead of DEST/c.")));
        return fields;
    }
    fields.push_back(
        line(Words::tr("Checksum"), &CopyForm::checksum, u"sha256:…"_s, optional(whyNoChecksum)));
    fields.push_back(line(Words::tr("Unpack"), &CopyForm::unpack, Words::tr("archives of the context only"),
                          {}, {QString(), u"true"_s, u"false"_s}));
    fields.push_back(toggle(Words::tr("Keep .git (--keep-git-dir)"), &CopyForm::keepGitDir,
                            Words::tr("Of a git repository, its history too.")));
    return fields;
}

// The command of RUN, CMD, ENTRYPOINT, SHELL, HEALTHCHECK: shell text, or a word a line.
template <class Of>
FieldSpec command(Of of)
{
    return {.kind = Kind::Command,
            .label = Words::tr("Command"),
            .placeholder = Words::tr("a word a line in JSON form, else as in a shell"),
            .choices = {},
            .get =
                [of](const Form &form) {
                    const CommandForm &command = of(const_cast<Form &>(form));
                    return command.isJson ? command.items.join(u'\n') : command.text;
                },
            .set =
                [of](Form &form, const QString &value) {
                    CommandForm &command = of(form);
                    if (command.isJson)
                        command.items = value.split(u'\n');
                    else
                        command.text = value;
                },
            .whyNot = {},
            .toolTip = {}};
}

std::vector<FieldSpec> runFields()
{
    FieldSpec mounts{.kind = Kind::Mounts,
                     .label = Words::tr("Mounts"),
                     .placeholder = {},
                     .choices = {},
                     .get =
                         [](const Form &form) {
                             QStringList texts;
                             for (const MountForm &mount : std::get<RunForm>(form).mounts)
                                 texts += mountText(mount);
                             return texts.join(u'\n');
                         },
                     .set =
                         [](Form &form, const QString &value) {
                             auto &all = std::get<RunForm>(form).mounts;
                             all.clear();
                             const QStringList texts = linesOf(value);
                             for (const QString &text : texts)
                                 all.push_back(readMountForm(text));
                         },
                     .whyNot = {},
                     .toolTip = {}};
    return {command([](Form &form) -> CommandForm & { return std::get<RunForm>(form).command; }), mounts,
            line(Words::tr("Network"), &RunForm::network, u"default"_s, optional(whyNoNetwork),
                 {QString(), u"default"_s, u"none"_s, u"host"_s}),
            line(Words::tr("Security"), &RunForm::security, u"sandbox"_s, optional(whyNoSecurity),
                 {QString(), u"sandbox"_s, u"insecure"_s})};
}

std::vector<FieldSpec> pairsFields(const PairsForm &form)
{
    const QString label = form.keyword == Keyword::Arg     ? Words::tr("Arguments")
                          : form.keyword == Keyword::Label ? Words::tr("Labels")
                                                           : Words::tr("Variables");
    // A pair a line, NAME=value; a name alone has no value. Values keep their line ends as \n.
    return {{.kind = Kind::Pairs,
             .label = label,
             .placeholder = {},
             .choices = {},
             .get =
                 [](const Form &all) {
                     QStringList lines;
                     for (const PairForm &pair : std::get<PairsForm>(all).pairs)
                         lines += pair.value ? QString(pair.name + u'=' + *pair.value) : pair.name;
                     return lines.join(QChar(0x1e));
                 },
             .set =
                 [](Form &all, const QString &value) {
                     auto &pairs = std::get<PairsForm>(all).pairs;
                     pairs.clear();
                     const QStringList lines = value.split(QChar(0x1e), Qt::SkipEmptyParts);
                     for (const QString &text : lines) {
                         const qsizetype equals = text.indexOf(u'=');
                         if (equals < 0)
                             pairs.push_back({.name = text, .value = {}});
                         else
                             pairs.push_back({.name = text.first(equals), .value = text.sliced(equals + 1)});
                     }
                 },
             .whyNot = form.keyword == Keyword::Label ? whyNoLabelName : whyNoVariableName,
             .toolTip = {}}};
}

std::vector<FieldSpec> healthcheckFields()
{
    return {
        toggle(Words::tr("None: switch off the base image's check"), &HealthcheckForm::none, {}),
        command([](Form &form) -> CommandForm & { return std::get<HealthcheckForm>(form).command; }),
        line(Words::tr("Interval"), &HealthcheckForm::interval, u"30s"_s, optional(whyNoDuration)),
        line(Words::tr("Timeout"), &HealthcheckForm::timeout, u"30s"_s, optional(whyNoDuration)),
        line(Words::tr("Start period"), &HealthcheckForm::startPeriod, u"0s"_s, optional(whyNoDuration)),
        line(Words::tr("Start interval"), &HealthcheckForm::startInterval, u"5s"_s, optional(whyNoDuration)),
        line(Words::tr("Retries"), &HealthcheckForm::retries, u"3"_s, optional(whyNoRetries))};
}

std::vector<FieldSpec> textFields(const TextForm &form)
{
    switch (form.keyword) {
    case Keyword::Workdir:
        return {line(Words::tr("Folder"), &TextForm::text, u"/src"_s, whyNoPath)};
    case Keyword::Stopsignal:
        return {line(Words::tr("Signal"), &TextForm::text, u"SIGTERM"_s, whyNoSignal,
                     {u"SIGTERM"_s, u"SIGINT"_s, u"SIGQUIT"_s, u"SIGHUP"_s, u"SIGKILL"_s})};
    case Keyword::Onbuild:
        return {line(Words::tr("Instruction"), &TextForm::text, u"COPY . /src"_s)};
    default:
        return {line(Words::tr("Text"), &TextForm::text)};
    }
}

struct Fields
{
    const FormFacts &facts;

    std::vector<FieldSpec> operator()(std::monostate) const { return {}; }
    std::vector<FieldSpec> operator()(const FromForm &) const { return fromFields(facts); }
    std::vector<FieldSpec> operator()(const RunForm &) const { return runFields(); }
    std::vector<FieldSpec> operator()(const CopyForm &form) const { return copyFields(form, facts); }
    std::vector<FieldSpec> operator()(const PairsForm &form) const { return pairsFields(form); }
    std::vector<FieldSpec> operator()(const CommandForm &) const
    {
        return {command([](Form &form) -> CommandForm & { return std::get<CommandForm>(form); })};
    }
    std::vector<FieldSpec> operator()(const HealthcheckForm &) const { return healthcheckFields(); }
    std::vector<FieldSpec> operator()(const ExposeForm &) const
    {
        return {list(Words::tr("Ports"), &ExposeForm::ports, Words::tr("8080, 53/udp, 8000-8010; one a line"),
                     whyNoPort)};
    }
    std::vector<FieldSpec> operator()(const UserForm &) const
    {
        return {
            line(Words::tr("User"), &UserForm::user, u"65532"_s, {}, {u"nonroot"_s, u"65532"_s, u"root"_s}),
            line(Words::tr("Group"), &UserForm::group)};
    }
    std::vector<FieldSpec> operator()(const VolumeForm &) const
    {
        return {list(Words::tr("Paths"), &VolumeForm::paths, Words::tr("one a line"), whyNoPath)};
    }
    std::vector<FieldSpec> operator()(const TextForm &form) const { return textFields(form); }
};

}

std::vector<FieldSpec> fieldsOf(const Form &form, const FormFacts &facts)
{
    return std::visit(Fields{facts}, form);
}

}
