// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <QTimer>

#include <functional>
#include <vector>

namespace engine {

/// An ssh-agent of our own that holds the keys of some files, and ends with this object.
class KeyAgent : public QObject
{
public:
    explicit KeyAgent(QStringList keyFiles)
        : m_keyFiles(std::move(keyFiles))
    {}
    ~KeyAgent() override;

    using Ready = std::function<void(const base::Result<QString> &socket)>;
    /// Starts it, the first time. `ready` is called once, at once or later.
    void whenReady(Ready ready);

private:
    void start();
    void addKeysWhenListening();
    void addKeys();
    void settle(const base::Result<QString> &result);
    void fail(const QString &message, const QString &where, const QString &hint = {});

    QStringList m_keyFiles;
    QTemporaryDir m_folder;
    QProcess m_agent;
    QProcess m_adder;
    QTimer m_limit;
    QTimer m_look;
    std::vector<Ready> m_waiting;
    std::unique_ptr<base::Result<QString>> m_result;
    bool m_isStarted = false;
};

}
