// SPDX-License-Identifier: Apache-2.0
#include "core/graph/randomfile.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

const QStringList names{u"base"_s, u"deps"_s, u"builder"_s, u"Tools"_s, u"test"_s, u"final"_s};

class Writer
{
public:
    explicit Writer(const Dice &dice)
        : m_dice(dice)
    {}

    QString write()
    {
        m_lower = one(4);
        m_backtick = one(5);
        if (m_backtick)
            line(u"# escape=`"_s);
        if (one(3))
            line(u"# what this file is for"_s);
        if (one(2))
            line(u"ARG VERSION=3.22"_s);
        const int stages = 1 + m_dice(int(names.size()) - 1);
        for (int i = 0; i < stages; ++i)
            stage(i);
        if (one(3))
            m_text.chop(1);
        if (one(4))
            m_text.replace(u'\n', u"\r\n"_s);
        return m_text;
    }

private:
    bool one(int in) { return m_dice(in) == 0; }
    QString pick(const QStringList &texts) { return texts[m_dice(int(texts.size()))]; }

    // "\" stands for the file's escape character at the end of rows, and keywords are as the file writes
    // them.
    void line(QString text)
    {
        if (m_backtick)
            text.replace(u"\\\n"_s, u"`\n"_s);
        if (m_lower && !text.startsWith(u'#')) {
            const qsizetype end = text.indexOf(u' ');
            text = text.first(end).toLower() + text.sliced(end);
        }
        m_text += text + u'\n';
    }

    void stage(int index)
    {
        if (index > 0) {
            m_text += one(4) ? QString() : u"\n"_s;
            if (one(3))
                line(u"# stage "_s + QString::number(index));
        }
        const bool onStage = index > 0 && one(3);
        QString base = onStage
                           ? names[m_dice(index)].toLower()
                           : pick({u"alpine:3.22"_s, u"golang:1.24"_s, u"scratch"_s, u"debian:12-slim"_s});
        if (!onStage && m_text.contains("VERSION=3.22"_L1) && one(3))
            base = u"alpine:${VERSION}"_s;
        const QString platform = one(6) ? u"--platform=$BUILDPLATFORM "_s : QString();
        line(u"FROM "_s + platform + base + (m_lower ? u" as "_s : u" AS "_s) + names[index]);
        const int count = m_dice(8);
        for (int i = 0; i < count; ++i)
            instruction(index);
    }

    void instruction(int stage)
    {
        if (one(6))
            line(u"# why the next line is there"_s);
        if (one(8))
            m_text += u'\n';
        if (stage > 0 && one(3)) {
            const int from = m_dice(stage);
            const QString name = one(4) ? QString::number(from) : names[from];
            if (one(4))
                return line(u"RUN --mount=type=bind,from="_s + names[from] +
                            u",source=/out,target=/in ls /in"_s);
            return line(u"COPY --from="_s + name + u" /out/app /app/"_s);
        }
        line(pick({u"ARG MODE=release"_s,
                   u"ARG A=1 B"_s,
                   u"ENV PATH=/app:$PATH \\\n    HOME=\"/root dir\""_s,
                   u"ENV GREETING hello world"_s,
                   u"LABEL a=b \\\n      c='d e'"_s,
                   u"WORKDIR /src"_s,
                   u"USER app:staff"_s,
                   u"EXPOSE 80 8000-8010/udp"_s,
                   u"VOLUME /data"_s,
                   u"VOLUME [\"/a b\", \"/c\"]"_s,
                   u"STOPSIGNAL SIGTERM"_s,
                   u"SHELL [\"/bin/sh\", \"-c\"]"_s,
                   u"HEALTHCHECK --interval=30s --retries=3 CMD curl -f http://localhost/"_s,
                   u"HEALTHCHECK NONE"_s,
                   u"COPY . ."_s,
                   u"COPY --chown=app:app --link go.mod go.sum \\\n    # both\n    ./"_s,
                   u"COPY <<EOF /etc/app.conf\nkey=$MODE\nEOF"_s,
                   u"ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d "
                   "https://example.org/x /x"_s,
                   u"RUN go build -o /out/app ."_s,
                   u"RUN a && b || c"_s,
                   u"RUN make \\\n      all"_s,
                   u"RUN cd /src && X=1 make && echo 'x && y'"_s,
                   u"RUN set -eux; ls"_s,
                   u"RUN --network=none make && make install # all"_s,
                   u"RUN apt-get update && \\\n    # tools\n    apt-get install -y curl"_s,
                   u"RUN --mount=type=cache,target=/root/.cache --network=none make"_s,
                   u"RUN --mount=type=secret,id=token,required cat /run/secrets/token | sh"_s,
                   u"RUN --mount=type=bind,target=/src ls /src"_s,
                   u"RUN <<EOF\nset -e\necho \"$MODE\"\n# done\nls -l\nEOF"_s,
                   u"RUN [\"/bin/ls\", \"-l\", \"a b\"]"_s,
                   u"RUN echo '$A' \"b c\""_s,
                   u"ENTRYPOINT [\"/app/app\"]"_s,
                   u"CMD --help \"a b\""_s,
                   u"CMD serve --port 80"_s,
                   u"ONBUILD COPY . /src"_s}));
    }

    const Dice &m_dice;
    QString m_text;
    bool m_lower = false;
    bool m_backtick = false;
};

}

QString randomDockerfile(const Dice &dice)
{
    return Writer(dice).write();
}
