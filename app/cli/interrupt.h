// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

namespace heirloom
{

/// Turns Ctrl-C (and the polite request to end) into a stop request, so that whatever runs can
/// clear up; a second one ends the program at once. A closed pipe becomes an ordinary write error.
/// Made once, in main(), before any other thread.
class Interrupt
{
public:
    Interrupt();

    std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
};

} // namespace heirloom
