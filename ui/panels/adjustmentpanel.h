// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustment.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace heirloom
{

class CurveEditor;
class EditorSession;
class ValueSlider;

/// The settings of the active layer when it is an adjustment, made from their description. What is
/// moved shows at once; letting go ends the step. GUI thread.
class AdjustmentPanel : public QWidget
{
    Q_OBJECT

public:
    explicit AdjustmentPanel(QWidget *parent = nullptr);

    void setSession(EditorSession *session);
    /// The active layer is an adjustment, so that there is something to show.
    bool hasAdjustment() const { return m_layer.isValid(); }

Q_SIGNALS:
    void hasAdjustmentChanged();
    void refused(const heirloom::Error &error);

private:
    void follow();
    void showActive();
    void build(const AdjustmentInfo &info);
    void addSlider(QVBoxLayout *layout, const AdjustmentParameter &parameter);
    void addCurve(QVBoxLayout *layout, const AdjustmentInfo &info);
    void set(const QString &key, const QVariant &value);
    void finish();

    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    LayerId m_layer;
    QString m_built; ///< id of the adjustment the controls are for
    QLabel *m_title;
    QPushButton *m_reset;
    QWidget *m_controls = nullptr;
    QVBoxLayout *m_layout;
    QHash<QString, ValueSlider *> m_sliders;
    CurveEditor *m_curve = nullptr;
    QString m_curveKey;
};

} // namespace heirloom
