// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "operation/inpaint.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace heirloom
{

class ProgressStrip;
class ValueSlider;

/// How what is selected is filled, and the button that does it. Knows no session: FillController
/// fills and reads it. GUI thread.
class FillPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FillPanel(QWidget *parent = nullptr);

    InpaintSettings settings() const;
    /// What would be filled, in a sentence; canFill: there is something.
    void setHint(const QString &text, bool canFill);
    /// Whether there are fills to look at, and whether that is seen.
    void setMapAvailable(bool available);
    void setMapShown(bool shown);
    void setBusy(bool busy);
    void setProgress(const ProgressReport &report);

Q_SIGNALS:
    void fillRequested();
    void cancelRequested();
    /// Whether it is to be seen which part was filled how.
    void mapToggled(bool on);

private:
    void refresh();

    QLabel *m_hint;
    QFormLayout *m_form;
    QComboBox *m_method;
    ValueSlider *m_network;
    QPushButton *m_map;
    QPushButton *m_fill;
    ProgressStrip *m_progress;
    bool m_canFill = false;
};

} // namespace heirloom
