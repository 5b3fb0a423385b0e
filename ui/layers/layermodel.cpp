// SPDX-License-Identifier: Apache-2.0
#include "layers/layermodel.h"

#include "base/units.h"
#include "layers/chartlayout.h"
#include "theme/theme.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// An index of a layer carries its image's position + 1; that of an image carries 0.
constexpr quintptr imageLevel = 0;

QString shareInWords(double share)
{
    return QLocale().toString(share * 100, 'f', share < 0.0995 ? 1 : 0) + u" %"_s;
}

}

void LayerModel::setImages(std::vector<image::ImageSizes> images)
{
    beginResetModel();
    m_images = std::move(images);
    endResetModel();
}

QModelIndex LayerModel::imageIndex(int image) const
{
    return index(image, 0);
}

QModelIndex LayerModel::layerIndex(int image, int layer) const
{
    return index(layer, 0, imageIndex(image));
}

int LayerModel::layerOf(const QModelIndex &index)
{
    return index.isValid() && index.internalId() != imageLevel ? index.row() : -1;
}

int LayerModel::imageOf(const QModelIndex &index)
{
    if (!index.isValid())
        return -1;
    return index.internalId() == imageLevel ? index.row() : int(index.internalId()) - 1;
}

QModelIndex LayerModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : imageLevel);
}

QModelIndex LayerModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == imageLevel)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, imageLevel);
}

int LayerModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_images.size());
    if (parent.column() != 0 || layerOf(parent) >= 0)
        return 0;
    return int(m_images[std::size_t(parent.row())].layers.size());
}

int LayerModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant LayerModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == SizeColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    const image::ImageSizes &image = m_images[std::size_t(imageOf(index))];
    const int layer = layerOf(index);
    return layer < 0 ? imageData(image, index.column(), role) : layerData(image, layer, index.column(), role);
}

QVariant LayerModel::imageData(const image::ImageSizes &image, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        if (column == InstructionColumn)
            return image.reference;
        return column == SizeColumn ? QVariant(base::sizeInWords(barBytes(image))) : QVariant();
    case Qt::ToolTipRole:
        if (column == SizeColumn)
            return base::exactSize(barBytes(image));
        return image::standInBadge(image).isEmpty() ? image.reference
                                                    : tr("%1: %2. Its sizes are not those of the real image.")
                                                          .arg(image.reference, image::standInNote(image));
    case Qt::AccessibleTextRole:
        if (column == InstructionColumn)
            return image::standInNote(image).isEmpty()
                       ? image.reference
                       : QString(image.reference + u", "_s + image::standInNote(image));
        return {};
    case Qt::DecorationRole:
        return column == InstructionColumn ? QVariant(icon(u"image"_s)) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    case BytesRole:
        return barBytes(image);
    case StandInRole:
        return image::standInBadge(image);
    default:
        return {};
    }
}

QVariant LayerModel::layerData(const image::ImageSizes &image, int index, int column, int role) const
{
    const image::Layer &layer = image.layers[std::size_t(index)];
    const qint64 total = barBytes(image);
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case InstructionColumn:
            return QString(QString::number(index + 1) + u"  "_s +
                           (layer.instruction.isEmpty() ? layer.createdBy : layer.instruction).simplified());
        case SizeColumn:
            return layer.sizeBytes == 0 ? QString(u"–"_s) : base::sizeInWords(layer.sizeBytes);
        case ShareColumn:
            return total > 0 && layer.sizeBytes > 0 ? shareInWords(double(layer.sizeBytes) / double(total))
                                                    : QVariant();
        case RowColumn:
            return layer.fromBase  ? tr("base image")
                   : layer.row > 0 ? tr("line %1").arg(layer.row)
                                   : QVariant();
        default:
            return {};
        }
    case Qt::ToolTipRole:
        if (column == SizeColumn)
            return base::exactSize(layer.sizeBytes);
        return column == RowColumn && layer.row > 0
                   ? tr("Double click to go to line %1 of the Dockerfile").arg(layer.row)
                   : layerDescription(image, index);
    case Qt::ForegroundRole:
        // Empty layers and those of the base are there, but quiet.
        return layer.sizeBytes == 0 || layer.fromBase
                   ? QVariant(colorsFor(QGuiApplication::palette()).textQuiet)
                   : QVariant();
    case BytesRole:
        return layer.sizeBytes;
    case ShareRole:
        return total > 0 ? QVariant(double(layer.sizeBytes) / double(total)) : QVariant();
    case DockerfileRowRole:
        return layer.fromBase ? 0 : layer.row;
    case FromBaseRole:
        return layer.fromBase;
    default:
        return {};
    }
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case InstructionColumn:
        return tr("Layer");
    case SizeColumn:
        return tr("Size");
    case ShareColumn:
        return tr("Share");
    case RowColumn:
        return tr("From");
    default:
        return {};
    }
}

}
