// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "colorcontroller.h"

#include "actions.h"
#include "canvas/canvascontent.h"
#include "canvas/canvasview.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "hintfiles.h"
#include "paintcontroller.h"
#include "panels/colorpanel.h"
#include "panels/hinteditor.h"
#include "panels/hintlist.h"
#include "panels/toolspanel.h"
#include "referencecontroller.h"
#include "session/colorhinting.h"
#include "session/modelenvironment.h"
#include "session/workspace.h"
#include "startpage.h"
#include "toolcontroller.h"
#include "tools/hinttool.h"
#include "widgets/messagebar.h"

#include <QTimer>

#include <algorithm>
#include <cmath>
#include <utility>

namespace heirloom
{

namespace
{

constexpr int suggestionCount = 8;
/// The radius of a new hint is the longest side by this.
constexpr double radiusShare = 1.0 / 100;
constexpr double leastNewRadius = 2;
const QString toolId = QStringLiteral("colour");
/// Standard deviation of chroma, of 255, from which on a picture has more than one tint.
constexpr double manyTints = 6;

/// A sepia photo has one tint, and is grey as far as this is concerned.
bool isColored(const QImage &picture)
{
    double sum[2] = {};
    double squares[2] = {};
    const double count = std::max(1.0, double(picture.width()) * picture.height());
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QRgb c = picture.pixel(x, y);
            const double chroma[2] = {double(qRed(c) - qGreen(c)), double(qBlue(c) - qGreen(c))};
            for (int i = 0; i < 2; ++i) {
                sum[i] += chroma[i];
                squares[i] += chroma[i] * chroma[i];
            }
        }
    }
    const auto variance = [&](int i) {
        return squares[i] / count - sum[i] / count * (sum[i] / count);
    };
    return variance(0) + variance(1) > 2 * manyTints * manyTints;
}

/// The whole picture on one tile.
QImage small(CanvasContent &content)
{
    int level = 0;
    for (QSize s = content.size(); std::max(s.width(), s.height()) > CanvasContent::tileSide;)
        s = CanvasContent::levelSize(content.size(), ++level);
    return content.tile(Side::After, level, {});
}

} // namespace

ColorController::ColorController(const Parts &parts)
    : QObject(&parts.tools)
    , m_parts(parts)
    , m_tool(new HintTool(this))
    , m_panel(new ColorPanel)
    , m_files(new HintFiles(parts.messages, this))
    , m_reference(new ReferenceController(parts.canvas, this))
{
    parts.tools.addTool(ActionId::Colorize, toolId, "colour", m_tool, m_panel, ToolLook::Named);
    connectTool();
    connectPanel();
    connectEditor();
    connectFiles();
    connectMore();
    connectReference();
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
    connect(m_panel, &ColorPanel::marksToggled, m_tool, &HintTool::setMarksShown);
    connect(&m_panel->list(), &HintList::chosen, m_tool, &HintTool::select);
    // Later: the list is filled anew, which it must not be while it tells.
    connect(
        &m_panel->list(), &HintList::hideToggled, this,
        [this](int row, bool hidden) {
            QList<ColorHint> all = m_tool->hints().all;
            if (row >= all.size())
                return;
            all[row].hidden = hidden;
            m_tool->setAll(all);
            commit(hidden ? tr("Hide a hint") : tr("Show a hint"));
        },
        Qt::QueuedConnection);
}

void ColorController::connectEditor()
{
    HintEditor &editor = m_panel->editor();
    connect(&editor, &HintEditor::edited, this, &ColorController::takeEdited);
    connect(&editor, &HintEditor::moving, this, [this](const ColorHint &hint) {
        m_tool->setAll(withSelected(hint));
        look();
    });
    connect(&editor, &HintEditor::removeRequested, m_tool, &HintTool::removeSelected);
    connect(&editor, &HintEditor::limitRequested, this, [this] {
        const int selected = m_tool->selected();
        if (selected < 0 || !hinting() || !m_session->hasDocument())
            return;
        ColorHint hint = m_tool->hints().all[selected];
        hint.region = hinting()->regionOf(m_session->document()->selection());
        takeEdited(hint, tr("Limit a hint"));
        show();
    });
    connect(&editor, &HintEditor::pickToggled, this, &ColorController::setPicking);
    connect(m_tool, &HintTool::picked, this, &ColorController::takePicked);
    connect(m_tool, &HintTool::pickingGivenUp, this, [this] { setPicking(false); });
}

void ColorController::connectFiles()
{
    connect(m_panel, &ColorPanel::saveRequested, this, [this] {
        if (hinting())
            m_files->save(*m_session, hinting()->settings().hints);
    });
    connect(m_panel, &ColorPanel::loadRequested, this, [this] {
        if (m_session)
            m_files->load(*m_session);
    });
    connect(m_panel, &ColorPanel::paletteRequested, this, [this] {
        if (m_session)
            m_files->loadPalette(*m_session);
    });
    connect(m_files, &HintFiles::loaded, this, &ColorController::takeLoaded);
    connect(m_files, &HintFiles::paletteChanged, this, &ColorController::showPalette);
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
    connect(hinting, &ColorHinting::settled, this, whenCurrent(&ColorController::refreshMore));
    connect(hinting, &ColorHinting::doubted, this, whenCurrent(&ColorController::takeDoubt));
    connect(hinting, &ColorHinting::matched, this, whenCurrent(&ColorController::takeMatched));
    connect(hinting, &ColorHinting::varied, this,
            [this, session, hinting](const QList<QImage> &pictures) {
                if (session == m_session && m_areVariantsShown)
                    m_panel->setVariants(pictures, hinting->settings().variant);
            });
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
    setVariantsShown(false);
    setUnsureShown(false);
    show();
    // The rest of the window has the photo by then.
    if (session && session->hasDocument() && std::exchange(m_colorsNext, false))
        QTimer::singleShot(0, this, &ColorController::color);
}

void ColorController::color()
{
    if (!hinting() || !m_session->hasDocument() || hinting()->layer().isValid() ||
        hinting()->isBusy())
        return;
    const bool hasColors = m_parts.canvas.content() && isColored(small(*m_parts.canvas.content()));
    commit(tr("Colour"));
    if (hasColors) {
        m_parts.messages.showNote(tr("This photo has colours of its own. The colour layer shows "
                                     "others in their place; hide it to see them."));
        m_parts.messages.setAction(tr("Keep its own, stronger"), [this] { keepOwn(true); });
    }
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
QList<ColorHint> ColorController::withSelected(const ColorHint &hint) const
{
    const int selected = m_tool->selected();
    QList<ColorHint> all = m_tool->hints().all;
    if (selected < 0)
        return all;
    const ColorHint before = all[selected];
    all[selected] = hint;
    if (!hint.name.isEmpty()) {
        for (ColorHint &other : all) {
            if (&other == &all[selected] || other.name != hint.name)
                continue;
            if (hint.name != before.name && hint.color == before.color)
                all[selected].color = other.color;
            else
                other.color = hint.color;
        }
    }
    return all;
}

void ColorController::takeEdited(const ColorHint &hint, const QString &text)
{
    if (m_tool->selected() < 0)
        return;
    m_tool->setAll(withSelected(hint));
    commit(text);
}

void ColorController::setPicking(bool on)
{
    const int selected = m_tool->selected();
    const bool picks = on && selected >= 0;
    m_pickFor = picks ? m_session : nullptr;
    if (picks)
        m_pickHint = m_tool->hints().all[selected];
    m_tool->setPicking(picks);
    m_panel->editor().setPicking(picks);
    if (picks)
        m_parts.canvas.setFocus();
}

/// On another photo: back to the one whose hint it is for.
void ColorController::takePicked(const QColor &color)
{
    EditorSession *session = m_pickFor;
    const ColorHint wanted = m_pickHint;
    setPicking(false);
    if (!session)
        return;
    m_parts.workspace.setCurrent(session);
    m_tool->select(int(m_tool->hints().all.indexOf(wanted)));
    if (m_tool->selected() < 0)
        return;
    ColorHint hint = wanted;
    hint.color = color.rgb();
    if (hint.kind == ColorHint::Kind::KeepGrey)
        hint.kind = ColorHint::Kind::Point;
    takeEdited(hint, tr("Colour of a hint"));
}

void ColorController::takeLoaded(EditorSession *session, const ColorHints &hints)
{
    if (session != m_session || !hinting() || !session->hasDocument())
        return;
    const QSize picture = hinting()->picture();
    ColorizeSettings settings = hinting()->settings();
    settings.hints = hints.scaledTo(picture);
    hinting()->change(settings, tr("Load hints"));
    QStringList said{HintList::summary(hints.all)};
    if (!hints.size.isEmpty() && hints.size != picture) {
        said += tr("They were placed on a picture of %1 x %2 pixels and were scaled to this one")
                    .arg(hints.size.width())
                    .arg(hints.size.height());
    }
    if (const int outside = settings.hints.countOutside(picture); outside > 0)
        said += tr("Outside of the picture, without effect: %1").arg(outside);
    m_parts.messages.showNote(said.join(QStringLiteral(". ")) + u'.');
}

/// Named colours of all open photos, and of files that were asked for.
void ColorController::showPalette()
{
    QList<Swatches::Swatch> palette;
    for (const ColorHinting *one : std::as_const(m_hintings))
        HintFiles::addNamed(palette, one->settings().hints);
    for (const Swatches::Swatch &swatch : m_files->palette()) {
        const bool isKnown = std::any_of(palette.begin(), palette.end(), [&](const auto &p) {
            return p.name == swatch.name;
        });
        if (!isKnown)
            palette += swatch;
    }
    m_panel->editor().setPalette(palette);
}

void ColorController::showSelected()
{
    const int selected = m_tool->selected();
    HintEditor &editor = m_panel->editor();
    editor.setSuggestions({});
    m_panel->list().setHints(m_tool->hints().all, selected);
    if (selected < 0)
        return editor.setHint({});
    const ColorHint &hint = m_tool->hints().all[selected];
    editor.setHint(hint);
    const QPointF place = hinting() ? hinting()->toCanvas().map(hint.path.first()) : QPointF();
    if (const auto seen = m_parts.tools.paint().colorAt(place)) {
        editor.setLuminance(0.3 * seen->redF() + 0.59 * seen->greenF() +
                            0.11 * seen->blueF());
    }
    if (!m_tool->isInGesture() && hinting())
        hinting()->suggest(selected, suggestionCount);
}

void ColorController::show()
{
    const bool isOpen = m_session && m_session->hasDocument() && hinting();
    if (!isOpen) {
        m_panel->setState(ColorPanel::State::Nothing);
        m_parts.actions[ActionId::NextUnsure]->setEnabled(false);
        m_reference->setCanMatch(false);
        m_tool->setHints({}, {});
        m_panel->list().setHints({}, -1);
        m_panel->editor().setHint({});
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
    // A guess that is not there yet cannot be corrected.
    m_tool->setHeld(hinting()->isMakingLayer() && hinting()->settings().hints.isEmpty());
    m_panel->setLearned(!m_session->models().packs(ModelTask::Colorize).empty());
    m_panel->setCanColorInside(!m_session->document()->selection().isNull());
    m_panel->editor().setCanLimit(!m_session->document()->selection().isNull());
    m_parts.actions[ActionId::NextUnsure]->setEnabled(layer);
    m_reference->setCanMatch(true);
    const ColorizeSettings settings = hinting()->settings();
    m_tool->setHints(settings.hints.scaledTo(picture), hinting()->toCanvas());
    m_panel->setOwnKept(settings.keepsOwn);
    m_panel->setSkinFound(settings.findsSkin);
    m_panel->setSubjectUsed(settings.subject != ColorizeSettings::Subject::Off);
    m_panel->setLook(settings.taste, layer ? int(std::lround(layer->opacity * 100)) : 100);
    showPalette();
    const int selected = m_tool->selected();
    m_panel->list().setHints(m_tool->hints().all, selected);
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
