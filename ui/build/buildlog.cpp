// SPDX-License-Identifier: Apache-2.0
#include "build/buildlog.h"

#include "build/ansitext.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::BuildLog", text);
}

}

BuildLog::BuildLog()
{
    clear();
}

void BuildLog::clear()
{
    m_buffers.clear();
    m_steps.clear();
    m_total = 0;
    m_file = std::make_unique<QTemporaryFile>(QDir::tempPath() + u"/stageloom-build-XXXXXX.log"_s);
    m_fileFailed = !m_file->open();
}

void BuildLog::keep(Buffer &buffer, const QString &text)
{
    buffer.text += text;
    if (buffer.text.size() <= keptPerStep)
        return;
    // Dropping half at once keeps the cost of a long log linear; at a line's end, so that no line begins in
    // its middle.
    qsizetype cut = buffer.text.size() - keptPerStep / 2;
    if (const qsizetype lineEnd = buffer.text.indexOf(u'\n', cut); lineEnd >= 0)
        cut = lineEnd + 1;
    buffer.dropped += cut;
    buffer.text.remove(0, cut);
}

void BuildLog::nameStep(const QString &id, const QString &name)
{
    if (m_steps.contains(id))
        return;
    const int number = int(m_steps.size()) + 1;
    m_steps.insert(id, {.number = number, .unfinishedLine = {}});
    writeOut(u'#' + QString::number(number) + u' ' + name + u'\n');
}

void BuildLog::append(const QString &id, const QString &text)
{
    m_total += text.size();
    keep(m_buffers[id], text);
    keep(m_buffers[QString()], text);
    nameStep(id, id);
    writeLines(m_steps[id], text);
}

void BuildLog::writeLines(Step &step, const QString &text)
{
    step.unfinishedLine += text;
    const qsizetype end = step.unfinishedLine.lastIndexOf(u'\n') + 1;
    if (end == 0)
        return;
    const QString prefix = u'#' + QString::number(step.number) + u' ';
    QString lines;
    for (const QStringView line : QStringView(step.unfinishedLine).first(end - 1).split(u'\n'))
        lines += prefix + AnsiText::plain(line.toString()) + u'\n';
    step.unfinishedLine.remove(0, end);
    writeOut(lines);
}

void BuildLog::writeOut(const QString &line)
{
    if (!m_fileFailed && m_file->write(line.toUtf8()) < 0)
        m_fileFailed = true;
}

QString BuildLog::text(const QString &id) const
{
    return m_buffers.value(id).text;
}

qint64 BuildLog::dropped(const QString &id) const
{
    return m_buffers.value(id).dropped;
}

base::Result<void> BuildLog::saveTo(const QString &path)
{
    const auto failed = [&path](const QString &why) {
        return std::unexpected(base::Error{.kind = base::Error::Kind::Failed,
                                           .message = tr("The log cannot be saved: %1").arg(why),
                                           .where = path,
                                           .hint = tr("Choose another folder.")});
    };
    QSaveFile target(path);
    if (!target.open(QIODevice::WriteOnly))
        return failed(target.errorString());
    if (m_fileFailed) {
        // No room for the whole: the kept end is better than nothing.
        target.write(AnsiText::plain(text({})).toUtf8());
    } else {
        m_file->seek(0);
        while (!m_file->atEnd())
            target.write(m_file->read(1 << 20));
        m_file->seek(m_file->size());
        for (const Step &step : std::as_const(m_steps)) {
            if (!step.unfinishedLine.isEmpty())
                target.write(QString(u'#' + QString::number(step.number) + u' ' +
                                     AnsiText::plain(step.unfinishedLine) + u'\n')
                                 .toUtf8());
        }
    }
    if (!target.commit())
        return failed(target.errorString());
    return {};
}

}
