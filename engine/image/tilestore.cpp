// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/tilestore.h"

#include "core/log.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>

namespace heirloom
{

namespace
{

constexpr int compressionLevel = 1;

/// Spilled pixels that cannot be read back are a fault nobody can repair here: stop the operation
/// (workers catch std::exception) instead of showing wrong pixels.
[[noreturn]] void lostPixels(const QString &reason)
{
    qCCritical(logEngine) << "tile cannot be read back:" << reason;
    throw std::bad_alloc();
}

quint64 mixed(quint64 state, quint64 word)
{
    state = (state ^ word) * 0x9E3779B97F4A7C15ULL;
    return state ^ std::rotr(state, 29);
}

/// Four independent lanes, so that the multiplications overlap; folded into two words.
Tile::Hash hashedRows(const std::byte *data, qsizetype stride, qsizetype bytes, int rows)
{
    quint64 lanes[4] = {0x243F6A8885A308D3ULL, 0x13198A2E03707344ULL, 0xA4093822299F31D0ULL,
                        0x082EFA98EC4E6C89ULL};
    for (int y = 0; y < rows; ++y) {
        const std::byte *row = data + stride * y;
        qsizetype i = 0;
        for (; i + 32 <= bytes; i += 32) {
            quint64 words[4];
            std::memcpy(words, row + i, 32);
            for (int k = 0; k < 4; ++k)
                lanes[k] = mixed(lanes[k], words[k]);
        }
        quint64 tail[4] = {};
        std::memcpy(tail, row + i, size_t(bytes - i));
        for (int k = 0; k < 4; ++k)
            lanes[k] = mixed(lanes[k], tail[k] + quint64(bytes));
    }
    const quint64 a = mixed(mixed(lanes[0], lanes[1]), mixed(lanes[2], lanes[3]));
    const quint64 b = mixed(mixed(lanes[3], lanes[0] + 1), mixed(lanes[1], lanes[2] + 2));
    return {a, b};
}

std::shared_ptr<std::byte[]> newBlock(qsizetype bytes)
{
    return std::make_shared_for_overwrite<std::byte[]>(size_t(bytes));
}

} // namespace

// ---- Tile

Tile::Tile(std::shared_ptr<TileStore> store, int bytesPerPixel, const Pixel &pixel)
    : m_store(std::move(store))
    , m_bytesPerPixel(bytesPerPixel)
    , m_pixel(pixel)
    , m_isConstant(true)
{
}

std::shared_ptr<Tile> Tile::uninitialised(const std::shared_ptr<TileStore> &store,
                                          int bytesPerPixel)
{
    auto tile = std::make_shared<Tile>(store, bytesPerPixel, Pixel{});
    tile->m_isConstant = false;
    tile->m_lastUse = store->tick();
    tile->m_data = newBlock(tile->byteCount());
    store->enter(tile.get(), tile->byteCount());
    store->makeRoom(tile.get());
    return tile;
}

Tile::~Tile()
{
    if (m_data)
        m_store->leave(this, byteCount());
    m_store->m_packedBytes -= qint64(m_packed.size());
    m_store->m_spill.release(m_extent);
}

bool Tile::isResident() const
{
    const std::scoped_lock lock(m_mutex);
    return bool(m_data);
}

bool Tile::isSpilled() const
{
    const std::scoped_lock lock(m_mutex);
    return !m_data && m_extent.length > 0;
}

std::shared_ptr<std::byte[]> Tile::loaded() const
{
    // With m_mutex held.
    if (m_data)
        return m_data;
    auto data = newBlock(byteCount());
    if (m_isConstant) {
        for (qsizetype i = 0; i < byteCount(); i += m_bytesPerPixel)
            std::memcpy(data.get() + i, m_pixel.data(), size_t(m_bytesPerPixel));
        return data; // the reader's alone
    }
    std::vector<std::byte> packed = m_packed;
    if (packed.empty()) {
        packed.resize(size_t(m_extent.length));
        if (auto read = m_store->m_spill.read(m_extent, packed); !read)
            lostPixels(read.error().arguments.join(QLatin1Char(' ')));
    }
    const size_t size =
        ZSTD_decompress(data.get(), size_t(byteCount()), packed.data(), packed.size());
    if (ZSTD_isError(size) || qsizetype(size) != byteCount())
        lostPixels(QStringLiteral("damaged"));
    m_data = data;
    m_store->enter(const_cast<Tile *>(this), byteCount());
    m_store->m_packedBytes -= qint64(m_packed.size());
    m_packed = {};
    return data;
}

std::shared_ptr<std::byte[]> Tile::pinned(std::shared_ptr<std::byte[]> data) const
{
    // With m_mutex held, so that evict() sees either the pin or no reader.
    m_pins->fetch_add(1, std::memory_order_acq_rel);
    std::byte *const bytes = data.get();
    return std::shared_ptr<std::byte[]>(
        bytes, [data = std::move(data), pins = m_pins](std::byte *) mutable {
            data.reset();
            pins->fetch_sub(1, std::memory_order_acq_rel);
        });
}

std::shared_ptr<const std::byte[]> Tile::read() const
{
    m_lastUse = m_store->tick();
    std::shared_ptr<const std::byte[]> data;
    bool entered = false;
    {
        const std::scoped_lock lock(m_mutex);
        entered = !m_data && !m_isConstant;
        data = pinned(loaded());
    }
    if (entered)
        m_store->makeRoom(this);
    return data;
}

std::shared_ptr<std::byte[]> Tile::write()
{
    m_lastUse = m_store->tick();
    std::shared_ptr<std::byte[]> data;
    bool entered = false;
    {
        const std::scoped_lock lock(m_mutex);
        entered = !m_data;
        auto own = loaded();
        if (m_isConstant) {
            m_isConstant = false;
            m_data = own;
            m_store->enter(this, byteCount());
        }
        data = pinned(std::move(own));
        // The copy on disk and the hash are of the pixels before.
        m_store->m_spill.release(m_extent);
        m_extent = {};
        m_hashWidth = m_hashHeight = 0;
    }
    if (entered)
        m_store->makeRoom(this);
    return data;
}

std::shared_ptr<Tile> Tile::clone() const
{
    if (m_isConstant)
        return std::make_shared<Tile>(m_store, m_bytesPerPixel, m_pixel);
    const auto pixels = read();
    auto copy = uninitialised(m_store, m_bytesPerPixel);
    std::memcpy(copy->write().get(), pixels.get(), size_t(byteCount()));
    return copy;
}

Tile::Hash Tile::hash(int width, int height) const
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_hashWidth == width && m_hashHeight == height)
            return m_hash;
    }
    const auto pixels = read();
    const Hash hash = hashedRows(pixels.get(), qsizetype(TileSize) * m_bytesPerPixel,
                                 qsizetype(width) * m_bytesPerPixel, height);
    const std::scoped_lock lock(m_mutex);
    m_hash = hash;
    m_hashWidth = width;
    m_hashHeight = height;
    return hash;
}

qint64 Tile::evict()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_data || m_pins->load(std::memory_order_acquire) > 0)
        return 0;
    if (m_extent.length == 0) {
        std::vector<std::byte> packed(ZSTD_compressBound(size_t(byteCount())));
        const size_t size = ZSTD_compress(packed.data(), packed.size(), m_data.get(),
                                          size_t(byteCount()), compressionLevel);
        if (ZSTD_isError(size))
            return 0;
        packed.resize(size);
        if (auto extent = m_store->m_spill.write(packed)) {
            m_extent = *extent;
        } else {
            if (!m_store->m_diskRefused.exchange(true))
                qCWarning(logEngine) << "tiles stay in memory:" << extent.error().arguments;
            if (qsizetype(size) >= byteCount())
                return 0;
            packed.shrink_to_fit();
            m_packed = std::move(packed);
            m_store->m_packedBytes += qint64(size);
        }
    }
    m_data.reset();
    m_store->leave(this, byteCount());
    return byteCount();
}

// ---- TileStore

std::shared_ptr<TileStore> TileStore::create(qint64 budgetBytes, const QString &spillFolder)
{
    return std::shared_ptr<TileStore>(new TileStore(budgetBytes, spillFolder));
}

TileStore::TileStore(qint64 budgetBytes, const QString &spillFolder)
    : m_budget(budgetBytes)
    , m_spill(spillFolder)
{
}

TileStore::~TileStore() = default;

void TileStore::setBudget(qint64 bytes)
{
    m_budget = bytes;
    makeRoom(nullptr);
}

TileStore::Usage TileStore::usage() const
{
    const std::scoped_lock lock(m_mutex);
    return {m_residentBytes, m_packedBytes, m_spill.usedBytes(), int(m_resident.size()),
            m_diskRefused};
}

void TileStore::enter(Tile *tile, qint64 bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_resident.insert(tile);
    m_residentBytes += bytes;
}

void TileStore::leave(Tile *tile, qint64 bytes)
{
    const std::scoped_lock lock(m_mutex);
    if (m_resident.erase(tile))
        m_residentBytes -= bytes;
}

void TileStore::makeRoom(const Tile *keep)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_residentBytes <= m_budget)
            return;
    }
    // One thread evicts at a time; the others would choose the same tiles.
    const std::unique_lock evicting(m_evicting, std::try_to_lock);
    if (!evicting.owns_lock())
        return;

    // A few more than needed, so that not every new tile looks for the coldest.
    std::vector<std::pair<quint64, std::weak_ptr<Tile>>> cold;
    qint64 excess = 0;
    {
        const std::scoped_lock lock(m_mutex);
        excess = m_residentBytes - m_budget;
        if (excess <= 0)
            return;
        excess += std::min<qint64>(m_budget / 32, 8 << 20);
        cold.reserve(m_resident.size());
        for (Tile *tile : m_resident) {
            if (tile != keep)
                cold.emplace_back(tile->m_lastUse.load(), tile->weak_from_this());
        }
    }
    std::sort(cold.begin(), cold.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &[lastUse, weak] : cold) {
        if (excess <= 0)
            break;
        if (const std::shared_ptr<Tile> tile = weak.lock())
            excess -= tile->evict();
    }
}

} // namespace heirloom
