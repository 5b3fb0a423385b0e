// SPDX-License-Identifier: Apache-2.0
#include "window/enginedialogs.h"

#include "engines/enginesdialog.h"
#include "window/cachecontroller.h"
#include "window/enginehub.h"
#include "window/enginesurvey.h"

#include <QActionGroup>
#include <QMenu>

namespace app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("EngineDialogs", text);
}

void bringUp(QDialog *dialog)
{
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void showState(const EngineHub &hub, const EngineSurvey &survey, ui::EnginesDialog *dialog)
{
    dialog->setEntries(survey.entries());
    dialog->setChosen(hub.isChosen());
    if (hub.state() == EngineHub::State::Missing)
        dialog->showMissing(hub.error());
    else if (hub.state() == EngineHub::State::Connected)
        dialog->showFound();
}

void join(ui::EnginesDialog *dialog, EngineHub &hub)
{
    auto *survey = new EngineSurvey(hub, dialog);
    const auto use = [survey, &hub](const QString &id) {
        if (const auto *entry = survey->entry(id))
            hub.use(engine::EnginePlace(entry->place)); // a copy: the list changes meanwhile
    };
    QObject::connect(dialog, &ui::EnginesDialog::testRequested, survey, &EngineSurvey::test);
    QObject::connect(dialog, &ui::EnginesDialog::testAllRequested, survey, &EngineSurvey::testAll);
    QObject::connect(dialog, &ui::EnginesDialog::useRequested, survey, use);
    QObject::connect(dialog, &ui::EnginesDialog::useUsualRequested, &hub, &EngineHub::useUsual);
    QObject::connect(dialog, &ui::EnginesDialog::addRequested, &hub, &EngineHub::addAddress);
    QObject::connect(dialog, &ui::EnginesDialog::removeRequested, &hub, &EngineHub::removeAddress);
    QObject::connect(dialog, &ui::EnginesDialog::lookAgainRequested, survey, [survey, &hub] {
        survey->lookAgain();
        if (hub.state() != EngineHub::State::Connected)
            hub.reconnect();
    });
    QObject::connect(&hub, &EngineHub::used, dialog, [dialog](const engine::EnginePlace &place) {
        dialog->showDone(tr("Builds run on %1 from now on. Those that run already end where they began.")
                             .arg(place.builder.isEmpty() ? place.name : place.builder));
    });
    QObject::connect(&hub, &EngineHub::refused, dialog,
                     [dialog](const engine::EnginePlace &place, const base::Error &error) {
                         dialog->showError(error.in(tr("%1 is not used").arg(place.name)));
                     });
    const auto show = [dialog, survey, &hub] { showState(hub, *survey, dialog); };
    QObject::connect(survey, &EngineSurvey::changed, dialog, show);
    show();
}

// A text of a menu: "&" would be a key.
QString plain(QString text)
{
    return text.replace(u'&', "&&"_L1);
}

}

void showEngines(QWidget *widget, EngineHub &hub)
{
    auto *window = widget->window();
    auto *dialog = window->findChild<ui::EnginesDialog *>(Qt::FindDirectChildrenOnly);
    if (!dialog) {
        dialog = new ui::EnginesDialog(window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        join(dialog, hub);
    }
    bringUp(dialog);
}

void showBuildCache(QWidget *widget, EngineHub &hub, ui::CacheDialog::Page page)
{
    auto *window = widget->window();
    auto *dialog = window->findChild<ui::CacheDialog *>(Qt::FindDirectChildrenOnly);
    if (!dialog) {
        dialog = new ui::CacheDialog(window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        new CacheController(hub, dialog);
    }
    dialog->showPage(page);
    bringUp(dialog);
}

void addEngineChoices(QMenu &menu, EngineHub &hub)
{
    auto *group = new QActionGroup(&menu);
    QStringList builders;
    for (const auto &place : hub.places()) {
        const bool isBuilder = !place.builder.isEmpty();
        const bool canBeUsed = place.endpoint || place.buildKit;
        if (!canBeUsed || place.isAbsent || builders.contains(place.builder))
            continue;
        if (isBuilder)
            builders.append(place.builder);
        const QString name = isBuilder ? place.builder : place.name;
        auto *action = menu.addAction(plain(u"%1  (%2)"_s.arg(name, place.origin)));
        action->setCheckable(true);
        action->setChecked(hub.isUsed(place));
        action->setToolTip(place.address);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, &hub, [&hub, place] {
            if (!hub.isUsed(place))
                hub.use(place);
        });
    }
    if (group->actions().isEmpty())
        menu.addAction(tr("No engine was found"))->setEnabled(false);
}

}
