// SPDX-License-Identifier: Apache-2.0
// What the fields of RUN --mount may say: instructions/commands_runmount.go.
#include "dockerfile/forms/run.h"
#include "dockerfile/text.h"
#include "dockerfile/validation.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dockerfile {

namespace {

QString whyNoTruth(const QString &field, const QString &value)
{
    // Go's strconv.ParseBool.
    static const QStringList truths{u""_s,  u"1"_s, u"t"_s, u"true"_s,  u"True"_s,  u"TRUE"_s, u"T"_s,
                                    u"0"_s, u"f"_s, u"F"_s, u"false"_s, u"False"_s, u"FALSE"_s};
    return truths.contains(value) ? QString()
                                  : Text::tr("%1 is true or false, not \"%2\".").arg(field, value);
}

QString whyNoSize(const QString &size)
{
    static const QRegularExpression valid(uR"(\A\d+(?:\.\d+)? ?(?:[bB]|[kKmMgGtTpP](?:[iI]?[bB])?)?\z)"_s);
    return valid.match(size).hasMatch() ? QString()
                                        : Text::tr("\"%1\" is no size: it reads like 64m or 1g.").arg(size);
}

QString whyNoId(const QString &field, const QString &value)
{
    bool isNumber = false;
    (void)value.toUInt(&isNumber);
    return isNumber ? QString() : Text::tr("%1 is a number: \"%2\" is none.").arg(field, value);
}

}

QStringList mountFields(const QString &type)
{
    if (type == "bind"_L1)
        return {u"target"_s, u"source"_s, u"from"_s, u"readwrite"_s};
    if (type == "cache"_L1)
        return {u"target"_s, u"id"_s,  u"sharing"_s, u"from"_s,    u"source"_s,
                u"mode"_s,   u"uid"_s, u"gid"_s,     u"readonly"_s};
    if (type == "tmpfs"_L1)
        return {u"target"_s, u"size"_s};
    if (type == "secret"_L1)
        return {u"id"_s, u"target"_s, u"env"_s, u"required"_s, u"mode"_s, u"uid"_s, u"gid"_s};
    if (type == "ssh"_L1)
        return {u"id"_s, u"target"_s, u"required"_s, u"mode"_s, u"uid"_s, u"gid"_s};
    return {};
}

QString whyNoMountField(const QString &type, const QString &field, const QString &value)
{
    const QStringList fields = mountFields(type);
    if (fields.isEmpty())
        return Text::tr("\"%1\" is no kind of mount: there are bind, cache, tmpfs, secret and ssh.")
            .arg(type);
    if (field == "type"_L1)
        return {};
    const bool isReadOnlyBind = field == "readonly"_L1 && type == "bind"_L1;
    if (!fields.contains(field) && !isReadOnlyBind)
        return Text::tr("A mount of type %1 has no field \"%2\".").arg(type, field);
    if (value.contains(u'\n') || value.contains(u'\r'))
        return Text::tr("%1 stands on one line.").arg(field);
    if (field == "readonly"_L1 || field == "readwrite"_L1 || field == "required"_L1)
        return whyNoTruth(field, value);
    if (value.isEmpty())
        return Text::tr("%1 needs a value.").arg(field);
    if (field == "env"_L1)
        return whyNoVariableName(value);
    if (field == "from"_L1)
        return whyNoImage(value);
    if (value.contains(u'$')) // expanded by the builder
        return {};
    if (field == "sharing"_L1 && value != "shared"_L1 && value != "private"_L1 && value != "locked"_L1)
        return Text::tr("\"%1\" is no way to share a cache: there are shared, private and locked.")
            .arg(value);
    if (field == "size"_L1)
        return whyNoSize(value);
    if (field == "uid"_L1 || field == "gid"_L1)
        return whyNoId(field, value);
    if (field == "mode"_L1) {
        bool isOctal = false;
        (void)value.toUInt(&isOctal, 8);
        return isOctal ? QString() : Text::tr("\"%1\" is no mode: it reads like 0755.").arg(value);
    }
    return {};
}

}
