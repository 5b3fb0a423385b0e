// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "editor/editorparts.h"
#include "language/symbols.h"

#include <QObject>
#include <QPointer>

namespace ui {

class RenameField;

/// Stages, ARGs and ENVs as things: go where they are declared, find where they are used, name them anew in
/// the text.
class EditorSymbols : public QObject
{
    Q_OBJECT

public:
    explicit EditorSymbols(const EditorParts &parts, QObject *parent = nullptr);

    void goToDefinition();
    void findReferences();
    void rename();

Q_SIGNALS:
    void editRequested(const base::TextEdit &edit, const QString &label);
    void referencesFound(const QString &name, const std::vector<language::SymbolPlace> &places);
    /// Nothing came of a wish; says why.
    void refused(const QString &reason);

protected:
    /// Ctrl shows what a click follows.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] std::optional<language::Symbol> symbolAt(qsizetype offset) const;
    [[nodiscard]] std::optional<language::Symbol> symbolAtCursor();
    void markPlaces(qsizetype offset);
    void showLink(QPoint position, Qt::KeyboardModifiers modifiers);
    bool follow(QPoint position);

    EditorParts m_parts;
    QPointer<RenameField> m_field;
};

}
