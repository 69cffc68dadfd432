// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/rangedialog.h"

#include "dialogs/formdialog.h"
#include "widgets/valueslider.h"

#include <QColorDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPixmap>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>

namespace heirloom
{

RangeDialog::RangeDialog(bool byColor, QWidget *parent)
    : QDialog(parent)
    , m_soft(new ValueSlider(tr("Softness"), 0, 128, 16))
{
    setObjectName(QStringLiteral("rangeDialog"));
    setWindowTitle(byColor ? tr("From colours") : tr("From tones"));
    QFormLayout *form = newForm();
    const auto add = [form](ValueSlider *slider, const char *name, const QString &hint) {
        slider->slider()->setObjectName(QLatin1String(name));
        slider->setToolTip(hint);
        slider->setWhatsThis(hint);
        form->addRow(slider);
    };
    if (byColor) {
        m_swatch = new QToolButton;
        m_swatch->setObjectName(QStringLiteral("rangeColor"));
        m_swatch->setIconSize({64, 20});
        m_swatch->setAccessibleName(tr("Colour"));
        m_swatch->setToolTip(tr("Choose the colour, also one from the screen"));
        m_swatch->setWhatsThis(m_swatch->toolTip());
        form->addRow(tr("&Colour"), m_swatch);
        connect(m_swatch, &QToolButton::clicked, this, [this] {
            auto *dialog = new QColorDialog(m_color, this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QColorDialog::colorSelected, this, &RangeDialog::setColor);
            dialog->open();
        });
        setColor(m_color);
        m_tolerance = new ValueSlider(tr("Tolerance"), 0, 255, 32);
        add(m_tolerance, "rangeTolerance", tr("How far from the colour is still taken"));
    } else {
        m_low = new ValueSlider(tr("Darkest"), 0, 255, 128);
        m_high = new ValueSlider(tr("Lightest"), 0, 255, 255);
        add(m_low, "rangeLow", tr("What is darker is outside"));
        add(m_high, "rangeHigh", tr("What is lighter is outside"));
        connect(m_low, &ValueSlider::valueChanged, this,
                [this](int low) { m_high->setValue(std::max(low, m_high->value())); });
        connect(m_high, &ValueSlider::valueChanged, this,
                [this](int high) { m_low->setValue(std::min(high, m_low->value())); });
    }
    add(m_soft, "rangeSoft", tr("How far beyond it fades"));
    auto *note = new QLabel(byColor ? tr("Takes what looks like this colour.")
                                    : tr("Takes what is between the two: 0 is black, 255 white."));
    note->setWordWrap(true);
    note->setProperty("quiet", true);
    layOutForm(*this, form, {note}, tr("Take them"), "rangeAccept");
    setMinimumWidth(380);
}

LuminanceRange RangeDialog::tones() const
{
    return {m_low ? m_low->value() : 0, m_high ? m_high->value() : 255, m_soft->value()};
}

ColorRange RangeDialog::color() const
{
    return {{m_color.red(), m_color.green(), m_color.blue()},
            m_tolerance ? m_tolerance->value() : 0,
            m_soft->value()};
}

void RangeDialog::setColor(const QColor &color)
{
    m_color = color;
    if (!m_swatch)
        return;
    QPixmap filled(m_swatch->iconSize());
    filled.fill(color);
    m_swatch->setIcon(filled);
}

} // namespace heirloom
