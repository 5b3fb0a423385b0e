// SPDX-License-Identifier: Apache-2.0
#include "theme/icons.h"

#include "theme/themecolors.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QLoggingCategory>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

Q_DECLARE_LOGGING_CATEGORY(logUi)

namespace ui {

namespace {

QByteArray drawing(const QString &name, const QColor &color)
{
    QFile file(u":/stageloom/icons/"_s + name + u".svg"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        qCWarning(logUi) << "no icon is called" << name;
        return {};
    }
    return file.readAll().replace("currentColor", color.name(QColor::HexRgb).toLatin1());
}

QPixmap rendered(const QString &name, const QSize &pixels, const QColor &color)
{
    const QString key =
        u"stageloom/%1/%2/%3x%4"_s.arg(name, color.name()).arg(pixels.width()).arg(pixels.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(drawing(name, color));
    if (renderer.isValid()) {
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(QPointF(), QSizeF(pixels)));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QColor tinted(IconTint tint, QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    if (mode == QIcon::Selected && colorsFor(palette).isHighContrast)
        return palette.color(QPalette::HighlightedText);
    const ThemeColors &colors = colorsFor(palette);
    switch (tint) {
    case IconTint::Text:
        return mode == QIcon::Selected ? palette.color(QPalette::HighlightedText)
                                       : palette.color(QPalette::WindowText);
    case IconTint::Quiet:
        return colors.textQuiet;
    case IconTint::Accent:
        return colors.accent;
    case IconTint::Danger:
        return colors.danger;
    case IconTint::Warning:
        return colors.warning;
    case IconTint::Success:
        return colors.success;
    case IconTint::Info:
        return colors.info;
    }
    Q_UNREACHABLE_RETURN({});
}

class SymbolEngine final : public QIconEngine
{
public:
    SymbolEngine(QString name, IconTint tint)
        : m_name(std::move(name))
        , m_tint(tint)
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(painter, rect, m_name, tinted(m_tint, mode));
    }
    // `size` is in pixels already: QIcon::pixmap() multiplies by the pixel ratio before it asks.
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return rendered(m_name, size, tinted(m_tint, mode));
    }
    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override
    {
        const int side = qMin(size.width(), size.height());
        return {side, side};
    }
    QIconEngine *clone() const override { return new SymbolEngine(m_name, m_tint); }
    QString key() const override { return u"stageloom-symbol"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return !QFile::exists(u":/stageloom/icons/"_s + m_name + u".svg"_s); }

private:
    QString m_name;
    IconTint m_tint;
};

}

QIcon icon(const QString &name, IconTint tint)
{
    return QIcon(new SymbolEngine(name, tint));
}

QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal devicePixelRatio)
{
    QPixmap pixmap = rendered(name, QSizeF(size * devicePixelRatio, size * devicePixelRatio).toSize(), color);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &color)
{
    // A painter that is scaled (a zoomed graph) needs more pixels than its device says.
    const qreal scale = painter->device()->devicePixelRatio() * qMax(0.1, painter->worldTransform().m11());
    const QSize pixels = QSizeF(rect.size() * scale).toSize().expandedTo({1, 1});
    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawPixmap(rect, rendered(name, pixels, color), QRectF(QPointF(), QSizeF(pixels)));
    painter->restore();
}

}
