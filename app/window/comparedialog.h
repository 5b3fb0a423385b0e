// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QLabel;
class QPushButton;

namespace app {

class MergeEditor;

/// Two texts that stem from one.
struct Versions
{
    QString title; ///< of the document
    QString base;
    QString mine;
    QString theirs; ///< on disk
};

/// A file that changed on disk under unsaved edits: both texts side by side, what they merge to below, and
/// the choice between the three. It changes nothing itself.
class CompareDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit CompareDialog(const Versions &versions, QWidget *parent = nullptr);

Q_SIGNALS:
    void mineChosen();
    void theirsChosen();
    void merged(const QString &text);

private:
    QWidget *makeTexts(const Versions &versions);
    QWidget *makeButtons();
    void refresh();

    MergeEditor *m_merge;
    QLabel *m_summary = nullptr;
    QPushButton *m_useMerged = nullptr;
};

}
