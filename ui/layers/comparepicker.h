// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QDialog>

#include <vector>

class QLabel;
class QListView;
class QPushButton;
class QSortFilterProxyModel;
class QStandardItemModel;

namespace ui {

class SearchField;

/// A build of this design that is remembered with its sizes.
struct EarlierBuild
{
    qint64 id = 0;
    QDateTime started;
    QString title; ///< its tag, or what there is of its image
    qint64 bytes = 0;
    friend bool operator==(const EarlierBuild &, const EarlierBuild &) = default;
};

/// Chooses what to put beside an image, among all local images and all earlier builds: typing narrows the
/// list.
class ComparePicker : public QDialog
{
    Q_OBJECT

public:
    ComparePicker(const QStringList &images, const std::vector<EarlierBuild> &builds,
                  QWidget *parent = nullptr);

    [[nodiscard]] SearchField *search() const { return m_search; }
    [[nodiscard]] QListView *view() const { return m_view; }

Q_SIGNALS:
    void imageChosen(const QString &reference);
    void buildChosen(qint64 id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum Role { ReferenceRole = Qt::UserRole, BuildRole };

    void fill(const QStringList &images, const std::vector<EarlierBuild> &builds);
    void filter(const QString &words);
    void choose();

    QStandardItemModel *m_model;
    QSortFilterProxyModel *m_shown;
    SearchField *m_search;
    QListView *m_view;
    QLabel *m_none;
    QPushButton *m_compare = nullptr;
};

}
