// SPDX-License-Identifier: Apache-2.0
// The third part of DocumentsWindow: text that an earlier run could not save.
#include "dockerfile/textfile.h"
#include "documents/recoverydialog.h"
#include "merge/linediff.h"
#include "widgets/noticebar.h"
#include "window/documentswindow.h"

#include <QDir>
#include <QFileInfo>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(const journal::Entry &entry)
{
    const QString path = entry.path.isEmpty() ? entry.folder + u"/Dockerfile"_s : entry.path;
    const QFileInfo info(path);
    return info.dir().dirName() + u'/' + info.fileName();
}

ui::RecoveredDocument inWords(const journal::Entry &entry)
{
    const auto onDisk =
        entry.path.isEmpty() ? base::Result<QString>(QString()) : dockerfile::readTextFile(entry.path);
    const auto lines = merge::changedLines(onDisk.value_or(QString()), entry.text);
    QString difference = u"+%1 −%2"_s.arg(lines.added).arg(lines.removed);
    if (entry.path.isEmpty())
        difference = DocumentsWindow::tr("%1, never saved").arg(difference);
    else if (!onDisk)
        difference = DocumentsWindow::tr("%1, the file is gone").arg(difference);
    else if (*onDisk != entry.base)
        difference = DocumentsWindow::tr("%1, changed on disk since").arg(difference);
    return {.name = nameOf(entry),
            .place = QDir::toNativeSeparators(entry.path.isEmpty() ? entry.folder : entry.path),
            .when = QLocale().toString(entry.changed.toLocalTime(), QLocale::ShortFormat),
            .difference = difference,
            .onDisk = onDisk.value_or(QString()),
            .text = entry.text};
}

// Saved after all (by another program, say), or nothing was in it.
bool isOnDisk(const journal::Entry &entry)
{
    if (entry.path.isEmpty())
        return entry.text.isEmpty();
    const auto onDisk = dockerfile::readTextFile(entry.path);
    return onDisk && *onDisk == entry.text;
}

}

void DocumentsWindow::offerRecovered()
{
    auto recovery = m_shared.journal.recover();
    if (!recovery.setAside.isEmpty())
        showError({.kind = base::Error::Kind::Malformed,
                   .message = tr("Unsaved text of an earlier run could not be read."),
                   .where = {},
                   .hint = tr("What is left of it was put into %1.")
                               .arg(QFileInfo(recovery.setAside.constFirst()).absolutePath()),
                   .detail = recovery.setAside.join(u'\n')});
    std::erase_if(recovery.documents, [this](const journal::Recovered &recovered) {
        const bool isDone = isOnDisk(recovered.entry);
        if (isDone)
            m_shared.journal.forget(recovered);
        return isDone;
    });
    if (recovery.documents.empty())
        return;
    std::vector<ui::RecoveredDocument> words;
    for (const auto &recovered : recovery.documents)
        words.push_back(inWords(recovered.entry));
    auto *dialog = new ui::RecoveryDialog(std::move(words), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ui::RecoveryDialog::restoreRequested, this,
            [this, documents = recovery.documents](const QList<int> &chosen) {
                for (const int index : chosen)
                    restore(documents[size_t(index)]);
            });
    connect(dialog, &ui::RecoveryDialog::discardRequested, this,
            [this, documents = recovery.documents](const QList<int> &chosen) {
                for (const int index : chosen)
                    m_shared.journal.forget(documents[size_t(index)]);
            });
    dialog->open();
}

void DocumentsWindow::restore(const journal::Recovered &recovered)
{
    auto *page = recovered.entry.path.isEmpty() ? nullptr : pageOf(recovered.entry.path);
    if (page) {
        bringUp(*page);
        page->document().restore(recovered.entry);
    } else {
        inFreePage([&](DocumentController &document) { document.restore(recovered.entry); });
    }
    // Not before it is kept anew: the program may be killed again.
    connect(
        &current().journal(), &journal::DocumentJournal::kept, this,
        [this, recovered] { m_shared.journal.forget(recovered); }, Qt::SingleShotConnection);
}

}
