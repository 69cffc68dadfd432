// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "image/image.h"
#include "jobs/worker.h"

#include <QByteArray>
#include <QString>

namespace heirloom
{

class EditorSession;

/// A picture from outside that is to become a layer. A value.
struct LayerImport {
    enum class Place {
        Centred, ///< reduced when it is larger than the canvas
        Corner,  ///< pixel on pixel, from the canvas's top left corner
    };
    QByteArray bytes; ///< a whole file; empty: image and icc
    Image image;
    QByteArray icc; ///< of image; empty: sRGB
    QString name;   ///< of the layer
    Place place = Place::Centred;
};

/// Reads it in the background and adds it above the active layer with its own profile and depth, in
/// one undo step. The session's dropped() when its document was replaced meanwhile; refused() when
/// it is too large for a layer. GUI thread; a document must be open.
JobId importLayer(EditorSession &session, const LayerImport &import);

} // namespace heirloom
