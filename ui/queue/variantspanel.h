// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "queue/variantsmodel.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QSpinBox;
class QStackedWidget;
class QToolBar;
class QTreeView;

namespace ui {

class EmptyState;
class NoticeBar;

/// The variants of a design, which live in the bake file beside it: build one, several or all, each with its
/// own log and timeline; keep the build options as another one.
class VariantsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit VariantsPanel(QWidget *parent = nullptr);

    /// `files`: where they come from; empty: there is none yet.
    void showVariants(const std::vector<Variant> &variants, const QStringList &files);
    /// What is wrong with the file, with its line. What was shown before stays.
    void showError(const base::Error &error);
    void clearError();

    /// What shows a variant's newest build, beside the list while it is selected. The panel owns it.
    void setLog(const QString &name, QWidget *log);
    [[nodiscard]] QWidget *logOf(const QString &name) const;
    /// Other variants than before: nothing is known of theirs.
    void forgetLogs();
    /// A build began: it is looked at, unless something else is.
    void selectIfNone(const QString &name);

    [[nodiscard]] VariantsModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *view() const { return m_view; }
    [[nodiscard]] QStringList selectedNames() const;
    [[nodiscard]] QString errorText() const;

Q_SIGNALS:
    void buildRequested(const QStringList &names);
    void cancelRequested(const QStringList &names);
    void limitChanged(int atOnce);
    void saveRequested(const QString &name);
    void renameRequested(const QString &name, const QString &newName);
    void removeRequested(const QString &name);
    void compareRequested();
    void fileRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeView();
    QToolBar *makeToolBar();
    QAction *add(QToolBar *bar, const QString &iconName, const QString &text, const QString &toolTip);
    void refresh();
    void askForName(const QString &title, const QString &proposal,
                    const std::function<void(const QString &)> &chosen);
    void askToSave();
    void askToRename();
    void askToRemove();

    VariantsModel *m_model;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    NoticeBar *m_notice;
    QLabel *m_files;
    QTreeView *m_view;
    QStackedWidget *m_logs;
    EmptyState *m_noLog;
    QSpinBox *m_limit;
    QAction *m_build = nullptr;
    QAction *m_buildAll = nullptr;
    QAction *m_cancel = nullptr;
    QAction *m_cancelAll = nullptr;
    QAction *m_compare = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_remove = nullptr;
    QHash<QString, QWidget *> m_logsByName; ///< by variant
    QTimer m_tick;
};

}
