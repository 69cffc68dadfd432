// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "resultcontroller.h"

#include "document/document.h"
#include "edit/history.h"
#include "operation/operationrecord.h"
#include "panels/resultpanel.h"

#include <cmath>

namespace heirloom
{

namespace
{

constexpr double percentScale = 100;

} // namespace

ResultController::ResultController(EditorSession &session, ResultPanel &panel, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_panel(panel)
{
    connect(&session, &EditorSession::documentReplaced, this, &ResultController::documentReplaced);
    connect(&panel, &ResultPanel::strengthMoved, this, &ResultController::move);
    connect(&panel, &ResultPanel::strengthCommitted, this, &ResultController::commit);
    documentReplaced();
}

void ResultController::documentReplaced()
{
    m_before.reset();
    if (Document *document = m_session.document())
        connect(document, &Document::changed, this, &ResultController::showLayer);
    showLayer();
}

void ResultController::showLayer()
{
    const Layer *top = nullptr;
    if (const Document *document = m_session.document()) {
        for (const Layer &layer : document->stack()) {
            if (layer.kind == LayerKind::Ai)
                top = &layer;
        }
    }
    const LayerId id = top ? top->id : LayerId();
    if (top) {
        m_panel.setResult(top->name, recordFromJson(top->ai.record).warnings);
        if (!m_before)
            m_panel.setStrength(int(std::lround(top->opacity * percentScale)));
    }
    m_layer = id;
    Q_EMIT resultChanged();
}

void ResultController::move(int percent)
{
    Document *document = m_session.document();
    if (!document || !m_layer.isValid())
        return;
    if (!m_before)
        m_before = document->snapshot();
    document->setOpacity(m_layer, percent / percentScale);
}

void ResultController::commit(int)
{
    Document *document = m_session.document();
    if (!document || !m_before)
        return;
    m_session.history().record(tr("Strength"), *std::exchange(m_before, std::nullopt));
}

} // namespace heirloom
