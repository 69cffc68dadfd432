// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/retouchtool.h"

namespace heirloom
{

void RetouchTool::setSampleFrom(SampleFrom from)
{
    if (from == m_from)
        return;
    m_from = from;
    Q_EMIT changed();
}

QString RetouchTool::hint() const
{
    return tr("Shift+click works along a line; Esc gives a stroke up");
}

// ---- spots -------------------------------------------------------------------------------------

std::optional<StrokeStart> SpotHealTool::strokeStart(const PointerInput &)
{
    StrokeStart start;
    start.source = healSpots(sampleFrom());
    start.text = tr("Heal spot");
    return start;
}

QString SpotHealTool::hint() const
{
    return tr("Click a spot or paint over a scratch: healed when you let go");
}

// ---- light -------------------------------------------------------------------------------------

void DodgeBurnTool::setHow(const DodgeBurn &how)
{
    if (how == m_how)
        return;
    m_how = how;
    Q_EMIT changed();
}

std::optional<StrokeStart> DodgeBurnTool::strokeStart(const PointerInput &)
{
    StrokeStart start;
    start.source = dodgeOrBurn(m_how, sampleFrom());
    start.text = m_how.exposure < 0 ? tr("Burn") : tr("Dodge");
    return start;
}

QString DodgeBurnTool::hint() const
{
    return tr("Paint where it should be lighter or darker; Shift+click works along a line");
}

// ---- detail ------------------------------------------------------------------------------------

void DetailTool::setHow(const LocalDetail &how)
{
    if (how == m_how)
        return;
    m_how = how;
    Q_EMIT changed();
}

std::optional<StrokeStart> DetailTool::strokeStart(const PointerInput &)
{
    StrokeStart start;
    start.source = changeDetail(m_how, sampleFrom());
    start.text = m_how.kind == LocalDetail::Kind::Blur ? tr("Soften") : tr("Sharpen");
    return start;
}

QString DetailTool::hint() const
{
    return tr("Paint where it should be sharper or softer; Shift+click works along a line");
}

// ---- red eyes ----------------------------------------------------------------------------------

void RedEyeTool::setDarkness(double darkness)
{
    if (darkness == m_darkness)
        return;
    m_darkness = darkness;
    Q_EMIT changed();
}

std::optional<StrokeStart> RedEyeTool::strokeStart(const PointerInput &input)
{
    StrokeStart start;
    start.source =
        removeRedEye(input.canvas, brush().size() / 2, m_darkness, sampleFrom());
    start.text = tr("Remove red eye");
    start.bringsColor = false;
    return start;
}

QString RedEyeTool::hint() const
{
    return tr("Click a red pupil with a brush that is not smaller than it");
}

void RedEyeTool::began(const PointerInput &input)
{
    if (input.button == Qt::RightButton || input.modifiers.testFlag(Qt::AltModifier))
        return PaintTool::began(input);
    auto start = strokeStart(input);
    auto stroke = start ? host().beginStroke(std::move(*start)) : nullptr;
    if (!stroke)
        return;
    // Whatever the click's place within the pupil, all of it is covered.
    const Dab dab{input.canvas, 6 * brush().size(), 1, brush().opacity(), 1};
    stroke->add(std::span(&dab, 1));
    stroke->finish();
    refresh();
}

} // namespace heirloom
