// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/spillfile.h"

#include <QDir>
#include <QStandardPaths>
#include <QStorageInfo>
#include <QTemporaryFile>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace heirloom
{

bool isMemoryFolder(const QString &folder)
{
    const QByteArray type = QStorageInfo(folder).fileSystemType();
    return type == "tmpfs" || type == "ramfs";
}

namespace
{

QString chosenFolder()
{
    const QStringList candidates = {
        QStandardPaths::writableLocation(QStandardPaths::CacheLocation),
        QStringLiteral("/var/tmp"),
        QDir::tempPath(),
    };
    for (const QString &folder : candidates) {
        if (!folder.isEmpty() && QDir().mkpath(folder) && QFileInfo(folder).isWritable() &&
            !isMemoryFolder(folder))
            return folder;
    }
    return QDir::tempPath();
}

} // namespace

SpillFile::SpillFile(const QString &folder)
    : m_folder(folder)
{
}

SpillFile::~SpillFile() = default;

Result<void> SpillFile::open()
{
    if (m_file)
        return {};
    if (m_folder.isEmpty())
        m_folder = chosenFolder();
    auto file =
        std::make_unique<QTemporaryFile>(m_folder + QStringLiteral("/heirloom-tiles-XXXXXX"));
    if (!file->open())
        return fail(ErrorCode::OutputNotWritable, {m_folder, file->errorString()});
#ifdef Q_OS_UNIX
    // Qt makes it 0600 already; said again because other people's pictures may be in it.
    ::fchmod(file->handle(), S_IRUSR | S_IWUSR);
#endif
    m_file = std::move(file);
    return {};
}

qint64 SpillFile::allocate(qint64 length)
{
    for (auto it = m_free.begin(); it != m_free.end(); ++it) {
        if (it->second < length)
            continue;
        const qint64 offset = it->first;
        const qint64 rest = it->second - length;
        m_free.erase(it);
        if (rest > 0)
            m_free.emplace(offset + length, rest);
        return offset;
    }
    const qint64 offset = m_end;
    m_end += length;
    return offset;
}

Result<SpillFile::Extent> SpillFile::write(std::span<const std::byte> bytes)
{
    const std::scoped_lock lock(m_mutex);
    if (auto opened = open(); !opened)
        return fail(opened.error());
    const Extent extent{allocate(qint64(bytes.size())), qint64(bytes.size())};
    m_used += extent.length;
    const bool written = m_file->seek(extent.offset) &&
                         m_file->write(reinterpret_cast<const char *>(bytes.data()),
                                       extent.length) == extent.length &&
                         m_file->flush();
    if (written)
        return extent;
    const QString reason = m_file->errorString();
    m_file->unsetError();
    m_used -= extent.length;
    m_free.emplace(extent.offset, extent.length);
    return fail(ErrorCode::OutputNotWritable, {m_folder, reason});
}

Result<void> SpillFile::read(Extent extent, std::span<std::byte> bytes) const
{
    Q_ASSERT(qint64(bytes.size()) == extent.length);
    const std::scoped_lock lock(m_mutex);
    if (!m_file || !m_file->seek(extent.offset) ||
        m_file->read(reinterpret_cast<char *>(bytes.data()), extent.length) != extent.length)
        return fail(ErrorCode::InputUnreadable,
                    {m_folder, m_file ? m_file->errorString() : QString()});
    return {};
}

void SpillFile::release(Extent extent)
{
    if (extent.length == 0)
        return;
    const std::scoped_lock lock(m_mutex);
    m_used -= extent.length;
    auto next = m_free.lower_bound(extent.offset);
    if (next != m_free.end() && extent.offset + extent.length == next->first) {
        extent.length += next->second;
        next = m_free.erase(next);
    }
    if (next != m_free.begin()) {
        const auto previous = std::prev(next);
        if (previous->first + previous->second == extent.offset) {
            extent = {previous->first, previous->second + extent.length};
            m_free.erase(previous);
        }
    }
    if (extent.offset + extent.length == m_end)
        m_end = extent.offset; // the file keeps its length; it is written over
    else
        m_free.emplace(extent.offset, extent.length);
}

qint64 SpillFile::usedBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_used;
}

qint64 SpillFile::fileSize() const
{
    const std::scoped_lock lock(m_mutex);
    return m_file ? m_file->size() : 0;
}

int SpillFile::handle() const
{
    const std::scoped_lock lock(m_mutex);
    return m_file ? m_file->handle() : -1;
}

} // namespace heirloom
