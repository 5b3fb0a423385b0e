// SPDX-License-Identifier: Apache-2.0
#include "engine/classicbuild/buildquery.h"
#include "engine/steps/buildfailure.h"
#include "engine/steps/failurewords.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestBuildFailure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRowIsFoundInTheWordsOfEachVersion_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("row");
        QTest::newRow("20.10")
            << u"failed to solve with frontend dockerfile.v0: failed to create LLB definition: "
               "dockerfile parse error line 4: unknown instruction: RUNN"_s
            << 4;
        QTest::newRow("26") << u"dockerfile parse error on line 12: unknown instruction: RUNN"_s << 12;
        QTest::newRow("the marked row of a snippet")
            << u"Dockerfile:3\n--------------------\n   2 |     WORKDIR /\n   3 | >>> RUN false\n"_s << 3;
        QTest::newRow("a name and a row") << u"Dockerfile.prod:7\n"_s << 7;
        QTest::newRow("a port is no row") << u"dial tcp 127.0.0.1:9: connection refused"_s << 0;
        QTest::newRow("none") << u"process \"/bin/sh -c false\" did not complete successfully: exit code: 1"_s
                              << 0;
    }
    void theRowIsFoundInTheWordsOfEachVersion()
    {
        QFETCH(QString, message);
        QTEST(engine::errorRow(message), "row");
    }

    void theEnginesInsidesAreLeftOut_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("rest");
        QTest::newRow("layers of rpc")
            << u"failed to solve: rpc error: code = Unknown desc = rpc error: code = "
               "NotFound desc = no such thing"_s
            << u"no such thing"_s;
        QTest::newRow("a missing file")
            << u"failed to compute cache key: failed to calculate checksum of ref "
               "94-8c::5y6: \"/nothere\": not found"_s
            << u"\"/nothere\": not found"_s;
        QTest::newRow("a missing file, 20.10")
            << u"failed to compute cache key: \"/a\" not found: not found"_s << u"\"/a\" not found"_s;
        QTest::newRow("Podman")
            << u"error building at STEP \"RUN false\": while running runtime: exit status 1"_s
            << u"while running runtime: exit status 1"_s;
        QTest::newRow("nothing to leave out") << u"no space left on device"_s << u"no space left on device"_s;
        QTest::newRow("Podman's structures")
            << u"building at STEP \"RUNN \": Build error: Unknown instruction: \"RUNN\" "
               "&imagebuilder.Step{Env:[]string{\"A={}\"}, Original:\"RUNN true\"}\n"_s
            << u"Build error: Unknown instruction: \"RUNN\""_s;
    }
    void theEnginesInsidesAreLeftOut()
    {
        QFETCH(QString, message);
        QTEST(engine::withoutPrefixes(message), "rest");
    }

    void aFailedInstructionIsNamedWithItsExitCode()
    {
        engine::BuildStep step;
        step.stage = u"builder"_s;
        step.position = 3;
        step.count = 5;
        step.instruction = u"RUN go build"_s;
        for (const QString &said :
             {u"process \"/bin/sh -c go build\" did not complete successfully: exit code: 2"_s,
              u"executor failed running [/bin/sh -c go build]: exit code: 2"_s,
              u"building at STEP \"RUN go build\": while running runtime: exit status 2"_s}) {
            const base::Error error = engine::buildFailure(said, u"Dockerfile"_s, &step, u"the log"_s);
            QCOMPARE(error.message, u"\"RUN go build\" ended with exit code 2"_s);
            QCOMPARE(error.where, u"stage builder, step 3 of 5"_s);
            QCOMPARE(error.detail, u"the log"_s);
        }
    }

    void theRowIsThePlaceWhenItIsKnown()
    {
        const base::Error error =
            engine::buildFailure(u"dockerfile parse error on line 4: unknown instruction: RUNN"_s,
                                 u"deploy/Dockerfile"_s, nullptr, {});
        QCOMPARE(error.where, u"deploy/Dockerfile:4"_s);
        QCOMPARE(error.message, u"unknown instruction: RUNN"_s);
    }

    void theQuerySaysWhatTheRequestSays()
    {
        engine::BuildRequest request;
        request.tags = {u"a:1"_s, u"b:2"_s};
        request.target = u"final"_s;
        request.noCache = true;
        request.pull = true;
        request.buildArgs = {{u"V"_s, u"\"quoted\""_s}};
        engine::EngineInfo docker;
        docker.hasBuildKit = true;
        const engine::Query query = engine::buildQuery(request, docker, u"id"_s);
        const auto has = [](const engine::Query &all, const QString &key, const QString &value) {
            return std::ranges::contains(all, std::pair(key, value));
        };
        QVERIFY(has(query, u"version"_s, u"2"_s));
        QVERIFY(has(query, u"buildid"_s, u"id"_s));
        QVERIFY(has(query, u"t"_s, u"a:1"_s));
        QVERIFY(has(query, u"t"_s, u"b:2"_s));
        QVERIFY(has(query, u"target"_s, u"final"_s));
        QVERIFY(has(query, u"nocache"_s, u"1"_s));
        QVERIFY(has(query, u"buildargs"_s, u"{\"V\":\"\\\"quoted\\\"\"}"_s));
        QVERIFY(std::ranges::none_of(query, [](const auto &pair) { return pair.first == "pull"_L1; }));
    }

    void podmanIsToldThePlatforms()
    {
        engine::EngineInfo podman;
        podman.isPodman = true;
        podman.osType = u"linux"_s;
        podman.architecture = u"amd64"_s;
        engine::BuildRequest request;
        request.platform = u"linux/arm/v7"_s;
        request.buildArgs = {{u"TARGETOS"_s, u"mine"_s}};
        for (const auto &[key, value] : engine::buildQuery(request, podman, {})) {
            QVERIFY(key != "version"_L1);
            if (key != "buildargs"_L1)
                continue;
            QVERIFY(value.contains("\"TARGETPLATFORM\":\"linux/arm/v7\""_L1));
            QVERIFY(value.contains("\"TARGETVARIANT\":\"v7\""_L1));
            QVERIFY(value.contains("\"TARGETOS\":\"mine\""_L1));
            QVERIFY(value.contains("\"BUILDPLATFORM\":\"linux/amd64\""_L1));
        }
    }
};

QTEST_GUILESS_MAIN(TestBuildFailure)
#include "tst_buildfailure.moc"
