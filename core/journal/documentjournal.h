// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "journal/journal.h"

#include <QTimer>

namespace journal {

/// Keeps the unsaved text of one document, a moment behind what is typed. Edits are added at the end of its
/// file; now and then, when they outgrow the text itself, the file is written anew. All writing happens on
/// another thread.
class DocumentJournal : public QObject
{
    Q_OBJECT

public:
    /// What is to be kept right now; nothing when all is saved.
    using Document = std::function<std::optional<Entry>()>;

    /// `journal` must outlive it.
    DocumentJournal(Journal &journal, Document document, QObject *parent = nullptr);
    /// An orderly end: what was unsaved is not wanted.
    ~DocumentJournal() override;

    /// The text changed.
    void edited(const base::TextEdit &edit);
    /// It was saved, got another path, or its text is another one altogether.
    void restarted();

Q_SIGNALS:
    /// What there is to keep is on the disk.
    void kept();

private:
    void soon();
    void keep();
    void keepWhole(const Entry &entry);
    void keepEdits();
    void remove();
    void written(bool isKept);

    Journal &m_journal;
    Document m_document;
    QString m_file;
    std::vector<base::TextEdit> m_edits; ///< since the last writing
    qsizetype m_editsLength = 0;         ///< in the file, in characters
    bool m_hasFile = false;
    bool m_needsWhole = true;
    QTimer m_timer;
};

}
