// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"

#include <array>
#include <memory>

namespace heirloom
{

/// Colour that a file holds and the program's pixels cannot: read and converted on the way in.
enum class ForeignColor { Cmyk, Lab };

/// Empty when the profile can be used for pixels of that kind, else why not (translated).
QString profileProblem(const QByteArray &icc, bool gray);
/// Keeps the profile in info if it fits the delivered pixels, else adds a notice.
void adoptProfile(ImageInfo &info, const QByteArray &icc);

/// An RGB profile from primaries and a gamma (the exponent of decoding, 2.2 and the like); empty
/// when they make no sense. The same values give the same bytes.
struct Chromaticities {
    std::array<double, 2> white, red, green, blue;
};
QByteArray rgbProfile(const Chromaticities &c, double gamma);
/// The same with sRGB's own tone curve.
QByteArray rgbProfileWithSrgbCurve(const Chromaticities &c);
QByteArray grayProfile(double gamma);
inline constexpr Chromaticities srgbChromaticities{
    {0.3127, 0.3290}, {0.64, 0.33}, {0.30, 0.60}, {0.15, 0.06}};

/// Turns rows of CMYK (0 = no ink) or Lab (ICC's 16-bit encoding) into sRGB. Owned by a reader; one
/// thread.
class ColorConverter
{
public:
    /// icc may be empty: then CMYK is converted without a profile, and usesProfile() is false.
    static std::unique_ptr<ColorConverter> create(ForeignColor color, bool sixteenBit,
                                                  const QByteArray &icc);
    ~ColorConverter();

    bool usesProfile() const;
    /// in: 4 (CMYK) or 3 (Lab) samples a pixel of the depth given at creation; Lab always 16 bit.
    /// out: 3 samples of the depth given at creation.
    void convert(const void *in, void *out, int pixels) const;

private:
    ColorConverter() = default;
    void *m_transform = nullptr;
    bool m_sixteenBit = false;
};

/// The notice that says how it was converted.
Notice conversionNotice(ForeignColor color, bool usesProfile);

} // namespace heirloom
