// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A program that edits by a script until it is killed, for tst_recoverykill:
//   recovery_editor FOLDER SEED PROJECTS [PHOTO...]
// restores what FOLDER holds, opens each PHOTO, and changes all of them at random. It says on
// standard output, a line each, before the journal hears of it: "did NAME NUMBER DIGEST" (the photo
// NAME is in this state now), and when history shows a step as finished: "kept NAME NUMBER".
#include "recoverystage.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTimer>

#include <cstdio>
#include <random>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

void say(const QString &line)
{
    std::fputs(qPrintable(line + u'\n'), stdout);
    std::fflush(stdout);
}

/// Watches one photo and works on it.
class Hand : public QObject
{
public:
    Hand(EditorSession &session, RecoveryStage &stage, const QString &projects, quint32 seed)
        : m_session(session)
        , m_stage(stage)
        , m_name(session.photo().name)
        , m_project(projects + u'/' + m_name + QStringLiteral(".ora"))
        , m_random(seed)
    {
        did();
        if (session.history().count() > 0) // it was recovered: all of it is kept
            say(QStringLiteral("kept %1 0").arg(m_name));
        connect(&session.history(), &History::recorded, this, [this] {
            did();
            if (!m_isMoving)
                m_steps[m_session.history().index()] = m_number;
        });
        connect(&session.history(), &History::pendingChanged, this, &Hand::pendingChanged);
    }

    void act()
    {
        if (m_rest > 0) {
            --m_rest;
            return;
        }
        m_isActing = true;
        DocumentEditor &editor = m_session.editor();
        Document &document = *m_session.document();
        const int count = document.stack().count();
        const LayerId top = document.stack().at(count - 1).id;
        switch (pick(16)) {
        case 0:
        case 1:
        case 2:
        case 3:
        case 4:
            stroke(top);
            break;
        case 5:
            for (int i = 0; i < 8; ++i)
                static_cast<void>(editor.setOpacity(top, (1 + pick(100)) / 100.0));
            editor.finishGesture();
            break;
        case 6:
        case 7:
        case 8:
            move([this] { m_session.undoStack().undo(); });
            break;
        case 9:
            move([this] { m_session.undoStack().redo(); });
            break;
        case 10:
            if (count < 6)
                static_cast<void>(editor.duplicate(top));
            break;
        case 11:
            if (count > 3)
                static_cast<void>(editor.remove(top));
            break;
        case 12:
            static_cast<void>(editor.flip(pick(2) ? Qt::Horizontal : Qt::Vertical));
            break;
        case 13:
            if (m_session.history().snapshots().size() < 3)
                m_session.history().addSnapshot(QStringLiteral("State"));
            else
                m_session.history().removeSnapshot(0);
            break;
        case 14: {
            MetadataEdits words = m_session.metadataEdits();
            words.caption = QString::number(pick(1000));
            m_session.setMetadataEdits(words);
            break;
        }
        default:
            if (!m_session.isBusy()) {
                m_session.saveProject(m_project, true);
                m_rest = pick(3) == 0 ? 60 : 0; // sometimes long enough to be killed as saved
            }
        }
        m_isActing = false;
    }

private:
    int pick(int below) { return int(m_random() % quint32(below)); }

    void did()
    {
        const History &history = m_session.history();
        say(QStringLiteral("did %1 %2 %3")
                .arg(m_name)
                .arg(++m_number)
                .arg(QString::fromLatin1(stateDigest(history.state(history.index())))));
    }

    void stroke(LayerId top)
    {
        Document &document = *m_session.document();
        const Layer *layer = document.layer(top);
        if (layer->kind != LayerKind::Pixel) {
            m_stage.addLayer({400, 300}, rgb8, quint32(pick(3)),
                             m_stage.workspace.indexOf(&m_session));
            return;
        }
        m_stage.stroke(top, {pick(350), pick(250), 20 + pick(100), 20 + pick(100)}, m_random(),
                       m_stage.workspace.indexOf(&m_session));
    }

    void move(const std::function<void()> &go)
    {
        m_isMoving = true;
        go();
        m_isMoving = false;
    }

    void pendingChanged()
    {
        QSet<int> pending;
        int kept = 0;
        for (int i = 0; i <= m_session.history().count(); ++i) {
            if (m_session.history().isPending(i))
                pending.insert(i);
            else if (m_pending.contains(i))
                kept = std::max(kept, m_steps.value(i));
        }
        m_pending = pending;
        // While something is done, steps vanish from the list because they are cut off.
        if (kept > 0 && !m_isActing)
            say(QStringLiteral("kept %1 %2").arg(m_name).arg(kept));
    }

    EditorSession &m_session;
    RecoveryStage &m_stage;
    const QString m_name;
    const QString m_project;
    std::mt19937 m_random;
    int m_number = -1;
    QHash<int, int> m_steps; ///< which number made a step what it is
    QSet<int> m_pending;
    int m_rest = 0;
    bool m_isMoving = false;
    bool m_isActing = false;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 4)
        return 2;
    const quint32 seed = arguments[2].toUInt();
    Recovery::Options options = RecoveryStage::options(arguments[1]);
    options.file.garbageSlack = 400'000; // so that writing anew is interrupted too
    RecoveryStage stage(options);
    stage.recovery.reset();
    std::vector<std::unique_ptr<Hand>> hands;
    // Before the journals, so that nothing reaches the disk before it was said.
    QObject::connect(&stage.workspace, &Workspace::opened, [&](EditorSession *session) {
        hands.push_back(std::make_unique<Hand>(*session, stage, arguments[3],
                                               seed + quint32(hands.size())));
    });
    stage.recovery = std::make_unique<Recovery>(stage.workspace, options);
    say(QStringLiteral("found %1").arg(stage.look()));
    stage.recovery->restoreAll();
    for (const QString &photo : arguments.mid(4))
        stage.workspace.openPath(photo);
    std::mt19937 random(seed);
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        if (!hands.empty())
            hands[random() % hands.size()]->act();
        timer.start(int(random() % 12));
    });
    timer.setSingleShot(true);
    timer.start(0);
    return QCoreApplication::exec();
}
