// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <memory>
#include <vector>

#include <libheif/heif.h>

namespace heirloom
{

/// A decoded HEIF picture as its codec left it (luma and chroma planes), turned into RGB row by
/// row: libheif's own conversion takes many times as long as the decoding and a second copy of the
/// picture. Chroma of half size is interpolated linearly, centred. Owned by a HEIF reader; one
/// thread.
class HeifPlanes
{
public:
    /// Null when the layout is one that only libheif's conversion knows; format as the reader will
    /// deliver it.
    static std::unique_ptr<HeifPlanes> create(const heif_image *image, PixelFormat format);

    QSize size() const { return m_size; }
    void convertRow(int y, std::byte *out);

private:
    struct Plane {
        const uint8_t *data = nullptr;
        int stride = 0;
        int width = 0;
        int height = 0;
        int bits = 8;
        int at(int x, int y) const
        {
            const uint8_t *row = data + qsizetype(stride) * y;
            return bits > 8 ? reinterpret_cast<const quint16 *>(row)[x] : row[x];
        }
    };

    bool addPlane(const heif_image *image, heif_channel channel, Plane &plane) const;
    bool chooseMatrix(const heif_image *image);
    void chromaRow(const Plane &plane, int y, std::vector<float> &out) const;
    template <typename T>
    void convert(int y, T *out);

    QSize m_size;
    PixelFormat m_format;
    Plane m_luma, m_chroma[2], m_alpha;
    bool m_gray = false;
    bool m_identity = false; ///< the planes are green, blue, red
    float m_kr = 0.299f, m_kb = 0.114f;
    bool m_fullRange = true;
    std::vector<float> m_rows[2];
};

} // namespace heirloom
