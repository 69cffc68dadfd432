// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "image/image.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>

namespace heirloom
{

/// An ICC profile that can be used: parsed once, shared, never changed. A value; sRGB by default.
/// Any thread.
class ColorProfile
{
public:
    enum class Model { Gray, Rgb, Cmyk, Lab };

    ColorProfile(); ///< sRGB
    /// Nothing when the bytes are no profile, or one of a model or class that pixels cannot have.
    static std::optional<ColorProfile> fromIcc(const QByteArray &icc);
    /// What an untagged file is taken for: sRGB, or grey with sRGB's curve.
    static ColorProfile forUntagged(PixelFormat format);

    static ColorProfile sRgb();
    static ColorProfile graySrgb();  ///< grey, D65, sRGB's curve
    static ColorProfile displayP3(); ///< P3 primaries, D65, sRGB's curve
    static ColorProfile adobeRgb();  ///< the primaries and gamma of "Adobe RGB (1998)"
    static ColorProfile linearSrgb();

    Model model() const;
    bool fits(PixelFormat format) const; ///< grey for grey, RGB for RGB
    /// The profile's own name, English.
    QString description() const;
    /// The bytes to embed in a file.
    QByteArray icc() const;
    /// Behaves as sRGB (compared by effect, not by name).
    bool isSrgb() const;
    /// The same bytes, or both behave as sRGB.
    bool operator==(const ColorProfile &other) const;

private:
    friend class ColorTransform;
    struct Data;
    explicit ColorProfile(std::shared_ptr<const Data> data);
    std::shared_ptr<const Data> m_data;
};

enum class RenderingIntent { Perceptual, RelativeColorimetric };

/// Converts pixels from one profile to another; black point compensation is on. Alpha is copied.
/// Equal profiles and formats copy the bytes. Made once (milliseconds), a value that shares its
/// tables; apply() may be called on any number of threads at once.
class ColorTransform
{
public:
    /// Pixels of io formats that PixelFormat does not know. CmykInverted: 0 is full ink (Adobe
    /// JPEG). Lab: the ICC encoding (a and b biased by half the range).
    enum class Foreign { Cmyk8, Cmyk8Inverted, Cmyk16, Lab8, Lab16 };

    ColorTransform() = default; ///< identity of RGB 8 bit
    /// Grey and RGB in any mixture; alpha is kept when both formats have it, opaque when only the
    /// output has it. Floats in and out are 0..1 encoded values and may lie outside for matrix
    /// profiles. Fails (Internal) when a profile does not fit its format.
    static Result<ColorTransform>
    create(const ColorProfile &from, PixelFormat inFormat, const ColorProfile &to,
           PixelFormat outFormat, RenderingIntent intent = RenderingIntent::RelativeColorimetric);
    /// CMYK or Lab rows (packed, interleaved) to pixels; from is ignored for Lab.
    static Result<ColorTransform> fromForeign(Foreign layout, const ColorProfile &from,
                                              const ColorProfile &to, PixelFormat outFormat);

    bool isIdentity() const { return !m_data; }
    PixelFormat inFormat() const { return m_in; }
    PixelFormat outFormat() const { return m_out; }

    /// pixels packed pixels; in and out must not overlap unless they are equal and of one format.
    void apply(const void *in, void *out, int pixels) const;
    /// image.format() must be inFormat().
    Image apply(const Image &image) const;

private:
    struct Data;
    std::shared_ptr<const Data> m_data;
    PixelFormat m_in;
    PixelFormat m_out;
};

/// Transforms made so far, so that views and layers do not make them again. Owned by whoever needs
/// one (a compositor); any thread.
class ColorTransformCache
{
public:
    Result<ColorTransform> get(const ColorProfile &from, PixelFormat inFormat,
                               const ColorProfile &to, PixelFormat outFormat);

private:
    using Key = std::tuple<QByteArray, PixelFormat, QByteArray, PixelFormat>;
    std::mutex m_mutex;
    std::map<Key, ColorTransform> m_transforms;
};

} // namespace heirloom
