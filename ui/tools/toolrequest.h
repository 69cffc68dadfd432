// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>
#include <QRect>

#include <variant>

namespace heirloom
{

/// What tools ask for, in canvas pixels: data, which whoever has the document carries out as one
/// step.
struct CropRequest {
    QRect frame;
    bool operator==(const CropRequest &) const = default;
};
struct StraightenRequest {
    double degrees = 0; ///< clockwise
    bool cropped = true;
    bool operator==(const StraightenRequest &) const = default;
};
struct PerspectiveRequest {
    QPolygonF corners; ///< clockwise from the top left
    bool operator==(const PerspectiveRequest &) const = default;
};

using ToolRequest = std::variant<CropRequest, StraightenRequest, PerspectiveRequest>;

} // namespace heirloom
