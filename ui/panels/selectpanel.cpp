// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/selectpanel.h"

#include "theme/icon.h"
#include "tools/selecttool.h"
#include "widgets/valueslider.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace heirloom
{

SelectPanel::SelectPanel(SelectTool &tool, Kind kind, const QString &hint, QWidget *parent)
    : QWidget(parent)
    , m_tool(tool)
    , m_modes(new QButtonGroup(this))
    , m_feather(new ValueSlider(tr("Feather"), 0, int(largestFeather), 0))
{
    setObjectName(QStringLiteral("selectPanel"));
    auto *words = new QLabel(hint);
    words->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(2);
    const auto mode = [&](CoverageMode value, const char *icon, const QString &name,
                          const QString &more) {
        auto *button = new QToolButton;
        button->setObjectName(QStringLiteral("selectMode%1").arg(int(value)));
        button->setIcon(heirloom::icon(icon));
        button->setIconSize({20, 20});
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(name);
        button->setToolTip(more);
        button->setWhatsThis(more);
        m_modes->addButton(button, int(value));
        row->addWidget(button);
    };
    mode(CoverageMode::Replace, "select-new", tr("New selection"), tr("Select anew"));
    mode(CoverageMode::Add, "select-add", tr("Add"), tr("Add to what is selected (Shift)"));
    mode(CoverageMode::Subtract, "select-subtract", tr("Subtract"),
         tr("Take away from what is selected (Alt)"));
    mode(CoverageMode::Intersect, "select-intersect", tr("Intersect"),
         tr("Keep what is in both (Shift+Alt)"));
    row->addStretch();
    m_feather->setSuffix(tr(" px"));
    m_feather->slider()->setObjectName(QStringLiteral("selectFeather"));
    m_feather->setToolTip(tr("How soft the edge becomes"));
    m_feather->setWhatsThis(m_feather->toolTip());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(10);
    layout->addWidget(words);
    layout->addLayout(row);
    const auto check = [&](const char *name, const QString &text, const QString &more) {
        auto *box = new QCheckBox(text);
        box->setObjectName(QLatin1String(name));
        box->setToolTip(more);
        box->setWhatsThis(more);
        layout->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &SelectPanel::send);
        return box;
    };
    if (kind == Kind::Wand) {
        m_tolerance = new ValueSlider(tr("Tolerance"), 0, 255, 32);
        m_tolerance->slider()->setObjectName(QStringLiteral("wandTolerance"));
        m_tolerance->setToolTip(tr("How unlike the clicked colour may be"));
        m_tolerance->setWhatsThis(m_tolerance->toolTip());
        layout->addWidget(m_tolerance);
        connect(m_tolerance, &ValueSlider::valueChanged, this, &SelectPanel::send);
        m_contiguous = check("wandContiguous", tr("Only what hangs together"),
                             tr("Takes only what is reached from the clicked place"));
        m_allLayers = check("wandAllLayers", tr("All visible layers"),
                            tr("Looks at the picture as it is seen, not at the chosen layer "
                               "alone"));
    }
    layout->addWidget(m_feather);
    if (kind != Kind::Rectangle)
        m_smooth = check("selectSmooth", tr("Smooth edge"), tr("Without steps along the edge"));
    layout->addStretch(1);
    connect(m_modes, &QButtonGroup::idClicked, this, &SelectPanel::send);
    connect(m_feather, &ValueSlider::valueChanged, this, &SelectPanel::send);
    connect(&tool, &Tool::changed, this, &SelectPanel::refresh);
    refresh();
}

void SelectPanel::send()
{
    if (m_showing)
        return;
    SelectOptions options = m_tool.options();
    options.mode = CoverageMode(std::max(0, m_modes->checkedId()));
    options.feather = m_feather->value();
    if (m_smooth)
        options.smooth = m_smooth->isChecked();
    if (m_tolerance) {
        options.tolerance = m_tolerance->value();
        options.contiguous = m_contiguous->isChecked();
        options.allLayers = m_allLayers->isChecked();
    }
    m_tool.setOptions(options);
}

void SelectPanel::refresh()
{
    m_showing = true;
    const SelectOptions &options = m_tool.options();
    if (QAbstractButton *button = m_modes->button(int(options.mode)))
        button->setChecked(true);
    m_feather->setValue(options.feather);
    if (m_smooth)
        m_smooth->setChecked(options.smooth);
    if (m_tolerance) {
        m_tolerance->setValue(options.tolerance);
        m_contiguous->setChecked(options.contiguous);
        m_allLayers->setChecked(options.allLayers);
    }
    m_showing = false;
}

} // namespace heirloom
