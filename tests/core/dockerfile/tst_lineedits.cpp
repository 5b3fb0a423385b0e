// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/lineverbs.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

namespace {

QString after(const QString &text, const base::Result<base::TextEdit> &edit)
{
    if (!edit)
        return u"refused: "_s + edit.error().message;
    QString result = text;
    edit->applyTo(result);
    return result;
}

}

class TestLineEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAreCommentedOutAndInAgain_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("expected");
        QTest::newRow("one row") << u"FROM a\nRUN b\n"_s << 1 << u"FROM a\n# RUN b\n"_s;
        QTest::newRow("continued, with a comment and an indent")
            << u"FROM a\n  RUN b \\\n    # c\n    d\nCMD e"_s << 1
            << u"FROM a\n#   RUN b \\\n#     # c\n#     d\nCMD e"_s;
        QTest::newRow("a heredoc with a blank row")
            << u"FROM a\nRUN <<E\n\nx\nE\nCMD y"_s << 1 << u"FROM a\n# RUN <<E\n#\n# x\n# E\nCMD y"_s;
        QTest::newRow("CRLF and backticks") << u"# escape=`\r\nfrom a\r\nrun b `\r\n c"_s << 2
                                            << u"# escape=`\r\nfrom a\r\n# run b `\r\n#  c"_s;
    }
    void rowsAreCommentedOutAndInAgain()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        const QString out = after(text, commentOut(parse(text), line, line));
        QTEST(out, "expected");
        const auto span = commentedInstruction(parse(out), line);
        QVERIFY(span);
        QCOMPARE(span->first, line);
        QCOMPARE(after(out, commentIn(parse(out), span->first, span->last)), text);
    }

    void proseIsNoInstruction()
    {
        QVERIFY(!commentedInstruction(parse(u"FROM a\n# run the tests\nRUN b\n"_s), 1));
        QVERIFY(commentedInstruction(parse(u"FROM a\n# RUN the tests\nRUN b\n"_s), 1));
        QVERIFY(!commentedInstruction(parse(u"FROM a\n# RUN <<EOF\nRUN b\n"_s), 1));
    }

    void whatCannotBeCommentedIsRefused()
    {
        const QString top = u"escape=x\nFROM a\n"_s;
        QCOMPARE(after(top, commentOut(parse(top), 0, 0)),
                 u"refused: As a comment at the top of the file it would be a parser directive."_s);
        const QString only = u"FROM a\n"_s;
        QVERIFY(after(only, commentOut(parse(only), 0, 0))
                    .startsWith("refused: The file would have a mistake"_L1));
        const QString prose = u"FROM a\n# why\n"_s;
        QCOMPARE(after(prose, commentIn(parse(prose), 1, 1)),
                 u"refused: The comment holds no complete instruction."_s);
    }

    void aSelectionIsToggledAsAWhole()
    {
        const QString text = u"FROM a\nRUN b\n\n# RUN c\n"_s;
        const QString out = after(text, toggleComment(parse(text), 1, 3));
        QCOMPARE(out, u"FROM a\n# RUN b\n\n# # RUN c\n"_s);
        QCOMPARE(after(out, toggleComment(parse(out), 1, 3)), text);
    }

    void anInstructionIsReplaced_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("with");
        QTest::addColumn<QString>("expected");
        QTest::newRow("one word") << u"FROM a\r\nRUN b \\\r\n  c\r\n"_s << u"RUN b \\\n  d"_s
                                  << u"FROM a\r\nRUN b \\\r\n  d\r\n"_s;
        QTest::newRow("a new row gets the file's end")
            << u"FROM a\r\nRUN b\r\n"_s << u"RUN b \\\n  c"_s << u"FROM a\r\nRUN b \\\r\n  c\r\n"_s;
        QTest::newRow("two") << u"FROM a\nRUN b"_s << u"RUN b\nRUN c"_s
                             << u"refused: The text is more than one instruction."_s;
        QTest::newRow("none") << u"FROM a\nRUN b"_s << u"# c"_s
                              << u"refused: The text does not start with an instruction."_s;
        QTest::newRow("unknown") << u"FROM a\nRUN b"_s << u"RUM b"_s
                                 << u"refused: \"RUM\" is no instruction."_s;
        QTest::newRow("not finished")
            << u"FROM a\nRUN b\n"_s << u"RUN b \\"_s << u"refused: The instruction is not finished."_s;
        QTest::newRow("nothing") << u"FROM a\nRUN b"_s << u"  "_s
                                 << u"refused: An instruction is needed here."_s;
    }
    void anInstructionIsReplaced()
    {
        QFETCH(QString, text);
        QFETCH(QString, with);
        QTEST(after(text, replaceInstruction(parse(text), 1, with)), "expected");
    }

    void anInstructionIsDuplicatedAndDeleted()
    {
        const QString text = u"# file\nFROM a\n# why\nRUN b \\\n  c"_s;
        QCOMPARE(after(text, duplicateInstruction(parse(text), 3)),
                 u"# file\nFROM a\n# why\nRUN b \\\n  c\nRUN b \\\n  c"_s);
        QCOMPARE(after(text, deleteInstruction(parse(text), 3)), u"# file\nFROM a\n"_s);
        const QString first = u"# file\nARG A\nFROM a\n"_s;
        QCOMPARE(after(first, deleteInstruction(parse(first), 1)), u"# file\nFROM a\n"_s);
        const QString directive = u"FROM a\n# check=skip=all\nRUN b\nRUN c"_s;
        QCOMPARE(firstLineOf(parse(directive), 2), 1);
    }
};

QTEST_GUILESS_MAIN(TestLineEdits)
#include "tst_lineedits.moc"
