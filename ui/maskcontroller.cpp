// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "maskcontroller.h"

#include "actions.h"
#include "canvas/documentcontent.h"
#include "canvascontroller.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "paintcontroller.h"
#include "painttarget.h"
#include "panels/layerspanel.h"
#include "session/editorsession.h"
#include "session/workspace.h"
#include "settings/settings.h"
#include "toolcontroller.h"
#include "widgets/messagebar.h"

namespace heirloom
{

MaskController::MaskController(const Parts &parts)
    : QObject(&parts.tools)
    , m_parts(parts)
{
    QAction *quick = parts.actions[ActionId::QuickMask];
    quick->setCheckable(true);
    connect(quick, &QAction::toggled, this, &MaskController::setQuick);
    connect(&parts.layers, &LayersPanel::thumbnailClicked, this, &MaskController::choose);
    connect(&target(), &PaintTarget::changed, this, &MaskController::show);
    connect(&parts.view, &CanvasController::contentShown, this, &MaskController::show);
    connect(&parts.settings, &Settings::changed, this, &MaskController::show);
    connect(&parts.workspace, &Workspace::currentChanged, this, &MaskController::setSession);
    setSession(parts.workspace.current());
}

PaintTarget &MaskController::target() const
{
    return m_parts.tools.paint().target();
}

void MaskController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    if (session)
        connect(session, &EditorSession::documentReplaced, m_watch, [this] { follow(); });
    follow();
}

void MaskController::follow()
{
    m_alone = {};
    const Document *document = m_session ? m_session->document() : nullptr;
    m_parts.actions[ActionId::QuickMask]->setEnabled(document);
    m_parts.actions[ActionId::QuickMask]->setChecked(false);
    if (document) {
        connect(document, &Document::activeLayerChanged, m_watch, [this] {
            if (m_session->document()->activeLayer() != m_alone)
                m_alone = {};
            show();
        });
        connect(document, &Document::layerChanged, m_watch, [this] { show(); });
        connect(document, &Document::stackChanged, m_watch, [this] { show(); });
    }
    show();
}

void MaskController::choose(LayerId id, bool mask, Qt::KeyboardModifiers modifiers)
{
    Document *document = m_session ? m_session->document() : nullptr;
    const Layer *layer = document ? document->layer(id) : nullptr;
    if (!layer)
        return;
    document->setActiveLayer(id);
    if (mask && (modifiers & Qt::ShiftModifier)) {
        if (const auto done = m_session->editor().setMaskEnabled(id, !layer->mask.enabled); !done)
            m_parts.messages.showError(done.error());
        return;
    }
    if (mask && (modifiers & Qt::AltModifier)) {
        m_alone = m_alone == id ? LayerId() : id;
        if (m_alone.isValid())
            m_parts.messages.showNote(
                tr("The mask alone; Alt+click on it again shows the picture."));
    }
    target().setMask(mask);
    show();
}

void MaskController::setQuick(bool on)
{
    m_quick = on;
    target().setSelection(on);
    if (on)
        m_parts.messages.showNote(
            tr("Quick mask: the brush selects, the eraser takes away. %1 again "
               "ends it.")
                .arg(m_parts.actions[ActionId::QuickMask]->shortcut().toString(
                    QKeySequence::NativeText)));
    show();
}

void MaskController::show()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    const Layer *alone = document ? document->layer(m_alone) : nullptr;
    if (alone && alone->mask.isNull())
        m_alone = {};
    m_parts.layers.setPaintTarget(target().isMask(), target().canChoose());
    DocumentContent *content = m_parts.view.content();
    if (!content)
        return;
    std::optional<MaskShown> shown;
    if (m_alone.isValid()) {
        shown = MaskShown{m_alone, MaskShown::Look::Alone, {}};
    } else if (m_quick && document) {
        shown = MaskShown{target().isMask() ? document->activeLayer() : LayerId(),
                          MaskShown::Look::Tint,
                          QColor(m_parts.settings.value(setting::quickMaskColor))};
        shown->color.setAlphaF(float(m_parts.settings.value(setting::quickMaskOpacity)) / 100);
    }
    content->setMaskShown(shown);
}

} // namespace heirloom
