// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowparts.h"

#include "actions.h"
#include "canvascontroller.h"
#include "colorcontroller.h"
#include "damagecontroller.h"
#include "docks.h"
#include "fillcontroller.h"
#include "maskcontroller.h"
#include "printscontroller.h"
#include "selectioncontroller.h"
#include "toolcontroller.h"
#include "canvas/canvasview.h"
#include "settings/settings.h"
#include "startpage.h"
#include "theme/theme.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

namespace heirloom
{

namespace
{

/// Gives the texts their context.
struct WindowParts {
    Q_DECLARE_TR_FUNCTIONS(heirloom::WindowParts)
};

struct Choice {
    const char *key;
    const char *text;
};

constexpr Choice themes[] = {
    {"system", QT_TRANSLATE_NOOP("heirloom::WindowParts", "As the &system")},
    {"dark", QT_TRANSLATE_NOOP("heirloom::WindowParts", "&Dark")},
    {"light", QT_TRANSLATE_NOOP("heirloom::WindowParts", "&Light")}};

constexpr Choice surrounds[] = {
    {"theme", QT_TRANSLATE_NOOP("heirloom::WindowParts", "As the &theme")},
    {"#000000", QT_TRANSLATE_NOOP("heirloom::WindowParts", "&Black")},
    {"#3c3c3c", QT_TRANSLATE_NOOP("heirloom::WindowParts", "&Dark grey")},
    {"#777777", QT_TRANSLATE_NOOP("heirloom::WindowParts", "&Middle grey")},
    {"#b4b4b4", QT_TRANSLATE_NOOP("heirloom::WindowParts", "&Light grey")},
    {"#ffffff", QT_TRANSLATE_NOOP("heirloom::WindowParts", "&White")}};

template <size_t N>
void addChoices(QMenu *menu, const Choice (&choices)[N], Settings &settings,
                const Setting<QString> &setting)
{
    auto *group = new QActionGroup(menu);
    for (const Choice &choice : choices) {
        const QString key = QLatin1String(choice.key);
        QAction *action = menu->addAction(WindowParts::tr(choice.text));
        action->setCheckable(true);
        action->setChecked(settings.value(setting) == key);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, menu,
                         [&settings, &setting, key] { settings.set(setting, key); });
    }
}

} // namespace

QMenu *buildMenus(QMainWindow &window, Actions &actions, Settings &settings, Theme &)
{
    const auto add = [&actions](QMenu *menu, std::initializer_list<ActionId> ids) {
        for (const ActionId id : ids)
            menu->addAction(actions[id]);
    };
    QMenuBar *bar = window.menuBar();
    QMenu *file = bar->addMenu(WindowParts::tr("&File"));
    add(file, {ActionId::Open, ActionId::PasteNew});
    file->addSeparator();
    add(file, {ActionId::Save, ActionId::SaveAs});
    file->addSeparator();
    add(file, {ActionId::ExportNow, ActionId::Export});
    file->addSeparator();
    add(file, {ActionId::Close, ActionId::Quit});

    QMenu *edit = bar->addMenu(WindowParts::tr("&Edit"));
    add(edit, {ActionId::Undo, ActionId::Redo});
    edit->addSeparator();
    add(edit, {ActionId::Copy, ActionId::Paste, ActionId::PasteInPlace});
    edit->addSeparator();
    add(edit, {ActionId::Apply, ActionId::Cancel});
    edit->addSeparator();
    add(edit, {ActionId::Models, ActionId::Preferences});

    QMenu *picture = bar->addMenu(WindowParts::tr("&Picture"));
    add(picture, {ActionId::Crop, ActionId::Straighten, ActionId::Perspective});
    picture->addSeparator();
    add(picture, {ActionId::CropToPrint, ActionId::SplitPrints});
    picture->addSeparator();
    add(picture, {ActionId::RotateLeft, ActionId::RotateRight, ActionId::FlipHorizontal,
                  ActionId::FlipVertical});
    picture->addSeparator();
    add(picture, {ActionId::PictureSize, ActionId::CanvasSize, ActionId::Resolution});
    picture->addSeparator();
    add(picture, {ActionId::Colorize, ActionId::NextUnsure});
    QMenu *paint = bar->addMenu(WindowParts::tr("Pai&nt"));
    add(paint, {ActionId::Brush, ActionId::Eraser, ActionId::Eyedropper});
    paint->addSeparator();
    add(paint, {ActionId::SpotHeal, ActionId::Heal, ActionId::Clone, ActionId::DodgeBurn,
                ActionId::Detail, ActionId::RedEye});
    paint->addSeparator();
    add(paint, {ActionId::BrushSmaller, ActionId::BrushLarger, ActionId::BrushSofter,
                ActionId::BrushHarder});
    paint->addSeparator();
    add(paint, {ActionId::SwapColors, ActionId::DefaultColors});
    QMenu *layer = bar->addMenu(WindowParts::tr("&Layer"));
    add(layer, {ActionId::RenameLayer, ActionId::ShowLayer, ActionId::LockLayer,
                ActionId::LayerMask});
    layer->addSeparator();
    add(layer, {ActionId::CopySettings, ActionId::PasteSettings});
    layer->addSeparator();
    add(layer, {ActionId::DuplicateLayer, ActionId::LayerUp, ActionId::LayerDown});
    layer->addSeparator();
    add(layer, {ActionId::MergeDown, ActionId::Flatten});
    layer->addSeparator();
    add(layer, {ActionId::DeleteLayer});

    QMenu *select = bar->addMenu(WindowParts::tr("&Select"));
    add(select, {ActionId::SelectAll, ActionId::SelectNone, ActionId::InvertSelection});
    select->addSeparator();
    add(select, {ActionId::SelectRectangle, ActionId::SelectEllipse, ActionId::Lasso,
                 ActionId::Wand});
    select->addSeparator();
    add(select, {ActionId::GrowSelection, ActionId::ShrinkSelection, ActionId::FeatherSelection});
    select->addSeparator();
    add(select, {ActionId::SelectTones, ActionId::SelectColors, ActionId::SelectMask,
                 ActionId::SelectTransparency});
    select->addSeparator();
    add(select, {ActionId::SelectionToMask, ActionId::LoadSelection, ActionId::SaveSelection});
    select->addSeparator();
    add(select, {ActionId::QuickMask, ActionId::FillSelection});

    QMenu *view = bar->addMenu(WindowParts::tr("&View"));
    add(view, {ActionId::ZoomIn, ActionId::ZoomOut, ActionId::Fit, ActionId::ActualSize});
    view->addSeparator();
    add(view, {ActionId::Compare, ActionId::CompareWith, ActionId::Blink, ActionId::TurnSplit});
    view->addSeparator();
    add(view, {ActionId::ShowDifference, ActionId::ShowInventedDetail, ActionId::ShowFillMethods});
    view->addSeparator();
    add(view, {ActionId::ShowSelection});
    view->addSeparator();
    addChoices(view->addMenu(WindowParts::tr("&Theme")), themes, settings, setting::theme);
    addChoices(view->addMenu(WindowParts::tr("Colour &around the picture")), surrounds, settings,
               setting::canvasColor);
    QAction *wheel = view->addAction(WindowParts::tr("&Wheel zooms"));
    wheel->setCheckable(true);
    wheel->setChecked(settings.value(setting::wheelZooms));
    QObject::connect(wheel, &QAction::toggled, view,
                     [&settings](bool on) { settings.set(setting::wheelZooms, on); });
    view->addSeparator();
    add(view, {ActionId::NextPhoto, ActionId::PreviousPhoto, ActionId::ShowTray});
    view->addSeparator();
    add(view, {ActionId::TogglePanels, ActionId::FullScreen});

    QMenu *help = bar->addMenu(WindowParts::tr("&Help"));
    add(help, {ActionId::Shortcuts, ActionId::WhatsThis, ActionId::About});
    return view;
}

QToolBar *buildToolBar(QMainWindow &window, Actions &actions, CanvasView &canvas)
{
    auto *bar = new QToolBar(WindowParts::tr("Tools"), &window);
    bar->setObjectName(QStringLiteral("toolBar"));
    bar->setMovable(false);
    bar->setIconSize({20, 20});
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    const auto add = [bar, &actions](ActionId id, Qt::ToolButtonStyle style) {
        auto *button = new QToolButton;
        button->setDefaultAction(actions[id]);
        button->setToolButtonStyle(style);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(actions.name(id));
        button->setWhatsThis(actions.hint(id));
        bar->addWidget(button);
        return button;
    };
    add(ActionId::Open, Qt::ToolButtonTextBesideIcon);
    add(ActionId::Save, Qt::ToolButtonIconOnly);
    add(ActionId::Export, Qt::ToolButtonTextBesideIcon);
    bar->addSeparator();
    add(ActionId::Undo, Qt::ToolButtonIconOnly);
    add(ActionId::Redo, Qt::ToolButtonIconOnly);
    bar->addSeparator();
    for (const ActionId id : {ActionId::RotateLeft, ActionId::RotateRight, ActionId::FlipHorizontal,
                              ActionId::FlipVertical})
        add(id, Qt::ToolButtonIconOnly);
    bar->addSeparator();
    for (const ActionId id :
         {ActionId::ZoomOut, ActionId::ZoomIn, ActionId::Fit, ActionId::ActualSize})
        add(id, Qt::ToolButtonIconOnly);
    bar->addSeparator();
    auto *compare = add(ActionId::Compare, Qt::ToolButtonIconOnly);
    compare->setObjectName(QStringLiteral("compare"));
    compare->setMenu(actions[ActionId::CompareWith]->menu());
    compare->setPopupMode(QToolButton::MenuButtonPopup);
    add(ActionId::TurnSplit, Qt::ToolButtonIconOnly);
    // Held, not clicked: the action itself does nothing.
    auto *hold = add(ActionId::ShowOriginal, Qt::ToolButtonIconOnly);
    hold->setObjectName(QStringLiteral("holdOriginal"));
    QObject::connect(hold, &QToolButton::pressed, &canvas,
                     [&canvas] { canvas.setOriginalShown(true); });
    QObject::connect(hold, &QToolButton::released, &canvas,
                     [&canvas] { canvas.setOriginalShown(false); });
    auto *gap = new QWidget;
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    add(ActionId::Models, Qt::ToolButtonIconOnly);
    window.addToolBar(bar);
    return bar;
}

void addStartCards(StartPage &page)
{
    page.addAction(QStringLiteral("restore"), "restore", WindowParts::tr("Restore"),
                   WindowParts::tr("Choose a photo and see what it needs"));
    page.addAction(QStringLiteral("colour"), "colour", WindowParts::tr("Colour"),
                   WindowParts::tr("Choose a grey photo and give it colours"));
    page.addAction(QStringLiteral("enlarge"), "enlarge", WindowParts::tr("Enlarge"),
                   WindowParts::tr("Choose a photo and give it more pixels"));
}

void buildHands(const HandsParts &p)
{
    new SelectionController(
        {p.workspace, p.actions, p.tools, p.view.canvas(), p.docks, p.messages});
    new MaskController({p.workspace, p.actions, p.tools, p.view, p.docks.layersPanel(), p.settings,
                        p.messages});
    new DamageController({p.workspace, p.actions, p.tools, p.docks.damagePanel(), p.messages});
    new PrintsController({p.workspace, p.actions, p.messages, p.tools});
    new FillController({p.workspace, p.actions, p.tools, p.docks.fillPanel(), p.messages});
    new ColorController(
        {p.workspace, p.actions, p.tools, p.view.canvas(), p.start, p.messages});
}

} // namespace heirloom
