// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "roundtrip.h"
#include "support/comparison.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"
#include "support/testprofiles.h"

#include <libheif/heif.h>

#ifdef __SANITIZE_ADDRESS__
/// The encoder that makes our test files does not give everything back.
extern "C" const char *__lsan_default_suppressions()
{
    return "leak:libx265";
}
#endif

using namespace heirloom;
using namespace heirloom::test;

namespace
{

struct HeifOptions {
    heif_compression_format codec = heif_compression_AV1;
    const char *chroma = "444";
    bool lossless = false;
    QByteArray icc;
    int primaries = 0;
};

heif_error appendBytes(heif_context *, const void *data, size_t size, void *to)
{
    static_cast<QByteArray *>(to)->append(static_cast<const char *>(data), qsizetype(size));
    return {heif_error_Ok, heif_suberror_Unspecified, "ok"};
}

/// Empty when this libheif has no encoder for it.
QByteArray heif(const Image &picture, const HeifOptions &o)
{
    QByteArray out;
    heif_context *context = heif_context_alloc();
    heif_encoder *encoder = nullptr;
    if (heif_context_get_encoder_for_format(context, o.codec, &encoder).code != heif_error_Ok) {
        heif_context_free(context);
        return out;
    }
    heif_encoder_set_lossy_quality(encoder, 95);
    heif_encoder_set_parameter_string(encoder, "chroma", o.chroma);
    heif_encoder_set_lossless(encoder, o.lossless);
    const bool deep = picture.format().depth == Depth::U16;
    const bool alpha = picture.format().hasAlpha();
    heif_image *image = nullptr;
    heif_image_create(picture.width(), picture.height(), heif_colorspace_RGB,
                      deep    ? heif_chroma_interleaved_RRGGBB_LE
                      : alpha ? heif_chroma_interleaved_RGBA
                              : heif_chroma_interleaved_RGB,
                      &image);
    heif_image_add_plane(image, heif_channel_interleaved, picture.width(), picture.height(),
                         deep ? 10 : 8);
    int stride = 0;
    uint8_t *plane = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    for (int y = 0; y < picture.height(); ++y) {
        if (!deep) {
            std::memcpy(plane + stride * y, picture.constRow(y), size_t(picture.bytesPerRow()));
            continue;
        }
        auto *row = reinterpret_cast<quint16 *>(plane + stride * y);
        for (int i = 0; i < picture.width() * 3; ++i)
            row[i] = quint16(picture.constSamples<quint16>(y)[i] >> 6);
    }
    if (!o.icc.isEmpty())
        heif_image_set_raw_color_profile(image, "prof", o.icc.constData(), size_t(o.icc.size()));
    heif_encoding_options *options = heif_encoding_options_alloc();
    heif_color_profile_nclx *nclx = heif_nclx_color_profile_alloc();
    if (o.primaries != 0) {
        nclx->color_primaries = heif_color_primaries(o.primaries);
        nclx->transfer_characteristics = heif_transfer_characteristic_IEC_61966_2_1;
        nclx->matrix_coefficients = heif_matrix_coefficients_ITU_R_BT_601_6;
        nclx->full_range_flag = 1;
        heif_image_set_nclx_color_profile(image, nclx);
        options->output_nclx_profile = nclx;
    }
    heif_image_handle *handle = nullptr;
    if (heif_context_encode_image(context, image, encoder, options, &handle).code ==
        heif_error_Ok) {
        heif_writer writer{1, appendBytes};
        heif_context_write(context, &writer, &out);
        heif_image_handle_release(handle);
    }
    heif_nclx_color_profile_free(nclx);
    heif_encoding_options_free(options);
    heif_image_release(image);
    heif_encoder_release(encoder);
    heif_context_free(context);
    return out;
}

} // namespace

class TestHeifReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksLikeTheOriginal_data()
    {
        QTest::addColumn<int>("codec");
        QTest::addColumn<QByteArray>("chroma");
        QTest::addColumn<PixelFormat>("format");
        for (const int codec : {int(heif_compression_AV1), int(heif_compression_HEVC)}) {
            const char *name = codec == heif_compression_AV1 ? "avif" : "heic";
            for (const char *chroma : {"420", "422", "444"}) {
                // Debian 12's AV1 encoder stops the process over 4:2:2 (and over 10 bits).
                if (codec == heif_compression_AV1 && QByteArrayView(chroma) == "422")
                    continue;
                QTest::addRow("%s %s", name, chroma)
                    << codec << QByteArray(chroma) << PixelFormat{Channels::Rgb, Depth::U8};
            }
            QTest::addRow("%s alpha", name)
                << codec << QByteArray("444") << PixelFormat{Channels::Rgba, Depth::U8};
        }
        QTest::addRow("heic 10 bit") << int(heif_compression_HEVC) << QByteArray("420")
                                     << PixelFormat{Channels::Rgb, Depth::U16};
    }
    void looksLikeTheOriginal()
    {
        QFETCH(int, codec);
        QFETCH(QByteArray, chroma);
        QFETCH(PixelFormat, format);
        HeifOptions o;
        o.codec = heif_compression_format(codec);
        o.chroma = chroma.constData();
        // Odd sides, so that halved chroma has a last column of its own.
        const Image picture = gradientPicture(QSize(127, 95), format);
        const QByteArray bytes = heif(picture, o);
        if (bytes.isEmpty())
            QSKIP("this libheif cannot write it");
        const Opened back = opened(bytes);
        QVERIFY2(!back.error, back.error ? qPrintable(back.error->details) : "");
        QCOMPARE(back.info.fileFormat,
                 codec == heif_compression_AV1 ? FileFormat::Avif : FileFormat::Heif);
        QCOMPARE(back.info.format, format);
        QCOMPARE(back.info.orientation, Orientation::Upright);
        const double db = psnr(back.image, picture);
        QVERIFY2(db > 36, qPrintable(QString::number(db)));
    }

    void profileIsKept()
    {
        HeifOptions o;
        o.icc = wideGamutProfile();
        const QByteArray bytes = heif(gradientPicture(QSize(64, 64), {}), o);
        if (bytes.isEmpty())
            QSKIP("this libheif cannot write it");
        QCOMPARE(opened(bytes).info.icc, o.icc);
    }

    void displayP3ByNumbersBecomesAProfile()
    {
        HeifOptions o;
        o.primaries = heif_color_primaries_SMPTE_EG_432_1;
        const QByteArray bytes = heif(gradientPicture(QSize(64, 64), {}), o);
        if (bytes.isEmpty())
            QSKIP("this libheif cannot write it");
        const Opened back = opened(bytes);
        QVERIFY(!back.info.icc.isEmpty());
        QCOMPARE(back.noticeCount(Notice::Kind::Untagged), 0);
    }

    void damageIsASentence()
    {
        const QByteArray bytes = heif(photoPicture(QSize(64, 64), {}), {});
        if (bytes.isEmpty())
            QSKIP("this libheif cannot write it");
        for (qsizetype n = 1; n < bytes.size(); n += 61) {
            const Opened cut = opened(bytes.left(n));
            QVERIFY(!cut.error || !errorSentence(*cut.error).isEmpty());
            QByteArray changed = bytes;
            changed[n] = char(changed[n] ^ 0x5a);
            const Opened back = opened(changed);
            QVERIFY(!back.error || !errorSentence(*back.error).isEmpty());
        }
    }

    void memoryIsCheckedFirst()
    {
        const QByteArray bytes = heif(photoPicture(QSize(64, 64), {}), {});
        if (bytes.isEmpty())
            QSKIP("this libheif cannot write it");
        ReadLimits little;
        little.memoryBytes = bytes.size() + 64 * 64;
        QCOMPARE(opened(bytes, little).code(), ErrorCode::TooMuchMemory);
    }
};

QTEST_GUILESS_MAIN(TestHeifReader)
#include "tst_heifreader.moc"
