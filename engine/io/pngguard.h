// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csetjmp>
#include <cstring>
#include <type_traits>

#include <png.h>

namespace heirloom
{

/// Runs body with libpng's errors caught; Codec has the png_structp png and a char array message.
/// No object with a destructor may live in body: libpng leaves it by longjmp.
template <typename Codec, typename F>
bool guarded(Codec &codec, F body)
{
    static_assert(std::is_trivially_destructible_v<F>);
    if (setjmp(png_jmpbuf(codec.png)))
        return false;
    body();
    return true;
}

/// libpng's error function for guarded(): keeps the message, leaves body.
template <typename Codec>
void onPngError(png_structp png, png_const_charp message)
{
    auto *codec = static_cast<Codec *>(png_get_error_ptr(png));
    std::strncpy(codec->message, message ? message : "", sizeof codec->message - 1);
    png_longjmp(png, 1);
}

} // namespace heirloom
