// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace heirloom
{

class EditorSession;
class ValueSlider;

/// How the active layer stands when it is the result of an operation: what made it, whether it is
/// out of date or being worked on, what can be done about that, and the settings that can be
/// changed. Hidden otherwise. GUI thread.
class AiLayerPanel : public QWidget
{
    Q_OBJECT

public:
    explicit AiLayerPanel(QWidget *parent = nullptr);

    void setSession(EditorSession *session);

private:
    void follow();
    void showActive();
    void showNoise(const QVariantMap &parameters);

    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    QTimer m_later; ///< many changes are shown once
    LayerId m_layer;
    QLabel *m_title;
    QLabel *m_state;
    QPushButton *m_update;
    QPushButton *m_updateAll;
    QPushButton *m_cancel;
    ValueSlider *m_noise;
};

} // namespace heirloom
