// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bake/body.h"

#include <QHash>
#include <QProcessEnvironment>
#include <QSet>

namespace bake {

/// Names that hold within one expression: the variables of a matrix, of a for, a function's parameters.
using Locals = QHash<QString, Value>;

/// Gives values to expressions: variables of the file (overridden by the environment), functions, what other
/// blocks say (target.app.tags). The first error wins; values after it count for nothing.
class Evaluator
{
public:
    /// `builtIns` are names with a value that no file defines (BAKE_CMD_CONTEXT).
    Evaluator(Body body, QProcessEnvironment environment, QHash<QString, QString> builtIns);

    Value value(const Expression &expression, const Locals &locals);

    /// Evaluates every variable once, so that a wrong one is told even when nobody uses it.
    void checkVariables();
    [[nodiscard]] const Body &body() const { return m_body; }
    [[nodiscard]] const std::optional<base::Error> &error() const { return m_error; }
    void fail(int line, const QString &message, const QString &hint = {});
    /// Messages name this file until the guard dies.
    void setFile(const QString &file) { m_file = file; }
    [[nodiscard]] const QString &file() const { return m_file; }

private:
    Value templateText(const Expression &expression, const Locals &locals);
    Value variable(const Expression &expression, const Locals &locals);
    Value defined(const QString &name, int line);
    Value fromEnvironment(const Block &variable, const Value &byDefault, const QString &text);
    Value listFromText(const Block &variable, const QString &text, int line);
    Value member(const Expression &expression, const Locals &locals);
    Value ofBlock(const QString &type, const QString &name, const QString &attribute, int line);
    Value index(const Expression &expression, const Locals &locals);
    Value splat(const Expression &expression, const Locals &locals);
    Value unary(const Expression &expression, const Locals &locals);
    Value binary(const Expression &expression, const Locals &locals);
    Value arithmetic(const Expression &expression, const Value &left, const Value &right);
    Value conditional(const Expression &expression, const Locals &locals);
    Value tuple(const Expression &expression, const Locals &locals);
    Value object(const Expression &expression, const Locals &locals);
    Value loop(const Expression &expression, const Locals &locals);
    Value call(const Expression &expression, const Locals &locals);
    Value tried(const Expression &expression, const Locals &locals);
    Value ownFunction(const Block &function, const std::vector<Value> &arguments, int line);
    bool truth(const Value &value, int line);
    void validate(const Block &variable);

    [[nodiscard]] const Block *lastBlock(QStringView type, const QString &name) const;

    Body m_body;
    QProcessEnvironment m_environment;
    QHash<QString, QString> m_builtIns;
    QString m_file;
    QHash<QString, Value> m_known;
    QSet<QString> m_underWay;
    int m_depth = 0;
    std::optional<base::Error> m_error;
};

/// A name as `params = [a, b]` or `type = string` spell it: bare, or a string in JSON. Empty otherwise.
QString keywordOf(const Expression &expression);

}
