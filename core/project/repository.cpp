// SPDX-License-Identifier: Apache-2.0
#include "project/repository.h"

#include <QDir>
#include <QFile>

#include <git2.h>

#include <memory>

namespace project {

using namespace Qt::StringLiterals;

namespace {

/// libgit2 counts its users; the last one to leave frees what it keeps.
class Library
{
public:
    Library() { git_libgit2_init(); }
    ~Library() { git_libgit2_shutdown(); }
    Q_DISABLE_COPY_MOVE(Library)
};

template <auto Free>
struct Deleter
{
    template <class T>
    void operator()(T *handle) const
    {
        Free(handle);
    }
};
using Repository = std::unique_ptr<git_repository, Deleter<git_repository_free>>;
using Reference = std::unique_ptr<git_reference, Deleter<git_reference_free>>;
using Describe = std::unique_ptr<git_describe_result, Deleter<git_describe_result_free>>;

Repository openRepository(const QString &folder)
{
    git_repository *handle = nullptr;
    git_repository_open_ext(&handle, QFile::encodeName(folder).constData(), 0, nullptr);
    return Repository(handle);
}

void readHead(git_repository *repository, RepositoryFacts &facts)
{
    git_reference *handle = nullptr;
    // HEAD itself: before the first commit it names a branch that does not exist yet.
    if (git_reference_lookup(&handle, repository, "HEAD") != 0)
        return;
    const Reference head(handle);
    if (git_reference_type(head.get()) == GIT_REFERENCE_SYMBOLIC) {
        const QString target = QString::fromUtf8(git_reference_symbolic_target(head.get()));
        facts.branch = target.startsWith(u"refs/heads/"_s) ? target.sliced(11) : target;
    }
    git_oid commit;
    if (git_reference_name_to_id(&commit, repository, "HEAD") == 0) {
        char hex[GIT_OID_SHA1_HEXSIZE + 1];
        facts.commit = QString::fromLatin1(git_oid_tostr(hex, sizeof hex, &commit));
    }
}

QString formatted(git_describe_result *result, const char *dirtySuffix)
{
    git_describe_format_options options = GIT_DESCRIBE_FORMAT_OPTIONS_INIT;
    options.dirty_suffix = dirtySuffix;
    git_buf buffer = GIT_BUF_INIT;
    if (git_describe_format(&buffer, result, &options) != 0)
        return {};
    const QString text = QString::fromUtf8(buffer.ptr);
    git_buf_dispose(&buffer);
    return text;
}

void describe(git_repository *repository, RepositoryFacts &facts)
{
    git_describe_options options = GIT_DESCRIBE_OPTIONS_INIT;
    options.describe_strategy = GIT_DESCRIBE_TAGS;
    options.show_commit_oid_as_fallback = 1;
    git_describe_result *handle = nullptr;
    if (git_describe_workdir(&handle, repository, &options) != 0)
        return; // no commit yet, or a bare repository
    const Describe result(handle);
    facts.description = formatted(result.get(), "-dirty");
    facts.dirty = facts.description != formatted(result.get(), "");
}

}

std::optional<RepositoryFacts> repositoryFacts(const QString &folder)
{
    const Library library;
    const Repository repository = openRepository(folder);
    if (!repository)
        return std::nullopt;
    RepositoryFacts facts;
    const char *root = git_repository_workdir(repository.get());
    facts.root = QDir::cleanPath(QFile::decodeName(root ? root : git_repository_path(repository.get())));
    readHead(repository.get(), facts);
    describe(repository.get(), facts);
    return facts;
}

}
