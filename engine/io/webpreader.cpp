// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/webpreader.h"

#include "io/iccprofile.h"
#include "io/limits.h"

#include <QCoreApplication>

#include <algorithm>

#include <webp/decode.h>
#include <webp/demux.h>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

struct DeleteDemuxer {
    void operator()(WebPDemuxer *demuxer) const { WebPDemuxDelete(demuxer); }
};
struct DeleteDecoder {
    void operator()(WebPIDecoder *decoder) const { WebPIDelete(decoder); }
    void operator()(WebPAnimDecoder *decoder) const { WebPAnimDecoderDelete(decoder); }
};

} // namespace

struct WebpReader::Private {
    QString name;
    QByteArray file;
    ImageInfo info;
    bool animated = false;
    Image whole;
    int y = 0;

    Result<void> readHeader(QIODevice &device, const ReadLimits &limits);
    void adoptChunks();
    Result<void> decode();
    Result<void> decodeFirstFrame();
    tl::unexpected<Error> damaged(const char *what) const
    {
        return fail(ErrorCode::InputDamaged, {name, tr(what)});
    }
};

WebpReader::WebpReader(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

WebpReader::~WebpReader() = default;

const ImageInfo &WebpReader::info() const
{
    return d->info;
}

Result<std::unique_ptr<ImageReader>> WebpReader::open(QIODevice &device, const QString &name,
                                                      const ReadLimits &limits)
{
    auto d = std::make_unique<Private>();
    d->name = name;
    if (const Result<void> read = d->readHeader(device, limits); !read)
        return fail(read.error());
    d->adoptChunks();
    return std::unique_ptr<ImageReader>(new WebpReader(std::move(d)));
}

Result<void> WebpReader::Private::readHeader(QIODevice &device, const ReadLimits &limits)
{
    // The frame's own header may stand behind a large profile.
    WebPBitstreamFeatures features;
    VP8StatusCode status = VP8_STATUS_NOT_ENOUGH_DATA;
    for (const qint64 size : {qint64(4096), qint64(1) << 20, 2 * maxProfileBytes}) {
        device.seek(0);
        const QByteArray head = device.read(size);
        status = WebPGetFeatures(reinterpret_cast<const uint8_t *>(head.constData()),
                                 size_t(head.size()), &features);
        if (status != VP8_STATUS_NOT_ENOUGH_DATA || head.size() < size)
            break;
    }
    if (status != VP8_STATUS_OK)
        return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its header cannot be understood"));
    if (const auto ok = checkSize(name, features.width, features.height, limits); !ok)
        return fail(ok.error());
    info.fileFormat = FileFormat::WebP;
    info.size = QSize(features.width, features.height);
    info.format = {features.has_alpha ? Channels::Rgba : Channels::Rgb, Depth::U8};
    info.decodesWhole = true;
    animated = features.has_animation;
    // The file, the decoder's planes (4 bytes when lossless) and the pixels.
    const qint64 pixels = qint64(features.width) * features.height;
    if (const auto ok =
            checkMemory(name, device.size() + pixels * (4 + info.format.bytesPerPixel()), limits);
        !ok)
        return fail(ok.error());
    device.seek(0);
    file = device.readAll();
    return {};
}

void WebpReader::Private::adoptChunks()
{
    const WebPData data{reinterpret_cast<const uint8_t *>(file.constData()), size_t(file.size())};
    WebPDemuxState state;
    const std::unique_ptr<WebPDemuxer, DeleteDemuxer> demuxer(WebPDemuxPartial(&data, &state));
    QByteArray icc;
    if (demuxer) {
        WebPChunkIterator chunk;
        if (WebPDemuxGetChunk(demuxer.get(), "ICCP", 1, &chunk))
            icc = QByteArray(reinterpret_cast<const char *>(chunk.chunk.bytes),
                             qsizetype(chunk.chunk.size));
        WebPDemuxReleaseChunkIterator(&chunk);
        if (animated) {
            info.pages =
                int(std::min<quint32>(WebPDemuxGetI(demuxer.get(), WEBP_FF_FRAME_COUNT), 1000000));
        }
        if (WebPDemuxGetChunk(demuxer.get(), "C2PA", 1, &chunk))
            info.notices.append({Notice::Kind::ContentCredentialsDropped, 0, {}});
        WebPDemuxReleaseChunkIterator(&chunk);
    }
    if (icc.isEmpty())
        info.notices.append({Notice::Kind::Untagged, 0, {}});
    else
        adoptProfile(info, icc);
    if (info.pages > 1)
        info.notices.append({Notice::Kind::MorePages, info.pages, {}});
}

Result<Image> WebpReader::readRows(int count)
{
    if (d->whole.isNull()) {
        if (const Result<void> ok = d->animated ? d->decodeFirstFrame() : d->decode(); !ok)
            return fail(ok.error());
        d->file.clear();
    }
    const Image rows = d->whole.copied(QRect(0, d->y, d->info.size.width(), std::max(0, count)));
    d->y += rows.height();
    return rows;
}

Result<void> WebpReader::Private::decode()
{
    Image image(info.size, info.format);
    const int stride = int(image.bytesPerRow());
    const std::unique_ptr<WebPIDecoder, DeleteDecoder> decoder(
        WebPINewRGB(info.format.hasAlpha() ? MODE_RGBA : MODE_RGB, image.samples<quint8>(0),
                    size_t(image.byteCount()), stride));
    if (!decoder)
        return fail(ErrorCode::OutOfMemory, {tr("reading the picture"), {}});
    const VP8StatusCode status = WebPIUpdate(
        decoder.get(), reinterpret_cast<const uint8_t *>(file.constData()), size_t(file.size()));
    if (status == VP8_STATUS_OUT_OF_MEMORY)
        return fail(ErrorCode::OutOfMemory, {tr("reading the picture"), {}});
    if (status != VP8_STATUS_OK) {
        int last = 0;
        int width = 0;
        int height = 0;
        int rowBytes = 0;
        const bool some = WebPIDecGetRGB(decoder.get(), &last, &width, &height, &rowBytes) &&
                          last > 0 && QSize(width, height) == info.size;
        if (!some)
            return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "not one row can be read"));
        fillMissing(image, last);
        noteMissingRows(info, std::min(last, info.size.height() - 1));
    }
    whole = std::move(image);
    return {};
}

Result<void> WebpReader::Private::decodeFirstFrame()
{
    WebPAnimDecoderOptions options;
    WebPAnimDecoderOptionsInit(&options);
    options.color_mode = MODE_RGBA;
    const WebPData data{reinterpret_cast<const uint8_t *>(file.constData()), size_t(file.size())};
    const std::unique_ptr<WebPAnimDecoder, DeleteDecoder> decoder(
        WebPAnimDecoderNew(&data, &options));
    uint8_t *frame = nullptr;
    int time = 0;
    if (!decoder || !WebPAnimDecoderGetNext(decoder.get(), &frame, &time))
        return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its first frame cannot be read"));
    Image image(info.size, PixelFormat{Channels::Rgba, Depth::U8});
    std::copy_n(frame, image.byteCount(), image.samples<quint8>(0));
    whole = image.converted(info.format);
    return {};
}

} // namespace heirloom
