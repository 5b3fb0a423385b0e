// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

#include <vector>

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace ui {

/// The ways to connect two nodes.
enum class ConnectWay : quint8 { Copy, Mount, Base };

/// What can be chosen when they are connected.
struct ConnectOffer
{
    QString from; ///< their titles
    QString to;
    QStringList producedPaths; ///< that the source is known to produce, best first
    struct Run
    {
        int line = 0; ///< logical
        QString words;
    };
    std::vector<Run> runs; ///< of `to`, for mounts
    QString whyNoCopy;     ///< empty: possible
    QString whyNoMount;
    QString whyNoBase;
};

/// Asks how two nodes are connected: files are copied (what, and where to), mounted while a RUN runs, or the
/// one becomes the base of the other.
class ConnectDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit ConnectDialog(const ConnectOffer &offer, QWidget *parent = nullptr);

    [[nodiscard]] ConnectWay way() const;
    [[nodiscard]] QString source() const;
    [[nodiscard]] QString destination() const;
    [[nodiscard]] int run() const; ///< its logical line

private:
    [[nodiscard]] QRadioButton *addWay(QFormLayout *form, const QString &text, const QString &whyNot);
    void suggestDestination();
    void showWay();
    void check();

    ConnectOffer m_offer;
    QFormLayout *m_form;
    QRadioButton *m_copy;
    QRadioButton *m_mount;
    QRadioButton *m_base;
    QComboBox *m_run;
    QComboBox *m_source;
    QLineEdit *m_destination;
    QLabel *m_hint;
    QDialogButtonBox *m_buttons;
    QString m_suggested; ///< as long as nobody typed another one, it follows the source
};

}
