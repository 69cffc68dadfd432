// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "printscontroller.h"

#include "actions.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "session/scannedprints.h"
#include "session/sessionjobs.h"
#include "session/workspace.h"
#include "widgets/messagebar.h"

#include <cmath>

namespace heirloom
{

namespace
{

/// Up to here a print lies straight, and its pixels are not moved.
constexpr double Straight = 0.02; ///< degrees

} // namespace

PrintsController::PrintsController(const Parts &parts)
    : QObject(&parts.parent)
    , m_parts(parts)
{
    connect(parts.actions[ActionId::CropToPrint], &QAction::triggered, this,
            [this] { look(false); });
    connect(parts.actions[ActionId::SplitPrints], &QAction::triggered, this,
            [this] { look(true); });
    connect(&parts.workspace, &Workspace::currentChanged, this, &PrintsController::setSession);
    setSession(parts.workspace.current());
}

void PrintsController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    const auto update = [this, session] {
        for (const ActionId id : {ActionId::CropToPrint, ActionId::SplitPrints})
            m_parts.actions[id]->setEnabled(session && session->hasDocument());
    };
    if (session)
        connect(session, &EditorSession::documentReplaced, m_watch, update);
    update();
}

void PrintsController::look(bool split)
{
    EditorSession *session = m_parts.workspace.current();
    if (!session || !session->hasDocument())
        return;
    const Snapshot state = session->document()->snapshot();
    session->jobs().submit<ScannedPrints>(
        tr("Look for prints"), Priority::Batch,
        [state, split, store = session->tileStore()](const Progress &progress) {
            return scannedPrints(state, store, split, progress);
        },
        [this, session, state, split](JobId id, const ScannedPrints &found) {
            if (!session->hasDocument() ||
                (!split && !session->document()->snapshot().samePicture(state))) {
                Q_EMIT session->dropped(id);
                return;
            }
            take(session, found, split);
        },
        [this](JobId, const Outcome &outcome) {
            if (outcome.kind == Outcome::Kind::Failed)
                m_parts.messages.showError(*outcome.error);
        });
}

void PrintsController::take(EditorSession *session, const ScannedPrints &found, bool split)
{
    const auto count = found.prints.size();
    if (count == 0) {
        m_parts.messages.showNote(
            tr("No print on a plain ground was found. The ground has to be seen around the print; "
               "Crop and Straighten do it by hand."));
    } else if (split && count == 1) {
        m_parts.messages.showNote(tr("There is one print on this scan."));
        m_parts.messages.setAction(tr("Straighten to the print"),
                                   [action = m_parts.actions[ActionId::CropToPrint]] {
                                       action->trigger();
                                   });
    } else if (split) {
        openEach(*session, found);
    } else if (count > 1) {
        m_parts.messages.showNote(tr("There are %1 prints on this scan.").arg(count));
        m_parts.messages.setAction(tr("Open each"),
                                   [action = m_parts.actions[ActionId::SplitPrints]] {
                                       action->trigger();
                                   });
    } else {
        straighten(*session, found);
    }
}

void PrintsController::straighten(EditorSession &session, const ScannedPrints &found)
{
    const FoundPrint &print = found.prints.first();
    DocumentEditor &editor = session.editor();
    const QPolygonF corners(QList<QPointF>(print.corners.begin(), print.corners.end()));
    const QRect straight = print.bounds().toRect() & session.document()->canvas().rect();
    const auto done = std::abs(print.angle) <= Straight
                          ? editor.crop(straight)
                          : editor.perspective(corners, tr("Straighten to the print"));
    if (!done)
        return m_parts.messages.showError(done.error());
    m_parts.messages.showDone(tr("Straightened by %1 degrees and cropped to the print.")
                                  .arg(std::abs(print.angle), 0, 'f', 1));
}

void PrintsController::openEach(const EditorSession &session, const ScannedPrints &found)
{
    for (qsizetype i = 0; i < found.pictures.size(); ++i) {
        const QString name = tr("%1, print %2").arg(session.name()).arg(i + 1);
        m_parts.workspace.open(
            [picture = found.pictures[i], icc = found.icc, resolution = found.resolution,
             name](EditorSession &opened) {
                return opened.openImage(picture, icc, name, resolution);
            },
            i == 0);
    }
}

} // namespace heirloom
