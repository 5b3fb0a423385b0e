// SPDX-License-Identifier: Apache-2.0
#include "window/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// What the program keeps between two starts.
class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buildArgumentsAreKeptButNoSecrets()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"settings.ini"_s);
        {
            app::Settings settings(path);
            settings.setBuildSettings(
                u"/a/Dockerfile"_s, {.buildArgs = {{u"VERSION"_s, u"1.2"_s},
                                                   {u"NPM_TOKEN"_s, u"planted-1"_s},
                                                   {u"HTTP_PROXY"_s, u"http://me:planted-2@proxy:3128"_s}}});
        }
        const app::Settings again(path);
        const QHash<QString, QString> kept{{u"VERSION"_s, u"1.2"_s}};
        QCOMPARE(again.buildSettings(u"/a/Dockerfile"_s).buildArgs, kept);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("planted"));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
