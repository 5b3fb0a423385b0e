// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"
#include "widgets/labels.h"
#include "widgets/noticebar.h"
#include "widgets/progressline.h"

#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace ui;

namespace {

// WCAG 2: (L1 + 0.05) / (L2 + 0.05)
double contrast(const QColor &a, const QColor &b)
{
    const auto luminance = [](const QColor &color) {
        const auto linear = [](double v) {
            return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
               0.0722 * linear(color.blueF());
    };
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return qMax(one, other) / qMin(one, other);
}

int differentPixels(const QImage &a, const QImage &b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
    return count;
}

}

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadableOnItsGround_data()
    {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("ground");
        QTest::addColumn<double>("least");
        const auto rows = [](const char *scheme, const ThemeColors &c, double least) {
            const auto row = [&](const char *what, const QColor &text, const QColor &ground) {
                QTest::addRow("%s: %s", scheme, what) << text << ground << least;
            };
            row("text on panel", c.text, c.panel);
            row("text on window", c.text, c.window);
            row("text on card", c.text, c.card);
            row("quiet text on panel", c.textQuiet, c.panel);
            row("quiet text on window", c.textQuiet, c.window);
            row("quiet text on card", c.textQuiet, c.card);
            row("quiet text on a selected card", c.textQuiet, c.accentSoft);
            row("selected text", c.selectionText, c.selection);
            row("words on an accent button", c.accentText, c.accent);
            row("danger", c.danger, c.panel);
            row("danger on its ground", c.danger, c.dangerSoft);
            row("warning", c.warning, c.panel);
            row("warning on its ground", c.warning, c.warningSoft);
            row("success on its ground", c.success, c.successSoft);
            row("info on its ground", c.info, c.infoSoft);
            row("stand-in badge", c.standIn, c.standInSoft);
            for (std::size_t i = 0; i < c.series.size(); ++i)
                row(qPrintable(u"label on series %1"_s.arg(i)), c.seriesTextAt(i), c.seriesAt(i));
        };
        rows("light", lightColors(), 4.5);
        rows("dark", darkColors(), 4.5);
        rows("high contrast", highContrastColors(), 7.0);
    }
    void textIsReadableOnItsGround()
    {
        QFETCH(QColor, text);
        QFETCH(QColor, ground);
        QFETCH(double, least);
        const double found = contrast(text, ground);
        QVERIFY2(found >= least, qPrintable(u"%1 on %2 has %3"_s.arg(text.name(), ground.name()).arg(found)));
    }

    void aPaletteTellsItsScheme()
    {
        QVERIFY(&colorsFor(paletteOf(lightColors())) == &lightColors());
        QVERIFY(&colorsFor(paletteOf(darkColors())) == &darkColors());
        QVERIFY(&colorsFor(paletteOf(highContrastColors())) == &highContrastColors());
        QVERIFY(&colorsFor(QPalette(QColor(u"#eeeeec"_s))) == &lightColors());
        QVERIFY(&colorsFor(QPalette(QColor(u"#31363b"_s))) == &darkColors());
    }

    void everyIconDrawsSomethingAtEverySize()
    {
        const QStringList names = QDir(u":/stageloom/icons"_s).entryList({u"*.svg"_s});
        QVERIFY(names.size() >= 40);
        for (const QString &file : names) {
            for (const int size : {16, 20, 24, 48}) {
                const QImage image = iconPixmap(file.chopped(4), size, Qt::black, 2).toImage();
                QCOMPARE(image.size(), QSize(size * 2, size * 2));
                QImage empty(image.size(), image.format());
                empty.fill(Qt::transparent);
                QVERIFY2(differentPixels(image, empty) > size, qPrintable(file));
            }
        }
    }

    void iconsFollowTheScheme()
    {
        applyTheme(*qApp, Scheme::Light);
        const QIcon save = icon(u"save"_s);
        const QImage light = save.pixmap(24).toImage();
        applyTheme(*qApp, Scheme::Dark);
        const QImage dark = save.pixmap(24).toImage();
        QVERIFY(differentPixels(light, dark) > 0);
        QVERIFY(differentPixels(dark, save.pixmap({24, 24}, QIcon::Disabled).toImage()) > 0);
        QVERIFY(icon(u"no-such-icon"_s).isNull());
    }

    void aWindowFollowsTheSchemeWhileItIsOpen()
    {
        applyTheme(*qApp, Scheme::Light);
        QuietLabel label(u"quiet"_s);
        label.show();
        QVERIFY(QTest::qWaitForWindowExposed(&label));
        applyTheme(*qApp, Scheme::HighContrast);
        QTRY_COMPARE(label.palette().color(QPalette::Active, QPalette::WindowText),
                     highContrastColors().textQuiet);
        applyTheme(*qApp, Scheme::System);
        QTRY_VERIFY(&colorsFor(&label) != &highContrastColors());
    }

    void aNoticeTellsWhichButtonWasPressed()
    {
        NoticeBar bar;
        bar.showError(
            {.message = u"permission denied"_s, .where = u"Dockerfile"_s, .hint = u"Save it elsewhere."_s});
        bar.addAction(u"elsewhere"_s, u"Save as"_s);
        QCOMPARE(bar.message(), u"Dockerfile: permission denied"_s);
        QVERIFY(bar.isVisible());
        QSignalSpy pressed(&bar, &NoticeBar::actionTriggered);
        QTest::mouseClick(bar.findChild<QPushButton *>(), Qt::LeftButton);
        QCOMPARE(pressed.size(), 1);
        QCOMPARE(pressed.first().first().toString(), u"elsewhere"_s);
        QVERIFY(!bar.isVisible());
    }

    void aMessageWithoutAPlaceStartsLikeASentence_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain words") << u"there is no go.mod here"_s << u"There is no go.mod here"_s;
        QTest::newRow("a file's name stays") << u"go.mod names no module"_s << u"go.mod names no module"_s;
        QTest::newRow("one word") << u"cancelled"_s << u"cancelled"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void aMessageWithoutAPlaceStartsLikeASentence()
    {
        QFETCH(QString, message);
        QTEST(asSentence(message), "shown");
    }

    void quickWorkShowsNoProgress()
    {
        QWidget window;
        ProgressLine line(&window);
        window.show();
        line.start(u"Reading"_s);
        line.finish();
        QTest::qWait(600);
        QVERIFY(!line.isVisible());
        line.start(u"Reading"_s);
        QTRY_VERIFY(line.isVisible());
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
