// SPDX-License-Identifier: Apache-2.0
#include "project/repository.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using project::repositoryFacts;

class TestRepository : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString git(const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(u"git"_s, QStringList{u"-c"_s, u"user.name=a"_s, u"-c"_s, u"user.email=a@b"_s, u"-c"_s,
                                            u"commit.gpgsign=false"_s} +
                                    arguments);
        process.waitForFinished();
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    }

    void write(const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(u"sub/a"_s));
        QVERIFY(QDir(m_folder.path()).mkpath(u"sub"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"git"_s).isEmpty())
            QSKIP("git is not installed, and it is what libgit2 is compared with");
    }

    void aFolderOutsideOfARepositoryHasNoFacts() { QVERIFY(!repositoryFacts(m_folder.path())); }

    void beforeTheFirstCommitThereIsABranchAlone()
    {
        git({u"init"_s, u"-b"_s, u"trunk"_s});
        const auto facts = repositoryFacts(m_folder.path());
        QVERIFY(facts);
        QCOMPARE(facts->branch, u"trunk"_s);
        QCOMPARE(facts->commit, QString());
        QCOMPARE(facts->description, QString());
        QVERIFY(!facts->dirty);
    }

    void itSaysWhatGitDescribeSays()
    {
        write("1");
        git({u"add"_s, u"."_s});
        git({u"commit"_s, u"-m"_s, u"one"_s});
        const auto compare = [this](const QString &folder) {
            const auto facts = repositoryFacts(folder);
            QVERIFY(facts);
            QCOMPARE(facts->root, QFileInfo(m_folder.path()).canonicalFilePath());
            QCOMPARE(facts->commit, git({u"rev-parse"_s, u"HEAD"_s}));
            QCOMPARE(facts->description, git({u"describe"_s, u"--tags"_s, u"--always"_s, u"--dirty"_s}));
        };
        compare(m_folder.path());
        compare(m_folder.filePath(u"sub"_s));
        git({u"tag"_s, u"v1.0"_s});
        compare(m_folder.path());
        write("2");
        git({u"commit"_s, u"-am"_s, u"two"_s});
        compare(m_folder.path());
        QVERIFY(!repositoryFacts(m_folder.path())->dirty);
        write("3");
        compare(m_folder.path());
        QVERIFY(repositoryFacts(m_folder.path())->dirty);
    }

    void aDetachedHeadHasNoBranch()
    {
        git({u"checkout"_s, u"--detach"_s});
        const auto facts = repositoryFacts(m_folder.path());
        QCOMPARE(facts->branch, QString());
        QCOMPARE(facts->commit.size(), 40);
    }
};

QTEST_GUILESS_MAIN(TestRepository)
#include "tst_repository.moc"
