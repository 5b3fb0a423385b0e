// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace app {

/// A text field takes Ctrl+Z for itself even when nothing was typed in it. With this event filter on the
/// application, the key goes to the window's history then.
class UndoPassThrough final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    bool eventFilter(QObject *watched, QEvent *event) override;
};

}
