// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/eyedropperpanel.h"

#include "tools/paintcolors.h"
#include "widgets/colorwell.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace heirloom
{

EyedropperPanel::EyedropperPanel(PaintColors &colors, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("eyedropperPanel"));
    auto *well = new ColorWell(tr("Foreground colour"));
    auto *side = new QComboBox;
    side->setObjectName(QStringLiteral("pickSide"));
    side->addItem(tr("One pixel"), 1);
    side->addItem(tr("Mean of 3 \u00d7 3"), 3);
    side->addItem(tr("Mean of 5 \u00d7 5"), 5);
    side->setToolTip(tr("A mean is not led astray by grain"));
    auto *layers = new QComboBox;
    layers->setObjectName(QStringLiteral("pickLayers"));
    layers->addItem(tr("What is seen"), true);
    layers->addItem(tr("The chosen layer alone"), false);
    layers->setToolTip(tr("Take the colour of all layers together, or of one"));
    for (QComboBox *box : {side, layers})
        box->setWhatsThis(box->toolTip());
    auto *hint = new QLabel(tr("Click on this photo or any other that is open."));
    hint->setWordWrap(true);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(12, 12, 12, 12);
    form->setSpacing(10);
    form->addRow(hint);
    form->addRow(tr("Colour"), well);
    form->addRow(tr("Takes"), side);
    form->addRow(tr("From"), layers);
    connect(well, &ColorWell::colorChosen, &colors, &PaintColors::setForeground);
    const auto take = [&colors, side, layers] {
        colors.setPick({side->currentData().toInt(), layers->currentData().toBool()});
    };
    connect(side, &QComboBox::currentIndexChanged, &colors, take);
    connect(layers, &QComboBox::currentIndexChanged, &colors, take);
    const auto show = [=, &colors] {
        // Showing one box must not take the other's old value.
        const PickOptions pick = colors.pick();
        const QSignalBlocker quietSide(side), quietLayers(layers);
        well->setColor(colors.foreground());
        side->setCurrentIndex(side->findData(pick.side));
        layers->setCurrentIndex(layers->findData(pick.allLayers));
    };
    connect(&colors, &PaintColors::changed, this, show);
    show();
}

} // namespace heirloom
