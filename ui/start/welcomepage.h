// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;

namespace ui {

class RecentList;

/// What the window shows before a design is open: the first steps, and the designs opened before.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);

    void setRecentFiles(const QStringList &paths);
    /// One sentence about the engine: which one answers, or how to get one.
    void setEngineSentence(const QString &sentence, bool connected);

Q_SIGNALS:
    void newRequested();
    void openRequested();
    void sampleRequested();
    void engineRequested();
    void recentRequested(const QString &path);
    void recentRemoveRequested(const QString &path);

private:
    QWidget *makeHeader();
    QWidget *makeSteps();
    QWidget *makeRecent();

    RecentList *m_recent = nullptr;
    QLabel *m_engineIcon = nullptr;
    QLabel *m_engine = nullptr;
};

}
