// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorize.h"

#include <QHash>
#include <QObject>

namespace heirloom
{

class Actions;
class CanvasView;
class ColorHinting;
class ColorPanel;
class EditorSession;
class HintTool;
class MessageBar;
class StartPage;
class ToolController;
class Workspace;

/// Colour: brings the tool for hints and its page into the window, shows what a moving hand does,
/// and hands each change to the photo's ColorHinting. Work on other photos goes on. Follows the
/// workspace by itself. Owned by the tools' controller; GUI thread.
class ColorController : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        Workspace &workspace;
        Actions &actions;
        ToolController &tools;
        CanvasView &canvas;
        StartPage &start;
        MessageBar &messages;
    };
    /// Its parent is tools.
    explicit ColorController(const Parts &parts);

private:
    void connectTool();
    void connectPanel();
    void watch(EditorSession *session);
    void setSession(EditorSession *session);
    ColorHinting *hinting() const { return m_hintings.value(m_session); }
    /// What the hints would be with what the hand and the panel say now.
    ColorizeSettings wished() const;
    void color();
    void commit(const QString &text);
    void look();
    void takeEdited(const ColorHint &hint, const QString &text);
    void showSelected();
    void show();
    void clearLook();

    Parts m_parts;
    HintTool *m_tool;
    ColorPanel *m_panel;
    EditorSession *m_session = nullptr;
    QHash<const EditorSession *, ColorHinting *> m_hintings;
    bool m_colorsNext = false; ///< the next photo that comes is to be coloured at once
    bool m_isLooking = false;
};

} // namespace heirloom
