// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/iccprofile.h"

#include "io/limits.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <lcms2.h>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

struct CloseProfile {
    void operator()(void *profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, CloseProfile>;

Profile opened(const QByteArray &icc)
{
    return Profile(cmsOpenProfileFromMem(icc.constData(), cmsUInt32Number(icc.size())));
}

QByteArray saved(cmsHPROFILE profile)
{
    cmsUInt32Number size = 0;
    QByteArray out;
    if (cmsSaveProfileToMem(profile, nullptr, &size)) {
        out.resize(qsizetype(size));
        if (!cmsSaveProfileToMem(profile, out.data(), &size))
            return {};
    }
    // lcms2 puts the present time at 24; equal values are to give equal bytes: 2000-01-01.
    if (out.size() > 36) {
        const char date[12] = {0x07, char(0xD0), 0, 1, 0, 1, 0, 0, 0, 0, 0, 0};
        std::copy(std::begin(date), std::end(date), out.begin() + 24);
    }
    return out;
}

QByteArray makeRgbProfile(const Chromaticities &c, cmsToneCurve *curve)
{
    const auto xyY = [](const std::array<double, 2> &p) { return cmsCIExyY{p[0], p[1], 1.0}; };
    for (const auto *p : {&c.white, &c.red, &c.green, &c.blue}) {
        if (!((*p)[0] >= 0 && (*p)[0] <= 1 && (*p)[1] > 0.001 && (*p)[1] <= 1))
            return {};
    }
    const cmsCIExyY white = xyY(c.white);
    const cmsCIExyYTRIPLE primaries = {xyY(c.red), xyY(c.green), xyY(c.blue)};
    cmsToneCurve *const curves[3] = {curve, curve, curve};
    const Profile profile(cmsCreateRGBProfile(&white, &primaries, curves));
    return profile ? saved(profile.get()) : QByteArray();
}

} // namespace

QString profileProblem(const QByteArray &icc, bool gray)
{
    if (icc.size() > maxProfileBytes)
        return tr("it is too large");
    const Profile profile = opened(icc);
    if (!profile)
        return tr("it is damaged");
    const cmsColorSpaceSignature space = cmsGetColorSpace(profile.get());
    if (space != (gray ? cmsSigGrayData : cmsSigRgbData))
        return gray ? tr("it is not for grey pictures") : tr("it is not for RGB pictures");
    const Profile srgb(cmsCreate_sRGBProfile());
    void *transform =
        cmsCreateTransform(profile.get(), gray ? TYPE_GRAY_8 : TYPE_RGB_8, srgb.get(), TYPE_RGB_8,
                           INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOCACHE | cmsFLAGS_NOOPTIMIZE);
    if (!transform)
        return tr("it is incomplete");
    cmsDeleteTransform(transform);
    return {};
}

void adoptProfile(ImageInfo &info, const QByteArray &icc)
{
    const QString problem = profileProblem(icc, info.format.isGray());
    if (problem.isEmpty())
        info.icc = icc;
    else
        info.notices.append({Notice::Kind::ProfileIgnored, 0, problem});
}

QByteArray rgbProfile(const Chromaticities &c, double gamma)
{
    if (!(gamma > 0.1 && gamma < 10))
        return {};
    cmsToneCurve *curve = cmsBuildGamma(nullptr, gamma);
    const QByteArray out = makeRgbProfile(c, curve);
    cmsFreeToneCurve(curve);
    return out;
}

QByteArray rgbProfileWithSrgbCurve(const Chromaticities &c)
{
    // IEC 61966-2-1, as ICC's parametric curve of type 4.
    const double parameters[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve *curve = cmsBuildParametricToneCurve(nullptr, 4, parameters);
    const QByteArray out = makeRgbProfile(c, curve);
    cmsFreeToneCurve(curve);
    return out;
}

QByteArray grayProfile(double gamma)
{
    if (!(gamma > 0.1 && gamma < 10))
        return {};
    const cmsCIExyY white = {0.3127, 0.3290, 1.0};
    cmsToneCurve *curve = cmsBuildGamma(nullptr, gamma);
    const Profile profile(cmsCreateGrayProfile(&white, curve));
    cmsFreeToneCurve(curve);
    return profile ? saved(profile.get()) : QByteArray();
}

std::unique_ptr<ColorConverter> ColorConverter::create(ForeignColor color, bool sixteenBit,
                                                       const QByteArray &icc)
{
    std::unique_ptr<ColorConverter> converter(new ColorConverter);
    converter->m_sixteenBit = sixteenBit;
    Profile source;
    if (color == ForeignColor::Lab) {
        source.reset(cmsCreateLab4Profile(nullptr));
    } else if (!icc.isEmpty() && icc.size() <= maxProfileBytes) {
        source = opened(icc);
        if (source && cmsGetColorSpace(source.get()) != cmsSigCmykData)
            source.reset();
    }
    if (source) {
        const Profile srgb(cmsCreate_sRGBProfile());
        const cmsUInt32Number in = color == ForeignColor::Lab ? TYPE_Lab_16
                                   : sixteenBit               ? TYPE_CMYK_16
                                                              : TYPE_CMYK_8;
        converter->m_transform =
            cmsCreateTransform(source.get(), in, srgb.get(), sixteenBit ? TYPE_RGB_16 : TYPE_RGB_8,
                               INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION);
    }
    if (color == ForeignColor::Lab && !converter->m_transform)
        return nullptr;
    return converter;
}

ColorConverter::~ColorConverter()
{
    if (m_transform)
        cmsDeleteTransform(m_transform);
}

bool ColorConverter::usesProfile() const
{
    return m_transform != nullptr;
}

namespace
{

/// (1 - ink)(1 - black), which every printer's sketch of CMYK agrees on.
template <typename T>
void withoutProfile(const T *in, T *out, int pixels)
{
    const quint64 most = std::numeric_limits<T>::max();
    for (int x = 0; x < pixels; ++x, in += 4, out += 3) {
        for (int c = 0; c < 3; ++c)
            out[c] = T(((most - in[c]) * (most - in[3]) + most / 2) / most);
    }
}

} // namespace

void ColorConverter::convert(const void *in, void *out, int pixels) const
{
    if (m_transform)
        cmsDoTransform(m_transform, in, out, cmsUInt32Number(pixels));
    else if (m_sixteenBit)
        withoutProfile(static_cast<const quint16 *>(in), static_cast<quint16 *>(out), pixels);
    else
        withoutProfile(static_cast<const quint8 *>(in), static_cast<quint8 *>(out), pixels);
}

Notice conversionNotice(ForeignColor color, bool usesProfile)
{
    const char *text =
        color == ForeignColor::Lab ? QT_TRANSLATE_NOOP("heirloom::Io", "Lab to sRGB")
        : usesProfile
            ? QT_TRANSLATE_NOOP("heirloom::Io", "CMYK through its profile to sRGB")
            : QT_TRANSLATE_NOOP("heirloom::Io",
                                "CMYK without a profile to sRGB, so colours are approximate");
    return {Notice::Kind::ConvertedColor, 0, tr(text)};
}

} // namespace heirloom
