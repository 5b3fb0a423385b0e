// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace engine {

/// The messages of one direction of a gRPC call, put together from bytes that are cut anywhere. Each has a
/// head of five bytes: 0 (not compressed; we announce no compression) and the length in big endian.
class GrpcReader
{
public:
    /// Far above what BuildKit sends (16 MiB), far below what would hurt us.
    static constexpr qsizetype largestMessage = 64 * 1024 * 1024;

    void feed(QByteArrayView bytes);
    /// The next whole message; nothing while it is not all there, and after a problem.
    std::optional<QByteArray> next();

    enum class Problem : quint8 { None, Compressed, TooLarge };
    [[nodiscard]] Problem problem() const { return m_problem; }
    [[nodiscard]] qsizetype heldBytes() const { return m_bytes.size(); }
    [[nodiscard]] bool isInsideMessage() const { return !m_bytes.isEmpty(); }

private:
    QByteArray m_bytes;
    Problem m_problem = Problem::None;
};

/// The message with its head.
QByteArray grpcFrame(QByteArrayView message);

}
