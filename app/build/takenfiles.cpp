// SPDX-License-Identifier: Apache-2.0
#include "build/takenfiles.h"

#include "dockerfile/views.h"

#include <QCryptographicHash>
#include <QFile>

#include <sys/stat.h>

#include <limits>

namespace app {

using namespace Qt::StringLiterals;
using dockerfile::Keyword;
using history::TakenFile;

namespace {

QString clean(QString path)
{
    while (path.startsWith("./"_L1))
        path.remove(0, 2);
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    return path.isEmpty() ? u"."_s : path;
}

// Sources match as the patterns of an ignore file do: a folder's name means what is below it.
class Matcher
{
public:
    explicit Matcher(const QStringList &patterns)
        : m_all(patterns.contains(u"."_s))
        , m_rules(patterns.isEmpty() ? QString() : QString(u'/' + patterns.join(u"\n/"_s)))
    {}
    [[nodiscard]] bool matches(const QString &path) const { return m_all || m_rules.verdict(path).excluded; }

private:
    bool m_all;
    dockerfile::DockerIgnore m_rules;
};

QString hex(const QCryptographicHash &hash)
{
    return QString::fromLatin1(hash.result().toHex());
}

using Entries = std::vector<const project::ContextEntry *>;

// What becomes one TakenFile: a file, or all files of a folder.
struct Group
{
    QString path;
    Entries entries;
};

// The folder at that depth in which a path lies, with its "/"; files above it stand for themselves.
QStringView folded(QStringView path, int depth)
{
    qsizetype end = -1;
    for (int i = 0; i < depth; ++i) {
        end = path.indexOf(u'/', end + 1);
        if (end < 0)
            return path;
    }
    return path.first(end + 1);
}

// The entries are in the order of a walk, so that what lies in one folder stands together.
std::size_t countAt(int depth, const Entries &entries)
{
    std::size_t count = 0;
    QStringView last;
    for (const auto *entry : entries) {
        const QStringView name = folded(entry->path, depth);
        count += name != last;
        last = name;
    }
    return count;
}

std::vector<Group> groupsAt(int depth, const Entries &entries)
{
    std::vector<Group> groups;
    for (const auto *entry : entries) {
        const QStringView name = folded(entry->path, depth);
        if (groups.empty() || groups.back().path != name)
            groups.push_back({.path = name.toString(), .entries = {}});
        groups.back().entries.push_back(entry);
    }
    return groups;
}

// Each file for itself, or the folders at the depth that leaves few enough rows.
std::vector<Group> fewEnough(const Entries &entries)
{
    constexpr std::size_t groupsAtMost = 1000;
    constexpr int deepest = 4;
    if (entries.size() <= groupsAtMost)
        return groupsAt(std::numeric_limits<int>::max(), entries);
    int depth = deepest;
    while (depth > 1 && countAt(depth, entries) > groupsAtMost)
        --depth;
    return groupsAt(depth, entries);
}

class Digester
{
public:
    Digester(QString folder, const std::vector<TakenFile> &known, qint64 readAtMost)
        : m_folder(std::move(folder))
        , m_mayRead(readAtMost)
    {
        for (const TakenFile &file : known)
            m_known.insert(file.path, file);
    }

    TakenFile take(const Group &group)
    {
        TakenFile taken{.path = group.path, .digest = {}, .stamp = stampOf(group)};
        const auto known = m_known.constFind(group.path);
        const bool isSame = known != m_known.constEnd() && known->stamp == taken.stamp;
        taken.digest = isSame ? known->digest : digestOf(group);
        return taken;
    }

private:
    static QString stampOf(const Group &group)
    {
        if (group.path == group.entries.front()->path)
            return QString::fromLatin1(stampOf(*group.entries.front()));
        QByteArray stamps;
        for (const auto *entry : group.entries)
            stamps += entry->path.toUtf8() + '\0' + stampOf(*entry) + '\n';
        return QString::fromLatin1(QCryptographicHash::hash(stamps, QCryptographicHash::Sha1).toHex());
    }

    // As the scan saw it: to look again at 20,000 files is as slow as the scan.
    static QByteArray stampOf(const project::ContextEntry &entry)
    {
        const bool isLink = entry.type == project::ContextEntry::Type::Link;
        const qint64 size = isLink ? entry.linkTarget.toUtf8().size() : entry.sizeBytes;
        return QByteArray::number(size) + ':' + QByteArray::number(entry.modifiedSeconds) + '.' +
               QByteArray::number(entry.modifiedNanoseconds) + ':' +
               QByteArray::number(entry.mode | (isLink ? S_IFLNK : S_IFREG), 8);
    }

    QString digestOf(const Group &group)
    {
        if (group.path == group.entries.front()->path)
            return digestOf(*group.entries.front());
        QCryptographicHash hash(QCryptographicHash::Sha1);
        for (const auto *entry : group.entries)
            hash.addData((entry->path + u'\0' + digestOf(*entry) + u'\n').toUtf8());
        return hex(hash);
    }

    QString digestOf(const project::ContextEntry &entry)
    {
        QString &digest = m_digests[entry.path];
        if (digest.isEmpty())
            digest = newDigestOf(entry);
        return digest;
    }

    QString newDigestOf(const project::ContextEntry &entry)
    {
        QCryptographicHash hash(QCryptographicHash::Sha1);
        hash.addData(QByteArray::number(entry.mode & 07777, 8));
        hash.addData(entry.type == project::ContextEntry::Type::Link ? "l" : "f");
        if (entry.type == project::ContextEntry::Type::Link) {
            hash.addData(entry.linkTarget.toUtf8());
            return hex(hash);
        }
        QFile file(m_folder + u'/' + entry.path);
        if (entry.sizeBytes > m_mayRead || !file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            return u"stamp:"_s + QString::fromLatin1(stampOf(entry));
        m_mayRead -= entry.sizeBytes;
        return hex(hash);
    }

    QString m_folder;
    qint64 m_mayRead;
    QHash<QString, TakenFile> m_known;
    QHash<QString, QString> m_digests;
};

Entries entriesOf(const project::ContextScan &scan, const LineSources &line)
{
    const Matcher wanted(line.paths);
    const Matcher unwanted(line.excludes);
    Entries entries;
    for (const auto &entry : scan.entries) {
        if (entry.type != project::ContextEntry::Type::Folder && wanted.matches(entry.path) &&
            !unwanted.matches(entry.path))
            entries.push_back(&entry);
    }
    return entries;
}

QStringList expandedWords(const dockerfile::Tree &tree, const std::vector<dockerfile::Word> &words,
                          const std::vector<dockerfile::Variable> &variables)
{
    QStringList texts;
    for (const auto &word : words) {
        if (!word.text.startsWith("<<"_L1))
            texts += clean(dockerfile::expand(word.text, variables, tree.escape()).text);
    }
    return texts;
}

void addCopy(const dockerfile::Instruction &instruction, const std::vector<dockerfile::Variable> &variables,
             LineSources &sources)
{
    const auto copy = dockerfile::viewCopy(instruction);
    if (copy.from)
        return;
    sources.paths = expandedWords(instruction.tree(), copy.sources, variables);
    sources.paths.removeIf([](const QString &path) { return path.contains("://"_L1); });
    for (const auto &flag : instruction.flags()) {
        if (flag.name == "exclude"_L1 && flag.value)
            sources.excludes += clean(*flag.value);
    }
}

void addMounts(const dockerfile::Instruction &instruction, LineSources &sources)
{
    for (const auto &mount : dockerfile::viewRun(instruction).mounts) {
        if (mount.type == "bind"_L1 && !mount.from)
            sources.paths += clean(mount.source.value_or(QString()));
    }
}

}

std::vector<LineSources> contextSources(const workspace::Snapshot &snapshot)
{
    std::vector<LineSources> all;
    for (const auto &stage : snapshot.graph.stages) {
        for (const int line : stage.instructions) {
            const auto keyword = snapshot.tree.line(line).keyword;
            LineSources sources{.line = line, .paths = {}, .excludes = {}};
            if (keyword == Keyword::Copy || keyword == Keyword::Add) {
                addCopy(
                    dockerfile::Instruction(snapshot.tree, line),
                    dockerfile::variablesAt(snapshot.tree, line, {.buildArgs = snapshot.settings.buildArgs}),
                    sources);
            } else if (keyword == Keyword::Run) {
                addMounts(dockerfile::Instruction(snapshot.tree, line), sources);
            }
            if (!sources.paths.isEmpty())
                all.push_back(std::move(sources));
        }
    }
    return all;
}

FilesByLine takenFiles(const project::ContextScan &scan, const std::vector<LineSources> &sources,
                       const std::vector<TakenFile> &known, std::stop_token stop, qint64 readAtMost)
{
    Digester digester(scan.folder, known, readAtMost);
    FilesByLine files;
    for (const LineSources &line : sources) {
        auto &taken = files[line.line];
        for (const Group &group : fewEnough(entriesOf(scan, line))) {
            if (stop.stop_requested())
                return {};
            taken.push_back(digester.take(group));
        }
    }
    return files;
}

}
