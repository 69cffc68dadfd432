// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/perspectivepanel.h"

#include "panels/toolbuttons.h"
#include "tools/perspectivetool.h"
#include "widgets/sizetext.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace heirloom
{

namespace
{

QDoubleSpinBox *field(const char *name, const QString &text)
{
    auto *box = new QDoubleSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setDecimals(1);
    box->setKeyboardTracking(false);
    box->setAccessibleName(text);
    box->setToolTip(text);
    box->setWhatsThis(text);
    return box;
}

} // namespace

PerspectivePanel::PerspectivePanel(PerspectiveTool &tool, QWidget *parent)
    : QWidget(parent)
    , m_tool(tool)
    , m_corners(new QButtonGroup(this))
    , m_x(field("cornerX", tr("The corner's place from the left, in pixels")))
    , m_y(field("cornerY", tr("The corner's place from the top, in pixels")))
    , m_preview(new QCheckBox(tr("Show the result")))
    , m_readout(new QLabel)
{
    setObjectName(QStringLiteral("perspectivePanel"));
    auto *hint = new QLabel(tr("Put the four corners on those of the print; it becomes the "
                               "picture, seen straight from above."));
    hint->setWordWrap(true);
    // Laid out as they lie on the picture.
    const QString names[] = {tr("Top left"), tr("Top right"), tr("Bottom right"),
                             tr("Bottom left")};
    constexpr std::array<std::pair<int, int>, 4> cells{{{0, 0}, {0, 1}, {1, 1}, {1, 0}}};
    auto *grid = new QGridLayout;
    grid->setSpacing(6);
    for (int i = 0; i < 4; ++i) {
        auto *button = new QPushButton(names[i]);
        button->setObjectName(QStringLiteral("corner%1").arg(i + 1));
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setToolTip(tr("Choose this corner (%1)").arg(i + 1));
        button->setWhatsThis(button->toolTip());
        button->setAccessibleName(names[i]);
        m_corners->addButton(button, i);
        grid->addWidget(button, cells[i].first, cells[i].second);
    }
    m_preview->setObjectName(QStringLiteral("perspectivePreview"));
    m_preview->setToolTip(tr("The picture as it would be; nothing is changed yet"));
    m_preview->setWhatsThis(m_preview->toolTip());
    m_readout->setObjectName(QStringLiteral("perspectiveReadout"));
    m_readout->setProperty("quiet", true);

    auto *form = new QFormLayout;
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("From the &left"), m_x);
    form->addRow(tr("From the &top"), m_y);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(10);
    layout->addWidget(hint);
    layout->addLayout(grid);
    layout->addLayout(form);
    layout->addWidget(m_preview);
    layout->addWidget(m_readout);
    layout->addWidget(new ToolButtons(tool, QStringLiteral("perspective"), tr("Straighten print"),
                                      tr("Makes the outline the picture")));
    layout->addStretch(1);

    connect(m_corners, &QButtonGroup::idClicked, &tool, &PerspectiveTool::chooseCorner);
    connect(m_x, &QDoubleSpinBox::valueChanged, this, &PerspectivePanel::takePlace);
    connect(m_y, &QDoubleSpinBox::valueChanged, this, &PerspectivePanel::takePlace);
    connect(m_preview, &QCheckBox::toggled, this, [this](bool on) { m_tool.setOptions({on}); });
    connect(&tool, &Tool::changed, this, &PerspectivePanel::refresh);
    refresh();
}

void PerspectivePanel::refresh()
{
    m_showing = true;
    const QSize canvas = m_tool.canvasSize();
    m_x->setRange(0, canvas.width());
    m_y->setRange(0, canvas.height());
    const int chosen = m_tool.chosenCorner();
    if (m_tool.corners().size() == 4) {
        m_x->setValue(m_tool.corners()[chosen].x());
        m_y->setValue(m_tool.corners()[chosen].y());
    }
    m_corners->button(chosen)->setChecked(true);
    m_preview->setChecked(m_tool.options().showsResult);
    m_readout->setText(m_tool.isActive() ? tr("Result: %1").arg(pixelsText(m_tool.resultSize()))
                                         : QString());
    m_showing = false;
}

void PerspectivePanel::takePlace()
{
    if (m_showing)
        return;
    m_tool.moveCorner(m_tool.chosenCorner(), QPointF(m_x->value(), m_y->value()));
    refresh(); // it may have stayed where it was
}

} // namespace heirloom
