// SPDX-License-Identifier: Apache-2.0
#include "bake/body.h"
#include "bake/hclparser.h"
#include "bake/orderedjson.h"
#include "bake/words.h"

#include <QLocale>

namespace bake {

using namespace Qt::StringLiterals;
using Kind = Expression::Kind;

namespace {

class JsonBodyReader
{
public:
    explicit JsonBodyReader(QString file)
        : m_file(std::move(file))
    {}

    base::Result<Body> read(const Json &root)
    {
        Body body;
        if (root.type != Json::Type::Object)
            fail(root.line, Words::tr("a bake file is an object"));
        for (const auto &[key, value] : root.members) {
            static const QStringList blocks{u"group"_s, u"target"_s, u"variable"_s, u"function"_s};
            if (blocks.contains(key))
                readBlocks(key, value, body);
            else
                body.attributes.push_back(attribute(key, value));
        }
        if (m_error)
            return std::unexpected(*m_error);
        return body;
    }

private:
    // {"app": {...}}, {"app": [{...}, {...}]}, and lists of such objects
    void readBlocks(const QString &type, const Json &json, Body &body)
    {
        if (json.type == Json::Type::Array) {
            for (const auto &item : json.items)
                readBlocks(type, item, body);
            return;
        }
        if (json.type != Json::Type::Object)
            fail(json.line, Words::tr("\"%1\" is not an object of names").arg(type));
        for (const auto &[name, value] : json.members) {
            if (value.type == Json::Type::Array) {
                for (const auto &item : value.items)
                    body.blocks.push_back(block(type, name, item));
            } else {
                body.blocks.push_back(block(type, name, value));
            }
        }
    }

    Block block(const QString &type, const QString &name, const Json &json)
    {
        Block block{.type = type, .labels = {name}, .file = m_file, .line = json.line};
        if (json.type != Json::Type::Object)
            fail(json.line, Words::tr("%1 \"%2\" is not an object").arg(type, name));
        for (const auto &[key, value] : json.members) {
            if (type == "variable"_L1 && key == "validation"_L1)
                readUnnamedBlocks(key, value, block.body);
            else
                block.body.attributes.push_back(attribute(key, value));
        }
        return block;
    }

    void readUnnamedBlocks(const QString &type, const Json &json, Body &body)
    {
        const std::vector<Json> single{json};
        for (const auto &item : json.type == Json::Type::Array ? json.items : single) {
            Block block{.type = type, .file = m_file, .line = item.line};
            for (const auto &[key, value] : item.members)
                block.body.attributes.push_back(attribute(key, value));
            body.blocks.push_back(std::move(block));
        }
    }

    Attribute attribute(const QString &name, const Json &json)
    {
        return {.name = name, .expression = expression(json), .line = json.line};
    }

    ExpressionPointer expression(const Json &json)
    {
        Expression list{.line = json.line};
        switch (json.type) {
        case Json::Type::Null:
            return literal({}, json.line);
        case Json::Type::Bool:
            return literal(Value::ofBool(json.flag), json.line);
        case Json::Type::Number:
            return literal(Value::ofNumber(QLocale::c().toDouble(json.text)), json.line);
        case Json::Type::String:
            return templateOf(json.text, json.line);
        case Json::Type::Array:
            list.kind = Kind::Tuple;
            for (const auto &item : json.items)
                list.operands.push_back(expression(item));
            break;
        case Json::Type::Object:
            list.kind = Kind::Object;
            for (const auto &[key, value] : json.members) {
                list.operands.push_back(templateOf(key, value.line));
                list.operands.push_back(expression(value));
            }
            break;
        }
        return std::make_shared<Expression>(std::move(list));
    }

    ExpressionPointer templateOf(const QString &text, int line)
    {
        HclParser parser(text, m_file, line);
        auto expression = parser.wholeTemplate();
        if (parser.error() && !m_error)
            m_error = parser.error();
        return expression;
    }

    void fail(int line, const QString &message)
    {
        if (!m_error) {
            m_error = base::Error{.kind = base::Error::Kind::Malformed,
                                  .message = message,
                                  .where = u"%1:%2"_s.arg(m_file).arg(line)};
        }
    }

    QString m_file;
    std::optional<base::Error> m_error;
};

}

base::Result<Body> bodyFromJson(const QString &text, const QString &file)
{
    const auto json = parseJson(text, file);
    if (!json)
        return std::unexpected(json.error());
    return JsonBodyReader(file).read(*json);
}

}
