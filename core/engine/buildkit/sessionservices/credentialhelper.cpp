// SPDX-License-Identifier: Apache-2.0
#include "engine/buildkit/sessionservices/credentialhelper.h"

#include "engine/words.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTimer>

namespace engine {

using namespace Qt::StringLiterals;
using base::Error;
using base::Result;

namespace {

constexpr qsizetype mostOutput = 1024 * 1024;

/// One question. What the program prints is never shown: it may be the secret.
class Question final : public QObject
{
public:
    using Done = std::function<void(const Result<RegistryCredentials> &)>;

    Question(QString program, QByteArray key, QObject *context, Done done, std::chrono::milliseconds patience)
        : QObject(context)
        , m_program(std::move(program))
        , m_key(std::move(key))
        , m_done(std::move(done))
    {
        connect(&m_process, &QProcess::started, this, [this] {
            m_process.write(m_key + '\n');
            m_process.closeWriteChannel();
        });
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] {
            m_output += m_process.readAllStandardOutput();
            if (m_output.size() > mostOutput)
                fail(Error::Kind::Malformed, Words::tr("it talks without end"));
        });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                fail(Error::Kind::NotFound, Words::tr("it is not installed, or may not be run"));
        });
        connect(&m_process, &QProcess::finished, this, &Question::finish);
        m_limit.setSingleShot(true);
        m_limit.setInterval(patience);
        connect(&m_limit, &QTimer::timeout, this, [this, patience] {
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(patience).count();
            fail(Error::Kind::TimedOut, Words::tr("it gave no answer in %1 s").arg(seconds));
        });
    }

    ~Question() override
    {
        m_process.disconnect(this);
        m_process.kill();
        m_process.waitForFinished(1000);
    }
    Q_DISABLE_COPY_MOVE(Question)

    void ask()
    {
        m_limit.start();
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(m_program, {u"get"_s});
    }

private:
    void finish(int exitCode, QProcess::ExitStatus status)
    {
        m_output += m_process.readAllStandardOutput();
        if (status == QProcess::NormalExit && exitCode != 0 && m_output.contains("credentials not found"))
            return answer(RegistryCredentials());
        if (status != QProcess::NormalExit || exitCode != 0)
            return fail(Error::Kind::Failed, Words::tr("it failed"));
        const QJsonDocument document = QJsonDocument::fromJson(m_output);
        const QString username = document[u"Username"].toString();
        const QString secret = document[u"Secret"].toString();
        if (!document.isObject() || !document[u"Secret"].isString())
            return fail(Error::Kind::Malformed, Words::tr("its answer cannot be understood"));
        if (username == u"<token>")
            return answer(RegistryCredentials{.identityToken = secret});
        answer(RegistryCredentials{.username = username, .password = secret});
    }

    void fail(Error::Kind kind, const QString &what)
    {
        answer(std::unexpected(Error{
            .kind = kind,
            .message = what,
            .where = m_program,
            .hint = Words::tr("Try it in a terminal: echo %1 | %2 get. It is named in docker's config.json.")
                        .arg(QString::fromUtf8(m_key), m_program)}));
    }

    void answer(const Result<RegistryCredentials> &result)
    {
        if (m_isAnswered)
            return;
        m_isAnswered = true;
        m_limit.stop();
        m_process.disconnect(this);
        m_output.fill('\0');
        if (m_process.state() == QProcess::NotRunning) {
            deleteLater();
        } else {
            connect(&m_process, &QProcess::finished, this, &QObject::deleteLater);
            m_process.kill();
        }
        m_done(result);
    }

    QString m_program;
    QByteArray m_key;
    Done m_done;
    QProcess m_process;
    QTimer m_limit;
    QByteArray m_output;
    bool m_isAnswered = false;
};

}

void askCredentialHelper(const QString &name, const QString &key, QObject *context,
                         std::function<void(const Result<RegistryCredentials> &)> done,
                         std::chrono::milliseconds patience)
{
    // Owned by `context`, and gone with its answer.
    auto *question =
        new Question(u"docker-credential-"_s + name, key.toUtf8(), context, std::move(done), patience);
    question->ask();
}

}
