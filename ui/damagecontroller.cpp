// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "damagecontroller.h"

#include "actions.h"
#include "document/document.h"
#include "panels/damagepanel.h"
#include "session/damageselection.h"
#include "session/workspace.h"
#include "toolcontroller.h"
#include "widgets/messagebar.h"

#include <QScrollArea>
#include <QTimer>

namespace heirloom
{

DamageController::DamageController(const Parts &parts)
    : QObject(&parts.tools)
    , m_parts(parts)
{
    connect(&parts.panel, &DamagePanel::findRequested, this, &DamageController::find);
    connect(&parts.panel, &DamagePanel::cancelRequested, this, [this] {
        if (m_session && m_running.contains(m_session))
            m_session->cancel(m_running.value(m_session));
    });
    connect(&parts.panel, &DamagePanel::wishChanged, this, [this] {
        if (damage()) {
            m_parts.actions[ActionId::QuickMask]->setChecked(true); // what changes is to be seen
            damage()->refine(m_parts.panel.wish());
        }
    });
    connect(&parts.panel, &DamagePanel::wishCommitted, this, [this] {
        if (damage())
            damage()->finishGesture();
    });
    connect(&parts.actions, &Actions::keysChanged, this, &DamageController::show);
    connect(&parts.workspace, &Workspace::opened, this, &DamageController::watch);
    connect(&parts.workspace, &Workspace::aboutToClose, this,
            [this](const EditorSession *session) {
                m_running.remove(session);
                m_damage.remove(session);
                if (session == m_session)
                    setSession(nullptr);
            });
    connect(&parts.workspace, &Workspace::currentChanged, this, &DamageController::setSession);
    setSession(parts.workspace.current());
}

void DamageController::watch(EditorSession *session)
{
    auto *damage = new DamageSelection(*session);
    m_damage.insert(session, damage);
    connect(damage, &DamageSelection::changed, this, [this, session] {
        if (session == m_session)
            show();
    });
    connect(damage, &DamageSelection::found, this,
            [this, session](double share, const QStringList &warnings) {
                takeFound(session, share, warnings);
            });
    connect(session, &EditorSession::progressed, this,
            [this, session](JobId id, const ProgressReport &report) {
                if (session == m_session && m_running.value(session) == id)
                    m_parts.panel.setProgress(report);
            });
    connect(session, &EditorSession::finished, this,
            [this, session](JobId id, const Outcome &outcome) { takeEnd(session, id, outcome); });
}

void DamageController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    if (session)
        connect(session, &EditorSession::documentReplaced, m_watch, [this] { follow(); });
    m_parts.panel.setBusy(session && m_running.contains(session));
    follow();
}

void DamageController::follow()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    m_parts.panel.setEnabled(document);
    if (document)
        connect(document, &Document::selectionChanged, m_watch, [this] { show(); });
    show();
}

void DamageController::find()
{
    if (!damage() || m_running.contains(m_session))
        return;
    EditorSession *session = m_session;
    m_parts.panel.setBusy(true);
    const JobId job = damage()->find(m_parts.panel.wish());
    if (session->isRunning(job)) {
        m_running.insert(session, job);
        return;
    }
    // It was known, or is done already.
    m_parts.panel.setBusy(false);
    m_parts.actions[ActionId::QuickMask]->setChecked(true);
}

void DamageController::takeFound(const EditorSession *session, double share,
                                 const QStringList &warnings)
{
    if (session != m_session)
        return;
    const auto note = [&](const QString &sentence) {
        m_parts.messages.showNote((QStringList(sentence) + warnings).join(u' '));
    };
    if (share == 0) {
        note(tr("Nothing was found that is this surely damage. A lower \"How sure\" marks what is "
                "less sure."));
        return;
    }
    m_parts.actions[ActionId::QuickMask]->setChecked(true);
    QTimer::singleShot(0, this, &DamageController::showWholePanel); // laid out by then
    note(tr("%1 % of the picture is marked. Look it over before it is filled.")
             .arg(share * 100, 0, 'f', share < 0.01 ? 2 : 1));
}

/// In a low window, down to what comes next: the button that fills.
void DamageController::showWholePanel()
{
    QWidget *page = m_parts.panel.parentWidget();
    for (QWidget *w = page; w; w = w->parentWidget()) {
        if (auto *scroll = qobject_cast<QScrollArea *>(w))
            return scroll->ensureVisible(0, page->height());
    }
}

void DamageController::takeEnd(EditorSession *session, JobId id, const Outcome &outcome)
{
    if (!m_running.contains(session) || m_running.value(session) != id)
        return;
    m_running.remove(session);
    if (session == m_session)
        m_parts.panel.setBusy(false);
    if (outcome.kind == Outcome::Kind::Failed)
        m_parts.messages.showError(*outcome.error);
}

void DamageController::show()
{
    const DamageSelection *damage = this->damage();
    const bool isKnown = damage && damage->isKnown();
    const bool isMarked = isKnown && !m_session->document()->selection().isNull();
    m_parts.panel.setState(!isMarked, isKnown);
    if (isKnown)
        m_parts.panel.setWish(damage->wish());
    const auto key = [this](ActionId id) {
        return m_parts.actions[id]->shortcut().toString(QKeySequence::NativeText);
    };
    m_parts.panel.setHint(
        isMarked
            ? tr("About half of all damage is found, and clean places are marked, too: look it "
                 "over. %1 adds, %2 takes away, %3 fills.")
                  .arg(key(ActionId::Brush), key(ActionId::Eraser), key(ActionId::FillSelection))
            : tr("Marks what looks like scratches, creases and dust, for you to check and "
                 "fill."));
}

} // namespace heirloom
