// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/canvasmaprun.h"

#include "document/document.h"
#include "session/editorsession.h"
#include "session/previewbox.h"
#include "session/sessionjobs.h"

#include <algorithm>

namespace heirloom
{

namespace
{

/// Larger than most of a screen's pictures are when they are fitted.
constexpr int preliminarySide = 1600;

/// Bands from the one around row y down to the last, then those above, upwards: each lies beside
/// the one before it, whose tiles are still at hand.
std::vector<QRect> bandsFrom(int y, QSize size)
{
    constexpr int height = CanvasMap::bandHeight;
    const int count = (size.height() + height - 1) / height;
    const int first = std::clamp(y / height, 0, count - 1);
    std::vector<QRect> bands;
    const auto add = [&](int i) {
        bands.push_back(QRect(0, i * height, size.width(), height) & QRect(QPoint(0, 0), size));
    };
    for (int i = first; i < count; ++i)
        add(i);
    for (int i = first - 1; i >= 0; --i)
        add(i);
    return bands;
}

Result<void> measure(CanvasMap &map, int y, PreviewBox &box, const Progress &progress)
{
    const QRect all(QPoint(0, 0), map.size());
    int level = 0;
    while (std::max(all.width(), all.height()) >> level > preliminarySide)
        ++level;
    if (level > 0) {
        if (const Image rough = map.preliminary(level); !rough.isNull())
            box.put(all, rough);
    }
    const auto bands = bandsFrom(y, map.size());
    for (size_t i = 0; i < bands.size(); ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        box.put(bands[i], map.measure(bands[i]));
        progress.report(double(i + 1) / double(bands.size()));
    }
    return {};
}

} // namespace

CanvasMapRun::CanvasMapRun(EditorSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
}

CanvasMapRun::~CanvasMapRun()
{
    cancel();
}

void CanvasMapRun::start(CanvasMapKind kind, QPoint centre)
{
    cancel();
    if (!m_session.hasDocument())
        return;
    // The box knows the receiver, and the receiver which box is the present one.
    auto self = std::make_shared<std::weak_ptr<PreviewBox>>();
    auto box = std::make_shared<PreviewBox>(this, [this, self] {
        if (const auto present = self->lock())
            deliver(present);
    });
    *self = box;
    m_box = box;
    const JobId id = m_session.jobs().submit<CanvasMapFigures>(
        kind == CanvasMapKind::Difference       ? tr("Measure the difference")
        : kind == CanvasMapKind::InventedDetail ? tr("Measure invented detail")
                                                : tr("Look how holes were filled"),
        Priority::Interactive,
        [=, snapshot = m_session.document()->snapshot(),
         store = m_session.tileStore(),
         &models = m_session.models()](const Progress &progress) -> Result<CanvasMapFigures> {
            CanvasMapFigures figures;
            if (kind == CanvasMapKind::Difference) {
                DifferenceMap map(snapshot, store);
                if (auto done = measure(map, centre.y(), *box, progress); !done)
                    return fail(done.error());
                figures.difference = map.figures();
            } else if (kind == CanvasMapKind::FillMethods) {
                const auto map = fillMethods(snapshot, store, models, figures.fills, progress);
                if (!map)
                    return fail(map.error());
                box->put(QRect(QPoint(0, 0), map->size()), *map);
            } else {
                InventedDetail map(snapshot, store);
                if (auto done = measure(map, centre.y(), *box, progress); !done)
                    return fail(done.error());
                figures.invented = map.figures();
            }
            return figures;
        },
        [guard = QPointer(this), box](JobId, const CanvasMapFigures &figures) {
            if (!guard || guard->m_box != box)
                return; // another one has begun
            guard->m_job = {};
            guard->deliver(box);
            Q_EMIT guard->measured(figures);
        },
        [guard = QPointer(this), box](JobId, const Outcome &outcome) {
            if (!guard || guard->m_box != box)
                return;
            guard->m_job = {};
            if (outcome.kind == Outcome::Kind::Failed)
                Q_EMIT guard->failed(*outcome.error);
            else if (outcome.kind == Outcome::Kind::Cancelled)
                Q_EMIT guard->stopped();
        });
    // A worker without a thread is through already.
    m_job = m_session.jobs().isRunning(id) ? id : JobId();
}

void CanvasMapRun::deliver(const std::shared_ptr<PreviewBox> &box)
{
    if (box != m_box)
        return;
    for (const auto &[place, values] : box->take())
        Q_EMIT piece(place, values);
}

void CanvasMapRun::cancel()
{
    if (m_box)
        m_box->close();
    m_box.reset();
    if (m_job.isValid())
        m_session.jobs().cancel(std::exchange(m_job, {}));
}

} // namespace heirloom
