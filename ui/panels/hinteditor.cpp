// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/hinteditor.h"

#include "operation/colormaterial.h"
#include "theme/icon.h"
#include "widgets/chromadisc.h"
#include "widgets/colorwell.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QToolButton>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

const QColor Neutral(128, 128, 128);
// What a hints file takes.
constexpr int longestName = 200;
constexpr int longestNote = 4000;
constexpr QSize rampSize{32, 16};

/// From shadow to light, or one colour.
QIcon rampIcon(const QColor &from, const QColor &middle, const QColor &to)
{
    QPixmap pixmap(rampSize);
    QPainter painter(&pixmap);
    QLinearGradient ramp(0, 0, rampSize.width(), 0);
    ramp.setColorAt(0, from);
    ramp.setColorAt(0.5, middle);
    ramp.setColorAt(1, to);
    painter.fillRect(pixmap.rect(), ramp);
    return QIcon(pixmap);
}

template <typename Widget>
Widget *named(Widget *widget, const char *name, const QString &hint)
{
    widget->setObjectName(QLatin1String(name));
    widget->setToolTip(hint);
    widget->setWhatsThis(hint);
    return widget;
}

} // namespace

HintEditor::HintEditor(QWidget *parent)
    : QWidget(parent)
    , m_suggestedTitle(new QLabel(tr("Likely here")))
    , m_suggested(new Swatches(tr("Likely here")))
    , m_disc(new ChromaDisc)
    , m_well(new ColorWell(tr("Colour of the hint")))
    , m_hex(named(new QLineEdit, "hintHex", tr("The colour's number, #rrggbb, or three numbers")))
    , m_remove(named(new QToolButton, "removeHint", tr("Remove this hint")))
    , m_pick(named(new QPushButton(tr("Pick")), "pickHintColor",
                   tr("Click on this photo, or on another one that is open, to take its colour")))
    , m_materials(named(new QToolButton, "materials",
                        tr("Skin, hair, cloth, wood, stone: the shade that fits how light the "
                           "place is")))
    , m_materialMenu(new QMenu(this))
    , m_keepsGrey(named(new QCheckBox(tr("Keep grey")), "hintGrey",
                        tr("This place stays without colour")))
    , m_isGuess(named(new QCheckBox(tr("A guess")), "hintGuess",
                      tr("Nobody knows this colour; the file's record says how many are guesses")))
    , m_limit(named(new QPushButton(tr("Only in the selection")), "limitHint",
                    tr("Colours all that is selected, and nothing else. Released: the hint "
                       "spreads by itself again")))
    , m_name(named(new QLineEdit, "hintName", tr("Hints of one name share one colour")))
    , m_note(named(new QLineEdit, "hintNote", tr("How you know: a letter, a memory, a museum")))
{
    setObjectName(QStringLiteral("hintEditor"));
    m_suggestedTitle->setProperty("quiet", true);
    m_suggested->setObjectName(QStringLiteral("suggestedColors"));
    m_well->setObjectName(QStringLiteral("hintColor"));
    m_hex->setAccessibleName(tr("The colour's number"));
    m_hex->setMinimumWidth(70);
    m_remove->setIcon(icon("delete"));
    m_remove->setAccessibleName(m_remove->toolTip());
    m_name->setPlaceholderText(tr("Name, such as uniform"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setMaxLength(longestName);
    m_note->setMaxLength(longestNote);
    m_note->setPlaceholderText(tr("How you know"));
    m_note->setAccessibleName(tr("Note"));

    m_pick->setCheckable(true);
    m_pick->setIcon(icon("eyedropper"));
    m_materials->setText(tr("Materials"));
    m_materials->setPopupMode(QToolButton::InstantPopup);
    m_materials->setMenu(m_materialMenu);
    m_materials->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_materials->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto *number = new QHBoxLayout;
    number->setSpacing(6);
    number->addWidget(m_well);
    number->addWidget(m_hex, 1);
    auto *ways = new QHBoxLayout;
    ways->setSpacing(6);
    ways->addWidget(m_pick, 1);
    ways->addWidget(m_remove);
    auto *column = new QVBoxLayout;
    column->setSpacing(6);
    column->addLayout(number);
    column->addWidget(m_materials);
    column->addLayout(ways);
    auto *color = new QHBoxLayout;
    color->setSpacing(10);
    color->addWidget(m_disc);
    color->addLayout(column, 1);
    auto *kinds = new QHBoxLayout;
    kinds->addWidget(m_keepsGrey);
    kinds->addWidget(m_isGuess);
    kinds->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_suggestedTitle);
    layout->addWidget(m_suggested);
    layout->addLayout(color);
    layout->addLayout(kinds);
    layout->addWidget(m_limit);
    layout->addWidget(m_name);
    layout->addWidget(m_note);

    connect(m_suggested, &Swatches::chosen, this, &HintEditor::setColor);
    connect(m_disc, &ChromaDisc::moving, this, [this](const QColor &color) {
        if (m_hint)
            Q_EMIT moving(withColor(color));
    });
    connect(m_disc, &ChromaDisc::chosen, this, &HintEditor::setColor);
    connect(m_pick, &QPushButton::clicked, this, &HintEditor::pickToggled);
    connect(m_materialMenu, &QMenu::aboutToShow, this, &HintEditor::fillMaterials);
    connect(m_well, &ColorWell::colorChosen, this, &HintEditor::setColor);
    connect(m_hex, &QLineEdit::editingFinished, this, &HintEditor::takeHex);
    connect(m_remove, &QToolButton::clicked, this, &HintEditor::removeRequested);
    connect(m_keepsGrey, &QCheckBox::clicked, this, [this](bool on) {
        ColorHint hint = *m_hint;
        if (hint.kind == ColorHint::Kind::Stroke) // grey paint keeps as grey
            return setColor(Neutral);
        hint.kind = on ? ColorHint::Kind::KeepGrey : ColorHint::Kind::Point;
        hint.color = on ? 0 : Neutral.rgb(); // what stays grey has none
        edit(hint, tr("Keep grey"));
    });
    connect(m_isGuess, &QCheckBox::clicked, this, [this](bool on) {
        ColorHint hint = *m_hint;
        hint.known = !on;
        edit(hint, on ? tr("A guess") : tr("Known"));
    });
    m_limit->setCheckable(true);
    connect(m_limit, &QPushButton::clicked, this, [this](bool on) {
        if (on)
            return Q_EMIT limitRequested();
        ColorHint hint = m_hint.value_or(ColorHint());
        hint.region.clear();
        edit(hint, tr("Limit a hint"));
    });
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        ColorHint hint = m_hint.value_or(ColorHint());
        hint.name = m_name->text().trimmed();
        edit(hint, tr("Name a hint"));
    });
    connect(m_note, &QLineEdit::editingFinished, this, [this] {
        ColorHint hint = m_hint.value_or(ColorHint());
        hint.note = m_note->text().trimmed();
        edit(hint, tr("Note for a hint"));
    });
    setHint({});
}

void HintEditor::setHint(const std::optional<ColorHint> &hint)
{
    m_hint = hint;
    setVisible(hint.has_value());
    if (hint)
        showHint();
}

void HintEditor::showHint()
{
    const bool isGrey = m_hint->kind == ColorHint::Kind::KeepGrey;
    const QColor color = isGrey ? Neutral : QColor::fromRgb(m_hint->color);
    m_well->setColor(color);
    m_disc->setColor(color);
    m_hex->setText(color.name());
    m_keepsGrey->setChecked(isGrey || color.saturation() == 0);
    m_isGuess->setChecked(!m_hint->known);
    m_limit->setChecked(!m_hint->region.isEmpty());
    m_limit->setVisible(m_canLimit || m_limit->isChecked());
    if (!m_name->hasFocus())
        m_name->setText(m_hint->name);
    if (!m_note->hasFocus())
        m_note->setText(m_hint->note);
}

void HintEditor::setSuggestions(const QList<QColor> &colors)
{
    QList<Swatches::Swatch> swatches;
    for (const QColor &color : colors)
        swatches.append({color, {}});
    m_suggested->setColors(swatches);
}

void HintEditor::setSuggestionsExpected(bool expected)
{
    m_suggested->setVisible(expected);
    m_suggestedTitle->setVisible(expected);
}

void HintEditor::edit(const ColorHint &hint, const QString &text)
{
    if (!m_hint || hint == *m_hint)
        return;
    m_hint = hint;
    showHint();
    Q_EMIT edited(hint, text);
}

ColorHint HintEditor::withColor(const QColor &color) const
{
    ColorHint hint = *m_hint;
    hint.color = color.rgb();
    if (hint.kind == ColorHint::Kind::KeepGrey)
        hint.kind = ColorHint::Kind::Point;
    return hint;
}

void HintEditor::setColor(const QColor &color)
{
    if (m_hint && color.isValid())
        edit(withColor(color), tr("Colour of a hint"));
}

void HintEditor::takePalette(const Swatches::Swatch &swatch)
{
    if (!m_hint)
        return;
    ColorHint hint = withColor(swatch.color);
    hint.name = swatch.name;
    edit(hint, tr("Colour of a hint"));
}

void HintEditor::setLuminance(double luminance)
{
    m_disc->setLuminance(luminance);
    if (m_hint)
        showHint();
}

void HintEditor::setPalette(const QList<Swatches::Swatch> &colors)
{
    m_palette = colors;
}

void HintEditor::setCanLimit(bool can)
{
    m_canLimit = can;
    if (m_hint)
        showHint();
}

void HintEditor::setPicking(bool picking)
{
    m_pick->setChecked(picking);
}

void HintEditor::fillMaterials()
{
    m_materialMenu->clear();
    for (QMenu *menu : m_materialMenu->findChildren<QMenu *>(Qt::FindDirectChildrenOnly))
        menu->deleteLater();
    if (!m_palette.isEmpty()) {
        QMenu *own = m_materialMenu->addMenu(tr("My colours"));
        for (const Swatches::Swatch &swatch : m_palette) {
            QAction *action =
                own->addAction(rampIcon(swatch.color, swatch.color, swatch.color), swatch.name);
            connect(action, &QAction::triggered, this, [this, swatch] { takePalette(swatch); });
        }
        m_materialMenu->addSeparator();
    }
    QMenu *group = nullptr;
    QString groupId;
    for (const ColorMaterial &material : shippedMaterials()) {
        if (!group || material.group != groupId) {
            groupId = material.group;
            group = m_materialMenu->addMenu(materialGroupName(groupId));
        }
        const QColor shade = QColor::fromRgb(material.at(m_disc->luminance()));
        QAction *action = group->addAction(rampIcon(QColor::fromRgb(material.shadow),
                                                    QColor::fromRgb(material.mid),
                                                    QColor::fromRgb(material.light)),
                                           material.name());
        connect(action, &QAction::triggered, this, [this, shade] { setColor(shade); });
    }
}

/// "#rrggbb", "rrggbb" or "120 80 40"; anything else goes back to what was there.
void HintEditor::takeHex()
{
    if (!m_hint)
        return;
    static const QRegularExpression numbers(
        QStringLiteral("^\\s*(\\d{1,3})[\\s,;]+(\\d{1,3})[\\s,;]+(\\d{1,3})\\s*$"));
    static const QRegularExpression hex(QStringLiteral("^\\s*#?([0-9A-Fa-f]{6})\\s*$"));
    const QString text = m_hex->text();
    QColor color;
    if (const auto match = numbers.match(text); match.hasMatch())
        color = QColor(match.captured(1).toInt(), match.captured(2).toInt(),
                       match.captured(3).toInt()); // invalid beyond 255
    else if (const auto digits = hex.match(text); digits.hasMatch())
        color = QColor(u'#' + digits.captured(1));
    if (color.isValid() && color.name() != QColor::fromRgb(m_hint->color).name())
        setColor(color);
    showHint();
}

} // namespace heirloom
