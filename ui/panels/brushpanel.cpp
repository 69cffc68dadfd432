// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/brushpanel.h"

#include "painttarget.h"
#include "theme/icon.h"
#include "tools/paintcolors.h"
#include "tools/painttool.h"
#include "widgets/colorwell.h"
#include "widgets/valueslider.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace heirloom
{

namespace
{

/// The slider's whole numbers are 100 times the logarithm of the exponent to base 2, turned round
/// so that softer lies to the right.
constexpr int curveSteps = 200;

int curveValue(double exponent)
{
    return int(std::lround(-std::log2(exponent) * 100));
}

double curveExponent(int value)
{
    return std::exp2(-value / 100.0);
}

int percent(double share)
{
    return int(std::lround(share * 100));
}

} // namespace

BrushPanel::BrushPanel(PaintTool &tool, PaintTarget &target, PaintColors *colors,
                       const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_tool(tool)
    , m_target(target)
    , m_name(name)
    , m_layout(new QVBoxLayout(this))
    , m_own(new QVBoxLayout)
    , m_pixels(new QRadioButton(tr("Layer")))
    , m_mask(new QRadioButton(tr("Its mask")))
{
    setObjectName(name + QStringLiteral("Panel"));
    m_layout->setContentsMargins(12, 12, 12, 12);
    m_layout->setSpacing(8);
    m_own->setSpacing(8);
    m_layout->addLayout(m_own);

    auto *where = new QHBoxLayout;
    where->addWidget(new QLabel(tr("Works on")));
    where->addWidget(m_pixels);
    where->addWidget(m_mask);
    where->addStretch(1);
    m_pixels->setObjectName(name + QStringLiteral("OnLayer"));
    m_mask->setObjectName(name + QStringLiteral("OnMask"));
    m_mask->setToolTip(tr("The brush changes where the layer shows: white shows, black hides"));
    m_mask->setWhatsThis(m_mask->toolTip());
    m_layout->addLayout(where);
    if (colors)
        buildColors(*colors);

    const Brush usual;
    m_size = addSlider(tr("Size"), "Size", 1, int(Brush::largest), int(usual.size()),
                       tr("Diameter in pixels of the picture ([ and ])"));
    m_hardness = addSlider(tr("Hardness"), "Hardness", 0, 100, percent(usual.hardness()),
                           tr("How sharp the edge is (Shift+[ and Shift+])"));
    m_opacity = addSlider(tr("Opacity"), "Opacity", 1, 100, percent(usual.opacity()),
                          tr("What one stroke never passes (digits)"));
    m_flow = addSlider(tr("Flow"), "Flow", 1, 100, percent(usual.flow()),
                       tr("How quickly a stroke builds up to its opacity"));
    m_spacing = addSlider(tr("Spacing"), "Spacing", int(Brush::leastSpacing * 100),
                          int(Brush::mostSpacing * 100), percent(usual.spacing()),
                          tr("From one touch of the brush to the next, in diameters"));
    m_smoothing = addSlider(tr("Smoothing"), "Smoothing", 0, 100, percent(usual.smoothing()),
                            tr("Takes the tremor out of a line; the line then follows a little "
                               "behind the hand"));
    for (ValueSlider *slider : {m_hardness, m_opacity, m_flow, m_spacing, m_smoothing})
        slider->setSuffix(tr(" %"));
    m_size->setSuffix(tr(" px"));
    buildPen();
    m_layout->addStretch(1);

    connect(m_pixels, &QRadioButton::clicked, this, [this] { m_target.setMask(false); });
    connect(m_mask, &QRadioButton::clicked, this, [this] { m_target.setMask(true); });
    connect(&m_target, &PaintTarget::changed, this, &BrushPanel::refresh);
    connect(&tool, &PaintTool::brushChanged, this, &BrushPanel::refresh);
    refresh();
}

void BrushPanel::addOption(QWidget *option)
{
    m_own->addWidget(option);
}

ValueSlider *BrushPanel::addSlider(const QString &label, const char *name, int least, int most,
                                   int fallback, const QString &hint)
{
    auto *slider = new ValueSlider(label, least, most, fallback);
    slider->slider()->setObjectName(m_name + QLatin1String(name));
    slider->setToolTip(hint);
    slider->setWhatsThis(hint);
    m_layout->addWidget(slider);
    connect(slider, &ValueSlider::valueChanged, this, &BrushPanel::take);
    return slider;
}

void BrushPanel::buildColors(PaintColors &colors)
{
    auto *front = new ColorWell(tr("Foreground colour"));
    auto *back = new ColorWell(tr("Background colour"));
    front->setObjectName(m_name + QStringLiteral("Foreground"));
    back->setObjectName(m_name + QStringLiteral("Background"));
    const auto button = [](const char *icon, const QString &text) {
        auto *b = new QToolButton;
        b->setIcon(heirloom::icon(icon));
        b->setAutoRaise(true);
        b->setFocusPolicy(Qt::TabFocus);
        b->setToolTip(text);
        b->setWhatsThis(text);
        b->setAccessibleName(text);
        return b;
    };
    auto *swap = button("swap", tr("Swap the two colours (X)"));
    auto *reset = button("reset", tr("Black and white again (D)"));
    swap->setObjectName(m_name + QStringLiteral("Swap"));
    reset->setObjectName(m_name + QStringLiteral("ResetColors"));
    auto *row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Colours")));
    row->addWidget(front);
    row->addWidget(back);
    row->addWidget(swap);
    row->addWidget(reset);
    row->addStretch(1);
    m_layout->addLayout(row);
    connect(front, &ColorWell::colorChosen, &colors, &PaintColors::setForeground);
    connect(back, &ColorWell::colorChosen, &colors, &PaintColors::setBackground);
    connect(swap, &QToolButton::clicked, &colors, &PaintColors::swap);
    connect(reset, &QToolButton::clicked, &colors, &PaintColors::reset);
    const auto show = [front, back, &colors] {
        front->setColor(colors.foreground());
        back->setColor(colors.background());
    };
    connect(&colors, &PaintColors::changed, this, show);
    show();
}

void BrushPanel::buildPen()
{
    m_pressesSize = new QCheckBox(tr("Pen pressure changes the size"));
    m_pressesOpacity = new QCheckBox(tr("Pen pressure changes the opacity"));
    m_pressesSize->setObjectName(m_name + QStringLiteral("PressesSize"));
    m_pressesOpacity->setObjectName(m_name + QStringLiteral("PressesOpacity"));
    m_pressesSize->setToolTip(tr("A light touch paints with a smaller brush"));
    m_pressesOpacity->setToolTip(tr("A light touch paints more faintly"));
    m_curve =
        addSlider(tr("Pen feel"), "Curve", -curveSteps, curveSteps, 0,
                  tr("To the right a light touch does more, to the left it takes a firm one"));
    m_layout->removeWidget(m_curve);
    for (QCheckBox *box : {m_pressesSize, m_pressesOpacity}) {
        box->setWhatsThis(box->toolTip());
        m_layout->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &BrushPanel::take);
    }
    m_layout->addWidget(m_curve);
}

void BrushPanel::refresh()
{
    m_showing = true;
    const Brush &brush = m_tool.brush();
    m_size->setValue(int(std::lround(brush.size())));
    m_hardness->setValue(percent(brush.hardness()));
    m_opacity->setValue(percent(brush.opacity()));
    m_flow->setValue(percent(brush.flow()));
    m_spacing->setValue(percent(brush.spacing()));
    m_smoothing->setValue(percent(brush.smoothing()));
    m_pressesSize->setChecked(brush.pressesSize());
    m_pressesOpacity->setChecked(brush.pressesOpacity());
    m_curve->setValue(curveValue(brush.pressureCurve()));
    m_curve->setEnabled(brush.pressesSize() || brush.pressesOpacity());
    const bool selects = m_target.replacesPixels();
    m_pixels->setText(selects ? tr("Selection") : tr("Layer"));
    m_pixels->setToolTip(selects ? tr("Quick mask: the brush selects, the eraser takes away")
                                 : tr("The brush changes the layer's own pixels"));
    m_pixels->setWhatsThis(m_pixels->toolTip());
    m_pixels->setEnabled(m_target.canChoose() || !m_target.isMask());
    m_mask->setEnabled(m_target.canChoose() || m_target.isMask());
    (m_target.isMask() ? m_mask : m_pixels)->setChecked(true);
    m_showing = false;
}

void BrushPanel::take()
{
    if (m_showing)
        return;
    Brush brush = m_tool.brush();
    brush.setSize(m_size->value());
    brush.setHardness(m_hardness->value() / 100.0);
    brush.setOpacity(m_opacity->value() / 100.0);
    brush.setFlow(m_flow->value() / 100.0);
    brush.setSpacing(m_spacing->value() / 100.0);
    brush.setSmoothing(m_smoothing->value() / 100.0);
    brush.setPressesSize(m_pressesSize->isChecked());
    brush.setPressesOpacity(m_pressesOpacity->isChecked());
    brush.setPressureCurve(curveExponent(m_curve->value()));
    m_tool.setBrush(brush);
}

} // namespace heirloom
