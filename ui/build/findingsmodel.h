// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildevents.h"
#include "lint/finding.h"

#include <QAbstractTableModel>

namespace ui {

/// What is to be mended: our own findings, what the engine's frontend warned of in the last build, and what
/// it says of the text as it is. What several of them say of one line is listed once, our own words first.
class FindingsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { MessageColumn, PlaceColumn, FixColumn, ColumnCount };
    enum Role {
        SeverityRole = Qt::UserRole, ///< int of lint::Severity
        HintRole,
        RuleRole, ///< id of the rule; the engine's page for its warnings
        HasFixRole
    };
    struct Counts
    {
        int errors = 0;
        int warnings = 0;
        int advice = 0;
        friend bool operator==(const Counts &, const Counts &) = default;
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that stay the same keep their place, so that a selection survives a keystroke.
    void setFindings(const lint::Findings &findings);
    void setEngineWarnings(const std::vector<engine::BuildWarning> &warnings);
    void setEngineChecks(const std::vector<engine::BuildWarning> &warnings);

    [[nodiscard]] const lint::Finding *finding(const QModelIndex &index) const;
    [[nodiscard]] Counts counts() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString severityInWords(lint::Severity severity);

private:
    void merge();

    lint::Findings m_own;
    lint::Findings m_engine; ///< of the last build
    lint::Findings m_checks; ///< of the text as it is
    lint::Findings m_rows;
};

}
