// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/compositor.h"
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "support/testpictures.h"

#include <QtTest>

namespace heirloom::test
{

/// A document of one Original with its history and its editor, and no session around them.
struct EditStage {
    std::shared_ptr<TileStore> store =
        TileStore::create(qint64(1) << 40, QStringLiteral(HEIRLOOM_BINARY_DIR));
    std::unique_ptr<Document> document;
    History history;
    DocumentEditor edit{history};

    explicit EditStage(QSize size = {300, 270}, PixelFormat format = {Channels::Rgb, Depth::U8})
    {
        document = Document::fromOriginal(
            TiledBuffer::fromImage(photoPicture(size, format), store),
            ColorProfile::forUntagged(format), {300, 300});
        history.begin(document.get(), QStringLiteral("Open"));
    }

    /// A painted layer over the rest.
    LayerId paint(QSize size = {80, 60}, QPoint at = {30, 20}, quint32 seed = 5)
    {
        const PixelFormat format{document->canvas().format.isGray() ? Channels::GrayAlpha
                                                                    : Channels::Rgba,
                                 document->canvas().format.depth};
        const auto id = edit.addPixels(
            TiledBuffer::fromImage(photoPicture(size, format, seed), store),
            ColorProfile::forUntagged(format), Transform::translation(at.x(), at.y()),
            QStringLiteral("paint"));
        return id ? *id : LayerId();
    }
    LayerId light()
    {
        const auto id = edit.addAdjustment(
            {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.5}}},
            QStringLiteral("light"));
        return id ? *id : LayerId();
    }
    const Layer &layer(LayerId id) const { return *document->layer(id); }
    Snapshot now() const { return document->snapshot(); }

    Image picture() const { return pictureOf(now()); }
    Image pictureOf(const Snapshot &snapshot) const
    {
        Compositor compositor(
            TileStore::create(qint64(1) << 40, QStringLiteral(HEIRLOOM_BINARY_DIR)));
        compositor.setState(snapshot);
        return compositor.render(snapshot.canvas.rect());
    }
    qint64 bytes() const { return store->usage().residentBytes; }
};

/// The code of a refusal; nothing when it worked.
template <typename T>
std::optional<ErrorCode> refusal(const Result<T> &result)
{
    return result ? std::nullopt : std::optional(result.error().code);
}

} // namespace heirloom::test
