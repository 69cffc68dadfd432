// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace heirloom::test
{

/// The process's largest resident size so far, in bytes; 0 where the system does not tell.
qint64 peakResidentBytes();
/// From now on the peak counts anew. False where the system does not allow it.
bool resetPeakResident();
/// Resident now, in bytes; 0 where the system does not tell.
qint64 residentBytes();

} // namespace heirloom::test
