// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvascontent.h"
#include "canvas/maskview.h"
#include "core/ids.h"

#include <memory>
#include <optional>

namespace heirloom
{

class Comparison;
class Compositor;
class Document;
class HeatOverlay;

/// A document as the canvas shows it: After is what the compositor makes of all layers (or of one
/// alone), with an overlay if there is one; Before is what a comparison says, else the Original
/// alone. Both through the screen's profile. Owned by the canvas's controller; the document
/// outlives it. GUI thread.
class DocumentContent : public CanvasContent
{
    Q_OBJECT

public:
    explicit DocumentContent(Document &document, QObject *parent = nullptr);
    ~DocumentContent() override;

    /// What Before is; it must outlive this. Null: the Original.
    void setComparison(const Comparison *comparison);
    /// Shows one layer of After by itself; invalid: all. A view: the document stays as it is.
    void setAlone(LayerId layer);
    LayerId alone() const { return m_alone; }
    /// Drawn over After; shared with who changes it, who then calls overlayChanged().
    void setOverlay(std::shared_ptr<const HeatOverlay> overlay);
    void overlayChanged();
    /// A mask or the selection over After; nothing: none.
    void setMaskShown(const std::optional<MaskShown> &shown);

    QSize size() const override;
    bool hasAlpha() const override;
    QImage tile(Side side, int level, QPoint index) override;
    QList<QImage> tiles(Side side, int level, const QList<QPoint> &indices) override;
    QString label(Side side) const override;

    /// The values of one pixel as it is seen, alpha last: 0..255 or 0..65535.
    QList<int> pixelValues(QPoint pixel);
    QColor screenColor(QPoint pixel);
    /// The whole picture, whatever is shown alone, at most this large; for lists of files.
    QImage thumbnail(int side);

private:
    QRect update();
    QRect updateBefore();
    QRect updateMask();
    void paintMask(QImage &tile, int level, QPoint index);
    Compositor &shown() { return m_single ? *m_single : *m_after; }

    Document &m_document;
    QSize m_canvas; ///< as it was shown last
    const Comparison *m_comparison = nullptr;
    LayerId m_alone;
    std::shared_ptr<const HeatOverlay> m_overlay;
    std::unique_ptr<MaskView> m_mask; ///< null: none is shown
    std::unique_ptr<Compositor> m_after;
    std::unique_ptr<Compositor> m_before;
    /// Of the layer that is alone, so that the whole stays at hand; else null.
    std::unique_ptr<Compositor> m_single;
};

} // namespace heirloom
