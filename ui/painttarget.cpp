// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "painttarget.h"

#include "document/document.h"
#include "session/editorsession.h"

#include <utility>

namespace heirloom
{

PaintTarget::PaintTarget(QObject *parent)
    : QObject(parent)
{
}

void PaintTarget::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    if (session) {
        connect(session, &EditorSession::documentReplaced, m_watch,
                [this, session] { setSession(session); });
        connect(session, &QObject::destroyed, m_watch, [this, session] {
            m_masks.remove(session);
        });
        if (Document *document = session->document()) {
            connect(document, &Document::activeLayerChanged, m_watch, [this] { update(); });
            connect(document, &Document::layerChanged, m_watch, [this] { update(); });
            connect(document, &Document::stackChanged, m_watch, [this] { update(); });
        }
    }
    update();
}

void PaintTarget::setMask(bool mask)
{
    const Document *document = m_session ? m_session->document() : nullptr;
    if (!document)
        return;
    m_masks[m_session] = mask ? document->activeLayer() : LayerId();
    update();
}

void PaintTarget::setSelection(bool selection)
{
    if (selection == m_isSelection)
        return;
    m_isSelection = selection;
    Q_EMIT changed();
}

void PaintTarget::update()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    const Layer *layer = document ? document->layer(document->activeLayer()) : nullptr;
    const bool isMask = layer && !layer->mask.isNull() &&
                        (!layer->hasPixels() || m_masks.value(m_session) == layer->id);
    const bool canChoose = layer && !layer->mask.isNull() && layer->hasPixels();
    if (isMask == m_isMask && canChoose == m_canChoose)
        return;
    m_isMask = isMask;
    m_canChoose = canChoose;
    Q_EMIT changed();
}

} // namespace heirloom
