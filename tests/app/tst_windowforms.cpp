// SPDX-License-Identifier: Apache-2.0
// Every form in the joined window: a field of the instruction that is selected in the graph is changed by
// keys, only what it is about changes in the text, and undo gives the bytes back.
#include "graphhand.h"
#include "inspector/forms/formfield.h"
#include "inspector/forms/instructionform.h"
#include "inspector/inspectorpanel.h"
#include "inspector/instructionpage.h"

#include <QCheckBox>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

/// The document that an instruction stands in.
QByteArray around(const QByteArray &instruction)
{
    return "FROM golang AS tools\r\nRUN true\r\n# mine\r\nFROM alpine AS one\r\n" + instruction + "\r\n";
}

}

class TestWindowForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFieldIsWritten_data()
    {
        QTest::addColumn<QByteArray>("instruction");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *instruction, const char *field, const char *typed,
                            const char *expected) {
            QTest::newRow(name) << QByteArray(instruction) << QString::fromLatin1(field)
                                << QString::fromLatin1(typed) << QString::fromLatin1(expected);
        };
        row("RUN command", "run  make a", "Command", "make b", "run  make b");
        row("RUN network", "RUN make", "Network", "none", "RUN --network=none make");
        row("RUN security", "RUN make", "Security", "insecure", "RUN --security=insecure make");
        row("COPY from", "COPY a /b", "From", "tools", "COPY --from=tools a /b");
        row("COPY sources", "COPY a /b/", "Sources", "c\nd", "COPY c d /b/");
        row("COPY destination", "copy a /b", "Destination", "/c", "copy a /c");
        row("COPY chown", "COPY a /b", "Owner", "1:2", "COPY --chown=1:2 a /b");
        row("COPY chmod", "COPY --chmod=644 a /b", "Mode", "0755", "COPY --chmod=0755 a /b");
        row("COPY exclude", "COPY a /b", "Exclude", "*.md", "COPY --exclude=*.md a /b");
        row("COPY link", "COPY a /b", "Layer of its own (--link)", "", "COPY --link a /b");
        row("COPY parents", "COPY a /b/", "Keep parent folders (--parents)", "", "COPY --parents a /b/");
        row("ADD checksum taken away",
            "ADD --checksum=sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "
            "https://example.org/f /f",
            "Checksum", "", "ADD https://example.org/f /f");
        row("EXPOSE", "EXPOSE 80", "Ports", "80\n443/tcp", "EXPOSE 80 443/tcp");
        row("USER", "USER root", "User", "65532", "USER 65532");
        row("USER group", "USER 65532", "Group", "65532", "USER 65532:65532");
        row("VOLUME", "VOLUME /a", "Paths", "/a\n/b", "VOLUME /a /b");
        row("HEALTHCHECK interval", "HEALTHCHECK CMD /app -h", "Interval", "10s",
            "HEALTHCHECK --interval=10s CMD /app -h");
        row("ENTRYPOINT words", "ENTRYPOINT [\"/app\"]", "Command", "/app\n-port\n80",
            "ENTRYPOINT [\"/app\", \"-port\", \"80\"]");
        row("CMD shell", "CMD /app", "Command", "/app -v", "CMD /app -v");
        row("SHELL", "SHELL [\"/bin/sh\", \"-c\"]", "Command", "/bin/sh\n-ec",
            "SHELL [\"/bin/sh\", \"-ec\"]");
    }
    void aFieldIsWritten()
    {
        QFETCH(QByteArray, instruction);
        QFETCH(QString, field);
        QFETCH(QString, typed);
        QFETCH(QString, expected);
        GraphHand hand(around(instruction));
        auto *form = formOfFirst(hand);
        ui::FormField *edited = form->field(field);
        if (edited == nullptr)
            qFatal("no field \"%s\"", qPrintable(field));
        edit(*edited, typed);
        QCOMPARE(hand.text(), QString::fromUtf8(around(expected.toUtf8())));
        QVERIFY(hand.stack().undoStack()->undoText().startsWith(u"edit "_s));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void theOneFieldOfATextInstruction_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("WORKDIR") << QByteArray("workdir /a") << u"/b"_s << QByteArray("workdir /b");
        QTest::newRow("STOPSIGNAL") << QByteArray("STOPSIGNAL SIGTERM") << u"SIGINT"_s
                                    << QByteArray("STOPSIGNAL SIGINT");
        QTest::newRow("ONBUILD") << QByteArray("ONBUILD RUN a") << u"RUN b"_s << QByteArray("ONBUILD RUN b");
    }
    void theOneFieldOfATextInstruction()
    {
        QFETCH(QByteArray, before);
        QFETCH(QString, typed);
        QFETCH(QByteArray, after);
        GraphHand hand(around(before));
        auto fields = formOfFirst(hand)->findChildren<ui::FormField *>();
        QVERIFY(!fields.isEmpty());
        edit(*fields.front(), typed);
        QCOMPARE(hand.text(), QString::fromUtf8(around(after)));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void pairsAreTypedIntoTheTable_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("ENV") << QByteArray("ENV A=1 B=2") << QByteArray("ENV A=\"two words\" B=2");
        QTest::newRow("LABEL") << QByteArray("label a=1 b=2") << QByteArray("label a=\"two words\" b=2");
        QTest::newRow("ARG") << QByteArray("ARG A=1") << QByteArray("ARG A=\"two words\"");
    }
    void pairsAreTypedIntoTheTable()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        GraphHand hand(around(before));
        auto *table = formOfFirst(hand)->findChild<QTableWidget *>();
        table->setFocus();
        table->setCurrentCell(0, 1);
        QTest::keyClick(table, Qt::Key_F2);
        auto *editor = table->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, u"two words"_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(hand.text(), QString::fromUtf8(around(after))); // the table takes it a moment later
        QVERIFY(hand.undoGivesBytesBack());
    }

    void aMountIsAddedFromItsMenu_data()
    {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("mount");
        QTest::newRow("cache") << u"cache"_s << u"type=cache,target=/root/.cache/go-build"_s;
        QTest::newRow("secret") << u"secret"_s << u"type=secret,id=token"_s;
        QTest::newRow("tmpfs") << u"tmpfs"_s << u"type=tmpfs,target=/tmp"_s;
        QTest::newRow("ssh") << u"ssh"_s << u"type=ssh"_s;
    }
    void aMountIsAddedFromItsMenu()
    {
        QFETCH(QString, entry);
        QFETCH(QString, mount);
        GraphHand hand(around("RUN make"));
        auto *form = formOfFirst(hand);
        QMenu *menu = form->field(u"Mounts"_s)->findChild<QMenu *>();
        menu->popup({200, 200});
        menu->setActiveAction(GraphHand::actionOf(menu, entry));
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(hand.text(), QString::fromUtf8(around("RUN --mount=" + mount.toUtf8() + " make")));
        QVERIFY(hand.undoGivesBytesBack());
    }

    void whatCannotBeIsSaidWhileItIsTyped_data()
    {
        QTest::addColumn<QByteArray>("instruction");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        QTest::newRow("a port out of range") << QByteArray("EXPOSE 80") << u"Ports"_s << u"70000"_s;
        QTest::newRow("no mode") << QByteArray("COPY a /b") << u"Mode"_s << u"99"_s;
        QTest::newRow("no duration") << QByteArray("HEALTHCHECK CMD x") << u"Interval"_s << u"soon"_s;
    }
    void whatCannotBeIsSaidWhileItIsTyped()
    {
        QFETCH(QByteArray, instruction);
        QFETCH(QString, field);
        QFETCH(QString, typed);
        GraphHand hand(around(instruction));
        auto *form = formOfFirst(hand);
        edit(*form->field(field), typed);
        QVERIFY2(form->reason().contains(field), qPrintable(form->reason()));
        QVERIFY(!form->field(field)->buddy()->accessibleDescription().isEmpty());
        QCOMPARE(hand.text(), hand.before);
    }

private:
    /// The form of the first instruction of stage "one", which is clicked in the graph.
    static ui::InstructionForm *formOfFirst(GraphHand &hand)
    {
        hand.click(hand.rowOf(stageCalled(u"one"_s), 0));
        auto *panel = hand.page().findChild<ui::InspectorPanel *>();
        return panel->instructionPage()->form();
    }
    static void edit(ui::FormField &field, const QString &typed)
    {
        if (auto *box = field.findChild<QCheckBox *>())
            return box->click();
        if (auto *lines = field.findChild<QPlainTextEdit *>()) {
            lines->setFocus();
            lines->selectAll();
            for (const QChar letter : typed)
                letter == u'\n' ? QTest::keyClick(lines, Qt::Key_Return)
                                : QTest::keyClicks(lines, QString(letter));
            return QTest::keyClick(lines, Qt::Key_Return, Qt::ControlModifier);
        }
        auto *line = field.findChild<QLineEdit *>();
        line->setFocus();
        line->selectAll();
        if (typed.isEmpty())
            QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, typed);
        QTest::keyClick(line, Qt::Key_Return);
    }
};

QTEST_MAIN(TestWindowForms)
#include "tst_windowforms.moc"
