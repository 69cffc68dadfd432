// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorhints.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace heirloom
{

/// All hints of a photo by colour and name, to be found again. GUI thread.
class HintList : public QWidget
{
    Q_OBJECT

public:
    explicit HintList(QWidget *parent = nullptr);

    /// selected: -1 none.
    void setHints(const QList<ColorHint> &hints, int selected);
    /// "3 hints, 1 of them a guess"
    static QString summary(const QList<ColorHint> &hints);

Q_SIGNALS:
    void chosen(int hint);
    void hideToggled(int hint, bool hidden);

private:
    QLabel *m_summary;
    QListWidget *m_list;
    QList<ColorHint> m_hints;
};

} // namespace heirloom
