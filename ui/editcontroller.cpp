// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editcontroller.h"

#include "actions.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "session/editorsession.h"

namespace heirloom
{

EditController::EditController(Actions &actions, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
{
    const auto on = [this, &actions](ActionId id, auto function) {
        connect(actions[id], &QAction::triggered, this, [this, function] {
            if (m_session && m_session->document())
                function(m_session->editor(), m_session->document()->activeLayer());
        });
    };
    on(ActionId::DuplicateLayer, [this](DocumentEditor &editor, LayerId layer) {
        if (const auto done = editor.duplicate(layer); !done)
            Q_EMIT refused(done.error());
    });
    on(ActionId::DeleteLayer,
       [this](DocumentEditor &editor, LayerId layer) { tell(editor.remove(layer)); });
    on(ActionId::LayerUp, [this](DocumentEditor &, LayerId) { moveLayer(1); });
    on(ActionId::LayerDown, [this](DocumentEditor &, LayerId) { moveLayer(-1); });
    on(ActionId::MergeDown,
       [this](DocumentEditor &, LayerId layer) { m_session->mergeDown(layer); });
    on(ActionId::Flatten, [this](DocumentEditor &, LayerId) { m_session->flatten(); });
    on(ActionId::RotateLeft,
       [this](DocumentEditor &editor, LayerId) { tell(editor.rotateQuarter(-1)); });
    on(ActionId::RotateRight,
       [this](DocumentEditor &editor, LayerId) { tell(editor.rotateQuarter(1)); });
    on(ActionId::FlipHorizontal,
       [this](DocumentEditor &editor, LayerId) { tell(editor.flip(Qt::Horizontal)); });
    on(ActionId::FlipVertical,
       [this](DocumentEditor &editor, LayerId) { tell(editor.flip(Qt::Vertical)); });
    updateActions();
}

void EditController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    if (session) {
        const auto follow = [this] {
            if (Document *document = m_session->document()) {
                connect(document, &Document::changed, m_watch, [this] { updateActions(); });
                connect(document, &Document::activeLayerChanged, m_watch,
                        [this] { updateActions(); });
            }
            updateActions();
        };
        connect(session, &EditorSession::documentReplaced, m_watch, follow);
        connect(session, &EditorSession::refused, m_watch,
                [this](const Error &error) { Q_EMIT refused(error); });
        follow();
    }
    updateActions();
}

void EditController::moveLayer(int by)
{
    const Document &document = *m_session->document();
    const LayerId layer = document.activeLayer();
    tell(m_session->editor().move(layer, document.stack().indexOf(layer) + by));
}

void EditController::updateActions()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    for (const ActionId id : {ActionId::DuplicateLayer, ActionId::RotateLeft, ActionId::RotateRight,
                              ActionId::FlipHorizontal, ActionId::FlipVertical})
        m_actions[id]->setEnabled(document);
    const LayerStack *stack = document ? &document->stack() : nullptr;
    const int index = stack ? stack->indexOf(document->activeLayer()) : -1;
    const bool free = index >= 0 && !stack->at(index).locked;
    m_actions[ActionId::DeleteLayer]->setEnabled(free);
    m_actions[ActionId::LayerUp]->setEnabled(free && index + 1 < stack->count());
    m_actions[ActionId::LayerDown]->setEnabled(free && index > 0 &&
                                               stack->at(index - 1).kind != LayerKind::Original);
    m_actions[ActionId::MergeDown]->setEnabled(free && index > 0);
    m_actions[ActionId::Flatten]->setEnabled(stack && stack->count() > 1);
}

void EditController::tell(const Result<void> &done)
{
    if (!done)
        Q_EMIT refused(done.error());
}

} // namespace heirloom
