// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/colorpanel.h"

#include "panels/hinteditor.h"
#include "widgets/progressstrip.h"
#include "widgets/valueslider.h"

#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int mostSaturation = 200;
constexpr int mostWarmth = 100;

} // namespace

ColorPanel::ColorPanel(QWidget *parent)
    : QWidget(parent)
    , m_hint(new QLabel)
    , m_note(new QLabel)
    , m_color(new QPushButton(tr("Colour this photo")))
    , m_progress(new ProgressStrip)
    , m_editor(new HintEditor)
    , m_look(new QWidget)
    , m_saturation(new ValueSlider(tr("Saturation"), 0, mostSaturation, 100))
    , m_warmth(new ValueSlider(tr("Warmth"), -mostWarmth, mostWarmth, 0))
    , m_strength(new ValueSlider(tr("Strength"), 0, 100, 100))
{
    setObjectName(QStringLiteral("colorPanel"));
    auto *title = new QLabel(tr("Colour"));
    title->setProperty("heading", true);
    m_hint->setObjectName(QStringLiteral("colorHint"));
    m_hint->setProperty("quiet", true);
    m_hint->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("colorNote"));
    m_note->setWordWrap(true);
    m_note->hide();
    m_color->setObjectName(QStringLiteral("colorButton"));
    m_color->setProperty("primary", true);
    m_color->setToolTip(tr("Colours the photo in a layer of its own; the photo itself stays"));
    m_color->setWhatsThis(m_color->toolTip());
    m_saturation->slider()->setObjectName(QStringLiteral("colorSaturation"));
    m_saturation->setWhatsThis(tr("How strong the colours are"));
    m_warmth->slider()->setObjectName(QStringLiteral("colorWarmth"));
    m_warmth->setWhatsThis(tr("Below 0 bluer, above 0 yellower; what is grey stays grey"));
    m_strength->slider()->setObjectName(QStringLiteral("colorStrength"));
    m_strength->setWhatsThis(tr("How much of the colour layer is seen: its opacity"));

    auto *look = new QVBoxLayout(m_look);
    look->setContentsMargins(0, 0, 0, 0);
    look->setSpacing(8);
    for (QWidget *w : {m_saturation, m_warmth, m_strength})
        look->addWidget(w);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(10);
    for (QWidget *w : std::initializer_list<QWidget *>{title, m_hint, m_note, m_color, m_progress,
                                                       m_editor, m_look})
        layout->addWidget(w);
    layout->addStretch(1);

    connect(m_color, &QPushButton::clicked, this, &ColorPanel::colorRequested);
    connect(m_progress, &ProgressStrip::cancelled, this, &ColorPanel::cancelRequested);
    for (ValueSlider *slider : {m_saturation, m_warmth}) {
        connect(slider, &ValueSlider::valueChanged, this, &ColorPanel::tasteMoving);
        connect(slider, &ValueSlider::committed, this, &ColorPanel::tasteChanged);
    }
    connect(m_strength, &ValueSlider::valueChanged, this, &ColorPanel::strengthMoving);
    connect(m_strength, &ValueSlider::committed, this, &ColorPanel::strengthChanged);
    setState(State::Nothing);
}

void ColorPanel::setState(State state)
{
    setEnabled(state != State::Nothing);
    m_color->setVisible(state == State::Nothing || state == State::Grey);
    m_look->setVisible(state == State::Coloured);
    if (state != State::Making)
        m_progress->end();
    else if (!m_progress->isVisibleTo(this))
        m_progress->begin(tr("Colour"));
    m_hint->setText(state == State::Coloured
                        ? tr("Where a colour is wrong, click and choose another one.")
                        : tr("A network that has seen many photographs guesses the colours. You "
                             "correct them after that."));
}

void ColorPanel::setNote(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void ColorPanel::setProgress(const ProgressReport &report)
{
    m_progress->report(report);
}

ColorTaste ColorPanel::taste() const
{
    return {double(m_saturation->value()), double(m_warmth->value())};
}

void ColorPanel::setLook(const ColorTaste &taste, int strength)
{
    const auto set = [](ValueSlider *slider, double value) {
        if (!slider->slider()->isSliderDown())
            slider->setValue(int(std::lround(value)));
    };
    set(m_saturation, taste.saturation);
    set(m_warmth, taste.warmth);
    set(m_strength, strength);
}

} // namespace heirloom
