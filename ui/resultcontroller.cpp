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

ResultController::ResultController(ResultPanel &panel, QObject *parent)
    : QObject(parent)
    , m_panel(panel)
{
    connect(&panel, &ResultPanel::strengthMoved, this, &ResultController::move);
    connect(&panel, &ResultPanel::strengthCommitted, this, &ResultController::commit);
    showLayer();
}

void ResultController::setSession(EditorSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session)
        connect(session, &EditorSession::documentReplaced, this,
                &ResultController::documentReplaced);
    documentReplaced();
}

void ResultController::documentReplaced()
{
    m_before.reset();
    if (m_document)
        m_document->disconnect(this);
    m_document = m_session ? m_session->document() : nullptr;
    if (m_document)
        connect(m_document, &Document::changed, this, [this] {
            const bool had = hasResult();
            showLayer();
            if (had && !hasResult())
                Q_EMIT resultVanished();
        });
    showLayer();
}

void ResultController::showLayer()
{
    const Layer *top = nullptr;
    if (m_document) {
        for (const Layer &layer : m_document->stack()) {
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
    Document *document = m_document;
    if (!document || !m_layer.isValid())
        return;
    if (!m_before)
        m_before = document->snapshot();
    document->setOpacity(m_layer, percent / percentScale);
}

void ResultController::commit(int)
{
    if (!m_document || !m_before)
        return;
    m_session->history().record(tr("Strength"), *std::exchange(m_before, std::nullopt));
}

} // namespace heirloom
