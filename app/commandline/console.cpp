// SPDX-License-Identifier: Apache-2.0
#include "commandline/console.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <cstdio>
#include <unistd.h>

namespace app {

using namespace Qt::StringLiterals;

namespace {

void write(std::FILE *file, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), file);
    std::fflush(file);
}

}

Console::Console(QString command) : m_command(std::move(command)) {}

void Console::out(const QString &text) const
{
    write(stdout, text.toLocal8Bit());
}

void Console::outBytes(const QByteArray &bytes) const
{
    write(stdout, bytes);
}

void Console::err(const QString &text) const
{
    write(stderr, text.toLocal8Bit());
}

int Console::fail(const base::Error &error, int code) const
{
    err(u"stageloom "_s + m_command + u": "_s + error.text() + u'\n');
    if (!error.detail.isEmpty())
        err(error.detail.trimmed() + u'\n');
    return code;
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

bool Console::isTerminal() const
{
    return isatty(STDERR_FILENO) != 0;
}

}
