// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/classicbuild/contexttar.h"
#include "engine/classicbuild/silencewatch.h"
#include "engine/classicbuild/steplines.h"
#include "engine/client.h"
#include "engine/rest/jsonstream.h"
#include "engine/rest/request.h"
#include "engine/steps/stepboard.h"

#include <QPointer>

namespace engine {

/// A build by POST /build: the context goes up as a tar archive, the trace comes down as lines of JSON. Works
/// with every engine; knows no session, hence no secrets. Deleting it ends the build without an answer.
class ClassicBuild : public QObject
{
public:
    using Answer = std::function<void(const BuildOutcome &)>;

    ClassicBuild(Client *client, StepBoard *board, const BuildRequest &request, Answer answer,
                 QObject *parent);
    ~ClassicBuild() override;

    /// Asks the engine to stop; the answer does not come any more.
    void cancel();

private:
    void noteUpload();
    void endUpload(BuildStep::State state);
    void read(const QByteArray &bytes);
    void readLine(const QJsonObject &line);
    void handleEnd(const base::Result<Reply> &reply);
    void askWhyRefused(const base::Error &loss);
    void fail(const base::Error &error);
    void failBuild(const QString &message);
    void finish(BuildOutcome outcome);

    Client *m_client;
    StepBoard *m_board;
    Answer m_answer;
    EngineInfo m_engine;
    ContextTar m_tar;
    QString m_dockerfileName;
    QString m_buildId;
    JsonStream m_stream;
    StepLines m_lines;
    BuildStep m_upload;
    QString m_imageId;
    QString m_failure; ///< the engine's words
    QPointer<Request> m_request;
    QNetworkRequest m_question; ///< the query, without the archive
    std::unique_ptr<SilenceWatch> m_watch;
};

}
