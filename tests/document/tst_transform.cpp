// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/transform.h"

#include <QtTest>

#include <random>

using namespace heirloom;

class TestTransform : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kindsAreRecognised()
    {
        using Kind = Transform::Kind;
        QCOMPARE(Transform().kind(), Kind::Identity);
        QCOMPARE(Transform::translation(3, -4).kind(), Kind::Shift);
        QCOMPARE(Transform::translation(0.5, 0).kind(), Kind::Scale);
        QCOMPARE(Transform::scaling(4, 4).kind(), Kind::Scale);
        QCOMPARE(Transform::quarterTurns(1, {30, 20}).kind(), Kind::Orthogonal);
        QCOMPARE(Transform::mirroredHorizontally({30, 20}).kind(), Kind::Orthogonal);
        QCOMPARE(Transform::rotation(1, {5, 5}).kind(), Kind::Affine);
        const auto square = Transform::fromQTransform(QTransform(1, 0, 0.001, 0, 1, 0, 0, 0, 1));
        QVERIFY(square);
        QCOMPARE(square->kind(), Kind::Projective);
    }

    void whatCannotBeInvertedIsNoTransform()
    {
        QVERIFY(!Transform::fromQTransform(QTransform(1, 2, 2, 4, 0, 0)));
        QVERIFY(!Transform::fromQTransform(QTransform::fromScale(0, 1)));
        QVERIFY(!Transform::fromQTransform(QTransform(qQNaN(), 0, 0, 1, 0, 0)));
    }

    void fourQuarterTurnsAreNone()
    {
        for (const QSize size : {QSize(30, 20), QSize(7, 9)}) {
            Transform map;
            QSize now = size;
            for (int i = 0; i < 4; ++i) {
                map = map.then(Transform::quarterTurns(1, now));
                now.transpose();
                QCOMPARE(map.mapBounds(QRect(QPoint(0, 0), size)), QRect(QPoint(0, 0), now));
                QVERIFY(map.isExact());
            }
            QCOMPARE(map.kind(), Transform::Kind::Identity);
            QVERIFY(Transform::quarterTurns(2, size) ==
                    Transform::quarterTurns(1, size).then(
                        Transform::quarterTurns(1, size.transposed())));
            QVERIFY(Transform::quarterTurns(-1, size) == Transform::quarterTurns(3, size));
        }
        // Clockwise: the top left pixel goes to the top right.
        QCOMPARE(Transform::quarterTurns(1, {30, 20}).map(QPointF(0.5, 0.5)), QPointF(19.5, 0.5));
    }

    void mirrorsUndoThemselves()
    {
        const QSize size(31, 17);
        for (const Transform &mirror :
             {Transform::mirroredHorizontally(size), Transform::mirroredVertically(size)}) {
            QCOMPARE(mirror.then(mirror).kind(), Transform::Kind::Identity);
            QCOMPARE(mirror.mapBounds(QRect(QPoint(0, 0), size)), QRect(QPoint(0, 0), size));
        }
    }

    void inverseUndoesAndThenComposes()
    {
        std::mt19937 random(1);
        std::uniform_real_distribution<double> value(-2, 2);
        for (int i = 0; i < 200; ++i) {
            const auto a = Transform::fromQTransform(QTransform(
                value(random), value(random), value(random), value(random), value(random) * 50, 9));
            const auto b = Transform::fromQTransform(QTransform(
                value(random), value(random), value(random), value(random), 3, value(random)));
            if (!a || !b || std::abs(a->toQTransform().determinant()) < 0.05)
                continue;
            const QPointF p(value(random) * 100, value(random) * 100);
            const QPointF back = a->inverted().map(a->map(p));
            QVERIFY(QLineF(back, p).length() < 1e-6);
            QVERIFY(QLineF(a->then(*b).map(p), b->map(a->map(p))).length() < 1e-6);
        }
    }

    void boundsOfWholeScalesAreWhole()
    {
        for (int from = 1; from < 300; from += 7) {
            for (const int to : {from * 2, from * 4, from * 3 + 1, from / 2 + 1}) {
                const Transform scale = Transform::scaling(QSize(from, from), QSize(to, to));
                QCOMPARE(scale.mapBounds(QRect(0, 0, from, from)), QRect(0, 0, to, to));
            }
        }
    }

    void scalesAreLengths()
    {
        const Transform t = Transform::scaling(2, 3).then(Transform::rotation(33, {9, 9}));
        QVERIFY(std::abs(t.scaleX() - 2) < 1e-9);
        QVERIFY(std::abs(t.scaleY() - 3) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(TestTransform)
#include "tst_transform.moc"
