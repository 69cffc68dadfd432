// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <optional>

namespace heirloom
{

/// The zoom as an editable figure: "66.7 %". What cannot be understood is put back.
class ZoomField : public QLineEdit
{
    Q_OBJECT

public:
    explicit ZoomField(QWidget *parent = nullptr);

    void setScale(double scale);
    /// "66.7 %" or "150 %", as the locale writes numbers.
    static QString textFor(double scale);
    static std::optional<double> parse(const QString &text);

Q_SIGNALS:
    void scaleEntered(double scale);

private:
    double m_scale = 1;
};

} // namespace heirloom
