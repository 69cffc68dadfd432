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
    void setBusy(bool busy);
    void setProgress(const ProgressReport &report);

Q_SIGNALS:
    void fillRequested();
    void cancelRequested();

private:
    QLabel *m_hint;
    QFormLayout *m_form;
    QComboBox *m_method;
    QPushButton *m_fill;
    ProgressStrip *m_progress;
};

} // namespace heirloom
