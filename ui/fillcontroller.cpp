// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fillcontroller.h"

#include "actions.h"
#include "document/document.h"
#include "operation/inpaint.h"
#include "paintcontroller.h"
#include "painttarget.h"
#include "panels/fillpanel.h"
#include "session/ailayers.h"
#include "session/workspace.h"
#include "toolcontroller.h"
#include "widgets/messagebar.h"

namespace heirloom
{

FillController::FillController(const Parts &parts)
    : QObject(&parts.tools)
    , m_parts(parts)
{
    connect(parts.actions[ActionId::FillSelection], &QAction::triggered, this,
            &FillController::fill);
    connect(&parts.panel, &FillPanel::fillRequested, this, &FillController::fill);
    connect(&parts.panel, &FillPanel::cancelRequested, this, [this] {
        if (m_session && m_running.contains(m_session))
            m_session->cancel(m_running.value(m_session));
    });
    QAction *map = parts.actions[ActionId::ShowFillMethods];
    connect(&parts.panel, &FillPanel::mapToggled, map, &QAction::trigger);
    connect(map, &QAction::toggled, &parts.panel, &FillPanel::setMapShown);
    connect(&parts.tools.paint().target(), &PaintTarget::changed, this, &FillController::showHint);
    connect(&parts.actions, &Actions::keysChanged, this, &FillController::showHint);
    connect(&parts.workspace, &Workspace::opened, this, &FillController::watch);
    connect(&parts.workspace, &Workspace::aboutToClose, this, [this](const EditorSession *session) {
        m_running.remove(session);
        if (session == m_session)
            setSession(nullptr);
    });
    connect(&parts.workspace, &Workspace::currentChanged, this, &FillController::setSession);
    setSession(parts.workspace.current());
}

void FillController::watch(EditorSession *session)
{
    connect(session, &EditorSession::progressed, this,
            [this, session](JobId id, const ProgressReport &report) {
                if (session == m_session && m_running.contains(session) &&
                    m_running.value(session) == id)
                    m_parts.panel.setProgress(report);
            });
    connect(session, &EditorSession::finished, this,
            [this, session](JobId id, const Outcome &outcome) { takeEnd(session, id, outcome); });
}

void FillController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    if (session)
        connect(session, &EditorSession::documentReplaced, m_watch, [this] { follow(); });
    m_parts.panel.setBusy(session && m_running.contains(session));
    follow();
}

void FillController::follow()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    m_parts.actions[ActionId::FillSelection]->setEnabled(document);
    m_parts.panel.setEnabled(document);
    if (document) {
        connect(document, &Document::selectionChanged, m_watch, [this] { showHint(); });
        connect(document, &Document::activeLayerChanged, m_watch, [this] { showHint(); });
        connect(&m_session->aiLayers(), &AiLayers::changed, m_watch, [this] { showHint(); });
    }
    showHint();
}

Mask FillController::area() const
{
    const Document *document = m_session ? m_session->document() : nullptr;
    if (!document)
        return {};
    if (!document->selection().isNull())
        return document->selection();
    const Layer *layer = document->layer(document->activeLayer());
    return layer && m_parts.tools.paint().target().isMask() ? layer->mask : Mask();
}

LayerId FillController::staleFill() const
{
    const Document *document = m_session ? m_session->document() : nullptr;
    const Layer *layer = document ? document->layer(document->activeLayer()) : nullptr;
    return layer && document->selection().isNull() && layer->ai.operation == Inpaint::id() &&
                   !layer->mask.isNull() &&
                   m_session->aiLayers().state(layer->id) == AiState::OutOfDate
               ? layer->id
               : LayerId();
}

void FillController::fill()
{
    if (!m_session || !m_session->hasDocument() || m_running.contains(m_session))
        return;
    const LayerId stale = staleFill();
    AiLook look;
    look.mask = area();
    look.takesSelection = true;
    if (!stale.isValid() && look.mask.isNull()) {
        m_parts.messages.showNote(tr(
            "Select first what is to be filled: with the rectangle, the ellipse, the lasso or the "
            "wand, or choose a layer's mask to paint on."));
        return;
    }
    EditorSession *session = m_session;
    m_running.insert(session, {});
    m_parts.panel.setBusy(true);
    const JobId job = stale.isValid()
                          ? session->aiLayers().update(stale)
                          : session->aiLayers().add(Inpaint::id(),
                                                    m_parts.panel.settings().toParameters(), look);
    if (session->isRunning(job)) {
        m_running[session] = job;
        return;
    }
    m_running.remove(session); // refused, or done at once
    if (session == m_session)
        m_parts.panel.setBusy(false);
}

void FillController::takeEnd(EditorSession *session, JobId id, const Outcome &outcome)
{
    if (!m_running.contains(session) || m_running.value(session) != id)
        return;
    m_running.remove(session);
    if (session == m_session) {
        m_parts.panel.setBusy(false);
        if (outcome.kind == Outcome::Kind::Done) // what was filled is to be seen, not where
            m_parts.actions[ActionId::QuickMask]->setChecked(false);
    }
    if (outcome.kind == Outcome::Kind::Failed)
        m_parts.messages.showError(*outcome.error);
}

void FillController::showHint()
{
    QString text;
    const bool canFill = staleFill().isValid() || !area().isNull();
    if (staleFill().isValid())
        text = tr("Works the active fill out again, inside of its mask.");
    else if (area().isNull())
        text = tr("Select a scratch, a hole or a thing that is to go; it is filled from what is "
                  "around it.");
    else if (m_session->document()->selection().isNull())
        text = tr("Fills where the active layer's mask shows.");
    else
        text = tr("Fills only what is selected.");
    m_parts.panel.setHint(text, canFill);
    bool hasFills = false;
    for (int i = 0; m_session && m_session->document() &&
                    i < m_session->document()->stack().count();
         ++i)
        hasFills = hasFills || m_session->document()->stack().at(i).ai.operation == Inpaint::id();
    m_parts.panel.setMapAvailable(hasFills);
}

} // namespace heirloom
