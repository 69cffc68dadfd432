// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/cvbridge.h"
#include "paint/blemishes.h"

#include <opencv2/photo.hpp>

namespace heirloom::test
{

Image telea(const Image &picture, const Image &mask)
{
    cv::Mat out;
    cv::inpaint(toMat(picture), toMat(mask), out, 5, cv::INPAINT_TELEA);
    return fromMat(out);
}

} // namespace heirloom::test
