// SPDX-License-Identifier: Apache-2.0
#include "layers/sizespanel.h"

#include "base/units.h"
#include "image/comparison.h"
#include "layers/chartpainter.h"
#include "layers/layerdelegate.h"
#include "layers/layermodel.h"
#include "layers/sizeschart.h"
#include "theme/theme.h"
#include "widgets/emptystate.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"

#include <QActionGroup>
#include <QBuffer>
#include <QFileDialog>
#include <QHeaderView>
#include <QMenu>
#include <QSaveFile>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int mostInMenu = 10; // images that are offered by name

// Of two platforms of one image the second is named by its platform: "app:1 (linux/arm64)".
QString nameBeside(const image::ImageSizes &own, const image::ImageSizes &other)
{
    const QString image = own.reference.section(u" ("_s, 0, 0);
    const QString platform = other.reference.section(u" ("_s, 1);
    const bool isSameImage = !platform.isEmpty() && other.reference.section(u" ("_s, 0, 0) == image;
    return isSameImage && platform.endsWith(u')') ? platform.chopped(1) : other.reference;
}

}

SizesPanel::SizesPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new LayerModel(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState(
          u"layers"_s, tr("No image to measure yet"),
          tr("After a build its layers appear here, each with its size and the line that made it. "
             "You can put any other local image beside it."),
          this))
    , m_notice(new NoticeBar(this))
    , m_compare(new QToolButton(this))
    , m_compareMenu(new QMenu(this))
    , m_headline(new QLabel(this))
    , m_explanation(new QuietLabel({}, this))
    , m_split(new QSplitter(Qt::Vertical, this))
    , m_chartArea(new QScrollArea(this))
    , m_chart(new SizesChart(this))
    , m_table(new QTreeView(this))
{
    m_headline->setFont(titleFont(font()));
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_headline->setContentsMargins(space::m, space::s, space::m, 0);
    m_explanation->setFont(smallFont(font()));
    m_explanation->setContentsMargins(space::m, 0, space::m, space::xs);
    m_chartArea->setWidget(m_chart);
    m_chartArea->setWidgetResizable(true);
    m_chartArea->setFrameShape(QFrame::NoFrame);
    m_chartArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_chartArea->setFocusPolicy(Qt::NoFocus);
    makeTable();

    auto *upper = new QWidget(this);
    upper->setBackgroundRole(QPalette::Base);
    upper->setAutoFillBackground(true);
    auto *upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(2);
    upperLayout->addWidget(m_headline);
    upperLayout->addWidget(m_chartArea, 1);
    upperLayout->addWidget(m_explanation);

    m_split->addWidget(upper);
    m_split->addWidget(m_table);
    m_split->setChildrenCollapsible(false);

    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_split);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_toolBar = makeToolBar();
    layout->addWidget(m_toolBar);
    layout->addWidget(m_notice);
    layout->addWidget(m_pages, 1);

    m_empty->setActionText(tr("Build the image"));
    connect(m_empty, &EmptyState::actionRequested, this, &SizesPanel::buildRequested);
    connect(m_chart, &SizesChart::layerActivated, this, &SizesPanel::activateLayer);
    connect(m_chart, &SizesChart::currentChanged, this, &SizesPanel::selectLayer);
    connect(m_chart, &SizesChart::imageRemoved, this, &SizesPanel::imageRemoved);
    setScale(ChartScale::Linear);
    setImages({});
}

QToolBar *SizesPanel::makeToolBar()
{
    auto *bar = new QToolBar(this);
    bar->setIconSize({iconsize::small, iconsize::small});
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *scales = new QActionGroup(bar);
    m_linear = bar->addAction(icon(u"chart-linear"_s), tr("Linear"));
    m_log = bar->addAction(icon(u"chart-log"_s), tr("Logarithmic"));
    m_linear->setToolTip(scaleExplanation(ChartScale::Linear));
    m_log->setToolTip(scaleExplanation(ChartScale::Log));
    for (QAction *action : {m_linear, m_log}) {
        action->setCheckable(true);
        scales->addAction(action);
    }
    bar->addSeparator();
    m_compare->setText(tr("Compare with"));
    m_compare->setIcon(icon(u"compare"_s));
    m_compare->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_compare->setPopupMode(QToolButton::InstantPopup);
    m_compare->setMenu(m_compareMenu);
    m_compare->setToolTip(tr("Put the build before or another local image beside this one"));
    bar->addWidget(m_compare);
    m_export = bar->addAction(icon(u"export"_s), tr("Export…"));
    m_export->setToolTip(tr("Save the chart as PNG or SVG, or the numbers as CSV"));

    connect(m_linear, &QAction::triggered, this, [this] { setScale(ChartScale::Linear); });
    connect(m_log, &QAction::triggered, this, [this] { setScale(ChartScale::Log); });
    connect(m_export, &QAction::triggered, this, &SizesPanel::askForExport);
    connect(m_compareMenu, &QMenu::aboutToShow, this, &SizesPanel::refreshCompareMenu);
    return bar;
}

void SizesPanel::makeTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new LayerDelegate(m_table));
    m_table->setAccessibleName(tr("Layers"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_table->setExpandsOnDoubleClick(false);
    QHeaderView *header = m_table->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(LayerModel::InstructionColumn, QHeaderView::Stretch);
    const int letter = fontMetrics().averageCharWidth();
    header->resizeSection(LayerModel::SizeColumn, letter * 11);
    header->resizeSection(LayerModel::ShareColumn, letter * 24);
    header->resizeSection(LayerModel::RowColumn, letter * 11);

    connect(m_table, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (LayerModel::layerOf(index) >= 0)
            activateLayer(LayerModel::imageOf(index), LayerModel::layerOf(index));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (LayerModel::layerOf(index) >= 0)
                    m_chart->setCurrent(LayerModel::imageOf(index), LayerModel::layerOf(index));
            });
}

void SizesPanel::setImages(std::vector<image::ImageSizes> images)
{
    const bool any = !images.empty();
    m_notice->hide();
    m_chart->setImages(images);
    m_model->setImages(std::move(images));
    m_table->expandAll();
    m_pages->setCurrentIndex(any ? 1 : 0);
    for (QAction *action : {m_linear, m_log, m_export})
        action->setEnabled(any);
    refreshHeadline();
    arrange();
}

const std::vector<image::ImageSizes> &SizesPanel::images() const
{
    return m_model->images();
}

void SizesPanel::setAvailableImages(const QStringList &references)
{
    m_available = references;
}

void SizesPanel::setEarlierBuilds(std::vector<EarlierBuild> builds)
{
    m_builds = std::move(builds);
}

void SizesPanel::setScale(ChartScale scale)
{
    (scale == ChartScale::Linear ? m_linear : m_log)->setChecked(true);
    m_chart->setScale(scale);
    m_explanation->setText(scaleExplanation(scale));
}

void SizesPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

// A dock at the window's bottom is wide and low, one at its side is high and narrow.
void SizesPanel::arrange()
{
    const bool wide = width() > 760 && width() > height() * 2;
    const auto wanted = wide ? Qt::Horizontal : Qt::Vertical;
    const bool turned = m_split->orientation() != wanted;
    m_split->setOrientation(wanted);
    // In a low dock the bars need the room; the scale's button explains it, too.
    m_explanation->setVisible(height() >= 340);
    if (wide) {
        m_table->setColumnHidden(LayerModel::ShareColumn, width() < 1500);
        if (turned || m_split->sizes().value(1) == 0)
            m_split->setSizes({width() * 55 / 100, width() * 45 / 100});
        return;
    }
    // The chart gets what it needs, up to two thirds.
    const int needed = m_headline->heightForWidth(width()) + m_chart->heightForWidth(width()) + 3 * space::xl;
    const int room = height() - m_toolBar->height();
    const int chart = qMin(needed, room * 2 / 3);
    m_split->setSizes({chart, room - chart});
    m_table->setColumnHidden(LayerModel::ShareColumn, width() < 600);
}

void SizesPanel::showError(const base::Error &error)
{
    m_notice->showError(error);
}

void SizesPanel::showRow(int row)
{
    if (images().empty())
        return;
    const auto &layers = images().front().layers;
    const auto it = std::ranges::find_if(
        layers, [row](const image::Layer &layer) { return layer.row == row && !layer.fromBase; });
    if (it != layers.end())
        m_chart->setCurrent(0, int(it - layers.begin()));
}

void SizesPanel::refreshHeadline()
{
    if (images().empty())
        return m_headline->clear();
    const image::ImageSizes &own = images().front();
    QString words = tr("%1 is %2.").arg(own.reference, base::sizeInWords(barBytes(own)));
    for (std::size_t i = 1; i < images().size() && i < 3; ++i) {
        const image::ImageSizes &other = images()[i];
        const QString name = nameBeside(own, other);
        const qint64 difference = barBytes(own) - barBytes(other);
        const QString size = base::sizeInWords(std::abs(difference));
        words += u' ';
        words += difference == 0  ? tr("Same size as %1.").arg(name)
                 : difference < 0 ? tr("%1 smaller than %2.").arg(size, name)
                                  : tr("%1 larger than %2.").arg(size, name);
    }
    m_headline->setText(words);
}

void SizesPanel::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("An image file to put beside it"), QString(),
                                   tr("OCI and docker archives (*.tar *.tar.gz *.tgz *.oci);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SizesPanel::compareWithFileRequested);
    dialog->open();
}

QStringList SizesPanel::imagesNotShown() const
{
    QStringList others = m_available;
    for (const image::ImageSizes &image : images())
        others.removeAll(image.reference);
    return others;
}

void SizesPanel::pick()
{
    auto *picker = new ComparePicker(imagesNotShown(), m_builds, this);
    picker->setAttribute(Qt::WA_DeleteOnClose);
    connect(picker, &ComparePicker::imageChosen, this, &SizesPanel::compareRequested);
    connect(picker, &ComparePicker::buildChosen, this, &SizesPanel::compareWithBuildRequested);
    picker->open();
}

void SizesPanel::refreshCompareMenu()
{
    Q_EMIT choosing();
    m_compareMenu->clear();
    connect(m_compareMenu->addAction(icon(u"recent"_s), tr("The build before")), &QAction::triggered, this,
            &SizesPanel::compareWithBeforeRequested);
    connect(m_compareMenu->addAction(icon(u"open"_s), tr("An image file…")), &QAction::triggered, this,
            &SizesPanel::askForFile);
    m_compareMenu->addSection(tr("Local images"));
    const QStringList others = imagesNotShown();
    for (const QString &reference : others.first(std::min<qsizetype>(others.size(), mostInMenu)))
        connect(m_compareMenu->addAction(icon(u"image"_s), reference), &QAction::triggered, this,
                [this, reference] { Q_EMIT compareRequested(reference); });
    if (others.isEmpty())
        m_compareMenu->addAction(tr("No other local images"))->setEnabled(false);
    if (others.size() > mostInMenu || m_builds.size() > 1)
        connect(m_compareMenu->addAction(icon(u"search"_s), tr("Find an image or a build…")),
                &QAction::triggered, this, &SizesPanel::pick);
    if (images().size() < 2)
        return;
    m_compareMenu->addSeparator();
    for (std::size_t i = 1; i < images().size(); ++i)
        connect(m_compareMenu->addAction(icon(u"close"_s), tr("Take %1 away").arg(images()[i].reference)),
                &QAction::triggered, this, [this, i] { Q_EMIT imageRemoved(int(i)); });
}

void SizesPanel::activateLayer(int image, int layer)
{
    const image::Layer &chosen = images()[std::size_t(image)].layers[std::size_t(layer)];
    // Rows belong to the document, whose image is the first.
    if (image == 0 && chosen.row > 0 && !chosen.fromBase)
        Q_EMIT rowActivated(chosen.row);
}

void SizesPanel::selectLayer(int image, int layer)
{
    const QModelIndex index = m_model->layerIndex(image, layer);
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void SizesPanel::askForExport()
{
    const QString name = images().front().reference;
    QString suggestion = name;
    suggestion.replace(u':', u'-').replace(u'/', u'-');
    auto *dialog = new QFileDialog(this, tr("Export the sizes of %1").arg(name), QString(),
                                   tr("PNG picture (*.png);;SVG drawing (*.svg);;CSV table (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"png"_s);
    dialog->selectFile(suggestion + u"-sizes.png"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.section(u"*."_s, 1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (const auto written = exportTo(path); !written)
            m_notice->showError(written.error());
        else
            m_notice->showMessage(NoticeBar::Kind::Success, tr("Saved %1.").arg(path));
    });
    dialog->open();
}

base::Result<void> SizesPanel::exportTo(const QString &path) const
{
    QFont chartFont = font();
    chartFont.setPixelSize(13); // what the SVG's texts are measured by, whatever the desktop's font is
    const ChartLayout layout =
        layOutChart(images(), {.scale = m_chart->scale(), .width = 960, .font = chartFont});
    const ChartPainter painter(layout, chartFont);
    QByteArray bytes;
    if (path.endsWith(u".png"_s, Qt::CaseInsensitive)) {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        painter.toImage(colorsFor(this)).save(&buffer, "PNG");
    } else if (path.endsWith(u".svg"_s, Qt::CaseInsensitive)) {
        bytes = painter.toSvg();
    } else if (path.endsWith(u".csv"_s, Qt::CaseInsensitive)) {
        bytes = image::toCsv({.images = images()});
    } else {
        return std::unexpected(base::Error{.kind = base::Error::Kind::Unsupported,
                                           .message = tr("The kind of file cannot be told from its name."),
                                           .where = path,
                                           .hint = tr("End the name with .png, .svg or .csv.")});
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(
            base::Error{.kind = base::Error::Kind::Failed,
                        .message = tr("The file cannot be written: %1").arg(file.errorString()),
                        .where = path,
                        .hint = tr("Choose another folder.")});
    return {};
}

}
