// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "selectioncontroller.h"

#include "actions.h"
#include "canvas/canvasview.h"
#include "canvas/selectionoverlay.h"
#include "coveragecontroller.h"
#include "docks.h"
#include "document/compositor.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "paint/coverageshape.h"
#include "panels/layerspanel.h"
#include "panels/selectpanel.h"
#include "session/coverageedit.h"
#include "session/editorsession.h"
#include "session/workspace.h"
#include "toolcontroller.h"
#include "tools/lassotool.h"
#include "tools/marqueetool.h"
#include "tools/wandtool.h"
#include "widgets/messagebar.h"

namespace heirloom
{

namespace
{

/// What the wand looks at: everything that is seen, or a layer by itself as it is without opacity,
/// blending and mask.
Snapshot seenBy(const SelectOptions &options, const Snapshot &state)
{
    const Layer *layer = state.stack.find(state.activeLayer);
    if (options.allLayers || !layer || !layer->hasPixels())
        return state;
    Snapshot seen = state;
    Layer alone = *layer;
    alone.visible = true;
    alone.opacity = 1;
    alone.blendMode = BlendMode::Normal;
    alone.mask = {};
    seen.stack = {};
    seen.stack.insert(0, alone);
    seen.canvas.format = seen.canvas.format.withAlpha(true);
    return seen;
}

TiledBuffer shapeCoverage(const ShapeSelection &selection, QSize canvas,
                          const std::shared_ptr<TileStore> &store)
{
    return selection.isPixels
               ? coverageOf(selection.shape.boundingRect().toRect(), canvas, store)
               : coverageOf(selection.shape, selection.options.smooth, canvas, store);
}

} // namespace

SelectionController::SelectionController(const Parts &parts)
    : QObject(&parts.tools)
    , m_parts(parts)
    , m_rectangle(new MarqueeTool(MarqueeTool::Shape::Rectangle, m_options, this))
    , m_ellipse(new MarqueeTool(MarqueeTool::Shape::Ellipse, m_options, this))
    , m_lasso(new LassoTool(m_options, this))
    , m_wand(new WandTool(m_options, this))
    , m_overlay(new SelectionOverlay(parts.canvas))
    , m_coverage(new CoverageController(parts.canvas.window()))
{
    buildTools();
    connectActions();
    m_overlay->setHeldBack([this] {
        // A preview, or what another tool is doing, is to be seen without it.
        const Tool *tool = m_parts.tools.tool();
        return m_parts.actions[ActionId::QuickMask]->isChecked() ||
               m_parts.canvas.isPreviewing() || m_parts.canvas.isOriginalShown() ||
               qobject_cast<const CanvasTool *>(tool) ||
               (tool && tool->isInGesture() && !qobject_cast<const SelectTool *>(tool));
    });
    connect(&parts.docks.layersPanel(), &LayersPanel::maskMenuFilled, m_coverage,
            &CoverageController::fillMaskMenu);
    connect(m_coverage, &CoverageController::failed, &parts.messages, &MessageBar::showError);
    connect(m_coverage, &CoverageController::saved, &parts.messages,
            [&parts = m_parts](const QString &path) {
                parts.messages.showDone(tr("Written: %1").arg(path));
            });
    connect(&parts.workspace, &Workspace::currentChanged, this, &SelectionController::setSession);
    setSession(parts.workspace.current());
}

SelectionController::~SelectionController() = default;

void SelectionController::buildTools()
{
    const auto add = [this](ActionId action, const char *id, const char *icon, SelectTool *tool,
                            SelectPanel::Kind kind, const QString &hint) {
        tool->setIsSelected([this](QPoint pixel) { return m_overlay->isSelected(pixel); });
        connect(tool, &SelectTool::shapeSelected, this,
                [this](const ShapeSelection &selection) { take(selection); });
        connect(tool, &SelectTool::wandUsed, this,
                [this](const WandSelection &selection) { take(selection); });
        connect(tool, &SelectTool::noneSelected, this, [this] {
            if (m_session && m_session->document())
                tell(m_session->editor().selectNone());
        });
        connect(tool, &SelectTool::selectionDragged, m_overlay, &SelectionOverlay::setOffset);
        connect(tool, &SelectTool::selectionMoved, this, [this](QPointF by) {
            if (m_session && m_session->document() &&
                !m_session->document()->selection().isNull())
                tell(m_session->editor().moveSelection(by));
        });
        m_parts.tools.addTool(action, QLatin1String(id), icon, tool,
                              new SelectPanel(*tool, kind, hint));
    };
    add(ActionId::SelectRectangle, "selectRectangle", "select-rectangle", m_rectangle,
        SelectPanel::Kind::Rectangle,
        tr("Drag a rectangle over the part that is to be worked on."));
    add(ActionId::SelectEllipse, "selectEllipse", "select-ellipse", m_ellipse,
        SelectPanel::Kind::Shape, tr("Drag an ellipse over the part that is to be worked on."));
    add(ActionId::Lasso, "lasso", "lasso", m_lasso, SelectPanel::Kind::Shape,
        tr("Draw around the part that is to be worked on, or click from corner to corner."));
    add(ActionId::Wand, "wand", "wand", m_wand, SelectPanel::Kind::Wand,
        tr("Click on something to select what looks like it."));
}

void SelectionController::connectActions()
{
    const auto on = [this](ActionId id, auto function) {
        connect(m_parts.actions[id], &QAction::triggered, this, [this, function] {
            if (m_session && m_session->document())
                function(m_session->editor());
        });
    };
    on(ActionId::SelectAll, [this](DocumentEditor &editor) { tell(editor.selectAll()); });
    on(ActionId::SelectNone, [this](DocumentEditor &editor) { tell(editor.selectNone()); });
    on(ActionId::InvertSelection,
       [this](DocumentEditor &editor) { tell(editor.invertSelection()); });
    on(ActionId::SelectMask, [this](DocumentEditor &editor) {
        tell(editor.selectMask(m_session->document()->activeLayer()));
    });
    on(ActionId::SelectTransparency, [this](DocumentEditor &editor) {
        tell(editor.selectTransparency(m_session->document()->activeLayer()));
    });
    on(ActionId::SelectionToMask, [this](DocumentEditor &editor) {
        tell(editor.maskFromSelection(m_session->document()->activeLayer()));
    });
    using Command = CoverageController::Command;
    const std::pair<ActionId, Command> commands[] = {
        {ActionId::GrowSelection, Command::Grow},
        {ActionId::ShrinkSelection, Command::Shrink},
        {ActionId::FeatherSelection, Command::Feather},
        {ActionId::SelectTones, Command::Luminance},
        {ActionId::SelectColors, Command::Color},
        {ActionId::LoadSelection, Command::Load},
        {ActionId::SaveSelection, Command::Save}};
    for (const auto &[id, command] : commands)
        on(id, [this, command = command](DocumentEditor &) { m_coverage->run(command); });
    QAction *show = m_parts.actions[ActionId::ShowSelection];
    show->setCheckable(true);
    show->setChecked(true);
    connect(show, &QAction::toggled, m_overlay, &SelectionOverlay::setWanted);
}

void SelectionController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    m_job = {};
    m_waiting.clear();
    m_coverage->setSession(session);
    if (session) {
        connect(session, &EditorSession::documentReplaced, m_watch, [this] { follow(); });
        connect(session, &EditorSession::refused, m_watch,
                [this](const Error &error) { m_parts.messages.showError(error); });
        connect(session, &EditorSession::finished, m_watch, [this](JobId id) {
            if (id != m_job)
                return;
            m_job = {};
            if (!m_waiting.isEmpty())
                submit(m_waiting.takeFirst());
        });
    }
    follow();
}

void SelectionController::follow()
{
    m_waiting.clear();
    if (const Document *document = m_session ? m_session->document() : nullptr) {
        connect(document, &Document::selectionChanged, m_watch, [this] { show(); });
        connect(document, &Document::canvasChanged, m_watch, [this] { show(); });
        connect(document, &Document::activeLayerChanged, m_watch, [this] { updateActions(); });
        connect(document, &Document::layerChanged, m_watch, [this] { updateActions(); });
    }
    show();
}

void SelectionController::show()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    m_overlay->setSelection(document ? document->selection() : Mask(),
                            document ? document->canvas().size : QSize());
    updateActions();
}

void SelectionController::updateActions()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    const Layer *layer = document ? document->layer(document->activeLayer()) : nullptr;
    const bool has = document && !document->selection().isNull();
    const auto enable = [this](std::initializer_list<ActionId> ids, bool on) {
        for (const ActionId id : ids)
            m_parts.actions[id]->setEnabled(on);
    };
    enable({ActionId::SelectAll, ActionId::SelectTones, ActionId::SelectColors,
            ActionId::LoadSelection, ActionId::ShowSelection},
           document);
    enable({ActionId::SelectNone, ActionId::InvertSelection, ActionId::GrowSelection,
            ActionId::ShrinkSelection, ActionId::FeatherSelection, ActionId::SaveSelection},
           has);
    enable({ActionId::SelectMask}, layer && !layer->mask.isNull());
    enable({ActionId::SelectTransparency}, layer && layer->hasPixels());
    enable({ActionId::SelectionToMask}, has && layer && !layer->locked);
}

void SelectionController::tell(const Result<void> &done)
{
    if (!done)
        m_parts.messages.showError(done.error());
}

void SelectionController::submit(std::function<JobId()> job)
{
    if (m_job.isValid()) {
        m_waiting << std::move(job);
        return;
    }
    const JobId id = job();
    m_job = m_session->isRunning(id) ? id : JobId();
}

void SelectionController::take(const ShapeSelection &selection)
{
    if (!m_session || !m_session->document())
        return;
    const SelectOptions &options = selection.options;
    if (options.feather == 0 && !m_job.isValid()) { // quick enough to be there at once
        const Document &document = *m_session->document();
        const QSize size = document.canvas().size;
        TiledBuffer made = shapeCoverage(selection, size, document.store());
        if (options.mode != CoverageMode::Replace) {
            const Mask there = document.selection().laidOn(size);
            made = combined(there.isNull() ? TiledBuffer(size, made.format(), document.store())
                                           : there.pixels,
                            made, options.mode);
        }
        return tell(m_session->editor().setSelection({made, {}, true}, selection.text));
    }
    submit([session = m_session, selection] {
        return combineCoverage(
            *session, {}, selection.text, selection.options.mode,
            [selection](const CoverageTask &task, const Progress &progress) -> Result<TiledBuffer> {
                const TiledBuffer made =
                    shapeCoverage(selection, task.state.canvas.size, task.store);
                return selection.options.feather > 0
                           ? feathered(made, selection.options.feather, progress)
                           : made;
            });
    });
}

void SelectionController::take(const WandSelection &selection)
{
    if (!m_session || !m_session->document())
        return;
    submit([session = m_session, selection] {
        return combineCoverage(
            *session, {}, tr("Select with the wand"), selection.options.mode,
            [selection](const CoverageTask &task, const Progress &progress) -> Result<TiledBuffer> {
                const SelectOptions &options = selection.options;
                CompositorSource source(seenBy(options, task.state), task.store);
                auto made = floodCoverage(source, selection.at,
                                          {options.tolerance, options.contiguous, options.smooth},
                                          task.store, progress);
                if (!made || options.feather == 0)
                    return made;
                return feathered(*made, options.feather, progress);
            });
    });
}

} // namespace heirloom
