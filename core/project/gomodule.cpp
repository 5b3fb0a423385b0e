// SPDX-License-Identifier: Apache-2.0
#include "project/gomodule.h"

#include "project/gomodfile.h"
#include "project/gosource.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace project {

using namespace Qt::StringLiterals;

namespace {

// A project page opens at once whatever lies in the folder: more than this is not looked at.
constexpr int mostFiles = 20'000;
constexpr int mostEntries = 200'000;
constexpr qint64 mostBytesOfAFile = 256 * 1024;

QString translated(const char *text)
{
    return QCoreApplication::translate("project", text);
}

base::Result<QByteArray> readStart(const QString &path, qint64 most)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::Refused,
                        .message = translated("cannot be read: %1").arg(file.errorString()),
                        .where = path,
                        .hint = translated("Give yourself the right to read it: chmod u+r."),
                        .detail = {}});
    return file.read(most);
}

base::Result<GoModFile> readModFile(const QString &folder)
{
    const QFileInfo info(folder);
    if (!info.exists())
        return std::unexpected(base::Error{.kind = base::Error::Kind::NotFound,
                                           .message = translated("there is no such folder"),
                                           .where = folder,
                                           .hint = translated("Check its name."),
                                           .detail = {}});
    if (!info.isDir())
        return std::unexpected(base::Error{.kind = base::Error::Kind::Malformed,
                                           .message = translated("this is a file, not a folder"),
                                           .where = folder,
                                           .hint = translated("Choose the folder that holds go.mod."),
                                           .detail = {}});
    if (!info.isReadable() || !info.isExecutable())
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::Refused,
                        .message = translated("the folder cannot be read"),
                        .where = folder,
                        .hint = translated("Give yourself the right to read it: chmod u+rx."),
                        .detail = {}});
    const QString path = folder + u"/go.mod"_s;
    if (!QFileInfo(path).isFile())
        return std::unexpected(base::Error{
            .kind = base::Error::Kind::NotFound,
            .message = translated("there is no go.mod here"),
            .where = folder,
            .hint =
                translated("Choose the folder of a Go module, or make it one: go mod init example.org/name."),
            .detail = {}});
    const auto bytes = readStart(path, 4 * 1024 * 1024);
    if (!bytes)
        return std::unexpected(bytes.error());
    GoModFile file = readGoMod(QString::fromUtf8(*bytes));
    if (file.path.isEmpty())
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::Malformed,
                        .message = translated("go.mod names no module"),
                        .where = path,
                        .hint = translated("Its first line should be: module example.org/name."),
                        .detail = {}});
    return file;
}

/// What `go build` calls the program of an import path: the last element that is no major version ("v2").
QString binaryNameOf(const QString &importPath)
{
    static const QRegularExpression version(u"^v[0-9]+$"_s);
    QStringList elements = importPath.split(u'/', Qt::SkipEmptyParts);
    if (elements.size() > 1 && version.match(elements.back()).hasMatch())
        elements.removeLast();
    return elements.isEmpty() ? QString() : elements.back();
}

/// Programs that people ship come first; examples and tools last.
int rankOf(const MainPackage &main, const QString &moduleName)
{
    if (main.folder == u".")
        return 0;
    static const QRegularExpression helper(
        u"(^|/)(examples?|tests?|tools?|hack|scripts?|internal|_.*)(/|$)"_s);
    if (helper.match(main.folder).hasMatch())
        return 4;
    if (main.folder == u"cmd/"_s + moduleName)
        return 1;
    return main.folder.startsWith(u"cmd/"_s) ? 2 : 3;
}

/// Walks the module's own packages and gathers what their files say.
class Gathering
{
public:
    explicit Gathering(GoModule &module)
        : m_module(module)
    {}

    void run()
    {
        folder(QString());
        finishMains();
        finishPorts();
        if (m_files >= mostFiles || m_entries >= mostEntries)
            m_module.notes << translated("Only the first %1 files were read.").arg(m_files);
    }

private:
    /// `path` is relative, and ends with "/" unless it is the root.
    void folder(const QString &path)
    {
        const QString absolute = m_module.folder + u'/' + path;
        // A go.mod below starts another module.
        if (!path.isEmpty() && QFileInfo::exists(absolute + u"go.mod"_s))
            return;
        if (!QFileInfo(absolute).isReadable()) {
            m_module.notes << translated("%1 cannot be read.").arg(path);
            return;
        }
        QStringList folders;
        QDirIterator entries(absolute, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
        while (entries.hasNext() && ++m_entries < mostEntries) {
            const QFileInfo entry = entries.nextFileInfo();
            const QString name = entry.fileName();
            if (name.startsWith(u'.') || name.startsWith(u'_'))
                continue;
            if (entry.isDir()) {
                if (!entry.isSymLink() && name != u"vendor" && name != u"testdata")
                    folders << name;
            } else if (name.endsWith(u".go"_s) && !name.endsWith(u"_test.go"_s) && m_files < mostFiles) {
                ++m_files;
                file(path, entry.filePath());
            }
        }
        folders.sort();
        for (const auto &name : folders)
            if (m_files < mostFiles && m_entries < mostEntries)
                folder(path + name + u'/');
    }

    void file(const QString &path, const QString &absolute)
    {
        const auto bytes = readStart(absolute, mostBytesOfAFile);
        if (!bytes) {
            m_module.notes << bytes.error().text();
            return;
        }
        const GoSource source = readGoSource(QString::fromUtf8(*bytes));
        if (source.ignored || source.package.isEmpty())
            return;
        const bool isMain = source.package == u"main";
        if (isMain)
            m_mains.insert(path.isEmpty() ? u"."_s : path.chopped(1));
        static const QSet<QString> tls{u"net/http"_s, u"crypto/tls"_s, u"google.golang.org/grpc"_s};
        for (const auto &import : source.imports) {
            m_module.usesCgo = m_module.usesCgo || import == u"C";
            m_module.usesTls = m_module.usesTls || tls.contains(import);
        }
        for (const auto &pattern : source.embeds)
            m_module.embeds << path + pattern;
        for (const auto &[port, weight] : source.ports.asKeyValueRange())
            m_ports[port] += weight * (isMain ? 2 : 1);
    }

    void finishMains()
    {
        const QString moduleName = binaryNameOf(m_module.path);
        for (const auto &folder : m_mains) {
            const QString import = folder == u"." ? m_module.path : QString(m_module.path + u'/' + folder);
            m_module.mains.push_back({folder, binaryNameOf(import)});
        }
        std::ranges::sort(m_module.mains, {}, [&moduleName](const MainPackage &main) {
            return std::pair(rankOf(main, moduleName), main.folder);
        });
    }

    void finishPorts()
    {
        std::vector<std::pair<int, int>> ranked; // minus the weight, then the port
        for (const auto &[port, weight] : m_ports)
            ranked.emplace_back(-weight, port);
        std::ranges::sort(ranked);
        for (const auto &[weight, port] : ranked)
            m_module.ports << port;
    }

    GoModule &m_module;
    QSet<QString> m_mains;
    std::map<int, int> m_ports;
    int m_files = 0;
    int m_entries = 0;
};

}

base::Result<GoModule> loadGoModule(const QString &folder)
{
    const auto file = readModFile(folder);
    if (!file)
        return std::unexpected(file.error());
    GoModule module;
    module.folder = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    module.path = file->path;
    module.goVersion = file->goVersion;
    module.toolchain = file->toolchain;
    module.hasRequirements = !file->requirements.isEmpty();
    module.localReplacements = file->localReplacements;
    module.hasGoSum = QFileInfo(module.folder + u"/go.sum"_s).isFile();
    module.hasVendor = QFileInfo(module.folder + u"/vendor/modules.txt"_s).isFile();
    Gathering(module).run();
    return module;
}

}
