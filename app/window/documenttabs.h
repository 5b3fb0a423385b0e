// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTabBar>

namespace app {

/// The tabs over the documents: dragged to another place, closed by their button or the middle mouse button,
/// not there while there is only one.
class DocumentTabs final : public QTabBar
{
    Q_OBJECT

public:
    explicit DocumentTabs(QWidget *parent = nullptr);

    /// What a tab says about its document.
    struct Words
    {
        QString text;
        QString place; ///< the whole path
        bool isModified = false;
        bool isBuilding = false;
    };
    void setWords(int index, const Words &words);

protected:
    void tabInserted(int index) override;
    void tabRemoved(int index) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    QSize tabSizeHint(int index) const override;

private:
    int m_pressedByMiddle = -1;
};

}
