// SPDX-License-Identifier: Apache-2.0
#include "engine/steps/buildfailure.h"
#include "engine/steps/failurehints.h"
#include "engine/steps/failurewords.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What Engines 20.10, 26.1 and 28.5 said of builds that were made to fail, and what a person reads of it.
class TestFailureWords : public QObject
{
    Q_OBJECT

    static constexpr const char *dialFailure = "dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: "
                                               "dial udp 10.255.255.53:53: connect: network is "
                                               "unreachable";

    static void row(const char *name, const QString &said, const QString &instruction, const QString &words,
                    const QString &hint)
    {
        QTest::newRow(name) << said << instruction << words << hint;
    }
    static void columns()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("instruction"); // or the name of an internal step
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("hint");
    }
    static void compare()
    {
        QFETCH(QString, said);
        QFETCH(QString, instruction);
        QFETCH(QString, hint);
        engine::BuildStep step;
        step.name = step.instruction = instruction;
        const base::Error error = engine::buildFailure(said, u"Dockerfile"_s, &step, {});
        QTEST(error.message, "words");
        QVERIFY2(error.hint.contains(hint), qPrintable(error.hint));
        QVERIFY(hint.isEmpty() == error.hint.isEmpty());
    }

private Q_SLOTS:
    void imagesThatCannotBeHad_data()
    {
        columns();
        const QString load = u"[internal] load metadata for docker.io/library/nosuch:v9"_s;
        const QString resolving =
            u"nosuch:v9: failed to resolve source metadata for docker.io/library/nosuch:v9: "_s;
        const QString local = u"127.0.0.1:5000/x/y:v1: failed to resolve source metadata for "
                              "127.0.0.1:5000/x/y:v1: "_s;
        const QString head =
            u"unexpected status from HEAD request to http://127.0.0.1:5000/v2/x/y/manifests/v1: "_s;
        row("without a network",
            resolving +
                u"failed to do request: Head \"https://registry-1.docker.io/v2/library/nosuch/manifests/v9\": "_s +
                QLatin1StringView(dialFailure),
            load,
            u"nosuch:v9: the registry registry-1.docker.io cannot be reached (network is unreachable)"_s,
            u"Check the name"_s);
        row("20.10 leaves the image out",
            u"failed to do request: Head \"https://h/v2/x\": connect: connection refused"_s,
            u"[internal] load metadata for example.org/base:v1"_s,
            u"example.org/base:v1: the registry h cannot be reached (connection refused)"_s,
            u"Check the name"_s);
        row("named by an engine before", u"example.org/base:v1: failed to do request: connection refused"_s,
            u"[internal] load metadata for example.org/base:v1"_s,
            u"example.org/base:v1: the registry example.org cannot be reached (connection refused)"_s,
            u"Check the name"_s);
        row("of a syntax line",
            u"failed to resolve source metadata for docker.io/docker/dockerfile:99: failed to do request: "
            u"Head "
            "\"https://registry-1.docker.io/v2/docker/dockerfile/manifests/99\": net/http: TLS handshake timeout"_s,
            u"resolve image config for docker-image://docker.io/docker/dockerfile:99"_s,
            u"docker/dockerfile:99: the registry registry-1.docker.io cannot be reached (TLS handshake timeout)"_s,
            u"Check the name"_s);
        row("404", local + u"127.0.0.1:5000/x/y:v1: not found"_s, {},
            u"127.0.0.1:5000/x/y:v1: the registry 127.0.0.1:5000 has no such image"_s, {});
        row("401", local + head + u"401 Unauthorized"_s, {},
            u"127.0.0.1:5000/x/y:v1: the registry 127.0.0.1:5000 wants a login (401 Unauthorized)"_s,
            u"docker login"_s);
        row("401, 20.10", u"unexpected status code [manifests v1]: 401 Unauthorized"_s,
            u"[internal] load metadata for h:5000/x:v1"_s,
            u"h:5000/x:v1: the registry h:5000 wants a login (401 Unauthorized)"_s, u"docker login"_s);
        row("403 from whoever gives tokens",
            local + u"failed to authorize: failed to fetch anonymous token: unexpected status from GET "
                    u"request to "
                    "http://auth.test:80/token?scope=repository%3Atok%2Fy%3Apull&service=x: 403 Forbidden"_s,
            {}, u"127.0.0.1:5000/x/y:v1: the registry auth.test:80 does not allow it (403 Forbidden)"_s,
            u"docker login"_s);
        row("429", local + head + u"429 Too Many Requests"_s, {},
            u"127.0.0.1:5000/x/y:v1: the registry 127.0.0.1:5000 was asked too often (429 Too Many Requests)"_s,
            u"pause"_s);
        row("500", local + head + u"500 Internal Server Error"_s, {},
            u"127.0.0.1:5000/x/y:v1: the registry 127.0.0.1:5000 has a fault of its own (500 Internal Server Error)"_s,
            u"try again later"_s);
        row("503", local + head + u"503 Service Unavailable"_s, {},
            u"127.0.0.1:5000/x/y:v1: the registry 127.0.0.1:5000 has a fault of its own (503 Service Unavailable)"_s,
            u"try again later"_s);
        row("Docker Hub knows none",
            resolving + u"pull access denied, repository does not exist or may require authorization: server "
                        u"message: "
                        "insufficient_scope: authorization failed"_s,
            load,
            u"nosuch:v9: the registry docker.io has no such image, or shows it only to those who are logged in"_s,
            u"docker login"_s);
        row("another platform", local + u"no match for platform in manifest: not found"_s, {},
            u"127.0.0.1:5000/x/y:v1: there is no image of it for this platform"_s, u"platform"_s);
        row("rubbish",
            local +
                u"failed commit on ref \"unknown-sha256:22\": unexpected commit digest sha256:b7, expected "
                "sha256:22: failed precondition"_s,
            {},
            u"127.0.0.1:5000/x/y:v1: what the registry 127.0.0.1:5000 sent is not what it had announced"_s,
            u"broken"_s);
        row("a path that looks like a status",
            u"h/r401/x:v1: failed to resolve source metadata for h/r401/x:v1: something new"_s, {},
            u"h/r401/x:v1: something new"_s, {});
    }
    void imagesThatCannotBeHad() { compare(); }

    void filesThatAreNotThere_data()
    {
        columns();
        const QString sum = u"failed to calculate checksum of ref 94-8c::5y6: "_s;
        row("in the context", sum + u"\"/nosuch.txt\": not found"_s, u"COPY nosuch.txt /"_s,
            u"\"/nosuch.txt\" is not in the build context"_s, u".dockerignore"_s);
        row("in the context, 20.10", u"failed to compute cache key: \"/a\" not found: not found"_s,
            u"COPY a /"_s, u"\"/a\" is not in the build context"_s, u".dockerignore"_s);
        row("above it", sum + u"\"/x\": not found"_s, u"COPY ../x /"_s,
            u"\"/x\" is not in the build context"_s, u"named context"_s);
        row("in a stage, 26.1",
            u"lstat /var/lib/docker/tmp/buildkit-mount2428246441/nosuch: no such file or directory"_s,
            u"COPY --from=builder /nosuch /"_s, u"\"/nosuch\" is not in \"builder\""_s, u"that stage"_s);
        row("in a stage, 28.5", u"lstat /nosuch: no such file or directory"_s,
            u"COPY --from=builder /nosuch /"_s, u"\"/nosuch\" is not in \"builder\""_s, u"that stage"_s);
        row("for a mount", sum + u"\"/nosuch\": not found"_s,
            u"RUN --mount=type=bind,source=nosuch,target=/x true"_s, u"\"/nosuch\" was not found"_s,
            u".dockerignore"_s);
        row("a file where a folder should be",
            u"lstat /var/lib/docker/overlay2/bn7pxjr1lshursfl0qwwvw05v/merged/f/g: not a directory"_s,
            u"WORKDIR /f/g"_s, u"/f/g cannot be made: a file is where a folder should be"_s, {});
        row("and where files are copied to",
            u"mkdir /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs/f: not a directory"_s,
            u"COPY a b /f/"_s, u"/f cannot be made: a file is where a folder should be"_s, {});
        row("an address without a server",
            u"failed to load cache key: Get \"http://127.0.0.1:1/file\": dial tcp 127.0.0.1:1: connect: connection refused"_s,
            u"ADD http://127.0.0.1:1/file /"_s,
            u"http://127.0.0.1:1/file cannot be fetched (connection refused)"_s, u"reaches"_s);
        row("an address without a file", u"failed to load cache key: invalid response status 404"_s,
            u"ADD --chown=1 https://example.org/file /"_s,
            u"https://example.org/file was answered with status 404"_s, u"address"_s);
        row("another file than before", u"digest mismatch sha256:2cf2: sha256:0000"_s,
            u"ADD --checksum=sha256:0000 http://h/f /"_s,
            u"what came is not what the checksum asks for: it has sha256:2cf2"_s, u"trust"_s);
        row("git that is not there, 26.1",
            u"failed to load cache key: failed to init repo at /var/lib/docker/overlay2/su9xb30/diff: git "
            u"error: "
            "exec: \"git\": executable file not found in $PATH\nstderr:\n"_s,
            u"[internal] load git source https://127.0.0.1:1/x/y.git"_s,
            u"the engine has no git, which fetches repositories"_s, u"Install git"_s);
        row("git that is not there, 28.5",
            u"failed to load cache key: error fetching default branch for repository "
            u"https://127.0.0.1:1/x/y.git: git "
            "stderr:\n: exec: \"git\": executable file not found in $PATH"_s,
            u"[internal] load git source https://127.0.0.1:1/x/y.git"_s,
            u"the engine has no git, which fetches repositories"_s, u"Install git"_s);
        row("git that is not there, 28.5 with the containerd store", u"unknown scheme git: not found"_s,
            u"[internal] load git source https://127.0.0.1:1/x/y.git"_s,
            u"the engine has no git, which fetches repositories"_s, u"Install git"_s);
        row("a repository that is not there",
            u"failed to load cache key: error fetching default branch for repository https://h/x.git: git "
            "stderr:\nfatal: unable to access 'https://h/x.git/': Could not resolve host: h\n: exit status 128"_s,
            {},
            u"the repository https://h/x.git cannot be fetched: fatal: unable to access 'https://h/x.git/': "
            u"Could not "
            "resolve host: h"_s,
            u"reaches"_s);
    }
    void filesThatAreNotThere() { compare(); }

    void whatTheBuildWasNotGiven_data()
    {
        columns();
        row("a secret", u"secret tok: not found"_s, u"RUN --mount=type=secret,id=tok,required=true x"_s,
            u"the build was given no secret \"tok\""_s, u"secret"_s);
        row("a secret, 20.10", u"secret tok not found"_s, u"RUN --mount=type=secret,id=tok,required=true x"_s,
            u"the build was given no secret \"tok\""_s, u"secret"_s);
        row("an agent", u"no SSH key \"\" forwarded from the client"_s, {},
            u"the build was given no SSH agent or key"_s, u"--ssh default"_s);
        row("a certain key", u"no SSH key \"github\" forwarded from the client"_s, {},
            u"the build was given no SSH agent or key \"github\""_s, u"--ssh"_s);
        row("the host's network", u"failed to load LLB: network.host is not allowed"_s, {},
            u"the build wants more than it was allowed: network.host"_s, u"--allow"_s);
        row("a value for the base",
            u"dockerfile parse error on line 2: base name (${BASE}) should not be blank"_s, {},
            u"the base image is empty: \"${BASE}\" has no value"_s, u"--build-arg"_s);
        row("a user",
            u"process \"/bin/sh -c true\" did not complete successfully: unable to find user nobodyhere: no "
            u"matching "
            "entries in passwd file"_s,
            u"RUN true"_s, u"there is no user \"nobodyhere\" in the image"_s, u"adduser"_s);
        row("a session, as POST /build", u"could not access local files without session"_s, {},
            u"could not access local files without session"_s, u"pull the image first"_s);
        row("a newer syntax", u"dockerfile parse error on line 2: unknown flag: security"_s, {},
            u"unknown flag: security"_s, u"# syntax="_s);
        row("a flag that 20.10 does not know", u"Dockerfile parse error line 2: Unknown flag: frm"_s, {},
            u"Unknown flag: frm"_s, u"spelling"_s);
        row("nothing that we know", u"something new"_s, {}, u"something new"_s, {});
    }
    void whatTheBuildWasNotGiven() { compare(); }

    void programsThatFail_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("log");
        QTest::addColumn<QString>("hint");
        const auto add = [](const char *name, int code, const char *log, const char *hint) {
            QTest::newRow(name) << code << QString::fromLatin1(log) << QString::fromLatin1(hint);
        };
        add("may not be run", 126, "/bin/sh: /x: Permission denied", "chmod +x");
        add("is not there", 127, "/bin/sh: nosuchprogram: not found", "no such program");
        add("was killed", 137, "Killed", "memory");
        add("crashed", 139, "Segmentation fault", "crashed");
        add("was ended", 143, "", "told the program to end");
        add("of another platform, 26.1", 1, "exec /x: exec format error", "binfmt");
        add("of another platform, 28.5", 255, "exec /x: exec format error", "binfmt");
        add("no shell", 1,
            "runc run failed: unable to start container process: exec: \"/bin/sh\": stat /bin/sh: no such "
            "file or directory",
            "no shell");
        add("no such program, in JSON", 1,
            "runc run failed: unable to start container process: error during container init: exec: \"/x\": "
            "stat /x: no "
            "such file or directory",
            "no such program");
        add("no name is found, busybox", 1, "wget: bad address 'nosuch.invalid'", "look up");
        add("no name is found, curl", 6, "curl: (6) Could not resolve host: nosuch.invalid", "look up");
        add("no name is found, apt", 100, "Temporary failure resolving 'nosuch.invalid'", "look up");
        add("no name is found, go", 1, "dial tcp: lookup nosuch.invalid: no such host", "look up");
        add("no space", 1, "dd: error writing '/t/x': No space left on device", "Free space");
        add("a mount for reading", 1, "touch: /src/x: Read-only file system", "rw");
        add("not allowed", 1, "touch: /etc/x: Permission denied", "USER");
        add("of its own accord", 3, "error: tests failed", "");
    }
    void programsThatFail()
    {
        QFETCH(int, code);
        QFETCH(QString, log);
        QFETCH(QString, hint);
        engine::BuildStep step;
        step.instruction = u"RUN x"_s;
        const base::Error error = engine::buildFailure(
            u"process \"/bin/sh -c x\" did not complete successfully: exit code: %1"_s.arg(code),
            u"Dockerfile"_s, &step, log);
        QCOMPARE(error.message, u"\"RUN x\" ended with exit code %1"_s.arg(code));
        QVERIFY2(error.hint.contains(hint), qPrintable(error.hint));
        QCOMPARE(error.hint.isEmpty(), hint.isEmpty());
        QCOMPARE(error.detail, log);
    }

    void pushesAndPullsGetHintsToo_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("part");
        QTest::newRow("login") << u"unexpected status: 401 Unauthorized"_s << u"docker login"_s;
        QTest::newRow("credentials") << u"no basic auth credentials"_s << u"docker login"_s;
        QTest::newRow("limit") << u"429 Too Many Requests - toomanyrequests"_s << u"pause"_s;
        QTest::newRow("network") << u"dial tcp: lookup x: no such host"_s << u"reaches"_s;
        QTest::newRow("broken") << u"received unexpected HTTP status: 500 Internal Server Error"_s
                                << u"fault"_s;
        QTest::newRow("plain HTTP") << u"http: server gave HTTP response to HTTPS client"_s
                                    << u"insecure-registries"_s;
        QTest::newRow("an authority of its own")
            << u"tls: failed to verify certificate: x509: certificate signed by unknown authority"_s
            << u"certs.d"_s;
    }
    void pushesAndPullsGetHintsToo()
    {
        QFETCH(QString, message);
        QFETCH(QString, part);
        QVERIFY2(engine::failureHint(message).contains(part), qPrintable(engine::failureHint(message)));
    }
};

QTEST_APPLESS_MAIN(TestFailureWords)
#include "tst_failurewords.moc"
