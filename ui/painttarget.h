// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QHash>
#include <QObject>

namespace heirloom
{

class EditorSession;

/// What is painted on: the active layer's pixels or its mask, or with quick mask the selection in
/// the place of pixels. A view, no step; kept for each photo until another layer is chosen for it.
/// Owned by the main window; GUI thread.
class PaintTarget : public QObject
{
    Q_OBJECT

public:
    explicit PaintTarget(QObject *parent = nullptr);

    /// Null: nothing is open.
    void setSession(EditorSession *session);
    /// The active layer's mask, which it has then. Adjustments have nothing else to be painted on.
    bool isMask() const { return m_isMask; }
    /// Instead of pixels; a mask goes before it.
    bool isSelection() const { return m_isSelection && !m_isMask; }
    void setSelection(bool selection);
    /// The selection stands in the place of pixels, whether a mask goes before it or not.
    bool replacesPixels() const { return m_isSelection; }
    /// There are both, pixels and a mask.
    bool canChoose() const { return m_canChoose; }
    /// Ignored where the active layer has no mask.
    void setMask(bool mask);

Q_SIGNALS:
    void changed();

private:
    void update();

    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    QHash<const EditorSession *, LayerId> m_masks; ///< the layers whose masks were chosen
    bool m_isMask = false;
    bool m_isSelection = false;
    bool m_canChoose = false;
};

} // namespace heirloom
