// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/layerstack.h"

#include <QtTest>

#include <random>

using namespace heirloom;

namespace
{

Layer named(quint64 id, LayerKind kind = LayerKind::Pixel)
{
    Layer layer;
    layer.id = LayerId(id);
    layer.kind = kind;
    return layer;
}

std::vector<quint64> order(const LayerStack &stack)
{
    std::vector<quint64> ids;
    for (const Layer &layer : stack)
        ids.push_back(layer.id.value());
    return ids;
}

} // namespace

class TestLayerStack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behavesLikeAList()
    {
        std::mt19937 random(1);
        auto number = [&](size_t below) { return int(random() % std::max<size_t>(1, below)); };
        LayerStack stack;
        std::vector<quint64> plain;
        quint64 next = 0;
        for (int step = 0; step < 500; ++step) {
            switch (plain.size() < 2 ? 0 : number(3)) {
            case 0: {
                const int at = number(plain.size() + 1);
                stack.insert(at, named(++next));
                plain.insert(plain.begin() + at, next);
                break;
            }
            case 1: {
                const int at = number(plain.size());
                QCOMPARE(stack.take(at).id.value(), plain[size_t(at)]);
                plain.erase(plain.begin() + at);
                break;
            }
            default: {
                const int from = number(plain.size()), to = number(plain.size());
                stack.move(from, to);
                const quint64 id = plain[size_t(from)];
                plain.erase(plain.begin() + from);
                plain.insert(plain.begin() + to, id);
                break;
            }
            }
            QCOMPARE(order(stack), plain);
            for (int i = 0; i < stack.count(); ++i)
                QCOMPARE(stack.indexOf(LayerId(plain[size_t(i)])), i);
        }
        QCOMPARE(stack.indexOf(LayerId(99999)), -1);
        QVERIFY(!stack.find(LayerId(99999)));
    }

    void originalIsFoundWhereverItLies()
    {
        LayerStack stack;
        QVERIFY(!stack.original());
        stack.insert(0, named(1));
        Layer original = named(2, LayerKind::Original);
        original.opacity = 0.3;
        original.visible = false;
        stack.insert(1, original);
        QCOMPARE(stack.original()->id, LayerId(2));
        const LayerStack before = stack.originalOnly();
        QCOMPARE(before.count(), 1);
        QVERIFY(before.at(0).visible);
        QCOMPARE(before.at(0).opacity, 1.0);
        QCOMPARE(stack.below(1).count(), 1);
        QCOMPARE(stack.below(1).at(0).id, LayerId(1));
    }
};

QTEST_APPLESS_MAIN(TestLayerStack)
#include "tst_layerstack.moc"
