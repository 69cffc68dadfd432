// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/result.h"
#include "document/mask.h"
#include "document/transform.h"
#include "jobs/job.h"
#include "operation/colorize.h"

#include <QImage>
#include <QObject>
#include <QRectF>

#include <memory>

namespace heirloom
{

class EditorSession;

/// A person's hints on the colour layer of one photo. Each change becomes one undo step with its
/// pixels; changes that come faster than pixels wait for their turn, so that each can be taken back
/// alone. Without a layer the first change makes one, in Color mode. What is seen of a change while
/// a hand still moves comes by looked(), at interactive priority. The session's child; GUI thread.
class ColorHinting : public QObject
{
    Q_OBJECT

public:
    explicit ColorHinting(EditorSession &session);
    ~ColorHinting() override;

    /// The active layer where it is one of colour, else the topmost that is; invalid: none.
    LayerId layer() const;
    /// As they were last asked for, worked out or not. Without a layer: the defaults.
    ColorizeSettings settings() const;
    /// Of the picture that hints lie on; empty: nothing is open.
    QSize picture() const;
    /// Pixels of that picture to the canvas.
    Transform toCanvas() const;
    /// What a mask (canvas) shows, as lines for ColorHint::region; empty: nothing.
    QList<QPolygonF> regionOf(const Mask &mask) const;
    /// A change is being worked out.
    bool isBusy() const;
    /// No layer is there yet and one is being made.
    bool isMakingLayer() const;

    /// text: of the undo step. Hints are placed on picture(). Whether they know the subject is told
    /// by what is known of it by now.
    void change(const ColorizeSettings &settings, const QString &text);
    /// The newest change that is not worked out is forgotten; false: there is none.
    bool takeBack();
    /// Forgets every change that is not worked out.
    void cancel();

    /// Shows a change, nothing is taken in: region (canvas) at about scale (screen pixels to a
    /// canvas pixel). While one is worked out only the newest wish waits.
    void look(const ColorizeSettings &settings, const QRect &region, double scale);
    void stopLooking();

    /// What the network thinks of the place of a hint, were it not there; suggested() follows.
    void suggest(int hint, int count);

    /// Other plausible colourings with the same hints, the longest side so many pixels; varied()
    /// follows.
    void vary(int count, int side);
    /// Guessed hints in the colours of another photo (sRGB), none where it has no colours;
    /// matched() follows.
    void match(const QImage &reference);
    /// Where the network is not sure; doubted() follows.
    void doubt();
    /// A layer of its own for what mask (canvas) shows, above the others: there hints count alone.
    void changeInside(const Mask &mask, const ColorizeSettings &settings, const QString &text);

Q_SIGNALS:
    /// settings(), layer(), isBusy() or what is selected may differ.
    void changed();
    /// place: canvas pixels.
    void looked(const QImage &image, const QRectF &place);
    /// A change was taken in, or all of them were forgotten: the document shows all there is.
    void settled();
    void progressed(const heirloom::ProgressReport &report);
    void suggested(QPointF place, const std::vector<heirloom::ColorSuggestion> &colors);
    /// On picture().
    void matched(const QList<heirloom::ColorHint> &hints);
    /// By number, 0 first.
    void varied(const QList<QImage> &pictures);
    /// veil: over the picture that hints lie on; places: its pixels.
    void doubted(const QImage &veil, const QList<QPointF> &places);
    void failed(const heirloom::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom
