// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/toolspanel.h"

#include "theme/icon.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr QSize iconSize{22, 22};
constexpr int narrowest = 64;
constexpr int gridColumns = 2;

/// Asks for no more room than the page that is shown, so that a short page does not scroll because
/// a hidden one is long. Its layout goes by the pages' policies, so hidden ones have none.
class PageStack : public QStackedWidget
{
public:
    PageStack()
    {
        connect(this, &QStackedWidget::currentChanged, this, [this] {
            for (int i = 0; i < count(); ++i) {
                const auto policy =
                    i == currentIndex() ? QSizePolicy::Preferred : QSizePolicy::Ignored;
                widget(i)->setSizePolicy(policy, policy);
            }
            updateGeometry();
        });
    }
    QSize sizeHint() const override
    {
        return currentWidget() ? currentWidget()->sizeHint() : QStackedWidget::sizeHint();
    }
    /// The layout's own answer stays as high as the page once was.
    int heightForWidth(int width) const override
    {
        return currentWidget() ? currentWidget()->heightForWidth(width) : -1;
    }
    QSize minimumSizeHint() const override
    {
        return currentWidget() ? currentWidget()->minimumSizeHint()
                               : QStackedWidget::minimumSizeHint();
    }
};

/// The column, as wide as it needs; what the keyboard comes to is brought into sight.
class ToolScroll : public QScrollArea
{
public:
    ToolScroll()
    {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus);
    }
    QSize minimumSizeHint() const override { return QSize(narrowest, 3 * narrowest); }
    QSize sizeHint() const override
    {
        return widget() ? widget()->sizeHint() : QScrollArea::sizeHint();
    }
};

} // namespace

ToolsPanel::ToolsPanel(QWidget *parent)
    : QWidget(parent)
    , m_buttons(new QButtonGroup(this))
    , m_pages(new PageStack)
    , m_column(new QVBoxLayout)
    , m_grid(new QGridLayout)
{
    setObjectName(QStringLiteral("toolsPanel"));
    setAccessibleName(tr("Tools"));
    setMinimumWidth(narrowest);
    m_pages->setObjectName(QStringLiteral("toolOptions"));
    // A low window shows a part of them and scrolls.
    auto *column = new QWidget;
    column->setLayout(m_column);
    auto *scroll = new ToolScroll;
    scroll->setWidget(column);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    m_column->setContentsMargins(4, 8, 4, 8);
    m_column->setSpacing(4);
    m_grid->setSpacing(2);
    m_column->addSpacing(4);
    m_column->addLayout(m_grid);
    m_column->addStretch(1);
    m_buttons->setExclusive(true);
    connect(m_buttons, &QButtonGroup::idToggled, this, [this](int i, bool on) {
        if (!on)
            return;
        m_pages->setCurrentIndex(i);
        Q_EMIT chosen(m_ids.at(i));
    });
}

QWidget *ToolsPanel::options() const
{
    return m_pages;
}

QToolButton *ToolsPanel::addTool(const QString &id, const char *icon, const QString &name,
                                 const QString &hint, QWidget *page, ToolLook look)
{
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("tool_") + id);
    button->setIcon(heirloom::icon(icon));
    button->setIconSize(iconSize);
    button->setText(name);
    const bool named = look == ToolLook::Named;
    button->setToolButtonStyle(named ? Qt::ToolButtonTextUnderIcon : Qt::ToolButtonIconOnly);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setAccessibleName(name);
    button->setToolTip(named ? hint : name + u'\n' + hint);
    button->setWhatsThis(hint);
    if (named)
        m_column->insertWidget(m_named++, button);
    else
        m_grid->addWidget(button, m_grid->count() / gridColumns, m_grid->count() % gridColumns);
    // Every name is read in full.
    button->ensurePolished();
    const QMargins around = m_column->contentsMargins();
    const int beside = named ? 1 : gridColumns;
    setMinimumWidth(std::max(minimumWidth(), beside * button->sizeHint().width() + around.left() +
                                                 around.right() +
                                                 style()->pixelMetric(QStyle::PM_ScrollBarExtent)));
    if (m_pages->addWidget(page) != m_pages->currentIndex())
        page->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_ids << id;
    m_buttons->addButton(button, int(m_ids.size()) - 1);
    if (m_ids.size() == 1)
        button->setChecked(true);
    return button;
}

QString ToolsPanel::current() const
{
    return m_ids.value(m_buttons->checkedId());
}

void ToolsPanel::choose(const QString &id)
{
    if (QAbstractButton *button = m_buttons->button(int(m_ids.indexOf(id)))) {
        button->setChecked(true);
        if (auto *scroll = findChild<QScrollArea *>())
            scroll->ensureWidgetVisible(button);
    }
}

} // namespace heirloom
