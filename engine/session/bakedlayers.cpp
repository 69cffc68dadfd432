// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/bakedlayers.h"

#include "document/compositor.h"
#include "document/fingerprint.h"
#include "image/resample.h"
#include "io/imagewriter.h"

#include <QBuffer>
#include <QXmlStreamWriter>

#include <algorithm>

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

Result<QByteArray> encoded(ImageSource &source, const QRect &place, const Canvas &canvas,
                           const Progress &progress)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadWrite);
    WriteSpec spec;
    spec.name = QStringLiteral("PNG");
    spec.fileFormat = FileFormat::Png;
    spec.size = place.size();
    spec.format = source.format();
    spec.icc = canvas.profile.icc();
    spec.resolution = canvas.resolution;
    auto writer = ImageWriter::create(spec, buffer);
    if (!writer)
        return fail(writer.error());
    for (int y = 0; y < place.height(); y += BandRows) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int rows = std::min(BandRows, place.height() - y);
        const auto band = source.read(QRect(place.left(), place.top() + y, place.width(), rows));
        if (!band)
            return fail(band.error());
        if (auto written = (*writer)->write(*band); !written)
            return fail(written.error());
        progress.report(double(y + rows) / place.height());
    }
    if (auto done = (*writer)->finish(); !done)
        return fail(done.error());
    return bytes;
}

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
        picture.place = layer.bounds() & canvas.rect();
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

Result<QByteArray> BakedLayers::png(const Picture &picture, const Progress &progress) const
{
    if (picture.kind == Picture::Kind::Layer) {
        const Snapshot one = alone(picture.layer);
        CompositorSource source(one, m_store);
        return encoded(source, picture.place, one.canvas, progress);
    }
    CompositorSource source(m_snapshot, m_store);
    if (picture.kind != Picture::Kind::Thumbnail)
        return encoded(source, picture.place, m_snapshot.canvas, progress);
    ResampledSource small(source, picture.place.size());
    Canvas canvas = m_snapshot.canvas;
    canvas.resolution = {};
    return encoded(small, picture.place, canvas, progress);
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
        xml.writeAttribute(QStringLiteral("name"), name);
        xml.writeAttribute(QStringLiteral("src"), entry);
        xml.writeAttribute(QStringLiteral("x"), QString::number(place.x()));
        xml.writeAttribute(QStringLiteral("y"), QString::number(place.y()));
        xml.writeAttribute(QStringLiteral("opacity"), QString::number(opacity, 'g', 17));
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
