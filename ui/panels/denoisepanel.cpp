// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/denoisepanel.h"

#include "widgets/progressstrip.h"
#include "widgets/valueslider.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int usualSigma = 150; ///< tenths

} // namespace

DenoisePanel::DenoisePanel(QWidget *parent)
    : QWidget(parent)
    , m_auto(new QCheckBox(tr("Measure the noise")))
    , m_sigma(new ValueSlider(tr("Noise"), 0, int(Denoise::largestSigma * 10), usualSigma))
    , m_strength(new ValueSlider(tr("Strength"), 0, 100, 100))
    , m_preview(new QCheckBox(tr("Preview")))
    , m_fallback(new QLabel)
    , m_apply(new QPushButton(tr("Remove noise")))
    , m_progress(new ProgressStrip)
{
    setObjectName(QStringLiteral("denoisePanel"));
    m_auto->setObjectName(QStringLiteral("measureNoise"));
    m_auto->setToolTip(tr("Finds out by itself how strong the noise is; leaves a clean picture "
                          "as it is"));
    m_auto->setWhatsThis(m_auto->toolTip());
    m_auto->setChecked(true);
    m_sigma->setDecimals(1);
    m_sigma->setValue(usualSigma);
    m_sigma->setEnabled(false);
    m_sigma->slider()->setObjectName(QStringLiteral("noise"));
    m_sigma->setWhatsThis(
        tr("How strong the noise is, in steps of 256 brightnesses; a little grain "
           "is about 5, a bad night picture 30"));
    m_strength->setWhatsThis(tr("How much of the noise goes; can be changed later too"));
    m_preview->setToolTip(tr("Shows the coming result on the part of the picture in view"));
    m_preview->setWhatsThis(m_preview->toolTip());
    m_fallback->setWordWrap(true);
    m_fallback->hide();
    m_apply->setObjectName(QStringLiteral("denoiseButton"));
    m_apply->setProperty("primary", true);
    m_apply->setToolTip(tr("Removes the noise in a layer of its own"));
    m_apply->setWhatsThis(m_apply->toolTip());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_auto, m_sigma, m_strength, m_fallback,
                                                            m_preview, m_apply, m_progress})
        layout->addWidget(widget);
    layout->addStretch(1);

    connect(m_auto, &QCheckBox::toggled, this, [this](bool on) {
        m_sigma->setEnabled(!on);
        Q_EMIT settingsChanged();
    });
    connect(m_sigma, &ValueSlider::committed, this, &DenoisePanel::settingsChanged);
    connect(m_strength, &ValueSlider::committed, this, &DenoisePanel::settingsChanged);
    connect(m_preview, &QCheckBox::toggled, this, &DenoisePanel::previewToggled);
    connect(m_apply, &QPushButton::clicked, this, &DenoisePanel::applyRequested);
    connect(m_progress, &ProgressStrip::cancelled, this, &DenoisePanel::cancelRequested);
}

DenoiseSettings DenoisePanel::settings() const
{
    DenoiseSettings settings;
    if (!m_auto->isChecked())
        settings.sigma = m_sigma->value() / 10.0;
    settings.strength = m_strength->value();
    return settings;
}

bool DenoisePanel::isPreviewOn() const
{
    return m_preview->isChecked();
}

void DenoisePanel::setPreviewOn(bool on)
{
    m_preview->setChecked(on);
}

void DenoisePanel::setFallbackNote(const QString &text)
{
    m_fallback->setText(text);
    m_fallback->setVisible(!text.isEmpty());
}

void DenoisePanel::setBusy(bool busy)
{
    if (busy)
        m_progress->begin(tr("Removing noise"));
    else
        m_progress->end();
    m_apply->setVisible(!busy);
}

void DenoisePanel::setProgress(const ProgressReport &report)
{
    m_progress->report(report);
}

} // namespace heirloom
