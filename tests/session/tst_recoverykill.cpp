// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recoverystage.h"
#include "session/project.h"
#include "session/recoveryfile.h"

#include <QImage>
#include <QProcess>

#include <random>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

struct Said {
    QHash<int, QByteArray> states; ///< digests by number
    int last = -1;
    int kept = -1; ///< the latest number that was shown as finished

    /// What may come back: the state after the last finished step, or a later one.
    QSet<QByteArray> allowed() const
    {
        QSet<QByteArray> digests;
        for (int i = std::max(0, kept); i <= last; ++i)
            digests.insert(states[i]);
        return digests;
    }
};

/// The scripted editor as a process, and all it said.
class Editor
{
public:
    Editor(const QString &folder, quint32 seed, const QString &projects, const QStringList &photos)
    {
        QStringList arguments{folder, QString::number(seed), projects};
        m_process.setReadChannel(QProcess::StandardOutput);
        m_process.start(QStringLiteral(HEIRLOOM_BINARY_DIR "/tests/recovery_editor"),
                        arguments + photos);
        QVERIFY(m_process.waitForStarted());
    }
    ~Editor()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// Until photos have been opened.
    bool waitForPhotos(int count)
    {
        return QTest::qWaitFor(
            [&] {
                parse();
                return said.size() >= count;
            },
            30000);
    }
    /// Until it has said so many lines more.
    bool waitForLines(int count)
    {
        const int wanted = m_lines + count;
        return QTest::qWaitFor(
            [&] {
                parse();
                return m_lines >= wanted;
            },
            60000);
    }
    /// kill -9, then all that it had said by then.
    void kill()
    {
        m_process.kill();
        QVERIFY(m_process.waitForFinished(30000));
        QCOMPARE(m_process.exitStatus(), QProcess::CrashExit); // it was alive
        parse();
    }

    QHash<QString, Said> said;
    int found = -1;

private:
    void parse()
    {
        while (m_process.canReadLine()) {
            ++m_lines;
            const QStringList words =
                QString::fromUtf8(m_process.readLine()).trimmed().split(u' ');
            if (words[0] == QLatin1String("found"))
                found = words[1].toInt();
            else if (words[0] == QLatin1String("did")) {
                Said &photo = said[words[1]];
                photo.last = words[2].toInt();
                photo.states[photo.last] = words[3].toLatin1();
            } else if (words[0] == QLatin1String("kept"))
                said[words[1]].kept = words[2].toInt();
        }
    }

    QProcess m_process;
    int m_lines = 0;
};

struct Figures {
    int kills = 0, restored = 0, fromProject = 0, nothingYet = 0, steps = 0, projects = 0;
    int exact = 0, later = 0;
};

} // namespace

/// A scripted edit is killed at random moments: no finished step may be lost, no project damaged.
class TestRecoveryKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void oneProgram();
    void recoveredAgainAndAgainWithAFileArgument();
    void twoProgramsAtOnce();
    void theWindowItselfWithAFileArgument();
    void cleanupTestCase();

private:
    QString photo(const QString &name);
    void pause(int mostMs);
    /// Leaves the editor alone for a random part of its work, and then for a random moment: a
    /// machine that is busy with something else makes it no different.
    void leave(Editor &editor, int mostLines);
    QStringList check(const QString &folder, const QHash<QString, Said> &said,
                      const QStringList &names);
    void checkProjects();

    std::mt19937 m_random{qEnvironmentVariableIntValue("HEIRLOOM_SEED") > 0
                              ? quint32(qEnvironmentVariableIntValue("HEIRLOOM_SEED"))
                              : 20260u};
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_journals, m_projects;
    Figures m_figures;
};

void TestRecoveryKill::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_journals = m_dir->filePath(QStringLiteral("journals"));
    m_projects = m_dir->filePath(QStringLiteral("projects"));
    QDir().mkpath(m_projects);
}

QString TestRecoveryKill::photo(const QString &name)
{
    const QString path = m_dir->filePath(name);
    QImage image(400, 300, QImage::Format_RGB888);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y, QColor(x % 256, y % 256, (x * y / 7) % 256));
    }
    image.save(path);
    return path;
}

void TestRecoveryKill::pause(int mostMs)
{
    QTest::qWait(int(m_random() % quint32(mostMs)));
}

void TestRecoveryKill::leave(Editor &editor, int mostLines)
{
    QVERIFY(editor.waitForLines(int(m_random() % quint32(mostLines))));
    pause(80);
}

void TestRecoveryKill::checkProjects()
{
    for (const QString &name :
         QDir(m_projects).entryList({QStringLiteral("*.ora")}, QDir::Files)) {
        const auto project = Project::open(m_projects + u'/' + name,
                                           TileStore::create(qint64(512) << 20), {});
        QVERIFY2(project, qPrintable(name));
        ++m_figures.projects;
    }
}

/// names: the photos that nobody has open any more. Returns those that a journal still has.
QStringList TestRecoveryKill::check(const QString &folder, const QHash<QString, Said> &said,
                                    const QStringList &names)
{
    ++m_figures.kills;
    checkProjects();
    const auto store = TileStore::create(qint64(512) << 20);
    QHash<QString, RecoveredWork> found;
    for (const QString &file : QDir(folder).entryList({QStringLiteral("*.journal")}, QDir::Files)) {
        const QString path = folder + u'/' + file;
        const auto lock = RecoveryFile::lock(path);
        if (!lock)
            continue; // of the other program, which is alive
        auto reader = RecoveryReader::open(path);
        const bool isRead = reader.has_value();
        [&] { QVERIFY(isRead); }();
        if ((*reader)->summary().isEmpty)
            continue;
        const QString name = (*reader)->summary().name;
        auto work = (*reader)->read(store, {});
        [&] {
            QVERIFY2(names.contains(name), qPrintable(name));
            QVERIFY2(!found.contains(name), qPrintable(name));
            QVERIFY2(work, qPrintable(file));
            QCOMPARE(work->lost, 0);
        }();
        if (QTest::currentTestFailed())
            return {};
        found.insert(name, *work);
    }
    QStringList left;
    for (const QString &name : names) {
        const Said photo = said.value(name);
        const QString project = m_projects + u'/' + name + QStringLiteral(".ora");
        if (found.contains(name)) {
            left << name;
            const RecoveredWork &work = found[name];
            const QByteArray present = stateDigest(work.steps[size_t(work.index)].state);
            [&] {
                QVERIFY2(photo.allowed().contains(present), qPrintable(name));
                QVERIFY(work.photo.original && !work.photo.original->bytes().isEmpty());
            }();
            (present == photo.states.value(photo.kept) ? m_figures.exact : m_figures.later) += 1;
            m_figures.steps += int(work.steps.size());
            ++m_figures.restored;
        } else if (photo.kept < 1 && photo.last < 1) {
            ++m_figures.nothingYet;
        } else if (const auto saved = Project::open(project, store, {})) {
            // The journal had no more than the project and was removed by the next program.
            const QByteArray present = stateDigest(saved->state);
            [&] { QVERIFY2(photo.allowed().contains(present), qPrintable(name)); }();
            ++m_figures.fromProject;
        } else {
            [&] { QVERIFY2(photo.kept < 1, qPrintable(name)); }(); // no step was finished
            ++m_figures.nothingYet;
        }
    }
    return left;
}

void TestRecoveryKill::oneProgram()
{
    for (int i = 0; i < 20; ++i) {
        init();
        const QString name = QStringLiteral("photo%1.png").arg(i);
        Editor editor(m_journals, m_random(), m_projects, {photo(name)});
        if (i % 5 != 0) // each fifth time while it starts
            leave(editor, 120);
        else
            pause(1000);
        editor.kill();
        check(m_journals, editor.said, {name});
        if (QTest::currentTestFailed())
            return;
    }
}

void TestRecoveryKill::recoveredAgainAndAgainWithAFileArgument()
{
    QStringList names;
    QHash<QString, Said> all;
    for (int life = 0; life < 16; ++life) {
        // What a crash left is restored while another photo is given on the command line.
        const QString name = QStringLiteral("photo%1.png").arg(life);
        const bool isGiven = life % 3 == 0;
        Editor editor(m_journals, m_random(), m_projects,
                      isGiven ? QStringList{photo(name)} : QStringList());
        QVERIFY(QTest::qWaitFor(
            [&] { return editor.waitForPhotos(0) && editor.found >= 0; }, 30000));
        if (life % 4 != 0) // else also while it restores
            QVERIFY(editor.waitForPhotos(editor.found + (isGiven ? 1 : 0)));
        leave(editor, 80);
        editor.kill();
        if (isGiven)
            names << name;
        for (const QString &known : names) {
            if (!editor.said.contains(known))
                continue;
            if (known != name)
                QVERIFY2(all[known].allowed().contains(editor.said[known].states[0]),
                         qPrintable(known));
            all[known] = editor.said[known];
        }
        names = check(m_journals, all, names);
        if (QTest::currentTestFailed())
            return;
    }
}

void TestRecoveryKill::twoProgramsAtOnce()
{
    for (int i = 0; i < 8; ++i) {
        init();
        const QString a = QStringLiteral("first.png"), b = QStringLiteral("second.png");
        Editor first(m_journals, m_random(), m_projects, {photo(a)});
        leave(first, 60);
        Editor second(m_journals, m_random(), m_projects, {photo(b)});
        QVERIFY(second.waitForPhotos(1));
        QCOMPARE(second.found, 0); // the living's work is not offered
        leave(second, 60);
        first.kill();
        check(m_journals, first.said, {a});
        leave(second, 60);
        second.kill();
        QHash<QString, Said> both = first.said;
        both.insert(second.said);
        check(m_journals, both, {a, b});
        if (QTest::currentTestFailed())
            return;
    }
}

void TestRecoveryKill::theWindowItselfWithAFileArgument()
{
    // Left by a crash, in the place where the window looks.
    const QString data = m_dir->filePath(QStringLiteral("data"));
    const QString journals = data + QStringLiteral("/heirloom/recovery");
    Editor editor(journals, m_random(), m_projects, {photo(QStringLiteral("left.png"))});
    QVERIFY(editor.waitForPhotos(1));
    QVERIFY(QTest::qWaitFor(
        [&] { return editor.waitForPhotos(1) && editor.said.begin()->kept > 3; }, 30000));
    editor.kill();
    check(journals, editor.said, {QStringLiteral("left.png")});
    for (int i = 0; i < 5; ++i) {
        QProcess window;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_DATA_HOME"), data);
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), data);
        environment.insert(QStringLiteral("XDG_CACHE_HOME"), data + QStringLiteral("/cache"));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        window.setProcessEnvironment(environment);
        window.start(QStringLiteral(HEIRLOOM_BINARY_DIR "/bin/heirloom"),
                     {photo(QStringLiteral("given.png"))});
        QVERIFY(window.waitForStarted());
        pause(2500);
        window.kill();
        QVERIFY(window.waitForFinished(30000));
        check(journals, editor.said, {QStringLiteral("left.png")});
    }
}

void TestRecoveryKill::cleanupTestCase()
{
    qInfo("%d times killed: %d photos recovered (%d steps in their histories; %d at the last "
          "finished step, %d at a later one), %d with no step finished, %d complete in their "
          "project; %d projects opened",
          m_figures.kills, m_figures.restored, m_figures.steps, m_figures.exact, m_figures.later,
          m_figures.nothingYet, m_figures.fromProject, m_figures.projects);
    QVERIFY(m_figures.kills >= 50);
}

QTEST_GUILESS_MAIN(TestRecoveryKill)
#include "tst_recoverykill.moc"
