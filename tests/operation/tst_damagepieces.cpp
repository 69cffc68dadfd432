// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/damagepieces.h"
#include "operation/damagedpicture.h"
#include "inference/modelpack.h"

#include <QtTest>

#include <set>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Gray8{Channels::Gray, Depth::U8}, Rgba8{Channels::Rgba, Depth::U8};
constexpr QSize size(320, 240);

Image nothing()
{
    Image map(size, Gray8);
    map.fill(0);
    return map;
}

void mark(Image &map, const QRect &r, int confidence)
{
    for (int y = r.top(); y <= r.bottom(); ++y)
        std::fill_n(map.samples<quint8>(y) + r.left(), r.width(), quint8(confidence));
}

/// A white scratch from top to bottom, three pixels wide, and what a network would say of it.
Image scratchedPicture()
{
    return scratched(calm(size, Rgba8), 100, 0.1, 1.2);
}
Image scratchMap(int confidence)
{
    Image map = nothing();
    for (int y = 0; y < size.height(); ++y)
        mark(map, {int(std::lround(100 + 0.1 * y)) - 1, y, 3, 1}, confidence);
    return map;
}

/// The sureness of the piece at a place.
int sureness(const Image &map, const Image &picture, QPoint at)
{
    return judgedPieces(map, picture)->constSamples<quint8>(at.y())[at.x()];
}

const QPoint onTheScratch(110, 100);

} // namespace

class TestDamagePieces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheCommittedSegmenter()
    {
        const auto pack = ModelPack::read(QStringLiteral(HEIRLOOM_PACKS "/scratch-segmenter"));
        QVERIFY(pack);
        QVERIFY2(canJudgePieces(*pack), "train_damage_pieces.py has to be run again");
        ModelPack other = *pack;
        other.sha256[0] = other.sha256[0] == 'a' ? 'b' : 'a';
        QVERIFY(!canJudgePieces(other));
    }

    void nothingStaysNothing()
    {
        const auto judged = judgedPieces(nothing(), calm(size, Rgba8));
        QVERIFY(judged);
        QVERIFY(*judged == nothing());
    }

    void everyPieceHasOneLimitAndTheRestIsNothing()
    {
        Image map = scratchMap(200);
        mark(map, {200, 50, 6, 6}, 230);
        mark(map, {202, 52, 2, 2}, 64); // less sure inside: still one piece
        mark(map, {250, 200, 3, 1}, 255); // too small to judge
        mark(map, {20, 20, 30, 30}, 63); // not even possible
        const auto judged = judgedPieces(map, scratchedPicture());
        QVERIFY(judged);
        std::set<int> spot; // of what is surer than its piece
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                const int sure = judged->constSamples<quint8>(y)[x];
                QVERIFY(sure <= map.constSamples<quint8>(y)[x]);
                if (QRect(202, 52, 2, 2).contains(x, y))
                    QVERIFY(sure > 0);
                else if (QRect(200, 50, 6, 6).contains(x, y))
                    spot.insert(sure);
                else if (map.constSamples<quint8>(y)[x] != 200)
                    QCOMPARE(sure, 0);
            }
        }
        QCOMPARE(int(spot.size()), 1);
        QVERIFY(*judged == *judgedPieces(map, scratchedPicture()));
    }

    void aClearScratchIsSurerThanTheSamePlacesWithoutOne()
    {
        const int real = sureness(scratchMap(230), scratchedPicture(), onTheScratch);
        const int none = sureness(scratchMap(90), calm(size, Rgba8), onTheScratch);
        QVERIFY2(real >= 200, qPrintable(QString::number(real)));
        QVERIFY2(none < 204, // the usual threshold
                 qPrintable(QString::number(none)));
    }

    void whatIsTakenForDamageEverywhereIsLessSure()
    {
        // Something finely patterned: hundreds of short pieces, taken for damage with some doubt,
        // beside the one that is asked about.
        constexpr int doubtful = 200;
        Image picture = calm(size, Rgba8), map = nothing();
        const QRect one(100, 100, 14, 2);
        const auto lighten = [&](const QRect &r) {
            for (int y = r.top(); y <= r.bottom(); ++y)
                std::fill_n(picture.samples<quint8>(y) + 4 * r.left(), 4 * r.width(), quint8(245));
        };
        lighten(one);
        mark(map, one, doubtful);
        const int alone = sureness(map, picture, one.center());
        for (int y = 4; y < size.height() - 4; y += 8) {
            for (int x = 4; x < size.width() - 20; x += 20) {
                const QRect other(x, y, 14, 2);
                if (other.adjusted(-2, -2, 2, 2).intersects(one))
                    continue;
                lighten(other);
                mark(map, other, doubtful);
            }
        }
        const int amongMany = sureness(map, picture, one.center());
        QVERIFY2(amongMany + 8 < alone, qPrintable(QStringLiteral("%1 %2").arg(alone).arg(amongMany)));
    }

    void piecesAtTheRimAndOverTheWholePictureAreJudged()
    {
        Image map = nothing();
        mark(map, {0, 0, size.width(), 3}, 200);
        mark(map, {0, 10, 2, size.height() - 10}, 200);
        QVERIFY(judgedPieces(map, scratchedPicture()));
        mark(map, {{0, 0}, size}, 255); // nothing lies around it
        QVERIFY(judgedPieces(map, scratchedPicture()));
    }

    void aStopEndsIt()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto judged =
            judgedPieces(scratchMap(200), scratchedPicture(), Progress(stop.get_token(), {}));
        QVERIFY(!judged);
        QVERIFY(judged.error().isCancelled());
    }
};

QTEST_GUILESS_MAIN(TestDamagePieces)
#include "tst_damagepieces.moc"
