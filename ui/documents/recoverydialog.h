// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

#include <vector>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace ui {

class DiffView;

/// Unsaved text of an earlier run, in words, and the text on disk to compare it with.
struct RecoveredDocument
{
    QString name;
    QString place;
    QString when;       ///< it was written last
    QString difference; ///< from the file on disk, in short
    QString onDisk;     ///< empty when there is no such file
    QString text;
};

/// What an earlier run could not save: each document with its time and its difference from the file on disk.
/// The chosen ones are restored or discarded; closing the dialog keeps them for the next start.
class RecoveryDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit RecoveryDialog(std::vector<RecoveredDocument> documents, QWidget *parent = nullptr);

Q_SIGNALS:
    /// Of the documents given; they are gone from the dialog.
    void restoreRequested(const QList<int> &documents);
    void discardRequested(const QList<int> &documents);

private:
    QWidget *makeList();
    [[nodiscard]] QList<int> takeChosen();
    [[nodiscard]] QList<int> chosen() const;
    void refresh();
    void showDifference();

    std::vector<RecoveredDocument> m_documents;
    QTreeWidget *m_list = nullptr;
    DiffView *m_difference = nullptr;
    QPushButton *m_restore = nullptr;
    QPushButton *m_compare = nullptr;
    QPushButton *m_discard = nullptr;
};

}
