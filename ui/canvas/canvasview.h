// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/framepainter.h"

#include <QWidget>

#include <optional>

namespace heirloom
{

class Blinker;
class CanvasInteraction;
class Loupe;
class SplitHandle;

enum class CompareMode { Off, Split, SideBySide, Blink };

/// The middle of the window: shows a picture on neutral grey, to be zoomed and moved, and compared
/// with its original. Knows only CanvasContent. GUI thread.
class CanvasView : public QWidget
{
    Q_OBJECT

public:
    explicit CanvasView(QWidget *parent = nullptr);
    ~CanvasView() override;

    /// Not owned; may be null. Fits the new picture into the window.
    void setContent(CanvasContent *content);
    CanvasContent *content() const { return m_tiles.content(); }

    const Viewport &viewport() const { return m_viewport; }
    void fit();
    void zoomTo(double scale);
    void zoomStep(bool larger);
    void centerOn(QPointF picturePoint);

    CompareMode compareMode() const { return m_compare; }
    void setCompareMode(CompareMode mode);
    void setSplitVertical(bool vertical);
    bool isSplitVertical() const;
    SplitHandle *splitHandle() const { return m_split; }
    Blinker *blinker() const { return m_blinker; }
    /// While true Before is shown instead of everything else.
    void setOriginalShown(bool shown);
    bool isOriginalShown() const { return m_originalShown; }

    /// Pieces of a result, shown in the loupe while it is there, else over the picture.
    void setPreviewPieces(const QList<PreviewPiece> &pieces);
    bool isPreviewing() const { return !m_pieces.isEmpty(); }
    Loupe *loupe() const { return m_loupe; }
    /// What the canvas draws from; to see when something new is there.
    const CanvasTiles *tiles() const { return &m_tiles; }

    /// What works on the picture with the left button; null: nothing. Not owned.
    void setInteraction(CanvasInteraction *interaction);
    /// It has another cursor, or begins or ends.
    void updateInteraction();
    /// Device pixels from the left edge to where the result begins.
    double afterOffset() const;

    void setSurround(const QColor &color);
    const QColor &surround() const { return m_surround; }
    void setWheelZooms(bool zooms) { m_wheelZooms = zooms; }

    /// What is on the screen is final: no tile is being waited for.
    bool isSettled() const;
    /// What is drawn of one side, as the screen gets it; for tests and for the loupe.
    QImage frame(Side side) const;

Q_SIGNALS:
    void viewChanged();
    void compareModeChanged(heirloom::CompareMode mode);
    /// The pixel under the cursor; nothing when it is beside the picture.
    void hovered(std::optional<QPoint> pixel);
    void settled();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void tabletEvent(QTabletEvent *event) override;

private:
    void contentChanged(const QRect &region);
    void forgetFrames();
    QRect repaintFrame(Side side, const QRect &region) const;
    void changeView();
    void updateViewSize();
    bool comparesSideBySide() const;
    bool comparesSplit() const;
    /// The one side that fills the canvas when none of the above does.
    Side wholeSide() const;
    /// A position on the widget as device pixels of the viewport it lies in.
    QPointF toViewport(QPointF logical) const;
    void zoomBy(QPointF logical, double factor);
    void panBy(QPointF logical);
    void updateCursor();
    void tellHovered(QPointF logical);
    void drawLabel(QPainter &painter, Side side, const QRectF &area, Qt::Alignment at);
    void drawCompare(QPainter &painter);

    mutable CanvasTiles m_tiles;
    Viewport m_viewport;
    SplitHandle *m_split;
    Blinker *m_blinker;
    Loupe *m_loupe;
    CanvasInteraction *m_interaction = nullptr;
    QList<PreviewPiece> m_pieces;
    QColor m_surround{0x3c, 0x3c, 0x3c};
    CompareMode m_compare = CompareMode::Off;
    bool m_originalShown = false;
    bool m_wheelZooms = true;
    bool m_spaceHeld = false;
    std::optional<QPointF> m_dragFrom;
    mutable Frame m_frames[2]; ///< what was drawn last of each side
};

} // namespace heirloom
