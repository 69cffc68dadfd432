// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/tiffwriter.h"

#include "io/limits.h"
#include "io/outputerror.h"
#include "io/tiffexif.h"
#include "io/tifffile.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace heirloom
{

struct TiffWriter::Private {
    WriteSpec spec;
    QIODevice *device = nullptr;
    std::unique_ptr<TiffFile> file;
    int rowsPerStrip = 1;
    qsizetype rowBytes = 0;
    std::vector<std::byte> strip; ///< rows that do not yet fill a strip
    int stripRows = 0;
    quint32 stripIndex = 0;

    void setTags();
    bool writeStrip();
    Error failure() const
    {
        if (file->deviceFailed())
            return outputError(*device, spec.name);
        return Error(ErrorCode::Internal, {QStringLiteral("libtiff: ") + file->lastMessage()});
    }
};

TiffWriter::TiffWriter(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

TiffWriter::~TiffWriter() = default;

QSize TiffWriter::size() const
{
    return d->spec.size;
}

PixelFormat TiffWriter::format() const
{
    return d->spec.format;
}

Result<std::unique_ptr<ImageWriter>> TiffWriter::create(const WriteSpec &spec, QIODevice &device)
{
    auto d = std::make_unique<Private>();
    d->spec = spec;
    d->device = &device;
    d->file = TiffFile::openToWrite(device);
    if (!d->file)
        return fail(outputError(device, spec.name));
    d->rowBytes = qsizetype(spec.size.width()) * spec.format.bytesPerPixel();
    d->rowsPerStrip = std::min(rowsWithin(256 * 1024, d->rowBytes), spec.size.height());
    d->strip.resize(size_t(d->rowBytes) * d->rowsPerStrip);
    d->setTags();
    return std::unique_ptr<ImageWriter>(new TiffWriter(std::move(d)));
}

void TiffWriter::Private::setTags()
{
    TIFF *tiff = file->handle();
    const PixelFormat format = spec.format;
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, quint32(spec.size.width()));
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, quint32(spec.size.height()));
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, format.bytesPerSample() * 8);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, format.channelCount());
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
                 format.isGray() ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    if (format.hasAlpha()) {
        const quint16 kind[] = {EXTRASAMPLE_UNASSALPHA};
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, kind);
    }
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    TIFFSetField(tiff, TIFFTAG_ZIPQUALITY, 4);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, quint32(rowsPerStrip));
    if (spec.resolution.isValid()) {
        TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
        TIFFSetField(tiff, TIFFTAG_XRESOLUTION, spec.resolution.x);
        TIFFSetField(tiff, TIFFTAG_YRESOLUTION, spec.resolution.y);
    }
    const auto block = [&](quint32 tag, const QByteArray &bytes) {
        if (!bytes.isEmpty())
            TIFFSetField(tiff, tag, quint32(bytes.size()), bytes.constData());
    };
    block(TIFFTAG_ICCPROFILE, spec.icc);
    block(TIFFTAG_XMLPACKET, spec.metadata.xmp);
    // Counted in bytes, as libtiff 4.5 has it.
    block(TIFFTAG_RICHTIFFIPTC, spec.metadata.iptc);
}

bool TiffWriter::Private::writeStrip()
{
    const tmsize_t bytes = rowBytes * stripRows;
    stripRows = 0;
    return TIFFWriteEncodedStrip(file->handle(), stripIndex++, strip.data(), bytes) == bytes;
}

Result<void> TiffWriter::write(const Image &rows)
{
    for (int y = 0; y < rows.height(); ++y) {
        std::memcpy(d->strip.data() + d->rowBytes * d->stripRows, rows.constRow(y),
                    size_t(d->rowBytes));
        if (++d->stripRows == d->rowsPerStrip && !d->writeStrip())
            return fail(d->failure());
    }
    return {};
}

Result<void> TiffWriter::finish()
{
    if (d->stripRows > 0 && !d->writeStrip())
        return fail(d->failure());
    if (!d->file->close())
        return fail(d->failure());
    if (!d->spec.metadata.exif.isEmpty())
        return appendExif(*d->device, d->spec.metadata.exif, d->spec.name);
    return {};
}

} // namespace heirloom
