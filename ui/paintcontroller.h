// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "tools/canvastoolhost.h"
#include "tools/paintcolors.h"

#include <QObject>

namespace heirloom
{

class EditorSession;
class PaintTarget;

/// What tools paint on: the current photo's active layer, or its mask, and the colours they paint
/// with. Owned by ToolController; GUI thread.
class PaintController : public QObject, public PaintPlace
{
    Q_OBJECT

public:
    explicit PaintController(QObject *parent = nullptr);

    void setSession(EditorSession *session);
    PaintTarget &target() const { return *m_target; }

    std::unique_ptr<PaintStroke> beginStroke(StrokeStart start) override;
    PaintColors *colors() override { return &m_colors; }
    std::optional<QColor> colorAt(QPointF canvas) override;

Q_SIGNALS:
    void refused(const heirloom::Error &error);

private:
    EditorSession *m_session = nullptr;
    PaintTarget *m_target;
    PaintColors m_colors;
};

} // namespace heirloom
