// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

/// What must hold for any bytes. A target ends the program when a law is broken, which both libFuzzer and
/// ctest notice.
namespace fuzz {

/// The bytes are a file: nothing of it is lost, and everything that reads a tree gets through it.
void parser(const QByteArray &bytes);

/// The bytes are words with variables and the values of these.
void expander(const QByteArray &bytes);

/// The bytes are a file and edits of it: the edited tree is the one that a fresh reading gives.
void edits(const QByteArray &bytes);

/// The bytes are a file and what is done to it by the verbs of graph and inspector, with what arguments.
void verbs(const QByteArray &bytes);

/// The bytes are what an engine sends. The first says where: to our calls, to our session, as a message, or
/// as an output for a folder. Whatever it is: each call ends once, what we answer stays in proportion, and
/// nothing is written outside the folder.
void wire(const QByteArray &bytes);

}
