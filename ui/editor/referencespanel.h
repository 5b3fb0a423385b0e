// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QLabel;
class QListWidget;

namespace ui {

/// The rows where a name is used. Walking the list shows each in the editor, Enter goes there, Escape leaves.
class ReferencesPanel : public QFrame
{
    Q_OBJECT

public:
    struct Place
    {
        int row = 0; ///< from 1
        QString text;
        bool isDefinition = false;
    };

    explicit ReferencesPanel(QWidget *parent = nullptr); ///< hidden

    void showPlaces(const QString &name, const std::vector<Place> &places, int current);
    [[nodiscard]] QListWidget *list() const { return m_list; }

Q_SIGNALS:
    void placeShown(int index);
    void placeChosen(int index);
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_title;
    QListWidget *m_list;
};

}
