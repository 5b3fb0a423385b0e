// SPDX-License-Identifier: Apache-2.0
#include "commandline/interrupt.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace app {

namespace {

// A signal handler may do little more than write to a socket.
int signalSockets[2] = {-1, -1};

void handleSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(signalSockets[0], &byte, 1);
}

void setHandler(void (*handler)(int))
{
    for (const int signal : {SIGINT, SIGTERM})
        std::signal(signal, handler);
}

}

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, signalSockets) != 0)
        return;
    m_notifier = new QSocketNotifier(signalSockets[1], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        [[maybe_unused]] const auto read = ::read(signalSockets[1], &byte, 1);
        setHandler(SIG_DFL); // a second Ctrl+C ends us at once
        Q_EMIT interrupted();
    });
    setHandler(handleSignal);
}

Interrupt::~Interrupt()
{
    setHandler(SIG_DFL);
    for (int &socket : signalSockets) {
        if (socket >= 0)
            ::close(socket);
        socket = -1;
    }
}

}
