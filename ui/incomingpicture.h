// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QStringList>

class QMimeData;

namespace heirloom
{

/// What a clipboard or a drop holds for this program, the best of what is offered: files before
/// bytes (they keep everything), bytes before pixels (they keep profile and depth). A value.
struct IncomingPicture {
    QStringList paths; ///< of files and folders on this computer, which are there
    QByteArray bytes;  ///< a whole picture file
    QImage image;
    bool isOnNetwork = false; ///< only an address, which is not visited

    /// Pixels that are in no file.
    bool isLoose() const { return !bytes.isEmpty() || !image.isNull(); }
    bool isEmpty() const { return paths.isEmpty() && !isLoose(); }

    static IncomingPicture from(const QMimeData &mime);
    /// Whether from() may find something; quick, decodes nothing.
    static bool isLikely(const QMimeData &mime);
};

} // namespace heirloom
