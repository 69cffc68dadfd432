// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "colorcontroller.h"

#include "actions.h"
#include "canvas/canvasview.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "panels/colorpanel.h"
#include "panels/hinteditor.h"
#include "panels/toolspanel.h"
#include "session/colorhinting.h"
#include "session/modelenvironment.h"
#include "session/workspace.h"
#include "startpage.h"
#include "toolcontroller.h"
#include "tools/hinttool.h"
#include "widgets/messagebar.h"

#include <QTimer>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int suggestionCount = 8;
/// The radius of a new hint is the longest side by this.
constexpr double radiusShare = 1.0 / 100;
constexpr double leastNewRadius = 2;
const QString toolId = QStringLiteral("colour");

} // namespace

ColorController::ColorController(const Parts &parts)
    : QObject(&parts.tools)
    , m_parts(parts)
    , m_tool(new HintTool(this))
    , m_panel(new ColorPanel)
{
    parts.tools.addTool(ActionId::Colorize, toolId, "colour", m_tool, m_panel, ToolLook::Named);
    connectTool();
    connectPanel();
    connect(parts.actions[ActionId::Colorize], &QAction::triggered, this, &ColorController::color);
    connect(&parts.start, &StartPage::toolRequested, this,
            [this](const QString &tool) { m_colorsNext = tool == toolId; });
    connect(&parts.start, &StartPage::openRequested, this, [this] { m_colorsNext = false; });
    connect(parts.actions[ActionId::Open], &QAction::triggered, this,
            [this] { m_colorsNext = false; });
    connect(&parts.workspace, &Workspace::opened, this, &ColorController::watch);
    connect(&parts.workspace, &Workspace::aboutToClose, this,
            [this](const EditorSession *session) {
                m_hintings.remove(session);
                if (session == m_session)
                    setSession(nullptr);
            });
    connect(&parts.workspace, &Workspace::currentChanged, this, &ColorController::setSession);
    setSession(parts.workspace.current());
}

void ColorController::connectTool()
{
    connect(m_tool, &HintTool::moving, this, &ColorController::look);
    connect(m_tool, &HintTool::settled, this, &ColorController::commit);
    connect(m_tool, &HintTool::takenBack, this, [this] {
        if (hinting())
            hinting()->stopLooking();
        clearLook();
    });
    connect(m_tool, &HintTool::selectedChanged, this, &ColorController::showSelected);
    m_tool->setTakeBack([this] { return hinting() && hinting()->takeBack(); });
}

void ColorController::connectPanel()
{
    connect(m_panel, &ColorPanel::colorRequested, this, &ColorController::color);
    connect(m_panel, &ColorPanel::cancelRequested, this, [this] {
        if (hinting())
            hinting()->cancel();
    });
    connect(m_panel, &ColorPanel::tasteMoving, this, &ColorController::look);
    connect(m_panel, &ColorPanel::tasteChanged, this,
            [this] { commit(tr("Saturation and warmth")); });
    connect(m_panel, &ColorPanel::strengthMoving, this, [this](int percent) {
        if (!hinting() || !hinting()->layer().isValid())
            return;
        const auto set = m_session->editor().setOpacity(hinting()->layer(), percent / 100.0);
        if (!set)
            m_parts.messages.showError(set.error());
    });
    connect(m_panel, &ColorPanel::strengthChanged, this, [this] {
        if (m_session)
            m_session->editor().finishGesture();
    });
    connect(&m_panel->editor(), &HintEditor::edited, this, &ColorController::takeEdited);
    connect(&m_panel->editor(), &HintEditor::removeRequested, m_tool, &HintTool::removeSelected);
}

void ColorController::watch(EditorSession *session)
{
    auto *hinting = new ColorHinting(*session);
    m_hintings.insert(session, hinting);
    const auto whenCurrent = [this, session](auto function) {
        return [this, session, function](const auto &...arguments) {
            if (session == m_session)
                (this->*function)(arguments...);
        };
    };
    connect(hinting, &ColorHinting::changed, this, whenCurrent(&ColorController::show));
    connect(hinting, &ColorHinting::settled, this, whenCurrent(&ColorController::clearLook));
    connect(hinting, &ColorHinting::progressed, this,
            [this, session](const ProgressReport &report) {
                if (session == m_session)
                    m_panel->setProgress(report);
            });
    connect(hinting, &ColorHinting::looked, this,
            [this, session](const QImage &image, const QRectF &place) {
                if (session == m_session && m_isLooking)
                    m_parts.canvas.setPreviewPieces({{image, place}});
            });
    connect(hinting, &ColorHinting::suggested, this,
            [this, session](QPointF place, const std::vector<ColorSuggestion> &found) {
                const int selected = m_tool->selected();
                if (session != m_session || selected < 0 ||
                    m_tool->hints().all[selected].path.first() != place)
                    return;
                QList<QColor> colors;
                for (const ColorSuggestion &one : found)
                    colors += QColor::fromRgb(one.color);
                m_panel->editor().setSuggestions(colors);
            });
    connect(hinting, &ColorHinting::failed, &m_parts.messages, &MessageBar::showError);
    connect(session, &EditorSession::documentReplaced, this, [this, session] {
        if (session == m_session)
            show();
    });
}

void ColorController::setSession(EditorSession *session)
{
    m_session = session;
    m_isLooking = false;
    m_tool->select(-1);
    show();
    if (session && session->hasDocument() && std::exchange(m_colorsNext, false))
        color();
}

void ColorController::color()
{
    if (!hinting() || !m_session->hasDocument() || hinting()->layer().isValid() ||
        hinting()->isBusy())
        return;
    hinting()->change(ColorizeSettings(), tr("Colour"));
}

ColorizeSettings ColorController::wished() const
{
    ColorizeSettings settings = hinting()->settings();
    settings.hints.all = m_tool->hints().all;
    if (hinting()->layer().isValid())
        settings.taste = m_panel->taste();
    return settings;
}

void ColorController::commit(const QString &text)
{
    if (!hinting() || !m_session->hasDocument())
        return;
    look();
    hinting()->change(wished(), text);
}

void ColorController::look()
{
    if (!hinting() || !m_session->hasDocument())
        return;
    m_isLooking = true;
    const Viewport &viewport = m_parts.canvas.viewport();
    hinting()->look(wished(), viewport.visiblePixels(), viewport.scale());
}

/// Hints of one name share one colour: a new colour is the others' too, and who takes a name takes
/// its colour.
void ColorController::takeEdited(const ColorHint &hint, const QString &text)
{
    const int selected = m_tool->selected();
    if (selected < 0)
        return;
    QList<ColorHint> all = m_tool->hints().all;
    const ColorHint before = all[selected];
    all[selected] = hint;
    if (!hint.name.isEmpty()) {
        for (ColorHint &other : all) {
            if (&other == &all[selected] || other.name != hint.name)
                continue;
            if (hint.name != before.name)
                all[selected].color = other.color;
            else
                other.color = hint.color;
        }
    }
    m_tool->setAll(all);
    commit(text);
}

void ColorController::showSelected()
{
    const int selected = m_tool->selected();
    HintEditor &editor = m_panel->editor();
    editor.setSuggestions({});
    if (selected < 0)
        return editor.setHint({});
    editor.setHint(m_tool->hints().all[selected]);
    if (!m_tool->isInGesture() && hinting())
        hinting()->suggest(selected, suggestionCount);
}

void ColorController::show()
{
    const bool isOpen = m_session && m_session->hasDocument() && hinting();
    if (!isOpen) {
        m_panel->setState(ColorPanel::State::Nothing);
        m_tool->setHints({}, {});
        return;
    }
    const LayerId id = hinting()->layer();
    const Layer *layer = m_session->document()->layer(id);
    m_panel->setState(hinting()->isMakingLayer() ? ColorPanel::State::Making
                      : layer                    ? ColorPanel::State::Coloured
                                                 : ColorPanel::State::Grey);
    m_panel->setNote(m_session->models().packs(ModelTask::Colorize).empty()
                         ? tr("No network for colouring is installed. Only the colours of your "
                              "hints will be spread: click to place some.")
                         : QString());
    const QSize picture = hinting()->picture();
    m_tool->setNewRadius(
        std::max(leastNewRadius, radiusShare * std::max(picture.width(), picture.height())));
    const ColorizeSettings settings = hinting()->settings();
    m_tool->setHints(settings.hints.scaledTo(picture), hinting()->toCanvas());
    m_panel->setLook(settings.taste, layer ? int(std::lround(layer->opacity * 100)) : 100);
    const int selected = m_tool->selected();
    m_panel->editor().setHint(selected >= 0 ? std::optional(m_tool->hints().all[selected])
                                            : std::nullopt);
}

/// The document shows all there is: the look over it goes when the canvas has drawn that.
void ColorController::clearLook()
{
    if (!m_isLooking || m_tool->isInGesture())
        return;
    if (!m_parts.canvas.isSettled()) {
        connect(&m_parts.canvas, &CanvasView::settled, this, &ColorController::clearLook,
                Qt::UniqueConnection);
        return;
    }
    disconnect(&m_parts.canvas, &CanvasView::settled, this, &ColorController::clearLook);
    if (hinting() && hinting()->isBusy())
        return; // another change is on its way
    m_isLooking = false;
    if (hinting())
        hinting()->stopLooking();
    m_parts.canvas.setPreviewPieces({});
}

} // namespace heirloom
