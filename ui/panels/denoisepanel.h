// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "operation/denoise.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace heirloom
{

class ProgressStrip;
class ValueSlider;

/// The controls of Remove noise: how strong the noise is, how much of it goes. Knows no session:
/// DenoiseController fills and reads it. GUI thread.
class DenoisePanel : public QWidget
{
    Q_OBJECT

public:
    explicit DenoisePanel(QWidget *parent = nullptr);

    DenoiseSettings settings() const;
    bool isPreviewOn() const;
    void setPreviewOn(bool on);
    /// What will be used instead of the network and why; empty: all is well.
    void setFallbackNote(const QString &text);
    void setBusy(bool busy);
    void setProgress(const ProgressReport &report);

Q_SIGNALS:
    void settingsChanged();
    void previewToggled(bool on);
    void applyRequested();
    void cancelRequested();

private:
    QCheckBox *m_auto;
    ValueSlider *m_sigma;
    ValueSlider *m_strength;
    QCheckBox *m_preview;
    QLabel *m_fallback;
    QPushButton *m_apply;
    ProgressStrip *m_progress;
};

} // namespace heirloom
