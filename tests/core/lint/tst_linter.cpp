// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/textfile.h"
#include "lint/linter.h"
#include "lint/nearest.h"
#include "lint/ruleset.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QTest>

using namespace lint;
using namespace Qt::StringLiterals;

namespace {

Findings findingsIn(const QString &text, std::stop_token stop = {})
{
    const auto tree = dockerfile::parse(text);
    return run(tree, graph::build(tree), {}, stop);
}

QStringList rulesIn(const QString &text)
{
    QStringList rules;
    for (const Finding &finding : findingsIn(text))
        rules.append(finding.rule);
    return rules;
}

}

class TestLinter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileSkipsRules_data()
    {
        QTest::addColumn<QString>("directive");
        QTest::addColumn<QStringList>("left");
        QTest::newRow("nothing skipped")
            << QString() << QStringList{u"moving-tag"_s, u"root-user"_s, u"secret-in-env-or-arg"_s};
        QTest::newRow("by our id") << u"# check=skip=moving-tag,root-user\n"_s
                                   << QStringList{u"secret-in-env-or-arg"_s};
        QTest::newRow("by the builder's name")
            << u"# check=skip=SecretsUsedInArgOrEnv\n"_s << QStringList{u"moving-tag"_s, u"root-user"_s};
        QTest::newRow("all") << u"# check=skip=all\n"_s << QStringList{};
        QTest::newRow("blanks and another field") << u"#check = skip= root-user , moving-tag ;error=true\n"_s
                                                  << QStringList{u"secret-in-env-or-arg"_s};
        QTest::newRow("a comment that is no directive")
            << u"\n# check=skip=all\n\n"_s
            << QStringList{u"moving-tag"_s, u"root-user"_s, u"secret-in-env-or-arg"_s};
        QTest::newRow("right above an instruction")
            << u"\n# check=skip=moving-tag\n"_s << QStringList{u"root-user"_s, u"secret-in-env-or-arg"_s};
    }

    void aFileSkipsRules()
    {
        QFETCH(QString, directive);
        QTEST(rulesIn(directive + u"FROM alpine\nENV API_TOKEN=x\n"_s), "left");
    }

    void syntaxCannotBeSkipped()
    {
        QVERIFY(rulesIn(u"# check=skip=all\nFROM a:1\nENV A\nUSER x"_s).contains(u"syntax"_s));
    }

    void anUnknownInstructionIsToldOnce()
    {
        QCOMPARE(rulesIn(u"FROM a:1\nRNU x\nUSER x"_s), QStringList{u"unknown-instruction"_s});
    }

    void warningsCountAsErrorsWhereAsked()
    {
        const Findings findings = findingsIn(u"# check=error=true\nFROM a:1\nARG API_TOKEN\n"_s);
        QCOMPARE(findings.size(), 2U);
        QCOMPARE(findings[0].severity, Severity::Advice); // advice stays advice
        QCOMPARE(findings[1].severity, Severity::Error);
    }

    void findingsComeInOrderOfTheText()
    {
        const Findings findings = findingsIn(
            u"FROM alpine AS x\nADD a /b\nFROM b:$V AS x\nENV TOKEN=1\nRUN cd /x\nFROM debian\n"_s);
        QVERIFY(findings.size() >= 6);
        QVERIFY(
            std::ranges::is_sorted(findings, {}, [](const Finding &finding) { return finding.range.start; }));
    }

    void anAskedStopEndsTheRun()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(findingsIn(u"FROM alpine\n"_s, stop.get_token()).empty());
    }

    void rulesHaveNamesOfTheirOwn()
    {
        QSet<QString> ids;
        for (const Rule *rule : allRules()) {
            QVERIFY(!ids.contains(rule->id));
            ids.insert(rule->id);
            QVERIFY(!summaryOf(*rule).isEmpty());
            QCOMPARE(ruleCalled(QString(rule->id)), rule);
        }
        QVERIFY(!ruleCalled(u"no-such-rule"));
    }

    void theNearestWordIsFound_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("meant");
        QTest::newRow("swapped letters count one") << u"buidler"_s << u"builder"_s;
        QTest::newRow("a letter less") << u"buildr"_s << u"builder"_s;
        QTest::newRow("case does not matter") << u"BUILDER"_s << u"builder"_s;
        QTest::newRow("two letters off in a short word") << u"rxx"_s << QString();
        QTest::newRow("one letter off in a short word") << u"rux"_s << u"run"_s;
        QTest::newRow("far off") << u"certificates"_s << QString();
        QTest::newRow("nothing") << QString() << QString();
    }

    void theNearestWordIsFound()
    {
        QFETCH(QString, word);
        QTEST(nearest(word, {u"builder"_s, u"run"_s, u"copy"_s}), "meant");
    }

    void anyPrefixOfAnyFileIsRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("noise")
            << u"\x01\xff]]{{ <<<\\\n`$(\"'${\nFROM --platform= $ AS\nENV ${\nCOPY --from=${ x\nRUN A=$(\nCMD [\"=\"]"_s;
        QDirIterator files(QStringLiteral(TEST_DATA_DIR "/dockerfiles"), QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            if (const auto text = dockerfile::readTextFile(path))
                QTest::newRow(qPrintable(path.section(u'/', -2))) << *text;
        }
    }

    void anyPrefixOfAnyFileIsRead()
    {
        QFETCH(QString, text);
        const qsizetype step = std::max<qsizetype>(1, text.size() / 20);
        for (qsizetype length = 0; length <= text.size(); length += step) {
            for (const Finding &finding : findingsIn(text.first(length))) {
                QVERIFY(finding.range.start >= 0 && finding.range.end() <= length);
                QVERIFY(finding.row >= 1);
                if (finding.fix) {
                    QString fixed = text.first(length);
                    finding.fix->applyTo(fixed);
                }
            }
        }
    }

    void aLongFileIsReadSoonEnough()
    {
        QString text = u"ARG P=1\n"_s;
        for (int i = 0; i < 400; ++i) {
            text += u"FROM golang:1.24 AS s%1\nARG A=1\nENV B=$A C=$P\nWORKDIR /$B\nCOPY --from=s%2 /a /$B\n"
                    "RUN cd /x && go build -o /y $P \\\n  && ls\nEXPOSE $PORT\nENTRYPOINT [\"/y\"]\n"_s.arg(i)
                        .arg(i / 2);
        }
        QElapsedTimer timer;
        timer.start();
        const Findings findings = findingsIn(text);
        qInfo("%lld rows, %zu findings: %lld ms", text.count(u'\n'), findings.size(), timer.elapsed());
        QVERIFY(timer.elapsed() < 3000);
    }
};

QTEST_APPLESS_MAIN(TestLinter)
#include "tst_linter.moc"
