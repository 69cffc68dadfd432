// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "toolcontroller.h"

#include "actions.h"
#include "canvas/canvasview.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "panels/croppanel.h"
#include "panels/perspectivepanel.h"
#include "panels/straightenpanel.h"
#include "panels/toolspanel.h"
#include "session/editorsession.h"
#include "tools/canvastoolhost.h"
#include "tools/croptool.h"
#include "tools/perspectivetool.h"
#include "tools/straightentool.h"
#include "widgets/statusinfo.h"

namespace heirloom
{

ToolController::ToolController(Actions &actions, ToolsPanel &panel, CanvasView &canvas,
                               StatusInfo &status, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_panel(panel)
    , m_canvas(canvas)
    , m_host(new CanvasToolHost(canvas, this))
    , m_crop(new CropTool(this))
    , m_straighten(new StraightenTool(this))
    , m_perspective(new PerspectiveTool(this))
    , m_before(panel.current())
{
    build();
    connect(m_host, &CanvasToolHost::statusChanged, &status, &StatusInfo::showHint);
    connect(&panel, &ToolsPanel::chosen, this, &ToolController::choose);
    const auto on = [this](ActionId id, const QString &tool) {
        connect(m_actions[id], &QAction::triggered, this, [this, tool] { m_panel.choose(tool); });
    };
    on(ActionId::Crop, QStringLiteral("crop"));
    on(ActionId::Straighten, QStringLiteral("straighten"));
    on(ActionId::Perspective, QStringLiteral("perspective"));
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
}

void ToolController::addTool(ActionId action, const QString &id, const char *icon, Tool *tool,
                             QWidget *page)
{
    m_others.insert(id, tool);
    m_panel.addTool(id, icon, m_actions.name(action), m_actions.hint(action), page);
    m_actions[action]->setEnabled(m_session && m_session->document());
    m_actionIds << action;
    connect(m_actions[action], &QAction::triggered, this, [this, id] {
        if (m_panel.current() == id)
            choose(id); // it may have been put away for want of a picture
        m_panel.choose(id);
    });
}

void ToolController::add(const QString &id, const char *icon, const QString &name,
                         const QString &hint, CanvasTool *tool, QWidget *page)
{
    m_tools.insert(id, tool);
    m_panel.addTool(id, icon, name, hint, page);
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
    if (!tool) {
        m_before = id;
        tool = m_others.value(id);
    }
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
    CanvasTool *tool = m_tools.value(m_panel.current());
    if (!tool || !tool->isActive())
        return false;
    tool->apply();
    return true;
}

bool ToolController::giveUp()
{
    CanvasTool *tool = m_tools.value(m_panel.current());
    if (!tool || !tool->isActive())
        return false;
    tool->giveUp();
    return true;
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
    if (session) {
        connect(session, &EditorSession::documentReplaced, m_watch,
                [this] { followDocument(); });
    }
    followDocument();
}

void ToolController::followDocument()
{
    Document *document = m_session ? m_session->document() : nullptr;
    for (const ActionId id : {ActionId::Crop, ActionId::Straighten, ActionId::Perspective})
        m_actions[id]->setEnabled(document);
    for (const ActionId id : m_actionIds)
        m_actions[id]->setEnabled(document);
    // What was set up for another photo means nothing for this one.
    m_host->setTool(nullptr);
    if (m_tools.contains(m_panel.current()))
        m_panel.choose(m_before);
    if (!document)
        return;
    m_size = document->canvas().size;
    m_host->setResolution(document->canvas().resolution);
    if (Tool *other = m_others.value(m_panel.current()))
        m_host->setTool(other);
    connect(document, &Document::changed, m_watch, [this, document] {
        m_host->pictureChanged();
        m_host->setResolution(document->canvas().resolution);
        if (std::exchange(m_size, document->canvas().size) != m_size && tool())
            tool()->canvasChanged();
    });
}

} // namespace heirloom
