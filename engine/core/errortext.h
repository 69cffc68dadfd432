// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

namespace heirloom
{

/// The sentences a person reads. The window and the command line both take them from here, so that
/// they cannot differ. Translated (context "heirloom::ErrorText"); any thread.
struct ErrorText {
    QString what;   ///< what failed and why, one sentence
    QString advice; ///< what to try, one sentence; may be empty
};

ErrorText errorText(const Error &error);

/// Both sentences on one line.
QString errorSentence(const Error &error);

} // namespace heirloom
