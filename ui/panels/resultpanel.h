// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace heirloom
{

class Actions;
class ValueSlider;

/// What was done last, how strongly it shows, and the way on: Export. Above the Enlarge controls
/// once there is a result.
class ResultPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ResultPanel(Actions &actions, QWidget *parent = nullptr);

    /// name: the layer's, which says method and size.
    void setResult(const QString &name, const QStringList &warnings);
    void setStrength(int percent);
    ValueSlider *strength() const { return m_strength; }

Q_SIGNALS:
    void strengthMoved(int percent);
    void strengthCommitted(int percent);

private:
    QLabel *m_name;
    QLabel *m_warnings;
    ValueSlider *m_strength;
};

} // namespace heirloom
