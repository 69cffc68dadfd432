// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QObject>
#include <QPointer>

namespace heirloom
{

class Actions;
class CanvasController;
class EditorSession;
class LayersPanel;
class MessageBar;
class PaintTarget;
class Settings;
class ToolController;
class Workspace;

/// What is seen of masks and what they are chosen by: the layer list's small pictures choose what
/// is painted on, Alt+click shows a mask alone, Shift+click turns it off; quick mask (Q) tints what
/// is selected, and brushes paint the selection then. Views, no steps. Lives as long as the tools;
/// GUI thread.
class MaskController : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        Workspace &workspace;
        Actions &actions;
        ToolController &tools;
        CanvasController &view;
        LayersPanel &layers;
        Settings &settings;
        MessageBar &messages;
    };
    explicit MaskController(const Parts &parts);

private:
    void setSession(EditorSession *session);
    void follow();
    void choose(LayerId layer, bool mask, Qt::KeyboardModifiers modifiers);
    void setQuick(bool on);
    void show();
    PaintTarget &target() const;

    Parts m_parts;
    QPointer<EditorSession> m_session;
    QObject *m_watch = nullptr;
    LayerId m_alone; ///< whose mask is shown by itself
    bool m_quick = false;
};

} // namespace heirloom
