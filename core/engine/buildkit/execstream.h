// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/bytestream.h"

namespace engine {

/// `buildctl dial-stdio` inside a container, as buildx's driver "docker-container" does: an exec is created
/// and started over the engine's own socket, and its input and output are the bytes.
class ExecStream final : public ByteStream
{
    Q_OBJECT

public:
    ExecStream(std::unique_ptr<ByteStream> engine, const Endpoint &endpoint, const QString &container);

    void open() override { m_engine->open(); }
    void write(const QByteArray &bytes) override { m_engine->write(bytes); }
    [[nodiscard]] qint64 unwritten() const override { return m_engine->unwritten(); }
    void close() override;

private:
    void create();
    void read(const QByteArray &bytes);
    void readCreated();
    void readStarted();
    void readFrames();
    void fail(const base::Error &error);
    [[nodiscard]] base::Error silence(const QString &words) const;
    [[nodiscard]] base::Error noBuildctl(const QString &words) const;
    [[nodiscard]] base::Error refusal(const QByteArray &answer) const;

    enum class State : quint8 { Creating, Starting, Running, Ended };

    std::unique_ptr<ByteStream> m_engine;
    Endpoint m_endpoint;
    QString m_container;
    State m_state = State::Creating;
    QByteArray m_bytes;
    QByteArray m_words; ///< what the program wrote to its standard error, or the engine in its place
    bool m_hasReceived = false;
};

}
