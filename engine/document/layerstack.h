// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/layer.h"

#include <vector>

namespace heirloom
{

/// The layers of a document from bottom (index 0) to top. A value; a copy shares all pixels.
/// Inside a Document it is changed only through the Document.
class LayerStack
{
public:
    int count() const { return int(m_layers.size()); }
    bool isEmpty() const { return m_layers.empty(); }
    const Layer &at(int index) const { return m_layers[size_t(index)]; }
    auto begin() const { return m_layers.begin(); }
    auto end() const { return m_layers.end(); }

    /// -1 when there is none of this id.
    int indexOf(LayerId id) const;
    /// Null when there is none; valid until the stack changes.
    const Layer *find(LayerId id) const;
    /// Null when the stack has no Original.
    const Layer *original() const;

    void insert(int index, Layer layer);
    Layer take(int index);
    void move(int from, int to);
    void replace(int index, Layer layer);

    /// The layers below index alone; what an operation at that place sees.
    LayerStack below(int index) const;
    /// The Original alone, visible at full opacity: the "before" of before and after.
    LayerStack originalOnly() const;

    bool operator==(const LayerStack &) const = default;

private:
    std::vector<Layer> m_layers;
};

} // namespace heirloom
