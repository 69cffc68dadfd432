// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "picturecontroller.h"

#include "actions.h"
#include "dialogs/canvassizedialog.h"
#include "dialogs/picturesizedialog.h"
#include "dialogs/resolutiondialog.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "session/editorsession.h"

#include <QPointer>

namespace heirloom
{

PictureController::PictureController(Actions &actions, QWidget *window)
    : QObject(window)
    , m_actions(actions)
    , m_window(window)
{
    connect(actions[ActionId::PictureSize], &QAction::triggered, this,
            &PictureController::askPictureSize);
    connect(actions[ActionId::CanvasSize], &QAction::triggered, this,
            &PictureController::askCanvasSize);
    connect(actions[ActionId::Resolution], &QAction::triggered, this,
            &PictureController::askResolution);
    setSession(nullptr);
}

void PictureController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    const auto update = [this] {
        for (const ActionId id :
             {ActionId::PictureSize, ActionId::CanvasSize, ActionId::Resolution})
            m_actions[id]->setEnabled(m_session && m_session->document());
    };
    if (session)
        connect(session, &EditorSession::documentReplaced, m_watch, update);
    update();
}

template <typename Dialog, typename Function>
void PictureController::ask(Dialog *dialog, Function accepted)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const QPointer document(m_session->document());
    connect(document, &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, document, session = QPointer(m_session), accepted] {
                if (!session || !document || session->document() != document)
                    return;
                if (const Result<void> done = accepted(session->editor(), *dialog); !done)
                    Q_EMIT refused(done.error());
            });
    dialog->open();
}

void PictureController::askPictureSize()
{
    if (!m_session || !m_session->document())
        return;
    const Canvas &canvas = m_session->document()->canvas();
    auto *dialog = new PictureSizeDialog(canvas.size, canvas.resolution, m_window);
    connect(dialog, &PictureSizeDialog::enlargeRequested, this,
            &PictureController::enlargeRequested);
    ask(dialog, [canvas](DocumentEditor &editor, const PictureSizeDialog &asked) {
        // On as many pixels as before only the size on paper is another.
        return asked.size() == canvas.size && asked.resolution()
                   ? editor.setResolution(*asked.resolution())
                   : editor.resize(asked.size(), asked.resolution());
    });
}

void PictureController::askCanvasSize()
{
    if (!m_session || !m_session->document())
        return;
    const Canvas &canvas = m_session->document()->canvas();
    ask(new CanvasSizeDialog(canvas.size, canvas.format.hasAlpha(), m_window),
        [](DocumentEditor &editor, const CanvasSizeDialog &asked) {
            return editor.resizeCanvas(asked.size(), asked.offset());
        });
}

void PictureController::askResolution()
{
    if (!m_session || !m_session->document())
        return;
    const Canvas &canvas = m_session->document()->canvas();
    ask(new ResolutionDialog(canvas.size, canvas.resolution, m_window),
        [](DocumentEditor &editor, const ResolutionDialog &asked) {
            return editor.setResolution(asked.resolution());
        });
}

} // namespace heirloom
