// SPDX-License-Identifier: Apache-2.0
#include "build/bakeoptions.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <QRegularExpression>

#include <sys/stat.h>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("BakeOptions", text);
}

bool isSocket(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 && S_ISSOCK(status.st_mode);
}

class OptionsReader
{
public:
    OptionsReader(const bake::Target &target, const QString &folder)
        : m_target(target)
        , m_folder(folder)
    {}

    base::Result<engine::SolveOptions> read()
    {
        readPlatforms();
        readHosts();
        readLimits();
        readContexts();
        m_options.noCacheStages = m_target.noCacheFilter;
        m_options.cacheFrom = caches(u"cache-from"_s, m_target.cacheFrom);
        m_options.cacheTo = caches(u"cache-to"_s, m_target.cacheTo.value_or(std::vector<bake::TypedEntry>()));
        readOutputs();
        readAnnotations();
        for (const auto &entry : m_target.attestations)
            m_options.attestations.push_back(attributesOf(entry));
        readEntitlements();
        readSecrets();
        readSsh();
        if (m_error)
            return std::unexpected(*m_error);
        return m_options;
    }

private:
    void fail(const QString &key, const QString &message, const QString &hint,
              base::Error::Kind kind = base::Error::Kind::Malformed)
    {
        if (!m_error)
            m_error = base::Error{.kind = kind, .message = message, .where = key, .hint = hint};
    }

    [[nodiscard]] QString absolute(const QString &path) const
    {
        const QString home = path.startsWith("~/"_L1) ? QDir::homePath() + path.mid(1) : path;
        return QDir::cleanPath(QDir(m_folder).absoluteFilePath(home));
    }

    static engine::TypedAttributes attributesOf(const bake::TypedEntry &entry)
    {
        engine::TypedAttributes out{.type = entry.type, .attributes = {}};
        for (const auto &[key, value] : entry.attributes.asKeyValueRange())
            out.attributes.emplace_back(key, value);
        return out;
    }

    static void set(engine::TypedAttributes &entry, const QString &key, const QString &value)
    {
        const auto found = std::ranges::find(entry.attributes, key, &std::pair<QString, QString>::first);
        if (found == entry.attributes.end())
            entry.attributes.emplace_back(key, value);
        else
            found->second = value;
    }

    void readPlatforms()
    {
        static const QRegularExpression form(u"^(local|[a-z0-9_.-]+(/[a-z0-9_.-]+){1,2})$"_s,
                                             QRegularExpression::CaseInsensitiveOption);
        for (const auto &list : m_target.platforms.value_or(QStringList())) {
            for (const auto &platform : list.split(u',', Qt::SkipEmptyParts)) {
                const QString name = platform.trimmed();
                if (!form.match(name).hasMatch())
                    fail(u"platforms"_s, tr("\"%1\" is no platform").arg(name),
                         tr("Write OS/ARCH, such as linux/arm64."));
                m_options.platforms.append(name == "local"_L1 ? bake::localPlatform() : name);
            }
        }
        m_options.platforms.removeDuplicates();
    }

    void readHosts()
    {
        for (const auto &[host, addresses] : m_target.extraHosts.asKeyValueRange()) {
            for (QString address : addresses.value_or(QString()).split(u',')) {
                address.remove(u'[').remove(u']');
                if (host.isEmpty() || (address != "host-gateway"_L1 && QHostAddress(address).isNull()))
                    fail(u"extra-hosts"_s, tr("\"%1\" is no address of \"%2\"").arg(address, host),
                         tr("Write NAME=IP, or NAME=host-gateway."));
                m_options.addHosts.append(host + u'=' + address);
            }
        }
        static const QStringList networks{QString(), u"default"_s, u"host"_s, u"none"_s};
        m_options.network = m_target.network.value_or(QString());
        if (!networks.contains(m_options.network))
            fail(u"network"_s, tr("\"%1\" is no network that a build can have").arg(m_options.network),
                 tr("Choose default, host or none."));
    }

    void readLimits()
    {
        if (m_target.sharedMemory) {
            const auto bytes = bake::memoryBytes(*m_target.sharedMemory);
            if (!bytes)
                fail(u"shm-size"_s, tr("\"%1\" is no size").arg(*m_target.sharedMemory),
                     tr("Write 64m or 1g."));
            m_options.sharedMemoryBytes = bytes.value_or(0);
        }
        for (const auto &text : m_target.ulimits) {
            const auto limit = bake::parseUlimit(text);
            if (!limit)
                fail(u"ulimits"_s, limit.error().message, limit.error().hint);
            else
                m_options.ulimits.push_back({.name = limit->name, .soft = limit->soft, .hard = limit->hard});
        }
    }

    void readContexts()
    {
        static const QRegularExpression scheme(u"^([a-z][a-z0-9+.-]*://|target:|git@)"_s);
        for (const auto &[name, value] : m_target.contexts.asKeyValueRange()) {
            engine::NamedContext context{.name = name, .value = value};
            if (value.startsWith("oci-layout://"_L1)) {
                context.value = u"oci-layout://"_s + absolute(value.mid(13));
            } else if (!scheme.match(value).hasMatch()) {
                context.value = absolute(value);
                if (!QFileInfo(context.value).isDir())
                    fail(u"contexts"_s,
                         tr("the folder \"%1\" of the context \"%2\" is not there").arg(value, name),
                         tr("Write NAME=FOLDER, or NAME=docker-image://IMAGE."), base::Error::Kind::NotFound);
            }
            if (name.isEmpty() || value.isEmpty())
                fail(u"contexts"_s, tr("a context has no name, or no value"), tr("Write NAME=FOLDER."));
            m_options.contexts.push_back(std::move(context));
        }
    }

    std::vector<engine::TypedAttributes> caches(const QString &key,
                                                const std::vector<bake::TypedEntry> &entries)
    {
        std::vector<engine::TypedAttributes> all;
        const QString place = key == "cache-from"_L1 ? u"src"_s : u"dest"_s;
        for (const auto &entry : entries) {
            all.push_back(attributesOf(entry));
            if (entry.type != "local"_L1)
                continue;
            const QString path = entry.attributes.value(place);
            if (path.isEmpty())
                fail(key, tr("a local cache names no folder"), tr("Write type=local,%1=FOLDER.").arg(place));
            set(all.back(), place, absolute(path));
        }
        return all;
    }

    void readOutputs()
    {
        static const QStringList types{u"image"_s, u"registry"_s, u"docker"_s,   u"oci"_s,
                                       u"local"_s, u"tar"_s,      u"cacheonly"_s};
        for (const auto &entry : m_target.outputs.value_or(std::vector<bake::TypedEntry>())) {
            auto output = attributesOf(entry);
            const QString path = entry.attributes.value(u"dest"_s);
            const bool wantsPath =
                entry.type == "local"_L1 || entry.type == "tar"_L1 || entry.type == "oci"_L1;
            const QString tar = entry.attributes.value(u"tar"_s);
            const bool isLayout =
                (entry.type == "oci"_L1 || entry.type == "docker"_L1) && (tar == "false"_L1 || tar == "0"_L1);
            if (!types.contains(entry.type))
                fail(u"output"_s, tr("\"%1\" is no kind of output").arg(entry.type),
                     tr("There are: %1.").arg(types.join(u", "_s)));
            else if (isLayout && (path.isEmpty() || path == "-"_L1))
                fail(u"output"_s, tr("an output that is no archive does not say into which folder"),
                     tr("Write type=%1,tar=false,dest=FOLDER.").arg(entry.type));
            else if (wantsPath && (path.isEmpty() || (path == "-"_L1 && entry.type == "local"_L1)))
                fail(u"output"_s, tr("an output of type %1 does not say where to").arg(entry.type),
                     tr("Write type=%1,dest=PATH.").arg(entry.type));
            if (entry.type == "registry"_L1) {
                output.type = u"image"_s;
                set(output, u"push"_s, u"true"_s);
            }
            if (!path.isEmpty() && path != "-"_L1)
                set(output, u"dest"_s, absolute(path));
            m_options.outputs.push_back(std::move(output));
        }
    }

    // "index,manifest[linux/amd64]:key=value" becomes an attribute of the image outputs.
    void readAnnotations()
    {
        static const QRegularExpression form(
            u"^(?:([a-z-]+(?:\\[[^\\]]+\\])?(?:,[a-z-]+(?:\\[[^\\]]+\\])?)*):)?([^=:]+)=(.*)$"_s,
            QRegularExpression::DotMatchesEverythingOption);
        if (!m_target.annotations.isEmpty() && m_options.outputs.empty())
            m_options.outputs.push_back({.type = u"image"_s, .attributes = {}});
        for (const auto &annotation : m_target.annotations) {
            const auto match = form.match(annotation);
            if (!match.hasMatch())
                fail(u"annotations"_s, tr("\"%1\" is no annotation").arg(annotation),
                     tr("Write KEY=VALUE, or index:KEY=VALUE."));
            for (const auto &type : match.captured(1).split(u',')) {
                const QString key =
                    (type.isEmpty() ? u"annotation."_s : u"annotation-"_s + type + u'.') + match.captured(2);
                for (auto &output : m_options.outputs)
                    set(output, key, match.captured(3));
            }
        }
    }

    void readEntitlements()
    {
        for (const auto &name : m_target.entitlements) {
            if (name != "network.host"_L1 && name != "security.insecure"_L1 && !name.startsWith("device"_L1))
                fail(u"entitlements"_s, tr("\"%1\" is nothing that could be allowed").arg(name),
                     tr("There are network.host, security.insecure and device."));
            m_options.entitlements.append(name);
        }
    }

    void readSecrets()
    {
        constexpr qint64 largest = 500 * 1024; // as BuildKit's own limit
        for (const auto &secret : m_target.secrets) {
            engine::SecretSource source{
                .id = secret.id, .file = secret.file, .environment = secret.environment, .typed = {}};
            if (source.id.isEmpty())
                source.id = QFileInfo(secret.file).fileName();
            // Without a source the id names a variable, or else a file.
            if (secret.file.isEmpty() && secret.environment.isEmpty())
                (qEnvironmentVariableIsSet(secret.id.toLocal8Bit().constData()) ? source.environment
                                                                                : source.file) = secret.id;
            if (!source.file.isEmpty()) {
                source.file = absolute(source.file);
                const QFileInfo file(source.file);
                if (!file.isFile() || !file.isReadable() || file.size() > largest)
                    fail(u"secret"_s,
                         file.isFile() ? tr("the file of the secret \"%1\" cannot be read, or is too large")
                                             .arg(source.id)
                                       : tr("the file of the secret \"%1\" is not there: %2")
                                             .arg(source.id, source.file),
                         tr("Write id=NAME,src=FILE or id=NAME,env=VARIABLE."), base::Error::Kind::NotFound);
            } else if (!qEnvironmentVariableIsSet(source.environment.toLocal8Bit().constData())) {
                fail(u"secret"_s,
                     tr("the variable %1 of the secret \"%2\" is not set").arg(source.environment, source.id),
                     tr("Set it, or write id=NAME,src=FILE."), base::Error::Kind::NotFound);
            }
            m_options.secrets.push_back(std::move(source));
        }
    }

    void readSsh()
    {
        for (const auto &ssh : m_target.ssh) {
            engine::SshAgent agent;
            if (!ssh.id.isEmpty())
                agent.id = ssh.id;
            for (const auto &path : ssh.paths) {
                const QString file = absolute(path);
                if (!QFileInfo::exists(file))
                    fail(u"ssh"_s, tr("the key or socket \"%1\" is not there").arg(path),
                         tr("Write default, or NAME=KEYFILE."), base::Error::Kind::NotFound);
                if (isSocket(file))
                    agent.socket = file;
                else
                    agent.keys.append(file);
            }
            if (ssh.paths.isEmpty() && qEnvironmentVariableIsEmpty("SSH_AUTH_SOCK"))
                fail(u"ssh"_s, tr("no ssh agent runs: SSH_AUTH_SOCK is not set"),
                     tr("Start one (eval $(ssh-agent); ssh-add), or write %1=KEYFILE.").arg(agent.id),
                     base::Error::Kind::NotFound);
            m_options.ssh.push_back(std::move(agent));
        }
    }

    const bake::Target &m_target;
    QString m_folder;
    engine::SolveOptions m_options;
    std::optional<base::Error> m_error;
};

}

base::Result<engine::SolveOptions> solveOptions(const bake::Target &target, const QString &folder)
{
    return OptionsReader(target, folder).read();
}

}
