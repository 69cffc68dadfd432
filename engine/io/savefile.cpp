// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/savefile.h"

#include "io/outputerror.h"
#include "io/savedevice.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#else
#include <io.h>
#endif

namespace heirloom
{

namespace
{

/// The one list of the process: a signal handler has no object to ask. Slots are taken and given
/// back with atomic exchanges; a string is freed only after its slot was emptied.
std::array<std::atomic<char *>, 64> temporaries;

void remember(const QByteArray &path)
{
    char *copy = static_cast<char *>(std::malloc(size_t(path.size()) + 1));
    if (!copy)
        return;
    std::memcpy(copy, path.constData(), size_t(path.size()) + 1);
    for (std::atomic<char *> &slot : temporaries) {
        char *empty = nullptr;
        if (slot.compare_exchange_strong(empty, copy))
            return;
    }
    std::free(copy);
}

void forget(const QByteArray &path)
{
    for (std::atomic<char *> &slot : temporaries) {
        char *held = slot.load();
        if (held && path == held && slot.compare_exchange_strong(held, nullptr)) {
            std::free(held);
            return;
        }
    }
}

SaveFile::DeviceFilter &deviceFilter()
{
    static SaveFile::DeviceFilter filter;
    return filter;
}

/// Passes on to a QFile that somebody else owns.
class BorrowedFile : public QIODevice
{
public:
    explicit BorrowedFile(QFile &file)
        : m_file(file)
    {
        QIODevice::open(QIODevice::ReadWrite | QIODevice::Unbuffered);
    }
    qint64 size() const override { return m_file.size(); }
    bool seek(qint64 position) override
    {
        return QIODevice::seek(position) && m_file.seek(position);
    }

protected:
    qint64 readData(char *data, qint64 maxSize) override { return m_file.read(data, maxSize); }
    qint64 writeData(const char *data, qint64 maxSize) override
    {
        return m_file.write(data, maxSize);
    }

private:
    QFile &m_file;
};

/// Where a chain of links ends; the file there need not exist.
QString linkTarget(const QString &path)
{
    QString target = path;
    for (int i = 0; i < 40; ++i) {
        const QFileInfo info(target);
        if (!info.isSymLink())
            return target;
        const QString next = info.symLinkTarget();
        if (next.isEmpty())
            return target;
        target = next;
    }
    return target;
}

QString temporaryName(const QString &name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    QString random;
    for (int i = 0; i < 6; ++i)
        random += QLatin1Char(letters[QRandomGenerator::system()->bounded(36)]);
    // A name may have 255 bytes; a long one is shortened so that ours fits.
    QString shown = name;
    while (QFile::encodeName(shown).size() > 220)
        shown.chop(1);
    return u'.' + shown + QStringLiteral(".heirloom-") + random + QStringLiteral(".part");
}

int syncFile(QFile &file)
{
#ifdef Q_OS_UNIX
    while (::fsync(file.handle()) != 0) {
        if (errno == EINTR)
            continue;
        // Some file systems and devices have nothing to sync.
        return errno == EINVAL || errno == ENOTSUP ? 0 : errno;
    }
    return 0;
#else
    return ::_commit(file.handle()) == 0 ? 0 : errno;
#endif
}

void syncFolder(const QString &folder)
{
#ifdef Q_OS_UNIX
    // Makes the new name last; the file itself is safe already, so a failure changes nothing.
    const int fd =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
#else
    Q_UNUSED(folder)
#endif
}

/// 0 or an error number; EEXIST when replace is false and the name is taken.
int giveName(const QString &from, const QString &to, bool replace)
{
    const std::filesystem::path source(from.toStdU16String());
    const std::filesystem::path target(to.toStdU16String());
    std::error_code error;
    if (!replace) {
#ifdef Q_OS_UNIX
        // Unlike rename(), link() never replaces.
        if (::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0) {
            ::unlink(QFile::encodeName(from).constData());
            return 0;
        }
        if (errno == EEXIST)
            return EEXIST;
#endif
        if (std::filesystem::exists(target, error))
            return EEXIST;
    }
    std::filesystem::rename(source, target, error);
    return error ? error.default_error_condition().value() : 0;
}

} // namespace

struct SaveFile::Private {
    QString path;   ///< as given, for sentences
    QString target; ///< links followed
    bool overwrite = false;
    QFile file;
    std::unique_ptr<SaveDevice> device;
    QByteArray remembered;

    Result<void> create();
    void keepPermissions();
    void discard();
};

SaveFile::SaveFile(QString path)
    : d(std::make_unique<Private>())
{
    d->path = std::move(path);
}

SaveFile::~SaveFile()
{
    d->discard();
}

void SaveFile::Private::discard()
{
    device.reset();
    if (remembered.isEmpty())
        return;
    file.close();
    file.remove();
    forget(remembered);
    remembered.clear();
}

Result<void> SaveFile::open(bool overwrite)
{
    d->discard();
    d->overwrite = overwrite;
    d->target = linkTarget(d->path);
    const QFileInfo target(d->target);
    if (target.isDir())
        return fail(outputError(EISDIR, d->path));
    const QFileInfo folder(target.absolutePath());
    if (!folder.isDir())
        return fail(ErrorCode::OutputFolderMissing, {target.absolutePath()});
    if (target.exists() && !overwrite)
        return fail(ErrorCode::OutputExists, {d->path});
    // A pipe or a device cannot be replaced by renaming.
    if (target.exists() && !target.isFile())
        return fail(outputError(EINVAL, d->path));
    return d->create();
}

Result<void> SaveFile::Private::create()
{
    const QFileInfo info(target);
    int error = EEXIST;
    for (int attempt = 0; attempt < 20 && error == EEXIST; ++attempt) {
        file.setFileName(info.absolutePath() + u'/' + temporaryName(info.fileName()));
        // On the list before it exists, so that no signal finds a file that is not on it.
        remembered = QFile::encodeName(file.fileName());
        remember(remembered);
        errno = 0;
        if (file.open(QIODevice::ReadWrite | QIODevice::NewOnly | QIODevice::Unbuffered)) {
            error = 0;
        } else {
            error = errno != 0 ? errno : EACCES;
            forget(remembered);
            remembered.clear();
        }
    }
    if (error != 0)
        return fail(outputError(error, path));
    keepPermissions();
    std::unique_ptr<QIODevice> inner;
    if (deviceFilter())
        inner = deviceFilter()(file);
    if (!inner)
        inner = std::make_unique<BorrowedFile>(file);
    device = std::make_unique<SaveDevice>(std::move(inner));
    return {};
}

void SaveFile::Private::keepPermissions()
{
#ifdef Q_OS_UNIX
    struct stat old;
    if (overwrite && ::stat(QFile::encodeName(target).constData(), &old) == 0)
        ::fchmod(file.handle(), old.st_mode & 0777);
#endif
}

QIODevice &SaveFile::device()
{
    Q_ASSERT(d->device);
    return *d->device;
}

QString SaveFile::temporaryPath() const
{
    return d->remembered.isEmpty() ? QString() : d->file.fileName();
}

Result<void> SaveFile::commit()
{
    if (!d->device)
        return fail(ErrorCode::Internal, {QStringLiteral("SaveFile::commit without open")});
    if (const int error = d->device->errorNumber(); error != 0) {
        d->discard();
        return fail(outputError(error, d->path));
    }
    d->device.reset();
    int error = d->file.flush() ? syncFile(d->file) : EIO;
    d->file.close();
    if (error == 0)
        error = giveName(d->file.fileName(), d->target, d->overwrite);
    if (error != 0) {
        d->discard();
        return error == EEXIST ? fail(ErrorCode::OutputExists, {d->path})
                               : fail(outputError(error, d->path));
    }
    forget(d->remembered);
    d->remembered.clear();
    syncFolder(QFileInfo(d->target).absolutePath());
    return {};
}

void SaveFile::removeTemporariesInSignalHandler() noexcept
{
    for (const std::atomic<char *> &slot : temporaries) {
        if (const char *path = slot.load()) {
#ifdef Q_OS_UNIX
            ::unlink(path);
#else
            ::_unlink(path);
#endif
        }
    }
}

void SaveFile::setDeviceFilterForTests(DeviceFilter filter)
{
    deviceFilter() = std::move(filter);
}

} // namespace heirloom
