// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "coveragecontroller.h"

#include "dialogs/rangedialog.h"
#include "document/compositor.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "paint/coveragerange.h"
#include "session/coverageedit.h"
#include "session/coveragefile.h"
#include "session/editorsession.h"
#include "session/sessionjobs.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace heirloom
{

namespace
{

constexpr int usualPixels = 4;
constexpr int mostPixels = 1000;

using Command = CoverageController::Command;

Mask maskIn(const Document &document, LayerId maskOf)
{
    if (!maskOf.isValid())
        return document.selection();
    const Layer *layer = document.layer(maskOf);
    return layer ? layer->mask : Mask();
}

} // namespace

CoverageController::CoverageController(QWidget *window)
    : QObject(window)
    , m_window(window)
{
}

void CoverageController::setSession(EditorSession *session)
{
    m_session = session;
}

void CoverageController::run(Command command, LayerId maskOf)
{
    if (!m_session || !m_session->document())
        return;
    switch (command) {
    case Command::Grow:
    case Command::Shrink:
    case Command::Feather:
    case Command::Density:
        return askPixels(command, maskOf);
    case Command::Luminance:
    case Command::Color:
        return askRange(command, maskOf);
    case Command::Load:
    case Command::Save:
        return chooseFile(command == Command::Save, maskOf);
    }
}

void CoverageController::askPixels(Command command, LayerId maskOf)
{
    if (maskIn(*m_session->document(), maskOf).isNull()) {
        Q_EMIT failed({ErrorCode::BadArgument,
                       {tr("no selection"), tr("something that is selected")}});
        return;
    }
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(QStringLiteral("coverageAmount"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::IntInput);
    const bool density = command == Command::Density;
    dialog->setIntRange(density ? 0 : 1, density                       ? 100
                                         : command == Command::Feather ? int(largestFeather)
                                                                       : mostPixels);
    dialog->setIntValue(density ? 50 : usualPixels);
    const QString title = command == Command::Grow     ? tr("Grow")
                          : command == Command::Shrink ? tr("Shrink")
                          : density                    ? tr("Density")
                                                       : tr("Feather");
    dialog->setWindowTitle(title);
    dialog->setLabelText(density ? tr("Strength of the mask in per cent:") : tr("By pixels:"));
    dialog->setOkButtonText(title);
    connect(dialog, &QInputDialog::intValueSelected, m_session,
            [session = m_session.data(), command, maskOf, title](int amount) {
                if (!session->document())
                    return;
                editCoverage(*session, maskOf, title,
                             [command, amount](const CoverageTask &task, const Progress &progress)
                                 -> Result<TiledBuffer> {
                                 switch (command) {
                                 case Command::Grow:
                                     return grown(task.there, amount, progress);
                                 case Command::Shrink:
                                     return shrunk(task.there, amount, progress);
                                 case Command::Feather:
                                     return feathered(task.there, amount, progress);
                                 default:
                                     return withDensity(task.there, amount / 100.0);
                                 }
                             });
            });
    dialog->open();
}

void CoverageController::askRange(Command command, LayerId maskOf)
{
    auto *dialog = new RangeDialog(command == Command::Color, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, m_session,
            [session = m_session.data(), dialog, command, maskOf] {
                if (!session->document())
                    return;
                const LuminanceRange tones = dialog->tones();
                const ColorRange color = dialog->color();
                // Of the picture below a layer with a mask, so that the mask does not look at
                // itself.
                editCoverage(*session, maskOf,
                             command == Command::Color ? tr("From colours") : tr("From tones"),
                             [=](const CoverageTask &task, const Progress &progress) {
                                 Snapshot seen = task.state;
                                 if (maskOf.isValid())
                                     seen.stack = seen.stack.below(seen.stack.indexOf(maskOf));
                                 CompositorSource source(seen, task.store);
                                 return command == Command::Color
                                            ? rangeCoverage(source, color, task.store, progress)
                                            : rangeCoverage(source, tones, task.store, progress);
                             });
            });
    dialog->open();
}

void CoverageController::chooseFile(bool saves, LayerId maskOf)
{
    if (saves && maskIn(*m_session->document(), maskOf).isNull()) {
        Q_EMIT failed({ErrorCode::BadArgument,
                       {tr("no selection"), tr("something that is selected")}});
        return;
    }
    auto *dialog = new QFileDialog(m_window, saves    ? tr("Save as PNG, white is inside")
                                             : maskOf.isValid() ? tr("Load a mask")
                                                                : tr("Load a selection"));
    dialog->setObjectName(QStringLiteral("coverageFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (saves) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setNameFilter(tr("PNG pictures (*.png)"));
        dialog->setDefaultSuffix(QStringLiteral("png"));
        const QFileInfo photo(m_session->path().isEmpty() ? m_session->name() : m_session->path());
        dialog->setDirectory(photo.absolutePath());
        dialog->selectFile(maskOf.isValid()
                               ? tr("%1-mask.png").arg(photo.completeBaseName())
                               : tr("%1-selection.png").arg(photo.completeBaseName()));
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters({tr("PNG pictures (*.png)"), tr("All files (*)")});
    }
    connect(dialog, &QFileDialog::fileSelected, m_session, [=, this](const QString &path) {
        if (saves)
            save(path, maskOf);
        else
            load(path, maskOf);
    });
    dialog->open();
}

void CoverageController::load(const QString &path, LayerId maskOf)
{
    if (!m_session || !m_session->document())
        return;
    const auto size = coverageFileSize(path);
    if (!size) {
        Q_EMIT failed(size.error());
        return;
    }
    const QSize canvas = m_session->document()->canvas().size;
    if (*size == canvas)
        return read(path, false, maskOf);
    auto *question = new QMessageBox(
        QMessageBox::Question, tr("Another size"),
        tr("%1 is %2 x %3 pixels, the picture %4 x %5.")
            .arg(QFileInfo(path).fileName())
            .arg(size->width())
            .arg(size->height())
            .arg(canvas.width())
            .arg(canvas.height()),
        QMessageBox::Cancel, m_window);
    question->setObjectName(QStringLiteral("coverageScale"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *scale = question->addButton(tr("Scale it"), QMessageBox::AcceptRole);
    connect(scale, &QPushButton::clicked, m_session, [=, this] { read(path, true, maskOf); });
    question->open();
}

void CoverageController::read(const QString &path, bool scaled, LayerId maskOf)
{
    if (!m_session || !m_session->document())
        return;
    editCoverage(*m_session, maskOf, tr("Load %1").arg(QFileInfo(path).fileName()),
                 [path, scaled](const CoverageTask &task, const Progress &progress) {
                     return loadCoverage(path, task.state.canvas.size, scaled, task.store,
                                         progress);
                 });
}

void CoverageController::save(const QString &path, LayerId maskOf)
{
    if (!m_session || !m_session->document())
        return;
    const QSize size = m_session->document()->canvas().size;
    m_session->jobs().submit<bool>(
        tr("Save %1").arg(QFileInfo(path).fileName()), Priority::Interactive,
        [mask = maskIn(*m_session->document(), maskOf), size,
         path](const Progress &progress) -> Result<bool> {
            // The dialog has asked before it let a name be taken that is there.
            if (auto done = saveCoverage(mask.laidOn(size).pixels, path, true, progress); !done)
                return fail(done.error());
            return true;
        },
        [guard = QPointer(this), path](JobId, bool) {
            if (guard)
                Q_EMIT guard->saved(path);
        },
        [guard = QPointer(this)](JobId, const Outcome &outcome) {
            if (guard && outcome.kind == Outcome::Kind::Failed)
                Q_EMIT guard->failed(*outcome.error);
        });
}

void CoverageController::fillMaskMenu(QMenu *menu, LayerId id)
{
    const Document *document = m_session ? m_session->document() : nullptr;
    const Layer *layer = document ? document->layer(id) : nullptr;
    if (!layer)
        return;
    const bool has = !layer->mask.isNull(), free = !layer->locked;
    const auto add = [menu, this](const char *name, const QString &text, bool enabled,
                                  auto function) {
        QAction *action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, m_session, function);
    };
    const auto command = [&](const char *name, const QString &text, bool enabled, Command what) {
        add(name, text, enabled, [this, what, id] { run(what, id); });
    };
    const auto tell = [this](const Result<void> &done) {
        if (!done)
            Q_EMIT failed(done.error());
    };
    if (has) {
        menu->addSeparator();
        command("maskGrow", tr("&Grow..."), free, Command::Grow);
        command("maskShrink", tr("&Shrink..."), free, Command::Shrink);
        command("maskFeather", tr("&Feather..."), free, Command::Feather);
        command("maskDensity", tr("&Density..."), free, Command::Density);
    }
    menu->addSeparator();
    add("maskFromSelection", tr("From s&election"), free && !document->selection().isNull(),
        [=, this] { tell(m_session->editor().maskFromSelection(id)); });
    command("maskTones", tr("From &tones below..."), free, Command::Luminance);
    command("maskColors", tr("From &colours below..."), free, Command::Color);
    if (has)
        add("maskToSelection", tr("To se&lection"), true,
            [=, this] { tell(m_session->editor().selectMask(id)); });
    menu->addSeparator();
    if (has)
        add("maskCopy", tr("C&opy mask"), true, [=, this] {
            if (const Layer *now = m_session->document()->layer(id))
                m_copied = now->mask;
        });
    add("maskPaste", tr("&Paste mask"), free && m_copied, [=, this] {
        m_session->editor().finishGesture();
        tell(m_session->editor().setMask(id, *m_copied, tr("Paste mask")));
        m_session->editor().finishGesture();
    });
    command("maskLoad", tr("Load from a file..."), free, Command::Load);
    if (has)
        command("maskSave", tr("Save as PNG..."), true, Command::Save);
}

} // namespace heirloom
