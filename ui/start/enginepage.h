// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/engineinfo.h"

#include <QDialog>

class QFormLayout;
class QLabel;
class QListWidget;
class QVBoxLayout;

namespace ui {

/// Which engine is used and why, what it can do, where else one was looked for, and what to do when none
/// answers.
class EnginePage : public QDialog
{
    Q_OBJECT

public:
    explicit EnginePage(QWidget *parent = nullptr);

    void showConnected(const engine::EngineInfo &info, const engine::Candidates &candidates);
    void showMissing(const base::Error &error, const engine::Candidates &candidates);
    void showLooking();

Q_SIGNALS:
    void retryRequested();

private:
    void showHeadline(const QString &iconName, int tint, const QString &title, const QString &sentence);
    void showFacts(const QList<std::pair<QString, QString>> &facts);
    void showCandidates(const engine::Candidates &candidates, const QString &usedUrl);

    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_sentence;
    QWidget *m_factsBox;
    QFormLayout *m_facts;
    QListWidget *m_places;
};

}
