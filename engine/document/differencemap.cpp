// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/differencemap.h"

#include "document/rendition.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace heirloom
{

namespace
{

Snapshot originalOf(const Snapshot &state)
{
    Snapshot original = state;
    original.stack = state.stack.originalOnly();
    return original;
}

/// The differences of one row in units of the depth, largest channel of each pixel.
template <typename T>
void rowDifference(const T *a, const T *b, int channels, bool alpha, int width, int *out)
{
    for (int x = 0; x < width; ++x, a += channels, b += channels) {
        int worst = 0;
        const bool seen = !alpha || a[channels - 1] != 0 || b[channels - 1] != 0;
        for (int c = 0; seen && c < channels; ++c)
            worst = std::max(worst, std::abs(int(a[c]) - int(b[c])));
        out[x] = worst;
    }
}

void rowDifference(const Image &a, const Image &b, int y, int *out)
{
    const PixelFormat format = a.format();
    if (format.depth == Depth::U16) {
        rowDifference(a.constSamples<quint16>(y), b.constSamples<quint16>(y),
                      format.channelCount(), format.hasAlpha(), a.width(), out);
    } else {
        rowDifference(a.constSamples<quint8>(y), b.constSamples<quint8>(y), format.channelCount(),
                      format.hasAlpha(), a.width(), out);
    }
}

} // namespace

DifferenceMap::DifferenceMap(const Snapshot &state, const std::shared_ptr<TileStore> &store)
    : m_state(state)
    , m_store(store)
    , m_now(state, store)
    , m_original(originalOf(state), store)
{
    for (const Layer &layer : state.stack) {
        if (layer.kind == LayerKind::Original || !layer.isShown())
            continue;
        if (layer.mask.isActive()) {
            auto mask = std::make_unique<Rendition>();
            mask->setMask(layer.mask.pixels, layer.mask.transform, state.canvas.size);
            m_masks.push_back(std::move(mask));
        } else {
            m_unmasked << layer.bounds();
        }
    }
}

DifferenceMap::~DifferenceMap() = default;

std::vector<quint8> DifferenceMap::reached(const QRect &r)
{
    std::vector<quint8> inside(size_t(r.width()) * r.height());
    for (const QRect &bounds : m_unmasked) {
        const QRect part = (bounds & r).translated(-r.topLeft());
        for (int y = part.top(); y <= part.bottom(); ++y) {
            const auto row = inside.begin() + qsizetype(y) * r.width();
            std::fill(row + part.left(), row + part.right() + 1, quint8(1));
        }
    }
    for (const auto &mask : m_masks) {
        const Image values = mask->level(0, r).read(r);
        mask->drop();
        for (int y = 0; y < r.height(); ++y) {
            const auto *row = values.constSamples<quint8>(y);
            for (int x = 0; x < r.width(); ++x) {
                if (row[x] != 0)
                    inside[size_t(y) * r.width() + x] = 1;
            }
        }
    }
    return inside;
}

Image DifferenceMap::measure(const QRect &r)
{
    const Image now = m_now.read(r).value_or(Image());
    const Image original = m_original.read(r).value_or(Image());
    const std::vector<quint8> inside = reached(r);
    const int step = m_state.canvas.format.depth == Depth::U16 ? 257 : 1; // of 8 bits
    Image out(r.size(), format);
    std::vector<int> row(size_t(r.width()));
    for (int y = 0; y < r.height(); ++y) {
        rowDifference(now, original, y, row.data());
        auto *to = out.samples<quint8>(y);
        qint64 sum = 0;
        for (int x = 0; x < r.width(); ++x) {
            const int difference = row[size_t(x)];
            const bool outside = !inside[size_t(y) * r.width() + x];
            to[x] = quint8((difference + step - 1) / step);
            sum += difference;
            m_figures.differing += difference != 0;
            m_figures.changed += difference >= step;
            m_figures.outside += outside;
            m_figures.differingOutside += outside && difference != 0;
            m_figures.largest = std::max(m_figures.largest, double(difference) / step);
        }
        m_figures.sum += double(sum) / step;
    }
    m_figures.pixels += qint64(r.width()) * r.height();
    return out;
}

Image DifferenceMap::preliminary(int level)
{
    const auto reduced = [this, level](const Snapshot &state) {
        Compositor compositor(m_store);
        compositor.setState(state.canvas, state.stack);
        return compositor.render(QRect(QPoint(0, 0), compositor.levelSize(level)), level);
    };
    const Image now = reduced(m_state);
    const Image original = reduced(originalOf(m_state));
    const int step = now.format().depth == Depth::U16 ? 257 : 1;
    Image out(now.size(), format);
    std::vector<int> row(size_t(now.width()));
    for (int y = 0; y < now.height(); ++y) {
        rowDifference(now, original, y, row.data());
        std::transform(row.begin(), row.end(), out.samples<quint8>(y),
                       [step](int d) { return quint8((d + step - 1) / step); });
    }
    return out;
}

} // namespace heirloom
