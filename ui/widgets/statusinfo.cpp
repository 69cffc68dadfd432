// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statusinfo.h"

#include "document/document.h"
#include "widgets/zoomfield.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>

namespace heirloom
{

namespace
{

constexpr int swatchSide = 12;

} // namespace

StatusInfo::StatusInfo(QWidget *parent)
    : QWidget(parent)
    , m_position(new QLabel)
    , m_swatch(new QLabel)
    , m_values(new QLabel)
    , m_hint(new QLabel)
    , m_size(new QLabel)
    , m_depth(new QLabel)
    , m_profile(new QLabel)
    , m_zoom(new ZoomField)
{
    setObjectName(QStringLiteral("statusInfo"));
    m_swatch->setFixedSize(swatchSide, swatchSide);
    m_position->setAccessibleName(tr("Position of the cursor"));
    m_values->setAccessibleName(tr("Colour under the cursor"));
    m_hint->setObjectName(QStringLiteral("toolHint"));
    m_hint->setProperty("quiet", true);
    m_hint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_size->setAccessibleName(tr("Size of the picture"));
    m_depth->setAccessibleName(tr("Depth of the picture"));
    m_profile->setAccessibleName(tr("Colour profile"));
    for (QLabel *label : {m_position, m_values, m_profile})
        label->setProperty("data", true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(8);
    layout->addWidget(m_position);
    layout->addWidget(m_swatch);
    layout->addWidget(m_values);
    layout->addSpacing(8);
    layout->addWidget(m_hint, 1);
    for (QLabel *label : {m_size, m_depth, m_profile}) {
        label->setProperty("quiet", true);
        layout->addWidget(label);
        layout->addSpacing(8);
    }
    layout->addWidget(m_zoom);
    showDocument(nullptr);
}

void StatusInfo::showDocument(const Document *document)
{
    setVisible(document);
    showPixel(std::nullopt);
    if (!document)
        return;
    const QLocale locale;
    const Canvas &canvas = document->canvas();
    m_size->setText(
        tr("%1 \u00d7 %2 px")
            .arg(locale.toString(canvas.size.width()), locale.toString(canvas.size.height())));
    m_depth->setText(tr("%1 bit").arg(canvas.format.bytesPerSample() * 8));
    m_profile->setText(canvas.profile.description());
}

void StatusInfo::showHint(const QString &text)
{
    m_hint->setText(text);
    m_hint->setToolTip(text);
}

void StatusInfo::showPixel(std::optional<QPoint> pixel, const QList<int> &values, bool sixteenBit,
                           const QColor &color)
{
    m_swatch->setVisible(pixel && color.isValid());
    if (!pixel) {
        m_position->clear();
        m_values->clear();
        return;
    }
    // Figures keep their width, or the line would dance under the moving mouse.
    const auto padded = [](int value, int width) {
        return QStringLiteral("%1").arg(value, width, 10, QChar(0x2007));
    };
    m_position->setText(QStringLiteral("%1, %2").arg(padded(pixel->x(), 5), padded(pixel->y(), 5)));
    QStringList texts;
    for (const int value : values)
        texts << padded(value, sixteenBit ? 5 : 3);
    m_values->setText(texts.join(u' '));
    QPixmap swatch(m_swatch->size() * devicePixelRatioF());
    swatch.setDevicePixelRatio(devicePixelRatioF());
    swatch.fill(color.isValid() ? color : QColor(Qt::transparent));
    m_swatch->setPixmap(swatch);
}

} // namespace heirloom
