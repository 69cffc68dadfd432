// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"
#include "document/layers.h"

#include <QtTest>

using namespace heirloom;

namespace
{

const PixelFormat rgb{Channels::Rgb, Depth::U8};

std::unique_ptr<Document> newDocument(std::mt19937 &random, QSize size = {300, 200})
{
    return Document::fromOriginal(
        TiledBuffer::fromImage(randomImage(size, rgb, random), newStore()), ColorProfile::sRgb(),
        {300, 300});
}

} // namespace

/// Document and Snapshot.
class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheLockedOriginal()
    {
        std::mt19937 random(1);
        const auto document = newDocument(random);
        QCOMPARE(document->stack().count(), 1);
        QCOMPARE(document->stack().at(0).kind, LayerKind::Original);
        QVERIFY(document->stack().at(0).locked);
        QCOMPARE(document->canvas().size, QSize(300, 200));
        QCOMPARE(document->activeLayer(), document->stack().at(0).id);
    }

    void changesTellTheirRegion()
    {
        std::mt19937 random(2);
        const auto document = newDocument(random);
        Layer layer = layerOf(0, randomImage({40, 30}, rgb, random), document->store());
        layer.transform = Transform::translation(100, 50);
        QSignalSpy content(document.get(), &Document::contentChanged);
        QSignalSpy stack(document.get(), &Document::stackChanged);
        const LayerId id = document->insertLayer(1, layer);
        QCOMPARE(content.takeFirst().at(0).toRect(), QRect(100, 50, 40, 30));
        QCOMPARE(stack.count(), 1);

        QSignalSpy one(document.get(), &Document::layerChanged);
        document->setName(id, QStringLiteral("dust"));
        QCOMPARE(one.count(), 1);
        QCOMPARE(content.count(), 0);
        document->setOpacity(id, 0.5);
        QCOMPARE(content.takeFirst().at(0).toRect(), QRect(100, 50, 40, 30));
        // Nothing changed, nothing told.
        const quint64 revision = document->revision();
        document->setOpacity(id, 0.5);
        document->setVisible(id, true);
        document->setOpacity(LayerId(99), 0.1);
        QCOMPARE(document->revision(), revision);
        QCOMPARE(one.count(), 2);
        document->setTransform(id, Transform::translation(280, 190));
        QCOMPARE(content.takeFirst().at(0).toRect(), QRect(100, 50, 200, 150));
    }

    void snapshotsShareAllPixels()
    {
        std::mt19937 random(3);
        const auto document = newDocument(random, {1000, 700});
        const qint64 bytes = document->store()->usage().residentBytes;
        std::vector<Snapshot> many(100, document->snapshot());
        QCOMPARE(document->store()->usage().residentBytes, bytes);
        QVERIFY(many[5].sameState(document->snapshot()));

        // Only what is written afterwards costs memory, and the snapshot keeps its pixels.
        const Image before = many[0].stack.at(0).pixels.toImage();
        TiledBuffer pixels = document->stack().at(0).pixels;
        pixels.write({10, 10}, randomImage({5, 5}, rgb, random));
        document->setPixels(document->activeLayer(), pixels);
        QCOMPARE(document->store()->usage().residentBytes, bytes + TileSize * TileSize * 3);
        QCOMPARE(many[0].stack.at(0).pixels.toImage(), before);
        QVERIFY(!many[0].sameState(document->snapshot()));
    }

    /// Random edits; going back through all snapshots and forward again gives each state and its
    /// fingerprint bit by bit.
    void restoreGoesBackAndForth()
    {
        std::mt19937 random(4);
        auto number = [&](int below) { return int(random() % quint32(below)); };
        const auto document = newDocument(random);
        auto fingerprint = [&] {
            return fingerprintBelow(document->canvas(), document->stack(),
                                    document->stack().count());
        };
        std::vector<Snapshot> states{document->snapshot()};
        std::vector<Fingerprint> prints{fingerprint()};
        for (int step = 0; step < 60; ++step) {
            const LayerId id = document->stack().at(number(document->stack().count())).id;
            switch (number(7)) {
            case 0:
                document->insertLayer(
                    number(3), layerOf(0, randomImage({60, 50}, rgb, random), document->store()));
                break;
            case 1:
                document->setOpacity(id, number(10) / 9.0);
                break;
            case 2:
                document->restore(
                    document->snapshot().scaledTo({100 + number(300), 100 + number(300)}));
                break;
            case 3:
                document->setMask(id, Mask::uniform(document->canvas().size, quint8(number(256)),
                                                    document->store()));
                break;
            case 4: {
                TiledBuffer pixels = document->layer(id)->pixels;
                pixels.write({number(50), number(40)}, randomImage({9, 9}, rgb, random));
                document->setPixels(id, pixels);
                break;
            }
            case 5:
                document->moveLayer(id, number(document->stack().count()));
                break;
            default:
                if (document->stack().count() > 2)
                    (void)document->takeLayer(id);
                break;
            }
            states.push_back(document->snapshot());
            prints.push_back(fingerprint());
        }
        for (int round = 0; round < 2; ++round) {
            for (size_t i = states.size(); i-- > 0;) {
                document->restore(states[i]);
                QVERIFY(document->snapshot().sameState(states[i]));
                QCOMPARE(fingerprint(), prints[i]);
            }
            for (size_t i = 0; i < states.size(); ++i) {
                document->restore(states[i]);
                QVERIFY(document->snapshot().sameState(states[i]));
                QCOMPARE(fingerprint(), prints[i]);
            }
        }
    }

    void redoKeepsIdsAndNewLayersGetNewOnes()
    {
        std::mt19937 random(5);
        const auto document = newDocument(random);
        const LayerId id = document->insertLayer(
            1, layerOf(0, randomImage({5, 5}, rgb, random), document->store()));
        const Layer taken = document->takeLayer(id);
        QCOMPARE(document->insertLayer(1, taken), id);
        const LayerId other = document->insertLayer(1, taken); // a duplicate
        QVERIFY(other != id);
    }

    void scaledCanvasCarriesEverything()
    {
        std::mt19937 random(6);
        const auto document = newDocument(random);
        document->setMask(document->activeLayer(),
                          Mask::uniform({300, 200}, 100, document->store()));
        const Snapshot large = document->snapshot().scaledTo({1200, 800});
        QCOMPARE(large.canvas.resolution.x, 1200.0);
        QCOMPARE(large.stack.at(0).bounds(), QRect(0, 0, 1200, 800));
        QVERIFY(large.stack.at(0).pixels.sharesAllTilesWith(document->stack().at(0).pixels));
        QCOMPARE(large.stack.at(0).mask.transform.mapBounds(QRect(0, 0, 300, 200)),
                 QRect(0, 0, 1200, 800));
        const Snapshot back = large.scaledTo({300, 200});
        QCOMPARE(back.stack.at(0).transform.kind(), Transform::Kind::Identity);
    }
};

QTEST_APPLESS_MAIN(TestDocument)
#include "tst_document.moc"
