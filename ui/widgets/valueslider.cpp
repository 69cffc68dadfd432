// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/valueslider.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

namespace heirloom
{

/// Whole numbers shown with a decimal point in them.
class ScaledSpinBox : public QSpinBox
{
public:
    using QSpinBox::QSpinBox;
    int decimals = 0;

protected:
    QString textFromValue(int value) const override
    {
        return decimals == 0 ? QSpinBox::textFromValue(value)
                             : locale().toString(value / std::pow(10.0, decimals), 'f', decimals);
    }
    int valueFromText(const QString &text) const override
    {
        if (decimals == 0)
            return QSpinBox::valueFromText(text);
        return int(std::lround(number(text) * std::pow(10.0, decimals)));
    }
    QValidator::State validate(QString &text, int &position) const override
    {
        if (decimals == 0)
            return QSpinBox::validate(text, position);
        const double v = number(text) * std::pow(10.0, decimals);
        return v == v && v >= minimum() && v <= maximum() ? QValidator::Acceptable
                                                          : QValidator::Intermediate;
    }

private:
    double number(QString text) const
    {
        if (!suffix().isEmpty() && text.endsWith(suffix()))
            text.chop(suffix().size());
        bool ok = false;
        const double v = locale().toDouble(text.trimmed(), &ok);
        return ok ? v : std::nan("");
    }
};

namespace
{

constexpr int largeStep = 10;

} // namespace

ValueSlider::ValueSlider(const QString &label, int minimum, int maximum, int fallback,
                         QWidget *parent)
    : QWidget(parent)
    , m_fallback(fallback)
    , m_label(new QLabel(label))
    , m_slider(new QSlider(Qt::Horizontal))
    , m_field(new ScaledSpinBox)
{
    m_slider->setRange(minimum, maximum);
    m_slider->setPageStep(largeStep);
    m_slider->setAccessibleName(label);
    m_slider->setToolTip(tr("Double-click to reset"));
    m_slider->setFocusPolicy(Qt::StrongFocus);
    m_field->setRange(minimum, maximum);
    m_field->setAccessibleName(label);
    m_field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_field->setAlignment(Qt::AlignRight);
    m_field->setFocusPolicy(Qt::StrongFocus);
    m_field->setKeyboardTracking(false);
    m_label->setBuddy(m_slider);

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_label, 0, 0);
    layout->addWidget(m_field, 0, 1);
    layout->addWidget(m_slider, 1, 0, 1, 2);
    layout->setColumnStretch(0, 1);

    for (QWidget *widget : {static_cast<QWidget *>(m_slider), static_cast<QWidget *>(m_field)})
        widget->installEventFilter(this);
    setFocusProxy(m_slider);
    setValue(fallback);
    connect(m_slider, &QSlider::valueChanged, this, [this](int v) {
        const QSignalBlocker blocker(m_field);
        m_field->setValue(v);
        Q_EMIT valueChanged(v);
        if (!m_slider->isSliderDown())
            Q_EMIT committed(v);
    });
    connect(m_slider, &QSlider::sliderReleased, this, [this] { Q_EMIT committed(value()); });
    connect(m_field, &QSpinBox::valueChanged, m_slider, &QSlider::setValue);
}

int ValueSlider::value() const
{
    return m_slider->value();
}

void ValueSlider::setValue(int value)
{
    const QSignalBlocker a(m_slider);
    const QSignalBlocker b(m_field);
    m_slider->setValue(value);
    m_field->setValue(value);
}

QSpinBox *ValueSlider::field() const
{
    return m_field;
}

void ValueSlider::setDecimals(int decimals)
{
    m_field->decimals = decimals;
    setValue(value());
}

void ValueSlider::setSuffix(const QString &suffix)
{
    m_field->setSuffix(suffix);
}

bool ValueSlider::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = static_cast<QWidget *>(watched);
    switch (event->type()) {
    case QEvent::Wheel:
        if (!widget->hasFocus()) {
            event->ignore();
            return true;
        }
        break;
    case QEvent::MouseButtonDblClick:
        if (watched == m_slider) {
            m_slider->setValue(m_fallback);
            return true;
        }
        break;
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (watched == m_slider && key->modifiers().testFlag(Qt::ShiftModifier)) {
            const int direction = key->key() == Qt::Key_Left || key->key() == Qt::Key_Down  ? -1
                                  : key->key() == Qt::Key_Right || key->key() == Qt::Key_Up ? 1
                                                                                            : 0;
            if (direction != 0) {
                m_slider->setValue(m_slider->value() + direction * largeStep);
                return true;
            }
        }
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace heirloom
