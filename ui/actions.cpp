// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions.h"

#include "settings/settings.h"
#include "theme/icon.h"

#include <QWidget>

namespace heirloom
{

namespace
{

struct Spec {
    ActionId id;
    const char *key;  ///< in the settings
    const char *icon; ///< may be null
    const char *text;
    const char *hint;
    const char *shortcuts; ///< portable text, several separated by blanks
};

constexpr Spec table[] = {
    {ActionId::Open, "open", "open", QT_TRANSLATE_NOOP("heirloom::Actions", "&Open..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Open a photo"), "Ctrl+O"},
    {ActionId::Copy, "copy", nullptr, QT_TRANSLATE_NOOP("heirloom::Actions", "&Copy picture"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Copy what is seen, for other programs"), "Ctrl+C"},
    {ActionId::Paste, "paste", "paste", QT_TRANSLATE_NOOP("heirloom::Actions", "&Paste"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "A picture on the clipboard becomes a layer; a file, a path, or anything "
                       "while nothing is open, a photo of its own"),
     "Ctrl+V"},
    {ActionId::PasteInPlace, "pasteInPlace", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Paste &in place"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "The picture on the clipboard as a layer, from the top left corner"),
     "Ctrl+Shift+V"},
    {ActionId::PasteNew, "pasteNew", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Paste as &new photo"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Open the picture or file on the clipboard"),
     "Ctrl+Alt+V"},
    {ActionId::Save, "save", "save", QT_TRANSLATE_NOOP("heirloom::Actions", "&Save"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Save the picture with its layers as a project"),
     "Ctrl+S"},
    {ActionId::SaveAs, "saveAs", nullptr, QT_TRANSLATE_NOOP("heirloom::Actions", "Save &as..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Save the project under another name"),
     "Ctrl+Shift+S"},
    {ActionId::Export, "export", "export", QT_TRANSLATE_NOOP("heirloom::Actions", "&Export..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Write the result as a new file"), "Ctrl+Shift+E"},
    {ActionId::ExportNow, "exportNow", "done",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Export as a new &file"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Write the result beside the photo at once; nothing is replaced"),
     "Ctrl+Alt+E"},
    {ActionId::Close, "close", "close", QT_TRANSLATE_NOOP("heirloom::Actions", "&Close photo"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Close this photo; the others stay"),
     "Ctrl+W"},
    {ActionId::NextPhoto, "nextPhoto", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Next photo"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Go to the next open photo"), "Ctrl+Tab Ctrl+PgDown"},
    {ActionId::PreviousPhoto, "previousPhoto", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Previous photo"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Go to the open photo before"),
     "Ctrl+Shift+Tab Ctrl+PgUp"},
    {ActionId::ShowTray, "showTray", nullptr, QT_TRANSLATE_NOOP("heirloom::Actions", "Photo &tray"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Small pictures of the open photos, below the canvas"),
     "Ctrl+Shift+T"},
    {ActionId::Quit, "quit", "quit", QT_TRANSLATE_NOOP("heirloom::Actions", "&Quit"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Close Heirloom"), "Ctrl+Q"},
    {ActionId::Undo, "undo", "undo", QT_TRANSLATE_NOOP("heirloom::Actions", "&Undo"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Take back the last step"), "Ctrl+Z"},
    {ActionId::Redo, "redo", "redo", QT_TRANSLATE_NOOP("heirloom::Actions", "&Redo"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Do the step again"), "Ctrl+Shift+Z Ctrl+Y"},
    {ActionId::RenameLayer, "renameLayer", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Rename layer"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Give the layer another name"), "F2"},
    {ActionId::ShowLayer, "showLayer", "eye",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Show layer"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Show or hide the layer"), ""},
    {ActionId::LockLayer, "lockLayer", "lock",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Lock layer"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Lock the layer against changes, or unlock it"), ""},
    {ActionId::LayerMask, "layerMask", "mask", QT_TRANSLATE_NOOP("heirloom::Actions", "Mas&k"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Where the layer shows"), ""},
    {ActionId::CopySettings, "copySettings", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Copy settings"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Take the layer's opacity, blend mode, mask and adjustment along"),
     ""},
    {ActionId::PasteSettings, "pasteSettings", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Paste settings"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Give the layer the settings that were copied"), ""},
    {ActionId::DuplicateLayer, "duplicateLayer", "copy",
     QT_TRANSLATE_NOOP("heirloom::Actions", "D&uplicate layer"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Copy the layer"), "Ctrl+J"},
    {ActionId::LayerUp, "layerUp", "arrow-up",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Move layer u&p"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Move the layer up"), "Ctrl+]"},
    {ActionId::LayerDown, "layerDown", "arrow-down",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Move layer d&own"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Move the layer down"), "Ctrl+["},
    {ActionId::MergeDown, "mergeDown", "merge-down",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Merge down"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Make the layer and the one below it one"), "Ctrl+E"},
    {ActionId::Flatten, "flatten", nullptr, QT_TRANSLATE_NOOP("heirloom::Actions", "&Flatten"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Make everything that is visible one layer"), ""},
    {ActionId::DeleteLayer, "deleteLayer", "delete",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Delete layer"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Delete the layer"), "Del"},
    {ActionId::Crop, "crop", "crop", QT_TRANSLATE_NOOP("heirloom::Actions", "&Crop"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Keep a part of the picture"), "C"},
    {ActionId::Straighten, "straighten", "straighten",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Straighten"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Turn the picture a little, by a line or an angle"),
     "Shift+C"},
    {ActionId::Perspective, "perspective", "perspective",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Perspective"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Straighten a print that was photographed at an angle"),
     "P"},
    {ActionId::SelectRectangle, "selectRectangle", "select-rectangle",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Select a &rectangle"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select a rectangle"),
     "M"},
    {ActionId::SelectEllipse, "selectEllipse", "select-ellipse",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Select an &ellipse"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select an ellipse"),
     "Shift+M"},
    {ActionId::Lasso, "lasso", "lasso",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Lasso"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select what a drawn line goes around"),
     "L"},
    {ActionId::Wand, "wand", "wand",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Wand"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select what looks like the place that is clicked"),
     "W"},
    {ActionId::SelectAll, "selectAll", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&All"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select the whole picture"),
     "Ctrl+A"},
    {ActionId::SelectNone, "selectNone", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&None"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select nothing: brushes and commands reach everywhere"),
     "Ctrl+Shift+A Ctrl+D"},
    {ActionId::InvertSelection, "invertSelection", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Invert"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select what is not selected"),
     "Ctrl+Shift+I"},
    {ActionId::GrowSelection, "growSelection", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Grow..."),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Make the selection larger all around"),
     ""},
    {ActionId::ShrinkSelection, "shrinkSelection", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Shrink..."),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Make the selection smaller all around"),
     ""},
    {ActionId::FeatherSelection, "featherSelection", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Feather..."),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Make the edge of the selection soft"),
     ""},
    {ActionId::SelectTones, "selectTones", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "From &tones..."),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select by how light the picture is"),
     ""},
    {ActionId::SelectColors, "selectColors", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "From &colours..."),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select what is near a colour"),
     ""},
    {ActionId::SelectMask, "selectMask", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "From the layer's &mask"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select what the layer's mask shows"),
     ""},
    {ActionId::SelectTransparency, "selectTransparency", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "From the layer's trans&parency"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select where the layer has pixels"),
     ""},
    {ActionId::SelectionToMask, "selectionToMask", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "T&o the layer's mask"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Make the selection the layer's mask"),
     ""},
    {ActionId::LoadSelection, "loadSelection", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Loa&d..."),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Select what is white in a picture of this size"),
     ""},
    {ActionId::SaveSelection, "saveSelection", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Sa&ve as PNG..."),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Write the selection as a picture, white is inside"),
     ""},
    {ActionId::ShowSelection, "showSelection", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Show the se&lection's edge"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Show or hide the walking line around what is selected"),
     "Ctrl+H"},
    {ActionId::QuickMask, "quickMask", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Quick mask"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "See what is selected, or the mask that is painted on, as a colour, and "
                       "paint the selection with the brush"),
     "Q"},
    {ActionId::FillSelection, "fillSelection", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Fi&ll selection"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Fill what is selected from what is around it: scratches, holes, things "
                       "that are to go"),
     "R"},
    {ActionId::Brush, "brush", "brush", QT_TRANSLATE_NOOP("heirloom::Actions", "&Brush"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Paint on a layer or a mask"), "B"},
    {ActionId::Eraser, "eraser", "eraser", QT_TRANSLATE_NOOP("heirloom::Actions", "&Eraser"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Take away what was painted; on a mask, hide"), "E"},
    {ActionId::Eyedropper, "eyedropper", "eyedropper",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Eye&dropper"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Pick a colour from the picture"), "I"},
    {ActionId::SpotHeal, "spotHeal", "spotheal",
     QT_TRANSLATE_NOOP("heirloom::Actions", "S&pot heal"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Heal spots and scratches by what is around them"),
     "Shift+J"},
    {ActionId::Heal, "heal", "heal", QT_TRANSLATE_NOOP("heirloom::Actions", "&Heal"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Bring texture from another place, in the light of this one"),
     "J"},
    {ActionId::Clone, "clone", "clone", QT_TRANSLATE_NOOP("heirloom::Actions", "&Clone"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Bring pixels from another place as they are"), "S"},
    {ActionId::DodgeBurn, "dodgeBurn", "dodgeburn",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Dodge and burn"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Make shadows, midtones or highlights lighter or darker"),
     "K"},
    {ActionId::Detail, "detail", "detail",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Sharpen and soften"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Sharpen or soften where you paint"), "Shift+K"},
    {ActionId::RedEye, "redEye", "redeye", QT_TRANSLATE_NOOP("heirloom::Actions", "&Red eye"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Make a pupil dark that a flash has made red"),
     "Shift+E"},
    {ActionId::Colorize, "colorize", "colour", QT_TRANSLATE_NOOP("heirloom::Actions", "C&olour"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Give a grey photo colours, then correct them by hints"),
     "H"},
    {ActionId::NextUnsure, "nextUnsure", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Next unsure place"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Go to the next place whose colour the network does not know"),
     "N"},
    {ActionId::BrushSmaller, "brushSmaller", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Smaller brush"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Make the brush a step smaller"), "[ ,"},
    {ActionId::BrushLarger, "brushLarger", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Larger brush"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Make the brush a step larger"), "] ."},
    {ActionId::BrushSofter, "brushSofter", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Softer brush"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Make the brush's edge softer"), "Shift+[ Shift+,"},
    {ActionId::BrushHarder, "brushHarder", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Harder brush"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Make the brush's edge harder"), "Shift+] Shift+."},
    {ActionId::SwapColors, "swapColors", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Swap colours"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Foreground becomes background"), "X"},
    {ActionId::DefaultColors, "defaultColors", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Black and white"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Black foreground, white background"), "D"},
    {ActionId::RotateLeft, "rotateLeft", "rotate-left",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Rotate &left"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Turn the picture to the left"), "Ctrl+Alt+Left"},
    {ActionId::RotateRight, "rotateRight", "rotate-right",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Rotate &right"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Turn the picture to the right"), "Ctrl+Alt+Right"},
    {ActionId::FlipHorizontal, "flipHorizontal", "flip-horizontal",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Flip &sideways"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Left becomes right"), ""},
    {ActionId::FlipVertical, "flipVertical", "flip-vertical",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Flip &upside down"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Top becomes bottom"), ""},
    {ActionId::CropToPrint, "cropToPrint", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Straighten to the pri&nt"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Find the print on its plain ground, straighten it and cut the ground off"),
     ""},
    {ActionId::SplitPrints, "splitPrints", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Several prints on this scan"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Open each print on this scan, straightened, as a photo of its own; the "
                       "scan stays as it is"),
     ""},
    {ActionId::PictureSize, "pictureSize", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Picture si&ze..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Show the picture on more or fewer pixels"),
     "Ctrl+Alt+I"},
    {ActionId::CanvasSize, "canvasSize", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Can&vas size..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Make room around the picture, or take it away"),
     "Ctrl+Alt+C"},
    {ActionId::Resolution, "resolution", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "R&esolution..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "How large the picture is printed; changes no pixel"),
     ""},
    {ActionId::ZoomIn, "zoomIn", "zoom-in", QT_TRANSLATE_NOOP("heirloom::Actions", "Zoom &in"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Zoom in"), "Ctrl+= Ctrl++"},
    {ActionId::ZoomOut, "zoomOut", "zoom-out", QT_TRANSLATE_NOOP("heirloom::Actions", "Zoom &out"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Zoom out"), "Ctrl+-"},
    {ActionId::Fit, "fit", "zoom-fit", QT_TRANSLATE_NOOP("heirloom::Actions", "&Fit to window"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Show the whole picture"), "Ctrl+0"},
    {ActionId::ActualSize, "actualSize", "zoom-actual",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Actual pixels"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "One picture pixel to one screen pixel (100 %)"),
     "Ctrl+1"},
    {ActionId::Compare, "compare", "compare-split",
     QT_TRANSLATE_NOOP("heirloom::Actions", "Compare &before and after"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Before and after: off, split, side by side"), "Y"},
    {ActionId::CompareWith, "compareWith", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Compare &with"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Choose what to compare with: the original, the step before, a kept state, "
                       "a layer"),
     "Ctrl+Shift+Y"},
    {ActionId::Blink, "blink", nullptr, QT_TRANSLATE_NOOP("heirloom::Actions", "B&link"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Before and after in turn; stands still while you move the picture"),
     "Alt+Y"},
    {ActionId::TurnSplit, "turnSplit", "compare-turn",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Turn the split"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Split across or down"), "Shift+Y"},
    {ActionId::ShowOriginal, "showOriginal", "show-original",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Hold to see the original"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Hold to see the original"), "\\ O"},
    {ActionId::ShowDifference, "showDifference", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Di&fference from the original"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Colour what differs from the original, with figures"),
     "Ctrl+Shift+D"},
    {ActionId::ShowInventedDetail, "showInventedDetail", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "In&vented detail"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Colour where networks added detail that the photo does not have"),
     "Ctrl+Shift+G"},
    {ActionId::ShowFillMethods, "showFillMethods", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "How hol&es were filled"),
     QT_TRANSLATE_NOOP("heirloom::Actions",
                       "Colour where fills were left to a network and where a classical method "
                       "did"),
     ""},
    {ActionId::TogglePanels, "togglePanels", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "Show &panels"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Hide or show the panels"), "Tab F4"},
    {ActionId::FullScreen, "fullScreen", "full-screen",
     QT_TRANSLATE_NOOP("heirloom::Actions", "F&ull screen"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Full screen"), "F11"},
    {ActionId::Models, "models", "models", QT_TRANSLATE_NOOP("heirloom::Actions", "&Models..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "The networks Heirloom works with"), "Ctrl+M"},
    {ActionId::Preferences, "preferences", nullptr,
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Preferences..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Look, memory, files and keys"), "Ctrl+,"},
    {ActionId::WhatsThis, "whatsThis", "info",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&What is this?"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Click this and then anything in the window"),
     "Shift+F1"},
    {ActionId::Shortcuts, "shortcuts", "keyboard",
     QT_TRANSLATE_NOOP("heirloom::Actions", "&Keyboard..."),
     QT_TRANSLATE_NOOP("heirloom::Actions", "See and change the keys"), "F1 ?"},
    {ActionId::About, "about", "info", QT_TRANSLATE_NOOP("heirloom::Actions", "&About Heirloom"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "About Heirloom"), ""},
    {ActionId::Apply, "apply", "done", QT_TRANSLATE_NOOP("heirloom::Actions", "A&pply"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Do it for the whole picture"), "Ctrl+Return"},
    {ActionId::Cancel, "cancel", "close", QT_TRANSLATE_NOOP("heirloom::Actions", "Ca&ncel"),
     QT_TRANSLATE_NOOP("heirloom::Actions", "Stop what is running"), "Esc"},
};

const Spec &spec(ActionId id)
{
    return *std::find_if(std::begin(table), std::end(table),
                         [id](const Spec &s) { return s.id == id; });
}

QStringList portable(const QList<QKeySequence> &keys)
{
    QStringList list;
    for (const QKeySequence &key : keys)
        list << key.toString(QKeySequence::PortableText);
    return list;
}

QList<QKeySequence> sequences(const QStringList &texts)
{
    QList<QKeySequence> keys;
    for (const QString &text : texts)
        keys << QKeySequence(text, QKeySequence::PortableText);
    return keys;
}

} // namespace

Actions::Actions(Settings &settings, QWidget *window)
    : QObject(window)
    , m_settings(settings)
{
    for (const Spec &s : table) {
        auto *action = new QAction(tr(s.text), this);
        action->setObjectName(QLatin1String(s.key));
        action->setMenuRole(s.id == ActionId::Quit    ? QAction::QuitRole
                            : s.id == ActionId::About ? QAction::AboutRole
                            : s.id == ActionId::Preferences ? QAction::PreferencesRole
                                                      : QAction::NoRole);
        if (s.icon)
            action->setIcon(icon(s.icon));
        m_actions.insert(int(s.id), action);
        m_keys.insert(int(s.id), sequences(settings.shortcuts(QLatin1String(s.key),
                                                              portable(defaultKeys(s.id)))));
        applyKeys(s.id);
        window->addAction(action);
    }
}

QList<ActionId> Actions::ids() const
{
    QList<ActionId> list;
    for (const Spec &s : table)
        list << s.id;
    return list;
}

QString Actions::name(ActionId id) const
{
    QString text = tr(spec(id).text);
    text.remove(u'&');
    return text.endsWith(QStringLiteral("...")) ? text.chopped(3) : text;
}

QList<QKeySequence> Actions::defaultKeys(ActionId id) const
{
    const QString all = QLatin1String(spec(id).shortcuts);
    return sequences(all.split(u' ', Qt::SkipEmptyParts));
}

void Actions::setKeys(ActionId id, const QList<QKeySequence> &keys)
{
    m_keys[int(id)] = keys;
    m_settings.setShortcuts(QLatin1String(spec(id).key), portable(keys), portable(defaultKeys(id)));
    applyKeys(id);
    Q_EMIT keysChanged(id);
}

void Actions::resetKeys()
{
    for (const ActionId id : ids())
        setKeys(id, defaultKeys(id));
}

std::optional<ActionId> Actions::owner(const QKeySequence &key, ActionId except) const
{
    for (const ActionId id : ids()) {
        if (id != except && keys(id).contains(key))
            return id;
    }
    return std::nullopt;
}

QString Actions::hint(ActionId id) const
{
    const QString text = tr(spec(id).hint);
    const QList<QKeySequence> all = keys(id);
    if (all.isEmpty())
        return text;
    return tr("%1 (%2)").arg(text, all.first().toString(QKeySequence::NativeText));
}

void Actions::applyKeys(ActionId id)
{
    QAction *a = action(id);
    // A held key is no shortcut: HoldKey watches for it.
    if (id != ActionId::ShowOriginal)
        a->setShortcuts(keys(id));
    a->setToolTip(hint(id));
    a->setWhatsThis(hint(id));
    a->setStatusTip(QString());
}

} // namespace heirloom
