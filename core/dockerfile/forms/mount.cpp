// SPDX-License-Identifier: Apache-2.0
// The value of --mount=: a row of comma separated fields, some of them in quotes.
#include "dockerfile/forms/run.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

struct Field
{
    QString name; ///< the reference's first name for it
    QString value;
    bool hasValue = false;
    QString written; ///< as it stands between the commas
};

QString firstName(const QString &name)
{
    const QString lower = name.toLower();
    if (lower == "dst"_L1 || lower == "destination"_L1)
        return u"target"_s;
    if (lower == "src"_L1)
        return u"source"_s;
    if (lower == "ro"_L1)
        return u"readonly"_s;
    return lower == "rw"_L1 ? u"readwrite"_s : lower;
}

Field readField(const QString &written)
{
    QString plain = written;
    if (plain.size() >= 2 && plain.startsWith(u'"') && plain.endsWith(u'"'))
        plain = plain.sliced(1, plain.size() - 2).replace(u"\"\""_s, u"\""_s);
    const qsizetype equals = plain.indexOf(u'=');
    const QString name = equals < 0 ? plain : plain.first(equals);
    return {.name = firstName(name.trimmed()),
            .value = equals < 0 ? QString() : plain.sliced(equals + 1),
            .hasValue = equals >= 0,
            .written = written};
}

std::vector<Field> readFields(const QString &value)
{
    std::vector<Field> fields;
    bool quoted = false;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= value.size(); ++i) {
        if (i < value.size() && value[i] == u'"')
            quoted = !quoted;
        if (i < value.size() && (value[i] != u',' || quoted))
            continue;
        if (i > start)
            fields.push_back(readField(value.sliced(start, i - start)));
        start = i + 1;
    }
    return fields;
}

bool isTrue(const Field &field)
{
    static const QStringList no{u"0"_s, u"f"_s, u"F"_s, u"false"_s, u"False"_s, u"FALSE"_s};
    return !no.contains(field.value);
}

struct TextField
{
    const char *name;
    QString MountForm::*value;
};
const std::array<TextField, 10> textFields{{{"target", &MountForm::target},
                                            {"source", &MountForm::source},
                                            {"from", &MountForm::from},
                                            {"id", &MountForm::id},
                                            {"sharing", &MountForm::sharing},
                                            {"size", &MountForm::size},
                                            {"mode", &MountForm::mode},
                                            {"uid", &MountForm::uid},
                                            {"gid", &MountForm::gid},
                                            {"env", &MountForm::env}}};
struct Switch
{
    const char *name;
    bool MountForm::*value;
};
const std::array<Switch, 3> switches{{{"readonly", &MountForm::readOnly},
                                      {"readwrite", &MountForm::readWrite},
                                      {"required", &MountForm::required}}};

QString fieldText(const QString &name, const QString &value)
{
    const QString text = name + u'=' + value;
    if (!text.contains(u',') && !text.contains(u'"'))
        return text;
    QString quoted = text;
    return u'"' + quoted.replace(u'"', u"\"\""_s) + u'"';
}

}

MountForm readMountForm(const QString &value)
{
    MountForm form;
    for (const Field &field : readFields(value)) {
        if (field.name == "type"_L1)
            form.type = field.value.toLower();
        for (const TextField &known : textFields) {
            if (field.name == QLatin1StringView(known.name))
                form.*known.value = field.value;
        }
        for (const Switch &known : switches) {
            if (field.name == QLatin1StringView(known.name))
                form.*known.value = isTrue(field);
        }
    }
    return form;
}

QString mountText(const MountForm &form)
{
    return mountTextLike({}, form);
}

QString mountTextLike(const QString &written, const MountForm &form)
{
    const MountForm old = readMountForm(written);
    std::vector<Field> fields = readFields(written);
    const auto place = [&fields](const QString &name) {
        return std::ranges::find_if(fields, [&name](const Field &field) { return field.name == name; });
    };
    const auto set = [&](const QString &name, const QString &text) {
        const auto found = place(name);
        if (text.isEmpty()) {
            std::erase_if(fields, [&name](const Field &field) { return field.name == name; });
        } else if (found == fields.end()) {
            fields.push_back({name, {}, true, text});
        } else {
            // The name stays as it was written: dst, target ...
            const QString own = found->written.startsWith(u'"') ? name : found->written.section(u'=', 0, 0);
            found->written = own + text.sliced(text.indexOf(name) + name.size());
        }
    };
    if (written.isEmpty() || old.type != form.type) {
        const auto type = place(u"type"_s);
        if (type != fields.end())
            type->written = fieldText(type->written.section(u'=', 0, 0), form.type);
        else
            fields.insert(fields.begin(), {u"type"_s, form.type, true, fieldText(u"type"_s, form.type)});
    }
    for (const TextField &known : textFields) {
        const QString name = QString::fromLatin1(known.name);
        const QString value = form.*known.value;
        if (value != old.*known.value)
            set(name, value.isEmpty() ? QString() : fieldText(name, value));
    }
    for (const Switch &known : switches) {
        const QString name = QString::fromLatin1(known.name);
        if (form.*known.value != old.*known.value)
            set(name, form.*known.value ? name : QString());
    }
    QStringList texts;
    for (const Field &field : fields)
        texts.append(field.written);
    return texts.join(u',');
}

QString whyNot(const MountForm &form)
{
    if (const QString reason = whyNoMountField(form.type, u"type"_s, form.type); !reason.isEmpty())
        return reason;
    for (const TextField &known : textFields) {
        const QString value = form.*known.value;
        if (value.isEmpty())
            continue;
        const QString reason = whyNoMountField(form.type, QString::fromLatin1(known.name), value);
        if (!reason.isEmpty())
            return reason;
    }
    for (const Switch &known : switches) {
        if (!(form.*known.value))
            continue;
        const QString reason = whyNoMountField(form.type, QString::fromLatin1(known.name), u"true"_s);
        if (!reason.isEmpty())
            return reason;
    }
    const bool needsTarget = form.type != "secret"_L1 && form.type != "ssh"_L1;
    if (needsTarget && form.target.isEmpty())
        return Text::tr("A mount of type %1 needs a target: where it stands while the command runs.")
            .arg(form.type);
    if (form.type == "secret"_L1 && form.id.isEmpty() && form.target.isEmpty())
        return Text::tr("A secret needs an id.");
    if (form.readOnly && form.readWrite)
        return Text::tr("A mount is either read-only or writable.");
    return {};
}

}
