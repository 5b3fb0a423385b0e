// SPDX-License-Identifier: Apache-2.0
#include "project/gomodfile.h"
#include "project/gomodule.h"
#include "project/gosource.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using Files = QMap<QString, QString>;

namespace {

void write(const QTemporaryDir &folder, const Files &files)
{
    for (const auto &[path, text] : files.asKeyValueRange()) {
        const QString absolute = folder.filePath(path);
        QDir().mkpath(QFileInfo(absolute).path());
        QFile file(absolute);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s", qPrintable(file.errorString()));
        file.write(text.toUtf8());
    }
}

QStringList mainsOf(const project::GoModule &module)
{
    QStringList out;
    for (const auto &main : module.mains)
        out << main.folder + u'=' + main.binaryName;
    return out;
}

}

class TestGoModule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goModIsRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("go");
        QTest::addColumn<QString>("toolchain");
        QTest::addColumn<QStringList>("requirements");
        QTest::newRow("small") << u"module hello\n\ngo 1.21\n"_s << u"hello"_s << u"1.21"_s << QString()
                               << QStringList{};
        QTest::newRow("all of it")
            << u"// a comment\nmodule example.org/a // why\ngo 1.24.0\ntoolchain go1.24.4\n"
               "require example.org/b v1.0.0\nrequire (\n\texample.org/c v1.2.3 // indirect\n\n\t// alone\n"
               "\t\"example.org/d\" v0.1.0\n)\nexclude example.org/e v1.0.0\nretract [v1.0.0, v1.1.0]\n"_s
            << u"example.org/a"_s << u"1.24.0"_s << u"go1.24.4"_s
            << QStringList{u"example.org/b"_s, u"example.org/c"_s, u"example.org/d"_s};
        QTest::newRow("quoted") << u"module \"example.org/a\"\ngo `1.20`"_s << u"example.org/a"_s << u"1.20"_s
                                << QString() << QStringList{};
        QTest::newRow("a module block, CRLF and a BOM")
            << u"\uFEFFmodule (\r\n  example.org/a\r\n)\r\ngo 1.22\r\n"_s << u"example.org/a"_s << u"1.22"_s
            << QString() << QStringList{};
        QTest::newRow("a block without a blank")
            << u"module a\nrequire(\nb v1\n)\n"_s << u"a"_s << QString() << QString() << QStringList{u"b"_s};
        QTest::newRow("an empty block on one line")
            << u"module a\nrequire ()\ngo 1.21"_s << u"a"_s << u"1.21"_s << QString() << QStringList{};
        QTest::newRow("an unknown block hides nothing after it")
            << u"module a\nfuture (\n go 9\n)\ngo 1.21"_s << u"a"_s << u"1.21"_s << QString()
            << QStringList{};
        QTest::newRow("noise") << u"\0\x01)(\"`\\"_s << QString() << QString() << QString() << QStringList{};
    }
    void goModIsRead()
    {
        QFETCH(QString, text);
        const auto file = project::readGoMod(text);
        QTEST(file.path, "path");
        QTEST(file.goVersion, "go");
        QTEST(file.toolchain, "toolchain");
        QTEST(file.requirements, "requirements");
    }

    void localReplacementsAreNamed()
    {
        const auto file =
            project::readGoMod(u"module a\nreplace b => ../b\nreplace (\n c v1 => ./c\n d => e v1.0.0\n)");
        QCOMPARE(file.localReplacements, (QStringList{u"../b"_s, u"./c"_s}));
    }

    void goFilesAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("package");
        QTest::addColumn<QStringList>("imports");
        QTest::newRow("plain") << u"package main\n\nfunc main() {}\n"_s << u"main"_s << QStringList{};
        QTest::newRow("comments before and between")
            << u"/* package no */ // package no\npackage /* x */ main // y\nimport ( // z\n\t\"fmt\"\n)\n"_s
            << u"main"_s << QStringList{u"fmt"_s};
        QTest::newRow("single imports, names, raw strings")
            << u"package a\nimport \"C\"\nimport . `net/http`\nimport _ \"embed\"; import x \"y\"\nvar s = \"no\""_s
            << u"a"_s << QStringList{u"C"_s, u"net/http"_s, u"embed"_s, u"y"_s};
        QTest::newRow("a block on one line") << u"package a; import (\"b\"; c \"d\")\nvar x = \"no\""_s
                                             << u"a"_s << QStringList{u"b"_s, u"d"_s};
        QTest::newRow("no imports after the first declaration")
            << u"package a\nvar import_ = 1\nvar s = \"b\""_s << u"a"_s << QStringList{};
        QTest::newRow("cut off") << u"package a\nimport (\n\"b"_s << u"a"_s << QStringList{u"b"_s};
        QTest::newRow("no Go") << u"hello"_s << QString() << QStringList{};
    }
    void goFilesAreRead()
    {
        QFETCH(QString, text);
        const auto source = project::readGoSource(text);
        QTEST(source.package, "package");
        QTEST(source.imports, "imports");
    }

    void embedsAreRead()
    {
        const auto source = project::readGoSource(
            u"package a\nimport _ \"embed\"\n//go:embed static/* \"with blank\" `raw`\nvar f embed.FS\n"
            "const s = `\n//go:embed no\n`\n// go:embed no\n");
        QCOMPARE(source.embeds, (QStringList{u"static/*"_s, u"with blank"_s, u"raw"_s}));
    }

    void modulesAreRead()
    {
        QTemporaryDir folder;
        write(folder,
              {{u"go.mod"_s, u"module example.org/shop/v2\ngo 1.23\nrequire x v1.0.0\n"_s},
               {u"go.sum"_s, u""_s},
               {u"cmd/shop/main.go"_s, u"package main\nimport \"net/http\"\n"
                                       "func main() { http.ListenAndServe(\":9000\", nil) }"_s},
               {u"cmd/admin/main.go"_s, u"package main\nfunc main() {}"_s},
               {u"cmd/api/v2/main.go"_s, u"package main\nfunc main() {}"_s},
               {u"examples/one/main.go"_s, u"package main\nfunc main() {}"_s},
               {u"gen.go"_s, u"//go:build ignore\n\npackage main\nimport \"C\"\n"_s},
               {u"shop.go"_s, u"package shop\nimport _ \"embed\"\n//go:embed page.html\nvar p string\n"
                              "var cache = \"localhost:6379\"\n"_s},
               {u"shop_test.go"_s, u"package main"_s},
               {u"vendor/v/main.go"_s, u"package main"_s},
               {u"testdata/t/main.go"_s, u"package main"_s},
               {u"_old/main.go"_s, u"package main"_s},
               {u".cache/main.go"_s, u"package main"_s},
               {u"other/go.mod"_s, u"module other"_s},
               {u"other/main.go"_s, u"package main"_s},
               {u"native/n.go"_s, u"package native\n\n// #include <math.h>\nimport \"C\"\n"_s}});
        const auto module = project::loadGoModule(folder.path());
        QVERIFY(module);
        QCOMPARE(module->path, u"example.org/shop/v2"_s);
        QCOMPARE(mainsOf(*module), (QStringList{u"cmd/shop=shop"_s, u"cmd/admin=admin"_s, u"cmd/api/v2=api"_s,
                                                u"examples/one=one"_s}));
        QVERIFY(module->hasGoSum);
        QVERIFY(module->hasRequirements);
        QVERIFY(!module->hasVendor);
        QVERIFY(module->usesCgo);
        QVERIFY(module->usesTls);
        QCOMPARE(module->embeds, QStringList{u"page.html"_s});
        QCOMPARE(module->ports, (QList<int>{9000, 6379}));
        QVERIFY(module->notes.isEmpty());
    }

    void aGeneratorsImportsDoNotCount()
    {
        QTemporaryDir folder;
        write(folder, {{u"go.mod"_s, u"module hello/v3"_s},
                       {u"hello.go"_s, u"package main\nfunc main() { port := getenv(\"PORT\", \"8080\") }"_s},
                       {u"gen.go"_s, u"// +build ignore\n\npackage gen\nimport \"C\"\n"_s},
                       {u"vendor/modules.txt"_s, u"# x v1"_s}});
        const auto module = project::loadGoModule(folder.path());
        QVERIFY(!module->usesCgo);
        QVERIFY(module->hasVendor);
        QCOMPARE(mainsOf(*module), QStringList{u".=hello"_s});
        QCOMPARE(module->ports, QList<int>{8080});
    }

    void whatIsNoModuleSaysWhy()
    {
        QTemporaryDir folder;
        const auto missing = project::loadGoModule(folder.filePath(u"nowhere"_s));
        QCOMPARE(missing.error().kind, base::Error::Kind::NotFound);
        const auto empty = project::loadGoModule(folder.path());
        QCOMPARE(empty.error().kind, base::Error::Kind::NotFound);
        QVERIFY(empty.error().hint.contains(u"go mod init"_s));
        write(folder, {{u"go.mod"_s, u"go 1.21\n"_s}});
        const auto nameless = project::loadGoModule(folder.path());
        QCOMPARE(nameless.error().kind, base::Error::Kind::Malformed);
        QVERIFY(nameless.error().where.endsWith(u"/go.mod"_s));
        const auto file = project::loadGoModule(folder.filePath(u"go.mod"_s));
        QCOMPARE(file.error().kind, base::Error::Kind::Malformed);
        if (geteuid() == 0)
            QSKIP("root may read everything");
        QVERIFY(QFile::setPermissions(folder.filePath(u"go.mod"_s), QFile::Permissions()));
        QCOMPARE(project::loadGoModule(folder.path()).error().kind, base::Error::Kind::Refused);
    }

    void noPrefixOfAFileIsTooMuch()
    {
        const QString text =
            u"// c\n/* d */package main\nimport (\n_ \"embed\"; `x`)\n//go:embed \"a b\" `c`\n"
            "var r = '\\'' + \":8080\" + \"\\\\\" + `\n`"_s;
        for (qsizetype length = 0; length <= text.size(); ++length) {
            project::readGoSource(text.first(length));
            project::readGoMod(text.first(length));
        }
    }
};

QTEST_APPLESS_MAIN(TestGoModule)
#include "tst_gomodule.moc"
