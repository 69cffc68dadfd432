// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "document/fingerprint.h"
#include "document/mask.h"
#include "operation/scratches.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

namespace heirloom
{

class Document;
class EditorSession;

/// Damage that is found in one session's picture, as its selection: found once in the background,
/// then marked anew for other thresholds and kinds from the map that is kept, which takes a byte
/// for a pixel of detail and holds until the picture is another one. What was painted on the
/// selection by hand stays as it was painted, whatever the threshold. Undo leads back to the wish
/// too. Child of the session; GUI thread.
class DamageSelection : public QObject
{
    Q_OBJECT

public:
    /// What is to be marked.
    struct Wish {
        double threshold = ScratchesSettings::defaultThreshold; ///< 0..1: how sure it has to be
        DamageKind kind = DamageKind::All;
        bool operator==(const Wish &) const = default;
    };

    explicit DamageSelection(EditorSession &session);

    /// The damage of the picture as it is now is known: refine() works without a search.
    bool isKnown() const;
    /// What the present selection was marked by, or will be.
    const Wish &wish() const { return m_wish; }
    /// Looks for damage, in the background, and selects it, in one undo step; what was selected
    /// before does not count. Without a search where the damage is known: no job then.
    JobId find(const Wish &wish);
    /// Marks anew, in the background; of several wishes the last one counts. All until
    /// finishGesture() are one undo step. Does nothing where the damage is not known.
    void refine(const Wish &wish);
    /// The slider was let go: what is still on its way belongs to its step.
    void finishGesture();

Q_SIGNALS:
    /// isKnown() or wish() may be another one.
    void changed();
    /// A search ended; share: of the picture's pixels that are selected now. warnings: translated.
    void found(double share, const QStringList &warnings);

private:
    struct Marked {
        TiledBuffer pixels;
        qint64 count = 0;
    };
    struct Found {
        DamageMap map;
        Marked marked;
        QStringList warnings; ///< of the finder
    };
    /// A selection that came about here, or by hand after it.
    struct Known {
        Mask selection;
        Mask base; ///< without what was done by hand
        Wish wish;
    };
    static Marked marked(const DamageMap &map, const Wish &wish, std::shared_ptr<TileStore> store);
    static Mask maskOf(const Marked &marked);
    void watch();
    void takeFound(JobId id, const Found &found, const Fingerprint &madeFrom, const Wish &wish);
    void markNext();
    void takeMarked(const Marked &base, const TiledBuffer &pixels, const Wish &wish,
                    const Mask &before);
    void follow();
    void remember(const Known &known);
    void seal();

    EditorSession &m_session;
    QPointer<Document> m_document; ///< the watched one
    std::shared_ptr<const DamageMap> m_map; ///< null: nothing was looked for
    Fingerprint m_madeFrom;
    mutable quint64 m_revision = 0; ///< of the document when m_isKnown was found out
    mutable bool m_isKnown = false;
    Wish m_wish;
    Mask m_base;
    QList<Known> m_known; ///< oldest first
    std::optional<Wish> m_next;
    bool m_isMarking = false;
    bool m_isGesture = false; ///< steps merge
    bool m_hasStep = false;   ///< the gesture made one
    bool m_isEnding = false;
};

} // namespace heirloom
