// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QPointer>

class QColorDialog;

namespace heirloom
{

/// A colour to look at; a click opens a dialog to choose another one. GUI thread.
class ColorWell : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ColorWell(const QString &name, QWidget *parent = nullptr);

    const QColor &color() const { return m_color; }
    void setColor(const QColor &color);

    QSize sizeHint() const override { return {40, 26}; }

Q_SIGNALS:
    void colorChosen(const QColor &color);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void choose();

    QString m_name;
    QColor m_color = Qt::black;
    QPointer<QColorDialog> m_dialog;
};

} // namespace heirloom
