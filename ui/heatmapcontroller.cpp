// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "heatmapcontroller.h"

#include "actions.h"
#include "canvas/documentcontent.h"
#include "canvas/heatfigures.h"
#include "canvas/heatlegend.h"
#include "canvascontroller.h"
#include "dialogs/exportname.h"
#include "document/document.h"
#include "session/coloredmapsource.h"
#include "session/editorsession.h"
#include "session/sessionjobs.h"

#include <QFileDialog>
#include <QFileInfo>

#include <utility>

namespace heirloom
{

namespace
{

constexpr int restMilliseconds = 250;
constexpr int redrawMilliseconds = 120;

HeatOverlay::Scale scaleOf(CanvasMapKind kind)
{
    return kind == CanvasMapKind::Difference ? HeatOverlay::Scale::Steps
                                             : HeatOverlay::Scale::Share;
}

} // namespace

HeatmapController::HeatmapController(CanvasController &view, Actions &actions, QObject *parent)
    : QObject(parent)
    , m_view(view)
    , m_difference(actions[ActionId::ShowDifference])
    , m_invented(actions[ActionId::ShowInventedDetail])
    , m_fills(actions[ActionId::ShowFillMethods])
    , m_legend(new HeatLegend(&view.canvas()))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(restMilliseconds);
    m_redrawn.setSingleShot(true);
    m_redrawn.setInterval(redrawMilliseconds);
    connect(&m_soon, &QTimer::timeout, this, &HeatmapController::start);
    connect(&m_redrawn, &QTimer::timeout, this, [this] {
        if (m_content)
            m_content->overlayChanged();
    });
    for (const auto &[action, kind] : {std::pair(m_difference, CanvasMapKind::Difference),
                                       std::pair(m_invented, CanvasMapKind::InventedDetail),
                                       std::pair(m_fills, CanvasMapKind::FillMethods)}) {
        action->setCheckable(true);
        connect(action, &QAction::triggered, this,
                [this, kind = kind](bool on) { show(on ? std::optional(kind) : std::nullopt); });
    }
    connect(m_legend, &HeatLegend::closeRequested, this, [this] { show(std::nullopt); });
    connect(m_legend, &HeatLegend::saveRequested, this, &HeatmapController::save);
    connect(m_legend, &HeatLegend::opacityChanged, this, [this](double opacity) {
        if (!m_overlay)
            return;
        m_overlay->setOpacity(opacity);
        m_redrawn.start(0);
    });
    connect(&view, &CanvasController::contentShown, this, &HeatmapController::follow);
    follow();
}

HeatmapController::~HeatmapController()
{
    if (m_content)
        m_content->setOverlay(nullptr);
}

void HeatmapController::show(std::optional<CanvasMapKind> kind)
{
    m_kind = kind;
    m_difference->setChecked(kind == CanvasMapKind::Difference);
    m_invented->setChecked(kind == CanvasMapKind::InventedDetail);
    m_fills->setChecked(kind == CanvasMapKind::FillMethods);
    m_overlay.reset();
    follow();
}

void HeatmapController::follow()
{
    m_soon.stop();
    m_run.reset();
    m_watch.reset();
    if (m_content)
        m_content->setOverlay(nullptr);
    m_session = m_view.session();
    m_content = m_kind ? m_view.content() : nullptr;
    m_overlay.reset();
    if (!m_content) {
        m_legend->hide();
        return;
    }
    m_run = std::make_unique<CanvasMapRun>(*m_session);
    connect(m_run.get(), &CanvasMapRun::piece, this, &HeatmapController::take);
    connect(m_run.get(), &CanvasMapRun::measured, this, &HeatmapController::tell);
    connect(m_run.get(), &CanvasMapRun::failed, this, [this](const Error &error) {
        show(std::nullopt);
        Q_EMIT failed(error);
    });
    connect(m_run.get(), &CanvasMapRun::stopped, this, [this] { show(std::nullopt); },
            Qt::QueuedConnection);
    m_watch = std::make_unique<QObject>();
    connect(m_session->document(), &Document::changed, m_watch.get(), [this] {
        m_run->cancel(); // what it would say is no longer so
        m_soon.start();
    });
    m_legend->begin(m_kind == CanvasMapKind::Difference       ? tr("Difference from the original")
                    : m_kind == CanvasMapKind::InventedDetail ? tr("Invented detail")
                                                              : tr("How holes were filled"),
                    scaleOf(*m_kind));
    start();
}

void HeatmapController::start()
{
    if (!m_content || !m_session->document())
        return;
    const QSize size = m_session->document()->canvas().size;
    if (!m_overlay || m_overlay->size() != size) {
        m_overlay = std::make_shared<HeatOverlay>(size, scaleOf(*m_kind), m_session->tileStore());
        m_overlay->setOpacity(m_legend->opacity());
        m_content->setOverlay(m_overlay);
    }
    m_legend->setFigures(HeatLegend::tr("Measuring..."), {});
    m_legend->setSavable(false);
    m_run->start(*m_kind, m_view.canvas().viewport().center().toPoint());
}

void HeatmapController::take(const QRect &place, const Image &values)
{
    m_overlay->take(place, values);
    if (!m_redrawn.isActive())
        m_redrawn.start(redrawMilliseconds);
}

void HeatmapController::tell(const CanvasMapFigures &figures)
{
    const HeatFigures told =
        m_kind == CanvasMapKind::Difference       ? HeatFigures::of(figures.difference)
        : m_kind == CanvasMapKind::InventedDetail ? HeatFigures::of(figures.invented)
                                                  : HeatFigures::of(figures.fills);
    m_legend->setFigures(told.figure, told.more);
    m_legend->setSavable(true);
    m_redrawn.stop();
    m_content->overlayChanged();
    Q_EMIT measured();
}

void HeatmapController::save()
{
    const QString word = m_kind == CanvasMapKind::Difference       ? QStringLiteral("difference")
                         : m_kind == CanvasMapKind::InventedDetail ? QStringLiteral("invented")
                                                                   : QStringLiteral("fills");
    auto *dialog = new QFileDialog(m_legend->window(), tr("Save the coloured picture"));
    dialog->setObjectName(QStringLiteral("heatFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("PNG pictures (*.png)"));
    dialog->setDefaultSuffix(QStringLiteral("png"));
    const QFileInfo suggested(
        suggestedExportPath(m_session->path(), m_session->name(), FileFormat::Png, {}, word));
    dialog->setDirectory(suggested.absolutePath());
    dialog->selectFile(suggested.fileName());

    // Not the photo itself any more, but what networks did in it is declared all the same.
    ExportPicture picture = m_session->exportPicture();
    picture.metadata = {};
    picture.edits.reset();
    // What is written is what was seen when the dialog was opened.
    const auto write = [=, state = m_session->document()->snapshot(),
                        values = m_overlay->values(), colors = m_overlay->colors(),
                        store = m_session->tileStore()](const ExportOptions &options,
                                                        const Progress &progress) {
        ColoredMapSource source(state, values, colors, store);
        ExportPicture written = picture;
        written.format = source.format();
        written.icc = source.icc();
        return exportPicture(source, written, options, progress);
    };
    connect(dialog, &QFileDialog::fileSelected, m_session, [=, session = m_session,
                                                            guard = QPointer(this)](
                                                               const QString &path) {
        ExportOptions options;
        options.path = path;
        options.fileFormat = FileFormat::Png;
        options.overwrite = true; // the dialog has asked
        session->jobs().submit<ExportReport>(
            tr("Save %1").arg(QFileInfo(path).fileName()), Priority::Interactive,
            [=](const Progress &progress) { return write(options, progress); },
            [guard](JobId, const ExportReport &report) {
                if (guard)
                    Q_EMIT guard->saved(report.path);
            },
            [guard](JobId, const Outcome &outcome) {
                if (guard && outcome.kind == Outcome::Kind::Failed)
                    Q_EMIT guard->failed(*outcome.error);
            });
    });
    dialog->open();
}

} // namespace heirloom
