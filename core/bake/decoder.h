// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/bakefile.h"
#include "bake/evaluator.h"

namespace bake {

/// Reads target and group blocks into their values: one target a block, several with a matrix. Errors are the
/// evaluator's.
class Decoder
{
public:
    explicit Decoder(Evaluator &evaluator)
        : m_evaluator(evaluator)
    {}

    /// Adds to `file`: blocks of the same name are put together.
    void decode(BakeFile &file);

private:
    void decodeTarget(const Block &block, BakeFile &file);
    void decodeGroup(const Block &block, BakeFile &file);
    void addTarget(Target target, BakeFile &file);
    std::vector<Locals> matrix(const Block &block);
    Target target(const Block &block, const QString &name, const Locals &locals);
    void setAttribute(Target &target, const Attribute &attribute, const Value &value);
    bool setPlain(Target &target, const QString &key, const Value &value);
    bool setList(Target &target, const QString &key, const Value &value);
    bool setEntries(Target &target, const QString &key, const Value &value);

    QString text(const Value &value);
    bool flag(const Value &value);
    QStringList texts(const Value &value);
    Target::Texts textMap(const Value &value);
    std::vector<TypedEntry> entries(const Value &value, base::Result<TypedEntry> (*parse)(const QString &));
    std::vector<TypedEntry> caches(const Value &value);
    std::vector<Secret> secrets(const Value &value);
    std::vector<Ssh> sshAgents(const Value &value);
    TypedEntry entryOfMap(const Value &map);
    const std::vector<Value> &listOf(const Value &value);
    void wrong(const QString &message, const QString &hint = {});

    Evaluator &m_evaluator;
    int m_line = 0;    ///< of the attribute that is read
    QString m_context; ///< "target \"app\": tags"
};

}
