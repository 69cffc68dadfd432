// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom::test
{

/// Peak signal to noise over all samples, in dB; infinity for equal pictures, -1 when size or
/// channels differ. Depths may differ (both are taken as 0..1).
double psnr(const Image &a, const Image &b);
/// The largest difference of two samples, in steps of 1/255 (alpha included); 255 when size or
/// channels differ.
double maxDifference(const Image &a, const Image &b);
/// One sample as 0..1.
double sampleAt(const Image &image, int x, int y, int channel);

} // namespace heirloom::test
