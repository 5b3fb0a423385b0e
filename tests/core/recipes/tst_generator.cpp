// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/dockerignore.h"
#include "dockerfile/tree.h"
#include "graph/stagegraph.h"
#include "lint/linter.h"
#include "recipes/recipe.h"

#include <QTest>

using namespace Qt::StringLiterals;
using recipes::Choices;

namespace {

project::GoModule plainModule()
{
    project::GoModule module;
    module.path = u"hello"_s;
    module.goVersion = u"1.21"_s;
    module.mains = {{u"."_s, u"hello"_s}};
    return module;
}

project::GoModule moduleWithRequirements()
{
    project::GoModule module = plainModule();
    module.hasRequirements = true;
    module.hasGoSum = true;
    return module;
}

/// Nothing that parser or rules call an error.
QString errorsIn(const QString &text)
{
    const auto tree = dockerfile::parse(text);
    QStringList errors;
    for (const auto &problem : tree.problems())
        errors << problem.message;
    for (const auto &finding : lint::run(tree, graph::build(tree), {}))
        if (finding.severity == lint::Severity::Error)
            errors << finding.rule + u": "_s + finding.message;
    return errors.join(u'\n');
}

}

class TestGenerator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bestPracticeIsTheDefault()
    {
        auto module = moduleWithRequirements();
        Choices choices = recipes::choicesFor(module);
        choices.port = 8080;
        choices.certificates = true;
        choices.timeZone = u"Asia/Shanghai"_s;
        choices.versionVariable = u"main.Version"_s;
        const QString expected =
            u"# Compiles on the machine's own platform, for whatever platform is asked for.\n"
            "FROM --platform=$BUILDPLATFORM golang:1.24-alpine AS build\n"
            "WORKDIR /src\n"
            "ENV CGO_ENABLED=0\n"
            "RUN apk add --no-cache ca-certificates tzdata\n"
            "\n"
            "# Modules are a step of their own: it runs again only when they change.\n"
            "RUN --mount=type=cache,target=/go/pkg/mod \\\n"
            "    --mount=type=bind,source=go.mod,target=/src/go.mod \\\n"
            "    --mount=type=bind,source=go.sum,target=/src/go.sum \\\n"
            "    go mod download\n"
            "\n"
            "# The sources are mounted, not copied: no layer holds them.\n"
            "ARG TARGETOS\n"
            "ARG TARGETARCH\n"
            "ARG VERSION=dev\n"
            "RUN --mount=type=cache,target=/go/pkg/mod \\\n"
            "    --mount=type=cache,target=/root/.cache/go-build \\\n"
            "    --mount=type=bind,target=/src \\\n"
            "    GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags=\"-s -w -X "
            "main.Version=$VERSION\" "
            "-o /out/hello .\n"
            "\n"
            "FROM scratch AS final\n"
            "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt\n"
            "COPY --from=build /usr/share/zoneinfo/Asia/Shanghai /usr/share/zoneinfo/Asia/Shanghai\n"
            "ENV TZ=Asia/Shanghai\n"
            "COPY --from=build /out/hello /usr/local/bin/hello\n"
            "USER 65532:65532\n"
            "EXPOSE 8080\n"
            "ENTRYPOINT [\"/usr/local/bin/hello\"]\n"_s;
        QCOMPARE(recipes::generate(module, choices).value(), expected);
    }

    void anyCombinationIsWellFormed()
    {
        int made = 0;
        for (int kind = 0; kind < 3; ++kind) { // plain, with requirements, vendored
            auto module = kind == 0 ? plainModule() : moduleWithRequirements();
            module.hasVendor = kind == 2;
            for (const auto &base :
                 {u"scratch"_s, u"alpine"_s, u"distroless"_s, u"debian"_s, u"busybox:1"_s,
                  u"gcr.io/distroless/base-debian12"_s, u"registry.example:5000/a/b:c"_s}) {
                // A step that shares no factor with the count meets every pair of choices in a fraction of
                // the time.
                for (int bits = made % 37; bits < 1 << 11; bits += 37) {
                    const auto bit = [bits](int index) { return (bits >> index & 1) != 0; };
                    Choices choices;
                    choices.base = base;
                    choices.goVersion = bit(0) ? u"1.24"_s : QString();
                    choices.alpineBuilder = bit(1);
                    choices.cgo = bit(2);
                    choices.cacheMounts = bit(3);
                    choices.bindMounts = bit(4);
                    choices.certificates = bit(5);
                    choices.timeZone = bit(6) ? u"Europe/Paris"_s : QString();
                    choices.nonRoot = bit(7);
                    choices.stripSymbols = choices.trimPath = bit(8);
                    choices.versionVariable = bit(9) ? u"example.org/a/b.Version"_s : QString();
                    choices.port = bit(10) ? 8080 : 0;
                    choices.crossCompile = bit(8);
                    choices.mainPackage = bit(9) ? u"cmd/it's me"_s : u"."_s;
                    const auto text = recipes::generate(module, choices);
                    if (!text) { // only what contradicts itself, and with a way out
                        QVERIFY(choices.cgo && !choices.alpineBuilder);
                        QVERIFY(!text.error().hint.isEmpty());
                        continue;
                    }
                    ++made;
                    const QString errors = errorsIn(*text);
                    QVERIFY2(errors.isEmpty(), qPrintable(errors + u"\n\n"_s + *text));
                }
            }
        }
        QVERIFY(made > 500);
    }

    void theBuilderFollowsTheChoices_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<bool>("alpine");
        QTest::addColumn<QString>("image");
        QTest::newRow("a release on alpine") << u"1.24"_s << true << u"golang:1.24-alpine"_s;
        QTest::newRow("a release on Debian") << u"1.24"_s << false << u"golang:1.24"_s;
        QTest::newRow("any on alpine") << QString() << true << u"golang:alpine"_s;
        QTest::newRow("any on Debian") << QString() << false << u"golang"_s;
        QTest::newRow("a release candidate") << u"1.25rc1"_s << true << u"golang:1.25rc1-alpine"_s;
    }
    void theBuilderFollowsTheChoices()
    {
        QFETCH(QString, version);
        QFETCH(bool, alpine);
        QFETCH(QString, image);
        Choices choices;
        choices.goVersion = version;
        choices.alpineBuilder = alpine;
        choices.crossCompile = false;
        const QString text = recipes::generate(plainModule(), choices).value();
        QCOMPARE(text.section(u'\n', 0, 0), QString(u"FROM "_s + image + u" AS build"_s));
    }

    void whatIsNotNeededIsNotThere()
    {
        const QString text = recipes::generate(plainModule(), {}).value();
        QVERIFY(!text.contains(u"go mod download"_s)); // nothing to download
        QVERIFY(!text.contains(u"go.sum"_s));
        QVERIFY(!text.contains(u"apk"_s));
        QVERIFY(!text.contains(u"syntax="_s)); // would need a registry
        auto vendored = moduleWithRequirements();
        vendored.hasVendor = true;
        const QString fromVendor = recipes::generate(vendored, {}).value();
        QVERIFY(fromVendor.contains(u"-mod=vendor"_s));
        QVERIFY(!fromVendor.contains(u"go mod download"_s));
        auto replaced = moduleWithRequirements();
        replaced.localReplacements = {u"./lib"_s};
        QVERIFY(!recipes::generate(replaced, {})->contains(u"go mod download"_s));
    }

    void cgoLinksForItsBase_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<bool>("alpine");
        QTest::addColumn<QString>("holds");
        QTest::newRow("scratch") << u"scratch"_s << true << u"-linkmode external -extldflags -static"_s;
        QTest::newRow("musl in both stages")
            << u"alpine"_s << true << u"RUN apk add --no-cache gcc musl-dev"_s;
        QTest::newRow("glibc in both stages")
            << u"debian"_s << false << u"FROM golang:1.24-bookworm AS build"_s;
        QTest::newRow("glibc for scratch is refused") << u"scratch"_s << false << QString();
        QTest::newRow("glibc for alpine is refused") << u"alpine"_s << false << QString();
        QTest::newRow("glibc for static distroless is refused") << u"distroless"_s << false << QString();
    }
    void cgoLinksForItsBase()
    {
        QFETCH(QString, base);
        QFETCH(bool, alpine);
        QFETCH(QString, holds);
        Choices choices;
        choices.goVersion = u"1.24"_s;
        choices.cgo = true;
        choices.base = base;
        choices.alpineBuilder = alpine;
        const auto text = recipes::generate(plainModule(), choices);
        QCOMPARE(text.has_value(), !holds.isEmpty());
        if (!text)
            return;
        QVERIFY2(text->contains(holds), qPrintable(*text));
        QVERIFY(text->contains(u"CGO_ENABLED=1"_s));
        QVERIFY(!text->contains(u"BUILDPLATFORM"_s)); // needs a C compiler for each platform
    }

    void nonRootFitsTheBase_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<bool>("nonRoot");
        QTest::addColumn<QString>("holds");
        QTest::newRow("scratch has no names") << u"scratch"_s << true << u"\nUSER 65532:65532\n"_s;
        QTest::newRow("alpine") << u"alpine"_s << true
                                << u"\nRUN adduser -D -H -u 10001 -s /sbin/nologin app\n"_s;
        QTest::newRow("debian") << u"debian"_s << true << u"\nRUN useradd "_s;
        QTest::newRow("distroless has the user")
            << u"distroless"_s << true << u"static-debian12:nonroot AS final"_s;
        QTest::newRow("distroless as root") << u"distroless"_s << false << u"static-debian12 AS final"_s;
    }
    void nonRootFitsTheBase()
    {
        QFETCH(QString, base);
        QFETCH(bool, nonRoot);
        QFETCH(QString, holds);
        Choices choices;
        choices.base = base;
        choices.nonRoot = nonRoot;
        const QString text = recipes::generate(plainModule(), choices).value();
        QVERIFY2(text.contains(holds), qPrintable(text));
    }

    void wordsThatWouldBreakTheFileAreRefused_data()
    {
        QTest::addColumn<Choices>("choices");
        const auto with = [](auto member, const auto &value) {
            Choices choices;
            choices.*member = value;
            return choices;
        };
        QTest::newRow("a name with a blank") << with(&Choices::binaryName, u"a b"_s);
        QTest::newRow("a name with a slash") << with(&Choices::binaryName, u"../a"_s);
        QTest::newRow("no name") << with(&Choices::binaryName, u""_s);
        QTest::newRow("a base with a line end") << with(&Choices::base, u"alpine\nRUN x"_s);
        QTest::newRow("no base") << with(&Choices::base, u""_s);
        QTest::newRow("a version with words") << with(&Choices::goVersion, u"latest please"_s);
        QTest::newRow("a zone with dots") << with(&Choices::timeZone, u"../../etc/passwd"_s);
        QTest::newRow("a variable with quotes") << with(&Choices::versionVariable, u"main.V\" x"_s);
        QTest::newRow("a folder with a line end") << with(&Choices::mainPackage, u"a\nb"_s);
        QTest::newRow("a port too high") << with(&Choices::port, 70000);
    }
    void wordsThatWouldBreakTheFileAreRefused()
    {
        QFETCH(Choices, choices);
        const auto text = recipes::generate(plainModule(), choices);
        QVERIFY(!text);
        QVERIFY(!text.error().message.isEmpty());
    }

    void modulesOutsideOfTheContextAreNamed()
    {
        auto module = moduleWithRequirements();
        module.localReplacements = {u"../shared"_s};
        const auto text = recipes::generate(module, {});
        QVERIFY(!text);
        QVERIFY(text.error().message.contains(u"../shared"_s));
        module.hasVendor = true;
        QVERIFY(recipes::generate(module, {}));
    }

    void choicesFitTheModule()
    {
        auto module = moduleWithRequirements();
        QCOMPARE(recipes::choicesFor(module).goVersion, u"1.24"_s); // 1.21 gets no fixes any more
        module.goVersion = u"1.26.1"_s;
        module.mains = {{u"cmd/shop"_s, u"shop"_s}, {u"cmd/x"_s, u"x"_s}};
        module.ports = {9000, 6379};
        module.usesTls = true;
        const Choices choices = recipes::choicesFor(module);
        QCOMPARE(choices.goVersion, u"1.26"_s);
        QCOMPARE(choices.mainPackage, u"cmd/shop"_s);
        QCOMPARE(choices.binaryName, u"shop"_s);
        QCOMPARE(choices.port, 9000);
        QVERIFY(choices.certificates);
        QVERIFY(!choices.cgo);
        module.usesCgo = true;
        QVERIFY(recipes::choicesFor(module).cgo);
        QVERIFY(recipes::generate(module, recipes::choicesFor(module)));
    }

    void theIgnoreFileKeepsWhatIsEmbedded()
    {
        const dockerfile::DockerIgnore plain(recipes::generateDockerIgnore(plainModule()));
        QVERIFY(plain.problems().isEmpty());
        for (const auto &path : {u".git"_s, u"README.md"_s, u"a/x_test.go"_s, u".env"_s, u"a/server.key"_s})
            QVERIFY2(plain.verdict(path).excluded, qPrintable(path));
        for (const auto &path :
             {u"go.mod"_s, u"go.sum"_s, u"main.go"_s, u"vendor/modules.txt"_s, u"static/a.css"_s})
            QVERIFY2(!plain.verdict(path).excluded, qPrintable(path));
        auto module = plainModule();
        module.embeds = {u"docs"_s, u"help.md"_s};
        const dockerfile::DockerIgnore embedding(recipes::generateDockerIgnore(module));
        QVERIFY(!embedding.verdict(u"docs/a.md").excluded);
        QVERIFY(!embedding.verdict(u"help.md").excluded);
        QVERIFY(embedding.verdict(u".git").excluded);
        QVERIFY(embedding.verdict(u".env").excluded);
    }
};

QTEST_APPLESS_MAIN(TestGenerator)
#include "tst_generator.moc"
