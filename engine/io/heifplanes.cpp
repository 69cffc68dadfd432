// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/heifplanes.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

bool HeifPlanes::addPlane(const heif_image *image, heif_channel channel, Plane &plane) const
{
    if (!heif_image_has_channel(image, channel))
        return false;
    plane.data = heif_image_get_plane_readonly(image, channel, &plane.stride);
    plane.width = heif_image_get_width(image, channel);
    plane.height = heif_image_get_height(image, channel);
    plane.bits = heif_image_get_bits_per_pixel_range(image, channel);
    return plane.data && plane.width > 0 && plane.height > 0 && plane.bits >= 8 && plane.bits <= 16;
}

bool HeifPlanes::chooseMatrix(const heif_image *image)
{
    heif_color_profile_nclx *nclx = nullptr;
    const heif_error error = heif_image_get_nclx_color_profile(image, &nclx);
    if (error.code != heif_error_Ok || !nclx)
        return true; // libheif's default too: BT.601, full range
    const int matrix = nclx->matrix_coefficients;
    m_fullRange = nclx->full_range_flag != 0;
    heif_nclx_color_profile_free(nclx);
    // ITU-T H.273, table 4.
    switch (matrix) {
    case 0:
        m_identity = true;
        return true;
    case 1:
        m_kr = 0.2126f;
        m_kb = 0.0722f;
        return true;
    case 2:
    case 5:
    case 6:
        return true;
    case 4:
        m_kr = 0.30f;
        m_kb = 0.11f;
        return true;
    case 7:
        m_kr = 0.212f;
        m_kb = 0.087f;
        return true;
    case 9:
        m_kr = 0.2627f;
        m_kb = 0.0593f;
        return true;
    default:
        return false;
    }
}

std::unique_ptr<HeifPlanes> HeifPlanes::create(const heif_image *image, PixelFormat format)
{
    std::unique_ptr<HeifPlanes> p(new HeifPlanes);
    p->m_format = format;
    const heif_colorspace space = heif_image_get_colorspace(image);
    const heif_chroma chroma = heif_image_get_chroma_format(image);
    bool ok = false;
    if (space == heif_colorspace_YCbCr) {
        ok = p->addPlane(image, heif_channel_Y, p->m_luma) &&
             p->addPlane(image, heif_channel_Cb, p->m_chroma[0]) &&
             p->addPlane(image, heif_channel_Cr, p->m_chroma[1]) && p->chooseMatrix(image);
        ok = ok && (!p->m_identity || chroma == heif_chroma_444);
    } else if (space == heif_colorspace_monochrome) {
        ok = p->addPlane(image, heif_channel_Y, p->m_luma) && p->chooseMatrix(image);
        p->m_gray = true;
        p->m_identity = false;
    } else if (space == heif_colorspace_RGB && chroma == heif_chroma_444) {
        // As green, blue, red, the order of the identity matrix.
        ok = p->addPlane(image, heif_channel_G, p->m_luma) &&
             p->addPlane(image, heif_channel_B, p->m_chroma[0]) &&
             p->addPlane(image, heif_channel_R, p->m_chroma[1]);
        p->m_identity = true;
        p->m_fullRange = true;
    }
    if (!ok)
        return nullptr;
    p->m_size = QSize(p->m_luma.width, p->m_luma.height);
    for (const Plane &plane : p->m_chroma) {
        const bool halfOrWhole =
            (plane.width == p->m_luma.width || plane.width == (p->m_luma.width + 1) / 2) &&
            (plane.height == p->m_luma.height || plane.height == (p->m_luma.height + 1) / 2);
        if (!p->m_gray && !halfOrWhole)
            return nullptr;
    }
    if (format.hasAlpha() &&
        (!p->addPlane(image, heif_channel_Alpha, p->m_alpha) ||
         p->m_alpha.width != p->m_luma.width || p->m_alpha.height != p->m_luma.height))
        return nullptr;
    return p;
}

/// One row of a chroma plane at the luma's width.
void HeifPlanes::chromaRow(const Plane &plane, int y, std::vector<float> &out) const
{
    const int width = m_size.width();
    out.resize(size_t(width));
    int near = y;
    int far = y;
    if (plane.height != m_luma.height) {
        near = y / 2;
        far = std::clamp(y % 2 == 0 ? near - 1 : near + 1, 0, plane.height - 1);
    }
    const auto column = [&](int x) {
        return far == near ? float(plane.at(x, near))
                           : 0.75f * float(plane.at(x, near)) + 0.25f * float(plane.at(x, far));
    };
    if (plane.width == m_luma.width) {
        for (int x = 0; x < width; ++x)
            out[size_t(x)] = column(x);
        return;
    }
    float before = column(0);
    float here = before;
    for (int x = 0; x < plane.width; ++x) {
        const float after = x + 1 < plane.width ? column(x + 1) : here;
        out[size_t(2 * x)] = 0.75f * here + 0.25f * before;
        if (2 * x + 1 < width)
            out[size_t(2 * x + 1)] = 0.75f * here + 0.25f * after;
        before = here;
        here = after;
    }
}

template <typename T>
void HeifPlanes::convert(int y, T *out)
{
    const float most = float(std::numeric_limits<T>::max());
    const auto clamped = [&](float v) { return T(std::clamp(v * most + 0.5f, 0.0f, most)); };
    const float lumaTop = float((1 << m_luma.bits) - 1);
    const float step = float(1 << (m_luma.bits - 8));
    const float lumaZero = m_fullRange ? 0.0f : 16 * step;
    const float lumaScale = 1 / (m_fullRange ? lumaTop : 219 * step);
    const float chromaMiddle = float(1 << (m_luma.bits - 1));
    const float chromaScale = 1 / (m_fullRange ? lumaTop : 224 * step);
    const float red = 2 * (1 - m_kr);
    const float blue = 2 * (1 - m_kb);
    const float kg = 1 - m_kr - m_kb;
    const float alphaTop = float((1 << m_alpha.bits) - 1);
    if (!m_gray) {
        chromaRow(m_chroma[0], y, m_rows[0]);
        chromaRow(m_chroma[1], y, m_rows[1]);
    }
    for (int x = 0; x < m_size.width(); ++x) {
        const float luma = (float(m_luma.at(x, y)) - lumaZero) * lumaScale;
        if (m_gray) {
            out[0] = out[1] = out[2] = clamped(luma);
        } else if (m_identity) {
            out[1] = clamped(luma);
            out[2] = clamped((m_rows[0][size_t(x)] - lumaZero) * lumaScale);
            out[0] = clamped((m_rows[1][size_t(x)] - lumaZero) * lumaScale);
        } else {
            const float cb = (m_rows[0][size_t(x)] - chromaMiddle) * chromaScale;
            const float cr = (m_rows[1][size_t(x)] - chromaMiddle) * chromaScale;
            out[0] = clamped(luma + red * cr);
            out[1] = clamped(luma - (m_kb * blue * cb + m_kr * red * cr) / kg);
            out[2] = clamped(luma + blue * cb);
        }
        out += 3;
        if (m_format.hasAlpha())
            *out++ = clamped(float(m_alpha.at(x, y)) / alphaTop);
    }
}

void HeifPlanes::convertRow(int y, std::byte *out)
{
    if (m_format.depth == Depth::U8)
        convert(y, reinterpret_cast<quint8 *>(out));
    else
        convert(y, reinterpret_cast<quint16 *>(out));
}

} // namespace heirloom
