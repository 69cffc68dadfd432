// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/colormanagement.h"

#include <lcms2.h>

#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <type_traits>

namespace heirloom
{

namespace
{

struct CloseProfile {
    void operator()(void *p) const { cmsCloseProfile(p); }
};
using ProfileHandle = std::unique_ptr<void, CloseProfile>;

struct FreeCurve {
    void operator()(cmsToneCurve *c) const { cmsFreeToneCurve(c); }
};
using Curve = std::unique_ptr<cmsToneCurve, FreeCurve>;

ProfileHandle opened(const QByteArray &icc)
{
    return ProfileHandle(cmsOpenProfileFromMem(icc.constData(), cmsUInt32Number(icc.size())));
}

void setText(cmsHPROFILE profile, cmsTagSignature tag, const char *text)
{
    cmsMLU *mlu = cmsMLUalloc(nullptr, 1);
    cmsMLUsetASCII(mlu, "en", "US", text);
    cmsWriteTag(profile, tag, mlu);
    cmsMLUfree(mlu);
}

/// The bytes of a profile we made, without the moment it was made in, so that equal work gives
/// equal files.
QByteArray serialised(ProfileHandle profile, const char *description)
{
    setText(profile.get(), cmsSigProfileDescriptionTag, description);
    setText(profile.get(), cmsSigCopyrightTag, "No copyright, use freely");
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile.get(), nullptr, &size);
    QByteArray icc(qsizetype(size), '\0');
    cmsSaveProfileToMem(profile.get(), icc.data(), &size);
    static constexpr unsigned char date[12] = {0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0};
    std::memcpy(icc.data() + 24, date, sizeof date);
    return icc;
}

Curve srgbCurve()
{
    const cmsFloat64Number p[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    return Curve(cmsBuildParametricToneCurve(nullptr, 4, p));
}

constexpr cmsCIExyY d65 = {0.3127, 0.3290, 1};
constexpr cmsCIExyYTRIPLE rec709 = {{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
constexpr cmsCIExyYTRIPLE p3 = {{0.68, 0.32, 1}, {0.265, 0.69, 1}, {0.15, 0.06, 1}};
constexpr cmsCIExyYTRIPLE adobe = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};

QByteArray rgbProfile(const cmsCIExyYTRIPLE &primaries, const Curve &curve, const char *name)
{
    cmsToneCurve *curves[] = {curve.get(), curve.get(), curve.get()};
    return serialised(ProfileHandle(cmsCreateRGBProfile(&d65, &primaries, curves)), name);
}

cmsUInt32Number lcmsFormat(PixelFormat format)
{
    return FLOAT_SH(format.depth == Depth::F32) |
           COLORSPACE_SH(format.isGray() ? PT_GRAY : PT_RGB) | EXTRA_SH(format.hasAlpha()) |
           CHANNELS_SH(format.colorCount()) | BYTES_SH(format.bytesPerSample());
}

/// Whether an RGB profile's colours are sRGB's to half a level of 8 bit.
bool behavesAsSrgb(cmsHPROFILE profile)
{
    const ProfileHandle srgb(cmsCreate_sRGBProfile());
    const cmsHTRANSFORM transform =
        cmsCreateTransform(profile, TYPE_RGB_DBL, srgb.get(), TYPE_RGB_DBL,
                           INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    if (!transform)
        return false;
    double worst = 0;
    for (int i = 0; i < 9 * 9 * 9; ++i) {
        const double in[3] = {i % 9 / 8.0, i / 9 % 9 / 8.0, i / 81 / 8.0};
        double out[3];
        cmsDoTransform(transform, in, out, 1);
        for (int c = 0; c < 3; ++c)
            worst = std::max(worst, std::abs(out[c] - in[c]));
    }
    cmsDeleteTransform(transform);
    return worst < 0.5 / 255;
}

QString description(cmsHPROFILE profile)
{
    wchar_t text[256] = {};
    cmsGetProfileInfo(profile, cmsInfoDescription, "en", "US", text, 255);
    return QString::fromWCharArray(text).trimmed();
}

} // namespace

// ---- ColorProfile

struct ColorProfile::Data {
    QByteArray icc;
    QString description;
    Model model = Model::Rgb;
    bool srgb = false;
};

ColorProfile::ColorProfile()
    : ColorProfile(sRgb())
{
}

ColorProfile::ColorProfile(std::shared_ptr<const Data> data)
    : m_data(std::move(data))
{
}

std::optional<ColorProfile> ColorProfile::fromIcc(const QByteArray &icc)
{
    if (icc.size() < 132)
        return {};
    const ProfileHandle profile = opened(icc);
    if (!profile)
        return {};
    switch (cmsGetDeviceClass(profile.get())) {
    case cmsSigInputClass:
    case cmsSigDisplayClass:
    case cmsSigOutputClass:
    case cmsSigColorSpaceClass:
        break;
    default:
        return {};
    }
    auto data = std::make_shared<Data>();
    cmsUInt32Number probe = 0;
    switch (cmsGetColorSpace(profile.get())) {
    case cmsSigGrayData:
        data->model = Model::Gray;
        probe = TYPE_GRAY_16;
        break;
    case cmsSigRgbData:
        data->model = Model::Rgb;
        probe = TYPE_RGB_16;
        break;
    case cmsSigCmykData:
        data->model = Model::Cmyk;
        probe = TYPE_CMYK_16;
        break;
    case cmsSigLabData:
        data->model = Model::Lab;
        probe = TYPE_Lab_16;
        break;
    default:
        return {};
    }
    // Broken tables show only when a transform is made.
    const ProfileHandle srgb(cmsCreate_sRGBProfile());
    const cmsHTRANSFORM transform =
        cmsCreateTransform(profile.get(), probe, srgb.get(), TYPE_RGB_16,
                           INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
    if (!transform)
        return {};
    cmsDeleteTransform(transform);
    data->icc = icc;
    data->description = heirloom::description(profile.get());
    data->srgb = data->model == Model::Rgb && behavesAsSrgb(profile.get());
    return ColorProfile(std::move(data));
}

ColorProfile ColorProfile::forUntagged(PixelFormat format)
{
    return format.isGray() ? graySrgb() : sRgb();
}

ColorProfile ColorProfile::sRgb()
{
    static const ColorProfile profile = [] {
        auto data = std::make_shared<Data>();
        data->icc = rgbProfile(rec709, srgbCurve(), "sRGB");
        data->description = QStringLiteral("sRGB");
        data->srgb = true;
        return ColorProfile(std::move(data));
    }();
    return profile;
}

ColorProfile ColorProfile::graySrgb()
{
    static const ColorProfile profile = *fromIcc(serialised(
        ProfileHandle(cmsCreateGrayProfile(&d65, srgbCurve().get())), "Grey, sRGB curve"));
    return profile;
}

ColorProfile ColorProfile::displayP3()
{
    static const ColorProfile profile = *fromIcc(rgbProfile(p3, srgbCurve(), "Display P3"));
    return profile;
}

ColorProfile ColorProfile::adobeRgb()
{
    static const ColorProfile profile = *fromIcc(rgbProfile(
        adobe, Curve(cmsBuildGamma(nullptr, 563.0 / 256)), "Compatible with Adobe RGB (1998)"));
    return profile;
}

ColorProfile ColorProfile::linearSrgb()
{
    static const ColorProfile profile =
        *fromIcc(rgbProfile(rec709, Curve(cmsBuildGamma(nullptr, 1)), "Linear sRGB"));
    return profile;
}

ColorProfile::Model ColorProfile::model() const
{
    return m_data->model;
}

bool ColorProfile::fits(PixelFormat format) const
{
    return model() == (format.isGray() ? Model::Gray : Model::Rgb);
}

QString ColorProfile::description() const
{
    return m_data->description;
}

QByteArray ColorProfile::icc() const
{
    return m_data->icc;
}

bool ColorProfile::isSrgb() const
{
    return m_data->srgb;
}

bool ColorProfile::operator==(const ColorProfile &other) const
{
    return m_data == other.m_data || (isSrgb() && other.isSrgb()) ||
           m_data->icc == other.m_data->icc;
}

// ---- ColorTransform

struct ColorTransform::Data {
    cmsHTRANSFORM transform = nullptr;
    bool fillAlpha = false;
    ~Data()
    {
        if (transform)
            cmsDeleteTransform(transform);
    }
};

Result<ColorTransform> ColorTransform::create(const ColorProfile &from, PixelFormat inFormat,
                                              const ColorProfile &to, PixelFormat outFormat,
                                              RenderingIntent intent)
{
    if (!from.fits(inFormat) || !to.fits(outFormat)) {
        return fail(ErrorCode::Internal,
                    {QStringLiteral("a profile that does not fit its pixels: %1, %2")
                         .arg(from.description(), to.description())});
    }
    ColorTransform result;
    result.m_in = inFormat;
    result.m_out = outFormat;
    if (inFormat == outFormat && from == to)
        return result;

    auto data = std::make_shared<Data>();
    data->fillAlpha = outFormat.hasAlpha() && !inFormat.hasAlpha();
    cmsUInt32Number flags = cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION;
    if (inFormat.hasAlpha() && outFormat.hasAlpha())
        flags |= cmsFLAGS_COPY_ALPHA;
    // The optimised pipeline goes through a coarse table, which 16 bit and floats would show.
    if (inFormat.depth != Depth::U8 || outFormat.depth != Depth::U8)
        flags |= cmsFLAGS_NOOPTIMIZE;
    const ProfileHandle source = opened(from.icc());
    const ProfileHandle target = opened(to.icc());
    data->transform = cmsCreateTransform(
        source.get(), lcmsFormat(inFormat), target.get(), lcmsFormat(outFormat),
        intent == RenderingIntent::Perceptual ? INTENT_PERCEPTUAL : INTENT_RELATIVE_COLORIMETRIC,
        flags);
    if (!data->transform)
        return fail(ErrorCode::Internal, {QStringLiteral("colour transform from %1 to %2")
                                              .arg(from.description(), to.description())});
    result.m_data = std::move(data);
    return result;
}

Result<ColorTransform> ColorTransform::fromForeign(Foreign layout, const ColorProfile &from,
                                                   const ColorProfile &to, PixelFormat outFormat)
{
    cmsUInt32Number inFormat = 0;
    bool lab = false;
    switch (layout) {
    case Foreign::Cmyk8:
        inFormat = TYPE_CMYK_8;
        break;
    case Foreign::Cmyk8Inverted:
        inFormat = TYPE_CMYK_8_REV;
        break;
    case Foreign::Cmyk16:
        inFormat = TYPE_CMYK_16;
        break;
    case Foreign::Lab8:
        inFormat = TYPE_Lab_8;
        lab = true;
        break;
    case Foreign::Lab16:
        inFormat = TYPE_Lab_16;
        lab = true;
        break;
    }
    if (!to.fits(outFormat) || (!lab && from.model() != ColorProfile::Model::Cmyk))
        return fail(ErrorCode::Internal,
                    {QStringLiteral("a profile that does not fit its pixels: %1, %2")
                         .arg(from.description(), to.description())});
    const ProfileHandle source =
        lab ? ProfileHandle(cmsCreateLab4Profile(nullptr)) : opened(from.icc());
    const ProfileHandle target = opened(to.icc());
    auto data = std::make_shared<Data>();
    data->fillAlpha = outFormat.hasAlpha();
    data->transform = cmsCreateTransform(source.get(), inFormat, target.get(),
                                         lcmsFormat(outFormat), INTENT_RELATIVE_COLORIMETRIC,
                                         cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION);
    if (!data->transform)
        return fail(ErrorCode::Internal,
                    {QStringLiteral("colour transform from %1").arg(from.description())});
    ColorTransform result;
    result.m_in = result.m_out = outFormat;
    result.m_data = std::move(data);
    return result;
}

namespace
{

template <typename T>
void fillAlpha(void *pixels, int channels, int count, T opaque)
{
    T *alpha = static_cast<T *>(pixels) + channels - 1;
    for (int i = 0; i < count; ++i, alpha += channels)
        *alpha = opaque;
}

} // namespace

void ColorTransform::apply(const void *in, void *out, int pixels) const
{
    if (isIdentity()) {
        if (in != out)
            std::memcpy(out, in, size_t(pixels) * m_out.bytesPerPixel());
        return;
    }
    cmsDoTransform(m_data->transform, in, out, cmsUInt32Number(pixels));
    if (!m_data->fillAlpha)
        return;
    switch (m_out.depth) {
    case Depth::U8:
        return fillAlpha<quint8>(out, m_out.channelCount(), pixels, 0xFF);
    case Depth::U16:
        return fillAlpha<quint16>(out, m_out.channelCount(), pixels, 0xFFFF);
    case Depth::F32:
        return fillAlpha<float>(out, m_out.channelCount(), pixels, 1);
    }
}

Image ColorTransform::apply(const Image &image) const
{
    Q_ASSERT(image.format() == m_in);
    if (isIdentity())
        return image;
    Image out(image.size(), m_out);
    for (int y = 0; y < image.height(); ++y)
        apply(image.constRow(y), out.row(y), image.width());
    return out;
}

// ---- ColorTransformCache

Result<ColorTransform> ColorTransformCache::get(const ColorProfile &from, PixelFormat inFormat,
                                                const ColorProfile &to, PixelFormat outFormat)
{
    const std::scoped_lock lock(m_mutex);
    const Key key{from.icc(), inFormat, to.icc(), outFormat};
    if (const auto it = m_transforms.find(key); it != m_transforms.end())
        return it->second;
    auto made = ColorTransform::create(from, inFormat, to, outFormat);
    if (made)
        m_transforms.emplace(key, *made);
    return made;
}

} // namespace heirloom
