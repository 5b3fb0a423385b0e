// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QHash>
#include <QTemporaryFile>

#include <memory>

namespace ui {

/// What the steps of one build wrote. Memory is bounded: of each step (and of all together) the end is kept,
/// and the whole goes line by line to a temporary file, from which it can be saved.
class BuildLog
{
public:
    /// Characters kept of each step. A step that wrote more begins with a note that says where the rest is.
    static constexpr qsizetype keptPerStep = 400'000;

    BuildLog();

    void clear();
    /// What a step is called in the whole log; told once, before its text.
    void nameStep(const QString &id, const QString &name);
    void append(const QString &id, const QString &text);

    /// The kept end of one step; of all steps with an empty id.
    [[nodiscard]] QString text(const QString &id) const;
    /// How much of it is not kept, in characters.
    [[nodiscard]] qint64 dropped(const QString &id) const;
    [[nodiscard]] qint64 totalCharacters() const { return m_total; }

    /// The whole log as `docker build --progress=plain` shows it: "#3 text". Errors: a file that cannot be
    /// written.
    base::Result<void> saveTo(const QString &path);

private:
    struct Buffer
    {
        QString text;
        qint64 dropped = 0;
    };
    struct Step
    {
        int number = 0;
        QString unfinishedLine; ///< of the file: lines of steps that run at once must not mix
    };

    static void keep(Buffer &buffer, const QString &text);
    void writeLines(Step &step, const QString &text);
    void writeOut(const QString &line);

    QHash<QString, Buffer> m_buffers; ///< "": all
    QHash<QString, Step> m_steps;
    std::unique_ptr<QTemporaryFile> m_file;
    bool m_fileFailed = false;
    qint64 m_total = 0;
};

}
