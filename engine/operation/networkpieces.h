// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imagesource.h"
#include "image/rowsink.h"
#include "inference/tiledrunner.h"
#include "operation/piececomposer.h"

#include <functional>

namespace heirloom
{

/// From the picture to the network's input; reads the rows a row of tiles needs once. Lives for one
/// run, as the sinks below do; engine thread.
class PieceSource : public TileSource
{
public:
    /// scalars: the network's other inputs, the same for every tile.
    PieceSource(ImageSource &source, const PieceComposer &composer,
                QMap<QString, double> scalars = {})
        : m_source(source)
        , m_composer(composer)
        , m_scalars(std::move(scalars))
    {
    }

    QSize size() const override { return m_source.size(); }

    Result<ModelInput> read(const QRect &r) override
    {
        auto part = pixels(r);
        if (!part)
            return fail(part.error());
        ModelInput input;
        input.image = m_composer.networkInput(*part);
        input.scalars = m_scalars;
        return input;
    }

    /// The source's pixels of r, which must lie in what was read for a tile or be readable.
    Result<Image> pixels(const QRect &r)
    {
        if (m_source.isRandomAccess())
            return m_source.read(r);
        const QRect rows(0, r.top(), size().width(), r.height());
        if (!m_band.contains(rows)) {
            auto band = m_source.read(rows);
            if (!band)
                return fail(band.error());
            m_band = rows;
            m_rows = std::move(*band);
        }
        return m_rows.copied(r.translated(0, -m_band.top()));
    }

private:
    ImageSource &m_source;
    const PieceComposer &m_composer;
    QMap<QString, double> m_scalars;
    QRect m_band;
    Image m_rows;
};

/// From the network's output to finished pixels.
class PieceSink : public TileSink
{
public:
    PieceSink(PieceSource &source, const PieceComposer &composer, int scale)
        : m_source(source)
        , m_composer(composer)
        , m_scale(scale)
    {
    }

    Result<void> write(const QRect &core, const QRect &covered, const Planes &values) override
    {
        const QRect piece = inSource(core);
        const QRect target = m_composer.targetRect(piece);
        if (target.isEmpty())
            return {};
        constexpr int margin = PieceComposer::twinMargin;
        const QRect around =
            piece.adjusted(-margin, -margin, margin, margin) & QRect(QPoint(0, 0), m_source.size());
        const auto pixels = m_source.pixels(around);
        if (!pixels)
            return fail(pixels.error());
        return take(target, m_composer.compose(*pixels, around.topLeft(), values, inSource(covered),
                                               target));
    }

protected:
    virtual Result<void> take(const QRect &target, const Image &pixels) = 0;
    const PieceComposer &composer() const { return m_composer; }
    QRect inSource(const QRect &output) const
    {
        return QRect(output.topLeft() / m_scale, output.size() / m_scale);
    }

private:
    PieceSource &m_source;
    const PieceComposer &m_composer;
    int m_scale;
};

/// Gathers a row of tiles and hands its rows on.
class StripSink : public PieceSink
{
public:
    StripSink(PieceSource &source, const PieceComposer &composer, int scale, RowSink &sink)
        : PieceSink(source, composer, scale)
        , m_sink(sink)
    {
    }

    Result<void> band(const QRect &rows) override
    {
        const QRect target = composer().targetRect(inSource(rows));
        Image strip = std::move(m_strip);
        m_strip = {};
        m_top = target.bottom() + 1;
        if (strip.isNull())
            return {};
        if (strip.height() != target.height())
            strip = strip.copied(QRect(0, 0, strip.width(), target.height()));
        return m_sink.write(strip);
    }

protected:
    Result<void> take(const QRect &target, const Image &pixels) override
    {
        const int needed = target.bottom() + 1 - m_top;
        if (m_strip.height() < needed) {
            Image grown(QSize(m_sink.size().width(), needed), m_sink.format());
            if (!m_strip.isNull())
                grown.paste(m_strip, {0, 0});
            m_strip = std::move(grown);
        }
        m_strip.paste(pixels, target.topLeft() - QPoint(0, m_top));
        return {};
    }

private:
    RowSink &m_sink;
    Image m_strip;
    int m_top = 0;
};

/// Hands each piece on as it is finished.
class RegionSink : public PieceSink
{
public:
    RegionSink(PieceSource &source, const PieceComposer &composer, int scale,
               const std::function<void(const QRect &, const Image &)> &finished)
        : PieceSink(source, composer, scale)
        , m_finished(finished)
    {
    }

protected:
    Result<void> take(const QRect &target, const Image &pixels) override
    {
        m_finished(target, pixels);
        return {};
    }

private:
    const std::function<void(const QRect &, const Image &)> &m_finished;
};

} // namespace heirloom
