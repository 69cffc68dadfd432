// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "toolcontroller.h"

#include "actions.h"
#include "canvas/canvasview.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "paintcontroller.h"
#include "painttarget.h"
#include "panels/brushpanel.h"
#include "panels/croppanel.h"
#include "panels/eyedropperpanel.h"
#include "panels/perspectivepanel.h"
#include "panels/straightenpanel.h"
#include "panels/toolspanel.h"
#include "retouchtools.h"
#include "session/editorsession.h"
#include "settings/brushsettings.h"
#include "tools/brushtool.h"
#include "tools/canvastoolhost.h"
#include "tools/croptool.h"
#include "tools/eyedroppertool.h"
#include "tools/perspectivetool.h"
#include "tools/straightentool.h"
#include "widgets/statusinfo.h"

namespace heirloom
{

ToolController::ToolController(Actions &actions, ToolsPanel &panel, CanvasView &canvas,
                               StatusInfo &status, Settings &settings, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_panel(panel)
    , m_canvas(canvas)
    , m_host(new CanvasToolHost(canvas, this))
    , m_crop(new CropTool(this))
    , m_straighten(new StraightenTool(this))
    , m_perspective(new PerspectiveTool(this))
    , m_paint(new PaintController(this))
    , m_brush(new BrushTool(this))
    , m_eraser(new EraserTool(this))
    , m_eyedropper(new EyedropperTool(this))
    , m_retouch(new RetouchTools(this))
    , m_settings(settings)
    , m_before(panel.current())
{
    build();
    m_host->setPaintPlace(m_paint);
    m_host->setEraser(m_eraser);
    connect(m_paint, &PaintController::refused, this, &ToolController::refused);
    connect(m_host, &CanvasToolHost::statusChanged, &status, &StatusInfo::showHint);
    connect(&panel, &ToolsPanel::chosen, this, &ToolController::choose);
    connectActions();
    setSession(nullptr);
}

ToolController::~ToolController()
{
    m_host->setTool(nullptr);
}

void ToolController::build()
{
    add(QStringLiteral("crop"), "crop", tr("Crop"), m_actions.hint(ActionId::Crop), m_crop,
        new CropPanel(*m_crop));
    add(QStringLiteral("straighten"), "straighten", tr("Straighten"),
        m_actions.hint(ActionId::Straighten), m_straighten, new StraightenPanel(*m_straighten));
    add(QStringLiteral("perspective"), "perspective", tr("Perspective"),
        m_actions.hint(ActionId::Perspective), m_perspective,
        new PerspectivePanel(*m_perspective));
    addPaint(QStringLiteral("brush"), "brush", tr("Brush"), m_actions.hint(ActionId::Brush),
             m_brush, true);
    addPaint(QStringLiteral("eraser"), "eraser", tr("Eraser"), m_actions.hint(ActionId::Eraser),
             m_eraser, false);
    add(QStringLiteral("eyedropper"), "eyedropper", tr("Eyedropper"),
        m_actions.hint(ActionId::Eyedropper), m_eyedropper,
        new EyedropperPanel(*m_paint->colors()));
    m_retouch->addTo([this](const QString &id, const char *icon, const QString &name,
                            ActionId action, PaintTool *tool) {
        return addPaint(id, icon, name, m_actions.hint(action), tool, false);
    });
}

BrushPanel *ToolController::addPaint(const QString &id, const char *icon, const QString &name,
                                     const QString &hint, PaintTool *tool, bool hasColors)
{
    tool->setBrush(keptBrush(m_settings, id));
    connect(tool, &PaintTool::brushChanged, this,
            [this, id, tool] { keepBrush(m_settings, id, tool->brush()); });
    auto *page =
        new BrushPanel(*tool, m_paint->target(), hasColors ? m_paint->colors() : nullptr, id);
    add(id, icon, name, hint, tool, page);
    return page;
}

void ToolController::connectActions()
{
    const auto on = [this](ActionId id, const QString &tool) {
        connect(m_actions[id], &QAction::triggered, this, [this, tool] { m_panel.choose(tool); });
    };
    on(ActionId::Crop, QStringLiteral("crop"));
    on(ActionId::Straighten, QStringLiteral("straighten"));
    on(ActionId::Perspective, QStringLiteral("perspective"));
    on(ActionId::Brush, QStringLiteral("brush"));
    on(ActionId::Eraser, QStringLiteral("eraser"));
    on(ActionId::Eyedropper, QStringLiteral("eyedropper"));
    for (const auto &[action, tool] : RetouchTools::actions())
        on(action, tool);
    const auto step = [this](ActionId id, void (PaintTool::*change)(bool), bool up) {
        connect(m_actions[id], &QAction::triggered, this, [this, change, up] {
            if (PaintTool *tool = paintTool())
                (tool->*change)(up);
        });
    };
    step(ActionId::BrushSmaller, &PaintTool::stepSize, false);
    step(ActionId::BrushLarger, &PaintTool::stepSize, true);
    step(ActionId::BrushSofter, &PaintTool::stepHardness, false);
    step(ActionId::BrushHarder, &PaintTool::stepHardness, true);
    connect(m_actions[ActionId::SwapColors], &QAction::triggered, m_paint->colors(),
            &PaintColors::swap);
    connect(m_actions[ActionId::DefaultColors], &QAction::triggered, m_paint->colors(),
            &PaintColors::reset);
}

PaintTool *ToolController::paintTool() const
{
    return qobject_cast<PaintTool *>(m_host->tool());
}

void ToolController::addTool(ActionId action, const QString &id, const char *icon, Tool *tool,
                             QWidget *page)
{
    addTool(action, id, icon, tool, page, ToolLook::Icon);
}

void ToolController::addTool(ActionId action, const QString &id, const char *icon, Tool *tool,
                             QWidget *page, ToolLook look)
{
    m_others.insert(id, tool);
    m_panel.addTool(id, icon, m_actions.name(action), m_actions.hint(action), page, look);
    m_actions[action]->setEnabled(m_session && m_session->document());
    m_actionIds << action;
    connect(m_actions[action], &QAction::triggered, this, [this, id] {
        if (m_panel.current() == id)
            choose(id); // it may have been put away for want of a picture
        m_panel.choose(id);
    });
}

void ToolController::add(const QString &id, const char *icon, const QString &name,
                         const QString &hint, Tool *tool, QWidget *page)
{
    m_tools.insert(id, tool);
    m_panel.addTool(id, icon, name, hint, page, ToolLook::Icon);
    connect(tool, &Tool::requested, this, &ToolController::carryOut);
    connect(tool, &Tool::finished, this, &ToolController::putAway);
}

Tool *ToolController::tool() const
{
    return m_host->tool();
}

void ToolController::choose(const QString &id)
{
    Tool *tool = m_tools.value(id);
    if (!qobject_cast<CanvasTool *>(tool)) // a tool that is never finished is gone back to
        m_before = id;
    if (!tool)
        tool = m_others.value(id);
    if (!tool || !m_session || !m_session->document())
        return m_host->setTool(nullptr);
    // It works on what will be kept; a comparison would cover half of it.
    m_canvas.setCompareMode(CompareMode::Off);
    m_host->setTool(tool);
    m_canvas.setFocus();
}

void ToolController::putAway()
{
    m_panel.choose(m_before);
}

bool ToolController::apply()
{
    Tool *tool = m_tools.value(m_panel.current());
    if (!tool || !tool->isActive())
        return false;
    if (auto *canvasTool = qobject_cast<CanvasTool *>(tool))
        canvasTool->apply();
    return true;
}

bool ToolController::giveUp()
{
    if (PaintTool *tool = paintTool())
        return tool->giveUpStroke();
    auto *tool = qobject_cast<CanvasTool *>(m_tools.value(m_panel.current()));
    if (!tool || !tool->isActive())
        return false;
    tool->giveUp();
    return true;
}

void ToolController::undo()
{
    if (m_session && !(tool() && tool()->takeBack()))
        m_session->undoStack().undo();
}

void ToolController::carryOut(const ToolRequest &request)
{
    if (!m_session || !m_session->document())
        return;
    struct {
        DocumentEditor &editor;
        Result<void> operator()(const CropRequest &r) { return editor.crop(r.frame); }
        Result<void> operator()(const StraightenRequest &r)
        {
            return editor.straighten(r.degrees, r.cropped);
        }
        Result<void> operator()(const PerspectiveRequest &r)
        {
            return editor.perspective(r.corners);
        }
    } does{m_session->editor()};
    if (const auto done = std::visit(does, request); !done)
        Q_EMIT refused(done.error());
}

void ToolController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    m_host->setTool(nullptr); // a stroke on the photo that goes is given up while it is there
    m_paint->setSession(session);
    if (session) {
        connect(session, &EditorSession::documentReplaced, m_watch,
                [this] { followDocument(); });
    }
    followDocument();
}

void ToolController::followDocument()
{
    Document *document = m_session ? m_session->document() : nullptr;
    for (const ActionId id :
         {ActionId::Crop, ActionId::Straighten, ActionId::Perspective, ActionId::Brush,
          ActionId::Eraser, ActionId::Eyedropper, ActionId::BrushSmaller, ActionId::BrushLarger,
          ActionId::BrushSofter, ActionId::BrushHarder, ActionId::SwapColors,
          ActionId::DefaultColors})
        m_actions[id]->setEnabled(document);
    for (const ActionId id : m_actionIds)
        m_actions[id]->setEnabled(document);
    for (const auto &[action, tool] : RetouchTools::actions())
        m_actions[action]->setEnabled(document);
    // What was set up for another photo means nothing for this one; a brush goes on.
    m_host->setTool(nullptr);
    if (qobject_cast<CanvasTool *>(m_tools.value(m_panel.current())))
        m_panel.choose(m_before);
    if (!document)
        return;
    m_size = document->canvas().size;
    m_host->setResolution(document->canvas().resolution);
    const QString id = m_panel.current();
    if (Tool *tool = m_tools.value(id, m_others.value(id)))
        m_host->setTool(tool);
    connect(document, &Document::changed, m_watch, [this, document] {
        m_host->pictureChanged();
        m_host->setResolution(document->canvas().resolution);
        if (std::exchange(m_size, document->canvas().size) != m_size && tool())
            tool()->canvasChanged();
    });
}

} // namespace heirloom
