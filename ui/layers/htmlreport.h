// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/imagesizes.h"

#include <QFont>

namespace ui {

/// What an HTML report says. Everything but the title may be left out.
struct ReportContent
{
    /// A design that led to one of the images: the ladder's rung, or the document itself.
    struct Design
    {
        QString title;
        QString lesson;      ///< plain text, a sentence or two
        QString source;      ///< where it comes from
        QString articleSize; ///< what its article measured: "314 MB"
        QString dockerfile;  ///< text
        QByteArray graphSvg; ///< an <svg> element; put in as it is
        QString reference;   ///< of the image it made; empty: not built
    };

    QString title;
    QString introduction;
    std::vector<image::ImageSizes> images;
    std::vector<Design> designs;
    QStringList notes; ///< about the whole: the engine, stand-ins, what failed
    QString footer;    ///< "Made by Stageloom 0.1 with Docker Engine 26.1 on ..."
};

/// One file that needs nothing else: readable in any browser, light and dark, and printed. No script in it.
QByteArray htmlReport(const ReportContent &content, const QFont &font = {});

}
