// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// An engine's address being typed: what is wrong with it is told while it is, and only a good one can be
/// added.
class AddressField : public QWidget
{
    Q_OBJECT

public:
    explicit AddressField(QWidget *parent = nullptr);

    /// Those that are in the list already.
    void setKnown(const QStringList &urls);

Q_SIGNALS:
    void addRequested(const QString &url);

private:
    void check();
    void add();

    QStringList m_known;
    QLineEdit *m_field;
    QPushButton *m_add;
    QLabel *m_sentence;
};

}
