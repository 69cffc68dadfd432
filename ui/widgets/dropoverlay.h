// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QMimeData;

namespace heirloom
{

/// Makes a whole window a place to drop things, and covers it with a highlight while something that
/// can be opened is dragged over it.
class DropOverlay : public QWidget
{
    Q_OBJECT

public:
    using Test = std::function<bool(const QMimeData &)>;

    DropOverlay(QWidget *window, Test canTake);

Q_SIGNALS:
    /// The data is valid during the call only.
    void dropped(const QMimeData &data);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void cover(const QMimeData &mime);

    QString m_text;
    Test m_canTake;
};

} // namespace heirloom
