// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/keyagent.h"

#include "engine/words.h"

#include <QFileInfo>

namespace engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::Error;
using base::Result;

KeyAgent::~KeyAgent()
{
    for (QProcess *process : {&m_adder, &m_agent}) {
        process->disconnect(this);
        process->kill();
        process->waitForFinished(1000);
    }
}

void KeyAgent::whenReady(Ready ready)
{
    if (m_result)
        return ready(*m_result);
    m_waiting.push_back(std::move(ready));
    if (!std::exchange(m_isStarted, true))
        start();
}

void KeyAgent::start()
{
    for (const QString &file : m_keyFiles) {
        if (!QFileInfo(file).isFile())
            return fail(Words::tr("there is no such key file"), file);
    }
    const QString socket = m_folder.filePath(u"agent"_s);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this,
            [this] { fail(Words::tr("it did not come up in 10 seconds"), u"ssh-agent"_s); });
    m_limit.start(10s);
    connect(&m_agent, &QProcess::errorOccurred, this, [this] {
        fail(Words::tr("it is not installed, or may not be run"), u"ssh-agent"_s,
             Words::tr("Install OpenSSH's client."));
    });
    connect(&m_agent, &QProcess::finished, this,
            [this] { fail(Words::tr("it ended by itself"), u"ssh-agent"_s); });
    connect(&m_look, &QTimer::timeout, this, &KeyAgent::addKeysWhenListening);
    m_look.start(10ms);
    m_agent.setStandardOutputFile(QProcess::nullDevice());
    m_agent.setStandardErrorFile(QProcess::nullDevice());
    m_agent.start(u"ssh-agent"_s, {u"-D"_s, u"-a"_s, socket});
}

void KeyAgent::addKeysWhenListening()
{
    if (!QFileInfo::exists(m_folder.filePath(u"agent"_s)))
        return;
    m_look.stop();
    addKeys();
}

void KeyAgent::addKeys()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_AUTH_SOCK"_s, m_folder.filePath(u"agent"_s));
    // Nobody is asked for a passphrase in the midst of a build.
    environment.insert(u"SSH_ASKPASS_REQUIRE"_s, u"force"_s);
    environment.insert(u"SSH_ASKPASS"_s, u"/bin/false"_s);
    m_adder.setProcessEnvironment(environment);
    m_adder.setStandardInputFile(QProcess::nullDevice());
    m_adder.setStandardOutputFile(QProcess::nullDevice());
    m_adder.setStandardErrorFile(QProcess::nullDevice());
    connect(&m_adder, &QProcess::errorOccurred, this, [this] {
        fail(Words::tr("it is not installed, or may not be run"), u"ssh-add"_s,
             Words::tr("Install OpenSSH's client."));
    });
    connect(&m_adder, &QProcess::finished, this, [this](int exitCode) {
        if (exitCode == 0)
            return settle(m_folder.filePath(u"agent"_s));
        fail(Words::tr("the key cannot be used without its passphrase, or is none"), m_keyFiles.join(u", "_s),
             Words::tr("Add it to your own agent with ssh-add, and forward that one. Only you may be allowed "
                       "to read a key: chmod 600."));
    });
    m_adder.start(u"ssh-add"_s, m_keyFiles);
}

void KeyAgent::fail(const QString &message, const QString &where, const QString &hint)
{
    settle(std::unexpected(
        Error{.kind = Error::Kind::Failed, .message = message, .where = where, .hint = hint}));
}

void KeyAgent::settle(const Result<QString> &result)
{
    m_limit.stop();
    m_look.stop();
    if (m_result)
        return;
    m_result = std::make_unique<Result<QString>>(result);
    for (const Ready &ready : std::exchange(m_waiting, {}))
        ready(*m_result);
}

}
