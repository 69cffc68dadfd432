// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/zoomfield.h"

#include <QLocale>

#include <cmath>
#include <optional>

namespace heirloom
{

ZoomField::ZoomField(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(QStringLiteral("zoomField"));
    setAccessibleName(tr("Zoom"));
    setToolTip(tr("Zoom: type a percentage"));
    setAlignment(Qt::AlignRight);
    setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("3,200.0 %")) + 24);
    connect(this, &QLineEdit::editingFinished, this, [this] {
        const auto scale = parse(QLineEdit::text());
        const QString before = textFor(m_scale);
        if (scale && QLineEdit::text() != before)
            Q_EMIT scaleEntered(*scale);
        else
            setText(before);
    });
}

void ZoomField::setScale(double scale)
{
    m_scale = scale;
    if (!hasFocus() || !isModified())
        setText(textFor(scale));
}

QString ZoomField::textFor(double scale)
{
    const double percent = scale * 100;
    const bool whole = std::abs(percent - std::round(percent)) < 0.05 || percent >= 100;
    return tr("%1 %").arg(QLocale().toString(percent, 'f', whole ? 0 : 1));
}

std::optional<double> ZoomField::parse(const QString &text)
{
    QString digits = text;
    digits.remove(u'%');
    digits.remove(QLocale().groupSeparator());
    bool ok = false;
    double percent = QLocale().toDouble(digits.trimmed(), &ok);
    if (!ok)
        percent = digits.trimmed().toDouble(&ok);
    if (!ok || percent <= 0)
        return std::nullopt;
    return percent / 100;
}

} // namespace heirloom
