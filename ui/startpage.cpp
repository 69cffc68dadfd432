// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "startpage.h"

#include "actions.h"
#include "settings/recentfiles.h"
#include "theme/icon.h"
#include "widgets/flowlayout.h"
#include "widgets/picturetile.h"

#include <QFileInfo>
#include <QImageReader>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int pageWidth = 780;
constexpr QSize cardSize{150, 104};

QImage sampleThumbnail(const QString &path)
{
    // The program's own two small files: small enough to be read here.
    QImageReader reader(path);
    const QSize size = reader.size();
    reader.setScaledSize(
        size.scaled(RecentFiles::thumbnailSide, RecentFiles::thumbnailSide, Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace

StartPage::StartPage(Actions &actions, RecentFiles &recent, QStringList samples, QWidget *parent)
    : QWidget(parent)
    , m_recent(recent)
    , m_samples(std::move(samples))
    , m_cards(new QHBoxLayout)
    , m_lists(new QWidget)
{
    setObjectName(QStringLiteral("startPage"));
    auto *drop = new QFrame;
    drop->setObjectName(QStringLiteral("startDrop"));
    auto *title = new QLabel(tr("Drop old photos here"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.7);
    title->setFont(large);
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);
    QToolButton *open = card("open", tr("Open"), tr("Open photos to look at and to work on"));
    open->setObjectName(QStringLiteral("openButton"));
    open->setToolTip(actions.hint(ActionId::Open));
    connect(open, &QToolButton::clicked, actions[ActionId::Open], &QAction::trigger);
    m_cards->setSpacing(16);
    m_cards->addStretch(1);
    m_cards->addWidget(open);
    m_cards->addStretch(1);
    auto *quiet =
        new QLabel(tr("Your photo stays on this computer and its file is never changed."));
    quiet->setProperty("quiet", true);
    quiet->setAlignment(Qt::AlignCenter);
    quiet->setWordWrap(true);

    auto *dropLayout = new QVBoxLayout(drop);
    dropLayout->setContentsMargins(32, 36, 32, 28);
    dropLayout->setSpacing(18);
    dropLayout->addWidget(title);
    dropLayout->addLayout(m_cards);
    dropLayout->addWidget(quiet);

    auto *page = new QWidget;
    page->setMaximumWidth(pageWidth);
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(24, 28, 24, 24);
    pageLayout->setSpacing(26);
    pageLayout->addWidget(drop);
    pageLayout->addWidget(m_lists);
    pageLayout->addStretch(1);

    auto *middle = new QWidget;
    auto *middleLayout = new QHBoxLayout(middle);
    middleLayout->setContentsMargins(0, 0, 0, 0);
    middleLayout->addStretch(1);
    middleLayout->addWidget(page, 100);
    middleLayout->addStretch(1);

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(middle);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    auto *listsLayout = new QVBoxLayout(m_lists);
    listsLayout->setContentsMargins(0, 0, 0, 0);
    listsLayout->setSpacing(20);
    fill();
    connect(&m_recent, &RecentFiles::changed, this, &StartPage::fill);
}

QToolButton *StartPage::card(const char *iconName, const QString &name, const QString &hint)
{
    auto *button = new QToolButton;
    button->setProperty("card", true);
    button->setIcon(icon(iconName));
    button->setIconSize({32, 32});
    button->setText(name);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setMinimumSize(cardSize);
    button->setAccessibleName(name);
    button->setToolTip(hint);
    button->setWhatsThis(hint);
    return button;
}

void StartPage::addAction(const QString &tool, const char *iconName, const QString &name,
                          const QString &hint)
{
    QToolButton *button = card(iconName, name, hint);
    button->setObjectName(QStringLiteral("start_") + tool);
    connect(button, &QToolButton::clicked, this, [this, tool] { Q_EMIT toolRequested(tool); });
    m_cards->insertWidget(m_cards->count() - 2, button); // before Open and the space after it
}

void StartPage::fill()
{
    QLayout *layout = m_lists->layout();
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // it may be the tile that was just clicked
        }
        delete item;
    }
    if (!m_recent.paths().isEmpty())
        layout->addWidget(section(tr("Opened before"), m_recent.paths(), false));
    if (!m_samples.isEmpty())
        layout->addWidget(section(tr("Or try a sample"), m_samples, true));
}

QWidget *StartPage::section(const QString &title, const QStringList &paths, bool samples)
{
    auto *box = new QWidget;
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *top = new QHBoxLayout;
    auto *label = new QLabel(title);
    label->setProperty("heading", true);
    top->addWidget(label);
    top->addStretch(1);
    if (!samples) {
        auto *clear = new QToolButton;
        clear->setObjectName(QStringLiteral("clearRecent"));
        clear->setText(tr("Clear list"));
        clear->setToolTip(tr("Forget these photos; the files stay"));
        connect(clear, &QToolButton::clicked, &m_recent, &RecentFiles::clear);
        top->addWidget(clear);
    }
    layout->addLayout(top);
    auto *flow = new FlowLayout(8);
    for (const QString &path : paths) {
        const QImage small = samples ? sampleThumbnail(path) : m_recent.thumbnail(path);
        auto *tile = new PictureTile(path, QFileInfo(path).fileName(), small);
        connect(tile, &QToolButton::clicked, this, [this, path] { Q_EMIT openRequested(path); });
        flow->addWidget(tile);
    }
    layout->addLayout(flow);
    return box;
}

} // namespace heirloom
