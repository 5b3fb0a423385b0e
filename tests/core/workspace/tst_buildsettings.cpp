// SPDX-License-Identifier: Apache-2.0
#include "workspace/buildsettings.h"

#include <QTest>

using namespace Qt::StringLiterals;
using workspace::BuildSettings;

/// The settings of a design that was never saved, as its journal keeps them.
class TestBuildSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyComeBackFromTheJournal()
    {
        BuildSettings settings;
        settings.target = u"builder"_s;
        settings.tag = u"hello:dev"_s;
        settings.buildArgs = {{u"VERSION"_s, u"3.22"_s}, {u"HTTP_PROXY"_s, u"http://proxy:3128"_s}};
        settings.solve.contexts = {{u"src"_s, u"https://github.com/a/b.git"_s}};
        QCOMPARE(workspace::buildSettingsFromJson(workspace::toJson(settings)), settings);
    }

    void nothingSecretIsLeftOnTheDisk()
    {
        BuildSettings settings;
        settings.buildArgs = {{u"VERSION"_s, u"3.22"_s},
                              {u"NPM_TOKEN"_s, u"planted-token"_s},
                              {u"HTTP_PROXY"_s, u"http://me:planted-password@proxy:3128"_s},
                              {u"ALL_PROXY"_s, u"socks5://me:planted-password@proxy:1080"_s}};
        settings.solve.contexts = {{u"src"_s, u"https://planted-login@github.com/a/b.git"_s},
                                   {u"base"_s, u"docker-image://alpine"_s}};
        const workspace::Entries openCaches{{u"registry"_s, u"ref=host:5000/app:cache,mode=max"_s},
                                            {u"gha"_s, u"scope=main"_s},
                                            {u"local"_s, u"/var/cache/keys"_s}};
        settings.solve.cacheFrom = openCaches;
        settings.solve.cacheTo = openCaches;
        for (const QString &place :
             {u"token=planted"_s, u"scope=main,ghtoken=planted"_s, u"bucket=b,secret_access_key=planted"_s,
              u"\"session_token=planted,x\""_s, u"bucket=b,endpoint_url=http://me:planted@minio:9000"_s}) {
            settings.solve.cacheFrom.push_back({u"s3"_s, place});
            settings.solve.cacheTo.push_back({u"s3"_s, place});
        }
        settings.solve.secrets = {{u"token"_s, workspace::SecretSetting::From::Typed, {}}};
        const QByteArray json = workspace::toJson(settings);
        QVERIFY2(!json.contains("planted"), json.constData());
        const BuildSettings kept = workspace::buildSettingsFromJson(json);
        QCOMPARE(kept.buildArgs, (QHash<QString, QString>{{u"VERSION"_s, u"3.22"_s}}));
        QCOMPARE(kept.solve.contexts.size(), size_t(1));
        QCOMPARE(kept.solve.cacheFrom, openCaches);
        QCOMPARE(kept.solve.cacheTo, openCaches);
        QCOMPARE(kept.solve.secrets, settings.solve.secrets);
        QVERIFY(!workspace::toJson(settings.solve).contains("planted")); // as a file's settings keep it
    }
};

QTEST_APPLESS_MAIN(TestBuildSettings)
#include "tst_buildsettings.moc"
