// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogscontroller.h"

#include "actions.h"
#include "dialogs/aboutdialog.h"
#include "models/modelsdialog.h"
#include "settings/preferencesdialog.h"
#include "settings/shortcutsdialog.h"

#include <QWhatsThis>

namespace heirloom
{

namespace
{

void present(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace

DialogsController::DialogsController(const WindowServices &services, Actions &actions,
                                     QWidget *window)
    : QObject(window)
{
    const auto on = [this, &actions](ActionId id, auto function) {
        connect(actions[id], &QAction::triggered, this, function);
    };
    on(ActionId::Models, [this, services, window] {
        auto *dialog =
            new ModelsDialog(services.models, services.worker, services.fetcher, window);
        connect(dialog, &ModelsDialog::modelsChanged, this, &DialogsController::modelsChanged);
        present(dialog);
    });
    on(ActionId::Preferences, [services, &actions, window] {
        present(new PreferencesDialog(services.settings, actions, window));
    });
    on(ActionId::Shortcuts,
       [&actions, window] { present(new ShortcutsDialog(actions, window)); });
    on(ActionId::About,
       [services, window] { present(new AboutDialog(services.models, window)); });
    on(ActionId::WhatsThis, [] { QWhatsThis::enterWhatsThisMode(); });
}

} // namespace heirloom
