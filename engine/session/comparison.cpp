// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/comparison.h"

#include "document/document.h"
#include "edit/history.h"
#include "session/editorsession.h"

#include <algorithm>

namespace heirloom
{

Comparison::Comparison(EditorSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_document(session.document())
{
    connect(&session.history(), &History::changed, this, [this] {
        if (m_with == With::PreviousStep && isCurrent())
            Q_EMIT changed();
    });
    connect(&session.history(), &History::snapshotsChanged, this, &Comparison::followSnapshots);
    if (m_document) {
        connect(m_document, &Document::stackChanged, this, &Comparison::followLayers);
        connect(m_document, &Document::layerChanged, this, &Comparison::followLayers);
    }
}

bool Comparison::isCurrent() const
{
    return m_document && m_session.document() == m_document &&
           m_session.history().document() == m_document;
}

void Comparison::choose(With with, int index, LayerId layer)
{
    m_with = with;
    m_index = index;
    m_layer = layer;
    if (with == With::KeptState) {
        const auto &all = m_session.history().snapshots();
        m_kept = all[size_t(index)];
        m_count = all.size();
    } else {
        m_kept = {};
    }
    if (const Layer *chosen = layer.isValid() ? m_session.document()->layer(layer) : nullptr)
        m_layerName = chosen->name;
    Q_EMIT changed();
}

void Comparison::compareWithOriginal()
{
    choose(With::Original);
}

void Comparison::compareWithPreviousStep()
{
    choose(With::PreviousStep);
}

void Comparison::compareWithKeptState(int index)
{
    if (index >= 0 && size_t(index) < m_session.history().snapshots().size())
        choose(With::KeptState, index);
}

void Comparison::compareWithLayer(LayerId layer)
{
    if (m_session.document()->layer(layer))
        choose(With::Layer, -1, layer);
}

void Comparison::followSnapshots()
{
    if (m_with != With::KeptState || !isCurrent())
        return;
    const auto &all = m_session.history().snapshots();
    const auto isKept = [this](const Snapshot &s) {
        return s.name == m_kept.name && s.sameState(m_kept);
    };
    auto found = std::find_if(all.begin(), all.end(), isKept);
    if (found == all.end() && all.size() == m_count && all[size_t(m_index)].sameState(m_kept))
        found = all.begin() + m_index; // it has another name
    if (found != all.end()) {
        choose(With::KeptState, int(found - all.begin()));
        return;
    }
    const QString name = m_kept.name;
    choose(With::Original);
    Q_EMIT fellBack(name);
}

void Comparison::followLayers()
{
    if (m_with != With::Layer)
        return;
    if (const Layer *layer = m_session.document()->layer(m_layer)) {
        if (layer->name != m_layerName)
            choose(With::Layer, -1, m_layer);
        return;
    }
    choose(With::Original);
    Q_EMIT fellBack(m_layerName);
}

Comparison::Before Comparison::before() const
{
    if (!isCurrent())
        return {};
    Before before{m_document->snapshot(), {}};
    switch (m_with) {
    case With::Original:
        before.state.stack = before.state.stack.originalOnly();
        break;
    case With::PreviousStep: {
        const History &history = m_session.history();
        before.state = history.state(std::max(0, history.index() - 1)).broughtOnto(before.state);
        break;
    }
    case With::KeptState:
        before.state = m_kept.broughtOnto(before.state);
        break;
    case With::Layer:
        before.alone = m_layer;
        break;
    }
    return before;
}

QString Comparison::label() const
{
    switch (m_with) {
    case With::Original:
        return tr("Original");
    case With::PreviousStep: {
        const History &history = m_session.history();
        return history.index() > 0 ? tr("Before \"%1\"").arg(history.text(history.index()))
                                   : tr("As it was opened");
    }
    case With::KeptState:
        return tr("State \"%1\"").arg(m_kept.name);
    case With::Layer:
        return tr("Layer \"%1\" alone").arg(m_layerName);
    }
    return {};
}

} // namespace heirloom
