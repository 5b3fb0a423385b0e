// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engines/engineentry.h"

#include <QDialog>

class QListView;
class QPushButton;

namespace ui {

class AddressField;

class EngineDetails;
class EngineListModel;
class NoticeBar;

/// All engines and builders that are known, what each can do, and which is in use.
class EnginesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit EnginesDialog(QWidget *parent = nullptr);

    void setEntries(std::vector<EngineEntry> entries);
    /// No engine answers, and what helps; until showFound(). Told again only when it is another story.
    void showMissing(const base::Error &error);
    void showFound();
    /// What was wished did not work, or did.
    void showError(const base::Error &error);
    void showDone(const QString &sentence);
    /// A choice holds that can be given up for the usual order.
    void setChosen(bool isChosen);
    void select(const QString &id);

    [[nodiscard]] EngineListModel *model() const { return m_model; }
    [[nodiscard]] QListView *view() const { return m_view; }

Q_SIGNALS:
    void testRequested(const QString &id);
    void testAllRequested();
    void useRequested(const QString &id);
    void useUsualRequested();
    void addRequested(const QString &url);
    void removeRequested(const QString &id);
    void lookAgainRequested();

private:
    QWidget *makeList();
    QWidget *makeButtons();
    void showCurrent();

    EngineListModel *m_model;
    QListView *m_view;
    EngineDetails *m_details;
    AddressField *m_address;
    NoticeBar *m_notice;
    QPushButton *m_usual = nullptr;
    QString m_missing; ///< what is shown of showMissing()
    QString m_wanted;  ///< to be selected as soon as it is in the list
};

}
