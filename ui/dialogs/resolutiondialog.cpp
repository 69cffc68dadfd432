// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/resolutiondialog.h"

#include "dialogs/formdialog.h"
#include "widgets/sizetext.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

namespace heirloom
{

namespace
{

constexpr double usualDots = 300;

} // namespace

ResolutionDialog::ResolutionDialog(QSize size, Resolution resolution, QWidget *parent)
    : QDialog(parent)
    , m_size(size)
    , m_own(resolution)
    , m_dots(new QDoubleSpinBox)
    , m_width(new QDoubleSpinBox)
    , m_print(new QLabel)
{
    setObjectName(QStringLiteral("resolutionDialog"));
    setWindowTitle(tr("Resolution"));
    m_dots->setObjectName(QStringLiteral("resolutionDots"));
    m_dots->setRange(1, 10000);
    m_dots->setDecimals(1);
    m_dots->setSuffix(tr(" dpi"));
    m_dots->setAccessibleName(tr("Dots to an inch"));
    m_dots->setToolTip(tr("How many of the picture's pixels go on an inch of paper"));
    m_width->setObjectName(QStringLiteral("resolutionWidth"));
    m_width->setRange(0.01, 100'000);
    m_width->setDecimals(2);
    m_width->setSuffix(tr(" cm"));
    m_width->setAccessibleName(tr("Width on paper"));
    m_width->setToolTip(tr("How wide the picture is on paper"));
    m_print->setObjectName(QStringLiteral("resolutionPrint"));
    for (QWidget *widget : {m_dots, m_width})
        widget->setWhatsThis(widget->toolTip());
    auto *note = new QLabel(tr("Says only how large the picture is printed; no pixel changes."));
    note->setWordWrap(true);
    note->setProperty("quiet", true);

    QFormLayout *form = newForm();
    form->addRow(tr("Picture"), new QLabel(pixelsText(size)));
    form->addRow(tr("&Resolution"), m_dots);
    form->addRow(tr("&Width on paper"), m_width);
    form->addRow(tr("On paper"), m_print);
    m_accept = layOutForm(*this, form, {note}, tr("Set resolution"), "resolutionAccept");
    setMinimumWidth(380);

    connect(m_dots, &QDoubleSpinBox::valueChanged, this, &ResolutionDialog::refresh);
    connect(m_width, &QDoubleSpinBox::valueChanged, this, [this](double centimetres) {
        if (m_showing)
            return;
        m_showing = true; // the width stays as it is typed
        m_dots->setValue(m_size.width() * centimetresPerInch / centimetres);
        m_showing = false;
        refresh();
    });
    m_dots->setValue(resolution.isValid() ? resolution.x : usualDots);
    refresh();
}

Resolution ResolutionDialog::resolution() const
{
    return {m_dots->value(), m_dots->value()};
}

void ResolutionDialog::refresh()
{
    const QSizeF inches = printSize(m_size, resolution());
    if (!m_showing && !m_width->hasFocus()) {
        m_showing = true;
        m_width->setValue(inches.width() * centimetresPerInch);
        m_showing = false;
    }
    m_print->setText(
        tr("%1 (%2)").arg(centimetresText(inches * centimetresPerInch), inchesText(inches)));
    m_accept->setEnabled(!(resolution() == m_own));
}

} // namespace heirloom
