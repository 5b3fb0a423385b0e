// SPDX-License-Identifier: Apache-2.0
#include "build/contextfolder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_ContextFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theModuleAroundADockerfileIsItsContext_data();
    void theModuleAroundADockerfileIsItsContext();
};

void tst_ContextFolder::theModuleAroundADockerfileIsItsContext_data()
{
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("dockerfileFolder");
    QTest::addColumn<QString>("context");
    QTest::newRow("beside go.mod") << u"."_s << u"."_s << u"."_s;
    QTest::newRow("in a folder of the module") << u"."_s << u"build/docker"_s << u"."_s;
    QTest::newRow("a module of its own wins") << u"tools"_s << u"tools"_s << u"tools"_s;
    QTest::newRow("too far away to be meant") << u"."_s << u"a/b/c/d"_s << u"a/b/c/d"_s;
    QTest::newRow("no module at all") << QString() << u"x"_s << u"x"_s;
}

void tst_ContextFolder::theModuleAroundADockerfileIsItsContext()
{
    QFETCH(QString, module);
    QFETCH(QString, dockerfileFolder);
    QFETCH(QString, context);
    QTemporaryDir root;
    const QDir dir(root.path());
    QVERIFY(dir.mkpath(dockerfileFolder));
    if (!module.isEmpty()) {
        QFile file(dir.filePath(module + u"/go.mod"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QCOMPARE(QDir(app::contextFolderFor(dir.filePath(dockerfileFolder))).canonicalPath(),
             QDir(dir.filePath(context)).canonicalPath());
}

QTEST_APPLESS_MAIN(tst_ContextFolder)
#include "tst_contextfolder.moc"
