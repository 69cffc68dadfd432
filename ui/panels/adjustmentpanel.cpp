// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/adjustmentpanel.h"

#include "document/document.h"
#include "edit/documenteditor.h"
#include "session/editorsession.h"
#include "widgets/curveeditor.h"
#include "widgets/valueslider.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

int scaled(const AdjustmentParameter &p, double value)
{
    return int(std::lround(value * std::pow(10.0, p.decimals)));
}

} // namespace

AdjustmentPanel::AdjustmentPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_reset(new QPushButton(tr("Reset")))
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("adjustmentPanel"));
    m_title->setProperty("heading", true);
    m_title->setTextFormat(Qt::PlainText);
    m_reset->setObjectName(QStringLiteral("resetAdjustment"));
    m_reset->setToolTip(tr("Every value back to where it changes nothing"));
    m_reset->setWhatsThis(m_reset->toolTip());
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_reset);
    m_layout->setContentsMargins(12, 8, 12, 12);
    m_layout->setSpacing(10);
    m_layout->addLayout(head);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        const AdjustmentContent neutral{m_built, {}};
        finish();
        if (const auto done = m_session->editor().setAdjustment(m_layer, neutral); !done)
            Q_EMIT refused(done.error());
        finish();
    });
    setSession(nullptr);
}

void AdjustmentPanel::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    if (session) {
        connect(session, &EditorSession::documentReplaced, m_watch, [this] { follow(); });
        follow();
    } else {
        showActive();
    }
}

void AdjustmentPanel::follow()
{
    if (Document *document = m_session->document()) {
        connect(document, &Document::activeLayerChanged, m_watch, [this] { showActive(); });
        connect(document, &Document::stackChanged, m_watch, [this] { showActive(); });
        connect(document, &Document::layerChanged, m_watch, [this](LayerId id) {
            if (id == m_session->document()->activeLayer())
                showActive();
        });
    }
    showActive();
}

void AdjustmentPanel::showActive()
{
    const Document *document = m_session ? m_session->document() : nullptr;
    const Layer *layer = document ? document->layer(document->activeLayer()) : nullptr;
    const AdjustmentInfo *info = layer && layer->kind == LayerKind::Adjustment
                                     ? findAdjustment(layer->adjustment.id)
                                     : nullptr;
    const bool had = m_layer.isValid();
    m_layer = info ? layer->id : LayerId();
    setVisible(info);
    if (info) {
        if (m_built != info->id)
            build(*info);
        m_title->setText(layer->name);
        setEnabled(!layer->locked);
        const QVariantMap values = completeParameters(layer->adjustment);
        for (const AdjustmentParameter &p : info->parameters) {
            if (ValueSlider *slider = m_sliders.value(p.key))
                slider->setValue(scaled(p, values.value(p.key).toDouble()));
        }
        if (m_curve)
            m_curve->setPoints(values.value(m_curveKey).toList());
        m_reset->setEnabled(!isNeutral(layer->adjustment));
    }
    if (had != m_layer.isValid())
        Q_EMIT hasAdjustmentChanged();
}

void AdjustmentPanel::build(const AdjustmentInfo &info)
{
    delete std::exchange(m_controls, nullptr);
    m_sliders.clear();
    m_curve = nullptr;
    m_built = info.id;
    m_controls = new QWidget;
    auto *layout = new QVBoxLayout(m_controls);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    QString group;
    for (const AdjustmentParameter &p : info.parameters) {
        if (p.kind == AdjustmentParameter::Kind::Curve)
            continue;
        if (p.group != group) {
            group = p.group;
            auto *heading = new QLabel(group);
            heading->setProperty("quiet", true);
            layout->addWidget(heading);
        }
        addSlider(layout, p);
    }
    addCurve(layout, info);
    m_layout->addWidget(m_controls);
}

void AdjustmentPanel::addSlider(QVBoxLayout *layout, const AdjustmentParameter &p)
{
    auto *slider = new ValueSlider(p.label, scaled(p, p.minimum), scaled(p, p.maximum),
                                   scaled(p, p.defaultValue));
    slider->setDecimals(p.decimals);
    if (!p.unit.isEmpty())
        slider->setSuffix(u' ' + p.unit);
    slider->slider()->setObjectName(p.key);
    slider->setWhatsThis(p.group.isEmpty() ? p.label : tr("%1: %2").arg(p.group, p.label));
    if (!p.group.isEmpty())
        slider->slider()->setAccessibleName(slider->whatsThis());
    const double scale = std::pow(10.0, p.decimals);
    connect(slider, &ValueSlider::valueChanged, this,
            [this, key = p.key, scale](int value) { set(key, value / scale); });
    connect(slider, &ValueSlider::committed, this, &AdjustmentPanel::finish);
    layout->addWidget(slider);
    m_sliders.insert(p.key, slider);
}

void AdjustmentPanel::addCurve(QVBoxLayout *layout, const AdjustmentInfo &info)
{
    auto *choices = new QHBoxLayout;
    auto *group = new QButtonGroup(m_controls);
    for (const AdjustmentParameter &p : info.parameters) {
        if (p.kind != AdjustmentParameter::Kind::Curve)
            continue;
        auto *choice = new QToolButton;
        choice->setText(p.label);
        choice->setCheckable(true);
        choice->setChecked(group->buttons().isEmpty());
        choice->setFocusPolicy(Qt::TabFocus);
        choice->setToolTip(tr("The curve of this channel"));
        choice->setWhatsThis(choice->toolTip());
        if (group->buttons().isEmpty())
            m_curveKey = p.key;
        connect(choice, &QToolButton::toggled, this, [this, key = p.key](bool on) {
            if (on) {
                m_curveKey = key;
                showActive();
            }
        });
        group->addButton(choice);
        choices->addWidget(choice);
    }
    if (group->buttons().isEmpty()) {
        delete choices;
        return;
    }
    choices->addStretch();
    layout->addLayout(choices);
    m_curve = new CurveEditor;
    m_curve->setAccessibleName(info.title);
    layout->addWidget(m_curve);
    connect(m_curve, &CurveEditor::changed, this, [this] { set(m_curveKey, m_curve->points()); });
    connect(m_curve, &CurveEditor::committed, this, &AdjustmentPanel::finish);
}

void AdjustmentPanel::set(const QString &key, const QVariant &value)
{
    const Layer *layer = m_session->document()->layer(m_layer);
    if (!layer)
        return;
    AdjustmentContent content = layer->adjustment;
    content.parameters.insert(key, value);
    if (const auto done = m_session->editor().setAdjustment(m_layer, content); !done)
        Q_EMIT refused(done.error());
}

void AdjustmentPanel::finish()
{
    if (m_session)
        m_session->editor().finishGesture();
}

} // namespace heirloom
