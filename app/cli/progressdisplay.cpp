// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "progressdisplay.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace heirloom
{

namespace
{

constexpr int BarWidth = 24;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::ProgressDisplay", text);
}

QString durationText(double seconds)
{
    const auto s = std::llround(seconds);
    if (s < 60)
        return tr("%1 s").arg(s);
    if (s < 3600)
        return tr("%1 min %2 s").arg(s / 60).arg(s % 60);
    return tr("%1 h %2 min").arg(s / 3600).arg(s % 3600 / 60);
}

void print(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

QString barText(const QString &title, const ProgressReport &report)
{
    const int filled = int(std::lround(report.fraction * BarWidth));
    QString line = QStringLiteral("%1 [%2%3] %4%")
                       .arg(title, QString(filled, u'#'), QString(BarWidth - filled, u'.'))
                       .arg(int(report.fraction * 100), 3);
    if (report.tiles > 0)
        line += QStringLiteral("  ") + tr("tile %1 of %2").arg(report.tile).arg(report.tiles);
    if (report.remainingSeconds >= 0 && report.fraction < 1)
        line += QStringLiteral("  ") + tr("%1 left").arg(durationText(report.remainingSeconds));
    return line;
}

QString jsonText(const ProgressReport &report)
{
    QJsonObject json{{QStringLiteral("progress"), report.fraction}};
    if (report.tiles > 0) {
        json[QStringLiteral("tile")] = report.tile;
        json[QStringLiteral("tiles")] = report.tiles;
    }
    if (report.remainingSeconds >= 0)
        json[QStringLiteral("remaining_seconds")] = report.remainingSeconds;
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)) + u'\n';
}

} // namespace

ProgressDisplay::ProgressDisplay(ProgressStyle style, QString title)
    : m_style(style)
    , m_title(std::move(title))
{
}

ProgressDisplay::~ProgressDisplay()
{
    if (m_drawn > 0)
        print(u'\r' + QString(m_drawn, u' ') + u'\r');
}

Progress ProgressDisplay::progress(std::stop_token stop)
{
    if (m_style == ProgressStyle::None)
        return Progress(std::move(stop), {});
    return Progress(std::move(stop), [this](const ProgressReport &report) { show(report); });
}

void ProgressDisplay::show(const ProgressReport &report)
{
    if (m_style == ProgressStyle::Json) {
        print(jsonText(report));
        return;
    }
    const QString line = barText(m_title, report);
    const int shorter = std::max(0, m_drawn - int(line.size()));
    print(u'\r' + line + QString(shorter, u' '));
    m_drawn = int(line.size());
}

} // namespace heirloom
