// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colorguide.h"

#include "image/cvbridge.h"
#include "operation/facefinder.h"
#include "operation/piececomposer.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr int Planar = 4; ///< chroma, mask, grey
/// Of a hint, in the pixels of the guide: so that all four around its centre are its own.
constexpr double SmallestRadius = 1.42;
/// Of what subjectOf() says: colours spread over what is rather subject than background, hair and
/// thin parts of it too.
constexpr float SurelyNot = 0.1F;
constexpr float Surely = 0.5F;
/// Of subject: more apart is on the other side of its edge.
constexpr float Across = 0.5F;

/// Triage counts the faces that colouring finds.
static_assert(ColorGuide::detailedSide == FaceFinder::longestSide);

int padded(int side)
{
    return (side + ColorGuide::multiple - 1) / ColorGuide::multiple * ColorGuide::multiple;
}

QList<QRectF> facesIn(const ColorGuide &guide)
{
    const double x = double(guide.content.width()) / guide.detailed.width;
    const double y = double(guide.content.height()) / guide.detailed.height;
    QList<QRectF> faces;
    for (const QRect &face : FaceFinder::ofThread().find(guide.detailed))
        faces += QRectF(face.x() * x, face.y() * y, face.width() * x, face.height() * y);
    return faces;
}

/// Fills the guide's planes.
void takeIn(const Planes &rgb, ColorGuide &guide)
{
    const int width = guide.content.width();
    const int height = guide.content.height();
    guide.detailed = luminanceOf(rgb);
    cv::Mat small[3];
    for (int c = 0; c < 3; ++c)
        cv::resize(toMat(rgb, c), small[c], {width, height}, 0, 0, cv::INTER_AREA);
    guide.luminance = Planes(1, padded(width), padded(height));
    guide.chroma = Planes(2, padded(width), padded(height));
    for (int y = 0; y < height; ++y) {
        float *out = guide.luminance.row(0, y);
        for (int x = 0; x < width; ++x) {
            const float red = small[0].at<float>(y, x);
            const float blue = small[2].at<float>(y, x);
            out[x] = 0.3F * red + 0.59F * small[1].at<float>(y, x) + 0.11F * blue;
            guide.chroma.row(0, y)[x] = blue - out[x];
            guide.chroma.row(1, y)[x] = red - out[x];
        }
        std::fill(out + width, out + guide.luminance.width, out[width - 1]);
    }
    for (int y = height; y < guide.luminance.height; ++y)
        std::copy_n(guide.luminance.row(0, height - 1), guide.luminance.width,
                    guide.luminance.row(0, y));
}

double distanceToSegment(QPointF p, QPointF a, QPointF b)
{
    const QPointF along = b - a;
    const double length = QPointF::dotProduct(along, along);
    const double t =
        length > 0 ? std::clamp(QPointF::dotProduct(p - a, along) / length, 0.0, 1.0) : 0.0;
    const QPointF away = p - (a + t * along);
    return std::hypot(away.x(), away.y());
}

float subjectAt(const ColorGuide &guide, QPointF place)
{
    if (guide.subject.channels == 0)
        return 0;
    const int x = std::clamp(int(std::floor(place.x())), 0, guide.content.width() - 1);
    const int y = std::clamp(int(std::floor(place.y())), 0, guide.content.height() - 1);
    return guide.subject.row(0, y)[x];
}

/// Calls what(x, y) for the guide's pixels within radius of a segment.
template <typename What>
void alongSegment(const ColorGuide &guide, QPointF a, QPointF b, double radius, const What &what)
{
    const auto first = [&](double from) {
        return std::max(0, int(std::floor(from - radius - 0.5)));
    };
    const auto last = [&](double to, int count) {
        return std::min(count - 1, int(std::ceil(to + radius - 0.5)));
    };
    const int bottom = last(std::max(a.y(), b.y()), guide.content.height());
    const int right = last(std::max(a.x(), b.x()), guide.content.width());
    for (int y = first(std::min(a.y(), b.y())); y <= bottom; ++y) {
        for (int x = first(std::min(a.x(), b.x())); x <= right; ++x) {
            if (distanceToSegment(QPointF(x + 0.5, y + 0.5), a, b) <= radius)
                what(x, y);
        }
    }
}

} // namespace

Result<ColorGuide> colorGuide(ImageSource &source, QSize picture, const Progress &progress)
{
    ColorGuide guide{picture, sizeBelow(picture, ColorGuide::longestSide)};
    // Read once, larger than the network sees it: a face in a group is small.
    const auto rgb =
        networkPicture(source, sizeBelow(picture, ColorGuide::detailedSide), progress);
    if (!rgb)
        return fail(rgb.error());
    takeIn(*rgb, guide);
    guide.faces = facesIn(guide);
    return guide;
}

void setSubject(ColorGuide &guide, const Planes &subject)
{
    guide.subject = {};
    if (subject.channels == 0)
        return;
    cv::Mat small;
    cv::resize(toMat(subject, 0), small, {guide.content.width(), guide.content.height()}, 0, 0,
               cv::INTER_AREA);
    cv::Mat all;
    cv::copyMakeBorder(small, all, 0, guide.luminance.height - small.rows, 0,
                       guide.luminance.width - small.cols, cv::BORDER_REPLICATE);
    guide.subject = Planes(1, all.cols, all.rows);
    copyFromMat(all, guide.subject, 0);
    for (float &value : guide.subject.values)
        value = std::clamp((value - SurelyNot) / (Surely - SurelyNot), 0.0F, 1.0F);
}

Chroma chromaOver(QRgb color, float luminance)
{
    const float red = float(qRed(color)) / 255;
    const float green = float(qGreen(color)) / 255;
    const float blue = float(qBlue(color)) / 255;
    const float own = 0.3F * red + 0.59F * green + 0.11F * blue;
    const float low = std::min({red, green, blue}) - own + luminance;
    const float high = std::max({red, green, blue}) - own + luminance;
    // A colour spans at most the whole range, so that it never leaves it on both sides.
    float scale = 1;
    if (low < 0)
        scale = luminance / (luminance - low);
    else if (high > 1)
        scale = (1 - luminance) / (high - luminance);
    return {scale * (blue - own), scale * (red - own)};
}

Planes hintPlanes(const ColorGuide &guide, const ColorHints &hints)
{
    Planes planes(Planar, guide.luminance.width, guide.luminance.height);
    const double scale = std::sqrt(guide.scaleX() * guide.scaleY());
    for (const ColorHint::Kind kind :
         {ColorHint::Kind::Stroke, ColorHint::Kind::Point, ColorHint::Kind::KeepGrey}) {
        const bool isGrey = kind == ColorHint::Kind::KeepGrey;
        for (const ColorHint &hint : hints.all) {
            if (hint.kind != kind || hint.hidden || !hint.region.isEmpty())
                continue;
            const auto set = [&](int x, int y) {
                const Chroma chroma =
                    isGrey ? Chroma() : chromaOver(hint.color, guide.luminance.row(0, y)[x]);
                planes.row(0, y)[x] = chroma.u;
                planes.row(1, y)[x] = chroma.v;
                planes.row(2, y)[x] = isGrey ? 0 : 1;
                planes.row(3, y)[x] = isGrey ? 1 : 0;
            };
            const double radius = std::max(hint.radius * scale, SmallestRadius);
            for (qsizetype i = 0; i < hint.path.size(); ++i) {
                const auto small = [&](QPointF p) {
                    return QPointF(p.x() * guide.scaleX(), p.y() * guide.scaleY());
                };
                const QPointF from = small(hint.path[std::max<qsizetype>(i - 1, 0)]);
                const QPointF to = small(hint.path[i]);
                const float sides[] = {subjectAt(guide, from), subjectAt(guide, to)};
                alongSegment(guide, from, to, radius, [&](int x, int y) {
                    const QPointF pixel(x + 0.5, y + 0.5);
                    const float side = subjectAt(guide, pixel);
                    if (std::min(std::abs(side - sides[0]), std::abs(side - sides[1])) <= Across ||
                        distanceToSegment(pixel, from, to) <= SmallestRadius)
                        set(x, y);
                });
            }
        }
    }
    return planes;
}

} // namespace heirloom
