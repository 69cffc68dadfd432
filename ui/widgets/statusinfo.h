// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include <optional>

class QLabel;

namespace heirloom
{

class Document;
class ZoomField;

/// The right-hand facts of the status bar: what is under the cursor, size, depth, profile, zoom.
class StatusInfo : public QWidget
{
    Q_OBJECT

public:
    explicit StatusInfo(QWidget *parent = nullptr);

    /// Null: no photo, everything is empty.
    void showDocument(const Document *document);
    /// values: of the pixel's channels, alpha last.
    void showPixel(std::optional<QPoint> pixel, const QList<int> &values = {}, bool sixteenBit = {},
                   const QColor &color = {});
    /// What the tool at work can be told; empty: nothing. It gives way where there is no room.
    void showHint(const QString &text);
    ZoomField *zoom() const { return m_zoom; }

private:
    QLabel *m_position;
    QLabel *m_swatch;
    QLabel *m_values;
    QLabel *m_hint;
    QLabel *m_size;
    QLabel *m_depth;
    QLabel *m_profile;
    ZoomField *m_zoom;
};

} // namespace heirloom
