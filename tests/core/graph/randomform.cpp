// SPDX-License-Identifier: Apache-2.0
#include "core/graph/randomform.h"

using namespace dockerfile;
using namespace Qt::StringLiterals;

namespace {

class Disturber
{
public:
    explicit Disturber(const Dice &dice)
        : m_dice(dice)
    {}

    void disturb(Form &form)
    {
        if (auto *run = std::get_if<RunForm>(&form)) {
            disturb(run->mounts);
            disturb(run->network, {u"none"_s, u"host"_s, {}});
            if (number(2) == 0)
                disturb(run->command);
        } else if (auto *copy = std::get_if<CopyForm>(&form)) {
            disturb(copy->chown, {u"a:b"_s, u"1"_s, {}});
            disturb(copy->chmod, {u"755"_s, u"u+x"_s, {}});
            copy->link = number(2) == 0;
            disturb(copy->excludes, u"*.md"_s);
            disturb(copy->destination, {u"/dest/"_s, u"/de st/"_s});
            if (number(3) == 0)
                disturb(copy->sources, u"more"_s);
        } else if (auto *pairs = std::get_if<PairsForm>(&form)) {
            disturb(pairs->pairs, pairs->keyword == Keyword::Arg);
        } else if (auto *command = std::get_if<CommandForm>(&form)) {
            disturb(*command);
        } else if (auto *health = std::get_if<HealthcheckForm>(&form)) {
            health->none = number(4) == 0;
            disturb(health->interval, {u"5s"_s, {}});
            disturb(health->retries, {u"7"_s, {}});
            disturb(health->command);
            if (health->none)
                *health = {.none = true};
        } else if (auto *expose = std::get_if<ExposeForm>(&form)) {
            disturb(expose->ports, u"443/tcp"_s);
        } else if (auto *user = std::get_if<UserForm>(&form)) {
            disturb(user->user, {u"root"_s, u"$U"_s});
            disturb(user->group, {u"0"_s, {}});
        } else if (auto *volume = std::get_if<VolumeForm>(&form)) {
            disturb(volume->paths, u"/new dir"_s);
        } else if (auto *one = std::get_if<TextForm>(&form)) {
            disturb(one->text, {u"/other"_s, u"SIGINT"_s, u"RUN ls"_s});
        } else if (auto *from = std::get_if<FromForm>(&form)) {
            disturb(from->platform, {u"linux/arm64"_s, {}});
            disturb(from->image, {u"busybox:1.37"_s, u"base"_s});
            disturb(from->name, {u"fresh"_s, u"Other"_s, {}});
        }
    }

private:
    int number(int below) { return below > 0 ? m_dice(below) : 0; }
    QString pick(const QStringList &texts) { return texts[number(int(texts.size()))]; }

    void disturb(QString &value, const QStringList &texts)
    {
        if (number(3) == 0)
            value = pick(texts);
    }

    void disturb(CommandForm &form)
    {
        if (number(3) == 0) {
            form.isJson = !form.isJson;
            form.items = form.isJson ? QStringList{u"/bin/ls"_s, u"a \"b\""_s} : QStringList();
            form.text = form.isJson ? QString() : u"ls \\\n  -l"_s;
        } else if (form.isJson) {
            form.items.insert(number(int(form.items.size()) + 1), u"it's"_s);
        } else {
            form.text = QString(form.text + u" more"_s).trimmed();
        }
    }

    void disturb(std::vector<MountForm> &mounts)
    {
        const int what = number(4);
        if (what == 0)
            mounts.push_back({.target = u"/new"_s, .source = u"a,b"_s, .from = u"nginx"_s});
        else if (what == 1 && !mounts.empty())
            mounts.erase(mounts.begin() + number(int(mounts.size())));
        else if (what == 2 && !mounts.empty())
            mounts[size_t(number(int(mounts.size())))].target = u"/there"_s;
    }

    void disturb(QStringList &list, const QString &item)
    {
        if (number(2) == 0 || list.isEmpty())
            list.insert(number(int(list.size()) + 1), item);
        else if (number(2) == 0)
            list.removeAt(number(int(list.size())));
        else
            list[number(int(list.size()))] = item + u'x';
    }

    void disturb(std::vector<PairForm> &pairs, bool mayBeEmpty)
    {
        const QStringList values{u"plain"_s, u"a b"_s, u"it's \"x\""_s, u"$MODE/x"_s, uR"(\$5 \\$A C:\dir)"_s,
                                 {}};
        const int what = number(4);
        if (what == 0 || pairs.empty())
            pairs.push_back({u"NEW"_s, mayBeEmpty && number(2) ? std::nullopt : std::optional(pick(values))});
        else if (what == 1)
            pairs.erase(pairs.begin() + number(int(pairs.size())));
        else if (what == 2)
            pairs[size_t(number(int(pairs.size())))].name = u"RENAMED"_s;
        else
            pairs[size_t(number(int(pairs.size())))].value = pick(values);
    }

    const Dice &m_dice;
};

}

void disturbForm(const Dice &dice, Form &form)
{
    Disturber(dice).disturb(form);
}
