// SPDX-License-Identifier: Apache-2.0
#include "engines/enginelistmodel.h"
#include "engines/enginesdialog.h"
#include "theme/theme.h"
#include "widgets/noticebar.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

EngineEntry engineAt(const QString &url, const QString &name)
{
    EngineEntry entry;
    entry.place = engine::placeOf(*engine::parseHost(url, u"docker context"_s));
    entry.place.name = name;
    return entry;
}

EngineEntry answering(EngineEntry entry, const QString &api, bool isPodman = false)
{
    engine::EngineInfo info;
    info.product = isPodman ? u"Podman"_s : u"Docker Engine"_s;
    info.version = isPodman ? u"5.4.2"_s : u"20.10.24"_s;
    info.engineApiVersion = api;
    info.isPodman = isPodman;
    info.hasBuildKit = !isPodman;
    info.platforms = {u"linux/amd64"_s};
    entry.state = EngineEntry::State::Answers;
    entry.answer.product = info.product + u' ' + info.version;
    entry.answer.engine = info;
    entry.answer.abilities = engine::abilities(info);
    return entry;
}

EngineEntry node(const QString &name, const QStringList &platforms)
{
    EngineEntry entry;
    entry.place.id = u"builder:farm/"_s + name;
    entry.place.name = u"farm/"_s + name;
    entry.place.builder = u"farm"_s;
    entry.place.platforms = platforms;
    entry.place.buildKit = engine::BuildKitAddress{};
    return entry;
}

QPushButton *button(QWidget &in, const QString &text)
{
    for (auto *it : in.findChildren<QPushButton *>())
        if (QString(it->text()).remove(u'&') == text)
            return it;
    qFatal("no button says %s", qPrintable(text));
}

bool says(QWidget &in, const QString &words)
{
    const auto labels = in.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) {
        return label->isVisibleTo(&in) && label->text().contains(words);
    });
}

}

class tst_EnginesDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Scheme::Light); }
    void theOneInUseIsShownFirst();
    void captionsCannotBeChosen();
    void aRefusalIsToldWithItsMend();
    void whatItCannotDoIsToldOnceWithReasonAndMend();
    void podmanSaysWhyItHasNoBuildKit();
    void oneClickTestsOrUsesTheSelectedOne();
    void theSelectionStaysWhileAnswersArrive();
    void nodesSayWhichBuildGoesWhere();
    void anAddressIsCheckedWhileItIsTyped_data();
    void anAddressIsCheckedWhileItIsTyped();
    void anAddedAddressIsSelectedAndCanBeRemoved();
    void aMissingEngineIsToldOnce();
};

void tst_EnginesDialog::theOneInUseIsShownFirst()
{
    EnginesDialog dialog;
    auto used = answering(engineAt(u"unix:///b"_s, u"b"_s), u"1.41"_s);
    used.isUsed = true;
    dialog.setEntries({engineAt(u"unix:///a"_s, u"a"_s), used});
    QVERIFY(says(dialog, u"Docker Engine 20.10.24."_s));
    QVERIFY(!button(dialog, u"Use This One"_s)->isEnabled());
    QCOMPARE(dialog.view()->currentIndex().data().toString(), u"b"_s);
}

void tst_EnginesDialog::captionsCannotBeChosen()
{
    EnginesDialog dialog;
    QAbstractItemModelTester tester(dialog.model());
    auto absent = engineAt(u"unix:///c"_s, u"c"_s);
    absent.place.isAbsent = true;
    dialog.setEntries({absent, node(u"arm"_s, {}), engineAt(u"unix:///a"_s, u"a"_s)});
    QStringList lines;
    for (int row = 0; row < dialog.model()->rowCount(); ++row) {
        const auto index = dialog.model()->index(row);
        lines += index.data().toString();
        QCOMPARE(bool(index.flags() & Qt::ItemIsSelectable),
                 !index.data(EngineListModel::IsCaptionRole).toBool());
    }
    QCOMPARE(lines, QStringList({u"Engines"_s, u"a"_s, u"Builders of buildx"_s, u"farm/arm"_s,
                                 u"Usual places without an engine"_s, u"c"_s}));
}

void tst_EnginesDialog::aRefusalIsToldWithItsMend()
{
    EnginesDialog dialog;
    auto refused = engineAt(u"unix:///a"_s, u"a"_s);
    refused.state = EngineEntry::State::Refused;
    refused.error = {.message = u"permission denied"_s, .hint = u"Join the docker group."_s};
    dialog.setEntries({refused});
    QVERIFY(says(dialog, u"Permission denied."_s));
    QVERIFY(says(dialog, u"Join the docker group."_s));
}

void tst_EnginesDialog::whatItCannotDoIsToldOnceWithReasonAndMend()
{
    EnginesDialog dialog;
    dialog.setEntries({answering(engineAt(u"unix:///a"_s, u"a"_s), u"1.41"_s)});
    QVERIFY(says(dialog, u"Secrets"_s));
    QVERIFY2(says(dialog, u"Docker Engine 27 is needed for that; this is 20.10.24. Update the engine."_s),
             "build checks");
    int times = 0;
    for (const auto *label : dialog.findChildren<QLabel *>())
        times += label->text().contains("Docker Engine 24 is needed"_L1) ? 1 : 0;
    QCOMPARE(times, 1);
}

void tst_EnginesDialog::podmanSaysWhyItHasNoBuildKit()
{
    EnginesDialog dialog;
    dialog.setEntries({answering(engineAt(u"unix:///a"_s, u"a"_s), u"1.41"_s, true)});
    QVERIFY(says(dialog, u"Podman builds without BuildKit. Use a Docker Engine."_s));
    QVERIFY(!says(dialog, u"What it can do"_s));
}

void tst_EnginesDialog::oneClickTestsOrUsesTheSelectedOne()
{
    EnginesDialog dialog;
    dialog.setEntries({engineAt(u"unix:///a"_s, u"a"_s), engineAt(u"unix:///b"_s, u"b"_s)});
    QSignalSpy tested(&dialog, &EnginesDialog::testRequested);
    QSignalSpy used(&dialog, &EnginesDialog::useRequested);
    QSignalSpy all(&dialog, &EnginesDialog::testAllRequested);
    dialog.show();
    QTest::keyClick(dialog.view(), Qt::Key_Down);
    button(dialog, u"Test"_s)->click();
    button(dialog, u"Use This One"_s)->click();
    button(dialog, u"Test All"_s)->click();
    QCOMPARE(tested.value(0).value(0).toString(), u"unix:///b"_s);
    QCOMPARE(used.value(0).value(0).toString(), u"unix:///b"_s);
    QCOMPARE(all.count(), 1);
}

void tst_EnginesDialog::theSelectionStaysWhileAnswersArrive()
{
    EnginesDialog dialog;
    auto a = engineAt(u"unix:///a"_s, u"a"_s);
    const auto b = engineAt(u"unix:///b"_s, u"b"_s);
    a.isUsed = true;
    dialog.setEntries({a, b});
    dialog.select(b.place.id);
    dialog.setEntries({answering(a, u"1.45"_s), answering(b, u"1.45"_s)});
    QCOMPARE(dialog.view()->currentIndex().data().toString(), u"b"_s);
    dialog.setEntries({b});
    QCOMPARE(dialog.view()->currentIndex().data().toString(), u"b"_s);
}

void tst_EnginesDialog::nodesSayWhichBuildGoesWhere()
{
    EnginesDialog dialog;
    dialog.setEntries({node(u"amd"_s, {u"linux/amd64"_s}), node(u"arm"_s, {u"linux/arm64"_s})});
    QVERIFY(says(dialog, u"farm/amd: linux/amd64\nfarm/arm: linux/arm64"_s));
    QVERIFY(says(dialog, u"A build for several platforms is shared by the nodes"_s));
    QVERIFY(button(dialog, u"Use This Builder"_s)->isEnabled());
}

void tst_EnginesDialog::anAddressIsCheckedWhileItIsTyped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("canBeAdded");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("no scheme") << u"10.0.0.9"_s << false << u"tcp://host:port"_s;
    QTest::newRow("no port") << u"tcp://10.0.0.9"_s << false << u"Names no port"_s;
    QTest::newRow("relative socket") << u"unix://docker.sock"_s << false << u"must be absolute"_s;
    QTest::newRow("password") << u"ssh://me:secret@host"_s << false << u"would be seen by everybody"_s;
    QTest::newRow("an option to ssh") << u"ssh://-oProxyCommand=x"_s << false << u"ssh://user@host"_s;
    QTest::newRow("known") << u"unix:///a"_s << false << u"is in the list"_s;
    QTest::newRow("tcp") << u"tcp://10.0.0.9:2375"_s << true << u"Without TLS"_s;
    QTest::newRow("ssh") << u"ssh://me@host"_s << true << u"Your own ssh"_s;
    QTest::newRow("socket") << u" unix:///b "_s << true << u"Press Enter"_s;
}

void tst_EnginesDialog::anAddressIsCheckedWhileItIsTyped()
{
    QFETCH(QString, text);
    QFETCH(bool, canBeAdded);
    QFETCH(QString, sentence);
    EnginesDialog dialog;
    dialog.setEntries({engineAt(u"unix:///a"_s, u"a"_s)});
    QSignalSpy added(&dialog, &EnginesDialog::addRequested);
    auto *field = dialog.findChild<QLineEdit *>();
    QTest::keyClicks(field, text);
    QCOMPARE(button(dialog, u"Add"_s)->isEnabled(), canBeAdded);
    QVERIFY(says(dialog, sentence));
    QVERIFY(!says(dialog, u"secret"_s));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(added.count(), canBeAdded ? 1 : 0);
    if (canBeAdded)
        QCOMPARE(added.value(0).value(0).toString(), text.trimmed());
}

void tst_EnginesDialog::anAddedAddressIsSelectedAndCanBeRemoved()
{
    EnginesDialog dialog;
    dialog.setEntries({engineAt(u"unix:///a"_s, u"a"_s)});
    QVERIFY(!button(dialog, u"Remove"_s)->isVisibleTo(&dialog));
    QTest::keyClicks(dialog.findChild<QLineEdit *>(), u"ssh://me@host"_s);
    button(dialog, u"Add"_s)->click();
    auto own = engineAt(u"ssh://me@host"_s, u"ssh://me@host"_s);
    own.isOwn = true;
    dialog.setEntries({engineAt(u"unix:///a"_s, u"a"_s), own});
    QCOMPARE(dialog.view()->currentIndex().data().toString(), u"ssh://me@host"_s);
    QSignalSpy removed(&dialog, &EnginesDialog::removeRequested);
    QVERIFY(button(dialog, u"Remove"_s)->isVisibleTo(&dialog));
    button(dialog, u"Remove"_s)->click();
    QCOMPARE(removed.value(0).value(0).toString(), u"ssh://me@host"_s);
}

void tst_EnginesDialog::aMissingEngineIsToldOnce()
{
    EnginesDialog dialog;
    dialog.show();
    auto *notice = dialog.findChild<NoticeBar *>();
    const base::Error error{.message = u"no engine answers"_s, .hint = u"Start one."_s};
    dialog.showMissing(error);
    QVERIFY(notice->isVisible());
    notice->dismiss();
    dialog.showMissing(error);
    QVERIFY2(!notice->isVisible(), "it is looked for every five seconds");
    dialog.showFound();
    dialog.showMissing(error);
    QVERIFY(notice->isVisible());
}

QTEST_MAIN(tst_EnginesDialog)
#include "tst_enginesdialog.moc"
