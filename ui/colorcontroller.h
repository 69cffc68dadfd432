// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorize.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>

namespace heirloom
{

class Actions;
class CanvasView;
class ColorHinting;
class ColorPanel;
class EditorSession;
class HintFiles;
class HintTool;
class MessageBar;
class ReferenceController;
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
    void connectEditor();
    void connectFiles();
    void watch(EditorSession *session);
    void setSession(EditorSession *session);
    ColorHinting *hinting() const { return m_hintings.value(m_session); }
    /// What the hints would be with what the hand and the panel say now.
    ColorizeSettings wished() const;
    void color();
    void commit(const QString &text);
    void look();
    /// All hints, the selected one being this.
    QList<ColorHint> withSelected(const ColorHint &hint) const;
    void takeEdited(const ColorHint &hint, const QString &text);
    void setPicking(bool on);
    void takePicked(const QColor &color);
    void takeLoaded(EditorSession *session, const ColorHints &hints);
    void showPalette();
    void connectMore();
    void connectReference();
    /// For the selected hint.
    void takeReferenceColor(const QColor &color);
    void keepOwn(bool kept);
    void changeAll(const std::function<void(ColorizeSettings &)> &set, const QString &text);
    void takeMatched(const QList<ColorHint> &hints);
    void setVariantsShown(bool shown);
    void setUnsureShown(bool shown);
    void goToUnsure();
    void takeDoubt(const QImage &veil, const QList<QPointF> &places);
    /// What was worked out for the picture as it was is worked out again, or forgotten.
    void refreshMore();
    void showSelected();
    void show();
    void clearLook();

    Parts m_parts;
    HintTool *m_tool;
    ColorPanel *m_panel;
    HintFiles *m_files;
    ReferenceController *m_reference;
    QPointer<EditorSession> m_pickFor; ///< the photo whose hint gets the picked colour
    ColorHint m_pickHint;
    QString m_matchedWith; ///< the reference that hints are made after
    EditorSession *m_session = nullptr;
    QHash<const EditorSession *, ColorHinting *> m_hintings;
    bool m_colorsNext = false; ///< the next photo that comes is to be coloured at once
    bool m_isLooking = false;
    bool m_areVariantsShown = false;
    bool m_isUnsureShown = false;
    bool m_goesToUnsure = false; ///< as soon as the places are known
    QList<QPointF> m_unsure;     ///< places that were not gone to yet
};

} // namespace heirloom
