// SPDX-License-Identifier: Apache-2.0
#include "core/graph/verblaws.h"
#include "feed.h"
#include "fuzztargets.h"

using namespace Qt::StringLiterals;

void fuzz::verbs(const QByteArray &bytes)
{
    Feed feed(bytes);
    const QString text = feed.text();
    VerbLaws file(text);
    const Dice dice = [&feed](int below) {
        const uint number = below > 256 ? feed.byte() * 256 + feed.byte() : feed.byte();
        return static_cast<int>(number % static_cast<uint>(below));
    };
    QString story = text;
    for (int i = 0; i < 8 && !feed.isEmpty(); ++i) {
        const RandomVerb verb = randomVerb(dice, file.tree(), file.graph());
        story += u"\n---- "_s + verb.name;
        const QString broken = file.brokenBy(verb);
        if (!broken.isEmpty()) {
            const QString all = story + u'\n' + file.text() + u"\n==== broken: "_s + broken;
            qFatal("%s", qPrintable(QString(all).replace(QChar::Null, QChar::ReplacementCharacter)));
        }
        story += verb.edit ? QString(u'\n' + file.text()) : u" (refused)"_s;
    }
}
