// SPDX-License-Identifier: Apache-2.0
// The program as main() starts it, typed into, killed without warning and started again. This test is that
// program, too: started with a role, it runs the window and lets a hand type in it.
#include "documents/recoverydialog.h"
#include "editor/dockerfileeditor.h"
#include "window/compositionroot.h"
#include "window/documentswindow.h"
#include "workspace/buildsettings.h"

#include <QApplication>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

constexpr auto roleVariable = "STAGELOOM_TEST_ROLE";

void say(const QByteArray &line)
{
    QFile out;
    if (out.open(stdout, QIODevice::WriteOnly))
        out.write(line + '\n');
}

app::DocumentsWindow *theWindow()
{
    for (auto *widget : QApplication::topLevelWidgets())
        if (auto *window = qobject_cast<app::DocumentsWindow *>(widget))
            return window;
    return nullptr;
}

// The hand: a key every 20 ms, each said with its time, so that the other side knows what was typed when.
void typeForEver()
{
    auto *timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, [count = 0]() mutable {
        auto *window = theWindow();
        if (!window || !window->current().document().isOpen())
            return;
        auto *editor = window->current().window().findChild<ui::DockerfileEditor *>();
        if (count == 0)
            editor->moveCursor(QTextCursor::End);
        QTest::keyClick(editor, Qt::Key_X);
        say(QByteArray::number(QDateTime::currentMSecsSinceEpoch()) + ' ' + QByteArray::number(++count));
    });
    timer->start(20);
}

// What the next start offers; restored by a click, and the text told.
void restoreAll()
{
    auto *timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, [waits = 0]() mutable {
        auto *window = theWindow();
        auto *dialog = window ? window->findChild<ui::RecoveryDialog *>() : nullptr;
        if (!dialog && ++waits < 100)
            return;
        say("offered " +
            QByteArray::number(dialog ? dialog->findChild<QTreeWidget *>()->topLevelItemCount() : 0));
        if (dialog)
            for (auto *button : dialog->findChildren<QPushButton *>())
                if (button->isDefault())
                    button->click();
        for (auto *page : window->inOrder())
            say("text " + page->workspace().snapshot().text.toUtf8().toHex());
        for (auto *page : window->inOrder())
            say("settings " + workspace::toJson(page->workspace().snapshot().settings));
        std::raise(SIGKILL); // without an orderly end, so that all is offered once more
    });
    timer->start(50);
}

// A design that was never saved, with settings of its own; said once they are on the disk.
void settleForEver()
{
    auto *timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, [timer] {
        if (!theWindow())
            return;
        timer->stop();
        auto &page = theWindow()->current();
        page.document().restore(
            {.path = {}, .folder = QDir::homePath(), .base = {}, .text = u"FROM scratch\n"_s, .changed = {}});
        auto settings = page.workspace().snapshot().settings;
        settings.tag = u"kept:v2"_s;
        settings.buildArgs.insert(u"VERSION"_s, u"7"_s);
        settings.solve.secrets.push_back({.id = u"token"_s, .place = u"/run/token"_s});
        QObject::connect(&page.journal(), &journal::DocumentJournal::kept, qApp, [] { say("kept"); });
        page.stack().pushSettings(settings, u"settle"_s);
    });
    timer->start(50);
}

void justLook()
{
    QTimer::singleShot(1500, qApp, [] {
        const auto *window = theWindow();
        say(window && window->findChild<ui::RecoveryDialog *>() ? "offered" : "nothing");
        QCoreApplication::exit(0);
    });
}

class Instance
{
public:
    Instance(const QString &home, const QString &role, const QStringList &arguments = {})
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(roleVariable), role);
        environment.insert(u"HOME"_s, home);
        environment.insert(u"XDG_DATA_HOME"_s, home + u"/data"_s);
        environment.insert(u"XDG_CONFIG_HOME"_s, home + u"/config"_s);
        environment.insert(u"DOCKER_HOST"_s, u"unix:///nowhere.sock"_s);
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        m_process.setProcessEnvironment(environment);
        m_process.start(QCoreApplication::applicationFilePath(), arguments);
    }
    ~Instance() { kill(); }

    QList<QByteArray> linesUntil(const std::function<bool(const QList<QByteArray> &)> &enough)
    {
        (void)QTest::qWaitFor(
            [&] {
                m_out += m_process.readAllStandardOutput();
                return enough(m_out.split('\n')) || m_process.state() == QProcess::NotRunning;
            },
            20'000);
        m_out += m_process.readAllStandardOutput();
        return m_out.split('\n');
    }
    void kill()
    {
        m_process.kill(); // SIGKILL
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
    QByteArray m_out;
};

// Restored texts, with what a second start says first.
QStringList textsIn(const QList<QByteArray> &lines)
{
    QStringList texts;
    for (const auto &line : lines)
        if (line.startsWith("text "))
            texts.append(QString::fromUtf8(QByteArray::fromHex(line.mid(5))));
    return texts;
}

}

class tst_NothingLost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void afterAKillTheTextIsThereAtMostASecondShort();
    void settingsOfANeverSavedDesignAreThereToo();
    void whatALiveInstanceEditsIsNotOffered();
};

void tst_NothingLost::afterAKillTheTextIsThereAtMostASecondShort()
{
    QTemporaryDir home;
    const QString path = home.filePath(u"Dockerfile"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("FROM scratch\n# ");
    file.close();

    Instance typing(home.path(), u"type"_s, {path});
    auto said = typing.linesUntil([](const auto &lines) { return lines.size() > 120; });
    const qint64 killed = QDateTime::currentMSecsSinceEpoch();
    typing.kill();
    said = typing.linesUntil([](const auto &) { return true; });
    int aSecondBefore = 0;
    int all = 0;
    for (const auto &line : said) {
        const auto words = line.split(' ');
        if (words.size() != 2)
            continue;
        all = words[1].toInt();
        if (words[0].toLongLong() <= killed - 1000)
            aSecondBefore = all;
    }
    QVERIFY2(aSecondBefore > 20, qPrintable(QString::number(aSecondBefore)));

    // Killed right after restoring, it is offered again, and nothing more is missing.
    for (int round = 0; round < 2; ++round) {
        Instance again(home.path(), u"restore"_s);
        const auto lines = again.linesUntil([](const auto &) { return false; });
        QVERIFY2(lines.contains("offered 1"), lines.join(' ').constData());
        const auto texts = textsIn(lines);
        QCOMPARE(texts.size(), 1);
        const auto keys = texts.front().count(u'x');
        QVERIFY2(keys >= aSecondBefore && keys <= all,
                 qPrintable(u"%1 of %2, %3 a second before"_s.arg(keys).arg(all).arg(aSecondBefore)));
        QVERIFY(texts.front().startsWith("FROM scratch\n# "_L1));
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "FROM scratch\n# ");
}

void tst_NothingLost::settingsOfANeverSavedDesignAreThereToo()
{
    QTemporaryDir home;
    Instance settling(home.path(), u"settle"_s);
    QVERIFY(settling.linesUntil([](const auto &lines) { return lines.contains("kept"); }).contains("kept"));
    settling.kill();
    Instance again(home.path(), u"restore"_s);
    const auto lines = again.linesUntil([](const auto &) { return false; });
    QCOMPARE(textsIn(lines), QStringList{u"FROM scratch\n"_s});
    const auto line =
        std::ranges::find_if(lines, [](const auto &one) { return one.startsWith("settings "); });
    QVERIFY(line != lines.end());
    const auto settings = workspace::buildSettingsFromJson(line->mid(9));
    QCOMPARE(settings.tag, u"kept:v2"_s);
    QCOMPARE(settings.buildArgs.value(u"VERSION"_s), u"7"_s);
    QCOMPARE(settings.solve.secrets.size(), size_t(1));
    QCOMPARE(settings.solve.secrets.front().place, u"/run/token"_s);
}

void tst_NothingLost::whatALiveInstanceEditsIsNotOffered()
{
    QTemporaryDir home;
    const QString path = home.filePath(u"Dockerfile"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("FROM scratch\n# ");
    file.close();
    Instance typing(home.path(), u"type"_s, {path});
    typing.linesUntil([](const auto &lines) { return lines.size() > 60; });
    Instance other(home.path(), u"look"_s);
    QVERIFY(other.linesUntil([](const auto &lines) { return lines.size() > 1; }).contains("nothing"));
    typing.kill();
    Instance next(home.path(), u"look"_s);
    QVERIFY(next.linesUntil([](const auto &lines) { return lines.size() > 1; }).contains("offered"));
}

static void takeUpTheRole()
{
    const auto role = qEnvironmentVariable(roleVariable);
    if (role == "type"_L1)
        typeForEver();
    else if (role == "restore"_L1)
        restoreAll();
    else if (role == "settle"_L1)
        settleForEver();
    else if (role == "look"_L1)
        justLook();
}
Q_COREAPP_STARTUP_FUNCTION(takeUpTheRole)

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsSet(roleVariable))
        return app::runWindow(argc, argv);
    QCoreApplication application(argc, argv);
    tst_NothingLost test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_nothinglost.moc"
