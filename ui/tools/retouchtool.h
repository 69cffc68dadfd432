// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/retouch.h"
#include "tools/painttool.h"

namespace heirloom
{

/// A brush that works with the picture's own pixels. What it samples and its other options count
/// from the next stroke on.
class RetouchTool : public PaintTool
{
    Q_OBJECT

public:
    using PaintTool::PaintTool;

    SampleFrom sampleFrom() const { return m_from; }
    void setSampleFrom(SampleFrom from);

protected:
    void pressedWithAlt(const PointerInput &) override {}
    QString hint() const override;

private:
    SampleFrom m_from = SampleFrom::CurrentAndBelow;
};

/// Heals what is clicked or painted over with texture that it finds around.
class SpotHealTool : public RetouchTool
{
    Q_OBJECT

public:
    using RetouchTool::RetouchTool;

protected:
    std::optional<StrokeStart> strokeStart(const PointerInput &input) override;
    QString hint() const override;
};

/// Lightens or darkens one range of tones.
class DodgeBurnTool : public RetouchTool
{
    Q_OBJECT

public:
    using RetouchTool::RetouchTool;

    const DodgeBurn &how() const { return m_how; }
    void setHow(const DodgeBurn &how);

protected:
    std::optional<StrokeStart> strokeStart(const PointerInput &input) override;
    QString hint() const override;

private:
    DodgeBurn m_how;
};

/// Sharpens or softens.
class DetailTool : public RetouchTool
{
    Q_OBJECT

public:
    using RetouchTool::RetouchTool;

    const LocalDetail &how() const { return m_how; }
    void setHow(const LocalDetail &how);

protected:
    std::optional<StrokeStart> strokeStart(const PointerInput &input) override;
    QString hint() const override;

private:
    LocalDetail m_how;
};

/// A click on a red pupil makes it dark; the brush's size is the largest pupil that is looked for.
class RedEyeTool : public RetouchTool
{
    Q_OBJECT

public:
    using RetouchTool::RetouchTool;

    double darkness() const { return m_darkness; } ///< 0..1
    void setDarkness(double darkness);

protected:
    std::optional<StrokeStart> strokeStart(const PointerInput &input) override;
    QString hint() const override;
    void began(const PointerInput &input) override;

private:
    double m_darkness = 0.6;
};

} // namespace heirloom
