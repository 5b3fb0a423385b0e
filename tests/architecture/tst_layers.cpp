// SPDX-License-Identifier: Apache-2.0
// The arrows of core/README.md, checked on the #include lines: a forbidden one fails here before it grows
// roots.
#include <QDirIterator>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

using Arrows = QMap<QString, QSet<QString>>;

// A folder may include its own headers and those of the folders named here.
const Arrows coreArrows{
    {u"base"_s, {}},
    {u"dockerfile"_s, {u"base"_s}},
    {u"graph"_s, {u"dockerfile"_s, u"base"_s}},
    {u"lint"_s, {u"dockerfile"_s, u"graph"_s, u"base"_s}},
    {u"language"_s, {u"dockerfile"_s, u"graph"_s, u"lint"_s, u"base"_s}},
    {u"project"_s, {u"dockerfile"_s, u"base"_s}},
    {u"bake"_s, {u"base"_s}},
    {u"recipes"_s, {u"dockerfile"_s, u"project"_s, u"base"_s}},
    {u"engine"_s, {u"base"_s}},
    {u"image"_s, {u"base"_s}},
    {u"history"_s, {u"base"_s}},
    {u"journal"_s, {u"base"_s}},
    {u"merge"_s, {u"base"_s}},
    {u"workspace"_s, {u"dockerfile"_s, u"graph"_s, u"lint"_s, u"project"_s, u"base"_s}},
};

// Areas of ui do not see each other, except for the shared look and the undo commands.
const QSet<QString> sharedUi{u"theme"_s, u"widgets"_s, u"commands"_s};

struct Include
{
    QString file;
    QString path;
    bool quoted = false;
};

QList<Include> includesBelow(const QString &folder)
{
    static const QRegularExpression pattern(u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s,
                                            QRegularExpression::MultilineOption);
    QList<Include> found;
    QDirIterator files(folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto matches = pattern.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const auto match = matches.next();
            found.append({file.fileName(), match.captured(2), match.captured(1) == u"\""});
        }
    }
    return found;
}

QString sourceFolder(const QString &path)
{
    return QStringLiteral(SOURCE_DIR) + u'/' + path;
}

bool isFolderOf(const QString &part, const QString &name)
{
    return QDir(sourceFolder(part)).exists(name);
}

}

class tst_Layers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCoreFolderHasItsArrows();
    void coreIncludesOnlyWhatItsArrowsAllow_data();
    void coreIncludesOnlyWhatItsArrowsAllow();
    void coreLinksWhatItsArrowsDraw_data() { coreIncludesOnlyWhatItsArrowsAllow_data(); }
    void coreLinksWhatItsArrowsDraw();
    void coreKnowsNoWidgets();
    void uiNeverIncludesApp();
    void uiAreasDoNotSeeEachOther();
    void everySourceFileNamesItsLicence();
};

void tst_Layers::everyCoreFolderHasItsArrows()
{
    const auto folders = QDir(sourceFolder(u"core"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(QSet(folders.cbegin(), folders.cend()), QSet(coreArrows.keyBegin(), coreArrows.keyEnd()));
}

void tst_Layers::coreIncludesOnlyWhatItsArrowsAllow_data()
{
    QTest::addColumn<QString>("folder");
    for (const auto &folder : coreArrows.keys())
        QTest::newRow(qPrintable(folder)) << folder;
}

void tst_Layers::coreIncludesOnlyWhatItsArrowsAllow()
{
    QFETCH(QString, folder);
    const auto allowed = coreArrows[folder] + QSet{folder};
    for (const auto &include : includesBelow(sourceFolder(u"core/"_s + folder))) {
        if (!include.quoted)
            continue;
        const QString target = include.path.section(u'/', 0, 0);
        const bool fine = allowed.contains(target) || !coreArrows.contains(target);
        QVERIFY2(fine, qPrintable(include.file + u" must not include "_s + include.path));
        for (const auto &outer : {u"ui"_s, u"app"_s})
            QVERIFY2(!isFolderOf(outer, target) || coreArrows.contains(target),
                     qPrintable(include.file + u" reaches up to "_s + include.path));
    }
}

// The links in CMake are the arrows themselves; what is reached through another library need not be named
// again.
void tst_Layers::coreLinksWhatItsArrowsDraw()
{
    QFETCH(QString, folder);
    QFile file(sourceFolder(u"core/%1/CMakeLists.txt"_s.arg(folder)));
    QVERIFY(file.open(QIODevice::ReadOnly));
    static const QRegularExpression link(u"\\bcore::([a-z]+)"_s);
    QSet<QString> reached;
    auto matches = link.globalMatch(QString::fromUtf8(file.readAll()));
    while (matches.hasNext()) {
        const QString target = matches.next().captured(1);
        QVERIFY2(coreArrows[folder].contains(target),
                 qPrintable(folder + u" must not link core::"_s + target));
        reached += coreArrows[target] + QSet{target};
    }
    QCOMPARE(reached, coreArrows[folder]);
}

void tst_Layers::coreKnowsNoWidgets()
{
    static const QRegularExpression gui(
        u"^(QtGui|QtWidgets|QtSvg)/|^Q(Widget|Application|Painter|Undo|Icon|Color)"_s);
    for (const auto &include : includesBelow(sourceFolder(u"core"_s)))
        QVERIFY2(!gui.match(include.path).hasMatch(),
                 qPrintable(include.file + u" must not include "_s + include.path));
}

void tst_Layers::uiNeverIncludesApp()
{
    for (const auto &include : includesBelow(sourceFolder(u"ui"_s)))
        QVERIFY2(!include.quoted || !include.path.startsWith(u"app/"_s),
                 qPrintable(include.file + u" must not include "_s + include.path));
}

void tst_Layers::uiAreasDoNotSeeEachOther()
{
    const QDir ui(sourceFolder(u"ui"_s));
    const auto areas = ui.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const auto &area : areas) {
        for (const auto &include : includesBelow(ui.filePath(area))) {
            // ui areas and core folders share names (graph, project): the header tells which one is meant.
            const QString target = include.path.section(u'/', 0, 0);
            const bool another = include.quoted && target != area && areas.contains(target) &&
                                 !sharedUi.contains(target) && QFile::exists(ui.filePath(include.path));
            QVERIFY2(!another, qPrintable(include.file + u" must not include "_s + include.path));
        }
    }
}

void tst_Layers::everySourceFileNamesItsLicence()
{
    for (const auto &part : {u"core"_s, u"ui"_s, u"app"_s, u"tests"_s}) {
        QDirIterator files(sourceFolder(part), {u"*.h"_s, u"*.cpp"_s, u"CMakeLists.txt"_s, u"*.proto"_s},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.readLine().contains("SPDX-License-Identifier: Apache-2.0"),
                     qPrintable(file.fileName()));
        }
    }
}

QTEST_APPLESS_MAIN(tst_Layers)
#include "tst_layers.moc"
