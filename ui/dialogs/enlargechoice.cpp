// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/enlargechoice.h"

#include "widgets/durationtext.h"
#include "widgets/valueslider.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int factors[] = {2, 3, 4};
constexpr int ToSize = -1; ///< as the combo box's data; 0: not at all

} // namespace

EnlargeChoice::EnlargeChoice(EnlargeOffer offer, QWidget *parent)
    : QWidget(parent)
    , m_offer(std::move(offer))
    , m_kind(new QComboBox)
    , m_model(new QComboBox)
    , m_strength(new ValueSlider(tr("Strength"), 0, 100, 100))
    , m_note(new QLabel)
{
    m_kind->setObjectName(QStringLiteral("exportEnlarge"));
    m_kind->setAccessibleName(tr("Enlarge"));
    m_kind->setToolTip(tr("More pixels in the file; the picture in the window stays as it is"));
    m_kind->setWhatsThis(
        tr("Enlarges on the way into the file, bit by bit, so that also very large "
           "pictures need little memory. The picture in the window stays as it "
           "is."));
    m_kind->addItem(tr("No"), 0);
    for (const int factor : factors)
        m_kind->addItem(tr("%1 times").arg(factor), factor);
    m_kind->addItem(tr("To a size"), ToSize);
    m_model->setObjectName(QStringLiteral("exportEnlargeModel"));
    m_model->setAccessibleName(tr("Network that enlarges"));
    m_model->setToolTip(tr("What works the detail out"));
    m_model->setWhatsThis(tr("The network that works the detail out. Lanczos is no network: it "
                             "adds no detail, and is quick."));
    for (const EnlargeOffer::Model &model : m_offer.models)
        m_model->addItem(model.name, model.id);
    m_model->addItem(tr("Lanczos, adds no detail"), Upscale::twinId());
    m_strength->setSuffix(tr(" %"));
    m_strength->slider()->setObjectName(QStringLiteral("exportEnlargeStrength"));
    m_strength->setWhatsThis(tr("0 is plain enlarging, 100 all that the network works out."));
    m_note->setObjectName(QStringLiteral("exportEnlargeNote"));
    m_note->setWordWrap(true);
    m_note->setProperty("quiet", true);

    auto *row = new QHBoxLayout;
    row->addWidget(m_kind, 1);
    row->addWidget(m_model, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(row);
    layout->addWidget(m_strength);
    layout->addWidget(m_note);
    setFocusProxy(m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &EnlargeChoice::showParts);
    connect(m_model, &QComboBox::currentIndexChanged, this, &EnlargeChoice::showParts);
    connect(m_strength, &ValueSlider::valueChanged, this, &EnlargeChoice::changed);
    showParts();
}

EnlargeChoice::Kind EnlargeChoice::kind() const
{
    const int chosen = m_kind->currentData().toInt();
    return chosen == 0 ? Kind::None : chosen == ToSize ? Kind::Size : Kind::Factor;
}

double EnlargeChoice::factor() const
{
    return m_kind->currentData().toInt();
}

std::optional<UpscaleSettings> EnlargeChoice::settings(QSize size) const
{
    if (kind() == Kind::None)
        return std::nullopt;
    UpscaleSettings settings;
    settings.target = kind() == Kind::Factor ? UpscaleTarget::byFactor(factor())
                                             : UpscaleTarget::byPixels(size);
    settings.model = m_model->currentData().toString();
    if (settings.model != Upscale::twinId())
        settings.strength = m_strength->value();
    return settings;
}

void EnlargeChoice::showParts()
{
    const bool enlarges = kind() != Kind::None;
    m_model->setVisible(enlarges);
    m_strength->setVisible(enlarges && m_model->currentData().toString() != Upscale::twinId());
    m_note->setVisible(enlarges);
    Q_EMIT changed();
}

void EnlargeChoice::describe(QSize size)
{
    QString text;
    const auto wanted = settings(size);
    const auto plan = wanted && m_offer.plan ? m_offer.plan(*wanted)
                                             : Result<UpscalePlan>(UpscalePlan());
    if (plan && wanted && m_offer.models.isEmpty()) {
        text = tr("No network for enlarging is installed; the Models window fetches one.");
    } else if (plan && !plan->warnings.isEmpty()) {
        text = plan->warnings.join(u' ');
    } else if (plan && plan->isLearned()) {
        const auto seconds = m_offer.seconds ? m_offer.seconds(*plan) : std::nullopt;
        text = seconds ? tr("Takes %1.").arg(durationText(*seconds))
                       : tr("How long it takes on this computer is not known yet.");
    }
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

} // namespace heirloom
