// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/heatlegend.h"

#include "theme/icon.h"

#include <QAccessible>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int margin = 12;
constexpr int preferredWidth = 300;
constexpr int barHeight = 10;

QToolButton *toolButton(const char *name, const QString &hint)
{
    auto *button = new QToolButton;
    button->setIcon(icon(name));
    button->setIconSize({16, 16});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(hint);
    button->setAccessibleName(hint);
    button->setWhatsThis(hint);
    return button;
}

} // namespace

/// The colours from end to end with numbers below them.
class RampBar : public QWidget
{
public:
    RampBar()
    {
        setObjectName(QStringLiteral("rampBar"));
        setFixedHeight(barHeight + 4 + fontMetrics().height());
    }

    void setScale(HeatOverlay::Scale scale)
    {
        const QLocale locale;
        m_ticks.clear();
        if (scale == HeatOverlay::Scale::Steps) {
            for (const int steps : {1, 4, 16, 64})
                m_ticks << std::pair(HeatOverlay::place(scale, steps), locale.toString(steps));
            m_ticks.last().second += u'+';
        } else {
            for (const int percent : {0, 25, 50, 75, 100})
                m_ticks << std::pair(percent / 100.0, HeatLegend::tr("%1 %").arg(percent));
        }
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QLinearGradient gradient(0, 0, width(), 0);
        for (int i = 0; i <= 16; ++i) {
            QColor c = HeatOverlay::color(i / 16.0);
            c.setAlpha(255);
            gradient.setColorAt(i / 16.0, c);
        }
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(gradient);
        painter.drawRoundedRect(QRectF(0, 0, width(), barHeight), 3, 3);
        painter.setPen(palette().color(QPalette::WindowText));
        const QFontMetrics metrics = fontMetrics();
        for (const auto &[at, text] : m_ticks) {
            const int wide = metrics.horizontalAdvance(text);
            const int x = std::clamp(int(at * width()) - wide / 2, 0,
                                     width() - wide);
            painter.drawText(x, barHeight + 3 + metrics.ascent(), text);
        }
    }

private:
    QList<std::pair<double, QString>> m_ticks;
};

HeatLegend::HeatLegend(QWidget *canvas)
    : QFrame(canvas)
    , m_title(new QLabel)
    , m_ramp(new RampBar)
    , m_figure(new QLabel)
    , m_more(new QLabel)
    , m_opacity(new QSlider(Qt::Horizontal))
{
    setObjectName(QStringLiteral("heatLegend"));
    setProperty("onCanvas", true);
    setCursor(Qt::ArrowCursor);
    m_title->setProperty("heading", true);
    m_figure->setObjectName(QStringLiteral("heatFigure"));
    m_more->setObjectName(QStringLiteral("heatMore"));
    m_more->setProperty("quiet", true);
    for (QLabel *label : {m_figure, m_more}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_opacity->setObjectName(QStringLiteral("heatOpacity"));
    m_opacity->setRange(10, 100);
    m_opacity->setValue(80);
    m_opacity->setAccessibleName(tr("Opacity of the colours"));
    m_opacity->setToolTip(tr("How much the colours cover the picture"));
    m_opacity->setWhatsThis(m_opacity->toolTip());
    auto *more = toolButton("more", tr("Save or copy what was measured"));
    more->setObjectName(QStringLiteral("heatMenu"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(this);
    m_save = menu->addAction(tr("&Save as an image..."));
    connect(m_save, &QAction::triggered, this, &HeatLegend::saveRequested);
    connect(menu->addAction(tr("&Copy the figures")), &QAction::triggered, this, [this] {
        QGuiApplication::clipboard()->setText(m_title->text() + u'\n' + m_figure->text() + u'\n' +
                                              m_more->text());
    });
    more->setMenu(menu);
    auto *close = toolButton("close", tr("Take the colours away"));
    close->setObjectName(QStringLiteral("heatClose"));
    connect(close, &QToolButton::clicked, this, &HeatLegend::closeRequested);
    connect(m_opacity, &QSlider::valueChanged, this,
            [this] { Q_EMIT opacityChanged(opacity()); });

    auto *head = new QHBoxLayout;
    head->setSpacing(2);
    head->addWidget(m_title, 1);
    head->addWidget(more);
    head->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 10);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(m_figure);
    layout->addWidget(m_ramp);
    layout->addWidget(m_more);
    auto *foot = new QHBoxLayout;
    auto *opacityLabel = new QLabel(tr("Opacity"));
    opacityLabel->setProperty("quiet", true);
    opacityLabel->setBuddy(m_opacity);
    foot->setSpacing(10);
    foot->addWidget(opacityLabel);
    foot->addWidget(m_opacity, 1);
    layout->addLayout(foot);
    canvas->installEventFilter(this);
    hide();
}

void HeatLegend::begin(const QString &title, HeatOverlay::Scale scale)
{
    m_title->setText(title);
    setAccessibleName(title);
    m_ramp->setScale(scale);
    m_ramp->setAccessibleName(
        scale == HeatOverlay::Scale::Steps
            ? tr("The lighter, the larger: from 1 to 64 and more of 255 steps")
            : tr("The lighter, the larger: from 0 to 100 %"));
    m_ramp->setToolTip(m_ramp->accessibleName());
    setFigures(tr("Measuring..."), {});
    setSavable(false);
    show();
    raise();
}

void HeatLegend::setFigures(const QString &figure, const QString &more)
{
    m_figure->setText(figure);
    m_more->setText(more);
    m_more->setVisible(!more.isEmpty());
    setAccessibleDescription(more.isEmpty() ? figure : figure + u' ' + more);
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    place();
}

QString HeatLegend::figure() const
{
    return m_figure->text();
}

QString HeatLegend::more() const
{
    return m_more->text();
}

void HeatLegend::setSavable(bool savable)
{
    m_save->setEnabled(savable);
}

double HeatLegend::opacity() const
{
    return m_opacity->value() / 100.0;
}

void HeatLegend::place()
{
    const int wide = std::min(preferredWidth, parentWidget()->width() - 2 * margin);
    layout()->activate();
    const int high = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(wide)
                                                   : sizeHint().height();
    setGeometry(margin, parentWidget()->height() - high - margin, wide, high);
}

bool HeatLegend::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace heirloom
