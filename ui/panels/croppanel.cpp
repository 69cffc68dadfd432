// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/croppanel.h"

#include "panels/toolbuttons.h"
#include "theme/icon.h"
#include "tools/croptool.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QToolButton>

namespace heirloom
{

namespace
{

constexpr int AspectRole = Qt::UserRole; ///< QSizeF, lying
constexpr int PaperRole = Qt::UserRole + 1;

struct Proportion {
    const char *text;
    double across, down; ///< lying
    bool isPaper;        ///< centimetres
};

/// The first two of the list are no fixed proportions: free, and the picture's own.
constexpr Proportion proportions[] = {
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "1 : 1, square"), 1, 1, false},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "3 : 2"), 3, 2, false},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "4 : 3"), 4, 3, false},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "5 : 4"), 5, 4, false},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "16 : 9"), 16, 9, false},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "9 \u00d7 13 cm print"), 13, 9, true},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "10 \u00d7 15 cm print"), 15, 10, true},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "13 \u00d7 18 cm print"), 18, 13, true},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "20 \u00d7 30 cm print"), 30, 20, true},
    {QT_TRANSLATE_NOOP("heirloom::CropPanel", "A4 print"), 29.7, 21, true}};

constexpr int freeIndex = 0;
constexpr int ownIndex = 1;

} // namespace

CropPanel::CropPanel(CropTool &tool, QWidget *parent)
    : QWidget(parent)
    , m_tool(tool)
    , m_aspect(new QComboBox)
    , m_turn(new QToolButton)
    , m_x(field("cropX", tr("From the left")))
    , m_y(field("cropY", tr("From the top")))
    , m_width(field("cropWidth", tr("Width")))
    , m_height(field("cropHeight", tr("Height")))
    , m_readout(new QLabel)
{
    setObjectName(QStringLiteral("cropPanel"));
    fillAspects();
    m_turn->setObjectName(QStringLiteral("cropTurn"));
    m_turn->setIcon(icon("turn-frame"));
    m_turn->setAccessibleName(tr("Turn the proportions"));
    m_turn->setToolTip(tr("Upright or lying (X)"));
    m_turn->setWhatsThis(m_turn->toolTip());
    m_turn->setFocusPolicy(Qt::TabFocus);
    m_readout->setObjectName(QStringLiteral("cropReadout"));
    m_readout->setWordWrap(true);
    m_readout->setProperty("quiet", true);

    auto *aspectRow = new QHBoxLayout;
    aspectRow->addWidget(m_aspect, 1);
    aspectRow->addWidget(m_turn);
    auto *form = new QFormLayout;
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Width"), m_width);
    form->addRow(tr("&Height"), m_height);
    form->addRow(tr("From the &left"), m_x);
    form->addRow(tr("From the &top"), m_y);
    auto *proportionLabel = new QLabel(tr("&Proportions"));
    proportionLabel->setBuddy(m_aspect);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(10);
    layout->addWidget(proportionLabel);
    layout->addLayout(aspectRow);
    layout->addLayout(form);
    layout->addWidget(m_readout);
    layout->addWidget(new ToolButtons(tool, QStringLiteral("crop"), tr("Crop"),
                                      tr("Keeps what is inside the frame")));
    layout->addStretch(1);

    connect(m_aspect, &QComboBox::activated, this, &CropPanel::chooseAspect);
    connect(m_turn, &QToolButton::clicked, &tool, &CropTool::turnAspect);
    for (QSpinBox *box : {m_x, m_y, m_width, m_height})
        connect(box, &QSpinBox::valueChanged, this, &CropPanel::takeFrame);
    connect(&tool, &Tool::changed, this, &CropPanel::refresh);
    refresh();
}

QSpinBox *CropPanel::field(const char *name, const QString &text)
{
    auto *box = new QSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setRange(0, 1'000'000);
    box->setSuffix(tr(" px"));
    box->setKeyboardTracking(false);
    box->setAccessibleName(text);
    box->setToolTip(text);
    box->setWhatsThis(text);
    return box;
}

void CropPanel::fillAspects()
{
    m_aspect->setObjectName(QStringLiteral("cropAspect"));
    m_aspect->setAccessibleName(tr("Proportions"));
    m_aspect->setToolTip(tr("The frame keeps these proportions"));
    m_aspect->setWhatsThis(tr("The frame keeps these proportions; free ones can be held for once "
                              "with Shift. For a print's size it says how many dots an inch it "
                              "would have."));
    m_aspect->addItem(tr("Free"));
    m_aspect->addItem(tr("As the picture"));
    m_aspect->insertSeparator(m_aspect->count());
    for (const Proportion &p : proportions) {
        if (p.isPaper && m_aspect->itemData(m_aspect->count() - 1, PaperRole).toSizeF().isEmpty())
            m_aspect->insertSeparator(m_aspect->count());
        const QSizeF size(p.across, p.down);
        m_aspect->addItem(tr(p.text));
        m_aspect->setItemData(m_aspect->count() - 1, size, AspectRole);
        m_aspect->setItemData(m_aspect->count() - 1, p.isPaper ? size : QSizeF(), PaperRole);
    }
    m_aspect->setMaxVisibleItems(20);
}

void CropPanel::chooseAspect()
{
    CropOptions options;
    const QSize canvas = m_tool.canvasSize();
    if (m_aspect->currentIndex() == ownIndex) {
        options.aspect = canvas;
    } else if (m_aspect->currentIndex() != freeIndex) {
        options.aspect = m_aspect->currentData(AspectRole).toSizeF();
        options.paper = m_aspect->currentData(PaperRole).toSizeF();
        if (canvas.height() > canvas.width()) {
            options.aspect.transpose();
            options.paper.transpose();
        }
    }
    m_tool.setOptions(options);
}

void CropPanel::refresh()
{
    m_showing = true;
    const QRect &frame = m_tool.frame();
    const QSize canvas = m_tool.canvasSize();
    m_x->setMaximum(std::max(0, canvas.width() - 1));
    m_y->setMaximum(std::max(0, canvas.height() - 1));
    m_width->setRange(1, std::max(1, canvas.width()));
    m_height->setRange(1, std::max(1, canvas.height()));
    m_x->setValue(frame.x());
    m_y->setValue(frame.y());
    m_width->setValue(frame.width());
    m_height->setValue(frame.height());
    m_readout->setText(m_tool.readout());
    m_turn->setEnabled(!m_tool.options().aspect.isEmpty());
    m_showing = false;
}

void CropPanel::takeFrame()
{
    if (m_showing)
        return;
    QRect frame(m_x->value(), m_y->value(), m_width->value(), m_height->value());
    const QSizeF aspect = m_tool.options().aspect;
    if (!aspect.isEmpty() && sender() == m_width)
        frame.setHeight(std::max(1, qRound(frame.width() * aspect.height() / aspect.width())));
    else if (!aspect.isEmpty() && sender() == m_height)
        frame.setWidth(std::max(1, qRound(frame.height() * aspect.width() / aspect.height())));
    m_tool.setFrame(frame);
    refresh(); // the tool may have cut it
}

} // namespace heirloom
