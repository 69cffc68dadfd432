// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of DocumentEditor that changes the canvas.
#include "edit/documenteditor.h"

#include "edit/canvasgeometry.h"
#include "edit/sizelimits.h"

#include <QCoreApplication>

#include <cmath>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::DocumentEditor", text);
}

} // namespace

Result<void> DocumentEditor::toCanvas(const Canvas &canvas, const Transform &toNew,
                                      const QString &text)
{
    if (auto fits = checkCanvasSize(canvas.size); !fits)
        return fits;
    const Snapshot before = document().snapshot();
    document().restore(before.onCanvas(canvas, toNew));
    m_history.record(text, before);
    return {};
}

Result<void> DocumentEditor::crop(const QRect &canvasRect)
{
    Canvas canvas = document().canvas();
    const QRect inside = canvasRect & canvas.rect();
    if (inside.isEmpty())
        return fail(ErrorCode::BadArgument,
                    {tr("a frame beside the picture"), tr("a frame inside it")});
    canvas.size = inside.size();
    return toCanvas(canvas, Transform::translation(-inside.x(), -inside.y()), tr("Crop"));
}

Result<void> DocumentEditor::resize(QSize size, std::optional<Resolution> resolution)
{
    if (auto fits = checkCanvasSize(size); !fits)
        return fits;
    const Snapshot before = document().snapshot();
    Snapshot scaled = before.scaledTo(size);
    if (resolution)
        scaled.canvas.resolution = *resolution;
    document().restore(scaled);
    m_history.record(tr("Image size"), before);
    return {};
}

Result<void> DocumentEditor::resizeCanvas(QSize size, QPoint offset)
{
    Canvas canvas = document().canvas();
    canvas.size = size;
    return toCanvas(canvas, Transform::translation(offset.x(), offset.y()), tr("Canvas size"));
}

Result<void> DocumentEditor::rotateQuarter(int clockwiseTurns)
{
    const int turns = ((clockwiseTurns % 4) + 4) % 4;
    Canvas canvas = document().canvas();
    const Transform turn = Transform::quarterTurns(turns, canvas.size);
    if (turns % 2) {
        canvas.size.transpose();
        std::swap(canvas.resolution.x, canvas.resolution.y);
    }
    return toCanvas(canvas, turn,
                    turns == 1   ? tr("Rotate right")
                    : turns == 3 ? tr("Rotate left")
                                 : tr("Rotate by 180 degrees"));
}

Result<void> DocumentEditor::flip(Qt::Orientation orientation)
{
    const Canvas &canvas = document().canvas();
    return orientation == Qt::Horizontal
               ? toCanvas(canvas, Transform::mirroredHorizontally(canvas.size), tr("Flip sideways"))
               : toCanvas(canvas, Transform::mirroredVertically(canvas.size),
                          tr("Flip upside down"));
}

Result<void> DocumentEditor::straighten(double degrees, bool cropped)
{
    if (!std::isfinite(degrees))
        return fail(ErrorCode::BadArgument, {tr("an angle that is no number"), tr("degrees")});
    Canvas canvas = document().canvas();
    const double w = canvas.size.width();
    const double h = canvas.size.height();
    const Transform turn = Transform::rotation(degrees, QPointF(w / 2, h / 2));
    if (!cropped)
        return toCanvas(canvas, turn, tr("Straighten"));
    const QRect frame = straightenedFrame(canvas.size, degrees);
    canvas.size = frame.size();
    return toCanvas(canvas, turn.then(Transform::translation(-frame.x(), -frame.y())),
                    tr("Straighten"));
}

Result<void> DocumentEditor::perspective(const QPolygonF &corners, const QString &text)
{
    const Error wrong{ErrorCode::BadArgument,
                      {tr("corners in this order"),
                       tr("four corners clockwise from the top left, none inside the others")}};
    if (!isPrintOutline(corners))
        return tl::unexpected(wrong);
    Canvas canvas = document().canvas();
    canvas.size = printSize(corners);
    const QSizeF size = canvas.size;
    const QPolygonF target{QPointF(0, 0), QPointF(size.width(), 0),
                           QPointF(size.width(), size.height()), QPointF(0, size.height())};
    QTransform map;
    std::optional<Transform> transform;
    if (canvas.size.isEmpty() || !QTransform::quadToQuad(corners, target, map) ||
        !(transform = Transform::fromQTransform(map)))
        return tl::unexpected(wrong);
    return toCanvas(canvas, *transform, text.isEmpty() ? tr("Perspective") : text);
}

Result<void> DocumentEditor::setResolution(Resolution resolution)
{
    if (!resolution.isValid() || !std::isfinite(resolution.x) || !std::isfinite(resolution.y))
        return fail(ErrorCode::BadArgument,
                    {tr("a resolution of 0"), tr("a number of pixels an inch above 0")});
    const Snapshot before = document().snapshot();
    document().setResolution(resolution);
    m_history.record(tr("Resolution"), before);
    return {};
}

} // namespace heirloom
