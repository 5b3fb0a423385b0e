// SPDX-License-Identifier: Apache-2.0
#include "commands/usualinstructions.h"

namespace ui {

using namespace Qt::StringLiterals;
using namespace dockerfile;

std::vector<std::pair<Keyword, Form>> usualInstructions()
{
    std::vector<std::pair<Keyword, Form>> usual;
    const auto add = [&](Keyword keyword, auto fill) {
        Form form = emptyForm(keyword);
        fill(form);
        usual.emplace_back(keyword, std::move(form));
    };
    add(Keyword::Run, [](Form &form) { std::get<RunForm>(form).command.text = u"go build -o /out/app ."_s; });
    add(Keyword::Copy, [](Form &form) {
        std::get<CopyForm>(form).sources = {u"."_s};
        std::get<CopyForm>(form).destination = u"."_s;
    });
    add(Keyword::Workdir, [](Form &form) { std::get<TextForm>(form).text = u"/src"_s; });
    add(Keyword::Arg,
        [](Form &form) { std::get<PairsForm>(form).pairs = {{.name = u"VERSION"_s, .value = u"dev"_s}}; });
    add(Keyword::Env,
        [](Form &form) { std::get<PairsForm>(form).pairs = {{.name = u"CGO_ENABLED"_s, .value = u"0"_s}}; });
    add(Keyword::Label, [](Form &form) {
        std::get<PairsForm>(form).pairs = {{.name = u"org.opencontainers.image.source"_s, .value = u""_s}};
    });
    add(Keyword::Expose, [](Form &form) { std::get<ExposeForm>(form).ports = {u"8080"_s}; });
    add(Keyword::User, [](Form &form) { std::get<UserForm>(form).user = u"65532"_s; });
    add(Keyword::Volume, [](Form &form) { std::get<VolumeForm>(form).paths = {u"/data"_s}; });
    add(Keyword::Healthcheck, [](Form &form) {
        auto &command = std::get<HealthcheckForm>(form).command;
        command.isJson = true;
        command.items = {u"/app"_s, u"-health"_s};
    });
    add(Keyword::Stopsignal, [](Form &form) { std::get<TextForm>(form).text = u"SIGTERM"_s; });
    for (const Keyword keyword : {Keyword::Entrypoint, Keyword::Cmd}) {
        add(keyword, [](Form &form) {
            std::get<CommandForm>(form).isJson = true;
            std::get<CommandForm>(form).items = {u"/app"_s};
        });
    }
    add(Keyword::Add, [](Form &form) {
        std::get<CopyForm>(form).sources = {u"https://example.org/file"_s};
        std::get<CopyForm>(form).destination = u"/"_s;
    });
    add(Keyword::Shell, [](Form &form) {
        std::get<CommandForm>(form).isJson = true;
        std::get<CommandForm>(form).items = {u"/bin/sh"_s, u"-ec"_s};
    });
    add(Keyword::Onbuild, [](Form &form) { std::get<TextForm>(form).text = u"COPY . ."_s; });
    return usual;
}

}
