// SPDX-License-Identifier: Apache-2.0
// What is proposed because the build's settings, or other lines of the file, know it already.
#include "core/language/placed.h"
#include "language/completion.h"
#include "language/platforms.h"

#include <QTest>

using namespace language;
using namespace Qt::StringLiterals;

class TestKnownElsewhere : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsProposedWithItsSource_data()
    {
        QTest::addColumn<QString>("marked");
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("detail");
        const QString from = u"FROM golang AS build\n"_s;
        QTest::newRow("a secret of the build") << QString(from + u"RUN --mount=type=secret,id=¦ x\n"_s)
                                               << u"api-token"_s << u"given to the build"_s;
        QTest::newRow("a secret of another line")
            << QString(from + u"RUN --mount=type=secret,id=npm x\nRUN --mount=type=secret,id=¦ x\n"_s)
            << u"npm"_s << u"used in line 2"_s;
        QTest::newRow("one that goes by its file")
            << QString(
                   from +
                   u"RUN --mount=type=secret,target=/run/secrets/aws x\nRUN --mount=type=secret,id=¦ x\n"_s)
            << u"aws"_s << u"used in line 2"_s;
        QTest::newRow("an agent of the build")
            << QString(from + u"RUN --mount=type=ssh,id=¦ x\n"_s) << u"deploy"_s << u"given to the build"_s;
        QTest::newRow("an agent of another line")
            << QString(from + u"RUN --mount=type=ssh,id=git x\nRUN --mount=type=ssh,id=¦ x\n"_s) << u"git"_s
            << u"used in line 2"_s;
        QTest::newRow("the usual agent")
            << QString(from + u"RUN --mount=type=ssh,id=¦ x\n"_s) << u"default"_s << u"the running agent"_s;
        QTest::newRow("a cache of another line")
            << QString(from +
                       u"RUN --mount=type=cache,id=mods,target=/x x\nRUN --mount=type=cache,id=¦ x\n"_s)
            << u"mods"_s << u"used in line 2"_s;
        QTest::newRow("a cache that goes by where it lies")
            << QString(from +
                       u"RUN --mount=type=cache,target=/go/pkg/mod/ x\nRUN --mount=type=cache,id=¦ x\n"_s)
            << u"/go/pkg/mod"_s << u"used in line 2"_s;
        QTest::newRow("a named context after FROM")
            << u"FROM ¦\n"_s << u"assets"_s << u"named context of the build"_s;
        QTest::newRow("a named context after --from")
            << QString(from + u"COPY --from=¦ x y\n"_s) << u"assets"_s << u"named context of the build"_s;
        QTest::newRow("a named context of a mount") << QString(from + u"RUN --mount=type=bind,from=¦ x\n"_s)
                                                    << u"assets"_s << u"named context of the build"_s;
        QTest::newRow("an image of another line")
            << u"FROM nginx:1.29 AS web\nFROM ¦\n"_s << u"nginx:1.29"_s << u"used in line 1"_s;
        QTest::newRow("a port that the project listens on")
            << QString(from + u"EXPOSE ¦\n"_s) << u"8081"_s << u"the project listens on it"_s;
        QTest::newRow("a port of another line")
            << QString(from + u"EXPOSE 7000/udp\nEXPOSE ¦\n"_s) << u"7000"_s << u"used in line 2"_s;
        QTest::newRow("a port of an address")
            << QString(from + u"ENV LISTEN_ADDR=\":7001\"\nEXPOSE ¦\n"_s) << u"7001"_s << u"used in line 2"_s;
        QTest::newRow("a platform of the engine")
            << u"FROM --platform=¦ x\n"_s << u"linux/amd64"_s << u"this engine builds it"_s;
        QTest::newRow("a platform of Go") << u"FROM --platform=¦ x\n"_s << u"linux/loong64"_s << QString();
    }
    void itIsProposedWithItsSource()
    {
        QFETCH(QString, marked);
        QFETCH(QString, label);
        QFETCH(QString, detail);
        Facts facts;
        facts.namedContexts = {u"assets"_s};
        facts.secretIds = {u"api-token"_s};
        facts.sshIds = {u"deploy"_s};
        facts.ports = {8081};
        facts.platforms = {u"linux/amd64"_s};
        const Placed file(marked);
        const auto items = complete(file.tree, file.graph, file.offset, facts).items;
        const auto found = std::ranges::find(items, label, &CompletionItem::label);
        QVERIFY(found != items.end());
        QCOMPARE(found->detail, detail);
    }

    void whatIsBeingTypedIsNotProposed()
    {
        const Placed file(u"FROM a\nRUN --mount=type=secret,id=tok¦ x\n"_s);
        QVERIFY(complete(file.tree, file.graph, file.offset, {}).items.empty());
    }

    void platformsOfTheBuilderComeFirstAndOnce()
    {
        const QStringList offered = platformsToOffer({u"linux/arm64/v8"_s, u"linux/amd64/v2"_s});
        QCOMPARE(offered.first(2), (QStringList{u"linux/arm64"_s, u"linux/amd64/v2"_s}));
        QCOMPARE(offered.count(u"linux/arm64"_s), 1);
        QVERIFY(offered.contains(u"linux/riscv64"_s));
    }
};

QTEST_GUILESS_MAIN(TestKnownElsewhere)
#include "tst_knownelsewhere.moc"
