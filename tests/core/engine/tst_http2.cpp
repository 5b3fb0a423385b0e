// SPDX-License-Identifier: Apache-2.0
#include "grpcpair.h"

#include "engine/http2/grpcframes.h"
#include "engine/http2/grpcstatus.h"

#include <QtEndian>
#include <QTest>

using namespace Qt::StringLiterals;
using engine::GrpcCode;
using engine::GrpcStatus;

/// gRPC over HTTP/2 as a state machine: bytes in, bytes out.
class TestHttp2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCallGoesThereAndBackHoweverTheBytesAreCut_data()
    {
        QTest::addColumn<qsizetype>("piece");
        for (const qsizetype piece : {1, 2, 3, 7, 9, 13, 64, 1000, 65536})
            QTest::addRow("pieces of %lld", qlonglong(piece)) << piece;
    }
    void aCallGoesThereAndBackHoweverTheBytesAreCut()
    {
        QFETCH(qsizetype, piece);
        GrpcPair pair(piece);
        const auto told = pair.call("/test/Echo", {{"include-patterns", "b"}, {"include-patterns", "a ü"}});
        told->call->send("first");
        told->call->send(QByteArray());
        told->call->send(QByteArray(100'000, 'x'));
        told->call->halfClose();
        pair.run();
        QCOMPARE(told->messages, (QByteArrayList{"first", ""}));
        QCOMPARE(told->bytes, 100'005);
        QVERIFY(told->status);
        QCOMPARE(told->status->code, GrpcCode::Ok);
        QCOMPARE(told->timesFinished, 1);
        QCOMPARE(pair.service->gone, 1);
        QByteArrayList patterns;
        for (const auto &[key, value] : pair.service->lastMetadata) {
            if (key == "include-patterns")
                patterns += value;
        }
        QCOMPARE(patterns, (QByteArrayList{"b", "a ü"})); // their order counts
    }

    void everyPrefixOfAConversationEndsInAStatus()
    {
        QByteArray answer;
        {
            GrpcPair pair;
            const auto told = pair.call("/test/Echo");
            told->call->send("message");
            told->call->halfClose();
            while (pair.client.hasOutput() || pair.server.hasOutput()) {
                pair.server.feed(pair.client.take(65536));
                const QByteArray part = pair.server.take(65536);
                answer += part;
                pair.client.feed(part);
            }
            QCOMPARE(told->status->code, GrpcCode::Ok);
        }
        for (qsizetype length = 0; length < answer.size(); ++length) {
            GrpcPair pair;
            const auto told = pair.call("/test/Echo");
            pair.client.take(65536);
            pair.client.feed(QByteArrayView(answer).first(length));
            pair.client.close();
            QVERIFY(told->status);
            QCOMPARE(told->timesFinished, 1);
            QVERIFY(told->status->code == GrpcCode::Unavailable || told->status->code == GrpcCode::Ok);
        }
    }

    void aRefusalCarriesItsWordsAndDetails()
    {
        GrpcPair pair(1);
        const auto told = pair.call("/test/Fail");
        pair.run();
        QVERIFY(told->status);
        QCOMPARE(told->status->code, GrpcCode::NotFound);
        QCOMPARE(told->status->message, u"100 % weg: 日本\nline two"_s);
        QCOMPARE(told->status->details, "detail");
    }

    void whatIsNotOfferedIsUnimplemented()
    {
        GrpcPair pair;
        const auto told = pair.call("/test/Nothing");
        pair.run();
        QCOMPARE(told->status->code, GrpcCode::Unimplemented);
    }

    void aFastSenderWaitsForASlowReader()
    {
        GrpcPair pair;
        const auto told = pair.call("/test/Flood");
        pair.run();
        QCOMPARE(told->bytes, EchoService::floodMessage * EchoService::floodCount);
        QCOMPARE(told->status->code, GrpcCode::Ok);
        QVERIFY(pair.service->mostQueued <= engine::ServerCall::sendMark + EchoService::floodMessage + 5);
    }

    void aWindowThatNeverOpensHoldsTheSenderWithoutGrowing()
    {
        GrpcPair pair;
        const auto told = pair.call("/test/Flood");
        pair.server.feed(pair.client.take(65536));
        // The client's window updates never arrive.
        qsizetype sent = 0;
        for (int i = 0; i < 10'000 && pair.server.hasOutput(); ++i)
            sent += pair.server.take(65536).size();
        QVERIFY(sent < 20'000'000);
        QVERIFY(!told->status);
        QVERIFY(pair.service->mostQueued <= engine::ServerCall::sendMark + EchoService::floodMessage + 5);
        pair.server.close();
        QCOMPARE(pair.service->gone, 1);
    }

    void aCallThatIsHeldWaitsAndTheOthersGoOn()
    {
        GrpcPair pair;
        const auto held = pair.call("/test/Flood");
        held->call->hold(true);
        pair.run();
        QVERIFY(!held->status);
        QVERIFY2(held->bytes < 10'000'000, "what fits into a window");
        const auto other = pair.call("/test/Flood");
        pair.run();
        QVERIFY(other->status);
        QCOMPARE(other->bytes, EchoService::floodMessage * EchoService::floodCount);
        held->call->hold(false);
        pair.run();
        QCOMPARE(held->bytes, EchoService::floodMessage * EchoService::floodCount);
        QCOMPARE(held->status->code, GrpcCode::Ok);
    }

    void aWindowOfOneByteLetsAMessageThroughInFramesOfOneByte()
    {
        GrpcPair pair;
        pair.client.feed(frame(4, 0, 0, QByteArray("\0\4\0\0\0\1", 6))); // SETTINGS: a window of one byte
        const auto told = pair.call("/test/Silent");
        told->call->send("hello");
        told->call->halfClose();
        QByteArray arrived;
        bool hasEnd = false;
        for (int i = 0; i < 50 && !hasEnd; ++i) {
            QByteArray out = pair.client.take(65536);
            if (i == 0)
                out.remove(0, 24); // the preface
            while (out.size() >= 9) {
                const qsizetype length = qFromBigEndian<quint32>(out.constData()) >> 8;
                if (out.at(3) == 0) { // DATA
                    QVERIFY(length <= 1);
                    arrived += out.mid(9, length);
                    hasEnd = (out.at(4) & 1) != 0;
                }
                out.remove(0, 9 + length);
            }
            pair.client.feed(frame(8, 0, 1, QByteArray("\0\0\0\1", 4)));
        }
        QVERIFY(hasEnd);
        QCOMPARE(arrived, engine::grpcFrame("hello"));
    }

    void anAnswerInFramesOfOneByteIsWhole()
    {
        GrpcPair pair;
        const auto told = pair.call("/test/Silent");
        pair.client.take(65536);
        pair.client.feed(QByteArray(frame(4, 0, 0, {}) + frame(1, 4, 1, "\x88")));
        for (const char byte : engine::grpcFrame("hello"))
            pair.client.feed(QByteArray(frame(0, 0, 1, QByteArray(1, byte)) + frame(0, 0, 1, {})));
        pair.client.feed(frame(1, 5, 1,
                               QByteArray("\0\x0bgrpc-status\1"
                                          "0",
                                          15)));
        QVERIFY(told->status);
        QCOMPARE(told->status->code, GrpcCode::Ok);
        QCOMPARE(told->messages, QByteArrayList{"hello"});
    }

    void messagesThatNeverBecomeWholeAreNotHeapedUp()
    {
        GrpcPair pair;
        std::vector<std::shared_ptr<GrpcPair::Told>> calls;
        for (int i = 0; i < 4; ++i) { // each may be so long, but not all of them at once
            calls.push_back(pair.call("/test/Echo"));
            calls.back()->call->send(QByteArray(20'000'000, 'x'));
        }
        for (int i = 0; i < 120; ++i) {
            pair.server.feed(pair.client.take(1 << 20));
            pair.client.feed(pair.server.take(1 << 20));
        }
        QVERIFY(std::ranges::any_of(calls, [](const auto &told) {
            return told->status && told->status->code == GrpcCode::ResourceExhausted;
        }));
    }

    void aCancelledCallTellsNothingAndFreesTheOtherSide()
    {
        GrpcPair pair;
        const auto told = pair.call("/test/Silent");
        pair.run();
        QVERIFY(pair.server.hasStreams());
        told->call->cancel();
        pair.run();
        QCOMPARE(told->timesFinished, 0);
        QCOMPARE(pair.service->gone, 1);
        QVERIFY(!pair.server.hasStreams());
        QVERIFY(!pair.client.hasStreams());

        const auto next = pair.call("/test/Fail");
        pair.run();
        QVERIFY(next->status);
    }

    void aCallMayBeCancelledByWhatItHears()
    {
        GrpcPair pair;
        const auto told = pair.call("/test/Flood");
        told->call->received = [call = told->call.get()](const QByteArray &) { call->cancel(); };
        pair.run();
        QCOMPARE(told->timesFinished, 0);
        QVERIFY(!pair.server.hasStreams());
    }

    void aConnectionMayDieWithinItsOwnCallback()
    {
        auto pair = std::make_unique<GrpcPair>();
        auto client = std::make_unique<engine::GrpcClient>();
        int finished = 0;
        const auto call = client->call("/test/Fail", {}, [&](engine::ClientCall &it) {
            it.finished = [&](const GrpcStatus &) {
                ++finished;
                client.reset();
            };
        });
        pair->server.feed(client->take(65536));
        const QByteArray answer = pair->server.take(65536);
        client->feed(answer);
        QVERIFY(!client);
        QCOMPARE(finished, 1);
    }

    void manyCallsAtOnceKeepApart()
    {
        GrpcPair pair(11);
        std::vector<std::shared_ptr<GrpcPair::Told>> calls;
        for (int i = 0; i < 50; ++i) {
            calls.push_back(pair.call("/test/Echo"));
            calls.back()->call->send(QByteArray::number(i));
        }
        for (const auto &told : calls)
            told->call->halfClose();
        pair.run();
        for (int i = 0; i < 50; ++i)
            QCOMPARE(calls[i]->messages, QByteArrayList{QByteArray::number(i)});
    }

    void goodByeEndsTheRunningCallsAndTakesNoNew()
    {
        GrpcPair pair;
        const auto told = pair.call("/test/Silent");
        pair.run();
        bool hasFailed = false;
        pair.client.failed = [&hasFailed] { hasFailed = true; };
        // GOAWAY: last stream 0, NO_ERROR. Streams above it were not taken.
        pair.client.feed(frame(7, 0, 0, QByteArray(8, '\0')));
        QVERIFY(told->status);
        QCOMPARE(told->status->code, GrpcCode::Unavailable);
        QVERIFY(!pair.client.isUsable());
        while (pair.client.hasOutput())
            pair.client.take(65536);
        QCOMPARE(pair.call("/test/Echo")->status->code, GrpcCode::Unavailable);
        pair.client.take(65536);
        QVERIFY(hasFailed);
    }

    void whatBreaksTheRulesEndsInAStatus_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("HTTP/1.1") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n");
        QTest::newRow("zeros") << QByteArray(1000, '\0');
        QTest::newRow("ones") << QByteArray(1000, '\xff');
        QTest::newRow("a frame of 16 MB") << QByteArray("\xff\xff\xff\x00\x00\x00\x00\x00\x01", 9);
        QTest::newRow("headers that are none") << frame(1, 4, 1, QByteArray(100, '\xff'));
        QTest::newRow("data before headers") << frame(0, 0, 1, "data");
        QTest::newRow("a push") << frame(5, 4, 1, QByteArray("\0\0\0\2\x88", 5));
        QTest::newRow("a window that overflows")
            << frame(8, 0, 0, "\x7f\xff\xff\xff") + frame(8, 0, 0, "\x7f\xff\xff\xff");
        QTest::newRow("a header block without an end") << frame(1, 0, 1, "\x88") + frame(0, 0, 1, "x");
        QByteArray pings;
        for (int i = 0; i < 200'000; ++i)
            pings += frame(6, 0, 0, QByteArray(8, 'p'));
        QTest::newRow("a flood of pings that nobody answers") << pings;
        QByteArray continued = frame(1, 0, 1, "\x88");
        for (int i = 0; i < 2'000; ++i)
            continued += frame(9, 0, 1,
                               QByteArray("\x00\x01"
                                          "a\x7f\x80\x7e",
                                          6) +
                                   QByteArray(16'000, 'b'));
        QTest::newRow("headers without an end") << continued;
    }
    void whatBreaksTheRulesEndsInAStatus()
    {
        QFETCH(QByteArray, bytes);
        for (const bool isGreeted : {true, false}) {
            GrpcPair pair(1 << 20);
            const auto told = pair.call("/test/Silent");
            pair.client.take(65536);
            if (isGreeted)
                pair.client.feed(frame(4, 0, 0, {})); // SETTINGS
            pair.client.feed(bytes);
            pair.client.take(65536);
            pair.client.close(); // what the owner does on `failed`, and when the peer closes
            QVERIFY(told->status);
            QVERIFY(told->status->code != GrpcCode::Ok);
            QCOMPARE(told->timesFinished, 1);
        }
        GrpcPair pair(1);
        pair.server.feed(bytes);
        pair.server.take(65536);
    }

    void anAnswerThatIsNoGrpcIsTold_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<GrpcCode>("code");
        QTest::newRow("404") << frame(1, 5, 1, "\x8d") << GrpcCode::Unimplemented;
        QTest::newRow("500") << frame(1, 5, 1, "\x8e") << GrpcCode::Unavailable;
        QTest::newRow("200 and no trailers") << frame(1, 5, 1, "\x88") << GrpcCode::Internal;
        QTest::newRow("a reset") << frame(3, 0, 1, QByteArray("\0\0\0\x8", 4)) << GrpcCode::Cancelled;
        QTest::newRow("a message of 4 GB")
            << frame(1, 4, 1, "\x88") + frame(0, 0, 1, QByteArray("\x00\xff\xff\xff\xff", 5))
            << GrpcCode::ResourceExhausted;
        QTest::newRow("a compressed message")
            << frame(1, 4, 1, "\x88") + frame(0, 0, 1, QByteArray("\x01\x00\x00\x00\x01x", 6))
            << GrpcCode::Internal;
    }
    void anAnswerThatIsNoGrpcIsTold()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(GrpcCode, code);
        GrpcPair pair;
        const auto told = pair.call("/test/Silent");
        pair.client.take(65536);
        pair.client.feed(frame(4, 0, 0, {}));
        for (const char byte : bytes)
            pair.client.feed(QByteArrayView(&byte, 1));
        QVERIFY(told->status);
        QCOMPARE(told->status->code, code);
        QVERIFY(!told->status->message.isEmpty());
    }

    void aStatusIsReadWhateverItsHeadersHold_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("words");
        QTest::newRow("plain") << QByteArray("2") << QByteArray("failed") << u"failed"_s;
        QTest::newRow("percent") << QByteArray("2") << QByteArray("a%0Ab%25") << u"a\nb%"_s;
        QTest::newRow("half a percent") << QByteArray("2") << QByteArray("50%") << u"50%"_s;
        QTest::newRow("no number") << QByteArray("x") << QByteArray("") << QString();
    }
    void aStatusIsReadWhateverItsHeadersHold()
    {
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, message);
        QFETCH(QString, words);
        const auto status = engine::readStatus(
            {{"grpc-status", code}, {"grpc-message", message}, {"grpc-status-details-bin", "ZGV0YWls"}});
        QVERIFY(status);
        QCOMPARE(status->code, GrpcCode::Unknown);
        QCOMPARE(status->message, words);
        QCOMPARE(status->details, "detail");
        QVERIFY(!engine::readStatus({{"x", "y"}}));
    }

private:
    static QByteArray frame(char type, char flags, quint32 stream, const QByteArray &payload)
    {
        QByteArray bytes(9, '\0');
        bytes[0] = char(payload.size() >> 16);
        bytes[1] = char(payload.size() >> 8);
        bytes[2] = char(payload.size());
        bytes[3] = type;
        bytes[4] = flags;
        qToBigEndian(stream, bytes.data() + 5);
        return bytes + payload;
    }
};

QTEST_APPLESS_MAIN(TestHttp2)
#include "tst_http2.moc"
