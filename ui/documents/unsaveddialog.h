// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

#include <vector>

class QListWidget;
class QPushButton;

namespace ui {

/// A document with unsaved changes, in words.
struct UnsavedDocument
{
    QString name;
    QString place;
};

/// One question for all documents that are about to be closed with changes: which of them to save.
class UnsavedDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit UnsavedDialog(const std::vector<UnsavedDocument> &documents, QWidget *parent = nullptr);

    /// Of the documents given, once it was accepted; what is not named is not wanted any more.
    [[nodiscard]] QList<int> toSave() const;

private:
    void refresh();

    QListWidget *m_list;
    QPushButton *m_save = nullptr;
    bool m_savesNone = false;
};

}
