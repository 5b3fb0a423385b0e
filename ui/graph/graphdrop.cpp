// SPDX-License-Identifier: Apache-2.0
// What is dropped on GraphView from elsewhere: the name of an image, as text. Files are the window's, which
// opens them.
#include "dockerfile/validation.h"
#include "graph/dragnote.h"
#include "graph/graphitems.h"
#include "graph/graphscene.h"
#include "graph/graphview.h"

#include <QDropEvent>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// As people copy it: from a FROM line, or from the command that a registry's page shows.
QString imageIn(const QMimeData &data)
{
    QString text = data.text().trimmed();
    for (const auto &before : {"docker pull "_L1, "podman pull "_L1, "FROM "_L1})
        if (text.startsWith(before, Qt::CaseInsensitive))
            text = text.sliced(before.size()).trimmed();
    return text.section(u" AS "_s, 0, 0, QString::SectionCaseInsensitiveSeps).trimmed();
}

bool isText(const QMimeData &data)
{
    return data.hasText() && !data.hasUrls();
}

}

void GraphView::dragEnterEvent(QDragEnterEvent *event)
{
    if (isText(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore();
}

void GraphView::dragMoveEvent(QDragMoveEvent *event)
{
    if (!isText(*event->mimeData())) {
        event->ignore();
        return;
    }
    const QPoint at = event->position().toPoint();
    const QString image = imageIn(*event->mimeData());
    const QString whyNot = dockerfile::whyNoImage(image);
    CardItem *card = m_scene->cardAt(mapToScene(at));
    const bool isStage = card != nullptr && card->key().kind == graph::NodeKind::Stage;
    setDropTarget(isStage ? card : nullptr, whyNot);
    if (!whyNot.isEmpty())
        m_dragNote->refuse(whyNot);
    else
        m_dragNote->promise(isStage ? tr("%1 FROM %2").arg(card->content().title, image)
                                    : tr("New stage FROM %1").arg(image));
    m_dragNote->moveBeside(at);
    event->setAccepted(whyNot.isEmpty());
}

void GraphView::dragLeaveEvent(QDragLeaveEvent *event)
{
    stopConnecting();
    event->accept();
}

void GraphView::dropEvent(QDropEvent *event)
{
    const QString image = isText(*event->mimeData()) ? imageIn(*event->mimeData()) : QString();
    const auto stage = m_dropTarget;
    stopConnecting();
    if (image.isEmpty() || !dockerfile::whyNoImage(image).isEmpty()) {
        event->ignore();
        return;
    }
    event->acceptProposedAction();
    Q_EMIT imageDropped(image, stage);
}

}
