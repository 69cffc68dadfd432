// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "session/damageselection.h"

#include <QWidget>

class QButtonGroup;
class QLabel;
class QPushButton;

namespace heirloom
{

class ProgressStrip;
class ValueSlider;

/// Finds scratches and dust, and chooses which of what was found is marked. Knows no session:
/// DamageController finds, marks and fills it. GUI thread.
class DamagePanel : public QWidget
{
    Q_OBJECT

public:
    explicit DamagePanel(QWidget *parent = nullptr);

    DamageSelection::Wish wish() const;
    /// Tells nobody.
    void setWish(const DamageSelection::Wish &wish);
    /// canFind: the button is there; canMark: what was found is known and may be marked otherwise.
    void setState(bool canFind, bool canMark);
    void setHint(const QString &text);
    void setBusy(bool busy);
    void setProgress(const ProgressReport &report);

Q_SIGNALS:
    void findRequested();
    void cancelRequested();
    /// While a slider is dragged, too.
    void wishChanged();
    void wishCommitted();

private:
    void refresh();

    QLabel *m_hint;
    QPushButton *m_find;
    ProgressStrip *m_progress;
    QWidget *m_choice;
    ValueSlider *m_threshold;
    QButtonGroup *m_kinds;
    bool m_canFind = true;
    bool m_canMark = false;
    bool m_isBusy = false;
};

} // namespace heirloom
