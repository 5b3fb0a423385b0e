// SPDX-License-Identifier: Apache-2.0
#include "image/imagesizes.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using image::ImageSizes;
using image::SourceStep;
using Rows = QList<int>;

namespace {

/// An image whose history has these entries, oldest first.
ImageSizes imageOf(const QStringList &history)
{
    QJsonArray entries;
    for (const auto &createdBy : history)
        entries.prepend(QJsonObject{{u"CreatedBy"_s, createdBy}, {u"Size"_s, 1}});
    return image::readImageSizes(u"x"_s, R"({"Id":"sha256:1"})", QJsonDocument(entries).toJson()).value();
}

/// A row a layer; -1 for what is the base image's.
Rows rowsOf(const ImageSizes &sizes)
{
    Rows rows;
    for (const auto &layer : sizes.layers)
        rows << (layer.fromBase ? -1 : layer.row);
    return rows;
}

/// "7 RUN go build" -> a step of row 7.
std::vector<SourceStep> steps(const QStringList &lines)
{
    std::vector<SourceStep> out;
    for (const auto &line : lines)
        out.push_back({line.section(u' ', 1, 1), line.section(u' ', 2), line.section(u' ', 0, 0).toInt()});
    return out;
}

}

class TestAttribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layersFindTheirRows_data()
    {
        QTest::addColumn<QStringList>("history");
        QTest::addColumn<QStringList>("source");
        QTest::addColumn<Rows>("rows");
        const QStringList base{u"ADD file:1 in /"_s, u"CMD [\"/bin/sh\"]"_s};

        QTest::newRow("in order, above the base image")
            << QStringList(base + QStringList{u"WORKDIR /app"_s, u"COPY /app/hello /app/hello # buildkit"_s,
                                              u"CMD [\"./hello\"]"_s})
            << QStringList{u"18 WORKDIR /app"_s, u"19 COPY /app/hello /app/hello"_s,
                           u"21 CMD [\"./hello\"]"_s}
            << Rows{-1, -1, 18, 19, 21};
        QTest::newRow("nothing but the base image") << base << QStringList{} << Rows{-1, -1};
        QTest::newRow("from scratch")
            << QStringList{u"COPY a /a # buildkit"_s} << QStringList{u"2 COPY a /a"_s} << Rows{2};
        QTest::newRow("ONBUILD leaves no entry with BuildKit")
            << QStringList(base + QStringList{u"RUN /bin/sh -c a # buildkit"_s, u"CMD [\"x\"]"_s})
            << QStringList{u"2 RUN a"_s, u"3 ONBUILD RUN b"_s, u"4 CMD [\"x\"]"_s} << Rows{-1, -1, 2, 4};
        QTest::newRow("an ARG that is nowhere to be seen")
            << QStringList(base + QStringList{u"RUN /bin/sh -c a # buildkit"_s})
            << QStringList{u"2 ARG A"_s, u"3 RUN a"_s} << Rows{-1, -1, 3};
        QTest::newRow("variables are expanded in the history")
            << QStringList(base + QStringList{u"COPY /out/hello /bin/hello # buildkit"_s,
                                              u"EXPOSE map[8080/tcp:{}]"_s})
            << QStringList{u"2 COPY /out/$NAME /bin/$NAME"_s, u"3 EXPOSE $PORT"_s} << Rows{-1, -1, 2, 3};
        QTest::newRow("the same command twice")
            << QStringList{u"RUN /bin/sh -c a # buildkit"_s, u"RUN /bin/sh -c a # buildkit"_s}
            << QStringList{u"2 RUN a"_s, u"3 RUN a"_s} << Rows{2, 3};
        QTest::newRow("a CMD like the base image's")
            << QStringList(base + QStringList{u"CMD [\"/bin/sh\"]"_s})
            << QStringList{u"2 CMD [\"/bin/sh\"]"_s} << Rows{-1, -1, 2};
        QTest::newRow("the classic builder names digests")
            << QStringList{u"/bin/sh -c #(nop) COPY file:01013cc510cc in /a "_s,
                           u"/bin/sh -c #(nop)  USER nobody"_s}
            << QStringList{u"2 COPY b /a"_s, u"3 USER nobody"_s} << Rows{2, 3};
        QTest::newRow("one layer of an engine that squashes")
            << QStringList(base + QStringList{u"/bin/sh -c #(nop) CMD [\"x\"]"_s})
            << QStringList{u"2 COPY a /a"_s, u"3 RUN b"_s, u"4 CMD [\"x\"]"_s} << Rows{-1, -1, 4};
        QTest::newRow("an entry that nobody asked for")
            << QStringList{u"COPY a /a # buildkit"_s, u"LABEL built-by=engine"_s, u"CMD [\"x\"]"_s}
            << QStringList{u"2 COPY a /a"_s, u"3 CMD [\"x\"]"_s} << Rows{2, 0, 3};
        QTest::newRow("the base image's ENV is not ours")
            << QStringList{u"ENV PATH=/bin"_s, u"CMD [\"sh\"]"_s, u"COPY a /a # buildkit"_s}
            << QStringList{u"2 ENV X=1"_s, u"3 COPY a /a"_s} << Rows{-1, -1, 3};
    }
    void layersFindTheirRows()
    {
        QFETCH(QStringList, history);
        QFETCH(QStringList, source);
        QFETCH(Rows, rows);
        ImageSizes sizes = imageOf(history);
        image::attributeToSource(sizes, steps(source));
        QCOMPARE(rowsOf(sizes), rows);
    }

    void everyInstructionOfARealBuild_data()
    {
        QTest::addColumn<QString>("recorded");
        QTest::addColumn<Rows>("rows");
        const Rows all{-1, -1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19};
        QTest::newRow("BuildKit of 20.10") << u"docker-20.10-every"_s << all;
        QTest::newRow("BuildKit of 26.1") << u"docker-26.1-every"_s << all;
        QTest::newRow("containerd store") << u"docker-28.5-containerd-every"_s << all;
        QTest::newRow("classic builder, which keeps ONBUILD")
            << u"docker-26.1-every-classic"_s
            << Rows{-1, -1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        QTest::newRow("buildah") << u"podman-5.4-every"_s << Rows{-1, -1, 2,  3,  4,  5,  6,  7,  8,  9,
                                                                  10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
    }
    void everyInstructionOfARealBuild()
    {
        QFETCH(QString, recorded);
        QFETCH(Rows, rows);
        QFile file(QStringLiteral(TEST_DATA_DIR) + u"/image/"_s + recorded + u".json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject answers = QJsonDocument::fromJson(file.readAll()).object();
        auto sizes = image::readImageSizes(u"all"_s, QJsonDocument(answers[u"inspect"].toObject()).toJson(),
                                           QJsonDocument(answers[u"history"].toArray()).toJson());
        QVERIFY(sizes);
        image::attributeToSource(
            *sizes,
            steps({u"2 ARG V=1 2"_s, u"3 ARG W"_s, u"4 ENV A=b C=\"d e\""_s, u"5 LABEL x=y"_s,
                   u"6 SHELL [\"/bin/sh\",\"-ec\"]"_s, u"7 RUN echo hi > /hi"_s,
                   u"8 RUN [\"touch\",\"/x y\"]"_s, u"9 EXPOSE 8080 9090/udp"_s, u"10 VOLUME /data"_s,
                   u"11 WORKDIR /w"_s, u"12 COPY Dockerfile d2 /c/"_s, u"13 ADD d2 /e"_s, u"14 USER nobody"_s,
                   u"15 STOPSIGNAL SIGINT"_s, u"16 HEALTHCHECK CMD true"_s, u"17 ONBUILD RUN x"_s,
                   u"18 ENTRYPOINT [\"/bin/sh\"]"_s, u"19 CMD [\"-c\",\"echo\"]"_s}));
        QCOMPARE(rowsOf(*sizes), rows);
    }

    void hugeListsAreNoBurden()
    {
        QStringList history;
        std::vector<SourceStep> source;
        for (int i = 0; i < 5000; ++i) {
            history << u"RUN /bin/sh -c "_s + QString::number(i);
            source.push_back({u"RUN"_s, QString::number(i), i + 2});
        }
        ImageSizes sizes = imageOf(history);
        image::attributeToSource(sizes, source);
        QCOMPARE(sizes.layers.back().row, 5001);
    }
};

QTEST_APPLESS_MAIN(TestAttribution)
#include "tst_attribution.moc"
