// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace ui {

/// A short word in a pill: "stand-in", "target", "cached". Its meaning is in the word, the colour only helps.
class Badge : public QWidget
{
    Q_OBJECT

public:
    enum class Kind : quint8 { Neutral, Accent, Success, Warning, Danger, StandIn };

    explicit Badge(const QString &text = {}, Kind kind = Kind::Neutral, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    void setKind(Kind kind);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

    /// The same pill for painters: delegates, cards. Returns the width it took, from `rect`'s left edge.
    static int paint(QPainter *painter, const QRect &rect, const QString &text, Kind kind,
                     const QPalette &palette);
    static int widthOf(const QString &text, const QFont &font);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Kind m_kind;
};

}
