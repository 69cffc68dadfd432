// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QList>
#include <QWidget>

class QHBoxLayout;

namespace heirloom
{

/// A row of colours to pick from, one button each. GUI thread.
class Swatches : public QWidget
{
    Q_OBJECT

public:
    explicit Swatches(const QString &name, QWidget *parent = nullptr);

    struct Swatch {
        QColor color;
        QString name; ///< what a pointer resting on it is told; empty: the colour's number
    };
    void setColors(const QList<Swatch> &colors);
    qsizetype count() const { return m_count; }

Q_SIGNALS:
    void chosen(const QColor &color);

private:
    QString m_name;
    QHBoxLayout *m_row;
    qsizetype m_count = 0;
};

} // namespace heirloom
