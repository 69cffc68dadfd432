// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/tiffreader.h"

#include "io/limits.h"
#include "io/tiffrows.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

/// Pages without the reduced copies that some programs keep beside a picture. Ends at the first
/// page again.
int countPages(TIFF *tiff)
{
    const int all = int(std::min<quint64>(TIFFNumberOfDirectories(tiff), 100000));
    int pages = all;
    // Looking into each costs time; nobody has more than a few copies.
    if (all > 1 && all <= 32) {
        pages = 1;
        for (int i = 1; i < all; ++i) {
            quint32 kind = 0;
            if (TIFFSetDirectory(tiff, quint32(i)))
                TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &kind);
            if (!(kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)))
                ++pages;
        }
    }
    return std::max(1, pages);
}

Resolution resolution(TIFF *tiff)
{
    float x = 0;
    float y = 0;
    quint16 unit = RESUNIT_INCH;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
    if (!TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) ||
        !TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y) || unit == RESUNIT_NONE)
        return {};
    const double scale = unit == RESUNIT_CENTIMETER ? 2.54 : 1.0;
    // Written as float by libtiff: 300.0000001 is nobody's resolution.
    const auto rounded = [](double v) { return std::round(v * 1000) / 1000; };
    const Resolution r{rounded(double(x) * scale), rounded(double(y) * scale)};
    return r.x < 1e6 && r.y < 1e6 ? r : Resolution();
}

} // namespace

struct TiffReader::Private {
    std::unique_ptr<TiffFile> file;
    QString name;
    ReadLimits limits;
    TiffLayout layout;
    std::unique_ptr<TiffPixels> pixels;
    std::unique_ptr<TiffRows> rows;
    ImageInfo info;
    int y = 0;

    void describe(int pages);
    void describeDepth();
};

TiffReader::TiffReader(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

TiffReader::~TiffReader() = default;

const ImageInfo &TiffReader::info() const
{
    return d->info;
}

Result<std::unique_ptr<ImageReader>> TiffReader::open(QIODevice &device, const QString &name,
                                                      const ReadLimits &limits)
{
    auto d = std::make_unique<Private>();
    d->name = name;
    d->limits = limits;
    QString message;
    // The directory itself needs some, however small the limit for pixels is.
    const qint64 allocation = std::max(limits.memoryBytes, maxProfileBytes);
    d->file = TiffFile::openToRead(device, allocation, &message);
    if (!d->file) {
        return fail(ErrorCode::InputDamaged, {name, tr("its header cannot be understood")},
                    message);
    }
    const int pages = countPages(d->file->handle());
    if (TIFFCurrentDirectory(d->file->handle()) != 0 && !TIFFSetDirectory(d->file->handle(), 0)) {
        return fail(ErrorCode::InputDamaged, {name, tr("its first page cannot be read")},
                    d->file->lastMessage());
    }
    Result<TiffLayout> layout = readTiffLayout(*d->file, name, limits);
    if (!layout)
        return fail(std::move(layout.error()));
    d->layout = std::move(*layout);
    d->describe(pages);
    Result<std::unique_ptr<TiffRows>> rows =
        TiffRows::create(*d->file, d->layout, *d->pixels, name, limits);
    if (!rows)
        return fail(std::move(rows.error()));
    d->rows = std::move(*rows);
    return std::unique_ptr<ImageReader>(new TiffReader(std::move(d)));
}

void TiffReader::Private::describe(int pages)
{
    TIFF *tiff = file->handle();
    info.fileFormat = FileFormat::Tiff;
    info.size = QSize(layout.width, layout.height);
    info.format = layout.format();
    info.sourceBits = layout.bits;
    info.resolution = resolution(tiff);
    info.pages = pages;
    quint16 orientation = 1;
    if (TIFFGetField(tiff, TIFFTAG_ORIENTATION, &orientation) && orientation >= 1 &&
        orientation <= 8)
        info.orientation = Orientation(orientation);

    quint32 size = 0;
    void *data = nullptr;
    QByteArray icc;
    if (TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &size, &data) && data && size > 0 &&
        size <= maxProfileBytes)
        icc = QByteArray(static_cast<const char *>(data), qsizetype(size));
    pixels = std::make_unique<TiffPixels>(layout, icc);
    if (const ColorConverter *converter = pixels->converter()) {
        info.notices.append(conversionNotice(
            layout.isLab() ? ForeignColor::Lab : ForeignColor::Cmyk, converter->usesProfile()));
    } else if (icc.isEmpty()) {
        info.notices.append({Notice::Kind::Untagged, 0, {}});
    } else {
        adoptProfile(info, icc);
    }
    if (pages > 1)
        info.notices.append({Notice::Kind::MorePages, pages, {}});
    describeDepth();
}

void TiffReader::Private::describeDepth()
{
    if (layout.isFloat() || layout.bits > 16) {
        const QString text = layout.isFloat() ? tr("%1-bit floating point to 16 bits; values "
                                                   "below 0 and above 1 were cut off")
                                              : tr("%1 bits to 16 bits");
        info.notices.append({Notice::Kind::ReducedDepth, layout.bits, text.arg(layout.bits)});
    }
    if (layout.ignoredSamples > 0) {
        info.notices.append(
            {Notice::Kind::Other, layout.ignoredSamples,
             tr("The file has channels beside its colours (%1), which were not read.")
                 .arg(layout.ignoredSamples)});
    }
}

Result<Image> TiffReader::readRows(int count)
{
    const int left = std::min(count, d->info.size.height() - d->y);
    if (left <= 0)
        return Image();
    Image out(QSize(d->info.size.width(), left), d->info.format);
    int done = 0;
    while (done < left) {
        Result<TiffBand> band = d->rows->next(d->y + done, left - done);
        if (!band)
            return fail(std::move(band.error()));
        if (band->missingFrom >= 0) {
            if (!band->anything && d->y + done == 0) {
                return fail(ErrorCode::InputDamaged, {d->name, tr("its first rows cannot be read")},
                            d->file->lastMessage());
            }
            noteMissingRows(d->info, d->y + done + band->missingFrom);
        }
        const int rows = band->pixels.height();
        if (rows == left)
            out = std::move(band->pixels);
        else
            out.paste(band->pixels, QPoint(0, done));
        done += rows;
    }
    d->y += left;
    return out;
}

} // namespace heirloom
