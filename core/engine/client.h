// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/engineinfo.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace engine {

class Transport;

/// One engine over REST. Lives in one thread (any with an event loop) and never blocks it. Every call answers
/// exactly once through its callback, on that thread, unless the client dies first; each has a time limit.
class Client : public QObject
{
    Q_OBJECT

public:
    explicit Client(Endpoint endpoint, QObject *parent = nullptr);
    ~Client() override;

    template <class T>
    using Answer = std::function<void(base::Result<T>)>;

    [[nodiscard]] const Endpoint &endpoint() const;
    /// For those who speak to the same engine beside this: a build, and later BuildKit's own client.
    [[nodiscard]] Transport *transport() const;
    /// Shortens the waiting for connections and small answers; for tests.
    void setTimeLimits(std::chrono::milliseconds connecting, std::chrono::milliseconds answering);
    /// What connectToEngine() learned; nothing before.
    [[nodiscard]] std::optional<EngineInfo> info() const;

    /// Pings, negotiates the API version, reads /version and /info.
    void connectToEngine(Answer<EngineInfo> answer);

    void listImages(Answer<std::vector<ImageSummary>> answer);
    void inspectImage(const QString &reference, Answer<ImageDocuments> answer);
    /// One platform's image of several under the same name. Unsupported: an engine before API 1.49
    /// (Engine 28.1) has no word for that, or keeps one platform only.
    void inspectImage(const QString &reference, const QString &platform, Answer<ImageDocuments> answer);
    void imageExists(const QString &reference, Answer<bool> answer);
    void tagImage(const QString &reference, const QString &newTag, Answer<void> answer);
    void removeImage(const QString &reference, bool force, Answer<QStringList> answer);

    /// Pull progress: one line of /images/create.
    struct PullProgress
    {
        QString layer; ///< short id; empty for general lines
        QString status;
        qint64 current = 0;
        qint64 total = 0;
    };
    /// Ends with answer(); aborted by the returned function.
    std::function<void()> pullImage(const QString &reference, const QString &platform,
                                    std::function<void(const PullProgress &)> progress, Answer<void> answer);

    /// Runs the image once without a network, collects its output (stdout and stderr together), removes the
    /// container.
    struct RunOutcome
    {
        int exitCode = 0;
        QByteArray output;
    };
    void runOnce(const QString &reference, const QStringList &command, Answer<RunOutcome> answer);

    /// Follows /events; imagesChanged() is emitted (compressed to at most 5 a second) until the client dies.
    /// Reconnects after a lost stream.
    void followEvents();

Q_SIGNALS:
    void imagesChanged();
    /// The event stream was lost, or is back.
    void reachableChanged(bool reachable);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Tries the candidates in turn (a binding one alone) and answers with the first that connects; the Error
/// tells what was tried, and the mend: start the service, join the docker group, ...
void connectToFirst(QObject *owner, const Candidates &candidates,
                    std::function<void(base::Result<std::shared_ptr<Client>>)> answer);

}
