// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

class QComboBox;
class QTabWidget;

namespace ui {

class CachePage;
class EngineBuildsPage;

/// What an engine's BuildKit keeps: its cache, and the builds that it remembers.
class CacheDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Page : quint8 { Cache, Builds };

    explicit CacheDialog(QWidget *parent = nullptr);

    void showPage(Page page);
    /// Whose it is: the engine, or the nodes of a builder. The one that was chosen stays if it is there.
    void setSources(const QStringList &names);
    [[nodiscard]] int source() const;
    [[nodiscard]] CachePage *cache() const { return m_cache; }
    [[nodiscard]] EngineBuildsPage *builds() const { return m_builds; }

Q_SIGNALS:
    void sourceChanged(int index);

private:
    QComboBox *m_sources;
    QTabWidget *m_tabs;
    CachePage *m_cache;
    EngineBuildsPage *m_builds;
};

}
