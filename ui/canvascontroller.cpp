// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvascontroller.h"

#include "actions.h"
#include "canvas/canvaschip.h"
#include "canvas/documentcontent.h"
#include "document/document.h"
#include "session/comparison.h"
#include "session/workspace.h"
#include "settings/settings.h"
#include "theme/theme.h"
#include "widgets/statusinfo.h"
#include "widgets/zoomfield.h"

namespace heirloom
{

namespace
{

/// Each keeps its composites in memory; going back and forth between two photos is quick.
constexpr int warmContents = 2;
/// From one look at the pixel under the cursor to the next.
constexpr int pixelMilliseconds = 80;

} // namespace

CanvasController::CanvasController(Workspace &workspace, Settings &settings, Theme &theme,
                                   Actions &actions, CanvasView &canvas, StatusInfo &status,
                                   QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_settings(settings)
    , m_theme(theme)
    , m_canvas(canvas)
    , m_status(status)
    , m_chip(new CanvasChip(&canvas))
{
    connect(m_chip, &CanvasChip::endRequested, this, [this] {
        setAlone(m_session, {});
        m_canvas.setFocus();
    });
    canvas.setSplitVertical(settings.value(setting::splitIsVertical));
    connectActions(actions);
    connect(&workspace, &Workspace::opened, this, &CanvasController::watch);
    connect(&workspace, &Workspace::aboutToClose, this, [this](const EditorSession *session) {
        if (m_session == session)
            setSession(nullptr);
        m_tabs.erase(session);
        m_warm.removeAll(session);
    });
    connect(&canvas, &CanvasView::viewChanged, this, [this] {
        m_status.zoom()->setScale(m_canvas.viewport().scale());
        Q_EMIT scaleChanged();
    });
    connect(&canvas, &CanvasView::hovered, this, &CanvasController::showPixel);
    m_pixelTimer.setSingleShot(true);
    m_pixelTimer.setInterval(pixelMilliseconds);
    connect(&m_pixelTimer, &QTimer::timeout, this, &CanvasController::showPixelNow);
    connect(status.zoom(), &ZoomField::scaleEntered, this, [this](double scale) {
        m_canvas.zoomTo(scale);
        m_canvas.setFocus();
    });
    connect(&theme, &Theme::changed, this, &CanvasController::showLook);
    connect(&settings, &Settings::changed, this, &CanvasController::showLook);
    showLook();
    for (EditorSession *session : workspace.sessions())
        watch(session);
}

CanvasController::Tab::Tab() = default;

CanvasController::Tab::~Tab() = default;

CanvasController::Tab &CanvasController::Tab::operator=(Tab &&other)
{
    content.reset(); // it looks at the comparison
    comparison = std::move(other.comparison);
    content = std::move(other.content);
    thumbnail = other.thumbnail;
    scale = other.scale;
    center = other.center;
    fits = other.fits;
    compare = other.compare;
    alone = other.alone;
    return *this;
}

CanvasController::~CanvasController()
{
    m_canvas.setContent(nullptr);
}

void CanvasController::connectActions(Actions &actions)
{
    const auto on = [this, &actions](ActionId id, auto function) {
        connect(actions[id], &QAction::triggered, this, function);
    };
    on(ActionId::ZoomIn, [this] { m_canvas.zoomStep(true); });
    on(ActionId::ZoomOut, [this] { m_canvas.zoomStep(false); });
    on(ActionId::Fit, [this] { m_canvas.fit(); });
    on(ActionId::ActualSize, [this] { m_canvas.zoomTo(1); });
    on(ActionId::Compare, [this] { cycleCompare(); });
    on(ActionId::TurnSplit, [this] {
        m_settings.set(setting::splitIsVertical, !m_canvas.isSplitVertical());
        m_canvas.setSplitVertical(!m_canvas.isSplitVertical());
        m_canvas.setCompareMode(CompareMode::Split);
    });
}

void CanvasController::watch(EditorSession *session)
{
    connect(session, &EditorSession::documentReplaced, this,
            [this, session] { documentReplaced(session); });
    documentReplaced(session);
}

void CanvasController::documentReplaced(EditorSession *session)
{
    const bool shown = session == m_session;
    if (shown)
        m_canvas.setContent(nullptr);
    m_tabs[session] = {};
    m_warm.removeAll(session);
    if (Document *document = session->document()) {
        Tab &tab = m_tabs[session];
        tab.comparison = std::make_unique<Comparison>(*session);
        connect(tab.comparison.get(), &Comparison::fellBack, this, [this](const QString &name) {
            Q_EMIT noted(tr("\"%1\" is no longer there: compared with the Original.").arg(name));
        });
        connect(document, &Document::stackChanged, this, [this, session, document] {
            const LayerId alone = m_tabs[session].alone;
            if (alone.isValid() && !document->layer(alone))
                setAlone(session, {});
        });
        connect(document, &Document::canvasChanged, this, [this, session] {
            if (session == m_session)
                m_status.showDocument(session->document());
        });
    }
    if (shown) {
        m_status.showDocument(session->document());
        contentOf(session);
        showTab(m_tabs[session]);
        Q_EMIT contentShown();
    }
}

DocumentContent *CanvasController::content() const
{
    const auto it = m_tabs.find(m_session);
    return it == m_tabs.end() ? nullptr : it->second.content.get();
}

Comparison *CanvasController::comparison() const
{
    const auto it = m_tabs.find(m_session);
    return it == m_tabs.end() ? nullptr : it->second.comparison.get();
}

DocumentContent *CanvasController::contentOf(EditorSession *session)
{
    const auto it = m_tabs.find(session);
    if (it == m_tabs.end() || !session->document())
        return nullptr;
    if (!it->second.content) {
        it->second.content = std::make_unique<DocumentContent>(*session->document());
        it->second.content->setComparison(it->second.comparison.get());
        it->second.content->setAlone(it->second.alone);
    }
    m_warm.removeAll(session);
    m_warm.prepend(session);
    dropColdContents();
    return it->second.content.get();
}

void CanvasController::dropColdContents()
{
    while (m_warm.size() > warmContents) {
        const EditorSession *cold = m_warm.takeLast();
        if (cold == m_session) {
            m_warm.prepend(cold);
            continue;
        }
        Tab &tab = m_tabs[cold];
        tab.thumbnail = tab.content->thumbnail(thumbnailSide);
        tab.content.reset();
    }
}

void CanvasController::setSession(EditorSession *session)
{
    if (session == m_session)
        return;
    keepView();
    m_canvas.setContent(nullptr);
    m_session = session;
    m_status.showPixel(std::nullopt);
    m_status.showDocument(session ? session->document() : nullptr);
    contentOf(session);
    const auto it = m_tabs.find(session);
    if (it != m_tabs.end())
        showTab(it->second);
    else
        m_canvas.setCompareMode(CompareMode::Off);
    showChip();
    Q_EMIT contentShown();
}

void CanvasController::keepView()
{
    const auto it = m_tabs.find(m_session);
    if (it == m_tabs.end() || !m_canvas.content())
        return;
    Tab &tab = it->second;
    tab.scale = m_canvas.viewport().scale();
    tab.center = m_canvas.viewport().center();
    tab.fits = m_canvas.viewport().isFitting();
    tab.compare = m_canvas.compareMode();
}

void CanvasController::showTab(const Tab &tab)
{
    m_canvas.setOriginalShown(false);
    m_canvas.setCompareMode(tab.compare);
    m_canvas.setContent(tab.content.get()); // fits it
    if (!tab.fits && tab.content) {
        m_canvas.zoomTo(tab.scale);
        m_canvas.centerOn(tab.center);
    }
}

QImage CanvasController::thumbnail(EditorSession *session)
{
    const auto it = m_tabs.find(session);
    if (it == m_tabs.end())
        return {};
    if (!it->second.content && !it->second.thumbnail.isNull())
        return it->second.thumbnail;
    DocumentContent *content = contentOf(session);
    return content ? content->thumbnail(thumbnailSide) : QImage();
}

void CanvasController::cycleCompare()
{
    // Blinking is not among them: nothing is to flash that was not asked for by its name.
    const CompareMode next[] = {CompareMode::Split, CompareMode::SideBySide, CompareMode::Off,
                                CompareMode::Off};
    m_canvas.setCompareMode(next[int(m_canvas.compareMode())]);
}

void CanvasController::toggleAlone(LayerId layer)
{
    const auto it = m_tabs.find(m_session);
    if (it == m_tabs.end() || !m_session->document())
        return;
    const Layer *found = m_session->document()->layer(layer);
    if (it->second.alone == layer)
        setAlone(m_session, {});
    else if (found && found->hasPixels())
        setAlone(m_session, layer);
    else if (found)
        Q_EMIT noted(tr("An adjustment has no pixels of its own to be seen alone."));
}

void CanvasController::setAlone(const EditorSession *session, LayerId layer)
{
    Tab &tab = m_tabs[session];
    tab.alone = layer;
    if (tab.content)
        tab.content->setAlone(layer);
    if (session == m_session)
        showChip();
}

void CanvasController::showChip()
{
    const DocumentContent *shown = content();
    const Layer *layer = shown ? m_session->document()->layer(shown->alone()) : nullptr;
    if (layer)
        m_chip->tell(tr("Only \"%1\" is shown").arg(layer->name), tr("Show all layers again"));
    else
        m_chip->hide();
}

/// The first at once, those that follow closely (a stroke, whose every event changes the tile under
/// the cursor) a few times a second.
void CanvasController::showPixel(std::optional<QPoint> pixel)
{
    m_pixel = pixel;
    if (m_pixelTimer.isActive())
        return;
    showPixelNow();
    m_pixelTimer.start();
}

void CanvasController::showPixelNow()
{
    const auto it = m_tabs.find(m_session);
    const auto &pixel = m_pixel;
    if (!pixel || it == m_tabs.end() || !it->second.content)
        return m_status.showPixel(std::nullopt);
    DocumentContent &content = *it->second.content;
    if (!QRect(QPoint(0, 0), content.size()).contains(*pixel))
        return m_status.showPixel(std::nullopt);
    const bool sixteen = m_session->document()->canvas().format.depth == Depth::U16;
    m_status.showPixel(pixel, content.pixelValues(*pixel), sixteen, content.screenColor(*pixel));
}

void CanvasController::showLook()
{
    const QString around = m_settings.value(setting::canvasColor);
    m_canvas.setSurround(around == QLatin1String("theme") ? m_theme.colors().canvas
                                                          : QColor(around));
    m_canvas.setWheelZooms(m_settings.value(setting::wheelZooms));
}

} // namespace heirloom
