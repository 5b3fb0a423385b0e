// SPDX-License-Identifier: Apache-2.0
#include "dockerfile/forms/form.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace dockerfile;

namespace {

// What a form changes of the last instruction.
template <class T>
QString changed(const QString &text, const std::function<void(T &)> &change)
{
    const Instruction instruction = instructions(parse(text)).back();
    Form form = readForm(instruction);
    change(std::get<T>(form));
    const auto edit = editTo(instruction, form);
    if (!edit)
        return u"refused: "_s + edit.error().message;
    QString result = text;
    const base::TextEdit inverse = edit->applyTo(result);
    if (readForm(instructions(parse(result)).back()) != form)
        return u"it reads otherwise: "_s + result;
    QString back = result;
    inverse.applyTo(back);
    return back == text ? result : u"the inverse is not exact"_s;
}

QString written(const Form &form, const Style &style = {})
{
    const auto text = newInstruction(style, form);
    return text ? *text : u"refused: "_s + text.error().message;
}

}

class TestFormEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatChangesIsWritten()
    {
        QCOMPARE(changed<CopyForm>(u"copy  --link \\\n # c\n a b \\\n /x/\n"_s,
                                   [](CopyForm &form) { form.chmod = u"755"_s; }),
                 u"copy  --link --chmod=755 \\\n # c\n a b \\\n /x/\n"_s);
        QCOMPARE(changed<CopyForm>(u"COPY --chown=a --chmod=1 a /x/"_s,
                                   [](CopyForm &form) {
                                       form.chown.clear();
                                       form.link = true;
                                       form.excludes = {u"*.md"_s, u"a b"_s};
                                       form.sources = {u"a"_s, u"c"_s};
                                   }),
                 u"COPY --chmod=1 --link --exclude=*.md --exclude=\"a b\" a c /x/"_s);
        QCOMPARE(changed<CopyForm>(u"COPY a /x"_s, [](CopyForm &form) { form.destination = u"/x y"_s; }),
                 u"COPY [\"a\", \"/x y\"]"_s);
        QCOMPARE(changed<CopyForm>(u"ADD https://x/y /z"_s,
                                   [](CopyForm &form) {
                                       form.keepGitDir = true;
                                       form.unpack = u"true"_s;
                                   }),
                 u"ADD --keep-git-dir --unpack=true https://x/y /z"_s);
        QCOMPARE(changed<CopyForm>(u"COPY --link=false a /x"_s, [](CopyForm &form) { form.link = true; }),
                 u"COPY --link a /x"_s);
    }

    void aCopyIsRefusedWithItsReason()
    {
        QCOMPARE(changed<CopyForm>(u"COPY a /x"_s, [](CopyForm &form) { form.chmod = u"789"_s; }),
                 u"refused: \"789\" is no mode: its digits go from 0 to 7."_s);
        QCOMPARE(changed<CopyForm>(u"COPY a /x"_s, [](CopyForm &form) { form.checksum = u"sha256:1"_s; }),
                 u"refused: Only ADD knows --checksum."_s);
        QCOMPARE(changed<CopyForm>(u"COPY a /x"_s, [](CopyForm &form) { form.sources = {u"a"_s, u"b"_s}; }),
                 u"refused: Several sources go into a folder: the destination ends with \"/\"."_s);
        QCOMPARE(changed<CopyForm>(u"COPY a /x"_s, [](CopyForm &form) { form.from = u"$X"_s; }),
                 u"refused: COPY --from expands no variables, so it cannot name $X."_s);
    }

    void mountsKeepTheirSpelling()
    {
        const QString run = u"RUN --mount=type=cache,dst=/a,sharing=locked,x=y --mount=type=ssh make\n"_s;
        QCOMPARE(changed<RunForm>(run, [](RunForm &form) { form.mounts[0].target = u"/b"_s; }),
                 u"RUN --mount=type=cache,dst=/b,sharing=locked,x=y --mount=type=ssh make\n"_s);
        QCOMPARE(changed<RunForm>(run, [](RunForm &form) { form.mounts[0].sharing.clear(); }),
                 u"RUN --mount=type=cache,dst=/a,x=y --mount=type=ssh make\n"_s);
        QCOMPARE(changed<RunForm>(run, [](RunForm &form) { form.mounts[1].required = true; }),
                 u"RUN --mount=type=cache,dst=/a,sharing=locked,x=y --mount=type=ssh,required make\n"_s);
        QCOMPARE(changed<RunForm>(run, [](RunForm &form) { form.mounts.erase(form.mounts.begin()); }),
                 u"RUN --mount=type=ssh make\n"_s);
        QCOMPARE(
            changed<RunForm>(run,
                             [](RunForm &form) {
                                 form.mounts.push_back(
                                     {.target = u"/in"_s, .source = u"a,b"_s, .from = u"x"_s});
                                 form.network = u"none"_s;
                             }),
            uR"(RUN --mount=type=cache,dst=/a,sharing=locked,x=y --mount=type=ssh --mount=type=bind,target=/in,\"source=a,b\",from=x --network=none make)"_s +
                u"\n"_s);
        QCOMPARE(changed<RunForm>(run, [](RunForm &form) { form.mounts[0].size = u"1g"_s; }),
                 u"refused: A mount of type cache has no field \"size\"."_s);
        QCOMPARE(changed<RunForm>(run, [](RunForm &form) { form.mounts[0].target.clear(); }),
                 u"refused: A mount of type cache needs a target: where it stands while the command runs."_s);
    }

    void aMountIsAddedAndTakenAway()
    {
        const QString text = u"run \\\n  --mount=type=cache,target=/c \\\n  make"_s;
        const Instruction run(parse(text), 0);
        QString result = text;
        addMount(run, {.type = u"secret"_s, .id = u"token"_s, .env = u"TOKEN"_s})->applyTo(result);
        QCOMPARE(
            result,
            u"run \\\n  --mount=type=cache,target=/c --mount=type=secret,id=token,env=TOKEN \\\n  make"_s);
        result = text;
        removeMount(run, 0)->applyTo(result);
        QCOMPARE(result, u"run \\\n  make"_s);
        QVERIFY(!setMount(run, 1, {}));
    }

    void pairsKeepTheirSpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("expected");
        QTest::newRow("a value") << u"ENV A=1 B='2 3'"_s << u"A"_s << u"x y"_s << u"ENV A=\"x y\" B='2 3'"_s;
        QTest::newRow("in the quotes it has")
            << u"ENV A=1 B='2 3'"_s << u"B"_s << u"4"_s << u"ENV A=1 B='4'"_s;
        QTest::newRow("quotes that cannot hold it")
            << u"ENV B='2 3'"_s << u"B"_s << u"it's"_s << u"ENV B=\"it's\""_s;
        QTest::newRow("the old form stays") << u"env A hello world"_s << u"A"_s << u"bye"_s << u"env A bye"_s;
        QTest::newRow("the old form gets a second")
            << u"ENV A hello world"_s << u"B"_s << u"2"_s << u"ENV A=\"hello world\" B=2"_s;
        QTest::newRow("a row each") << u"LABEL a=\"1\" \\\r\n      b=\"2\"\r\n"_s << u"c"_s << u"3"_s
                                    << u"LABEL a=\"1\" \\\r\n      b=\"2\" \\\r\n      c=\"3\"\r\n"_s;
        QTest::newRow("a variable") << u"ENV A=1"_s << u"A"_s << u"$B:${C:-d e}"_s
                                    << u"ENV A=\"$B:${C:-d e}\""_s;
        QTest::newRow("a dollar") << u"ENV A='$x'"_s << u"A"_s << u"\\$y"_s << u"ENV A='$y'"_s;
        QTest::newRow("a dollar in double quotes")
            << u"ENV A=\"1\""_s << u"A"_s << u"5\\$"_s << u"ENV A=\"5\\$\""_s;
        QTest::newRow("backticks") << u"# escape=`\nENV A=1"_s << u"A"_s << u"C:\\a \"b\""_s
                                   << u"# escape=`\nENV A=\"C:\\a `\"b`\"\""_s;
        QTest::newRow("nothing") << u"ENV A=1"_s << u"A"_s << QString(u""_s) << u"ENV A="_s;
        QTest::newRow("ARG gets a default") << u"ARG A B=1"_s << u"A"_s << u"2"_s << u"ARG A=2 B=1"_s;
        QTest::newRow("no name")
            << u"ENV A=1"_s << u"1 x"_s << u"2"_s
            << u"refused: \"1 x\" is no variable name: it starts with a letter or \"_\" and holds letters, digits and \"_\"."_s;
    }
    void pairsKeepTheirSpelling()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto set = [&](PairsForm &form) {
            for (PairForm &pair : form.pairs) {
                if (pair.name == name) {
                    pair.value = value;
                    return;
                }
            }
            form.pairs.push_back({name, value});
        };
        QTEST(changed<PairsForm>(text, set), "expected");
    }

    void pairsAreRemoved()
    {
        QCOMPARE(changed<PairsForm>(u"ENV A=1 \\\n    B=2 \\\n    C=3"_s,
                                    [](PairsForm &form) { form.pairs.erase(form.pairs.begin() + 1); }),
                 u"ENV A=1 \\\n    C=3"_s);
        QCOMPARE(changed<PairsForm>(u"ENV A=1"_s, [](PairsForm &form) { form.pairs.clear(); }),
                 u"refused: ENV needs a name."_s);
        QCOMPARE(
            changed<PairsForm>(u"ENV A=1"_s, [](PairsForm &form) { form.pairs.push_back({u"A"_s, u"2"_s}); }),
            u"refused: \"A\" is said twice."_s);
    }

    void theOthersHaveFormsToo()
    {
        QCOMPARE(changed<ExposeForm>(u"EXPOSE 80 \\\n 90/udp"_s,
                                     [](ExposeForm &form) { form.ports[0] = u"8000-8010"_s; }),
                 u"EXPOSE 8000-8010 \\\n 90/udp"_s);
        QCOMPARE(changed<ExposeForm>(u"EXPOSE 80"_s, [](ExposeForm &form) { form.ports += u"70000"_s; }),
                 u"refused: Port 70000 is out of range: ports go from 1 to 65535."_s);
        QCOMPARE(changed<UserForm>(u"USER app:${G:-x}"_s, [](UserForm &form) { form.user = u"1000"_s; }),
                 u"USER 1000:${G:-x}"_s);
        QCOMPARE(changed<UserForm>(u"user app"_s, [](UserForm &form) { form.group = u"staff"_s; }),
                 u"user app:staff"_s);
        QCOMPARE(changed<VolumeForm>(u"VOLUME [\"/a\", \"/b\"]"_s,
                                     [](VolumeForm &form) { form.paths += u"/c d"_s; }),
                 u"VOLUME [\"/a\", \"/b\", \"/c d\"]"_s);
        QCOMPARE(changed<VolumeForm>(u"VOLUME /a"_s, [](VolumeForm &form) { form.paths = {u"b"_s}; }),
                 u"refused: \"b\" does not start with \"/\"."_s);
        QCOMPARE(changed<TextForm>(u"STOPSIGNAL SIGTERM"_s, [](TextForm &form) { form.text = u"SIGFOO"_s; }),
                 u"refused: \"SIGFOO\" is no signal: it reads like SIGTERM or 15."_s);
        QCOMPARE(changed<TextForm>(u"WORKDIR /a"_s, [](TextForm &form) { form.text = u"/b c"_s; }),
                 u"WORKDIR /b c"_s);
        QCOMPARE(changed<TextForm>(u"ONBUILD RUN a"_s, [](TextForm &form) { form.text = u"FROM x"_s; }),
                 u"refused: ONBUILD cannot be followed by FROM."_s);
        QCOMPARE(changed<CommandForm>(u"SHELL [\"sh\", \"-c\"]"_s,
                                      [](CommandForm &form) { form.items[0] = u"bash"_s; }),
                 u"SHELL [\"bash\", \"-c\"]"_s);
        QCOMPARE(
            changed<CommandForm>(u"CMD a \\\n  b"_s, [](CommandForm &form) { form.text = u"a \\\n  c"_s; }),
            u"CMD a \\\n  c"_s);
        QCOMPARE(changed<FromForm>(u"from alpine as x"_s,
                                   [](FromForm &form) {
                                       form.platform = u"linux/arm64"_s;
                                       form.name = u"y"_s;
                                   }),
                 u"from --platform=linux/arm64 alpine as y"_s);
        QCOMPARE(changed<FromForm>(u"FROM alpine AS x"_s, [](FromForm &form) { form.name.clear(); }),
                 u"FROM alpine"_s);
    }

    void aHealthcheckHasItsFields()
    {
        const QString text = u"HEALTHCHECK --interval=30s \\\n  CMD curl -f x\n"_s;
        QCOMPARE(changed<HealthcheckForm>(text,
                                          [](HealthcheckForm &form) {
                                              form.interval = u"1m"_s;
                                              form.retries = u"5"_s;
                                          }),
                 u"HEALTHCHECK --interval=1m --retries=5 \\\n  CMD curl -f x\n"_s);
        QCOMPARE(changed<HealthcheckForm>(text, [](HealthcheckForm &form) { form = {.none = true}; }),
                 u"HEALTHCHECK \\\n  NONE\n"_s);
        QCOMPARE(changed<HealthcheckForm>(u"healthcheck NONE"_s,
                                          [](HealthcheckForm &form) {
                                              form.none = false;
                                              form.timeout = u"3s"_s;
                                              form.command.text = u"true"_s;
                                          }),
                 u"healthcheck --timeout=3s cmd true"_s);
        QCOMPARE(changed<HealthcheckForm>(text, [](HealthcheckForm &form) { form.timeout = u"30"_s; }),
                 u"refused: \"30\" has no unit: write 30s for seconds."_s);
    }

    void whatIsWrongAlreadyDoesNotStandInTheWay()
    {
        QCOMPARE(changed<RunForm>(u"RUN --mount=type=foo,x=1 make"_s,
                                  [](RunForm &form) { form.network = u"none"_s; }),
                 u"RUN --mount=type=foo,x=1 --network=none make"_s);
    }

    void newInstructionsAreInTheFilesStyle()
    {
        Style style;
        style.lowerCaseKeywords = true;
        style.escape = u'`';
        style.lineEnd = u"\r\n"_s;
        CopyForm copy;
        copy.chown = u"a:b"_s;
        copy.sources = {u"x y"_s};
        copy.destination = u"/z"_s;
        QCOMPARE(written(copy, style), u"copy --chown=a:b [\"x y\", \"/z\"]"_s);
        QCOMPARE(written(PairsForm{Keyword::Env, {{u"A"_s, u"a \"b"_s}}}, style), u"env A=\"a `\"b\""_s);
        RunForm run;
        run.mounts = {{.type = u"cache"_s, .target = u"/c"_s}};
        run.command.text = u"a `\n  b"_s;
        QCOMPARE(written(run, style), u"run --mount=type=cache,target=/c a `\r\n  b"_s);
        QCOMPARE(written(FromForm{{}, u"alpine"_s, u"x"_s}), u"FROM alpine AS x"_s);
        QCOMPARE(written(ExposeForm{{u"80"_s, u"90"_s}}), u"EXPOSE 80 90"_s);
        QCOMPARE(written(TextForm{Keyword::Onbuild, u"RUN ls"_s}), u"ONBUILD RUN ls"_s);
        QCOMPARE(written(CommandForm{Keyword::Cmd, true, {}, {u"a"_s}}), u"CMD [\"a\"]"_s);
        HealthcheckForm health;
        health.none = true;
        QCOMPARE(written(health), u"HEALTHCHECK NONE"_s);
        QCOMPARE(written(emptyForm(Keyword::Volume)), u"refused: VOLUME needs a path."_s);
        QVERIFY(!newInstruction(style, Form()));
    }

    void theInstructionAfterOnbuildHasItsForm()
    {
        const QString text = u"FROM a\nONBUILD COPY a /b\n"_s;
        const Instruction onbuild = instructions(parse(text)).back();
        auto form = std::get<CopyForm>(*readOnbuildForm(onbuild));
        form.chown = u"x"_s;
        QString result = text;
        editOnbuildTo(onbuild, form)->applyTo(result);
        QCOMPARE(result, u"FROM a\nONBUILD COPY --chown=x a /b\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestFormEdits)
#include "tst_formedits.moc"
