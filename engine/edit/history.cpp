// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/history.h"

#include "edit/statecommand.h"

#include <QCoreApplication>

#include <algorithm>

namespace heirloom
{

History::History(QObject *parent)
    : QObject(parent)
{
    connect(&m_stack, &QUndoStack::indexChanged, this, [this] {
        if (!m_document)
            return;
        m_sealed = true; // what comes after going back is never part of an earlier drag
        Q_EMIT changed();
        Q_EMIT recorded();
    });
}

History::~History()
{
    m_document = nullptr;
}

void History::begin(Document *document, const QString &text)
{
    m_document = nullptr;
    m_finish = nullptr;
    m_stack.clear();
    m_snapshots.clear();
    m_pending.clear();
    m_document = document;
    m_start = document ? document->snapshot() : Snapshot{};
    m_startText = text;
    m_sealed = true;
    Q_EMIT changed();
    Q_EMIT snapshotsChanged();
}

void History::begin(Document *document, const std::vector<Step> &steps, int index)
{
    document->restore(steps.front().state);
    begin(document, steps.front().text);
    m_document = nullptr; // nobody is told of what is not new
    for (size_t i = 1; i < steps.size(); ++i) {
        m_stack.push(
            new StateCommand(*document, steps[i - 1].state, steps[i].state, steps[i].text));
    }
    m_stack.setIndex(index);
    m_stack.resetClean();
    document->restore(steps[size_t(index)].state);
    m_document = document;
    Q_EMIT changed();
}

void History::setPending(const QSet<int> &states)
{
    if (m_pending == states)
        return;
    m_pending = states;
    Q_EMIT pendingChanged();
}

void History::record(const QString &text, const Snapshot &before, CommandId id, LayerId layer)
{
    const Snapshot after = m_document->snapshot();
    if (before.sameState(after))
        return;
    const int step = index();
    m_stack.push(new StateCommand(*m_document, before, after, text, id, layer, m_sealed));
    // A drag that came back to where it began is no step any more; what follows is not part of the
    // step before it.
    m_sealed = index() < step;
}

void History::seal()
{
    m_sealed = true;
}

void History::open(std::function<void()> finish)
{
    settle();
    m_finish = std::move(finish);
}

void History::settle()
{
    if (const auto finish = std::exchange(m_finish, nullptr))
        finish();
}

QString History::text(int i) const
{
    return i == 0 ? m_startText : m_stack.text(i - 1);
}

const Snapshot &History::state(int i) const
{
    return i == 0 ? m_start : static_cast<const StateCommand *>(m_stack.command(i - 1))->after();
}

void History::jumpTo(int i)
{
    settle();
    m_stack.setIndex(i);
}

namespace
{

/// The bytes of one tile; those of one colour cost nothing.
qint64 tileBytes(const TiledBuffer &pixels, QPoint tile)
{
    return pixels.constantPixel(tile)
               ? 0
               : qint64(TileSize) * TileSize * pixels.format().bytesPerPixel();
}

/// Some layer or mask or the selection of the state has this very tile in the same place.
bool holds(const Snapshot &state, const TiledBuffer &pixels, QPoint tile)
{
    const auto has = [&](const TiledBuffer &other) {
        return other.size() == pixels.size() && other.format() == pixels.format() &&
               other.sharesTileWith(pixels, tile);
    };
    return has(state.selection.pixels) ||
           std::any_of(state.stack.begin(), state.stack.end(), [&](const Layer &layer) {
               return has(layer.pixels) || has(layer.mask.pixels);
           });
}

} // namespace

qint64 History::bytes() const
{
    qint64 total = 0;
    // Each state from the present one outwards: what its neighbour on the way has not, and none of
    // those between has either.
    const auto cost = [&](int i, int towards) {
        const auto of = [&](const TiledBuffer &pixels, const TiledBuffer &other) {
            if (pixels.isNull())
                return;
            for (const QPoint tile : pixels.changedTiles(other)) {
                const qint64 bytes = tileBytes(pixels, tile);
                bool isNew = bytes > 0;
                for (int k = i + towards; isNew; k += towards) {
                    isNew = !holds(state(k), pixels, tile);
                    if (k == index())
                        break;
                }
                total += isNew ? bytes : 0;
            }
        };
        for (const Layer &layer : state(i).stack) {
            const Layer *neighbour = state(i + towards).stack.find(layer.id);
            of(layer.pixels, neighbour ? neighbour->pixels : TiledBuffer());
            of(layer.mask.pixels, neighbour ? neighbour->mask.pixels : TiledBuffer());
        }
        of(state(i).selection.pixels, state(i + towards).selection.pixels);
    };
    for (int i = index() - 1; i >= 0; --i)
        cost(i, 1);
    for (int i = index() + 1; i <= count(); ++i)
        cost(i, -1);
    return total;
}

void History::addSnapshot(const QString &name)
{
    settle();
    m_snapshots.push_back(m_document->snapshot(name));
    Q_EMIT snapshotsChanged();
}

void History::renameSnapshot(int i, const QString &name)
{
    m_snapshots[size_t(i)].name = name;
    Q_EMIT snapshotsChanged();
}

void History::removeSnapshot(int i)
{
    m_snapshots.erase(m_snapshots.begin() + i);
    Q_EMIT snapshotsChanged();
}

void History::restoreSnapshot(int i)
{
    settle();
    const Snapshot before = m_document->snapshot();
    const Snapshot &target = m_snapshots[size_t(i)];
    m_document->restore(target);
    record(QCoreApplication::translate("heirloom::History", "Back to \"%1\"").arg(target.name),
           before);
}

void History::setSnapshots(std::vector<Snapshot> snapshots)
{
    m_snapshots = std::move(snapshots);
    Q_EMIT snapshotsChanged();
}

} // namespace heirloom
