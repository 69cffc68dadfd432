// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/compositor.h"
#include "operation/colorize.h"
#include "session/airun.h"

#include <QImage>
#include <QRectF>

#include <atomic>
#include <memory>

namespace heirloom
{

/// What stays on the engine thread while a person places hints: the picture made small once, the
/// loaded network, its last answer. All of it is made anew when what is below the layer changes.
/// Used by jobs of one priority, one after another; any thread may drop it.
class ColorBench
{
public:
    /// Part of the coloured picture as the screen takes it.
    struct Look {
        QImage image;
        QRectF place; ///< pixels of the picture
    };

    /// How the picture is made small for the network.
    enum class Reading {
        Exact,
        /// From the levels that the screen is drawn from, for what is only looked at: a large
        /// picture need not be read for it. Exact where it has been read already.
        Quick,
    };
    /// Makes it ready for run's source and answers settings, which are in run's parameters. Errors:
    /// Colorize's.
    Result<void> answer(const AiRun &run, Reading reading, const std::shared_ptr<TileStore> &store,
                        ModelEnvironment &models, const Progress &progress);
    // After answer():
    /// Other settings for the same source. Errors: Colorize::answer()'s.
    Result<void> answerAgain(const ColorizeSettings &settings, const Progress &progress)
    {
        return m_tool->answer(settings, progress);
    }
    /// All of it, for the layer.
    Result<AiResult> whole(const AiRun &run, const std::shared_ptr<TileStore> &store,
                           const Progress &progress);
    /// A part (pixels of the picture) at about scale, at full opacity or less.
    Result<Look> part(const QRect &region, double scale, double opacity);
    /// Where the network is not sure of its colours.
    struct Doubt {
        QImage veil;           ///< over the whole picture, some pixels wide; more: less sure
        QList<QPointF> places; ///< pixels of the picture, the least sure first, apart from another
    };
    Doubt doubt() const;
    /// What subjectOf() said of the picture as it was when made() was so; of another one it is
    /// dropped.
    void takeSubject(const Planes &subject, int made);
    /// How often a picture was read anew. Any thread.
    int made() const { return m_made; }
    /// Hints know the subject of the picture at hand. Any thread.
    bool knowsSubject() const { return m_knowsSubject; }
    std::vector<ColorSuggestion> suggestions(QPointF place, int count) const;
    const Colorize &tool() const { return *m_tool; }

private:
    /// What a look is painted on; a hand that moves a hint looks at the same place again.
    struct Ground {
        QSize picture; ///< all of it, that small
        QRect rect;    ///< of that
        Image pixels;
    };
    Result<void> read(Reading reading, const Progress &progress);
    Result<Image> groundOf(QSize shown, const QRect &rect);

    Fingerprint m_source; ///< that the rest was made from
    enum class State { Unread, Quick, Exact } m_state = State::Unread;
    std::unique_ptr<Colorize> m_tool;
    std::unique_ptr<CompositorSource> m_picture;
    std::unique_ptr<Compositor> m_levels;
    Ground m_ground;
    std::atomic<int> m_made = 0;
    std::atomic<bool> m_knowsSubject = false;
};

} // namespace heirloom
