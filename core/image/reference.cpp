// SPDX-License-Identifier: Apache-2.0
#include "image/reference.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace image {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 255;

QString tr(const char *text)
{
    return QCoreApplication::translate("Reference", text);
}

bool matches(const QString &text, const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

// The first component is a registry when it could not be a folder of Docker Hub: it has a dot or a port, or
// is localhost.
bool isRegistry(const QString &component)
{
    return component.contains(u'.') || component.contains(u':') || component == "localhost"_L1;
}

QString whyNoRegistry(const QString &registry)
{
    static const QString host = u"(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])"_s;
    if (matches(registry, u"(?:%1(?:\\.%1)*|\\[[0-9A-Fa-f:]+\\])(?::[0-9]+)?"_s.arg(host)))
        return {};
    return tr("\"%1\" is no registry: write host or host:port.").arg(registry);
}

QString whyNoComponent(const QString &component)
{
    if (component.isEmpty())
        return tr("A part of the name is empty: write no slash at an end and none doubled.");
    if (!matches(component.toLower(), u"[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*"_s))
        return tr("\"%1\" is no name: use lower-case letters, digits, and . _ - between them.").arg(component);
    if (component == component.toLower())
        return {};
    return tr("\"%1\" has capital letters: image names are lower case (\"%2\").")
        .arg(component, component.toLower());
}

QString whyNoTag(const QString &tag)
{
    if (tag.isEmpty())
        return tr("There is no tag after the colon: write one, or leave the colon out.");
    if (tag.size() > 128)
        return tr("The tag is longer than 128 characters.");
    if (matches(tag, u"[A-Za-z0-9_][A-Za-z0-9_.-]*"_s))
        return {};
    return tr("\"%1\" is no tag: use letters, digits, and . _ - after the first character.").arg(tag);
}

}

QString whyNoReference(const QString &reference)
{
    if (reference.isEmpty())
        return tr("There is no name.");
    if (reference.contains(u'@'))
        return tr("A digest cannot be given as a tag: leave \"@%1\" out.").arg(reference.section(u'@', 1));
    QString name = reference;
    const qsizetype colon = reference.lastIndexOf(u':');
    if (colon > reference.lastIndexOf(u'/')) {
        if (const QString why = whyNoTag(reference.mid(colon + 1)); !why.isEmpty())
            return why;
        name.truncate(colon);
    }
    QStringList components = name.split(u'/');
    if (components.size() > 1 && isRegistry(components.constFirst())) {
        if (const QString why = whyNoRegistry(components.takeFirst()); !why.isEmpty())
            return why;
    }
    for (const auto &component : std::as_const(components)) {
        if (const QString why = whyNoComponent(component); !why.isEmpty())
            return why;
    }
    return name.size() > longestName ? tr("The name is longer than 255 characters.") : QString();
}

}
