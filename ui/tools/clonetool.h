// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/retouchtool.h"

namespace heirloom
{

/// Brings pixels from another place of the picture, as they are (clone stamp) or in the colour and
/// light of where they come to (healing brush). Alt+click says from where. Aligned, the source
/// keeps its distance from stroke to stroke; otherwise each stroke begins at the same place. Shows
/// the source under the brush and a cross where it is taken from.
class CloneTool : public RetouchTool
{
    Q_OBJECT

public:
    enum class Kind { Clone, Heal };
    explicit CloneTool(Kind kind, QObject *parent = nullptr);

    bool isAligned() const { return m_isAligned; }
    void setAligned(bool aligned);
    /// Where the next stroke would take from if it began at a place; canvas pixels. Nothing until
    /// Alt+click.
    std::optional<QPointF> sourceFor(QPointF canvas) const;

    void hover(const PointerInput &input) override;
    void pointerLeft() override;
    void paint(QPainter &painter) override;

protected:
    std::optional<StrokeStart> strokeStart(const PointerInput &input) override;
    void pressedWithAlt(const PointerInput &input) override;
    void strokeEnded() override;
    QString hint() const override;
    void entered() override;
    void began(const PointerInput &input) override;
    void dragged(const PointerInput &input) override;
    void cancelled() override;

private:
    void follow(std::optional<QPointF> canvas);
    QRectF crossArea() const;
    void paintPreview(QPainter &painter, QPointF offset);

    Kind m_kind;
    bool m_isAligned = true;
    std::optional<QPointF> m_source; ///< as Alt+click said
    std::optional<QPointF> m_offset; ///< of the stroke in progress; aligned, of the last one too
    std::optional<QPointF> m_at;     ///< the pointer, on the canvas
    QSize m_canvas;                  ///< that the source was chosen on
    bool m_isPainting = false;
};

} // namespace heirloom
