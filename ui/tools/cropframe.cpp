// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/cropframe.h"

#include <algorithm>
#include <cmath>

namespace heirloom::cropframe
{

namespace
{

int rounded(double value, int least, int most)
{
    return std::clamp(int(std::lround(value)), least, most);
}

double ratioOf(QSizeF aspect)
{
    return aspect.width() / aspect.height();
}

/// First place and length of a side that ends at anchor and follows to, within 0..limit.
std::pair<int, int> side(int anchor, double to, int limit)
{
    int end = rounded(to, 0, limit);
    if (end == anchor)
        end = anchor < limit ? anchor + 1 : anchor - 1;
    return {std::min(anchor, end), std::abs(end - anchor)};
}

} // namespace

QPointF place(const QRect &frame, Grip grip)
{
    const double left = frame.left();
    const double top = frame.top();
    const double right = left + frame.width();
    const double bottom = top + frame.height();
    const double x = (left + right) / 2;
    const double y = (top + bottom) / 2;
    switch (grip) {
    case Grip::TopLeft:
        return {left, top};
    case Grip::Top:
        return {x, top};
    case Grip::TopRight:
        return {right, top};
    case Grip::Right:
        return {right, y};
    case Grip::BottomRight:
        return {right, bottom};
    case Grip::Bottom:
        return {x, bottom};
    case Grip::BottomLeft:
        return {left, bottom};
    case Grip::Left:
        return {left, y};
    default:
        return {x, y};
    }
}

QRect largestWithin(const QRect &outer, QSizeF aspect)
{
    if (aspect.isEmpty())
        return outer;
    const double ratio = ratioOf(aspect);
    const double width = std::min(double(outer.width()), outer.height() * ratio);
    const QSize size(rounded(width, 1, outer.width()), rounded(width / ratio, 1, outer.height()));
    return QRect(outer.topLeft() + QPoint((outer.width() - size.width()) / 2,
                                          (outer.height() - size.height()) / 2),
                 size);
}

QRect moved(const QRect &frame, QPoint by, QSize canvas)
{
    return QRect(QPoint(std::clamp(frame.x() + by.x(), 0, canvas.width() - frame.width()),
                        std::clamp(frame.y() + by.y(), 0, canvas.height() - frame.height())),
                 frame.size());
}

QRect spanned(QPoint anchor, QPointF to, QSizeF aspect, QSize canvas)
{
    anchor = QPoint(std::clamp(anchor.x(), 0, canvas.width()),
                    std::clamp(anchor.y(), 0, canvas.height()));
    if (aspect.isEmpty()) {
        const auto [x, width] = side(anchor.x(), to.x(), canvas.width());
        const auto [y, height] = side(anchor.y(), to.y(), canvas.height());
        return QRect(x, y, width, height);
    }
    // To the side where the mouse is, unless there is no room at all.
    const auto room = [](int from, double towards, int limit, bool &back) {
        back = towards < from;
        if ((back ? from : limit - from) == 0)
            back = !back;
        return back ? from : limit - from;
    };
    bool left = false, up = false;
    const int across = room(anchor.x(), to.x(), canvas.width(), left);
    const int down = room(anchor.y(), to.y(), canvas.height(), up);
    const double ratio = ratioOf(aspect);
    double width = std::max(std::abs(to.x() - anchor.x()), std::abs(to.y() - anchor.y()) * ratio);
    width = std::min({width, double(across), down * ratio});
    const QSize size(rounded(width, 1, across), rounded(width / ratio, 1, down));
    return QRect(QPoint(left ? anchor.x() - size.width() : anchor.x(),
                        up ? anchor.y() - size.height() : anchor.y()),
                 size);
}

QRect pulled(const QRect &frame, Grip grip, QPointF to, QSizeF aspect, QSize canvas)
{
    const QPoint topLeft = frame.topLeft();
    const QPoint bottomRight = topLeft + QPoint(frame.width(), frame.height());
    switch (grip) {
    case Grip::TopLeft:
        return spanned(bottomRight, to, aspect, canvas);
    case Grip::TopRight:
        return spanned({topLeft.x(), bottomRight.y()}, to, aspect, canvas);
    case Grip::BottomRight:
        return spanned(topLeft, to, aspect, canvas);
    case Grip::BottomLeft:
        return spanned({bottomRight.x(), topLeft.y()}, to, aspect, canvas);
    case Grip::None:
    case Grip::Inside:
        return frame;
    default:
        break;
    }
    const bool sideways = grip == Grip::Left || grip == Grip::Right;
    const bool first = grip == Grip::Left || grip == Grip::Top;
    QRect result = frame;
    if (sideways) {
        const auto [x, width] =
            side(first ? bottomRight.x() : topLeft.x(), to.x(), canvas.width());
        result = QRect(x, frame.y(), width, frame.height());
    } else {
        const auto [y, height] =
            side(first ? bottomRight.y() : topLeft.y(), to.y(), canvas.height());
        result = QRect(frame.x(), y, frame.width(), height);
    }
    if (aspect.isEmpty())
        return result;
    const double ratio = ratioOf(aspect);
    const QPointF middle = place(frame, Grip::Inside);
    if (sideways) {
        const double width = std::min(double(result.width()), canvas.height() * ratio);
        const int height = rounded(width / ratio, 1, canvas.height());
        const int w = rounded(width, 1, canvas.width());
        const int x = topLeft.x() == result.x() ? result.x() : result.x() + result.width() - w;
        return moved(QRect(x, int(std::floor(middle.y() - height / 2.0)), w, height), {}, canvas);
    }
    const double height = std::min(double(result.height()), canvas.width() / ratio);
    const int width = rounded(height * ratio, 1, canvas.width());
    const int h = rounded(height, 1, canvas.height());
    const int y = topLeft.y() == result.y() ? result.y() : result.y() + result.height() - h;
    return moved(QRect(int(std::floor(middle.x() - width / 2.0)), y, width, h), {}, canvas);
}

} // namespace heirloom::cropframe
