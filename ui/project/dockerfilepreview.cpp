// SPDX-License-Identifier: Apache-2.0
#include "project/dockerfilepreview.h"

#include "dockerfile/keyword.h"
#include "theme/theme.h"

#include <QEvent>
#include <QScrollBar>
#include <QSyntaxHighlighter>

namespace ui {

// The editor has KSyntaxHighlighting; for a short preview of our own text two rules are enough.
class DockerfilePreview::Highlighter final : public QSyntaxHighlighter
{
public:
    explicit Highlighter(DockerfilePreview *preview)
        : QSyntaxHighlighter(preview->document())
        , m_preview(preview)
    {}

protected:
    void highlightBlock(const QString &line) override
    {
        const ThemeColors &colors = colorsFor(m_preview);
        const QStringView text = QStringView(line).trimmed();
        if (text.startsWith(u'#')) {
            setFormat(0, int(line.size()), colors.textQuiet);
            return;
        }
        const qsizetype end = line.indexOf(u' ');
        const bool continued = previousBlockState() == 1;
        setCurrentBlockState(text.endsWith(u'\\') ? 1 : 0);
        if (continued || end <= 0 ||
            dockerfile::keywordFromText(line.first(end)) == dockerfile::Keyword::Unknown)
            return;
        QTextCharFormat keyword;
        keyword.setForeground(colors.accent);
        keyword.setFontWeight(QFont::DemiBold);
        setFormat(0, int(end), keyword);
        if (const qsizetype as = line.indexOf(QStringLiteral(" AS "));
            as > 0 && line.startsWith(QStringLiteral("FROM")))
            setFormat(int(as) + 1, 2, keyword);
    }

private:
    DockerfilePreview *m_preview;
};

DockerfilePreview::DockerfilePreview(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new Highlighter(this))
{
    setReadOnly(true);
    setFont(codeFont(font()));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    document()->setDocumentMargin(space::m);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Preview of the Dockerfile"));
}

void DockerfilePreview::setDockerfile(const QString &text)
{
    if (text == toPlainText())
        return;
    const int place = verticalScrollBar()->value();
    setPlainText(text);
    verticalScrollBar()->setValue(place);
}

void DockerfilePreview::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->rehighlight();
}

}
