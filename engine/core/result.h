// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <tl/expected.hpp>

namespace heirloom
{

/// What every function at the engine's edges returns: a value, or an Error. Cancelled travels as an
/// Error inside the engine and becomes an outcome of its own in jobs/job.h.
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, QStringList arguments = {}, QString details = {})
{
    return tl::make_unexpected(Error(code, std::move(arguments), std::move(details)));
}

inline tl::unexpected<Error> fail(Error error)
{
    return tl::make_unexpected(std::move(error));
}

} // namespace heirloom
