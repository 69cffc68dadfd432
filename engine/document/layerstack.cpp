// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/layerstack.h"

#include <algorithm>

namespace heirloom
{

int LayerStack::indexOf(LayerId id) const
{
    const auto it = std::find_if(begin(), end(), [id](const Layer &l) { return l.id == id; });
    return it == end() ? -1 : int(it - begin());
}

const Layer *LayerStack::find(LayerId id) const
{
    const int index = indexOf(id);
    return index < 0 ? nullptr : &at(index);
}

const Layer *LayerStack::original() const
{
    const auto it =
        std::find_if(begin(), end(), [](const Layer &l) { return l.kind == LayerKind::Original; });
    return it == end() ? nullptr : &*it;
}

void LayerStack::insert(int index, Layer layer)
{
    m_layers.insert(m_layers.begin() + std::clamp(index, 0, count()), std::move(layer));
}

Layer LayerStack::take(int index)
{
    Layer layer = std::move(m_layers[size_t(index)]);
    m_layers.erase(m_layers.begin() + index);
    return layer;
}

void LayerStack::move(int from, int to)
{
    Layer layer = take(from);
    insert(to, std::move(layer));
}

void LayerStack::replace(int index, Layer layer)
{
    m_layers[size_t(index)] = std::move(layer);
}

LayerStack LayerStack::below(int index) const
{
    LayerStack stack;
    stack.m_layers.assign(begin(), begin() + std::clamp(index, 0, count()));
    return stack;
}

LayerStack LayerStack::originalOnly() const
{
    LayerStack stack;
    if (const Layer *found = original()) {
        Layer layer = *found;
        layer.visible = true;
        layer.opacity = 1;
        layer.blendMode = BlendMode::Normal;
        layer.mask = {};
        stack.insert(0, std::move(layer));
    }
    return stack;
}

} // namespace heirloom
