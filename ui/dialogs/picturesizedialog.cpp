// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/picturesizedialog.h"

#include "core/errortext.h"
#include "dialogs/formdialog.h"
#include "edit/sizelimits.h"
#include "widgets/sizetext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double usualDots = 300;
constexpr int largestSide = 1'000'000; ///< of what can be typed; what is too large is said

QDoubleSpinBox *field(const char *name, const QString &text)
{
    auto *box = new QDoubleSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(text);
    box->setToolTip(text);
    box->setWhatsThis(text);
    return box;
}

} // namespace

PictureSizeDialog::PictureSizeDialog(QSize size, Resolution resolution, QWidget *parent)
    : QDialog(parent)
    , m_from(size)
    , m_own(resolution)
    , m_size(size)
    , m_dotsKnown(resolution.isValid())
    , m_width(field("pictureWidth", tr("Width")))
    , m_height(field("pictureHeight", tr("Height")))
    , m_dots(field("pictureDots", tr("Dots to an inch on paper")))
    , m_unit(new QComboBox)
    , m_keep(new QCheckBox(tr("Keep the &proportions")))
    , m_result(new QLabel)
    , m_problem(new QLabel)
{
    setObjectName(QStringLiteral("pictureSizeDialog"));
    setWindowTitle(tr("Picture size"));
    build();
    showFields();
    refresh();
}

void PictureSizeDialog::build()
{
    m_unit->setObjectName(QStringLiteral("pictureUnit"));
    m_unit->setAccessibleName(tr("Measured in"));
    m_unit->setToolTip(tr("What width and height are measured in"));
    m_unit->addItems({tr("Pixels"), tr("Per cent"), tr("Centimetres"), tr("Inches")});
    m_keep->setObjectName(QStringLiteral("pictureKeep"));
    m_keep->setChecked(true);
    m_keep->setToolTip(tr("Width and height change together"));
    m_dots->setRange(1, 10000);
    m_dots->setDecimals(0);
    m_dots->setSuffix(tr(" dpi"));
    m_dots->setValue(m_own.isValid() ? m_own.x : usualDots);
    m_result->setObjectName(QStringLiteral("pictureResult"));
    m_result->setProperty("quiet", true);
    m_problem->setObjectName(QStringLiteral("pictureProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *detail = new QLabel(tr("The pixels are worked out anew from their neighbours (Lanczos). "
                                 "That makes no detail; the Enlarge tool does."));
    detail->setWordWrap(true);
    detail->setProperty("quiet", true);
    auto *enlarge = new QPushButton(tr("&Enlarge instead"));
    enlarge->setObjectName(QStringLiteral("pictureEnlarge"));
    enlarge->setAutoDefault(false);
    enlarge->setToolTip(tr("Goes to the Enlarge tool"));

    QFormLayout *form = newForm();
    form->addRow(tr("&Measured in"), m_unit);
    form->addRow(tr("&Width"), m_width);
    form->addRow(tr("&Height"), m_height);
    form->addRow(QString(), m_keep);
    form->addRow(tr("&Resolution"), m_dots);
    form->addRow(tr("Result"), m_result);
    m_accept =
        layOutForm(*this, form, {detail, enlarge, m_problem}, tr("Change size"), "pictureAccept");
    setMinimumWidth(400);

    connect(m_width, &QDoubleSpinBox::valueChanged, this, [this] { typed(true); });
    connect(m_height, &QDoubleSpinBox::valueChanged, this, [this] { typed(false); });
    connect(m_unit, &QComboBox::currentIndexChanged, this, &PictureSizeDialog::showFields);
    connect(m_dots, &QDoubleSpinBox::valueChanged, this, &PictureSizeDialog::dotsTyped);
    connect(m_keep, &QCheckBox::toggled, this, [this](bool keeps) {
        if (keeps)
            typed(true);
    });
    connect(enlarge, &QPushButton::clicked, this, [this] {
        reject();
        Q_EMIT enlargeRequested();
    });
}

PictureSizeDialog::Unit PictureSizeDialog::unit() const
{
    return Unit(m_unit->currentIndex());
}

double PictureSizeDialog::perPixel(bool across) const
{
    switch (unit()) {
    case Unit::Pixels:
        return 1;
    case Unit::PerCent:
        return 100.0 / (across ? m_from.width() : m_from.height());
    case Unit::Centimetres:
        return centimetresPerInch / m_dots->value();
    case Unit::Inches:
        return 1 / m_dots->value();
    }
    return 1;
}

void PictureSizeDialog::typed(bool across)
{
    if (m_showing)
        return;
    const auto pixels = [this](const QDoubleSpinBox *box, bool side) {
        return std::max(1, int(std::lround(box->value() / perPixel(side))));
    };
    const double ratio = double(m_from.height()) / m_from.width();
    if (across)
        m_size.setWidth(pixels(m_width, true));
    else
        m_size.setHeight(pixels(m_height, false));
    if (m_keep->isChecked() && across)
        m_size.setHeight(std::max(1, int(std::lround(m_size.width() * ratio))));
    else if (m_keep->isChecked())
        m_size.setWidth(std::max(1, int(std::lround(m_size.height() / ratio))));
    // The field that is typed in stays as it is typed.
    m_showing = true;
    if (m_keep->isChecked())
        (across ? m_height : m_width)
            ->setValue((across ? m_size.height() : m_size.width()) * perPixel(!across));
    m_showing = false;
    refresh();
}

void PictureSizeDialog::dotsTyped()
{
    if (m_showing)
        return;
    m_dotsKnown = true;
    // What is measured on paper stays as large there.
    if (unit() == Unit::Centimetres || unit() == Unit::Inches)
        typed(true);
    else
        refresh();
}

void PictureSizeDialog::showFields()
{
    m_showing = true;
    const bool onPaper = unit() == Unit::Centimetres || unit() == Unit::Inches;
    const QString suffixes[] = {tr(" px"), tr(" %"), tr(" cm"), tr(" in")};
    for (QDoubleSpinBox *box : {m_width, m_height}) {
        box->setDecimals(unit() == Unit::Pixels ? 0 : 2);
        box->setRange(unit() == Unit::Pixels ? 1 : 0.01, largestSide);
        box->setSuffix(suffixes[int(unit())]);
    }
    if (onPaper)
        m_dotsKnown = true;
    m_width->setValue(m_size.width() * perPixel(true));
    m_height->setValue(m_size.height() * perPixel(false));
    m_showing = false;
    refresh();
}

std::optional<Resolution> PictureSizeDialog::resolution() const
{
    if (!m_dotsKnown)
        return std::nullopt;
    const double dots = m_dots->value();
    // Also where it is no whole number, or not the same both ways: untouched it stays.
    return m_own.isValid() && dots == std::round(m_own.x) ? m_own : Resolution{dots, dots};
}

void PictureSizeDialog::refresh()
{
    QStringList parts{pixelsText(m_size), megapixelsText(m_size)};
    if (m_dotsKnown)
        parts << printText(m_size, {m_dots->value(), m_dots->value()});
    m_result->setText(parts.join(QStringLiteral(", ")));
    QString problem;
    const auto fits = checkCanvasSize(m_size);
    if (!fits) {
        problem = errorSentence(fits.error());
    } else if (!checkLayerSize(m_size)) {
        problem = tr("Above %1 megapixels the picture can be exported, but no longer be flattened "
                     "into one layer.")
                      .arg(maxLayerPixels / 1'000'000);
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    const bool same = m_size == m_from && (!m_dotsKnown || *resolution() == m_own);
    m_accept->setEnabled(fits && !same);
}

} // namespace heirloom
