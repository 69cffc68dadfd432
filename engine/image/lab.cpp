// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/lab.h"

#include <cmath>

namespace heirloom
{

namespace
{

struct Matrix {
    double m[3][3] = {};
};

constexpr Matrix inverse(const Matrix &in)
{
    const auto &a = in.m;
    Matrix cofactors;
    for (int r = 0; r < 3; ++r) {
        for (int c = 0; c < 3; ++c) {
            const int r0 = (r + 1) % 3, r1 = (r + 2) % 3, c0 = (c + 1) % 3, c1 = (c + 2) % 3;
            cofactors.m[r][c] = a[r0][c0] * a[r1][c1] - a[r0][c1] * a[r1][c0];
        }
    }
    const double det =
        a[0][0] * cofactors.m[0][0] + a[0][1] * cofactors.m[0][1] + a[0][2] * cofactors.m[0][2];
    Matrix out;
    for (int r = 0; r < 3; ++r) {
        for (int c = 0; c < 3; ++c)
            out.m[r][c] = cofactors.m[c][r] / det;
    }
    return out;
}

/// Linear sRGB to XYZ divided by the white's, from IEC 61966-2-1's chromaticities and D65, so that
/// white is (1, 1, 1).
constexpr Matrix rgbToXyz()
{
    constexpr double x[3] = {0.64, 0.30, 0.15}, y[3] = {0.33, 0.60, 0.06};
    constexpr double wx = 0.3127, wy = 0.3290;
    constexpr double white[3] = {wx / wy, 1, (1 - wx - wy) / wy};
    Matrix primaries;
    for (int c = 0; c < 3; ++c) {
        primaries.m[0][c] = x[c] / y[c];
        primaries.m[1][c] = 1;
        primaries.m[2][c] = (1 - x[c] - y[c]) / y[c];
    }
    const Matrix solve = inverse(primaries);
    for (int c = 0; c < 3; ++c) {
        double scale = 0;
        for (int k = 0; k < 3; ++k)
            scale += solve.m[c][k] * white[k];
        for (int r = 0; r < 3; ++r)
            primaries.m[r][c] *= scale / white[r];
    }
    return primaries;
}

constexpr Matrix toXyz = rgbToXyz();
constexpr Matrix toRgb = inverse(toXyz);

constexpr double delta = 6.0 / 29;

double labCurve(double t)
{
    return t > delta * delta * delta ? std::cbrt(t) : t / (3 * delta * delta) + 4.0 / 29;
}

double labCurveInverse(double f)
{
    return f > delta ? f * f * f : 3 * delta * delta * (f - 4.0 / 29);
}

double decoded(double v)
{
    const double a = std::abs(v);
    const double linear = a <= 0.04045 ? a / 12.92 : std::pow((a + 0.055) / 1.055, 2.4);
    return std::copysign(linear, v);
}

double encoded(double v)
{
    const double a = std::abs(v);
    const double e = a <= 0.0031308 ? a * 12.92 : 1.055 * std::pow(a, 1 / 2.4) - 0.055;
    return std::copysign(e, v);
}

template <typename F>
Planes mapped(const Planes &in, F &&f)
{
    Planes out(3, in.width, in.height);
    const size_t size = in.planeSize();
    for (size_t i = 0; i < size; ++i)
        f(in.plane(0)[i], in.plane(1)[i], in.plane(2)[i], out.plane(0)[i], out.plane(1)[i],
          out.plane(2)[i]);
    return out;
}

} // namespace

float srgbToLinear(float v)
{
    return float(decoded(double(v)));
}

float linearToSrgb(float v)
{
    return float(encoded(double(v)));
}

Lab labFromSrgb(RgbColor color)
{
    const double rgb[3] = {decoded(double(color.r)), decoded(double(color.g)),
                           decoded(double(color.b))};
    double f[3];
    for (int i = 0; i < 3; ++i)
        f[i] = labCurve(toXyz.m[i][0] * rgb[0] + toXyz.m[i][1] * rgb[1] + toXyz.m[i][2] * rgb[2]);
    return {float(116 * f[1] - 16), float(500 * (f[0] - f[1])), float(200 * (f[1] - f[2]))};
}

RgbColor srgbFromLab(Lab lab)
{
    const double fy = (double(lab.l) + 16) / 116;
    const double xyz[3] = {labCurveInverse(fy + double(lab.a) / 500), labCurveInverse(fy),
                           labCurveInverse(fy - double(lab.b) / 200)};
    double rgb[3];
    for (int i = 0; i < 3; ++i) {
        rgb[i] = encoded(toRgb.m[i][0] * xyz[0] + toRgb.m[i][1] * xyz[1] + toRgb.m[i][2] * xyz[2]);
    }
    return {float(rgb[0]), float(rgb[1]), float(rgb[2])};
}

Planes labFromSrgb(const Planes &rgb)
{
    return mapped(rgb, [](float r, float g, float b, float &l, float &a, float &bb) {
        const Lab lab = labFromSrgb(RgbColor{r, g, b});
        l = lab.l;
        a = lab.a;
        bb = lab.b;
    });
}

Planes srgbFromLab(const Planes &lab)
{
    return mapped(lab, [](float l, float a, float b, float &r, float &g, float &bb) {
        const RgbColor rgb = srgbFromLab(Lab{l, a, b});
        r = rgb.r;
        g = rgb.g;
        bb = rgb.b;
    });
}

} // namespace heirloom
