// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/hintlist.h"

#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace heirloom
{

namespace
{

constexpr int mostRows = 5; ///< in sight; more scroll
constexpr QSize swatch{14, 14};

QIcon iconOf(const ColorHint &hint)
{
    QPixmap pixmap(swatch);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1));
    painter.setBrush(hint.kind == ColorHint::Kind::KeepGrey ? QColor(128, 128, 128)
                                                            : QColor::fromRgb(hint.color));
    painter.drawEllipse(QRectF(1, 1, swatch.width() - 2, swatch.height() - 2));
    return QIcon(pixmap);
}

} // namespace

HintList::HintList(QWidget *parent)
    : QWidget(parent)
    , m_summary(new QLabel)
    , m_list(new QListWidget)
{
    m_summary->setObjectName(QStringLiteral("hintSummary"));
    m_summary->setProperty("quiet", true);
    m_list->setObjectName(QStringLiteral("hintList"));
    m_list->setAccessibleName(tr("Hints"));
    m_list->setWhatsThis(tr("A hint without its tick is kept, but says nothing"));
    m_list->setIconSize(swatch);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_summary);
    layout->addWidget(m_list);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            Q_EMIT chosen(row);
    });
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        Q_EMIT hideToggled(m_list->row(item), item->checkState() == Qt::Unchecked);
    });
    setHints({}, -1);
}

QString HintList::summary(const QList<ColorHint> &hints)
{
    const auto guesses = std::count_if(hints.begin(), hints.end(),
                                       [](const ColorHint &hint) { return !hint.known; });
    const QString count =
        hints.size() == 1 ? tr("One hint") : tr("%1 hints").arg(hints.size());
    return guesses == 0   ? count
           : guesses == 1 ? tr("%1, one a guess").arg(count)
                          : tr("%1, %2 of them guesses").arg(count).arg(guesses);
}

void HintList::setHints(const QList<ColorHint> &hints, int selected)
{
    const QSignalBlocker blocker(m_list);
    if (hints != m_hints || m_list->count() != hints.size()) {
        m_hints = hints;
        m_list->clear();
        for (qsizetype i = 0; i < hints.size(); ++i) {
            const ColorHint &hint = hints[i];
            const QString kind = hint.kind == ColorHint::Kind::Stroke     ? tr("Stroke %1")
                                 : hint.kind == ColorHint::Kind::KeepGrey ? tr("Stays grey %1")
                                                                          : tr("Hint %1");
            const QString name = hint.name.isEmpty() ? kind.arg(i + 1) : hint.name;
            auto *item = new QListWidgetItem(iconOf(hint),
                                             hint.known ? name : tr("%1 (a guess)").arg(name));
            item->setToolTip(hint.note);
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            item->setCheckState(hint.hidden ? Qt::Unchecked : Qt::Checked);
            m_list->addItem(item);
        }
        m_summary->setText(summary(hints));
        const int rows = std::clamp(int(hints.size()), 1, mostRows);
        const int row = hints.isEmpty() ? 0 : m_list->sizeHintForRow(0);
        m_list->setFixedHeight(rows * row + 2 * m_list->frameWidth() + 2);
    }
    m_list->setCurrentRow(selected);
    setVisible(!hints.isEmpty());
}

} // namespace heirloom
