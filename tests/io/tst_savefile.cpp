// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "io/outputerror.h"
#include "io/savefile.h"
#include "support/failingdevice.h"

#include <QTest>

#include <cerrno>
#include <csignal>
#include <random>
#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace heirloom;

namespace
{

QByteArray content(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QStringList everythingIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System |
                                  QDir::NoDotAndDotDot);
}

} // namespace

class TestSaveFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }
    void cleanup() { SaveFile::setDeviceFilterForTests({}); }

    void appearsOnlyWithCommit()
    {
        const QString path = m_dir->filePath(QStringLiteral("a.png"));
        SaveFile file(path);
        QVERIFY(file.open(false));
        QCOMPARE(file.device().write("hello"), 5);
        QVERIFY(!QFileInfo::exists(path));
        const QString name = QFileInfo(file.temporaryPath()).fileName();
        QVERIFY(QRegularExpression(QStringLiteral("^\\.a\\.png\\.heirloom-[a-z0-9]{6}\\.part$"))
                    .match(name)
                    .hasMatch());
        QVERIFY(file.commit());
        QCOMPARE(content(path), QByteArray("hello"));
        QCOMPARE(everythingIn(m_dir->path()), QStringList{QStringLiteral("a.png")});
    }

    void whatWasWrittenCanBeReadBeforeItIsNamed()
    {
        SaveFile file(m_dir->filePath(QStringLiteral("a")));
        QVERIFY(file.open(false));
        file.device().write("0123456789");
        QVERIFY(file.device().seek(3));
        QCOMPARE(file.device().read(4), QByteArray("3456"));
        QVERIFY(file.device().seek(0));
        QCOMPARE(file.device().write("X"), 1);
        QCOMPARE(file.device().size(), 10);
        QVERIFY(file.commit());
        QCOMPARE(content(m_dir->filePath(QStringLiteral("a"))), QByteArray("X123456789"));
    }

    void withoutCommitNothingIsLeftAndTheOldFileStands()
    {
        const QString path = m_dir->filePath(QStringLiteral("a.png"));
        put(path, "old");
        {
            SaveFile file(path);
            QVERIFY(file.open(true));
            file.device().write("new");
        }
        QCOMPARE(content(path), QByteArray("old"));
        QCOMPARE(everythingIn(m_dir->path()).size(), 1);
    }

    void existingFileNeedsOverwrite()
    {
        const QString path = m_dir->filePath(QStringLiteral("a.png"));
        put(path, "old");
        SaveFile file(path);
        const Result<void> opened = file.open(false);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::OutputExists);
        QCOMPARE(everythingIn(m_dir->path()).size(), 1);
    }

    void fileThatAppearsMeanwhileIsNotReplaced()
    {
        const QString path = m_dir->filePath(QStringLiteral("a.png"));
        SaveFile file(path);
        QVERIFY(file.open(false));
        file.device().write("mine");
        put(path, "theirs");
        const Result<void> done = file.commit();
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::OutputExists);
        QCOMPARE(content(path), QByteArray("theirs"));
        QCOMPARE(everythingIn(m_dir->path()).size(), 1);
    }

    void missingFolderIsSaid()
    {
        SaveFile file(m_dir->filePath(QStringLiteral("no/such/a.png")));
        const Result<void> opened = file.open(false);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::OutputFolderMissing);
    }

    void folderUnderTheNameIsRefused()
    {
        SaveFile file(m_dir->path());
        const Result<void> opened = file.open(true);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::OutputNotWritable);
    }

    void longNameIsSaved()
    {
        const QString name = QString(251, u'x') + QStringLiteral(".png");
        SaveFile file(m_dir->filePath(name));
        QVERIFY(file.open(false));
        file.device().write("x");
        QVERIFY(file.commit());
        QCOMPARE(everythingIn(m_dir->path()), QStringList{name});
    }

#ifdef Q_OS_UNIX
    void newFileFollowsTheUmaskAndReplacedFileKeepsItsPermissions()
    {
        const mode_t before = ::umask(027);
        const QString path = m_dir->filePath(QStringLiteral("a"));
        const auto mode = [&] {
            struct stat s;
            return ::stat(qPrintable(path), &s) == 0 ? int(s.st_mode & 0777) : -1;
        };
        SaveFile first(path);
        QVERIFY(first.open(false));
        QVERIFY(first.commit());
        QCOMPARE(mode(), 0640);
        ::chmod(qPrintable(path), 0604);
        SaveFile second(path);
        QVERIFY(second.open(true));
        QVERIFY(second.commit());
        QCOMPARE(mode(), 0604);
        ::umask(before);
    }

    void linkStaysALink()
    {
        const QString real = m_dir->filePath(QStringLiteral("real.png"));
        const QString link = m_dir->filePath(QStringLiteral("link.png"));
        put(real, "old");
        QVERIFY(QFile::link(QStringLiteral("real.png"), link));
        SaveFile file(link);
        QVERIFY(file.open(true));
        file.device().write("new");
        QVERIFY(file.commit());
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(content(real), QByteArray("new"));
    }

    void linkToNothingCreatesItsTarget()
    {
        const QString link = m_dir->filePath(QStringLiteral("link.png"));
        QVERIFY(QFile::link(QStringLiteral("real.png"), link));
        SaveFile file(link);
        QVERIFY(file.open(false));
        file.device().write("new");
        QVERIFY(file.commit());
        QVERIFY(QFileInfo(link).isSymLink());
        QCOMPARE(content(m_dir->filePath(QStringLiteral("real.png"))), QByteArray("new"));
    }

    void folderWithoutWritePermissionIsSaid()
    {
        // In a child, because root may write everywhere and has to become somebody else first.
        QVERIFY(::chmod(qPrintable(m_dir->path()), 0555) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            if (::geteuid() == 0 && ::setuid(65534) != 0)
                ::_exit(1);
            SaveFile file(m_dir->filePath(QStringLiteral("a")));
            const Result<void> opened = file.open(false);
            ::_exit(!opened && opened.error().code == ErrorCode::OutputNotWritable ? 0 : 2);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        ::chmod(qPrintable(m_dir->path()), 0700);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(everythingIn(m_dir->path()).isEmpty());
    }

    void fileSizeLimitBecomesASentence()
    {
        const QString path = m_dir->filePath(QStringLiteral("a"));
        put(path, "old");
        rlimit before;
        ::getrlimit(RLIMIT_FSIZE, &before);
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit small = before;
        small.rlim_cur = 10000;
        ::setrlimit(RLIMIT_FSIZE, &small);
        SaveFile file(path);
        const bool opened = file.open(true).has_value();
        qint64 last = 0;
        for (int i = 0; i < 20 && last >= 0; ++i)
            last = file.device().write(QByteArray(1000, 'x'));
        const Error said = outputError(file.device(), path);
        const Result<void> done = file.commit();
        ::setrlimit(RLIMIT_FSIZE, &before);
        ::signal(SIGXFSZ, SIG_DFL);
        QVERIFY(opened);
        QCOMPARE(last, -1);
        QCOMPARE(said.code, ErrorCode::OutputNotWritable);
        QVERIFY(errorSentence(said).contains(QStringLiteral("not allowed here")));
        QVERIFY(!done);
        QCOMPARE(content(path), QByteArray("old"));
        QCOMPARE(everythingIn(m_dir->path()).size(), 1);
    }

    void endingByASignalLeavesNothing()
    {
        const QString path = m_dir->filePath(QStringLiteral("a"));
        const pid_t child = ::fork();
        if (child == 0) {
            ::signal(SIGINT, [](int) {
                SaveFile::removeTemporariesInSignalHandler();
                ::_exit(130);
            });
            SaveFile first(path);
            SaveFile second(path + u'2');
            if (!first.open(false) || !second.open(false))
                ::_exit(1);
            first.device().write("half");
            ::raise(SIGINT);
            ::_exit(2);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 130);
        QVERIFY(everythingIn(m_dir->path()).isEmpty());
    }

    void killedProcessLeavesNothingUnderTheFinalName()
    {
        const QString path = m_dir->filePath(QStringLiteral("a"));
        const pid_t child = ::fork();
        if (child == 0) {
            SaveFile file(path);
            if (!file.open(false))
                ::_exit(1);
            file.device().write("half");
            ::raise(SIGKILL);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QVERIFY(!QFileInfo::exists(path));
    }
#endif

    void fullDiskAtAnyByteLeavesTheOldFile()
    {
        const QString path = m_dir->filePath(QStringLiteral("a"));
        put(path, "old");
        std::mt19937 random(7);
        for (int i = 0; i < 20; ++i) {
            const qint64 at = i == 0 ? 0 : qint64(random() % 50000);
            SaveFile::setDeviceFilterForTests(
                [at](QFile &file) { return std::make_unique<test::FailingDevice>(file, at); });
            SaveFile file(path);
            QVERIFY(file.open(true));
            qint64 last = 0;
            for (int n = 0; n < 50 && last >= 0; ++n)
                last = file.device().write(QByteArray(1024, 'x'));
            QCOMPARE(last, -1);
            QCOMPARE(outputError(file.device(), path).code, ErrorCode::DiskFull);
            // Even a caller that overlooks the failure gets no file.
            const Result<void> done = file.commit();
            QVERIFY(!done);
            QCOMPARE(done.error().code, ErrorCode::DiskFull);
            QCOMPARE(content(path), QByteArray("old"));
            QCOMPARE(everythingIn(m_dir->path()).size(), 1);
        }
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestSaveFile)
#include "tst_savefile.moc"
