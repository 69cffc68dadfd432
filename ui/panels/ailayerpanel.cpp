// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/ailayerpanel.h"

#include "document/document.h"
#include "operation/denoise.h"
#include "operation/inpaint.h"
#include "session/ailayers.h"
#include "session/editorsession.h"
#include "widgets/valueslider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int showDelay = 30; ///< ms
const QString sigmaKey = QStringLiteral("sigma");

QPushButton *button(const QString &text, const QString &name, const QString &hint)
{
    auto *made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(hint);
    made->setWhatsThis(hint);
    return made;
}

} // namespace

AiLayerPanel::AiLayerPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_state(new QLabel)
    , m_update(button(tr("Update"), QStringLiteral("updateLayer"),
                      tr("Works this layer out again from what is below it now")))
    , m_updateAll(button(tr("Update all"), QStringLiteral("updateAllLayers"),
                         tr("Works out every layer that is out of date, from the bottom up")))
    , m_cancel(button(tr("Cancel"), QStringLiteral("cancelLayer"),
                      tr("Stops the work; the layer stays as it is")))
    , m_noise(new ValueSlider(tr("Noise"), 0, int(Denoise::largestSigma * 10), 150))
{
    setObjectName(QStringLiteral("aiLayerPanel"));
    m_title->setObjectName(QStringLiteral("aiLayerTitle"));
    m_title->setProperty("heading", true);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // names may be long
    m_state->setWordWrap(true);
    m_noise->setDecimals(1);
    m_noise->slider()->setObjectName(QStringLiteral("layerNoise"));
    m_noise->setWhatsThis(tr("How strong the noise is that is removed; letting go works it out"));
    auto *buttons = new QHBoxLayout;
    for (QPushButton *b : {m_update, m_updateAll, m_cancel})
        buttons->addWidget(b);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_state);
    layout->addLayout(buttons);
    layout->addWidget(m_noise);
    m_later.setSingleShot(true);
    m_later.setInterval(showDelay);
    connect(&m_later, &QTimer::timeout, this, &AiLayerPanel::showActive);
    connect(m_update, &QPushButton::clicked, this,
            [this] { m_session->aiLayers().update(m_layer); });
    connect(m_updateAll, &QPushButton::clicked, this,
            [this] { m_session->aiLayers().updateAll(); });
    connect(m_cancel, &QPushButton::clicked, this,
            [this] { m_session->aiLayers().cancel(m_layer); });
    connect(m_noise, &ValueSlider::committed, this, [this](int value) {
        const Layer *layer = m_session ? m_session->document()->layer(m_layer) : nullptr;
        if (!layer || layer->ai.operation != Denoise::id())
            return;
        QVariantMap parameters = layer->ai.parameters;
        parameters.insert(sigmaKey, value / 10.0);
        if (parameters != layer->ai.parameters)
            m_session->aiLayers().setParameters(m_layer, parameters);
    });
    setSession(nullptr);
}

void AiLayerPanel::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    if (session) {
        const auto later = [this] { m_later.start(); };
        connect(session, &EditorSession::documentReplaced, m_watch, [this] { follow(); });
        connect(&session->aiLayers(), &AiLayers::changed, m_watch, later);
        connect(session, &EditorSession::progressed, m_watch, later);
        follow();
    } else {
        showActive();
    }
}

void AiLayerPanel::follow()
{
    if (Document *document = m_session->document())
        connect(document, &Document::activeLayerChanged, m_watch, [this] { showActive(); });
    showActive();
}

void AiLayerPanel::showActive()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    const Layer *layer = document ? document->layer(document->activeLayer()) : nullptr;
    const bool isAi = layer && layer->kind == LayerKind::Ai;
    m_layer = isAi ? layer->id : LayerId();
    setVisible(isAi);
    if (!isAi)
        return;
    AiLayers &layers = m_session->aiLayers();
    const AiState state = layers.state(m_layer);
    const auto waiting = layers.outOfDate().size();
    m_title->setText(layer->name);
    switch (state) {
    case AiState::Current:
        m_state->setText(tr("Up to date"));
        break;
    case AiState::OutOfDate:
        m_state->setText(layer->ai.operation == Inpaint::id()
                             ? tr("Out of date: the picture below it or its mask has changed.")
                             : tr("Out of date: the picture below it has changed."));
        break;
    case AiState::Pending:
        m_state->setText(tr("Working\u2026 the earlier result is shown until it is finished."));
        break;
    }
    m_state->setProperty("quiet", state == AiState::Current);
    m_update->setVisible(state == AiState::OutOfDate);
    m_update->setEnabled(!layer->locked);
    m_updateAll->setVisible(waiting > 1 || (waiting == 1 && state == AiState::Current));
    m_cancel->setVisible(state == AiState::Pending);
    showNoise(layers.pendingParameters(m_layer).value_or(layer->ai.parameters));
    m_noise->setVisible(layer->ai.operation == Denoise::id());
    m_noise->setEnabled(!layer->locked);
}

void AiLayerPanel::showNoise(const QVariantMap &parameters)
{
    bool known = false;
    const double sigma = parameters.value(sigmaKey).toDouble(&known);
    if (known && !m_noise->slider()->isSliderDown())
        m_noise->setValue(int(std::lround(sigma * 10)));
}

} // namespace heirloom
