// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>

namespace ui {

/// A large button for a first step: icon, what it does, and a sentence below.
class ActionCard : public QAbstractButton
{
    Q_OBJECT

public:
    ActionCard(const QString &iconName, const QString &title, const QString &sentence,
               QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }

    /// The one that most people want: drawn in the accent colour.
    void setPrimary(bool primary);

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QRect sentenceRect(int width) const;

    QString m_iconName;
    QString m_sentence;
    bool m_primary = false;
};

}
