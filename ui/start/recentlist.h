// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

class QListWidget;
class QLabel;

namespace ui {

/// Files opened before, newest first; one that is gone says so and can be taken off the list.
class RecentList : public QWidget
{
    Q_OBJECT

public:
    explicit RecentList(QWidget *parent = nullptr);

    void setFiles(const QStringList &paths);

Q_SIGNALS:
    void openRequested(const QString &path);
    void removeRequested(const QString &path);

private:
    void showMenu(QPoint position);

    QListWidget *m_list;
    QLabel *m_empty;
};

}
