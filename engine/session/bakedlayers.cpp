// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/bakedlayers.h"

#include "document/compositor.h"
#include "document/fingerprint.h"
#include "image/resample.h"
#include "io/imagewriter.h"

#include <QBuffer>
#include <QLocale>
#include <QXmlStreamWriter>

#include <algorithm>
#include <cmath>
#include <functional>
#include <future>

namespace heirloom
{

namespace
{

constexpr int BandRows = 256;

QString compositeOp(BlendMode mode)
{
    return mode == BlendMode::Normal ? QStringLiteral("svg:src-over")
                                     : QStringLiteral("svg:") + blendModeId(mode);
}

/// The pixels of one layer cover the whole place without anything showing through.
bool isOpaque(const Layer &layer)
{
    return !layer.pixels.format().hasAlpha() && !layer.mask.isActive() &&
           layer.transform.isExact();
}

/// Where on the canvas a layer shows anything: a few strokes on a large layer make a small picture.
QRect shownPart(const Layer &layer, const Canvas &canvas)
{
    const TiledBuffer &pixels = layer.pixels;
    QRect part = pixels.rect();
    if (pixels.format().hasAlpha()) {
        part = QRect();
        const int alpha = pixels.format().bytesPerPixel() - pixels.format().bytesPerSample();
        for (int y = 0; y < pixels.rows(); ++y) {
            for (int x = 0; x < pixels.columns(); ++x) {
                const Tile::Pixel *color = pixels.constantPixel({x, y});
                if (!color || std::any_of(color->begin() + alpha,
                                          color->begin() + pixels.format().bytesPerPixel(),
                                          [](std::byte b) { return b != std::byte{0}; }))
                    part |= pixels.tileRect({x, y});
            }
        }
    }
    // What resampling spreads: three pixels of the layer or of the canvas, the larger ones; beyond
    // the layer's own edges only where it is turned.
    if (!layer.transform.isExact() && !part.isEmpty()) {
        const double scale = std::max(layer.transform.scaleX(), layer.transform.scaleY());
        const int reach = int(std::min(65536.0, std::ceil(4 * std::max(1.0, 1 / scale))));
        part.adjust(-reach, -reach, reach, reach);
        if (layer.transform.kind() == Transform::Kind::Scale)
            part &= pixels.rect();
    }
    return layer.transform.mapBounds(part) & canvas.rect();
}

/// What XML has no character for becomes the sign for that.
QString asXml(const QString &text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            result += c;
            result += text[++i];
        } else if (c.isSurrogate() || c.unicode() >= 0xfffe ||
                   (c.unicode() < 0x20 && c != u'\t' && c != u'\n' && c != u'\r')) {
            result += QChar::ReplacementCharacter;
        } else {
            result += c;
        }
    }
    return result;
}

class MemorySource : public ImageSource
{
public:
    explicit MemorySource(Image image)
        : m_image(std::move(image))
    {
    }
    QSize size() const override { return m_image.size(); }
    PixelFormat format() const override { return m_image.format(); }
    QByteArray icc() const override { return {}; }
    bool isRandomAccess() const override { return true; }
    Result<Image> read(const QRect &r) override { return m_image.copied(r); }

private:
    Image m_image;
};

using TakeBand = std::function<void(const Image &band)>;

/// While one band is packed the next one is composed. Each is shown to also, if there.
Result<QByteArray> encoded(ImageSource &source, const QRect &place, const Canvas &canvas,
                           const Progress &progress, const TakeBand &also = {})
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadWrite);
    WriteSpec spec;
    spec.name = QStringLiteral("PNG");
    spec.fileFormat = FileFormat::Png;
    spec.size = place.size();
    spec.format = source.format();
    spec.quick = true; // a copy of what is kept as it is elsewhere in the archive
    spec.icc = canvas.profile.icc();
    spec.resolution = canvas.resolution;
    auto writer = ImageWriter::create(spec, buffer);
    if (!writer)
        return fail(writer.error());
    const auto read = [&source, place](int y) {
        const int rows = std::min(BandRows, place.height() - y);
        return source.read(QRect(place.left(), place.top() + y, place.width(), rows));
    };
    std::future<Result<Image>> next = std::async(std::launch::async, read, 0);
    for (int y = 0; y < place.height(); y += BandRows) {
        const auto band = next.get();
        if (!band)
            return fail(band.error());
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        if (y + BandRows < place.height())
            next = std::async(std::launch::async, read, y + BandRows);
        if (also)
            also(*band);
        if (auto written = (*writer)->write(*band); !written)
            return fail(written.error());
        progress.report(double(std::min(y + BandRows, place.height())) / place.height());
    }
    if (auto done = (*writer)->finish(); !done)
        return fail(done.error());
    return bytes;
}

/// Reduces a picture that comes in bands: squares of pixels become their mean (colours by their
/// alpha), as many as leave it no smaller than wanted; the rest is resampled.
class Reducer
{
public:
    Reducer(QSize from, QSize to, PixelFormat format)
        : m_from(from)
        , m_to(to)
        , m_format(format.withDepth(Depth::F32))
        , m_side(std::max(1, std::min(from.width() / to.width(), from.height() / to.height())))
        , m_small({(from.width() + m_side - 1) / m_side, (from.height() + m_side - 1) / m_side},
                  m_format)
    {
        m_small.fill(0);
    }
    void take(const Image &band)
    {
        const Image floats = band.converted(m_format);
        const int channels = m_format.channelCount();
        const int colors = m_format.colorCount();
        for (int y = 0; y < floats.height(); ++y, ++m_y) {
            float *to = m_small.samples<float>(m_y / m_side);
            const float *from = floats.constSamples<float>(y);
            const int rows = std::min(m_side, m_from.height() - m_y / m_side * m_side);
            for (int x = 0; x < m_from.width(); ++x, from += channels) {
                float *sum = to + qsizetype(x / m_side) * channels;
                const int columns = std::min(m_side, m_from.width() - x / m_side * m_side);
                const float share = 1.0F / float(rows * columns);
                const float alpha = colors < channels ? from[colors] : 1;
                for (int c = 0; c < colors; ++c)
                    sum[c] += from[c] * alpha * share;
                if (colors < channels)
                    sum[colors] += alpha * share;
            }
        }
    }
    Image result(Depth depth)
    {
        const int channels = m_format.channelCount();
        const int colors = m_format.colorCount();
        for (int y = 0; y < m_small.height() && colors < channels; ++y) {
            float *p = m_small.samples<float>(y);
            for (int x = 0; x < m_small.width(); ++x, p += channels) {
                for (int c = 0; c < colors && p[colors] > 0; ++c)
                    p[c] /= p[colors];
            }
        }
        return (m_small.size() == m_to ? m_small : resampled(m_small, m_to))
            .converted(m_format.withDepth(depth));
    }

private:
    QSize m_from, m_to;
    PixelFormat m_format;
    int m_side;
    Image m_small;
    int m_y = 0;
};

QSize thumbnailSize(QSize canvas)
{
    constexpr int side = BakedLayers::thumbnailSide;
    return canvas.width() > side || canvas.height() > side
               ? canvas.scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1})
               : canvas;
}

} // namespace

BakedLayers::BakedLayers(const Snapshot &snapshot, std::shared_ptr<TileStore> store)
    : m_snapshot(snapshot)
    , m_store(std::move(store))
{
}

bool BakedLayers::needsTop() const
{
    const LayerStack &stack = m_snapshot.stack;
    return std::any_of(stack.begin(), stack.end(), [](const Layer &layer) {
        return layer.isShown() &&
               (layer.kind == LayerKind::Adjustment || layer.replacesBelow());
    });
}

Snapshot BakedLayers::alone(int index) const
{
    Snapshot one;
    one.canvas = m_snapshot.canvas;
    Layer layer = m_snapshot.stack.at(index);
    one.canvas.format = one.canvas.format.withAlpha(!isOpaque(layer));
    layer.visible = true;
    layer.opacity = 1;
    layer.blendMode = BlendMode::Normal;
    one.stack.insert(0, layer);
    return one;
}

std::vector<BakedLayers::Picture> BakedLayers::pictures() const
{
    const Canvas &canvas = m_snapshot.canvas;
    const LayerStack &stack = m_snapshot.stack;
    const auto keyOf = [&canvas](const Fingerprint &content, const QRect &place) {
        return FingerprintBuilder()
            .add(content)
            .add(canvas.profile.icc())
            .add(canvas.resolution.x)
            .add(canvas.resolution.y)
            .add(qint64(place.left()))
            .add(qint64(place.top()))
            .add(qint64(place.width()))
            .add(qint64(place.height()))
            .result()
            .toHex();
    };
    std::vector<Picture> pictures;
    for (int i = 0; i < stack.count(); ++i) {
        const Layer &layer = stack.at(i);
        if (!layer.hasPixels())
            continue;
        Picture picture;
        picture.layer = i;
        picture.entry = QStringLiteral("data/layer%1.png").arg(layer.id.value());
        picture.place = shownPart(layer, canvas);
        if (picture.place.isEmpty())
            picture.place = QRect(0, 0, 1, 1);
        const Snapshot one = alone(i);
        picture.key = keyOf(fingerprintBelow(one.canvas, one.stack, 1), picture.place);
        pictures.push_back(picture);
    }
    const QString whole =
        keyOf(fingerprintBelow(canvas, stack, stack.count()), canvas.rect());
    if (needsTop())
        pictures.push_back({Picture::Kind::Top, QStringLiteral("data/whole.png"), whole, -1,
                            canvas.rect()});
    pictures.push_back({Picture::Kind::Merged, QStringLiteral("mergedimage.png"), whole, -1,
                        canvas.rect()});
    pictures.push_back({Picture::Kind::Thumbnail, QStringLiteral("Thumbnails/thumbnail.png"), whole,
                        -1, QRect(QPoint(0, 0), thumbnailSize(canvas.size))});
    return pictures;
}

Result<QByteArray> BakedLayers::layerPng(const Picture &picture, const Progress &progress) const
{
    const Snapshot one = alone(picture.layer);
    CompositorSource source(one, m_store);
    return encoded(source, picture.place, one.canvas, progress);
}

Result<BakedLayers::Whole> BakedLayers::whole(const Progress &progress) const
{
    CompositorSource source(m_snapshot, m_store);
    Canvas canvas = m_snapshot.canvas;
    Reducer reducer(canvas.size, thumbnailSize(canvas.size), canvas.format);
    auto merged = encoded(source, canvas.rect(), canvas, progress,
                          [&reducer](const Image &band) { reducer.take(band); });
    if (!merged)
        return fail(merged.error());
    MemorySource small(reducer.result(Depth::U8));
    canvas.resolution = {};
    auto thumbnail = encoded(small, QRect(QPoint(0, 0), small.size()), canvas, {});
    if (!thumbnail)
        return fail(thumbnail.error());
    return Whole{std::move(*merged), std::move(*thumbnail)};
}

QByteArray BakedLayers::stackXml() const
{
    const Canvas &canvas = m_snapshot.canvas;
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(QStringLiteral("image"));
    xml.writeAttribute(QStringLiteral("version"), QStringLiteral("0.0.5"));
    xml.writeAttribute(QStringLiteral("w"), QString::number(canvas.size.width()));
    xml.writeAttribute(QStringLiteral("h"), QString::number(canvas.size.height()));
    if (canvas.resolution.isValid()) {
        xml.writeAttribute(QStringLiteral("xres"),
                           QString::number(qRound(canvas.resolution.x)));
        xml.writeAttribute(QStringLiteral("yres"),
                           QString::number(qRound(canvas.resolution.y)));
    }
    xml.writeStartElement(QStringLiteral("stack"));
    const auto layerElement = [&xml](const QString &name, const QString &entry, QPoint place,
                                     double opacity, bool visible, BlendMode mode) {
        xml.writeEmptyElement(QStringLiteral("layer"));
        xml.writeAttribute(QStringLiteral("name"), asXml(name));
        xml.writeAttribute(QStringLiteral("src"), entry);
        xml.writeAttribute(QStringLiteral("x"), QString::number(place.x()));
        xml.writeAttribute(QStringLiteral("y"), QString::number(place.y()));
        xml.writeAttribute(QStringLiteral("opacity"),
                           QString::number(opacity, 'f', QLocale::FloatingPointShortest));
        xml.writeAttribute(QStringLiteral("visibility"),
                           visible ? QStringLiteral("visible") : QStringLiteral("hidden"));
        xml.writeAttribute(QStringLiteral("composite-op"), compositeOp(mode));
    };
    // From top to bottom. Below a picture of the whole nothing else may show.
    const std::vector<Picture> all = pictures();
    const bool hasTop = needsTop();
    for (auto picture = all.rbegin(); picture != all.rend(); ++picture) {
        if (picture->kind == Picture::Kind::Top) {
            layerElement(QStringLiteral("Adjusted picture"), picture->entry, {0, 0}, 1, true,
                         BlendMode::Normal);
        } else if (picture->kind == Picture::Kind::Layer) {
            const Layer &layer = m_snapshot.stack.at(picture->layer);
            layerElement(layer.name, picture->entry, picture->place.topLeft(), layer.opacity,
                         layer.visible && !hasTop, layer.blendMode);
        }
    }
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

} // namespace heirloom
