// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLineEdit;

namespace ui {

/// Asks what a new COPY --from takes and where to it goes. The paths that the source is known to produce are
/// offered.
class ConnectDialog final : public QDialog
{
    Q_OBJECT

public:
    ConnectDialog(const QString &from, const QString &to, const QStringList &producedPaths,
                  QWidget *parent = nullptr);

    [[nodiscard]] QString source() const;
    [[nodiscard]] QString destination() const;

private:
    void suggestDestination();
    void check();

    QComboBox *m_source;
    QLineEdit *m_destination;
    QDialogButtonBox *m_buttons;
    QString m_suggested; ///< as long as nobody typed another one, it follows the source
};

}
