// SPDX-License-Identifier: Apache-2.0
#include "window/undopassthrough.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace app {

bool UndoPassThrough::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto *field = qobject_cast<QLineEdit *>(watched);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool hasNothing = field && ((key->matches(QKeySequence::Undo) && !field->isUndoAvailable()) ||
                                      (key->matches(QKeySequence::Redo) && !field->isRedoAvailable()));
    if (hasNothing)
        event->ignore();
    return hasNothing;
}

}
