// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>

#include <optional>

namespace heirloom
{

class Settings;

enum class ActionId {
    Open,
    Copy,
    Paste,
    PasteInPlace,
    PasteNew,
    Save,
    SaveAs,
    Export,
    ExportNow,
    Close,
    NextPhoto,
    PreviousPhoto,
    ShowTray,
    Quit,
    Undo,
    Redo,
    RenameLayer,
    ShowLayer,
    LockLayer,
    LayerMask,
    CopySettings,
    PasteSettings,
    DuplicateLayer,
    LayerUp,
    LayerDown,
    MergeDown,
    Flatten,
    DeleteLayer,
    Crop,
    Straighten,
    Perspective,
    CropToPrint,
    SplitPrints,
    SelectRectangle,
    SelectEllipse,
    Lasso,
    Wand,
    SelectAll,
    SelectNone,
    InvertSelection,
    GrowSelection,
    ShrinkSelection,
    FeatherSelection,
    SelectTones,
    SelectColors,
    SelectMask,
    SelectTransparency,
    SelectionToMask,
    LoadSelection,
    SaveSelection,
    ShowSelection,
    QuickMask,
    FillSelection,
    Brush,
    Eraser,
    Eyedropper,
    SpotHeal,
    Heal,
    Clone,
    DodgeBurn,
    Detail,
    RedEye,
    Colorize,
    NextUnsure,
    BrushSmaller,
    BrushLarger,
    BrushSofter,
    BrushHarder,
    SwapColors,
    DefaultColors,
    RotateLeft,
    RotateRight,
    FlipHorizontal,
    FlipVertical,
    PictureSize,
    CanvasSize,
    Resolution,
    ZoomIn,
    ZoomOut,
    Fit,
    ActualSize,
    Compare,
    CompareWith,
    Blink,
    TurnSplit,
    ShowOriginal,
    ShowDifference,
    ShowInventedDetail,
    ShowFillMethods,
    TogglePanels,
    FullScreen,
    Models,
    Preferences,
    WhatsThis,
    Shortcuts,
    About,
    Apply,
    Cancel,
};

/// Every command of the window: its name, keys, icon and hint, from one table. The keys can be
/// changed by the user and are kept in the settings. Owned by the main window; GUI thread.
class Actions : public QObject
{
    Q_OBJECT

public:
    Actions(Settings &settings, QWidget *window);

    QAction *action(ActionId id) const { return m_actions.value(int(id)); }
    QAction *operator[](ActionId id) const { return action(id); }
    /// In the table's order.
    QList<ActionId> ids() const;
    QString name(ActionId id) const;

    QList<QKeySequence> keys(ActionId id) const { return m_keys.value(int(id)); }
    QList<QKeySequence> defaultKeys(ActionId id) const;
    void setKeys(ActionId id, const QList<QKeySequence> &keys);
    void resetKeys();
    /// Another action that has this key.
    std::optional<ActionId> owner(const QKeySequence &key, ActionId except) const;
    /// "Text (Ctrl+O)", for tooltips.
    QString hint(ActionId id) const;

Q_SIGNALS:
    void keysChanged(heirloom::ActionId id);

private:
    void applyKeys(ActionId id);

    Settings &m_settings;
    QHash<int, QAction *> m_actions;
    QHash<int, QList<QKeySequence>> m_keys;
};

} // namespace heirloom
