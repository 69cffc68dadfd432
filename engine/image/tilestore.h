// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/spillfile.h"

#include <QString>

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <vector>

namespace heirloom
{

class TileStore;

/// Side of every tile in pixels.
inline constexpr int TileSize = 256;

/// One tile's pixels, 256x256, shared by every TiledBuffer whose table points to it. Either one
/// constant pixel, or in memory, or compressed (on disk; in memory only when the disk refused).
/// Any number of threads may read it; write() is for the thread whose buffer is its only holder.
class Tile : public std::enable_shared_from_this<Tile>
{
public:
    using Pixel = std::array<std::byte, 16>;

    /// A tile of one colour; only the first bytesPerPixel of pixel count.
    Tile(std::shared_ptr<TileStore> store, int bytesPerPixel, const Pixel &pixel);
    /// A tile with uninitialised pixels in memory, to be written before it is shared.
    static std::shared_ptr<Tile> uninitialised(const std::shared_ptr<TileStore> &store,
                                               int bytesPerPixel);
    ~Tile();
    Tile(const Tile &) = delete;
    Tile &operator=(const Tile &) = delete;

    bool isConstant() const { return m_isConstant; }
    const Pixel &constantPixel() const { return m_pixel; }
    bool isResident() const;
    bool isSpilled() const;

    qsizetype byteCount() const { return qsizetype(TileSize) * TileSize * m_bytesPerPixel; }
    /// The pixels, brought back into memory where needed. They stay valid while the pointer lives.
    std::shared_ptr<const std::byte[]> read() const;
    /// The pixels to change; a constant tile becomes an ordinary one.
    std::shared_ptr<std::byte[]> write();
    /// A new tile with the same pixels.
    std::shared_ptr<Tile> clone() const;

    /// Two words that depend on the pixels of the top left width x height alone; kept until the
    /// next write().
    using Hash = std::array<quint64, 2>;
    Hash hash(int width, int height) const;

private:
    friend class TileStore;
    /// Compresses and drops the pixels unless somebody is using them. Returns the bytes freed.
    qint64 evict();
    std::shared_ptr<std::byte[]> loaded() const;
    std::shared_ptr<std::byte[]> pinned(std::shared_ptr<std::byte[]> data) const;

    const std::shared_ptr<TileStore> m_store;
    const int m_bytesPerPixel;
    Pixel m_pixel{};
    std::atomic<bool> m_isConstant{false};
    mutable std::atomic<quint64> m_lastUse{0};
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<std::byte[]> m_data;
    /// Pointers handed out and still alive; their release orders what was done through them before
    /// whatever finds the count at 0 (a shared_ptr's use_count orders nothing).
    const std::shared_ptr<std::atomic<int>> m_pins = std::make_shared<std::atomic<int>>(0);
    mutable SpillFile::Extent m_extent;      ///< length 0: no copy on disk
    mutable std::vector<std::byte> m_packed; ///< compressed pixels when the disk refused
    mutable Hash m_hash{};
    mutable int m_hashWidth = 0, m_hashHeight = 0; ///< 0: hash not known
};

/// The memory of all tiles of one program (or one test): counts the bytes of tiles in memory and,
/// above the budget, compresses the coldest (zstd) and spills them to a private file. Nothing is
/// ever dropped. Made by the composition root and passed to whoever makes buffers; lives as long
/// as the last tile. All functions on any thread.
class TileStore : public std::enable_shared_from_this<TileStore>
{
public:
    /// spillFolder empty: the user's cache folder, or /var/tmp where that lies in memory (tmpfs).
    static std::shared_ptr<TileStore> create(qint64 budgetBytes, const QString &spillFolder = {});
    ~TileStore();

    qint64 budget() const { return m_budget; }
    void setBudget(qint64 bytes);

    struct Usage {
        qint64 residentBytes = 0; ///< uncompressed tiles in memory
        qint64 packedBytes = 0;   ///< compressed tiles kept in memory because the disk refused
        qint64 spilledBytes = 0;  ///< compressed tiles on disk
        int residentTiles = 0;
        bool diskRefused = false; ///< spilling failed at least once (disk full, no folder)
    };
    Usage usage() const;
    const SpillFile &spillFile() const { return m_spill; }

private:
    friend class Tile;
    TileStore(qint64 budgetBytes, const QString &spillFolder);

    quint64 tick() { return ++m_clock; }
    void enter(Tile *tile, qint64 bytes);
    void leave(Tile *tile, qint64 bytes);
    /// Evicts the coldest tiles until the budget holds; the tile named stays.
    void makeRoom(const Tile *keep);

    std::atomic<qint64> m_budget;
    std::atomic<quint64> m_clock{0};
    std::atomic<qint64> m_packedBytes{0};
    std::atomic<bool> m_diskRefused{false};
    mutable std::mutex m_mutex;
    std::unordered_set<Tile *> m_resident;
    qint64 m_residentBytes = 0;
    std::mutex m_evicting;
    SpillFile m_spill;
};

} // namespace heirloom
