// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

#include <optional>

class QLabel;
class QLineEdit;

namespace ui {

/// Asks for a line: "120", or "120:5" with a column.
class GoToLineBar : public QFrame
{
    Q_OBJECT

public:
    struct Place
    {
        int row = 1;
        int column = 1;

        friend bool operator==(Place, Place) = default;
    };
    /// Nothing when it is no place.
    [[nodiscard]] static std::optional<Place> placeFrom(const QString &text);

    explicit GoToLineBar(QWidget *parent = nullptr); ///< hidden

    void open(int currentRow, int rowCount);

Q_SIGNALS:
    void placeChosen(int row, int column);
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void check();

    QLineEdit *m_field;
    QLabel *m_hint;
    int m_rowCount = 1;
};

}
