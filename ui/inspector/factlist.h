// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QListWidget;

namespace ui {

class SectionHeader;

/// A titled list of one-line facts, as high as its rows; some of them lead to a row of the file. Hidden
/// without any.
class FactList final : public QWidget
{
    Q_OBJECT

public:
    explicit FactList(const QString &title, QWidget *parent = nullptr);

    struct Fact
    {
        QString text;
        int row = 0; ///< of the file, from 1; 0: leads nowhere
        QString tooltip;
        friend bool operator==(const Fact &, const Fact &) = default;
    };
    void setFacts(const std::vector<Fact> &facts);
    [[nodiscard]] const std::vector<Fact> &facts() const { return m_facts; }

Q_SIGNALS:
    void rowActivated(int row);

private:
    SectionHeader *m_title;
    QListWidget *m_list;
    std::vector<Fact> m_facts;
};

}
