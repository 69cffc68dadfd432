// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QStyleFactory>
#include <QStyleHints>
#include <QToolTip>

static void initResourcesOutsideNamespace()
{
    Q_INIT_RESOURCE(ui);
}

namespace heirloom
{

void initUiResources()
{
    initResourcesOutsideNamespace();
}

Theme::Theme(QObject *parent)
    : QObject(parent)
{
    initUiResources();
    const QPalette palette = QApplication::palette();
    m_desktopIsDark = palette.color(QPalette::Window).lightness() <
                      palette.color(QPalette::WindowText).lightness();
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (m_choice == ThemeChoice::System)
            apply();
    });
#endif
}

Look Theme::systemLook() const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark ? Look::Dark : Look::Light;
#endif
    return m_desktopIsDark ? Look::Dark : Look::Light;
}

void Theme::setChoice(ThemeChoice choice)
{
    if (m_applied && choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::apply()
{
    m_applied = true;
    m_look = m_choice == ThemeChoice::System ? systemLook()
             : m_choice == ThemeChoice::Dark ? Look::Dark
                                             : Look::Light;
    const ThemeColors c = colors();

    QFile file(QStringLiteral(":/themes/heirloom.qss"));
    QString sheet;
    if (file.open(QIODevice::ReadOnly))
        sheet = QString::fromUtf8(file.readAll());
    const QHash<QString, QColor> named = c.named();
    for (auto it = named.cbegin(); it != named.cend(); ++it)
        sheet.replace(u'@' + it.key() + u'@', it.value().name());

    sheet.replace(QStringLiteral("@tick@"), m_look == Look::Dark ? QStringLiteral("tick-dark")
                                                                 : QStringLiteral("tick-light"));

    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(c.palette());
    QToolTip::setPalette(c.palette());
    qApp->setStyleSheet(sheet);
    Q_EMIT changed();
}

} // namespace heirloom
