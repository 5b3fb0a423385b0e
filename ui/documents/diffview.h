// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "documents/diffmodel.h"

#include <QTableView>

namespace ui {

/// Two texts side by side, with what differs marked; it opens at the first difference.
class DiffView final : public QTableView
{
    Q_OBJECT

public:
    explicit DiffView(QWidget *parent = nullptr);

    void setTexts(const QString &left, const QString &right);
    void setTitles(const QString &left, const QString &right);

    [[nodiscard]] int changeCount() const { return int(m_model->changes().size()); }
    /// The next difference (or, with -1, the one before) is put where it can be seen.
    void goToChange(int by);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void goToRow(int row);
    void setFonts();
    void shareWidth();

    DiffModel *m_model;
};

}
