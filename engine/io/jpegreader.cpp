// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most: everything here lives between the same pair of setjmp and longjmp.
#include "io/jpegreader.h"

#include "io/iccprofile.h"
#include "io/limits.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <jerror.h>
#include <jpeglib.h>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

/// A progressive file has about ten scans; each costs a pass over the whole picture.
constexpr int maxScans = 200;

#if JPEG_LIB_VERSION >= 70
constexpr int arithmeticBadCode = JWRN_ARITH_BAD_CODE;
#else
// The header leaves the name out unless a macro of libjpeg-turbo's own build is set; the library
// has it two behind this one.
constexpr int arithmeticBadCode = JERR_BAD_CROP_SPEC + 2;
#endif

/// libjpeg's object and what its callbacks note. All callbacks get it through the error manager,
/// which is its first member's neighbour by address: the manager comes first.
struct Codec {
    jpeg_error_mgr errors;
    jmp_buf jump;
    jpeg_decompress_struct jpeg;
    jpeg_source_mgr source;
    jpeg_progress_mgr progress;
    QIODevice *device;
    JOCTET buffer[65536];
    bool created;
    bool ended;   ///< the file had no more bytes
    bool damaged; ///< picture data was missing or wrong
    int damagedScan;
    int damagedMcuRow;
    int damagedComponent;
    int endScan; ///< where the file ended
    int endMcuRow;
    bool tooManyScans;
};

Codec *codecOf(j_common_ptr jpeg)
{
    return reinterpret_cast<Codec *>(jpeg->err);
}

[[noreturn]] void onError(j_common_ptr jpeg)
{
    std::longjmp(codecOf(jpeg)->jump, 1);
}

void onMessage(j_common_ptr jpeg, int level)
{
    if (level >= 0)
        return;
    Codec *codec = codecOf(jpeg);
    ++codec->errors.num_warnings;
    if (codec->damaged)
        return;
    int rowsBefore = 0;
    switch (codec->errors.msg_code) {
    case JWRN_JPEG_EOF:
        // Looked for in advance: the last rows may be complete all the same. Arithmetic coding
        // however takes missing bytes for zeros and says nothing more.
        if (!codec->jpeg.arith_code)
            return;
        break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case arithmeticBadCode:
    case JWRN_MUST_RESYNC:
        break;
    case JWRN_EXTRANEOUS_DATA:
        // Harmless between segments; before a restart marker it means that the stretch up to it
        // was not decoded as it was meant.
        if (codec->errors.msg_parm.i[1] < 0xD0 || codec->errors.msg_parm.i[1] > 0xD7)
            return;
        rowsBefore = int((codec->jpeg.restart_interval + codec->jpeg.MCUs_per_row - 1) /
                         std::max<JDIMENSION>(1, codec->jpeg.MCUs_per_row));
        break;
    default:
        return; // odd versions and the like: harmless
    }
    codec->damaged = true;
    codec->damagedScan = codec->jpeg.input_scan_number;
    codec->damagedMcuRow = std::max(0, int(codec->jpeg.input_iMCU_row) - rowsBefore);
    codec->damagedComponent =
        codec->jpeg.comps_in_scan > 0 ? codec->jpeg.cur_comp_info[0]->component_index : 0;
}

void onOutput(j_common_ptr) {}

void onProgress(j_common_ptr jpeg)
{
    Codec *codec = codecOf(jpeg);
    if (codec->jpeg.input_scan_number > maxScans) {
        codec->tooManyScans = true;
        onError(jpeg);
    }
}

void onSourceNothing(j_decompress_ptr) {}

boolean onFill(j_decompress_ptr jpeg)
{
    Codec *codec = codecOf(reinterpret_cast<j_common_ptr>(jpeg));
    const qint64 count =
        codec->device->read(reinterpret_cast<char *>(codec->buffer), sizeof codec->buffer);
    codec->source.next_input_byte = codec->buffer;
    if (count > 0) {
        codec->source.bytes_in_buffer = size_t(count);
        return TRUE;
    }
    if (!codec->ended) {
        codec->ended = true;
        codec->endScan = jpeg->input_scan_number;
        codec->endMcuRow = int(jpeg->input_iMCU_row);
    }
    WARNMS(jpeg, JWRN_JPEG_EOF);
    codec->buffer[0] = 0xFF;
    codec->buffer[1] = JPEG_EOI;
    codec->source.bytes_in_buffer = 2;
    return TRUE;
}

void onSkip(j_decompress_ptr jpeg, long count)
{
    Codec *codec = codecOf(reinterpret_cast<j_common_ptr>(jpeg));
    if (count <= 0)
        return;
    const size_t here = std::min(size_t(count), codec->source.bytes_in_buffer);
    codec->source.next_input_byte += here;
    codec->source.bytes_in_buffer -= here;
    const qint64 rest = count - qint64(here);
    if (rest > 0)
        codec->device->seek(std::min(codec->device->size(), codec->device->pos() + rest));
}

/// Runs body with libjpeg's errors caught. No object with a destructor may live in body.
template <typename F>
bool guarded(Codec &codec, F body)
{
    static_assert(std::is_trivially_destructible_v<F>);
    if (setjmp(codec.jump))
        return false;
    body();
    return true;
}

/// The pictures that an MPF index lists; 1 without one.
int multiPictureCount(const JOCTET *data, unsigned length)
{
    if (length < 16 || std::memcmp(data, "MPF\0", 4) != 0)
        return 1;
    const uchar *tiff = data + 4;
    const unsigned size = length - 4;
    const bool little = tiff[0] == 'I';
    const auto u16 = [&](unsigned at) -> quint32 {
        if (at + 2 > size)
            return 0;
        return little ? qFromLittleEndian<quint16>(tiff + at) : qFromBigEndian<quint16>(tiff + at);
    };
    const auto u32 = [&](unsigned at) -> quint32 {
        if (at + 4 > size)
            return 0;
        return little ? qFromLittleEndian<quint32>(tiff + at) : qFromBigEndian<quint32>(tiff + at);
    };
    const quint32 ifd = u32(4);
    if (ifd >= size)
        return 1;
    const quint32 entries = u16(ifd);
    for (quint32 i = 0; i < entries && ifd + 2 + 12 * i + 12 <= size; ++i) {
        if (u16(ifd + 2 + 12 * i) == 0xB001)
            return int(std::clamp<quint32>(u32(ifd + 2 + 12 * i + 8), 1, 1000));
    }
    return 1;
}

} // namespace

struct JpegReader::Private {
    std::unique_ptr<Codec> codec = std::make_unique<Codec>();
    QString name;
    ReadLimits limits;
    ImageInfo info;
    bool cmyk = false;
    bool inverted = false; ///< Adobe stores CMYK upside down
    std::unique_ptr<ColorConverter> converter;
    std::vector<quint8> inks;
    bool started = false;
    bool broken = false; ///< nothing more can be decoded
    bool noted = false;
    int y = 0;

    ~Private()
    {
        if (codec->created)
            jpeg_destroy_decompress(&codec->jpeg);
    }

    Result<void> readHeader(QIODevice &device);
    Result<void> describe();
    void adoptColor();
    void adoptMarkers();
    Result<void> start();
    int decodeRows(Image &band);
    void noteDamage();
    void checkScans();
    void noteMissingEnd();
    int firstMissingRow() const
    {
        return codec->damagedMcuRow * codec->jpeg.max_v_samp_factor * DCTSIZE;
    }
    Error error() const;
};

JpegReader::JpegReader(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

JpegReader::~JpegReader() = default;

const ImageInfo &JpegReader::info() const
{
    return d->info;
}

Result<std::unique_ptr<ImageReader>> JpegReader::open(QIODevice &device, const QString &name,
                                                      const ReadLimits &limits)
{
    auto d = std::make_unique<Private>();
    d->name = name;
    d->limits = limits;
    if (const Result<void> read = d->readHeader(device); !read)
        return fail(read.error());
    if (const Result<void> described = d->describe(); !described)
        return fail(described.error());
    return std::unique_ptr<ImageReader>(new JpegReader(std::move(d)));
}

Error JpegReader::Private::error() const
{
    char text[JMSG_LENGTH_MAX] = {};
    codec->errors.format_message(reinterpret_cast<j_common_ptr>(&codec->jpeg), text);
    const QString details = QString::fromLatin1(text);
    const auto variant = [&](const QString &what) {
        return Error(ErrorCode::VariantNotRead, {name, QStringLiteral("JPEG"), what}, details);
    };
    if (codec->tooManyScans)
        return Error(ErrorCode::InputDamaged, {name, tr("it has too many scans")}, details);
    switch (codec->errors.msg_code) {
    case JERR_BAD_PRECISION:
        return variant(tr("%1 bits a colour").arg(codec->errors.msg_parm.i[0]));
    case JERR_SOF_UNSUPPORTED:
        return variant(tr("lossless or hierarchical compression"));
    case JERR_CONVERSION_NOTIMPL:
        return variant(tr("%1 colour channels").arg(codec->jpeg.num_components));
    case JERR_EMPTY_IMAGE:
        return Error(ErrorCode::InputDamaged, {name, tr("its header gives no size")}, details);
    case JERR_NO_IMAGE:
    case JERR_NO_SOI:
    case JERR_SOF_NO_SOS:
        return Error(ErrorCode::InputDamaged, {name, tr("there is no picture in it")}, details);
    case JERR_OUT_OF_MEMORY:
        return Error(ErrorCode::OutOfMemory,
                     {tr("reading the picture"), QString::number(limits.memoryBytes >> 20)},
                     details);
    default:
        return Error(ErrorCode::InputDamaged, {name, tr("its structure is broken")}, details);
    }
}

Result<void> JpegReader::Private::readHeader(QIODevice &device)
{
    Codec *c = codec.get();
    *c = Codec{};
    c->device = &device;
    c->jpeg.err = jpeg_std_error(&c->errors);
    c->errors.error_exit = onError;
    c->errors.emit_message = onMessage;
    c->errors.output_message = onOutput;
    c->source.init_source = onSourceNothing;
    c->source.fill_input_buffer = onFill;
    c->source.skip_input_data = onSkip;
    c->source.resync_to_restart = jpeg_resync_to_restart;
    c->source.term_source = onSourceNothing;
    c->progress.progress_monitor = onProgress;
    const bool ok = guarded(*c, [c] {
        jpeg_create_decompress(&c->jpeg);
        c->created = true;
        c->jpeg.src = &c->source;
        c->jpeg.progress = &c->progress;
        jpeg_save_markers(&c->jpeg, JPEG_APP0 + 2, 0xFFFF);
        jpeg_save_markers(&c->jpeg, JPEG_APP0 + 11, 64);
        jpeg_read_header(&c->jpeg, TRUE);
    });
    if (!ok)
        return fail(error());
    return checkSize(name, c->jpeg.image_width, c->jpeg.image_height, limits);
}

Result<void> JpegReader::Private::describe()
{
    jpeg_decompress_struct &jpeg = codec->jpeg;
    info.fileFormat = FileFormat::Jpeg;
    info.size = QSize(int(jpeg.image_width), int(jpeg.image_height));
    switch (jpeg.jpeg_color_space) {
    case JCS_GRAYSCALE:
        jpeg.out_color_space = JCS_GRAYSCALE;
        info.format = {Channels::Gray, Depth::U8};
        break;
    case JCS_YCbCr:
    case JCS_RGB:
        jpeg.out_color_space = JCS_RGB;
        break;
    case JCS_CMYK:
    case JCS_YCCK:
        jpeg.out_color_space = JCS_CMYK;
        cmyk = true;
        inverted = jpeg.saw_Adobe_marker;
        break;
    default:
        return fail(ErrorCode::VariantNotRead, {name, QStringLiteral("JPEG"),
                                                tr("%1 colour channels").arg(jpeg.num_components)});
    }
    info.decodesWhole = jpeg_has_multiple_scans(&jpeg);
    if (jpeg.saw_JFIF_marker && jpeg.X_density > 0 && jpeg.Y_density > 0) {
        if (jpeg.density_unit == 1)
            info.resolution = {double(jpeg.X_density), double(jpeg.Y_density)};
        else if (jpeg.density_unit == 2)
            info.resolution = {jpeg.X_density * 2.54, jpeg.Y_density * 2.54};
    }
    adoptColor();
    adoptMarkers();
    if (!info.decodesWhole)
        return {};
    qint64 coefficients = 0;
    for (int i = 0; i < jpeg.num_components; ++i) {
        const jpeg_component_info &part = jpeg.comp_info[i];
        coefficients += qint64(part.width_in_blocks) * part.height_in_blocks * DCTSIZE2;
    }
    return checkMemory(name, coefficients * qint64(sizeof(JCOEF)), limits);
}

void JpegReader::Private::adoptColor()
{
    bool present = false;
    for (jpeg_saved_marker_ptr m = codec->jpeg.marker_list; m; m = m->next) {
        present = present || (m->marker == JPEG_APP0 + 2 && m->data_length > 14 &&
                              std::memcmp(m->data, "ICC_PROFILE", 12) == 0);
    }
    QByteArray icc;
    if (present) {
        JOCTET *data = nullptr;
        unsigned length = 0;
        JOCTET **dataPointer = &data;
        unsigned *lengthPointer = &length;
        Codec *c = codec.get();
        guarded(*c, [=] { jpeg_read_icc_profile(&c->jpeg, dataPointer, lengthPointer); });
        if (data)
            icc = QByteArray(reinterpret_cast<const char *>(data), qsizetype(length));
        std::free(data);
    }
    if (cmyk) {
        converter = ColorConverter::create(ForeignColor::Cmyk, false, icc);
        inks.resize(size_t(info.size.width()) * 4);
        info.notices.append(conversionNotice(ForeignColor::Cmyk, converter->usesProfile()));
    } else if (!icc.isEmpty()) {
        adoptProfile(info, icc);
    } else if (present) {
        info.notices.append({Notice::Kind::ProfileIgnored, 0, tr("it is damaged")});
    } else {
        info.notices.append({Notice::Kind::Untagged, 0, {}});
    }
}

void JpegReader::Private::adoptMarkers()
{
    bool credentials = false;
    int pictures = 1;
    for (jpeg_saved_marker_ptr m = codec->jpeg.marker_list; m; m = m->next) {
        if (m->marker == JPEG_APP0 + 2)
            pictures = std::max(pictures, multiPictureCount(m->data, m->data_length));
        if (m->marker == JPEG_APP0 + 11)
            credentials =
                credentials || QByteArrayView(m->data, qsizetype(m->data_length)).contains("c2pa");
    }
    if (pictures > 1) {
        info.notices.append({Notice::Kind::ExtraPicturesDropped, pictures - 1,
                             tr("%n more picture(s) in the file")
                                 .replace(QStringLiteral("%n"), QString::number(pictures - 1))});
    }
    if (credentials)
        info.notices.append({Notice::Kind::ContentCredentialsDropped, 0, {}});
}

Result<void> JpegReader::Private::start()
{
    started = true;
    Codec *c = codec.get();
    if (!guarded(*c, [c] { jpeg_start_decompress(&c->jpeg); }))
        return fail(error());
    if (int(c->jpeg.output_width) != info.size.width() ||
        int(c->jpeg.output_height) != info.size.height() ||
        c->jpeg.output_components != (cmyk ? 4 : info.format.channelCount())) {
        return fail(ErrorCode::InputDamaged, {name, tr("its header contradicts itself")});
    }
    if (info.decodesWhole)
        checkScans();
    return {};
}

/// A file that ends exactly between two scans decodes without a warning: what the scans have
/// brought tells whether some are missing.
void JpegReader::Private::checkScans()
{
    const jpeg_decompress_struct &jpeg = codec->jpeg;
    if (!codec->ended || codec->damaged || !jpeg.progressive_mode || !jpeg.coef_bits)
        return;
    for (int c = 0; c < jpeg.num_components && !codec->damaged; ++c) {
        // 0: all bits are there; -1: never seen.
        codec->damaged = std::any_of(jpeg.coef_bits[c], jpeg.coef_bits[c] + DCTSIZE2,
                                     [](int missing) { return missing != 0; });
        codec->damagedScan = codec->endScan;
        codec->damagedComponent = c;
        codec->damagedMcuRow = codec->endMcuRow >= int(jpeg.total_iMCU_rows) ? 0 : codec->endMcuRow;
    }
}

/// After the last row: whether the file's end was there.
void JpegReader::Private::noteMissingEnd()
{
    Codec *c = codec.get();
    if (!broken && !c->damaged)
        guarded(*c, [c] { jpeg_finish_decompress(&c->jpeg); });
    if (!c->ended || c->damaged || broken)
        return;
    info.notices.append({Notice::Kind::Other, 0,
                         tr("The file's end is missing, but the picture seems to be complete.")});
}

Result<Image> JpegReader::readRows(int count)
{
    if (!d->started) {
        if (const Result<void> ok = d->start(); !ok)
            return fail(ok.error());
    }
    const int rows = std::min(count, d->info.size.height() - d->y);
    if (rows <= 0)
        return Image();
    Image band(QSize(d->info.size.width(), rows), d->info.format);
    const int decoded = d->broken ? 0 : d->decodeRows(band);
    if (decoded < rows && d->y + decoded == 0)
        return fail(d->error());
    if (decoded < rows && !d->broken) {
        d->broken = true;
        d->noted = true;
        noteMissingRows(d->info, d->y + decoded);
    }
    fillMissing(band, decoded);
    d->noteDamage();
    if (d->codec->damaged && d->codec->ended && !d->info.decodesWhole) {
        // The rest would be libjpeg's guess.
        if (d->firstMissingRow() == 0 && d->codec->damagedMcuRow == 0 && d->y == 0) {
            return fail(ErrorCode::InputDamaged,
                        {d->name, tr("it ends before the first rows of the picture")});
        }
        const int end = d->firstMissingRow() + d->codec->jpeg.max_v_samp_factor * DCTSIZE;
        fillMissing(band, end - d->y);
    }
    d->y += rows;
    if (d->y == d->info.size.height())
        d->noteMissingEnd();
    return band;
}

int JpegReader::Private::decodeRows(Image &band)
{
    Codec *c = codec.get();
    volatile int decoded = 0;
    volatile int *decodedPointer = &decoded;
    const int rows = band.height();
    std::byte *first = band.row(0);
    const qsizetype stride = band.bytesPerRow();
    quint8 *ink = cmyk ? inks.data() : nullptr;
    const int samples = info.size.width() * 4;
    const bool invert = inverted;
    const ColorConverter *toRgb = converter.get();
    guarded(*c, [=] {
        for (int i = 0; i < rows; ++i) {
            auto *out = reinterpret_cast<quint8 *>(first + stride * i);
            JSAMPROW row = ink ? ink : out;
            if (jpeg_read_scanlines(&c->jpeg, &row, 1) != 1)
                return;
            if (ink) {
                if (invert) {
                    for (int x = 0; x < samples; ++x)
                        ink[x] = quint8(255 - ink[x]);
                }
                toRgb->convert(ink, out, samples / 4);
            }
            *decodedPointer = i + 1;
        }
    });
    return decoded;
}

void JpegReader::Private::noteDamage()
{
    if (!codec->damaged || noted)
        return;
    noted = true;
    const int row = firstMissingRow();
    if (!info.decodesWhole) {
        noteMissingRows(info, std::min(row, info.size.height() - 1));
        return;
    }
    // Several scans: the first one of the first component alone gives a coarse picture.
    if (codec->damagedScan <= 1 && codec->damagedComponent == 0) {
        noteMissingRows(info, std::min(row, info.size.height() - 1));
    } else {
        info.notices.append(
            {Notice::Kind::Other, row,
             tr("The file is damaged or ends early: from row %1 on the picture is coarser than it "
                "should be.")
                 .arg(row)});
    }
}

} // namespace heirloom
