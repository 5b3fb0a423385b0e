// SPDX-License-Identifier: Apache-2.0
#include "bake/composevalue.h"

#include "bake/composeinterpolation.h"
#include "bake/words.h"

#include <yaml-cpp/yaml.h>

namespace bake {

using namespace Qt::StringLiterals;

namespace {

class ComposeReader
{
public:
    ComposeReader(QString file, const QProcessEnvironment &environment)
        : m_file(std::move(file))
        , m_environment(environment)
    {}

    base::Result<Value> read(const QString &text)
    {
        Value all = Value::ofMap();
        try {
            const YAML::Node root = YAML::Load(text.toStdString());
            if (!root.IsMap() || (!root["services"] && !root["secrets"]))
                fail(root, Words::tr("a compose file has \"services\""));
            else if (root["include"])
                fail(root["include"], Words::tr("\"include\" of compose files is not read"),
                     Words::tr("Name the other file with -f as well."));
            else
                all = known(root);
        } catch (const YAML::Exception &exception) {
            failAt(exception.mark.line + 1,
                   Words::tr("this is no YAML: %1").arg(QString::fromStdString(exception.msg)));
        }
        if (m_error)
            return std::unexpected(*m_error);
        return all;
    }

private:
    Value known(const YAML::Node &root)
    {
        Value services = Value::ofMap();
        for (const auto &service : root["services"]) {
            Value kept = Value::ofMap();
            const YAML::Node &node = service.second;
            if (node.IsMap() && node["extends"] && !node["build"])
                fail(node["extends"], Words::tr("\"extends\" of compose services is not read"),
                     Words::tr("Write the build section out, or use a bake file."));
            for (const auto *key : {"image", "build"}) {
                if (node.IsMap() && node[key] && !node[key].IsNull())
                    kept.insert(QString::fromLatin1(key), value(node[key]));
            }
            if (const auto *build = kept.find(u"build"_s))
                kept.insert(u"build"_s, writtenOut(*build));
            services.insert(QString::fromStdString(service.first.as<std::string>()), kept);
        }
        Value all = Value::ofMap();
        all.insert(u"services"_s, services);
        all.insert(u"secrets"_s,
                   root["secrets"] && root["secrets"].IsMap() ? value(root["secrets"]) : Value::ofMap());
        return all;
    }

    Value value(const YAML::Node &node)
    {
        constexpr int deepest = 50; // and aliases of aliases end somewhere
        constexpr int most = 200'000;
        if (m_depth > deepest || ++m_count > most) {
            fail(node, Words::tr("the file is nested too deeply"));
            return {};
        }
        ++m_depth;
        Value result;
        switch (node.Type()) {
        case YAML::NodeType::Scalar:
            result = scalar(node);
            break;
        case YAML::NodeType::Sequence:
            result = Value::ofList();
            for (const auto &item : node)
                result.append(value(item));
            break;
        case YAML::NodeType::Map:
            result = map(node);
            break;
        case YAML::NodeType::Null:
        case YAML::NodeType::Undefined:
            break;
        }
        --m_depth;
        return result;
    }

    Value scalar(const YAML::Node &node)
    {
        const auto text = interpolated(QString::fromStdString(node.Scalar()), m_environment);
        if (!text)
            fail(node, text.error());
        return Value::ofString(text.value_or(QString()));
    }

    Value map(const YAML::Node &node)
    {
        Value own = Value::ofMap();
        Value inherited = Value::ofMap();
        for (const auto &entry : node) {
            const QString key = QString::fromStdString(entry.first.as<std::string>());
            const Value item = value(entry.second);
            if (key != "<<"_L1) {
                own.insert(key, item);
                continue;
            }
            for (const auto &base : item.isList() ? item.items() : std::vector{item})
                inherited = mergedCompose(base, inherited); // the first of a list wins
        }
        Value all = inherited;
        for (std::size_t i = 0; i < own.keys().size(); ++i)
            all.insert(own.keys()[i], own.items()[i]);
        return all;
    }

    // "build: folder", and lists of key=value where a map may stand too.
    static Value writtenOut(const Value &build)
    {
        Value map = build;
        if (!build.isMap()) {
            map = Value::ofMap();
            map.insert(u"context"_s, build);
        }
        for (const auto &key :
             {u"args"_s, u"labels"_s, u"additional_contexts"_s, u"extra_hosts"_s, u"ssh"_s}) {
            const auto *list = map.find(key);
            if (!list || !list->isList())
                continue;
            Value pairs = Value::ofMap();
            for (const auto &item : list->items()) {
                const QString text = item.string();
                const qsizetype equals = text.indexOf(u'=');
                const qsizetype at = equals < 0 && key == "extra_hosts"_L1 ? text.indexOf(u':') : equals;
                pairs.insert(text.left(at < 0 ? text.size() : at),
                             at < 0 ? Value() : Value::ofString(text.mid(at + 1)));
            }
            map.insert(key, pairs);
        }
        return map;
    }

    void fail(const YAML::Node &node, const QString &message, const QString &hint = {})
    {
        failAt(node.IsDefined() ? node.Mark().line + 1 : 1, message, hint);
    }

    void failAt(int line, const QString &message, const QString &hint = {})
    {
        if (!m_error) {
            m_error = base::Error{.kind = base::Error::Kind::Malformed,
                                  .message = message,
                                  .where = u"%1:%2"_s.arg(m_file).arg(std::max(line, 1)),
                                  .hint = hint};
        }
    }

    QString m_file;
    const QProcessEnvironment &m_environment;
    int m_depth = 0;
    int m_count = 0;
    std::optional<base::Error> m_error;
};

}

base::Result<Value> composeValue(const QString &text, const QString &file,
                                 const QProcessEnvironment &environment)
{
    return ComposeReader(file, environment).read(text);
}

Value mergedCompose(const Value &first, const Value &second)
{
    if (first.isList() && second.isList()) {
        Value list = first;
        for (const auto &item : second.items())
            list.append(item);
        return list;
    }
    if (!first.isMap() || !second.isMap())
        return second.isNull() ? first : second;
    Value map = first;
    for (std::size_t i = 0; i < second.keys().size(); ++i) {
        const auto *before = first.find(second.keys()[i]);
        map.insert(second.keys()[i], before ? mergedCompose(*before, second.items()[i]) : second.items()[i]);
    }
    return map;
}

}
