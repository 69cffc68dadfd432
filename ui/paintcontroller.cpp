// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paintcontroller.h"

#include "document/compositor.h"
#include "document/document.h"
#include "edit/paintstroke.h"
#include "painttarget.h"
#include "session/editorsession.h"

#include <cmath>

namespace heirloom
{

PaintController::PaintController(QObject *parent)
    : QObject(parent)
    , m_target(new PaintTarget(this))
{
}

void PaintController::setSession(EditorSession *session)
{
    m_session = session;
    m_target->setSession(session);
}

std::unique_ptr<PaintStroke> PaintController::beginStroke(StrokeStart start)
{
    if (!m_session || !m_session->document())
        return nullptr;
    start.layer = m_session->document()->activeLayer();
    if (m_target->isMask()) {
        start.target = StrokeTarget::Mask;
        start.text = tr("%1 on mask").arg(start.text);
    } else if (m_target->isSelection()) {
        start.target = StrokeTarget::Selection;
        start.text = tr("%1 on selection").arg(start.text);
    } else {
        start.target = StrokeTarget::Pixels;
    }
    auto stroke = PaintStroke::begin(m_session->history(), start);
    if (stroke)
        return std::move(*stroke);
    Q_EMIT refused(stroke.error());
    return nullptr;
}

std::optional<QColor> PaintController::colorAt(QPointF canvas)
{
    const Document *document = m_session ? m_session->document() : nullptr;
    if (!document)
        return std::nullopt;
    const QPoint pixel(int(std::floor(canvas.x())), int(std::floor(canvas.y())));
    if (!document->canvas().rect().contains(pixel))
        return std::nullopt;
    Snapshot state = document->snapshot();
    if (!m_colors.pick().allLayers) {
        const Layer *active = document->layer(document->activeLayer());
        if (!active || !active->hasPixels())
            return std::nullopt;
        Layer alone = *active;
        alone.visible = true;
        alone.opacity = 1;
        alone.blendMode = BlendMode::Normal;
        alone.mask = {};
        alone.kind = LayerKind::Pixel;
        state.stack = {};
        state.stack.insert(0, alone);
    }
    state.canvas.format = state.canvas.format.withAlpha(true);
    const int half = m_colors.pick().side / 2;
    const QRect area = QRect(pixel - QPoint(half, half), pixel + QPoint(half, half)) &
                       document->canvas().rect();
    const auto image = CompositorSource(state, document->store()).read(area);
    const PixelFormat wanted{Channels::Rgba, Depth::F32};
    const auto toSrgb = ColorTransform::create(state.canvas.profile, state.canvas.format,
                                               ColorProfile::sRgb(), wanted);
    if (!image || !toSrgb)
        return std::nullopt;
    const Image colors = toSrgb->apply(*image);
    double sum[4] = {};
    for (int y = 0; y < colors.height(); ++y) {
        const float *p = colors.constSamples<float>(y);
        for (int x = 0; x < colors.width(); ++x, p += 4) {
            for (int c = 0; c < 3; ++c)
                sum[c] += double(p[c]) * double(p[3]);
            sum[3] += double(p[3]);
        }
    }
    if (sum[3] <= 0)
        return std::nullopt;
    const auto share = [&](int c) { return float(std::clamp(sum[c] / sum[3], 0.0, 1.0)); };
    return QColor::fromRgbF(share(0), share(1), share(2));
}

} // namespace heirloom
