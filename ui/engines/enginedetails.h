// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engines/engineentry.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;

namespace ui {

class AbilityList;

/// One place: how it stands with it, what it said of itself, and what can be done with it.
class EngineDetails : public QWidget
{
    Q_OBJECT

public:
    explicit EngineDetails(QWidget *parent = nullptr);

    /// `siblings`: all nodes of its builder, itself included.
    void show(const EngineEntry &entry, const std::vector<EngineEntry> &siblings);
    using QWidget::show;

Q_SIGNALS:
    void testRequested(const QString &id);
    void useRequested(const QString &id);
    void removeRequested(const QString &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHead();
    void showHead();
    void showFacts();
    void showEngineFacts(const engine::EngineInfo &info);
    void showBuildKitFacts();
    void showNodes();
    void addFact(const QString &name, const QString &value);

    EngineEntry m_entry;
    std::vector<EngineEntry> m_siblings;
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_sentence;
    QLabel *m_hint;
    QPushButton *m_use;
    QPushButton *m_test;
    QPushButton *m_remove;
    QGridLayout *m_facts;
    AbilityList *m_abilities;
};

}
