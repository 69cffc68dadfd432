// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/coverageedit.h"

#include "document/document.h"
#include "edit/documenteditor.h"
#include "session/editorsession.h"
#include "session/sessionjobs.h"

namespace heirloom
{

namespace
{

/// Null: there is none.
Mask maskIn(const Snapshot &state, LayerId maskOf)
{
    if (!maskOf.isValid())
        return state.selection;
    const Layer *layer = state.stack.find(maskOf);
    return layer ? layer->mask : Mask();
}

} // namespace

JobId editCoverage(EditorSession &session, LayerId maskOf, const QString &text,
                   CoverageMaker maker)
{
    const Snapshot state = session.document()->snapshot();
    if (maskOf.isValid()) {
        const Layer *layer = state.stack.find(maskOf);
        if (layer && layer->locked) { // said before the work
            Q_EMIT session.refused(Error(ErrorCode::LayerLocked, {layer->name}));
            return {};
        }
    }
    return session.jobs().submit<TiledBuffer>(
        text, Priority::Interactive,
        [state, maskOf, maker = std::move(maker),
         store = session.tileStore()](const Progress &progress) -> Result<TiledBuffer> {
            CoverageTask task{state, maskIn(state, maskOf).laidOn(state.canvas.size).pixels, store};
            return maker(task, progress);
        },
        [&session, document = QPointer(session.document()), state, maskOf,
         text](JobId id, const TiledBuffer &made) {
            const Mask before = maskIn(state, maskOf);
            if (!document || document != session.document() ||
                document->canvas().size != state.canvas.size ||
                (maskOf.isValid() && !document->layer(maskOf)) ||
                !(maskIn(document->snapshot(), maskOf) == before)) {
                Q_EMIT session.dropped(id);
                return;
            }
            DocumentEditor &editor = session.editor();
            editor.finishGesture();
            const auto done = maskOf.isValid()
                                  ? editor.setMask(maskOf, {made, {}, before.enabled}, text)
                                  : editor.setSelection({made, {}, true}, text);
            editor.finishGesture();
            if (!done)
                Q_EMIT session.refused(done.error());
        },
        [&session](JobId, const Outcome &outcome) {
            if (outcome.kind == Outcome::Kind::Failed)
                Q_EMIT session.refused(*outcome.error);
        });
}

JobId combineCoverage(EditorSession &session, LayerId maskOf, const QString &text,
                      CoverageMode mode, CoverageMaker maker)
{
    return editCoverage(session, maskOf, text,
                        [mode, maker = std::move(maker)](
                            const CoverageTask &task,
                            const Progress &progress) -> Result<TiledBuffer> {
                            auto made = maker(task, progress);
                            if (!made || mode == CoverageMode::Replace)
                                return made;
                            const TiledBuffer there =
                                task.there.isNull()
                                    ? TiledBuffer(made->size(), made->format(), task.store)
                                    : task.there;
                            return combined(there, *made, mode);
                        });
}

} // namespace heirloom
