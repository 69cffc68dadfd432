// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvascontent.h"

#include <memory>

namespace heirloom
{

class Compositor;
class Document;

/// A document as the canvas shows it: After is what the compositor makes of all layers, Before what
/// it makes of the Original alone, both through the screen's profile. Owned by the main window; the
/// document outlives it.
class DocumentContent : public CanvasContent
{
    Q_OBJECT

public:
    explicit DocumentContent(Document &document, QObject *parent = nullptr);
    ~DocumentContent() override;

    QSize size() const override;
    bool hasAlpha() const override;
    QImage tile(Side side, int level, QPoint index) override;
    QList<QImage> tiles(Side side, int level, const QList<QPoint> &indices) override;

    /// The values of one pixel as the document has them, alpha last: 0..255 or 0..65535.
    QList<int> pixelValues(QPoint pixel);
    QColor screenColor(QPoint pixel);
    /// The picture as it is seen, at most this large; for lists of files.
    QImage thumbnail(int side);

private:
    QRect update();

    Document &m_document;
    QSize m_canvas; ///< as it was shown last
    std::unique_ptr<Compositor> m_after;
    std::unique_ptr<Compositor> m_before;
};

} // namespace heirloom
