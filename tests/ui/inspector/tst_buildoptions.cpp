// SPDX-License-Identifier: Apache-2.0
// The build options as a person fills them in.
#include "inspector/buildoptionspanel.h"
#include "inspector/optionrules.h"
#include "inspector/optionsection.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace ui;
using From = workspace::SecretSetting::From;

namespace {

template <class T>
T *named(const QWidget &panel, const QString &name)
{
    for (T *widget : panel.findChildren<T *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

bool says(const QWidget &panel, const QString &words)
{
    const auto labels = panel.findChildren<QLabel *>();
    return std::ranges::any_of(
        labels, [&](const QLabel *label) { return !label->isHidden() && label->text().contains(words); });
}

engine::Ability cannot(const QString &reason, const QString &mend)
{
    return {.can = false, .reason = reason, .mend = mend};
}

}

class TestBuildOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Scheme::Light); }
    void init()
    {
        m_document = std::make_unique<workspace::Workspace>();
        m_document->replaceDocument(u"FROM golang AS builder\nRUN go build\nFROM scratch AS final\n"_s);
        m_panel = std::make_unique<BuildOptionsPanel>();
        m_panel->resize(420, 900);
        m_panel->show();
        m_panel->showSnapshot(m_document->snapshot());
        connect(m_panel.get(), &BuildOptionsPanel::settingsChanged, m_document.get(),
                [this](const workspace::BuildSettings &settings) {
                    m_document->setSettings(settings);
                    m_panel->showSnapshot(m_document->snapshot());
                });
        for (auto *section : m_panel->findChildren<OptionSection *>())
            section->setOpen(true);
    }

    void aListGrowsByARowAndKeepsItsOrder()
    {
        typeRow(u"Labels"_s, {{u"name"_s, u"b"_s}, {u"value"_s, u"1"_s}});
        click(u"Labels, add"_s);
        const auto names = lines(u"Labels, name"_s);
        QCOMPARE(names.size(), 2);
        QTest::keyClicks(names.last(), u"a"_s);
        QCOMPARE(solve().labels, (workspace::Entries{{u"b"_s, u"1"_s}, {u"a"_s, {}}}));
        QTest::mouseClick(named<QToolButton>(*m_panel, u"Labels, remove"_s), Qt::LeftButton);
        QCOMPARE(solve().labels, (workspace::Entries{{u"a"_s, {}}}));
    }

    void aTypedSecretIsKeptOutOfTheSettings()
    {
        click(u"Secrets, add"_s);
        auto *source = named<QComboBox>(*m_panel, u"Secrets, source"_s);
        source->setCurrentIndex(source->findData(u"typed"_s));
        Q_EMIT source->activated(source->currentIndex());
        auto *place = named<QLineEdit>(*m_panel, u"Secrets, place"_s);
        QCOMPARE(place->echoMode(), QLineEdit::Password);
        QTest::keyClicks(named<QLineEdit>(*m_panel, u"Secrets, id"_s), u"token"_s);
        QTest::keyClicks(place, u"planted-7f3a"_s);
        QCOMPARE(solve().secrets, (std::vector<workspace::SecretSetting>{{u"token"_s, From::Typed, {}}}));
        QCOMPARE(m_panel->typedSecrets(), (QHash<QString, QByteArray>{{u"token"_s, "planted-7f3a"}}));
        QVERIFY(!workspace::toJson(solve()).contains("planted-7f3a"));
        // Shown as text it would be kept as a path.
        source->setCurrentIndex(source->findData(u"file"_s));
        Q_EMIT source->activated(source->currentIndex());
        QCOMPARE(named<QLineEdit>(*m_panel, u"Secrets, place"_s)->text(), QString());
    }

    void aTypedSecretOutlivesTheUndoOfSomethingElse()
    {
        typeSecret();
        auto settings = m_document->snapshot().settings;
        settings.solve.secrets.push_back({u"other"_s, From::Environment, u"HOME"_s});
        m_document->setSettings(settings);
        m_panel->showSnapshot(m_document->snapshot());
        QCOMPARE(m_panel->typedSecrets().value(u"token"_s), QByteArray("planted"));
        m_panel->forgetSecrets();
        QVERIFY(m_panel->typedSecrets().value(u"token"_s).isEmpty());
    }

    void whatTheEngineCannotIsGreyedWithReasonAndMend()
    {
        engine::BuildAbilities abilities;
        abilities.secrets = cannot(u"this engine has no BuildKit"_s, u"Use another one."_s);
        abilities.attestations = cannot(u"the old store cannot hold that"_s, u"Switch it."_s);
        m_panel->setAbilities(abilities);
        QVERIFY(!named<QAbstractButton>(*m_panel, u"Secrets, add"_s)->isEnabled());
        QVERIFY(says(*m_panel, u"This engine has no BuildKit. Use another one."_s));
        QVERIFY(!named<QComboBox>(*m_panel, u"List of packages (SBOM)"_s)->isEnabled());
        QVERIFY(named<QAbstractButton>(*m_panel, u"Labels, add"_s)->isEnabled());
        m_panel->setAbilities({});
        QVERIFY(named<QAbstractButton>(*m_panel, u"Secrets, add"_s)->isEnabled());
        QVERIFY(!says(*m_panel, u"This engine has no BuildKit"_s));
    }

    void onlyTheRefusedPermissionIsGreyedAndTheOtherNetworksStay_data()
    {
        QTest::addColumn<bool>("hasNetwork");
        QTest::addColumn<bool>("hasOthers");
        QTest::addColumn<QString>("note");
        QTest::newRow("the engine's network is refused")
            << false << true << u"The network of the engine's machine: not granted. Grant it."_s;
        QTest::newRow("an engine as it comes")
            << true << false << u"All but the network: not granted. Grant it."_s;
        QTest::newRow("all are refused") << false << false << u"Not granted. Grant it."_s;
        QTest::newRow("none is") << true << true << QString();
    }
    void onlyTheRefusedPermissionIsGreyedAndTheOtherNetworksStay()
    {
        QFETCH(const bool, hasNetwork);
        QFETCH(const bool, hasOthers);
        QFETCH(const QString, note);
        const engine::Ability refused = cannot(u"not granted"_s, u"Grant it."_s);
        engine::BuildAbilities abilities;
        abilities.hostNetwork = hasNetwork ? engine::Ability() : refused;
        abilities.entitlements = hasOthers ? engine::Ability() : refused;
        m_panel->setAbilities(abilities);
        QVERIFY(named<QComboBox>(*m_panel, u"Network"_s)->isEnabled());
        QCOMPARE(says(*m_panel, u"The engine's machine: not granted. Grant it."_s), !hasNetwork);
        QCOMPARE(m_panel->findChild<QCheckBox *>(u"network.host"_s)->isEnabled(), hasNetwork);
        QCOMPARE(m_panel->findChild<QCheckBox *>(u"security.insecure"_s)->isEnabled(), hasOthers);
        QCOMPARE(m_panel->findChild<QCheckBox *>(u"device"_s)->isEnabled(), hasOthers);
        QVERIFY(note.isEmpty() || says(*m_panel, note));
    }

    void severalPlatformsMakeOneImageWhereTheEngineCan()
    {
        auto *amd = named<QCheckBox>(*m_panel, u"Platform linux/amd64"_s);
        auto *arm = named<QCheckBox>(*m_panel, u"Platform linux/arm64"_s);
        amd->click();
        QCOMPARE(m_document->snapshot().settings.platform, u"linux/amd64"_s);
        arm->click();
        QCOMPARE(solve().platforms, (QStringList{u"linux/amd64"_s, u"linux/arm64"_s}));
        QCOMPARE(m_document->snapshot().settings.platform, QString());
    }

    void oneOfThePlatformsWhereItCannot()
    {
        engine::BuildAbilities abilities;
        abilities.severalPlatforms = cannot(u"the old store cannot hold that"_s, u"Switch it."_s);
        m_panel->setAbilities(abilities);
        named<QCheckBox>(*m_panel, u"Platform linux/amd64"_s)->click();
        named<QCheckBox>(*m_panel, u"Platform linux/arm64"_s)->click();
        QCOMPARE(solve().platforms, QStringList());
        QCOMPARE(m_document->snapshot().settings.platform, u"linux/arm64"_s);
        QVERIFY(says(*m_panel, u"Switch it."_s));
    }

    void anOutputToAFileAsksWhereTo()
    {
        click(u"Result, add"_s);
        auto *kind = named<QComboBox>(*m_panel, u"Result, kind"_s);
        kind->setCurrentIndex(kind->findData(u"oci"_s));
        Q_EMIT kind->activated(kind->currentIndex());
        QVERIFY(says(*m_panel, u"Choose the file to write."_s));
        QTest::keyClicks(named<QLineEdit>(*m_panel, u"Result, path"_s), u"/tmp/x.tar"_s);
        QVERIFY(!says(*m_panel, u"Choose the file to write."_s));
        QCOMPARE(solve().outputs, (workspace::Entries{{u"oci"_s, u"/tmp/x.tar"_s}}));
    }

    void stagesAreChosenToBeBuiltAnew()
    {
        for (auto *box : m_panel->findChildren<QCheckBox *>()) {
            if (box->text() == u"builder"_s)
                box->click();
        }
        QCOMPARE(solve().noCacheStages, QStringList{u"builder"_s});
    }

    void aClosedGroupSaysWhatIsSetInIt()
    {
        typeRow(u"Labels"_s, {{u"name"_s, u"b"_s}});
        OptionSection *section = nullptr;
        for (auto *one : m_panel->findChildren<OptionSection *>())
            section = one->isAncestorOf(named<QLineEdit>(*m_panel, u"Labels, name"_s)) ? one : section;
        QVERIFY(section);
        section->setOpen(false);
        QVERIFY(says(*m_panel, u"labels: 1"_s));
    }

    void whatIsWrongIsSaid_data()
    {
        using Rule = QString (*)(const QStringList &);
        QTest::addColumn<Rule>("rule");
        QTest::addColumn<QStringList>("row");
        QTest::addColumn<bool>("isRight");
        const auto row = [](const char *name, Rule rule, const QStringList &texts, bool isRight) {
            QTest::newRow(name) << rule << texts << isRight;
        };
        row("a host and its address", whyNoHost, {u"db"_s, u"10.0.0.7"_s}, true);
        row("an address of IPv6", whyNoHost, {u"db"_s, u"::1"_s}, true);
        row("the engine's machine", whyNoHost, {u"db"_s, u"host-gateway"_s}, true);
        row("a host without an address", whyNoHost, {u"db"_s, u""_s}, false);
        row("a host with a name for an address", whyNoHost, {u"db"_s, u"other"_s}, false);
        row("soft and hard", whyNoUlimit, {u"nofile"_s, u"1024:2048"_s}, true);
        row("one number for both", whyNoUlimit, {u"nofile"_s, u"1024"_s}, true);
        row("no number", whyNoUlimit, {u"nofile"_s, u"many"_s}, false);
        row("a context that is an image", whyNoContext, {u"base"_s, u"docker-image://alpine"_s}, true);
        row("a folder that is not there", whyNoContext, {u"base"_s, u"/no/such/folder"_s}, false);
        row("a layout that is not there", whyNoContext, {u"base"_s, u"oci-layout:///no/such/folder:v1"_s},
            false);
        row("a layout without its folder", whyNoContext, {u"base"_s, u"oci-layout://"_s}, false);
        row("a layout beside the Dockerfile", whyNoContext, {u"base"_s, u"oci-layout://layout"_s}, true);
        row("a variable that is set", whyNoSecret, {u"a"_s, u"environment"_s, u"PATH"_s}, true);
        row("a variable that is not", whyNoSecret, {u"a"_s, u"environment"_s, u"NO_SUCH_ONE"_s}, false);
        row("a secret file that is not there", whyNoSecret, {u"a"_s, u"file"_s, u"/no/such"_s}, false);
        row("an id with a blank", whyNoSecret, {u"a b"_s, u"environment"_s, u"PATH"_s}, false);
        row("a cache in a registry", whyNoCache, {u"registry"_s, u"localhost:5000/app:cache"_s}, true);
        row("a cache with attributes", whyNoCache, {u"registry"_s, u"ref=a/b,mode=max"_s}, true);
        row("no reference", whyNoCache, {u"registry"_s, u"Not One"_s}, false);
        row("an image needs no path", whyNoOutput, {u"image"_s, u""_s}, true);
        row("a folder does", whyNoOutput, {u"local"_s, u""_s}, false);
        row("and so does an image's folder", whyNoOutput, {u"oci-folder"_s, u""_s}, false);
    }
    void whatIsWrongIsSaid()
    {
        using Rule = QString (*)(const QStringList &);
        QFETCH(Rule, rule);
        QFETCH(QStringList, row);
        QFETCH(bool, isRight);
        QCOMPARE(rule(row).isEmpty(), isRight);
    }

    void aLayoutIsLookedAtButNotReadAsOneTypes()
    {
        const QTemporaryDir folder;
        const QString address = u"oci-layout://"_s + folder.path();
        const QString byDigest = address + u"@sha256:"_s + QString(64, u'0');
        QVERIFY(whyNoContext({u"base"_s, address}).contains(u"index.json"_s));
        QCOMPARE(whyNoContext({u"base"_s, byDigest}), QString());
        QFile index(folder.filePath(u"index.json"_s));
        QVERIFY(index.open(QIODevice::WriteOnly));
        QVERIFY(index.write("what only the build reads") > 0);
        QCOMPARE(whyNoContext({u"base"_s, address}), QString());
        QCOMPARE(whyNoContext({u"base"_s, QString(address + u":v1"_s)}), QString());
        QVERIFY(!whyNoContext({u"base"_s, QString(address + u"@sha256:0"_s)}).isEmpty());
    }

private:
    [[nodiscard]] const workspace::SolveSettings &solve() const
    {
        return m_document->snapshot().settings.solve;
    }
    void click(const QString &name) { named<QAbstractButton>(*m_panel, name)->click(); }
    QList<QLineEdit *> lines(const QString &name)
    {
        QList<QLineEdit *> found;
        for (auto *line : m_panel->findChildren<QLineEdit *>()) {
            if (line->accessibleName() == name)
                found.append(line);
        }
        return found;
    }
    void typeRow(const QString &list, const std::vector<std::pair<QString, QString>> &fields)
    {
        click(list + u", add"_s);
        for (const auto &[field, text] : fields)
            QTest::keyClicks(lines(list + u", "_s + field).last(), text);
    }
    void typeSecret()
    {
        click(u"Secrets, add"_s);
        auto *source = named<QComboBox>(*m_panel, u"Secrets, source"_s);
        source->setCurrentIndex(source->findData(u"typed"_s));
        Q_EMIT source->activated(source->currentIndex());
        QTest::keyClicks(named<QLineEdit>(*m_panel, u"Secrets, id"_s), u"token"_s);
        QTest::keyClicks(named<QLineEdit>(*m_panel, u"Secrets, place"_s), u"planted"_s);
    }

    std::unique_ptr<workspace::Workspace> m_document;
    std::unique_ptr<BuildOptionsPanel> m_panel;
};

QTEST_MAIN(TestBuildOptions)
#include "tst_buildoptions.moc"
