// SPDX-License-Identifier: Apache-2.0
#include "enginehelper.h"
#include "realengine.h"

#include "engine/placeprobe.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// What an engine's configuration grants a build beyond the usual is found out, and told with what to change.
class TestEntitlements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEngineAsItComesGrantsTheHostsNetworkOnly()
    {
        if (!RealEngine::isThere())
            QSKIP(RealEngine::whyNot);
        const auto found = ask(qEnvironmentVariable("STAGELOOM_TEST_ENGINE"));
        QVERIFY2(found, qPrintable(found ? QString() : found.error().text()));
        if (!found->abilities.session.can)
            QSKIP(qPrintable(found->abilities.session.reason));
        QVERIFY(found->abilities.hostNetwork.can);
        QVERIFY(!found->abilities.entitlements.can);
        QVERIFY2(found->abilities.entitlements.reason.contains("security.insecure"_L1),
                 qPrintable(found->abilities.entitlements.reason));
        QVERIFY(found->abilities.entitlements.mend.contains("\"security-insecure\": true"_L1));
    }

    void whatTheMendSaysIsGrantedThen()
    {
        if (!OwnEngine::canBeHad())
            QSKIP(OwnEngine::whyNot);
        if (qEnvironmentVariable("STAGELOOM_TEST_ENGINE_KIND").startsWith("podman"_L1))
            QSKIP("Podman has no BuildKit");
        QTemporaryDir folder;
        QFile file(folder.filePath(u"daemon.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"builder": {"entitlements": {"security-insecure": true, "network-host": false}}})");
        file.close();
        OwnEngine own(u"entitled"_s);
        const QString socket = own.start(u"--config-file "_s + file.fileName());
        QVERIFY2(!socket.isEmpty(), "the engine starts");
        const auto found = ask(u"unix://"_s + socket);
        QVERIFY2(found, qPrintable(found ? QString() : found.error().text()));
        QVERIFY(found->abilities.entitlements.can);
        QVERIFY(!found->abilities.hostNetwork.can);
        QVERIFY2(found->abilities.networkMode.can, "\"none\" works all the same");
    }

private:
    base::Result<engine::PlaceAnswer> ask(const QString &url)
    {
        const auto place = engine::placeOf(*engine::parseHost(url, {}));
        return await<engine::PlaceAnswer>([&](auto answer) { engine::askPlace(this, place, answer); });
    }
};

QTEST_GUILESS_MAIN(TestEntitlements)
#include "tst_entitlements.moc"
