// SPDX-License-Identifier: Apache-2.0
#include "recipes/recipe.h"

#include "dockerfile/dockerignore.h"

namespace recipes {

using namespace Qt::StringLiterals;

namespace {

/// May the rule drop a file that the program embeds? Embedded folders and stars bring files that are not
/// named.
bool mayDropEmbedded(const QString &rule, const QStringList &embeds)
{
    const dockerfile::DockerIgnore ignore(rule);
    for (QString pattern : embeds) {
        const bool bringsHidden = pattern.contains(u"all:"_s); // else names with a dot in front are left out
        pattern.remove(u"all:"_s);
        if (ignore.verdict(pattern).excluded)
            return true;
        const bool isOpen = pattern.contains(u'*') || !pattern.section(u'/', -1).contains(u'.');
        if (isOpen && rule.startsWith(u"**/"_s) && (bringsHidden || !rule.startsWith(u"**/."_s)))
            return true;
    }
    return false;
}

}

QString generateDockerIgnore(const project::GoModule &module)
{
    struct Group
    {
        QString comment;
        QStringList rules;
    };
    const std::vector<Group> groups{
        {u"Not needed to build the program: never sent to the engine, and no reason to build again."_s,
         {u".git"_s, u".github"_s, u".gitlab-ci.yml"_s, u".idea"_s, u".vscode"_s, u".dockerignore"_s,
          u"Dockerfile*"_s, u"*.Dockerfile"_s, u"compose*.yaml"_s, u"docker-compose*.yml"_s,
          u"**/*_test.go"_s, u"**/*.md"_s}},
        {u"Secrets stay here."_s, {u"**/.env"_s, u"**/.env.*"_s, u"**/*.pem"_s, u"**/*.key"_s}},
    };
    QString out;
    for (const auto &group : groups) {
        QStringList rules;
        for (const auto &rule : group.rules)
            if (!mayDropEmbedded(rule, module.embeds))
                rules << rule;
        if (rules.isEmpty())
            continue;
        out += (out.isEmpty() ? QString() : u"\n"_s) + u"# "_s + group.comment + u'\n' + rules.join(u'\n') +
               u'\n';
    }
    return out;
}

}
