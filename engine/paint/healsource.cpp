// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/healsource.h"

#include "paint/seamlessclone.h"
#include "paint/spotheal.h"
#include "paint/stroke.h"

#include <algorithm>
#include <vector>

namespace heirloom
{

namespace
{

/// Side of what is solved for at once: bounds the memory that a stroke across a picture takes.
constexpr int blockSide = 1536;
/// What a spot looks like until it is healed.
constexpr float veil = 0.55F;

/// Where coverage is above 0, and around what.
QRect covered(const Image &coverage)
{
    QRect box;
    for (int y = 0; y < coverage.height(); ++y) {
        const quint16 *row = coverage.constSamples<quint16>(y);
        const auto isCovered = [](quint16 c) { return c > 0; };
        const quint16 *first = std::find_if(row, row + coverage.width(), isCovered);
        if (first == row + coverage.width())
            continue;
        const quint16 *last = row + coverage.width() - 1;
        while (*last == 0)
            --last;
        box |= QRect(QPoint(int(first - row), y), QPoint(int(last - row), y));
    }
    return box;
}

Image veiled(Image picture)
{
    const int channels = picture.format().channelCount();
    for (int y = 0; y < picture.height(); ++y) {
        float *p = picture.samples<float>(y);
        for (int i = 0; i < picture.width() * channels; ++i) {
            if (i % channels != channels - 1)
                p[i] *= veil;
        }
    }
    return picture;
}

/// The parts of the stroke that are solved for one after the other.
std::vector<QRect> blocksOf(const Stroke &stroke, QSize size)
{
    const QRect touched = stroke.touched() & QRect(QPoint(0, 0), size);
    std::vector<QRect> blocks;
    for (int y = touched.top(); y <= touched.bottom(); y += blockSide) {
        for (int x = touched.left(); x <= touched.right(); x += blockSide) {
            const QRect part = QRect(x, y, blockSide, blockSide) & touched;
            const QRect box = covered(stroke.coverage(part));
            if (!box.isEmpty())
                blocks.push_back(box.translated(part.topLeft()));
        }
    }
    return blocks;
}

} // namespace

HealSource::HealSource(PixelFormat target, QSize size, PictureReader picture,
                       PictureReader preview, Heal heal, bool looksAround)
    : PictureSource(target, std::move(preview))
    , m_target(target)
    , m_size(size)
    , m_picture(std::move(picture))
    , m_heal(std::move(heal))
    , m_looksAround(looksAround)
{
}

std::shared_ptr<HealSource> HealSource::fromOffset(PixelFormat target, QSize size,
                                                   const PictureReader &picture, QPoint offset)
{
    const auto cloned = [picture, offset](const QRect &r) { return picture(r.translated(offset)); };
    return std::shared_ptr<HealSource>(new HealSource(
        target, size, picture, cloned,
        [cloned](const QRect &area, const Image &there, const Image &mask) {
            return seamlesslyCloned(there, cloned(area), mask);
        },
        false));
}

std::shared_ptr<HealSource> HealSource::fromSurroundings(PixelFormat target, QSize size,
                                                         const PictureReader &picture)
{
    return std::shared_ptr<HealSource>(new HealSource(
        target, size, picture, [picture](const QRect &r) { return veiled(picture(r)); },
        [](const QRect &, const Image &there, const Image &mask) {
            return spotHealed(there, mask);
        },
        true));
}

QRect HealSource::areaOf(const QRect &block) const
{
    if (m_looksAround)
        return spotSurroundings(block, m_size);
    const int margin = seamReach + 1;
    return block.adjusted(-margin, -margin, margin, margin) & QRect(QPoint(0, 0), m_size);
}

void HealSource::settle(const Stroke &stroke, TiledBuffer &pixels) const
{
    const std::vector<QRect> blocks = blocksOf(stroke, m_size);
    const PixelFormat format = m_target.withAlpha(true).withDepth(Depth::F32);
    const int channels = format.channelCount();
    std::vector<Image> results;
    for (size_t b = 0; b < blocks.size(); ++b) {
        const QRect area = areaOf(blocks[b]);
        Image target = m_picture(area);
        const Image coverage = stroke.coverage(area);
        Image mask(area.size(), {Channels::Gray, Depth::U8});
        mask.fill(0);
        for (int y = 0; y < area.height(); ++y) {
            const quint16 *covers = coverage.constSamples<quint16>(y);
            float *p = target.samples<float>(y);
            for (int x = 0; x < area.width(); ++x) {
                if (covers[x] == 0)
                    continue;
                if (blocks[b].contains(area.topLeft() + QPoint(x, y)))
                    mask.samples<quint8>(y)[x] = 255;
                else // not healed yet: tells nothing
                    p[x * channels + channels - 1] = 0;
            }
        }
        for (size_t i = 0; i < b; ++i) {
            const QRect shared = blocks[i] & area;
            if (!shared.isEmpty())
                target.paste(results[i].copied(shared.translated(-blocks[i].topLeft())),
                             shared.topLeft() - area.topLeft());
        }
        results.push_back(
            m_heal(area, target, mask).copied(blocks[b].translated(-area.topLeft())));
    }
    for (size_t b = 0; b < blocks.size(); ++b) {
        const QRect &block = blocks[b];
        const Image before = stroke.before().read(block);
        const Image coverage = stroke.coverage(block);
        Image after = before;
        for (int y = 0; y < block.height(); ++y) {
            mix(m_target,
                {block.left(), block.top() + y, block.width(), before.constRow(y),
                 coverage.constSamples<quint16>(y), after.row(y)},
                results[b].constSamples<float>(y));
        }
        pixels.write(block.topLeft(), after);
    }
}

} // namespace heirloom
