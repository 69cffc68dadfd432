// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/heifreader.h"

#include "io/heifplanes.h"
#include "io/iccprofile.h"
#include "io/limits.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>

#include <libheif/heif.h>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

struct Free {
    void operator()(heif_context *p) const { heif_context_free(p); }
    void operator()(heif_image_handle *p) const { heif_image_handle_release(p); }
    void operator()(heif_image *p) const { heif_image_release(p); }
    void operator()(heif_decoding_options *p) const { heif_decoding_options_free(p); }
    void operator()(heif_color_profile_nclx *p) const { heif_nclx_color_profile_free(p); }
};
template <typename T>
using Held = std::unique_ptr<T, Free>;

/// A profile for coding-independent code points (ITU-T H.273) other than sRGB's; empty for those.
QByteArray profileFor(const heif_color_profile_nclx &nclx)
{
    const std::array<double, 2> d65{0.3127, 0.3290};
    switch (nclx.color_primaries) {
    case heif_color_primaries_SMPTE_EG_432_1: // Display P3
        return rgbProfileWithSrgbCurve({d65, {0.680, 0.320}, {0.265, 0.690}, {0.150, 0.060}});
    case heif_color_primaries_ITU_R_BT_2020_2_and_2100_0:
        return rgbProfileWithSrgbCurve({d65, {0.708, 0.292}, {0.170, 0.797}, {0.131, 0.046}});
    default:
        return {};
    }
}

bool isHdr(const heif_color_profile_nclx &nclx)
{
    return nclx.transfer_characteristics == heif_transfer_characteristic_ITU_R_BT_2100_0_PQ ||
           nclx.transfer_characteristics == heif_transfer_characteristic_ITU_R_BT_2100_0_HLG;
}

} // namespace

struct HeifReader::Private {
    QString name;
    QByteArray file;
    Held<heif_context> context;
    Held<heif_image_handle> handle;
    ImageInfo info;
    bool multiplied = false;
    Held<heif_image> image;
    std::unique_ptr<HeifPlanes> planes; ///< null: image is interleaved RGB
    int y = 0;

    Result<void> readHeader(QIODevice &device, const ReadLimits &limits);
    void adoptColor();
    Result<void> decode();
    Error error(const heif_error &e) const;
    void takeRow(int line, std::byte *out) const;
    void takeAlphaOut(std::byte *row) const;
};

HeifReader::HeifReader(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

HeifReader::~HeifReader() = default;

const ImageInfo &HeifReader::info() const
{
    return d->info;
}

Result<std::unique_ptr<ImageReader>> HeifReader::open(QIODevice &device, const QString &name,
                                                      const ReadLimits &limits)
{
    auto d = std::make_unique<Private>();
    d->name = name;
    if (const Result<void> read = d->readHeader(device, limits); !read)
        return fail(read.error());
    return std::unique_ptr<ImageReader>(new HeifReader(std::move(d)));
}

Error HeifReader::Private::error(const heif_error &e) const
{
    const QString details = QString::fromUtf8(e.message);
    const QString format = fileFormatName(info.fileFormat);
    if (e.code == heif_error_Unsupported_filetype || e.code == heif_error_Unsupported_feature ||
        e.code == heif_error_Plugin_loading_error) {
        return Error(ErrorCode::VariantNotRead,
                     {name, format, tr("it uses a feature that is not supported")}, details);
    }
    if (e.code == heif_error_Memory_allocation_error)
        return Error(ErrorCode::OutOfMemory, {tr("reading the picture"), {}}, details);
    return Error(ErrorCode::InputDamaged, {name, tr("its structure is broken")}, details);
}

Result<void> HeifReader::Private::readHeader(QIODevice &device, const ReadLimits &limits)
{
    const QByteArray head = device.read(64);
    info.fileFormat =
        head.contains("avif") || head.contains("avis") ? FileFormat::Avif : FileFormat::Heif;
    if (const auto ok = checkMemory(name, device.size(), limits); !ok)
        return fail(ok.error());
    device.seek(0);
    file = device.readAll();
    context.reset(heif_context_alloc());
    heif_error e = heif_context_read_from_memory_without_copy(context.get(), file.constData(),
                                                              size_t(file.size()), nullptr);
    if (e.code != heif_error_Ok)
        return fail(error(e));
    heif_image_handle *primary = nullptr;
    e = heif_context_get_primary_image_handle(context.get(), &primary);
    handle.reset(primary);
    if (e.code != heif_error_Ok)
        return fail(error(e));
    const int width = heif_image_handle_get_width(primary);
    const int height = heif_image_handle_get_height(primary);
    if (const auto ok = checkSize(name, width, height, limits); !ok)
        return fail(ok.error());
    const int bits = std::max(1, heif_image_handle_get_luma_bits_per_pixel(primary));
    info.size = QSize(width, height);
    info.sourceBits = bits;
    info.format = {heif_image_handle_has_alpha_channel(primary) ? Channels::Rgba : Channels::Rgb,
                   bits > 8 ? Depth::U16 : Depth::U8};
    info.decodesWhole = true;
    multiplied = info.format.hasAlpha() && heif_image_handle_is_premultiplied_alpha(primary);
    // The decoder's frame and libheif's planes, three whole ones at the most.
    const qint64 perPixel =
        2 * (3 + (info.format.hasAlpha() ? 1 : 0)) * info.format.bytesPerSample();
    if (const auto ok = checkMemory(name, file.size() + qint64(width) * height * perPixel, limits);
        !ok)
        return fail(ok.error());
    info.pages = std::max(1, heif_context_get_number_of_top_level_images(context.get()));
    adoptColor();
    if (info.pages > 1)
        info.notices.append({Notice::Kind::MorePages, info.pages, {}});
    return {};
}

void HeifReader::Private::adoptColor()
{
    const heif_color_profile_type type = heif_image_handle_get_color_profile_type(handle.get());
    if (type == heif_color_profile_type_prof || type == heif_color_profile_type_rICC) {
        const size_t size = heif_image_handle_get_raw_color_profile_size(handle.get());
        QByteArray icc;
        if (size <= size_t(maxProfileBytes)) {
            icc.resize(qsizetype(size));
            if (heif_image_handle_get_raw_color_profile(handle.get(), icc.data()).code !=
                heif_error_Ok)
                icc.clear();
        }
        adoptProfile(info, icc);
        return;
    }
    heif_color_profile_nclx *raw = nullptr;
    const heif_error e = heif_image_handle_get_nclx_color_profile(handle.get(), &raw);
    const Held<heif_color_profile_nclx> nclx(raw);
    if (e.code != heif_error_Ok || !nclx) {
        info.notices.append({Notice::Kind::Untagged, 0, {}});
        return;
    }
    info.icc = profileFor(*nclx);
    if (isHdr(*nclx)) {
        info.notices.append(
            {Notice::Kind::Other, 0,
             tr("The picture is made for HDR screens; its tones will look different here.")});
    }
}

Result<Image> HeifReader::readRows(int count)
{
    if (!d->image) {
        if (const Result<void> ok = d->decode(); !ok)
            return fail(ok.error());
        d->handle.reset();
        d->context.reset();
        d->file.clear();
    }
    const int rows = std::min(count, d->info.size.height() - d->y);
    if (rows <= 0)
        return Image();
    Image band(QSize(d->info.size.width(), rows), d->info.format);
    for (int i = 0; i < rows; ++i) {
        if (d->planes)
            d->planes->convertRow(d->y + i, band.row(i));
        else
            d->takeRow(d->y + i, band.row(i));
        if (d->multiplied)
            d->takeAlphaOut(band.row(i));
    }
    d->y += rows;
    return band;
}

Result<void> HeifReader::Private::decode()
{
    const bool deep = info.format.depth == Depth::U16;
    const bool alpha = info.format.hasAlpha();
    const bool little = Q_BYTE_ORDER == Q_LITTLE_ENDIAN;
    const Held<heif_decoding_options> options(heif_decoding_options_alloc());
    heif_image *raw = nullptr;
    heif_error e = heif_decode_image(handle.get(), &raw, heif_colorspace_undefined,
                                     heif_chroma_undefined, options.get());
    image.reset(raw);
    if (e.code != heif_error_Ok)
        return fail(error(e));
    const auto contradiction = [&] {
        return fail(ErrorCode::InputDamaged, {name, tr("its header contradicts itself")});
    };
    planes = HeifPlanes::create(raw, info.format);
    if (planes)
        return planes->size() == info.size ? Result<void>() : contradiction();

    const heif_chroma chroma =
        !deep ? (alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB)
        : alpha
            ? (little ? heif_chroma_interleaved_RRGGBBAA_LE : heif_chroma_interleaved_RRGGBBAA_BE)
            : (little ? heif_chroma_interleaved_RRGGBB_LE : heif_chroma_interleaved_RRGGBB_BE);
    image.reset();
    raw = nullptr;
    e = heif_decode_image(handle.get(), &raw, heif_colorspace_RGB, chroma, options.get());
    image.reset(raw);
    if (e.code != heif_error_Ok)
        return fail(error(e));
    if (QSize(heif_image_get_width(raw, heif_channel_interleaved),
              heif_image_get_height(raw, heif_channel_interleaved)) != info.size)
        return contradiction();
    return {};
}

void HeifReader::Private::takeRow(int line, std::byte *out) const
{
    int stride = 0;
    const uint8_t *plane =
        heif_image_get_plane_readonly(image.get(), heif_channel_interleaved, &stride);
    const int bits = heif_image_get_bits_per_pixel_range(image.get(), heif_channel_interleaved);
    const uint8_t *from = plane + qsizetype(stride) * line;
    const qsizetype samples = qsizetype(info.size.width()) * info.format.channelCount();
    if (info.format.depth == Depth::U8) {
        std::copy_n(from, samples, reinterpret_cast<quint8 *>(out));
        return;
    }
    const quint32 most = (1u << std::clamp(bits, 1, 16)) - 1;
    const auto *in = reinterpret_cast<const quint16 *>(from);
    auto *to = reinterpret_cast<quint16 *>(out);
    for (qsizetype i = 0; i < samples; ++i)
        to[i] = quint16((std::min<quint32>(in[i], most) * 65535u + most / 2) / most);
}

void HeifReader::Private::takeAlphaOut(std::byte *row) const
{
    const auto divide = [&](auto sample, quint64 most) {
        using T = decltype(sample);
        T *p = reinterpret_cast<T *>(row);
        for (int x = 0; x < info.size.width(); ++x, p += 4) {
            for (int c = 0; c < 3; ++c)
                p[c] = p[3] == 0 ? T(0) : T(std::min(most, (p[c] * most + p[3] / 2) / p[3]));
        }
    };
    if (info.format.depth == Depth::U8)
        divide(quint8(), 255);
    else
        divide(quint16(), 65535);
}

} // namespace heirloom
