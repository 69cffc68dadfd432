// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/retouchoptions.h"

#include "panels/brushpanel.h"
#include "tools/clonetool.h"
#include "widgets/valueslider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>

#include <cmath>

namespace heirloom
{

namespace
{

struct RetouchOptions {
    Q_DECLARE_TR_FUNCTIONS(heirloom::RetouchOptions)
};

QString named(const BrushPanel &panel, const char *name)
{
    QString base = panel.objectName();
    base.chop(int(qstrlen("Panel")));
    return base + QLatin1String(name);
}

/// A labelled choice; chosen is called with the index.
template <typename F>
QComboBox *addChoice(BrushPanel &panel, const char *name, const QString &label,
                     const QStringList &texts, int current, const QString &hint, F &&chosen)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *words = new QLabel(label);
    auto *box = new QComboBox;
    box->setObjectName(named(panel, name));
    box->addItems(texts);
    box->setCurrentIndex(current);
    box->setToolTip(hint);
    box->setWhatsThis(hint);
    box->setAccessibleName(label);
    words->setBuddy(box);
    layout->addWidget(words);
    layout->addWidget(box, 1);
    panel.addOption(row);
    QObject::connect(box, &QComboBox::currentIndexChanged, &panel, std::forward<F>(chosen));
    return box;
}

template <typename F>
ValueSlider *addSlider(BrushPanel &panel, const char *name, const QString &label, int least,
                       int most, int fallback, const QString &suffix, const QString &hint,
                       F &&changed)
{
    auto *slider = new ValueSlider(label, least, most, fallback);
    slider->slider()->setObjectName(named(panel, name));
    slider->setSuffix(suffix);
    slider->setToolTip(hint);
    slider->setWhatsThis(hint);
    panel.addOption(slider);
    QObject::connect(slider, &ValueSlider::valueChanged, &panel, std::forward<F>(changed));
    return slider;
}

} // namespace

void addRetouchOptions(BrushPanel &panel, RetouchTool &tool)
{
    addChoice(panel, "Sample", RetouchOptions::tr("Sample"),
              {RetouchOptions::tr("Current layer"), RetouchOptions::tr("Current and below"),
               RetouchOptions::tr("All layers")},
              int(tool.sampleFrom()),
              RetouchOptions::tr("Which layers it takes its pixels from. Current and below keeps "
                                 "the photo untouched: what changes goes on a layer of its own"),
              [&tool](int index) { tool.setSampleFrom(SampleFrom(index)); });
}

void addRetouchOptions(BrushPanel &panel, CloneTool &tool)
{
    auto *aligned = new QCheckBox(RetouchOptions::tr("Aligned"));
    aligned->setObjectName(named(panel, "Aligned"));
    aligned->setChecked(tool.isAligned());
    aligned->setToolTip(RetouchOptions::tr(
        "The source keeps its distance from stroke to stroke. Off: each stroke begins at the place "
        "that Alt+click chose"));
    aligned->setWhatsThis(aligned->toolTip());
    panel.addOption(aligned);
    QObject::connect(aligned, &QCheckBox::toggled, &panel,
                     [&tool](bool on) { tool.setAligned(on); });
    addRetouchOptions(panel, static_cast<RetouchTool &>(tool));
}

void addRetouchOptions(BrushPanel &panel, DodgeBurnTool &tool)
{
    addChoice(panel, "Way", RetouchOptions::tr("Makes it"),
              {RetouchOptions::tr("Lighter (dodge)"), RetouchOptions::tr("Darker (burn)")},
              tool.how().exposure < 0 ? 1 : 0,
              RetouchOptions::tr("Whether strokes lighten or darken"), [&tool](int index) {
                  DodgeBurn how = tool.how();
                  how.exposure = index == 1 ? -std::abs(how.exposure) : std::abs(how.exposure);
                  tool.setHow(how);
              });
    addChoice(panel, "Range", RetouchOptions::tr("Tones"),
              {RetouchOptions::tr("Shadows"), RetouchOptions::tr("Midtones"),
               RetouchOptions::tr("Highlights")},
              int(tool.how().range),
              RetouchOptions::tr("Which tones change most; the others follow softly"),
              [&tool](int index) {
                  DodgeBurn how = tool.how();
                  how.range = ToneRange(index);
                  tool.setHow(how);
              });
    addSlider(panel, "Exposure", RetouchOptions::tr("Exposure"), 1, 100,
              int(std::lround(std::abs(tool.how().exposure) * 100)), RetouchOptions::tr(" %"),
              RetouchOptions::tr("How much lighter or darker one stroke makes it"),
              [&tool](int value) {
                  DodgeBurn how = tool.how();
                  how.exposure = std::copysign(value / 100.0, how.exposure);
                  tool.setHow(how);
              });
    addRetouchOptions(panel, static_cast<RetouchTool &>(tool));
}

void addRetouchOptions(BrushPanel &panel, DetailTool &tool)
{
    addChoice(panel, "Way", RetouchOptions::tr("Makes it"),
              {RetouchOptions::tr("Sharper"), RetouchOptions::tr("Softer")}, int(tool.how().kind),
              RetouchOptions::tr("Whether strokes sharpen or soften fine detail"),
              [&tool](int index) {
                  LocalDetail how = tool.how();
                  how.kind = LocalDetail::Kind(index);
                  tool.setHow(how);
              });
    addSlider(panel, "Amount", RetouchOptions::tr("Amount"), 5, 300,
              int(std::lround(tool.how().amount * 100)), RetouchOptions::tr(" %"),
              RetouchOptions::tr("How much detail is raised; softening does not use it"),
              [&tool](int value) {
                  LocalDetail how = tool.how();
                  how.amount = value / 100.0;
                  tool.setHow(how);
              });
    auto *radius = addSlider(panel, "Radius", RetouchOptions::tr("Radius"), 3, 200,
                             int(std::lround(tool.how().radius * 10)), RetouchOptions::tr(" px"),
                             RetouchOptions::tr("How large the detail is that it works on"),
                             [&tool](int value) {
                                 LocalDetail how = tool.how();
                                 how.radius = value / 10.0;
                                 tool.setHow(how);
                             });
    radius->setDecimals(1);
    addRetouchOptions(panel, static_cast<RetouchTool &>(tool));
}

void addRetouchOptions(BrushPanel &panel, RedEyeTool &tool)
{
    addSlider(panel, "Darkness", RetouchOptions::tr("Darkness"), 0, 100,
              int(std::lround(tool.darkness() * 100)), RetouchOptions::tr(" %"),
              RetouchOptions::tr("How dark the pupil becomes; its catchlight stays"),
              [&tool](int value) { tool.setDarkness(value / 100.0); });
    addRetouchOptions(panel, static_cast<RetouchTool &>(tool));
}

} // namespace heirloom
