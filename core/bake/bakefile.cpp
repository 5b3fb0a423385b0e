// SPDX-License-Identifier: Apache-2.0
#include "bake/bakefile.h"

#include "bake/composefile.h"
#include "bake/decoder.h"
#include "bake/orderedjson.h"
#include "bake/words.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFileBytes = 8'000'000;

bool isCompose(const SourceText &source)
{
    const QString name = source.name.toLower();
    return name.endsWith(".yml"_L1) || name.endsWith(".yaml"_L1);
}

bool isJson(const SourceText &source)
{
    if (source.name.endsWith(".json"_L1, Qt::CaseInsensitive))
        return true;
    return !source.name.endsWith(".hcl"_L1, Qt::CaseInsensitive) && source.text.trimmed().startsWith(u'{');
}

base::Result<SourceText> read(QFile &file, const QString &name)
{
    const QByteArray bytes = file.read(largestFileBytes + 1);
    if (bytes.size() > largestFileBytes)
        return std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                           .message = Words::tr("the file is too large for a bake file"),
                                           .where = name});
    return SourceText{name, QString::fromUtf8(bytes)};
}

base::Result<Body> allBodies(const std::vector<SourceText> &sources)
{
    Body all;
    for (const auto &source : sources) {
        auto body =
            isJson(source) ? bodyFromJson(source.text, source.name) : bodyFromHcl(source.text, source.name);
        if (!body)
            return std::unexpected(body.error());
        std::ranges::move(body->attributes, std::back_inserter(all.attributes));
        std::ranges::move(body->blocks, std::back_inserter(all.blocks));
    }
    return all;
}

// In the order of the files; what is defined twice is listed once.
void listVariables(Evaluator &evaluator, BakeFile &file)
{
    const Body &body = evaluator.body();
    for (const auto &block : body.blocks) {
        const QString name = block.labels.value(0);
        if (block.type != "variable"_L1 ||
            std::ranges::find(file.variables, name, &Variable::name) != file.variables.end())
            continue;
        const Expression reference{.kind = Expression::Kind::Variable, .line = block.line, .name = name};
        const Value value = evaluator.value(reference, {});
        Variable variable{.name = name, .value = value.asText().value_or(QString())};
        if (value.isList() || value.isMap())
            variable.value = evaluator
                                 .value({.kind = Expression::Kind::Call,
                                         .name = u"jsonencode"_s,
                                         .operands = {std::make_shared<Expression>(reference)}},
                                        {})
                                 .string();
        if (const auto *description = block.body.attribute(u"description"))
            variable.description = evaluator.value(*description->expression, {}).asText().value_or(QString());
        file.variables.push_back(std::move(variable));
    }
}

}

QStringList defaultFileNames()
{
    return {u"compose.yaml"_s,
            u"compose.yml"_s,
            u"docker-compose.yml"_s,
            u"docker-compose.yaml"_s,
            u"docker-bake.json"_s,
            u"docker-bake.hcl"_s,
            u"docker-bake.override.json"_s,
            u"docker-bake.override.hcl"_s};
}

base::Result<std::vector<SourceText>> findSources(const QString &folder)
{
    QStringList names = defaultFileNames();
    names.removeIf(
        [&folder](const QString &name) { return !QFileInfo::exists(QDir(folder).filePath(name)); });
    if (!names.isEmpty())
        return readSources(folder, names);
    return std::unexpected(base::Error{.kind = base::Error::Kind::NotFound,
                                       .message = Words::tr("there is no bake file"),
                                       .where = folder,
                                       .hint = Words::tr("Name one with -f, or write a docker-bake.json.")});
}

base::Result<std::vector<SourceText>> readSources(const QString &folder, const QStringList &names)
{
    std::vector<SourceText> sources;
    for (const auto &name : names) {
        QFile file(QDir(folder).filePath(name));
        const bool isOpen =
            name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
        if (!isOpen || (name != "-"_L1 && QFileInfo(file).isDir()))
            return std::unexpected(
                base::Error{.kind = file.exists() ? base::Error::Kind::Refused : base::Error::Kind::NotFound,
                            .message = file.exists() ? Words::tr("this is no file that can be read")
                                                     : Words::tr("there is no such file"),
                            .where = name,
                            .hint = Words::tr("-f names a bake file or a compose file.")});
        auto source = read(file, name);
        if (!source)
            return std::unexpected(source.error());
        sources.push_back(std::move(*source));
    }
    return sources;
}

base::Result<BakeFile> evaluate(const std::vector<SourceText> &sources, const QString &folder,
                                const QProcessEnvironment &environment)
{
    std::vector<SourceText> compose;
    std::vector<SourceText> others;
    for (const auto &source : sources)
        (isCompose(source) ? compose : others).push_back(source);
    BakeFile file;
    if (!compose.empty()) {
        auto targets = targetsOfCompose(compose, folder, environment);
        if (!targets)
            return targets;
        file = std::move(*targets);
    }
    auto body = allBodies(others);
    if (!body)
        return std::unexpected(body.error());
    Evaluator evaluator(std::move(*body), environment,
                        {{u"BAKE_CMD_CONTEXT"_s, u"cwd://"_s}, {u"BAKE_LOCAL_PLATFORM"_s, localPlatform()}});
    if (!others.empty())
        evaluator.setFile(others.front().name);
    Decoder(evaluator).decode(file);
    listVariables(evaluator, file);
    if (evaluator.error())
        return std::unexpected(*evaluator.error());
    return file;
}

}
