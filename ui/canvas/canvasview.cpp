// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvasview.h"

#include "canvas/blinker.h"
#include "canvas/canvasinteraction.h"
#include "canvas/loupe.h"
#include "canvas/splithandle.h"

#include <QPainter>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int sideGap = 2;         ///< logical pixels between the two pictures side by side
constexpr int labelMargin = 12;
constexpr int labelWidth = 320;

} // namespace

CanvasView::CanvasView(QWidget *parent)
    : QWidget(parent)
    , m_split(new SplitHandle(this))
    , m_blinker(new Blinker(this))
    , m_loupe(new Loupe(*this, m_tiles))
{
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Picture"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setTabletTracking(true); // a pen above the tablet shows where it would paint
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(240, 180);
    grabGesture(Qt::PinchGesture);
    connect(&m_tiles, &CanvasTiles::arrived, this, [this](const QRect &region) {
        contentChanged(region);
        if (m_tiles.isComplete())
            Q_EMIT settled();
    });
    connect(m_split, &SplitHandle::moved, this, qOverload<>(&QWidget::update));
    connect(m_blinker, &Blinker::flipped, this, qOverload<>(&QWidget::update));
}

CanvasView::~CanvasView() = default;

void CanvasView::setContent(CanvasContent *content)
{
    if (this->content())
        disconnect(this->content(), nullptr, this, nullptr);
    m_tiles.setContent(content);
    m_pieces.clear();
    m_loupe->setPieces({});
    m_viewport.setPictureSize(content ? content->size() : QSize());
    m_viewport.fit();
    changeView();
    updateCursor();
}

/// region: the picture's pixels that tiles came for; null when all may look different.
void CanvasView::contentChanged(const QRect &region)
{
    if (content() && content()->size() != m_viewport.pictureSize()) {
        m_viewport.pictureGrew(content()->size());
        changeView();
    }
    m_split->setVisible(comparesSplit());
    m_loupe->refresh();
    const bool single = !comparesSplit() && !comparesSideBySide();
    const Side side = wholeSide();
    if (region.isNull() || !single || m_frames[int(side)].level < 0) {
        forgetFrames();
        return update();
    }
    m_frames[int(side == Side::After ? Side::Before : Side::After)].level = -1;
    const double ratio = devicePixelRatioF();
    const QRectF drawn(repaintFrame(side, region));
    update(QRectF(drawn.topLeft() / ratio, drawn.size() / ratio)
               .toAlignedRect()
               .adjusted(-1, -1, 1, 1));
}

void CanvasView::forgetFrames()
{
    for (Frame &frame : m_frames)
        frame.level = -1;
}

void CanvasView::changeView()
{
    m_blinker->restart(); // a look at the new place before it flips
    m_tiles.forgetWanted();
    forgetFrames();
    m_split->setVisible(comparesSplit());
    m_loupe->refresh();
    update();
    Q_EMIT viewChanged();
}

void CanvasView::fit()
{
    m_viewport.fit();
    changeView();
}

void CanvasView::zoomTo(double scale)
{
    m_viewport.zoomAtCenter(scale);
    changeView();
}

void CanvasView::zoomStep(bool larger)
{
    zoomTo(Viewport::nextStep(m_viewport.scale(), larger));
}

void CanvasView::centerOn(QPointF picturePoint)
{
    m_viewport.centerOn(picturePoint);
    changeView();
}

bool CanvasView::comparesSideBySide() const
{
    return m_compare == CompareMode::SideBySide && content() && !m_originalShown;
}

bool CanvasView::comparesSplit() const
{
    return m_compare == CompareMode::Split && content() && !m_originalShown;
}

Side CanvasView::wholeSide() const
{
    const bool before =
        m_originalShown || (m_compare == CompareMode::Blink && m_blinker->showsBefore());
    return before ? Side::Before : Side::After;
}

void CanvasView::setCompareMode(CompareMode mode)
{
    if (m_compare == mode)
        return;
    m_compare = mode;
    m_blinker->setRunning(mode == CompareMode::Blink);
    updateViewSize();
    changeView();
    Q_EMIT compareModeChanged(mode);
}

void CanvasView::setSplitVertical(bool vertical)
{
    m_split->setVertical(vertical);
    update();
}

bool CanvasView::isSplitVertical() const
{
    return m_split->isVertical();
}

void CanvasView::setOriginalShown(bool shown)
{
    if (m_originalShown == shown)
        return;
    m_originalShown = shown;
    updateViewSize();
    changeView();
}

void CanvasView::setPreviewPieces(const QList<PreviewPiece> &pieces)
{
    m_pieces = pieces;
    m_frames[int(Side::After)].level = -1;
    m_loupe->setPieces(pieces);
    update();
}

void CanvasView::setInteraction(CanvasInteraction *interaction)
{
    m_interaction = interaction;
    updateInteraction();
}

void CanvasView::updateInteraction()
{
    updateCursor();
    update();
}

double CanvasView::afterOffset() const
{
    return comparesSideBySide()
               ? std::round(width() * devicePixelRatioF()) - m_viewport.viewSize().width()
               : 0;
}

void CanvasView::setSurround(const QColor &color)
{
    m_surround = color;
    forgetFrames();
    update();
}

void CanvasView::updateViewSize()
{
    const double ratio = devicePixelRatioF();
    QSizeF logical = size();
    if (comparesSideBySide())
        logical.setWidth(std::floor((logical.width() - sideGap) / 2));
    m_viewport.setViewSize(
        {int(std::ceil(logical.width() * ratio)), int(std::ceil(logical.height() * ratio))});
}

bool CanvasView::isSettled() const
{
    // Tiles are only asked for when something is drawn.
    if (!content() || m_viewport.viewSize().isEmpty())
        return true;
    if (!m_originalShown)
        frame(Side::After);
    if (m_originalShown || m_compare != CompareMode::Off)
        frame(Side::Before);
    return m_tiles.isComplete();
}

QImage CanvasView::frame(Side side) const
{
    if (m_frames[int(side)].level < 0)
        repaintFrame(side, {});
    return m_frames[int(side)].image;
}

/// The device pixels that were drawn.
QRect CanvasView::repaintFrame(Side side, const QRect &region) const
{
    const bool pieces = !m_loupe->isVisible();
    return paintFrame(m_frames[int(side)], m_tiles, side, m_viewport, m_surround,
                      pieces ? m_pieces : QList<PreviewPiece>(), region);
}

void CanvasView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    // A frame covers the view, but for a fraction of a pixel with fractional scales.
    const bool covered = content() && !comparesSplit() && !comparesSideBySide() &&
                         ratio == std::floor(ratio);
    if (!covered)
        painter.fillRect(rect(), m_surround);
    // With fractional scales the widget may begin between two device pixels: begin at the next
    // whole one, or nothing would be sharp.
    const QTransform device = painter.deviceTransform();
    painter.translate((std::ceil(device.dx() - 1e-6) - device.dx()) / ratio,
                      (std::ceil(device.dy() - 1e-6) - device.dy()) / ratio);
    painter.scale(1 / ratio, 1 / ratio);
    if (!content())
        return;
    if (comparesSplit() || comparesSideBySide()) {
        drawCompare(painter);
    } else {
        painter.drawImage(0, 0, frame(wholeSide()));
        if (m_originalShown || m_compare == CompareMode::Blink)
            drawLabel(painter, wholeSide(), QRectF(QPointF(0, 0), QSizeF(size()) * ratio),
                      Qt::AlignLeft);
    }
    if (m_interaction && !m_originalShown) {
        painter.scale(ratio, ratio);
        m_interaction->paint(painter);
    }
}

void CanvasView::drawCompare(QPainter &painter)
{
    const double ratio = devicePixelRatioF();
    const QSizeF whole = QSizeF(size()) * ratio;
    QRectF before(QPointF(0, 0), whole);
    QRectF after = before;
    if (comparesSideBySide()) {
        const double offset = std::round(whole.width()) - m_viewport.viewSize().width();
        before.setWidth(m_viewport.viewSize().width());
        after.setLeft(offset);
        painter.drawImage(QPointF(0, 0), frame(Side::Before));
        painter.drawImage(QPointF(offset, 0), frame(Side::After));
        painter.fillRect(QRectF(before.right(), 0, offset - before.right(), whole.height()),
                         palette().color(QPalette::Window));
    } else {
        const double position = m_split->position();
        if (m_split->isVertical()) {
            before.setWidth(std::round(whole.width() * position));
            after.setLeft(before.right());
        } else {
            before.setHeight(std::round(whole.height() * position));
            after.setTop(before.bottom());
        }
        painter.drawImage(before.topLeft(), frame(Side::Before), before);
        painter.drawImage(after.topLeft(), frame(Side::After), after);
    }
    const bool stacked = comparesSplit() && !m_split->isVertical();
    const bool beside = comparesSideBySide();
    drawLabel(painter, Side::Before, before, Qt::AlignLeft);
    drawLabel(painter, Side::After, after, stacked || beside ? Qt::AlignLeft : Qt::AlignRight);
}

void CanvasView::drawLabel(QPainter &painter, Side side, const QRectF &area, Qt::Alignment at)
{
    const double ratio = devicePixelRatioF();
    painter.save();
    painter.setClipRect(area);
    painter.scale(ratio, ratio);
    const QRectF logical(area.topLeft() / ratio, area.size() / ratio);
    const QFontMetricsF metrics(font());
    const QString text = metrics.elidedText(content()->label(side), Qt::ElideRight, labelWidth);
    QRectF pill(0, 0, metrics.horizontalAdvance(text) + 20, metrics.height() + 8);
    pill.moveTop(logical.top() + labelMargin);
    if (at == Qt::AlignRight)
        pill.moveRight(logical.right() - labelMargin);
    else
        pill.moveLeft(logical.left() + labelMargin);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 170));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(Qt::white);
    painter.drawText(pill, Qt::AlignCenter, text);
    painter.restore();
}

} // namespace heirloom
