// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprofiles.h"

#include <algorithm>
#include <lcms2.h>

namespace heirloom::test
{

namespace
{

QByteArray saved(cmsHPROFILE profile)
{
    cmsUInt32Number size = 0;
    QByteArray out;
    if (cmsSaveProfileToMem(profile, nullptr, &size)) {
        out.resize(qsizetype(size));
        if (!cmsSaveProfileToMem(profile, out.data(), &size))
            out.clear();
    }
    cmsCloseProfile(profile);
    return out;
}

cmsInt32Number sampleInks(const cmsUInt16Number in[], cmsUInt16Number out[], void *toLab)
{
    double rgb[3];
    for (int i = 0; i < 3; ++i)
        rgb[i] = 1.0 - std::min(1.0, (in[i] + in[3]) / 65535.0);
    cmsCIELab lab;
    cmsDoTransform(static_cast<cmsHTRANSFORM>(toLab), rgb, &lab, 1);
    cmsFloat2LabEncodedV2(out, &lab);
    return TRUE;
}

} // namespace

QByteArray srgbProfile()
{
    return saved(cmsCreate_sRGBProfile());
}

QByteArray wideGamutProfile()
{
    const cmsCIExyY white = {0.3127, 0.3290, 1.0};
    const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
    cmsToneCurve *gamma = cmsBuildGamma(nullptr, 563.0 / 256);
    cmsToneCurve *const curves[3] = {gamma, gamma, gamma};
    const QByteArray out = saved(cmsCreateRGBProfile(&white, &primaries, curves));
    cmsFreeToneCurve(gamma);
    return out;
}

QByteArray grayProfile()
{
    const cmsCIExyY white = {0.3127, 0.3290, 1.0};
    cmsToneCurve *gamma = cmsBuildGamma(nullptr, 2.2);
    const QByteArray out = saved(cmsCreateGrayProfile(&white, gamma));
    cmsFreeToneCurve(gamma);
    return out;
}

QByteArray cmykProfile()
{
    const cmsHPROFILE srgb = cmsCreate_sRGBProfile();
    const cmsHPROFILE lab = cmsCreateLab4Profile(nullptr);
    const cmsHTRANSFORM toLab =
        cmsCreateTransform(srgb, TYPE_RGB_DBL, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, 0);
    const cmsHPROFILE profile = cmsCreateProfilePlaceholder(nullptr);
    cmsSetProfileVersion(profile, 2.1); // its table type needs no curves
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetColorSpace(profile, cmsSigCmykData);
    cmsSetPCS(profile, cmsSigLabData);
    cmsPipeline *pipeline = cmsPipelineAlloc(nullptr, 4, 3);
    cmsStage *table = cmsStageAllocCLut16bit(nullptr, 9, 4, 3, nullptr);
    cmsStageSampleCLut16bit(table, sampleInks, toLab, 0);
    cmsPipelineInsertStage(pipeline, cmsAT_END, table);
    cmsWriteTag(profile, cmsSigAToB0Tag, pipeline);
    cmsLinkTag(profile, cmsSigAToB1Tag, cmsSigAToB0Tag);
    cmsPipelineFree(pipeline);
    cmsDeleteTransform(toLab);
    cmsCloseProfile(lab);
    cmsCloseProfile(srgb);
    return saved(profile);
}

} // namespace heirloom::test
