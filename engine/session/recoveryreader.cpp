// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recoveryreader.h"

#include "edit/sizelimits.h"
#include "session/documentcodec.h"
#include "session/pixelpacking.h"
#include "session/recoveryfile.h"
#include "session/recoverytable.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace heirloom
{

namespace
{

using S = QLatin1String;

constexpr quint64 mostStates = 1'000'000;
constexpr qsizetype digestBytes = 32;

std::vector<quint64> numbersOf(const QJsonValue &runs)
{
    std::vector<quint64> numbers;
    for (const QJsonValue &run : runs.toArray()) {
        const qint64 first = run.toArray().at(0).toInteger();
        const qint64 last = run.toArray().at(1).toInteger();
        for (qint64 i = first; i <= last && numbers.size() < mostStates; ++i)
            numbers.push_back(quint64(i));
    }
    return numbers;
}

} // namespace

/// Builds states from a journal; each tile is unpacked once, however many states share it.
class RecoveryStates
{
public:
    RecoveryStates(RecoveryReader &reader, std::shared_ptr<TileStore> store,
                   const Progress &progress)
        : m_reader(reader)
        , m_store(std::move(store))
        , m_progress(progress)
    {
        m_source.pixels = [this](const QString &key) { return pixels(key); };
        m_source.profile = [this](const QString &key) -> Result<QByteArray> {
            const auto icc = m_reader.content(RecoveryKind::Profile, key.toLatin1());
            if (!icc)
                return damaged();
            m_profiles.insert(key.toLatin1());
            return *icc;
        };
    }

    /// Errors: RecoveryDamaged, the codec's, Cancelled.
    Result<History::Step> state(quint64 number)
    {
        const auto bytes =
            m_reader.content(RecoveryKind::State, RecoveryIndex::numberKey(number));
        if (!bytes)
            return damaged();
        const QJsonObject json = QJsonDocument::fromJson(*bytes).object();
        auto state = DocumentCodec::fromJson(json[S("document")].toObject(), m_source,
                                             m_reader.summary().name);
        if (!state) {
            m_reader.m_index.remove(RecoveryKind::State, RecoveryIndex::numberKey(number));
            return fail(state.error());
        }
        return History::Step{json[S("text")].toString(), std::move(*state)};
    }

    /// Records that nobody asked for may be damaged, so nothing is built on them.
    void forgetUnread()
    {
        const auto keep = [this](RecoveryKind kind, const auto &isRead) {
            for (const QByteArray &key : m_reader.m_index.all(kind).keys()) {
                if (!isRead(key))
                    m_reader.m_index.remove(kind, key);
            }
        };
        keep(RecoveryKind::Tile, [this](const QByteArray &key) { return m_tiles.contains(key); });
        keep(RecoveryKind::Profile,
             [this](const QByteArray &key) { return m_profiles.contains(key); });
        keep(RecoveryKind::Pixels, [this](const QByteArray &key) {
            return m_pixels.contains(QString::fromLatin1(key));
        });
    }

private:
    tl::unexpected<Error> damaged() const
    {
        return fail(ErrorCode::RecoveryDamaged, {m_reader.summary().name});
    }

    Result<TiledBuffer> pixels(const QString &key)
    {
        if (const auto known = m_pixels.constFind(key); known != m_pixels.constEnd())
            return *known;
        if (m_progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const auto bytes = m_reader.content(RecoveryKind::Pixels, key.toLatin1());
        const auto table = bytes ? RecoveryTable::fromBytes(*bytes, maxCanvasPixels) : std::nullopt;
        if (!table)
            return damaged();
        TiledBuffer buffer = table->buffer(m_store);
        for (int y = 0; y < buffer.rows(); ++y) {
            for (int x = 0; x < buffer.columns(); ++x) {
                const QByteArray &tile = table->tile({x, y});
                if (!tile.isEmpty() && !take(tile, buffer, {x, y}))
                    return damaged();
            }
        }
        if (pixelKey(buffer) != key) // also keeps its digests for later
            return damaged();
        m_pixels.insert(key, buffer);
        const auto shared = std::make_shared<const TiledBuffer>(buffer);
        for (const QByteArray &tile : table->tiles())
            m_tiles.insert(tile, shared);
        const auto count = m_reader.m_index.all(RecoveryKind::Pixels).size();
        m_progress.report(std::min(1.0, double(m_pixels.size()) / double(count)));
        return buffer;
    }

    bool take(const QByteArray &key, TiledBuffer &buffer, QPoint tile)
    {
        // The key contains place, size and layout, so the other buffer is of the same shape.
        if (const auto known = m_tiles.constFind(key); known != m_tiles.constEnd()) {
            if ((*known)->size() != buffer.size() || (*known)->format() != buffer.format())
                return false;
            buffer.adoptTiles(**known, {tile});
            return true;
        }
        const auto extent = m_reader.m_index.find(RecoveryKind::Tile, key);
        const auto bytes =
            extent ? RecoveryIndex::read(m_reader.m_file, *extent) : std::nullopt;
        if (!bytes || !unpackTile(*bytes, buffer, tile)) {
            m_reader.m_index.remove(RecoveryKind::Tile, key);
            return false;
        }
        return true;
    }

    RecoveryReader &m_reader;
    const std::shared_ptr<TileStore> m_store;
    const Progress &m_progress;
    DocumentCodec::Source m_source;
    QHash<QString, TiledBuffer> m_pixels;
    QHash<QByteArray, std::shared_ptr<const TiledBuffer>> m_tiles; ///< which buffer has it
    QSet<QByteArray> m_profiles;
};

Result<std::unique_ptr<RecoveryReader>> RecoveryReader::open(const QString &path)
{
    std::unique_ptr<RecoveryReader> reader(new RecoveryReader);
    reader->m_file.setFileName(path);
    if (!reader->m_file.open(QFile::ReadOnly | QFile::Unbuffered))
        return fail(ErrorCode::InputUnreadable, {path, reader->m_file.errorString()});
    reader->m_index = RecoveryIndex::of(reader->m_file);
    reader->summarize();
    return reader;
}

std::optional<QByteArray> RecoveryReader::content(RecoveryKind kind, const QByteArray &key)
{
    const auto extent = m_index.find(kind, key);
    if (!extent)
        return {};
    const auto bytes = RecoveryIndex::read(m_file, *extent);
    auto unpacked = bytes ? unpackedContent(*bytes) : std::nullopt;
    if (!unpacked)
        m_index.remove(kind, key);
    return unpacked;
}

std::optional<QJsonObject> RecoveryReader::json(const RecoveryExtent &extent)
{
    const auto bytes = RecoveryIndex::read(m_file, extent);
    const auto text = bytes ? unpackedContent(*bytes) : std::nullopt;
    const QJsonDocument document = text ? QJsonDocument::fromJson(*text) : QJsonDocument();
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

void RecoveryReader::summarize()
{
    int found = 0;
    int foundDocument = 0;
    if (const auto extent = m_index.find(RecoveryKind::Head, {})) {
        if (const auto bytes = RecoveryIndex::read(m_file, *extent)) {
            const QJsonObject head = QJsonDocument::fromJson(*bytes).object();
            found = head[S("version")].toInt();
            foundDocument = head[S("document")].toInt();
            m_summary.name = head[S("name")].toString();
        }
    }
    m_summary.isNewer = found > RecoveryFile::version || foundDocument > DocumentCodec::version;
    if (m_summary.isNewer)
        return;
    m_summary.isEmpty = m_index.nows().isEmpty() && !m_index.isDamaged();
    for (auto now = m_index.nows().crbegin(); now != m_index.nows().crend(); ++now) {
        const auto object = json(*now);
        if (!object)
            continue;
        const QJsonObject photo = (*object)[S("photo")].toObject();
        m_summary.name = photo[S("name")].toString();
        m_summary.photoPath = photo[S("path")].toString();
        m_summary.projectPath = (*object)[S("project")].toString();
        m_summary.steps = (*object)[S("index")].toInt();
        m_summary.time = QDateTime::fromString((*object)[S("time")].toString(), Qt::ISODate);
        m_summary.isUnsaved = (*object)[S("unsaved")].toBool(true);
        return;
    }
    m_summary.isUnsaved = !m_summary.isEmpty;
}

QByteArray RecoveryReader::original()
{
    QByteArray bytes;
    const qsizetype parts = m_index.all(RecoveryKind::Original).size();
    for (qsizetype i = 0; i < parts; ++i) {
        const auto part = content(RecoveryKind::Original, RecoveryIndex::numberKey(quint64(i)));
        if (!part)
            return {};
        bytes += *part;
    }
    const QByteArray digest = bytes.left(digestBytes);
    bytes.remove(0, digestBytes);
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256) == digest ? bytes
                                                                                 : QByteArray();
}

Result<RecoveredWork> RecoveryReader::read(const std::shared_ptr<TileStore> &store,
                                           const Progress &progress)
{
    if (m_summary.isNewer)
        return fail(ErrorCode::RecoveryNewer, {m_summary.name});
    for (const QByteArray &key : m_index.all(RecoveryKind::State).keys())
        m_lastNumber = std::max(m_lastNumber, RecoveryIndex::numberOf(key));
    RecoveryStates states(*this, store, progress);
    const QList<RecoveryExtent> nows = m_index.nows();
    for (auto at = nows.crbegin(); at != nows.crend(); ++at) {
        const auto now = json(*at);
        if (!now)
            continue;
        const std::vector<quint64> numbers = numbersOf((*now)[S("states")]);
        const int index = (*now)[S("index")].toInt(-1);
        if (index < 0 || size_t(index) >= numbers.size())
            continue;
        RecoveredWork work;
        m_stateNumbers.clear();
        m_namedNumbers.clear();
        bool isPresentWhole = false;
        for (size_t i = 0; i < numbers.size(); ++i) {
            auto state = states.state(numbers[i]);
            if (progress.stopRequested())
                return fail(ErrorCode::Cancelled);
            if (!state) {
                ++work.lost;
                continue;
            }
            if (int(i) == index) {
                isPresentWhole = true;
                work.index = int(work.steps.size());
            }
            work.steps.push_back(std::move(*state));
            m_stateNumbers.push_back(numbers[i]);
        }
        if (!isPresentWhole)
            continue;
        for (const quint64 number : numbersOf((*now)[S("named")])) {
            auto state = states.state(number);
            if (!state) {
                ++work.lost;
                continue;
            }
            work.snapshots.push_back(std::move(state->state));
            m_namedNumbers.push_back(number);
        }
        const QByteArray bytes = original();
        const QJsonObject source = (*now)[S("photo")].toObject();
        auto photo = OpenedPhoto::fromJson(source, bytes);
        if (!photo) // its pixels are there all the same
            photo = OpenedPhoto::fromJson(source, {});
        work.photo = std::move(*photo);
        work.photo.takeOriginal(work.steps[size_t(work.index)].state.stack);
        work.words = MetadataEdits::fromJson((*now)[S("words")].toObject());
        work.projectPath = (*now)[S("project")].toString();
        m_index.keepOnly(*at);
        states.forgetUnread();
        return work;
    }
    return fail(ErrorCode::RecoveryDamaged, {m_summary.name});
}

} // namespace heirloom
