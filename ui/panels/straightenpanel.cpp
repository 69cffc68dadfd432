// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/straightenpanel.h"

#include "panels/toolbuttons.h"
#include "tools/straightentool.h"
#include "widgets/sizetext.h"
#include "widgets/valueslider.h"

#include <QCheckBox>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int perDegree = 100;

} // namespace

StraightenPanel::StraightenPanel(StraightenTool &tool, QWidget *parent)
    : QWidget(parent)
    , m_tool(tool)
    , m_angle(new ValueSlider(tr("Angle"), int(-StraightenTool::largest * perDegree),
                              int(StraightenTool::largest * perDegree), 0))
    , m_crop(new QCheckBox(tr("Cut the empty corners off")))
    , m_readout(new QLabel)
{
    setObjectName(QStringLiteral("straightenPanel"));
    auto *hint = new QLabel(tr("Draw a line on the picture along something that should be level "
                               "or upright, or set the angle."));
    hint->setWordWrap(true);
    m_angle->setDecimals(2);
    m_angle->setSuffix(tr("\u00b0"));
    m_angle->slider()->setObjectName(QStringLiteral("straightenAngle"));
    m_angle->slider()->setSingleStep(10);
    m_angle->slider()->setPageStep(perDegree);
    m_angle->setWhatsThis(tr("How far the picture is turned, clockwise."));
    m_crop->setObjectName(QStringLiteral("straightenCrop"));
    m_crop->setChecked(true);
    m_crop->setToolTip(tr("Keeps the largest upright part without empty corners"));
    m_crop->setWhatsThis(m_crop->toolTip());
    m_readout->setObjectName(QStringLiteral("straightenReadout"));
    m_readout->setProperty("quiet", true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(10);
    layout->addWidget(hint);
    layout->addWidget(m_angle);
    layout->addWidget(m_crop);
    layout->addWidget(m_readout);
    layout->addWidget(new ToolButtons(tool, QStringLiteral("straighten"), tr("Straighten"),
                                      tr("Turns the picture by this angle")));
    layout->addStretch(1);

    connect(m_angle, &ValueSlider::valueChanged, this, [this](int value) {
        if (!m_showing)
            m_tool.setDegrees(double(value) / perDegree);
    });
    connect(m_crop, &QCheckBox::toggled, this, [this](bool on) { m_tool.setOptions({on}); });
    connect(&tool, &Tool::changed, this, &StraightenPanel::refresh);
    refresh();
}

void StraightenPanel::refresh()
{
    m_showing = true;
    m_angle->setValue(int(std::lround(m_tool.degrees() * perDegree)));
    m_angle->setEnabled(m_tool.isActive());
    m_readout->setText(m_tool.isActive() ? pixelsText(m_tool.frame().size()) : QString());
    m_showing = false;
}

} // namespace heirloom
