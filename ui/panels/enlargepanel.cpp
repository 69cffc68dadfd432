// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/enlargepanel.h"

#include "actions.h"
#include "settings/settings.h"
#include "widgets/durationtext.h"
#include "widgets/progressstrip.h"
#include "widgets/valueslider.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int byPixels = 100;
constexpr int forPrint = 101;
constexpr int factors[] = {2, 3, 4};
constexpr double centimetresPerInch = 2.54;
constexpr int maxSide = 120000;

QLabel *quietLabel()
{
    auto *label = new QLabel;
    label->setProperty("quiet", true);
    label->setWordWrap(true);
    return label;
}

} // namespace

EnlargePanel::EnlargePanel(Settings &settings, Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_size(new QButtonGroup(this))
    , m_result(quietLabel())
    , m_again(new QLabel(tr("Enlarge further")))
    , m_strength(new ValueSlider(tr("Strength"), 0, 100, 100))
    , m_preview(new QCheckBox(tr("Preview")))
{
    setObjectName(QStringLiteral("enlargePanel"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 12);
    layout->setSpacing(12);
    m_again->setProperty("heading", true);
    layout->addWidget(m_again);
    buildSize(layout);
    buildMethod(layout);
    m_strength->setSuffix(tr(" %"));
    m_strength->slider()->setToolTip(
        tr("How much of the computed detail is used; double-click to reset"));
    layout->addWidget(m_strength);
    buildApply(layout, actions);
    layout->addStretch(1);
    setHasResult(false);

    connect(m_strength, &ValueSlider::committed, this, &EnlargePanel::strengthChanged);
    connect(m_preview, &QCheckBox::toggled, this, &EnlargePanel::previewToggled);
    showSizeFields();
}

void EnlargePanel::buildSize(QLayout *layout)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    const auto addChoice = [&](const QString &text, const QString &name, int id) {
        auto *button = new QPushButton(text);
        button->setCheckable(true);
        button->setAccessibleName(name);
        button->setToolTip(name);
        button->setProperty("segment", true);
        m_size->addButton(button, id);
        row->addWidget(button, 1);
    };
    for (const int factor : factors)
        addChoice(tr("%1x").arg(factor), tr("%1 times as large").arg(factor), factor);
    addChoice(tr("Pixels"), tr("To a size in pixels"), byPixels);
    addChoice(tr("Print"), tr("To a size on paper"), forPrint);
    m_size->setExclusive(true);
    const int chosen = m_settings.value(setting::enlargeFactor);
    (m_size->button(chosen) ? m_size->button(chosen) : m_size->button(factors[0]))
        ->setChecked(true);

    const auto spin = [](const QString &name, const QString &suffix) {
        auto *box = new QSpinBox;
        box->setRange(1, maxSide);
        box->setAccessibleName(name);
        box->setToolTip(name);
        box->setSuffix(suffix);
        box->setKeyboardTracking(false);
        return box;
    };
    m_pixelWidth = spin(tr("Width in pixels"), tr(" px"));
    m_pixelHeight = spin(tr("Height in pixels"), tr(" px"));
    m_pixelFields = new QWidget;
    auto *pixelLayout = new QHBoxLayout(m_pixelFields);
    pixelLayout->setContentsMargins(0, 0, 0, 0);
    pixelLayout->addWidget(m_pixelWidth, 1);
    pixelLayout->addWidget(new QLabel(QStringLiteral("\u00d7")));
    pixelLayout->addWidget(m_pixelHeight, 1);

    const auto length = [](const QString &name) {
        auto *box = new QDoubleSpinBox;
        box->setRange(0.1, 1000);
        box->setDecimals(1);
        box->setSuffix(tr(" cm"));
        box->setAccessibleName(name);
        box->setToolTip(name);
        box->setKeyboardTracking(false);
        return box;
    };
    m_printWidth = length(tr("Width on paper"));
    m_printHeight = length(tr("Height on paper"));
    m_dpi = spin(tr("Pixels to an inch on paper"), tr(" dpi"));
    m_dpi->setRange(30, 2400);
    m_dpi->setValue(m_settings.value(setting::enlargeDpi));
    m_printFields = new QWidget;
    auto *printLayout = new QGridLayout(m_printFields);
    printLayout->setContentsMargins(0, 0, 0, 0);
    printLayout->addWidget(m_printWidth, 0, 0);
    printLayout->addWidget(new QLabel(QStringLiteral("\u00d7")), 0, 1);
    printLayout->addWidget(m_printHeight, 0, 2);
    printLayout->addWidget(m_dpi, 1, 0);
    printLayout->setColumnStretch(0, 1);
    printLayout->setColumnStretch(2, 1);

    m_result->setObjectName(QStringLiteral("resultSize"));
    auto *box = new QVBoxLayout;
    box->setSpacing(6);
    box->addLayout(row);
    box->addWidget(m_pixelFields);
    box->addWidget(m_printFields);
    box->addWidget(m_result);
    static_cast<QVBoxLayout *>(layout)->addLayout(box);

    connect(m_size, &QButtonGroup::idClicked, this, [this](int id) {
        if (id < byPixels)
            m_settings.set(setting::enlargeFactor, id);
        showSizeFields();
        Q_EMIT targetChanged();
    });
    connect(m_pixelWidth, &QSpinBox::valueChanged, this, [this] { followWidth(true); });
    connect(m_pixelHeight, &QSpinBox::valueChanged, this, [this] { followWidth(false); });
    connect(m_printWidth, &QDoubleSpinBox::valueChanged, this, [this] { followWidth(true); });
    connect(m_printHeight, &QDoubleSpinBox::valueChanged, this, [this] { followWidth(false); });
    connect(m_dpi, &QSpinBox::valueChanged, this, [this](int dpi) {
        m_settings.set(setting::enlargeDpi, dpi);
        Q_EMIT targetChanged();
    });
}

void EnlargePanel::buildMethod(QLayout *layout)
{
    m_fast = new QRadioButton(tr("Fast"));
    m_fine = new QRadioButton(tr("Fine"));
    m_fast->setToolTip(tr("A small network: good detail in seconds"));
    m_fine->setToolTip(tr("A large network: more detail, takes minutes"));
    m_fastTime = quietLabel();
    m_fineTime = quietLabel();
    m_fastTime->setObjectName(QStringLiteral("fastTime"));
    m_fineTime->setObjectName(QStringLiteral("fineTime"));
    const bool fine = m_settings.value(setting::enlargeMethod) == QLatin1String("fine");
    (fine ? m_fine : m_fast)->setChecked(true);

    auto *grid = new QGridLayout;
    grid->setVerticalSpacing(6);
    grid->addWidget(m_fast, 0, 0);
    grid->addWidget(m_fastTime, 0, 1);
    grid->addWidget(m_fine, 1, 0);
    grid->addWidget(m_fineTime, 1, 1);
    grid->setColumnStretch(1, 1);
    static_cast<QVBoxLayout *>(layout)->addLayout(grid);

    m_fallback = new QWidget;
    m_fallbackText = new QLabel;
    m_fallbackText->setWordWrap(true);
    m_fallbackText->setObjectName(QStringLiteral("fallbackNote"));
    auto *models = new QPushButton(tr("Models..."));
    models->setToolTip(tr("See and fetch the networks Heirloom works with"));
    auto *box = new QVBoxLayout(m_fallback);
    box->setContentsMargins(0, 0, 0, 0);
    box->addWidget(m_fallbackText);
    box->addWidget(models, 0, Qt::AlignLeft);
    m_fallback->hide();
    layout->addWidget(m_fallback);

    connect(models, &QPushButton::clicked, this, &EnlargePanel::modelsRequested);
    connect(m_fast, &QRadioButton::toggled, this, [this](bool fast) {
        m_settings.set(setting::enlargeMethod,
                       fast ? QStringLiteral("fast") : QStringLiteral("fine"));
        Q_EMIT methodChanged();
    });
}

void EnlargePanel::buildApply(QLayout *layout, Actions &actions)
{
    m_preview->setToolTip(tr("Shows the coming result on a part of the picture"));
    m_problemText = new QLabel;
    m_problemText->setWordWrap(true);
    m_problemText->setObjectName(QStringLiteral("enlargeProblem"));
    m_problemText->hide();
    m_apply = new QPushButton(tr("Enlarge"));
    m_apply->setObjectName(QStringLiteral("applyButton"));
    m_apply->setToolTip(actions.hint(ActionId::Apply));
    connect(&actions, &Actions::keysChanged, m_apply,
            [this, &actions] { m_apply->setToolTip(actions.hint(ActionId::Apply)); });
    m_progress = new ProgressStrip;
    layout->addWidget(m_preview);
    layout->addWidget(m_problemText);
    layout->addWidget(m_apply);
    layout->addWidget(m_progress);
    connect(m_apply, &QPushButton::clicked, this, &EnlargePanel::applyRequested);
    connect(m_progress, &ProgressStrip::cancelled, this, &EnlargePanel::cancelRequested);
}

void EnlargePanel::showSizeFields()
{
    m_pixelFields->setVisible(m_size->checkedId() == byPixels);
    m_printFields->setVisible(m_size->checkedId() == forPrint);
}

void EnlargePanel::setPictureSize(QSize size)
{
    if (m_picture == size)
        return;
    m_picture = size;
    if (size.isEmpty())
        return;
    m_following = true;
    const int factor = m_settings.value(setting::enlargeFactor);
    m_pixelWidth->setValue(size.width() * factor);
    m_pixelHeight->setValue(size.height() * factor);
    const double perCentimetre = m_dpi->value() / centimetresPerInch;
    m_printWidth->setValue(size.width() * factor / perCentimetre);
    m_printHeight->setValue(size.height() * factor / perCentimetre);
    m_following = false;
}

void EnlargePanel::followWidth(bool fromWidth)
{
    if (m_following || m_picture.isEmpty())
        return;
    // The picture's proportions are kept: the other side follows.
    m_following = true;
    const double ratio = double(m_picture.height()) / m_picture.width();
    if (m_size->checkedId() == byPixels) {
        if (fromWidth)
            m_pixelHeight->setValue(int(std::lround(m_pixelWidth->value() * ratio)));
        else
            m_pixelWidth->setValue(int(std::lround(m_pixelHeight->value() / ratio)));
    } else if (fromWidth) {
        m_printHeight->setValue(m_printWidth->value() * ratio);
    } else {
        m_printWidth->setValue(m_printHeight->value() / ratio);
    }
    m_following = false;
    Q_EMIT targetChanged();
}

UpscaleTarget EnlargePanel::target() const
{
    switch (m_size->checkedId()) {
    case byPixels:
        return UpscaleTarget::byPixels({m_pixelWidth->value(), 0});
    case forPrint:
        return UpscaleTarget::byPrint({m_printWidth->value(), 0}, m_dpi->value());
    default:
        return UpscaleTarget::byFactor(m_size->checkedId());
    }
}

EnlargePanel::Method EnlargePanel::method() const
{
    return m_fine->isChecked() ? Method::Fine : Method::Fast;
}

double EnlargePanel::strength() const
{
    return m_strength->value();
}

bool EnlargePanel::isPreviewOn() const
{
    return m_preview->isChecked();
}

void EnlargePanel::setPreviewOn(bool on)
{
    m_preview->setChecked(on);
}

QString EnlargePanel::methodText(const MethodState &state) const
{
    if (!state.available)
        return tr("not installed");
    if (state.measuring)
        return tr("finding out how long it takes");
    return state.seconds ? durationText(*state.seconds) : tr("choose it to see how long it takes");
}

void EnlargePanel::setMethodState(Method method, const MethodState &state)
{
    (method == Method::Fast ? m_fastTime : m_fineTime)->setText(methodText(state));
}

void EnlargePanel::setFallbackNote(const QString &text)
{
    m_fallbackText->setText(text);
    m_fallback->setVisible(!text.isEmpty());
}

void EnlargePanel::setResultSize(QSize size)
{
    const QLocale locale;
    m_result->setText(
        size.isEmpty() ? QString()
                       : tr("Result: %1 \u00d7 %2 pixels")
                             .arg(locale.toString(size.width()), locale.toString(size.height())));
}

void EnlargePanel::setProblem(const QString &text)
{
    m_problem = text;
    m_problemText->setText(text);
    m_problemText->setVisible(!text.isEmpty());
    updateApply();
}

void EnlargePanel::setBusy(bool busy, const QString &title)
{
    m_busy = busy;
    if (busy)
        m_progress->begin(title);
    else
        m_progress->end();
    m_apply->setVisible(!busy);
    updateApply();
}

void EnlargePanel::setProgress(const ProgressReport &report)
{
    m_progress->report(report);
}

void EnlargePanel::setHasResult(bool hasResult)
{
    m_again->setVisible(hasResult);
    m_strength->setVisible(!hasResult);
    if (hasResult)
        m_strength->setValue(100);
    m_apply->setText(hasResult ? tr("Enlarge further") : tr("Enlarge"));
    m_apply->setProperty("primary", !hasResult);
    m_apply->style()->unpolish(m_apply);
    m_apply->style()->polish(m_apply);
}

void EnlargePanel::updateApply()
{
    m_apply->setEnabled(!m_busy && m_problem.isEmpty());
    const bool free = !m_busy;
    for (QAbstractButton *button : m_size->buttons())
        button->setEnabled(free);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_pixelFields), m_printFields, static_cast<QWidget *>(m_fast),
          static_cast<QWidget *>(m_fine), static_cast<QWidget *>(m_strength)})
        widget->setEnabled(free);
}

} // namespace heirloom
