// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/layerimport.h"

#include "document/document.h"
#include "edit/documenteditor.h"
#include "session/editorsession.h"
#include "session/openedphoto.h"
#include "session/sessionjobs.h"

#include <QPointer>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

ColorProfile profileOf(const OpenedPhoto &photo)
{
    const auto own = ColorProfile::fromIcc(photo.info.icc);
    return own && own->fits(photo.pixels.format())
               ? *own
               : ColorProfile::forUntagged(photo.pixels.format());
}

Transform placed(QSize layer, QSize canvas, LayerImport::Place place)
{
    if (place == LayerImport::Place::Corner)
        return {};
    const double scale = std::min({1.0, double(canvas.width()) / layer.width(),
                                   double(canvas.height()) / layer.height()});
    const double x = (canvas.width() - layer.width() * scale) / 2;
    const double y = (canvas.height() - layer.height() * scale) / 2;
    // At its own size its pixels stay pixels.
    if (scale == 1)
        return Transform::translation(std::floor(x), std::floor(y));
    return Transform::scaling(scale, scale).then(Transform::translation(x, y));
}

} // namespace

JobId importLayer(EditorSession &session, const LayerImport &import)
{
    return session.jobs().submit<OpenedPhoto>(
        EditorSession::tr("Add %1").arg(import.name), Priority::Interactive,
        [import, store = session.tileStore()](const Progress &progress) {
            return import.bytes.isEmpty()
                       ? OpenedPhoto::fromImage(import.image, import.icc, import.name, store)
                       : OpenedPhoto::openBytes(import.bytes, import.name, store, progress);
        },
        [&session, document = QPointer(session.document()), import](JobId id,
                                                                    const OpenedPhoto &photo) {
            if (!document || document != session.document()) {
                Q_EMIT session.dropped(id);
                return;
            }
            const Transform transform =
                placed(photo.pixels.size(), document->canvas().size, import.place);
            const auto added =
                session.editor().addPixels(photo.pixels, profileOf(photo), transform, import.name);
            if (!added)
                Q_EMIT session.refused(added.error());
        });
}

} // namespace heirloom
