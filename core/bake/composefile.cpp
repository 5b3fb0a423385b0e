// SPDX-License-Identifier: Apache-2.0
#include "bake/composefile.h"

#include "bake/composeinterpolation.h"
#include "bake/composevalue.h"
#include "bake/doubles.h"
#include "bake/words.h"

#include <QDir>
#include <QRegularExpression>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

bool isRemote(const QString &path)
{
    static const QRegularExpression remote(u"^([a-z][a-z0-9+.-]*:|git@|github\\.com/)"_s);
    return remote.match(path).hasMatch();
}

QString cleanPath(const QString &path)
{
    return isRemote(path) ? path : QDir::cleanPath(path);
}

class ServiceReader
{
public:
    ServiceReader(const Value &secrets, const QProcessEnvironment &environment)
        : m_secrets(secrets)
        , m_environment(environment)
    {}

    base::Result<Target> read(const QString &name, const Value &service)
    {
        m_build = service.find(u"build"_s);
        Target target{.name = name};
        setPlain(target);
        setArguments(target);
        target.cacheFrom = caches(texts(u"cache_from"_s));
        if (const auto to = texts(u"cache_to"_s); !to.isEmpty())
            target.cacheTo = caches(to);
        readSecrets(target);
        readSsh(target);
        readUlimits(target);
        for (const auto &type : {u"sbom"_s, u"provenance"_s}) {
            if (const auto value = text(type))
                target.attestations.push_back(checked(parseAttestation(attestationText(type, *value))));
        }
        addExtension(target);
        if (const auto *image = service.find(u"image"_s);
            image && target.tags.value_or(QStringList()).isEmpty())
            target.tags = QStringList{image->string()};
        if (m_error)
            return std::unexpected(m_error->in(Words::tr("service \"%1\"").arg(name)));
        return target;
    }

private:
    [[nodiscard]] std::optional<QString> text(const QString &key) const
    {
        const auto *value = m_build->find(key);
        return value ? value->asText() : std::nullopt;
    }

    [[nodiscard]] std::optional<bool> flag(const QString &key) const
    {
        const auto words = text(key);
        return words ? boolFromText(*words) : std::nullopt;
    }

    [[nodiscard]] static QStringList textsOf(const Value *value)
    {
        QStringList list;
        if (value && value->isList()) {
            for (const auto &item : value->items())
                list.append(item.asText().value_or(QString()));
        } else if (value && value->asText()) {
            list = value->asText()->split(u' ', Qt::SkipEmptyParts);
        }
        return list;
    }

    [[nodiscard]] QStringList texts(const QString &key) const { return textsOf(m_build->find(key)); }

    void setPlain(Target &target)
    {
        if (const auto context = text(u"context"_s))
            target.context = cleanPath(*context);
        target.dockerfile = text(u"dockerfile"_s);
        target.dockerfileInline = text(u"dockerfile_inline"_s);
        target.target = text(u"target"_s);
        target.network = text(u"network"_s);
        if (const auto size = text(u"shm_size"_s)) {
            if (!memoryBytes(*size))
                fail(Words::tr("\"%1\" is no size").arg(*size), Words::tr("Write shm_size: 128m."));
            target.sharedMemory = memoryText(memoryBytes(*size).value_or(0));
        }
        if (const auto tags = texts(u"tags"_s); !tags.isEmpty())
            target.tags = tags;
        if (const auto platforms = texts(u"platforms"_s); !platforms.isEmpty())
            target.platforms = platforms;
        if (flag(u"no_cache"_s).value_or(false))
            target.noCache = true;
        if (flag(u"pull"_s).value_or(false))
            target.pull = true;
    }

    template <class Add>
    void eachOf(const QString &key, const Add &add)
    {
        const auto *map = m_build->find(key);
        for (std::size_t i = 0; map && i < map->keys().size(); ++i)
            add(map->keys()[i], map->items()[i]);
    }

    void setArguments(Target &target)
    {
        // An argument without a value takes that of the environment, and is left out when that has none.
        eachOf(u"args"_s, [&](const QString &name, const Value &value) {
            if (!value.isNull())
                target.arguments.insert(name, value.asText());
            else if (m_environment.contains(name))
                target.arguments.insert(name, m_environment.value(name));
        });
        eachOf(u"labels"_s, [&](const QString &name, const Value &value) {
            target.labels.insert(name, value.asText().value_or(QString()));
        });
        eachOf(u"extra_hosts"_s, [&](const QString &name, const Value &value) {
            target.extraHosts.insert(name, textsOf(&value).join(u','));
        });
        eachOf(u"additional_contexts"_s, [&](const QString &name, const Value &value) {
            target.contexts.insert(name, context(cleanPath(value.asText().value_or(QString()))));
        });
    }

    static QString context(const QString &value)
    {
        const bool isTarget = value.startsWith("service:"_L1) || value.startsWith("target:"_L1);
        return isTarget ? u"target:"_s + value.section(u':', 1).replace(u'.', u'_') : value;
    }

    std::vector<TypedEntry> caches(const QStringList &lines)
    {
        std::vector<TypedEntry> all;
        for (const auto &line : lines) {
            const auto some = checked(parseCache(line));
            all.insert(all.end(), some.begin(), some.end());
        }
        return all;
    }

    void readSecrets(Target &target)
    {
        const auto *list = m_build->find(u"secrets"_s);
        for (std::size_t i = 0; list && i < list->items().size(); ++i) {
            const Value &item = list->items()[i];
            const auto *source = item.isMap() ? item.find(u"source"_s) : &item;
            Secret secret{.id = source ? source->asText().value_or(QString()) : QString()};
            const auto *declared = m_secrets.find(secret.id);
            if (!declared || !declared->isMap()) {
                fail(Words::tr("the secret \"%1\" is not declared").arg(secret.id),
                     Words::tr("Add it to \"secrets\" at the top of the file."));
                continue;
            }
            const auto field = [declared](const QString &key) {
                const auto *value = declared->find(key);
                return value ? value->asText().value_or(QString()) : QString();
            };
            if (field(u"external"_s) == "true"_L1)
                fail(Words::tr("the secret \"%1\" is external, which a build cannot read").arg(secret.id),
                     {});
            secret.file = field(u"file"_s).isEmpty() ? QString() : cleanPath(field(u"file"_s));
            secret.environment = field(u"environment"_s);
            target.secrets.push_back(secret);
        }
    }

    void readSsh(Target &target)
    {
        eachOf(u"ssh"_s, [&](const QString &id, const Value &path) {
            const QString file = path.asText().value_or(QString());
            target.ssh.push_back({.id = id, .paths = file.isEmpty() ? QStringList() : QStringList{file}});
        });
    }

    void readUlimits(Target &target)
    {
        eachOf(u"ulimits"_s, [&](const QString &name, const Value &limit) {
            const auto side = [&limit](const QString &key) {
                const auto *value = limit.isMap() ? limit.find(key) : &limit;
                return value ? value->asText().value_or(u"0"_s) : u"0"_s;
            };
            target.ulimits.append(u"%1=%2:%3"_s.arg(name, side(u"soft"_s), side(u"hard"_s)));
            checked(parseUlimit(target.ulimits.constLast()));
        });
    }

    // x-bake: what compose has no word for.
    void addExtension(Target &target)
    {
        const auto *extension = m_build->find(u"x-bake"_s);
        if (!extension || !extension->isMap())
            return;
        const Value *const build = std::exchange(m_build, extension);
        const auto extend = [&](std::optional<QStringList> &list, const QString &key) {
            if (const auto more = texts(key); !more.isEmpty()) {
                list = list.value_or(QStringList()) + more;
                list->removeDuplicates();
            }
        };
        extend(target.tags, u"tags"_s);
        extend(target.platforms, u"platforms"_s);
        Target more;
        more.cacheFrom = caches(texts(u"cache-from"_s));
        for (const auto &line : texts(u"secret"_s))
            more.secrets.push_back(checked(parseSecret(line)));
        for (const auto &line : texts(u"ssh"_s))
            more.ssh.push_back(parseSsh(line));
        more.noCacheFilter = texts(u"no-cache-filter"_s);
        more.pull = flag(u"pull"_s);
        more.noCache = flag(u"no-cache"_s);
        if (const auto to = texts(u"cache-to"_s); !to.isEmpty()) {
            more.cacheTo = target.cacheTo.value_or(std::vector<TypedEntry>());
            const auto added = caches(to);
            more.cacheTo->insert(more.cacheTo->end(), added.begin(), added.end());
        }
        if (const auto outputs = texts(u"output"_s); !outputs.isEmpty()) {
            more.outputs = target.outputs.value_or(std::vector<TypedEntry>());
            for (const auto &line : outputs)
                more.outputs->push_back(checked(parseOutput(line)));
        }
        eachOf(u"contexts"_s, [&](const QString &name, const Value &value) {
            if (!target.contexts.contains(name)) // the compose section's own word counts
                more.contexts.insert(name, context(value.asText().value_or(QString())));
        });
        target.merge(more);
        std::ranges::sort(target.ssh, {}, &Ssh::id);
        m_build = build;
    }

    template <class T>
    T checked(const base::Result<T> &result)
    {
        if (!result && !m_error)
            m_error = result.error();
        return result.value_or(T());
    }

    void fail(const QString &message, const QString &hint)
    {
        if (!m_error)
            m_error = base::Error{.kind = base::Error::Kind::Malformed, .message = message, .hint = hint};
    }

    const Value &m_secrets;
    const QProcessEnvironment &m_environment;
    const Value *m_build = nullptr;
    std::optional<base::Error> m_error;
};

}

base::Result<BakeFile> targetsOfCompose(const std::vector<SourceText> &files, const QString &folder,
                                        const QProcessEnvironment &environment)
{
    const auto all = withDotEnv(environment, folder);
    Value compose = Value::ofMap();
    for (const auto &file : files) {
        const auto value = composeValue(file.text, file.name, all);
        if (!value)
            return std::unexpected(value.error());
        compose = mergedCompose(compose, *value);
    }
    BakeFile result;
    Group group{.name = u"default"_s};
    const Value services = *compose.find(u"services"_s);
    for (std::size_t i = 0; i < services.keys().size(); ++i) {
        if (!services.items()[i].find(u"build"_s))
            continue;
        // A service may be called "web.app", a target may not.
        const QString name = QString(services.keys()[i]).replace(u'.', u'_');
        auto target = ServiceReader(*compose.find(u"secrets"_s), all).read(name, services.items()[i]);
        if (!target)
            return std::unexpected(target.error());
        group.targets.append(name);
        result.targets.push_back(std::move(*target));
    }
    result.groups.push_back(std::move(group));
    return result;
}

}
