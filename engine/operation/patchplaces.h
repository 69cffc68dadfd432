// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <vector>

namespace heirloom
{

/// Beginnings of at most most patches, spread over a length from its beginning to its end; a single
/// one lies in the middle.
inline std::vector<int> patchPlaces(int length, int patch, int most)
{
    const int count = std::clamp(length / patch, 1, most);
    std::vector<int> result;
    for (int i = 0; i < count; ++i)
        result.push_back(count == 1 ? (length - patch) / 2
                                    : int(qint64(length - patch) * i / (count - 1)));
    return result;
}

} // namespace heirloom
