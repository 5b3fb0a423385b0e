// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "layers/chartlayout.h"
#include "layers/comparepicker.h"

#include <QWidget>

class QAction;
class QLabel;
class QMenu;
class QModelIndex;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QToolBar;
class QToolButton;
class QTreeView;

namespace ui {

class EmptyState;
class LayerModel;
class NoticeBar;
class QuietLabel;
class SizesChart;

/// What the layers of an image weigh, beside the build before and any other local image.
class SizesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit SizesPanel(QWidget *parent = nullptr);

    /// The first one is the design's own image, the others are beside it.
    void setImages(std::vector<image::ImageSizes> images);
    [[nodiscard]] const std::vector<image::ImageSizes> &images() const;
    /// References that can be put beside it, and builds of the same file.
    void setAvailableImages(const QStringList &references);
    void setEarlierBuilds(std::vector<EarlierBuild> builds);
    void setScale(ChartScale scale);
    /// A sentence over the chart, until the next setImages(): an image that could not be read, say.
    void showError(const base::Error &error);

    /// The Dockerfile's row changed under the cursor: its layers are marked.
    void showRow(int row);

    /// Kind by the file's ending: .png, .svg, .csv. Errors: another ending, a file that cannot be written.
    base::Result<void> exportTo(const QString &path) const;

    [[nodiscard]] SizesChart *chart() const { return m_chart; }
    [[nodiscard]] QTreeView *table() const { return m_table; }

Q_SIGNALS:
    void rowActivated(int row);
    void compareRequested(const QString &reference);
    void compareWithBeforeRequested();
    void compareWithBuildRequested(qint64 id);
    /// A person is about to choose what to put beside it: setEarlierBuilds() is welcome.
    void choosing();
    /// An OCI or docker archive.
    void compareWithFileRequested(const QString &path);
    void imageRemoved(int index);
    /// The empty panel's button.
    void buildRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolBar *makeToolBar();
    void makeTable();
    void refreshCompareMenu();
    void refreshHeadline();
    void arrange();
    void activateLayer(int image, int layer);
    void selectLayer(int image, int layer);
    void askForExport();
    void askForFile();
    void pick();
    [[nodiscard]] QStringList imagesNotShown() const;

    LayerModel *m_model;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    NoticeBar *m_notice;
    QToolBar *m_toolBar;
    QAction *m_linear;
    QAction *m_log;
    QAction *m_export;
    QToolButton *m_compare;
    QMenu *m_compareMenu;
    QLabel *m_headline;
    QuietLabel *m_explanation;
    QSplitter *m_split;
    QScrollArea *m_chartArea;
    SizesChart *m_chart;
    QTreeView *m_table;
    QStringList m_available;
    std::vector<EarlierBuild> m_builds; ///< newest first
};

}
