// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace heirloom
{

/// A few words at the upper edge of the canvas about how the picture is shown just now, with a
/// button that ends it. A child of the canvas, hidden until it is told something; GUI thread.
class CanvasChip : public QFrame
{
    Q_OBJECT

public:
    explicit CanvasChip(QWidget *canvas);

    /// ending: what the button does, for its tooltip.
    void tell(const QString &text, const QString &ending);
    QString text() const;

Q_SIGNALS:
    void endRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QLabel *m_text;
    QToolButton *m_end;
};

} // namespace heirloom
