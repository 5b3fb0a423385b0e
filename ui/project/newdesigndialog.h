// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/latestjob.h"
#include "recipes/recipe.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;

namespace ui {

class ChoicesForm;
class DockerfilePreview;
class EmptyState;
class NoticeBar;
class QuietLabel;

/// New from a Go project: a folder, the choices that make its image, and the Dockerfile that follows from
/// them.
class NewDesignDialog : public QDialog
{
    Q_OBJECT

public:
    explicit NewDesignDialog(QWidget *parent = nullptr);

    /// Reads the folder in the background.
    void setFolder(const QString &folder);

    /// Valid once it was accepted.
    [[nodiscard]] QString folder() const;
    [[nodiscard]] QString dockerfileText() const { return m_dockerfile; }
    [[nodiscard]] bool wantsDockerIgnore() const;
    [[nodiscard]] QString dockerIgnoreText() const;

private:
    QWidget *makeFolderRow();
    QWidget *makeFooter();
    void chooseFolder();
    void readFolder();
    void folderRead(const base::Result<project::GoModule> &module);
    void refreshPreview();
    [[nodiscard]] QString foundInWords() const;

    QLineEdit *m_folder;
    QuietLabel *m_found;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    ChoicesForm *m_form;
    DockerfilePreview *m_preview;
    NoticeBar *m_problem;
    QCheckBox *m_dockerIgnore;
    QPushButton *m_create;

    std::optional<project::GoModule> m_module;
    QString m_dockerfile;
    base::LatestJob m_reading;
};

}
