// SPDX-License-Identifier: Apache-2.0
#include "core/dockerfile/dumprows.h"

const std::vector<DumpRow> &dumpRows()
{
    static const std::vector<DumpRow> rows{
        {"flags are a Go slice", u"COPY --from=a --chown=1 x /y",
         uR"((copy ["--from=a" "--chown=1"] "x" "/y"))"},
        {"quotes and escapes of flags are gone", uR"(COPY --a="b c" --d=e\ f x y)",
         uR"((copy ["--a=b c" "--d=e f"] "x" "y"))"},
        {"-- ends the flags", u"RUN --a -- --b", uR"((run ["--a"] "--b"))"},
        {"a flag's bytes are characters", u"COPY --from=\u00e9 a b", uR"((copy ["--from=Ã©"] "a" "b"))"},
        {"the old ENV has no sign", u"ENV a b  c", uR"((env "a" "b  c" ""))"},
        {"the new ENV is triples", uR"(ENV a=b c="d e" f=)",
         uR"((env "a" "b" "=" "c" "\"d e\"" "=" "f" "" "="))"},
        {"a value may hold =", u"LABEL a=b=c", uR"((label "a" "b=c" "="))"},
        {"a quoted name of the old form is cut", uR"(ENV "a b" c)", uR"((env "\"a" "b\" c" ""))"},
        {"ENV alone", u"ENV", u"(env)"},
        {"ARG keeps its words", uR"(ARG a b=c d="e f")", uR"((arg "a" "b=c" "d=\"e f\""))"},
        {"RUN is one string", uR"(RUN  a  "b"   c )", uR"((run "a  \"b\"   c"))"},
        {"COPY ignores quotes", uR"(COPY "a b" c)", uR"((copy "\"a" "b\"" "c"))"},
        {"JSON", uR"(CMD [ "a" , "\u00e9\n\"" ])", uR"((cmd "a" "é\n\""))"},
        {"empty JSON", u"CMD []", u"(cmd)"},
        {"JSON with more behind it is none", uR"(CMD ["a"] b)", uR"((cmd "[\"a\"] b"))"},
        {"JSON with a number too large is none", u"CMD [1e999]", uR"((cmd "[1e999]"))"},
        {"single quotes are no JSON", u"CMD ['a']", uR"((cmd "['a']"))"},
        {"COPY with broken JSON is cut at blanks", uR"(COPY ["a", b)", uR"((copy "[\"a\"," "b"))"},
        {"WORKDIR is one string", uR"(WORKDIR ["a"] b)", uR"((workdir "[\"a\"] b"))"},
        {"ONBUILD nests", u"ONBUILD ONBUILD RUN --a b", uR"((onbuild (onbuild (run ["--a"] "b"))))"},
        {"ONBUILD alone", u"onbuild", u"(onbuild)"},
        {"HEALTHCHECK splits off its type", u"HEALTHCHECK --a=1  CMD   b c",
         uR"((healthcheck ["--a=1"] "CMD" "b c"))"},
        {"HEALTHCHECK takes JSON", uR"(HEALTHCHECK CMD ["a","b"])", uR"((healthcheck "CMD" "a" "b"))"},
        {"an unknown instruction has one empty word", u"FOO a b", uR"((foo ""))"},
        {"heredocs are words", u"COPY <<A <<-\"B\" /x\na\nA\nb\nB", uR"((copy "<<A" "<<-\"B\"" "/x"))"},
        {"continuations keep the indent", u"RUN a \\\n  # c\n\n   b", uR"((run "a    b"))"},
        {"a word goes on", u"RUN a\\\nb", uR"((run "ab"))"},
        {"nothing but a continuation", u"\\", uR"((""))"},
        {"unprintable characters", u"RUN \u0001\u007f\u00ad\u200b\u2028x",
         u"(run \"\\x01\\x7f\\u00ad\\u200b\\u2028x\")"},
        {"bytes that are no UTF-8", u"RUN \xdcff", uR"((run "\xff"))"},
        {"bytes that are no UTF-8 in ARG", u"ARG \xdcff", u"(arg \"\ufffd\")"},
        {"an escape character at the very end", uR"(ARG a\\\)", uR"((arg "a\\\\"))"},
    };
    return rows;
}
