// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/imagesizes.h"

#include <QAbstractItemModel>

namespace ui {

/// Images and, below each, its layers, oldest first.
class LayerModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { InstructionColumn, SizeColumn, ShareColumn, RowColumn, ColumnCount };
    enum Role {
        BytesRole = Qt::UserRole, ///< qint64: for sorting and tests
        ShareRole,                ///< double 0..1 of the image; absent for an image without bytes
        DockerfileRowRole,        ///< int, from 1; 0: none
        StandInRole,              ///< QString: the badge, see image::standInBadge(); images only
        FromBaseRole              ///< bool; layers only
    };

    using QAbstractItemModel::QAbstractItemModel;

    void setImages(std::vector<image::ImageSizes> images);
    [[nodiscard]] const std::vector<image::ImageSizes> &images() const { return m_images; }

    [[nodiscard]] QModelIndex imageIndex(int image) const;
    [[nodiscard]] QModelIndex layerIndex(int image, int layer) const;
    /// Of a layer's index; -1 for an image's.
    [[nodiscard]] static int layerOf(const QModelIndex &index);
    [[nodiscard]] static int imageOf(const QModelIndex &index);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant imageData(const image::ImageSizes &image, int column, int role) const;
    [[nodiscard]] QVariant layerData(const image::ImageSizes &image, int layer, int column, int role) const;

    std::vector<image::ImageSizes> m_images;
};

}
