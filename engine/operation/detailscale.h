// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

#include <QSize>
#include <QString>

namespace heirloom
{

struct PowerSpectrum;

/// How fine a picture's real detail is, whatever its number of pixels. A value.
struct DetailScale {
    /// Cycles a pixel up to which there is detail above noise; 0.5: to the last pixel.
    double cutoff = 0.5;

    /// Of the pixels, the share that the detail would need: 35 megapixels, about 6 of detail.
    double share() const;
    /// The side of the reduced picture that still holds all detail, in whole per cent of the
    /// picture's; 100 where detail goes to the last pixel, as sharp pictures' does.
    int percent() const;
};

/// A picture's size at so many per cent a side, at least a pixel; 100 is the size itself.
QSize sizeAtDetail(QSize size, double percent);
/// For people: "Worked at 6.2 of 34.6 megapixels ..."; empty at 100 per cent.
QString detailText(QSize size, double percent);

/// From the power spectrum: where it lies, without the noise's, below a fiftieth of the line that
/// photographs follow, or vanishes in the noise, detail has ended.
DetailScale detailOf(const PowerSpectrum &spectrum);
/// Of measureSpectrum(). Pictures smaller than a patch, or without any detail: 0.5. Errors: the
/// source's, Cancelled. Any thread.
Result<DetailScale> measureDetail(ImageSource &source, const Progress &progress = {});

} // namespace heirloom
