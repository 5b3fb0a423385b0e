// SPDX-License-Identifier: Apache-2.0
#include "core/dockerfile/corpus.h"
#include "dockerfile/tree.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

// What people and programs put into a Dockerfile, and what changes the reading of what follows it.
static QString randomText(QRandomGenerator &random)
{
    static const QStringList pieces{u"a"_s,
                                    u" "_s,
                                    u"\n"_s,
                                    u"\r\n"_s,
                                    u"\r"_s,
                                    u"\\"_s,
                                    u"\\\n"_s,
                                    u"`"_s,
                                    u"#"_s,
                                    u"# escape=`\n"_s,
                                    u"# syntax=x\n"_s,
                                    u"# c\n"_s,
                                    u"<<EOF"_s,
                                    u"EOF\n"_s,
                                    u"\nEOF\n"_s,
                                    u"\n\tEOF\n"_s,
                                    u"RUN <<-EOF\n"_s,
                                    u"RUN <<EOF cat\n"_s,
                                    u"COPY <<A <<EOF /x\n"_s,
                                    u"A\n"_s,
                                    u"\""_s,
                                    u"'"_s,
                                    u"$"_s,
                                    u"{"_s,
                                    u"FROM x AS y\n"_s,
                                    u"COPY --from=y a b\n"_s,
                                    u"ENV a=b"_s,
                                    u"ONBUILD "_s,
                                    u"RUN "_s,
                                    u"[\"a\"]"_s,
                                    u"\ufeff"_s,
                                    u"\t"_s,
                                    u"\u00a0"_s,
                                    u"🚀"_s,
                                    QString(QChar(u'\0')),
                                    QString(),
                                    QString(QChar(0xdcff)),
                                    u"  \n"_s,
                                    u"E"_s,
                                    u"OF"_s,
                                    u"\n\n"_s};
    return pieces[random.bounded(pieces.size())];
}

static base::TextRange randomRange(QRandomGenerator &random, qsizetype size)
{
    const qsizetype start = random.bounded(static_cast<int>(size) + 1);
    const int most = random.bounded(4) == 0 ? 60 : 3;
    return {start, std::min<qsizetype>(random.bounded(most), size - start)};
}

static bool sameAsFresh(const Tree &tree, const QString &text)
{
    const Tree fresh = parse(text);
    if (tree.text() != text || tree != fresh || tree.escape() != fresh.escape())
        return false;
    for (int i = 0; i < fresh.lineCount(); ++i)
        if (tree.lineRange(i) != fresh.lineRange(i) || tree.firstRow(i) != fresh.firstRow(i) ||
            tree.line(i).keyword != fresh.line(i).keyword ||
            tree.line(i).isSuspect != fresh.line(i).isSuspect)
            return false;
    return tree.problems() == fresh.problems();
}

class TestEdited : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEditedTreeEqualsAFreshOne_data() { addCorpusRows(); }
    void anEditedTreeEqualsAFreshOne()
    {
        QFETCH(int, index);
        const int edits =
            qEnvironmentVariableIntValue("EDITS") > 0 ? qEnvironmentVariableIntValue("EDITS") : 60;
        QRandomGenerator random(static_cast<quint32>(index) + 1);
        QString text = corpus()[static_cast<size_t>(index)].text;
        Tree tree = parse(text);
        for (int i = 0; i < edits; ++i) {
            const QString before = text;
            const base::TextRange range = randomRange(random, text.size());
            const base::TextEdit edit(range, randomText(random));
            const base::TextEdit inverse = edit.applyTo(text);
            const Tree next = tree.edited(edit);
            const QString story = u"edit %1: %2+%3 -> '%4'\nbefore: %5"_s.arg(i)
                                      .arg(range.start)
                                      .arg(range.length)
                                      .arg(edit.replacements().front().text, before);
            QVERIFY2(sameAsFresh(next, text), qPrintable(story));
            QVERIFY2(sameAsFresh(next.edited(inverse), before), qPrintable(u"back from "_s + story));
            tree = next;
        }
    }

    void manyReplacementsAtOnceAreOneEdit()
    {
        QString text;
        for (int i = 0; i < 500; ++i)
            text += u"FROM a AS s%1\nRUN <<EOF\nx\nEOF\n"_s.arg(i);
        const Tree tree = parse(text);
        base::TextEdit edit;
        for (qsizetype at = text.indexOf(u"AS"); at >= 0; at = text.indexOf(u"AS", at + 1))
            edit.replace({at, 2}, u"as \\\n"_s);
        edit.applyTo(text);
        QVERIFY(sameAsFresh(tree.edited(edit), text));
    }

    void linesThatWereNotTouchedAreShared()
    {
        QString text;
        for (int i = 0; i < 5000; ++i)
            text += u"RUN echo %1\n"_s.arg(i);
        const Tree tree = parse(text);
        const Tree next = tree.edited({{tree.lineRange(2500).start + 4, 0}, u"x"_s});
        int changed = 0;
        for (int i = 0; i < 5000; ++i)
            changed += tree.sharedLine(i) != next.sharedLine(i);
        QCOMPARE(changed, 1);
    }

    void aHeredocFindsItsEndWhereverItIsTyped()
    {
        QString text = u"FROM a\nRUN <<EOF\nRUN b\nRUN c\n"_s;
        Tree tree = parse(text);
        QCOMPARE(tree.lineCount(), 4);
        QVERIFY(tree.line(1).unterminated);
        const base::TextEdit edit({text.size(), 0}, u"EOF\n"_s);
        edit.applyTo(text);
        tree = tree.edited(edit);
        QCOMPARE(tree.lineCount(), 2);
        QVERIFY(!tree.line(1).unterminated);
        QVERIFY(sameAsFresh(tree, text));
    }

    void oneKeyInALargeFileCostsLittle()
    {
        QString text;
        for (int i = 0; i < 100000; ++i)
            text += u"RUN echo some words of a usual line %1\n"_s.arg(i);
        Tree tree = parse(text);
        const qsizetype at = tree.lineRange(50000).start + 10;
        QElapsedTimer timer;
        timer.start();
        constexpr int keys = 200;
        for (int i = 0; i < keys; ++i)
            tree = tree.edited({{at + i, 0}, u"k"_s});
        const double milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6 / keys;
        qInfo("one key at 100,000 lines: %.3f ms", milliseconds);
        QVERIFY2(milliseconds < 5, "a fresh parse would take far more");
    }
};

QTEST_GUILESS_MAIN(TestEdited)
#include "tst_edited.moc"
