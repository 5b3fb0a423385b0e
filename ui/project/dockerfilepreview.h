// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPlainTextEdit>

namespace ui {

/// A Dockerfile to read, not to edit: keywords and comments stand out. Keeps its place when the text changes.
class DockerfilePreview : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit DockerfilePreview(QWidget *parent = nullptr);
    void setDockerfile(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    class Highlighter;
    Highlighter *m_highlighter;
};

}
