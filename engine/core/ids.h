// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <compare>
#include <functional>

namespace heirloom
{

/// A number that cannot be mixed up with another kind of number. 0 means "none".
template <typename Tag>
class Id
{
public:
    constexpr Id() = default;
    constexpr explicit Id(quint64 value)
        : m_value(value)
    {
    }
    constexpr quint64 value() const { return m_value; }
    constexpr bool isValid() const { return m_value != 0; }
    constexpr auto operator<=>(const Id &) const = default;

private:
    quint64 m_value = 0;
};

using LayerId = Id<struct LayerTag>;
using JobId = Id<struct JobTag>;
using SnapshotId = Id<struct SnapshotTag>;

} // namespace heirloom

template <typename Tag>
struct std::hash<heirloom::Id<Tag>> {
    std::size_t operator()(heirloom::Id<Tag> id) const noexcept
    {
        return std::hash<quint64>{}(id.value());
    }
};
