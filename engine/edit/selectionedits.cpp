// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of DocumentEditor that changes what is selected.
#include "edit/documenteditor.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::DocumentEditor", text);
}

/// The alpha of pixels; where they have none, 255.
TiledBuffer alphaOf(const TiledBuffer &pixels)
{
    constexpr PixelFormat gray{Channels::Gray, Depth::U8};
    TiledBuffer alpha(pixels.size(), gray, pixels.store());
    if (!pixels.format().hasAlpha()) {
        alpha.fill(alpha.rect(), {std::byte{255}});
        return alpha;
    }
    const PixelFormat eight = pixels.format().withDepth(Depth::U8);
    const int channels = eight.channelCount();
    for (int row = 0; row < pixels.rows(); ++row) {
        for (int column = 0; column < pixels.columns(); ++column) {
            const QRect r = pixels.tileRect({column, row});
            const Image from = pixels.read(r).converted(eight);
            Image to(r.size(), gray);
            for (int y = 0; y < r.height(); ++y) {
                const quint8 *in = from.constSamples<quint8>(y) + channels - 1;
                quint8 *out = to.samples<quint8>(y);
                for (int x = 0; x < r.width(); ++x)
                    out[x] = in[x * channels];
            }
            alpha.write(r.topLeft(), to);
        }
    }
    return alpha;
}

Error nothingSelected()
{
    return {ErrorCode::BadArgument, {tr("no selection"), tr("something that is selected")}};
}

} // namespace

Result<void> DocumentEditor::select(const Mask &selection, const QString &text, CommandId id)
{
    const Snapshot before = document().snapshot();
    document().setSelection(selection);
    m_history.record(text, before, id);
    return {};
}

Result<void> DocumentEditor::setSelection(const Mask &selection, const QString &text)
{
    finishGesture();
    return select(selection.isBlank() ? Mask() : selection, text);
}

Result<void> DocumentEditor::adjustSelection(const Mask &selection, const QString &text)
{
    return select(selection.isBlank() ? Mask() : selection, text, CommandId::Selection);
}

Result<void> DocumentEditor::selectAll()
{
    finishGesture();
    return select(Mask::uniform(document().canvas().size, 255, document().store()),
                  tr("Select all"));
}

Result<void> DocumentEditor::selectNone()
{
    finishGesture();
    return select({}, tr("Select none"));
}

Result<void> DocumentEditor::invertSelection()
{
    if (document().selection().isNull())
        return tl::unexpected(nothingSelected());
    return setSelection(document().selection().invertedOn(document().canvas().size),
                        tr("Invert selection"));
}

Result<void> DocumentEditor::moveSelection(QPointF by)
{
    Mask moved = document().selection();
    if (moved.isNull())
        return tl::unexpected(nothingSelected());
    moved.transform = moved.transform.then(Transform::translation(by.x(), by.y()));
    return select(moved, tr("Move selection"), CommandId::Selection);
}

Result<void> DocumentEditor::selectMask(LayerId id)
{
    const Layer *layer = document().layer(id);
    if (!layer || layer->mask.isNull())
        return fail(ErrorCode::BadArgument, {layer ? layer->name : tr("a layer that is gone"),
                                             tr("a layer that has a mask")});
    return setSelection(layer->mask, tr("Select mask"));
}

Result<void> DocumentEditor::selectTransparency(LayerId id)
{
    const Layer *layer = document().layer(id);
    if (!layer || !layer->hasPixels())
        return fail(ErrorCode::BadArgument, {layer ? layer->name : tr("a layer that is gone"),
                                             tr("a layer that has pixels")});
    return setSelection({alphaOf(layer->pixels), layer->transform, true},
                        tr("Select %1").arg(layer->name));
}

Result<void> DocumentEditor::maskFromSelection(LayerId id)
{
    if (document().selection().isNull())
        return tl::unexpected(nothingSelected());
    finishGesture();
    return setMask(id, document().selection(), tr("Mask from selection"));
}

} // namespace heirloom
