// SPDX-License-Identifier: Apache-2.0
#include "commandline/console.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace app {

using namespace Qt::StringLiterals;

namespace {

// 0, or the errno of what went wrong: a disk can be full behind a redirection too.
int write(std::FILE *file, const QByteArray &bytes)
{
    const auto size = std::size_t(bytes.size());
    return std::fwrite(bytes.constData(), 1, size, file) == size && std::fflush(file) == 0 ? 0 : errno;
}

}

Console::Console(QString command)
    : m_command(std::move(command))
{}

void Console::out(const QString &text) const
{
    outBytes(text.toLocal8Bit());
}

void Console::outBytes(const QByteArray &bytes) const
{
    if (const int problem = write(stdout, bytes); problem != 0)
        m_outputProblem = problem;
}

void Console::err(const QString &text) const
{
    write(stderr, text.toLocal8Bit());
}

void Console::errBytes(const QByteArray &bytes) const
{
    write(stderr, bytes);
}

int Console::fail(const base::Error &error, int code) const
{
    const QString name = m_command.isEmpty() ? u"stageloom"_s : u"stageloom "_s + m_command;
    err(name + u": "_s + error.text() + u'\n');
    const QString detail = error.detail.trimmed();
    const bool saysTheSame = detail.endsWith(error.message) || error.message.contains(detail);
    if (!saysTheSame)
        err(detail + u'\n');
    return code;
}

int Console::finish(int code) const
{
    if (m_outputProblem == 0)
        return code;
    const int problem = std::exchange(m_outputProblem, 0);
    return fail({.kind = base::Error::Kind::Refused,
                 .message = qt_error_string(problem),
                 .where = QCoreApplication::translate("Console", "standard output"),
                 .hint = QCoreApplication::translate(
                     "Console", "The output is not complete: make room, or send it elsewhere.")});
}

int Console::deliver(const QByteArray &bytes, const QString &path) const
{
    if (path.isEmpty() || path == "-"_L1) {
        outBytes(bytes);
        return Done;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return fail({.kind = base::Error::Kind::Refused,
                     .message = file.errorString(),
                     .where = path,
                     .hint = QCoreApplication::translate("Console", "Choose a place that can be written.")});
    }
    return Done;
}

}
