// SPDX-License-Identifier: Apache-2.0
// No "# syntax" line is written: it makes BuildKit fetch its frontend from a registry before the first step,
// which an engine without a network cannot do, and nothing here needs a newer one than engines bring along.
#include "recipes/recipe.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace recipes {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("recipes", text);
}

std::unexpected<base::Error> refused(const QString &message, const QString &hint)
{
    return std::unexpected(base::Error{
        .kind = base::Error::Kind::Refused, .message = message, .where = {}, .hint = hint, .detail = {}});
}

/// What a final image offers to the program, as far as it can be told from its name.
enum class Family : quint8 { Scratch, DistrolessStatic, DistrolessGlibc, Musl, Glibc, Unknown };

Family familyOf(const QString &reference)
{
    const QString name = reference.section(u'@', 0, 0).section(u'/', -1).section(u':', 0, 0);
    if (reference == u"scratch")
        return Family::Scratch;
    if (reference.contains(u"distroless/static"_s))
        return Family::DistrolessStatic;
    if (reference.contains(u"distroless/"_s))
        return Family::DistrolessGlibc;
    if (name == u"alpine" || reference.section(u'/', -1).contains(u"-alpine"_s))
        return Family::Musl;
    if (name == u"debian" || name == u"ubuntu")
        return Family::Glibc;
    return Family::Unknown;
}

bool hasOwnFiles(Family family) ///< CA certificates and time zones come with it
{
    return family == Family::DistrolessStatic || family == Family::DistrolessGlibc;
}

/// Shell words that need no quotes stay bare.
QString quoted(const QString &word)
{
    static const QRegularExpression plain(u"^[\\w./+-]+$"_s);
    if (plain.match(word).hasMatch())
        return word;
    QString inner = word;
    return u'\'' + inner.replace(u'\'', u"'\\''"_s) + u'\'';
}

/// RUN with its mounts, one a line.
QString run(const QStringList &mounts, const QString &command)
{
    QString out = u"RUN "_s;
    for (const auto &mount : mounts)
        out += u"--mount="_s + mount + u" \\\n    "_s;
    return out + command + u'\n';
}

class Generator
{
public:
    Generator(const project::GoModule &module, const Choices &choices)
        : m_module(module)
        , m_choices(choices)
    {
        for (const auto &base : bases())
            if (base.id == m_choices.base)
                m_choices.base = base.reference;
        m_family = familyOf(m_choices.base);
        if (m_family == Family::DistrolessStatic && !m_choices.nonRoot &&
            m_choices.base.endsWith(u":nonroot"_s))
            m_choices.base.chop(8);
    }

    base::Result<QString> generate()
    {
        if (auto checked = checkWords(); !checked)
            return std::unexpected(checked.error());
        if (auto checked = checkMeaning(); !checked)
            return std::unexpected(checked.error());
        return buildStage() + u'\n' + finalStage();
    }

private:
    /// Everything that is written into the file as it is.
    [[nodiscard]] base::Result<void> checkWords() const
    {
        struct Rule
        {
            QString value;
            QString pattern;
            QString message;
            bool mayBeEmpty;
        };
        const std::vector<Rule> rules{
            {m_choices.goVersion, u"\\d+(\\.\\d+){0,2}((rc|beta)\\d+)?"_s,
             translated("\"%1\" is no Go version: write 1.24, say."), true},
            {m_choices.base,
             u"[a-z0-9]([a-z0-9._/-]*)(:[0-9]+/[a-z0-9._/-]+)?(:[\\w][\\w.-]{0,127})?(@sha256:[0-9a-f]{64})?"_s,
             translated("\"%1\" is no image reference: write alpine:3, say."), false},
            {m_choices.binaryName, u"[A-Za-z0-9_][A-Za-z0-9._-]*"_s,
             translated(
                 "\"%1\" is no name for a program: use letters, digits, dots, dashes and underscores."),
             false},
            {m_choices.mainPackage, u"[^\\x00-\\x1F\\\\$]+"_s,
             translated("\"%1\" is no folder of a main package."), false},
            {m_choices.timeZone, u"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*"_s,
             translated("\"%1\" is no time zone: write Asia/Shanghai, say."), true},
            {m_choices.versionVariable, u"[\\w./-]+\\.\\w+"_s,
             translated("\"%1\" is no variable of a package: write main.Version, say."), true}};
        for (const auto &rule : rules) {
            const QRegularExpression pattern(QRegularExpression::anchoredPattern(rule.pattern),
                                             QRegularExpression::UseUnicodePropertiesOption);
            if (rule.value.isEmpty() ? !rule.mayBeEmpty : !pattern.match(rule.value).hasMatch())
                return std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                                   .message = rule.message.arg(rule.value),
                                                   .where = {},
                                                   .hint = {},
                                                   .detail = {}});
        }
        if (m_choices.port < 0 || m_choices.port > 65535)
            return refused(translated("%1 is no port.").arg(m_choices.port),
                           translated("Ports go from 1 to 65535."));
        return {};
    }

    [[nodiscard]] base::Result<void> checkMeaning() const
    {
        const bool hasGlibc = m_family == Family::Glibc || m_family == Family::DistrolessGlibc;
        if (m_choices.cgo && !m_choices.alpineBuilder && !hasGlibc && m_family != Family::Unknown)
            return refused(
                translated("A program with cgo that was built on Debian needs glibc, which %1 does not have.")
                    .arg(m_choices.base),
                translated("Build on golang:alpine, which links it statically where needed, or choose debian "
                           "as the base."));
        for (const auto &path : m_module.localReplacements)
            if (!m_module.hasVendor && (path.startsWith(u"../"_s) || path == u".." || path.startsWith(u'/')))
                return refused(
                    translated("go.mod replaces a module with %1, which lies outside of what is sent to the "
                               "engine.")
                        .arg(path),
                    translated("Run \"go mod vendor\", or design the image from the folder above."));
        return {};
    }

    [[nodiscard]] bool isCross() const { return m_choices.crossCompile && !m_choices.cgo; }
    [[nodiscard]] bool isStatic() const
    {
        return m_choices.cgo && m_choices.alpineBuilder && m_family != Family::Musl;
    }
    /// Certificates and the zone are copied from the build stage, so that the final one needs no package
    /// manager.
    [[nodiscard]] bool copiesCertificates() const { return m_choices.certificates && !hasOwnFiles(m_family); }
    [[nodiscard]] bool copiesZone() const { return !m_choices.timeZone.isEmpty() && !hasOwnFiles(m_family); }

    [[nodiscard]] QString builderImage() const
    {
        QString tag = m_choices.goVersion;
        const QString flavour = m_choices.alpineBuilder ? u"alpine"_s
                                // The same Debian in both stages, for the same glibc.
                                : m_choices.cgo && m_choices.base.contains(u"bookworm"_s) ? u"bookworm"_s
                                                                                          : QString();
        if (!flavour.isEmpty())
            tag += (tag.isEmpty() ? QString() : u"-"_s) + flavour;
        return tag.isEmpty() ? u"golang"_s : QString(u"golang:"_s + tag);
    }

    [[nodiscard]] QString packages() const
    {
        if (!m_choices.alpineBuilder)
            return {}; // golang's Debian brings all of these along
        QStringList names;
        if (copiesCertificates())
            names << u"ca-certificates"_s;
        if (m_choices.cgo)
            names << u"gcc"_s << u"musl-dev"_s;
        if (copiesZone())
            names << u"tzdata"_s;
        return names.isEmpty() ? QString() : QString(u"RUN apk add --no-cache "_s + names.join(u' ') + u'\n');
    }

    [[nodiscard]] QStringList cacheMounts(bool ofPackages) const
    {
        if (!m_choices.cacheMounts)
            return {};
        QStringList mounts;
        if (m_module.hasRequirements && !m_module.hasVendor)
            mounts << u"type=cache,target=/go/pkg/mod"_s;
        if (ofPackages)
            mounts << u"type=cache,target=/root/.cache/go-build"_s;
        return mounts;
    }

    /// Its own step: it runs again only when go.mod or go.sum change. Replaced modules in folders of the
    /// project would have to be there too, so it is left out with those.
    [[nodiscard]] QString downloadStep() const
    {
        if (!m_module.hasRequirements || m_module.hasVendor || !m_module.localReplacements.isEmpty())
            return {};
        QString out = u"\n# Modules are a step of their own: it runs again only when they change.\n"_s;
        QStringList mounts = cacheMounts(false);
        if (m_choices.bindMounts) {
            mounts << u"type=bind,source=go.mod,target=/src/go.mod"_s;
            if (m_module.hasGoSum)
                mounts << u"type=bind,source=go.sum,target=/src/go.sum"_s;
        } else {
            out += m_module.hasGoSum ? u"COPY go.mod go.sum ./\n"_s : u"COPY go.mod ./\n"_s;
        }
        return out + run(mounts, u"go mod download"_s);
    }

    [[nodiscard]] QString linkerFlags() const
    {
        QStringList flags;
        if (m_choices.stripSymbols)
            flags << u"-s"_s << u"-w"_s;
        if (!m_choices.versionVariable.isEmpty())
            flags << u"-X"_s << m_choices.versionVariable + u"=$VERSION"_s;
        if (isStatic())
            flags << u"-linkmode"_s << u"external"_s << u"-extldflags"_s << u"-static"_s;
        return flags.isEmpty() ? QString() : QString(u" -ldflags=\""_s + flags.join(u' ') + u'"');
    }

    [[nodiscard]] QString buildCommand() const
    {
        QString command = isCross() ? u"GOOS=$TARGETOS GOARCH=$TARGETARCH "_s : QString();
        command += u"go build"_s;
        if (m_module.hasVendor)
            command += u" -mod=vendor"_s;
        if (m_choices.trimPath)
            command += u" -trimpath"_s;
        const QString package =
            m_choices.mainPackage == u"." ? u"."_s : QString(quoted(u"./"_s + m_choices.mainPackage));
        return command + linkerFlags() + u" -o /out/"_s + m_choices.binaryName + u' ' + package;
    }

    [[nodiscard]] QString buildStage() const
    {
        QString out = isCross()
                          ? u"# Compiles on the machine's own platform, for whatever platform is asked for.\n"
                            "FROM --platform=$BUILDPLATFORM "_s
                          : u"FROM "_s;
        out += builderImage() + u" AS build\nWORKDIR /src\n"_s;
        out += m_choices.cgo ? u"ENV CGO_ENABLED=1\n"_s : u"ENV CGO_ENABLED=0\n"_s;
        out += packages();
        out += downloadStep();
        out += u'\n';
        QStringList mounts = cacheMounts(true);
        if (m_choices.bindMounts) {
            out += u"# The sources are mounted, not copied: no layer holds them.\n"_s;
            mounts << u"type=bind,target=/src"_s;
        } else {
            out += u"COPY . .\n"_s;
        }
        if (isCross())
            out += u"ARG TARGETOS\nARG TARGETARCH\n"_s;
        if (!m_choices.versionVariable.isEmpty())
            out += u"ARG VERSION=dev\n"_s;
        return out + run(mounts, buildCommand());
    }

    [[nodiscard]] QString user() const
    {
        if (!m_choices.nonRoot || m_family == Family::DistrolessStatic)
            return {}; // the nonroot tag has its user
        if (m_family == Family::Musl)
            return u"RUN adduser -D -H -u 10001 -s /sbin/nologin app\nUSER app\n"_s;
        if (m_family == Family::Glibc)
            return u"RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app\nUSER app\n"_s;
        // Without /etc/passwd, or with one that we do not know, a number is all that is needed.
        return u"USER 65532:65532\n"_s;
    }

    [[nodiscard]] QString finalStage() const
    {
        QString out = u"FROM "_s + m_choices.base + u" AS final\n"_s;
        if (copiesCertificates())
            out +=
                u"COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt\n"_s;
        const QString zone = u"/usr/share/zoneinfo/"_s + m_choices.timeZone;
        if (copiesZone())
            out += u"COPY --from=build "_s + zone + u' ' + zone + u'\n';
        if (!m_choices.timeZone.isEmpty())
            out += u"ENV TZ="_s + m_choices.timeZone + u'\n';
        const QString program = u"/usr/local/bin/"_s + m_choices.binaryName;
        const QString account = user();
        // The account first: its layer stays when the program changes.
        const qsizetype userLine = account.indexOf(u"USER "_s);
        out += account.left(std::max<qsizetype>(0, userLine));
        out += u"COPY --from=build /out/"_s + m_choices.binaryName + u' ' + program + u'\n';
        out += account.mid(std::max<qsizetype>(0, userLine));
        if (m_choices.port > 0)
            out += u"EXPOSE "_s + QString::number(m_choices.port) + u'\n';
        return out + u"ENTRYPOINT [\""_s + program + u"\"]\n"_s;
    }

    const project::GoModule &m_module;
    Choices m_choices;
    Family m_family = Family::Unknown;
};

}

base::Result<QString> generate(const project::GoModule &module, const Choices &choices)
{
    return Generator(module, choices).generate();
}

}
