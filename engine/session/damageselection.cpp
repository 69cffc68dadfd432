// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/damageselection.h"

#include "document/compositor.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"
#include "session/sessionjobs.h"

#include <algorithm>
#include <cstring>

namespace heirloom
{

namespace
{

constexpr PixelFormat Gray8{Channels::Gray, Depth::U8};
constexpr qsizetype MostKnown = 64; ///< selections whose wish is remembered
constexpr double Searching = 0.95;  ///< of a search's time; the rest marks

Fingerprint fingerprintOf(const Snapshot &state)
{
    return fingerprintBelow(state.canvas, state.stack, state.stack.count());
}

/// made, but where now and base differ as now is: what was painted by hand.
TiledBuffer withHandwork(TiledBuffer made, const Mask &now, const Mask &base)
{
    const QSize size = made.size();
    const auto laid = [&](const Mask &mask) {
        return mask.isNull() ? TiledBuffer(size, Gray8, made.store()) : mask.laidOn(size).pixels;
    };
    const TiledBuffer painted = laid(now), before = laid(base);
    for (const QPoint tile : painted.changedTiles(before)) {
        const QRect r = made.tileRect(tile);
        const Image a = painted.read(r), b = before.read(r);
        Image out = made.read(r);
        for (int y = 0; y < r.height(); ++y) {
            const quint8 *hand = a.constSamples<quint8>(y);
            const quint8 *machine = b.constSamples<quint8>(y);
            quint8 *to = out.samples<quint8>(y);
            for (int x = 0; x < r.width(); ++x)
                to[x] = hand[x] == machine[x] ? to[x] : hand[x];
        }
        made.write(r.topLeft(), out);
    }
    return made;
}

} // namespace

DamageSelection::DamageSelection(EditorSession &session)
    : QObject(&session)
    , m_session(session)
{
    connect(&session, &EditorSession::documentReplaced, this, &DamageSelection::watch);
    watch();
}

void DamageSelection::watch()
{
    if (m_document)
        m_document->disconnect(this);
    m_map.reset();
    m_madeFrom = {};
    m_revision = 0;
    m_isKnown = false;
    m_wish = {};
    m_base = {};
    m_known.clear();
    m_next.reset();
    m_document = m_session.document();
    if (m_document) {
        connect(m_document, &Document::changed, this, &DamageSelection::changed);
        connect(m_document, &Document::selectionChanged, this, &DamageSelection::follow);
    }
    Q_EMIT changed();
}

bool DamageSelection::isKnown() const
{
    if (!m_document || !m_map)
        return false;
    if (m_revision != m_document->revision()) {
        m_revision = m_document->revision();
        m_isKnown = fingerprintOf(m_document->snapshot()) == m_madeFrom;
    }
    return m_isKnown;
}

DamageSelection::Marked DamageSelection::marked(const DamageMap &map, const Wish &wish,
                                                std::shared_ptr<TileStore> store)
{
    const Image mask = damageMask(map, wish.threshold, wish.kind);
    Marked result{TiledBuffer::fromImage(mask, std::move(store)), 0};
    for (int y = 0; y < mask.height(); ++y) {
        const quint8 *row = mask.constSamples<quint8>(y);
        result.count += std::count(row, row + mask.width(), 255);
    }
    return result;
}

Mask DamageSelection::maskOf(const Marked &marked)
{
    return marked.count == 0 ? Mask() : Mask{marked.pixels, {}, true};
}

JobId DamageSelection::find(const Wish &wish)
{
    if (!m_document)
        return {};
    if (isKnown()) {
        refine(wish);
        finishGesture();
        return {};
    }
    const Snapshot state = m_document->snapshot();
    const JobId id = m_session.jobs().submit<Found>(
        tr("Find damage"), Priority::Batch,
        [state, wish, store = m_session.tileStore(),
         &models = m_session.models()](const Progress &progress) -> Result<Found> {
            const auto finder = loadDamageFinder({}, models.context());
            if (!finder)
                return fail(finder.error());
            CompositorSource source(state, store);
            auto map = findDamage(source, finder->network.get(), {{}, models.context()},
                                  progress.sub(0, Searching));
            if (!map)
                return fail(map.error());
            const QStringList warnings = finder->plan.warnings + map->warnings;
            Found found{std::move(*map), {}, warnings};
            found.marked = marked(found.map, wish, store);
            return found;
        },
        [this, state, wish](JobId job, const Found &found) {
            takeFound(job, found, fingerprintOf(state), wish);
        });
    m_session.jobs().offerRetry(id, [this, wish] { return find(wish); });
    return id;
}

void DamageSelection::takeFound(JobId id, const Found &found, const Fingerprint &madeFrom,
                                const Wish &wish)
{
    if (!m_document)
        return;
    DocumentEditor &editor = m_session.editor();
    editor.finishGesture();
    if (fingerprintOf(m_document->snapshot()) != madeFrom) {
        Q_EMIT m_session.dropped(id);
        return;
    }
    m_map = std::make_shared<const DamageMap>(found.map);
    m_madeFrom = madeFrom;
    m_revision = m_document->revision();
    m_isKnown = true;
    m_wish = wish;
    m_base = maskOf(found.marked);
    m_known.clear();
    remember({m_base, m_base, wish});
    if (const auto done = editor.setSelection(m_base, tr("Find damage")); !done)
        Q_EMIT m_session.refused(done.error());
    const QSize size = m_map->size;
    Q_EMIT changed();
    Q_EMIT this->found(double(found.marked.count) / (double(size.width()) * size.height()),
                       found.warnings);
}

void DamageSelection::refine(const Wish &wish)
{
    if (!isKnown())
        return;
    m_wish = wish;
    m_next = wish;
    m_isEnding = false;
    if (!m_isMarking)
        markNext();
}

void DamageSelection::markNext()
{
    if (!m_next || !isKnown()) {
        m_next.reset();
        if (m_isEnding)
            seal();
        return;
    }
    if (!std::exchange(m_isGesture, true)) {
        m_hasStep = false;
        m_session.editor().finishGesture();
    }
    m_isMarking = true;
    struct Both {
        Marked base;
        TiledBuffer pixels;
    };
    const Wish wish = *std::exchange(m_next, {});
    const Mask now = m_document->selection();
    m_session.jobs().submit<Both>(
        tr("Mark damage"), Priority::Interactive,
        [map = m_map, wish, now, base = m_base,
         store = m_session.tileStore()](const Progress &) -> Result<Both> {
            Both both{marked(*map, wish, store), {}};
            both.pixels = both.base.pixels;
            if (!(now == base))
                both.pixels = withHandwork(both.pixels, now, base);
            return both;
        },
        [this, wish, now](JobId, const Both &both) {
            takeMarked(both.base, both.pixels, wish, now);
        },
        [this](JobId, const Outcome &outcome) {
            m_isMarking = false;
            if (outcome.kind == Outcome::Kind::Failed)
                Q_EMIT m_session.refused(*outcome.error);
            markNext();
        });
}

void DamageSelection::takeMarked(const Marked &base, const TiledBuffer &pixels, const Wish &wish,
                                 const Mask &before)
{
    if (!isKnown())
        return;
    if (!(m_document->selection() == before)) { // painted meanwhile
        m_next = m_next.value_or(wish);
        return;
    }
    Mask selection{pixels, {}, true};
    if (selection.isBlank())
        selection = {};
    m_base = maskOf(base);
    // Of a gesture only the last selection can be gone back to.
    if (std::exchange(m_hasStep, true) && m_known.last().selection == before)
        m_known.removeLast();
    remember({selection, m_base, wish});
    if (const auto done = m_session.editor().adjustSelection(selection, tr("Mark damage")); !done)
        Q_EMIT m_session.refused(done.error());
}

void DamageSelection::finishGesture()
{
    m_isEnding = true;
    if (!m_isMarking)
        seal();
}

void DamageSelection::seal()
{
    m_isEnding = false;
    if (std::exchange(m_isGesture, false) && m_document)
        m_session.editor().finishGesture();
}

void DamageSelection::remember(const Known &known)
{
    m_known += known;
    if (m_known.size() > MostKnown)
        m_known.removeFirst();
}

void DamageSelection::follow()
{
    if (!m_map)
        return;
    const Mask now = m_document->selection();
    const auto known = std::ranges::find_if(
        m_known, [&now](const Known &k) { return k.selection == now; });
    if (known != m_known.end()) {
        m_base = known->base;
        if (!m_isMarking || !m_next)
            m_wish = known->wish;
    } else if (now.isNull()) { // begun anew
        m_base = {};
    } else {
        remember({now, m_base, m_wish});
    }
    Q_EMIT changed();
}

} // namespace heirloom
