// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"
#include "session/editorsession.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace heirloom
{

class ResultPanel;

/// Keeps the result panel in step with the topmost AI layer: its name, and its opacity as strength.
/// A drag shows at once and becomes one undo step. Owned by the main window; GUI thread.
class ResultController : public QObject
{
    Q_OBJECT

public:
    explicit ResultController(ResultPanel &panel, QObject *parent = nullptr);

    /// Null: nothing is open.
    void setSession(EditorSession *session);

    bool hasResult() const { return m_layer.isValid(); }

Q_SIGNALS:
    void resultChanged();
    /// An undo took the photo's last result away.
    void resultVanished();

private:
    void documentReplaced();
    void showLayer();
    void move(int percent);
    void commit(int percent);

    EditorSession *m_session = nullptr;
    ResultPanel &m_panel;
    LayerId m_layer;
    QPointer<Document> m_document; ///< the one that is watched
    std::optional<Snapshot> m_before; ///< the state before the slider was taken
};

} // namespace heirloom
