// SPDX-License-Identifier: Apache-2.0
#include "grpcpair.h"

#include "engine/http2/grpcframes.h"

#include <QtEndian>
#include <QTest>

using namespace Qt::StringLiterals;
using engine::GrpcCode;

/// What an engine sends us that is no message, and what it never ends.
class TestGrpcServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoMessageIsRefusedWithAStatus_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<GrpcCode>("code");
        QTest::newRow("compressed") << QByteArray("\1\0\0\0\5", 5) << GrpcCode::Unimplemented;
        QTest::newRow("of 4 GB") << QByteArray("\0\xff\xff\xff\xff", 5) << GrpcCode::ResourceExhausted;
    }
    void whatIsNoMessageIsRefusedWithAStatus()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const GrpcCode, code);
        for (const qsizetype piece : {1, 65536}) {
            GrpcPair pair(piece);
            const auto told = pair.call("/test/Echo");
            told->call->send("hello");
            QByteArray bytes = pair.client.take(65536);
            QVERIFY(bytes.endsWith("hello"));
            bytes.replace(engine::grpcFrame("hello"), QByteArray(head + "hello"));
            pair.give(bytes, pair.server);
            pair.run();
            QVERIFY(told->status);
            QCOMPARE(told->status->code, code);
            QVERIFY(!told->status->message.isEmpty());
            QVERIFY(told->messages.isEmpty());
        }
    }

    void whatWasTooMuchIsNotCountedUntilTheCallerLetsGo()
    {
        GrpcPair pair;
        const auto first = pair.call("/test/Echo");
        const auto second = pair.call("/test/Echo");
        pair.run();
        QByteArray answers = sendPart(pair.server, 1, 40'000'000);
        answers += sendPart(pair.server, 3, 40'000'000);
        const auto small = pair.call("/test/Echo");
        small->call->send("hello");
        small->call->halfClose();
        // The caller has not read that the second one is refused, and keeps its stream.
        pair.server.feed(pair.client.take(65536));
        pair.client.feed(answers);
        pair.run();
        QVERIFY(!first->status);
        QVERIFY(second->status);
        QCOMPARE(second->status->code, GrpcCode::ResourceExhausted);
        QVERIFY(small->status);
        QCOMPARE(small->status->code, GrpcCode::Ok);
        QCOMPARE(small->messages, QByteArrayList{"hello"});
    }

private:
    /// All of a message but its last byte, in frames of DATA; what is answered to that.
    static QByteArray sendPart(engine::GrpcServer &server, quint32 stream, qsizetype size)
    {
        constexpr qsizetype most = 16'000;
        QByteArray message = engine::grpcFrame(QByteArray(size, 'x'));
        message.chop(1);
        QByteArray answers;
        for (qsizetype at = 0; at < message.size(); at += most) {
            const QByteArrayView part = QByteArrayView(message).mid(at, most);
            QByteArray head(9, '\0'); // its length, DATA, no flags, the stream
            qToBigEndian(quint32(part.size()) << 8, head.data());
            qToBigEndian(stream, head.data() + 5);
            server.feed(head);
            server.feed(part);
            answers += server.take(most);
        }
        return answers;
    }
};

QTEST_APPLESS_MAIN(TestGrpcServer)
#include "tst_grpcserver.moc"
