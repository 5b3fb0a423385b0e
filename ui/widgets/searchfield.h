// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

namespace ui {

/// A line edit to find things with: a magnifier, a clear button; Enter asks for the next hit, Shift+Enter for
/// the one before, Escape clears it or gives up.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(const QString &placeholder, QWidget *parent = nullptr);

Q_SIGNALS:
    void nextRequested();
    void previousRequested();
    void left(); ///< Escape in an empty field

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

}
