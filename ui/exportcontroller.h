// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/editorsession.h"

#include <QObject>

#include <functional>

class QWidget;

namespace heirloom
{

class Settings;

/// The way out: the export dialog, the job, and the question before work is lost. Owned by the main
/// window; GUI thread.
class ExportController : public QObject
{
    Q_OBJECT

public:
    ExportController(EditorSession &session, Settings &settings, QWidget *window);

    /// Shows the dialog; then, when the picture was written, what was given.
    void exportPicture(std::function<void()> afterwards = {});
    /// Goes on at once when nothing would be lost; else asks first.
    void guard(std::function<void()> goOn);

    JobId job() const { return m_job; }
    void cancel();

Q_SIGNALS:
    void failed(const heirloom::Error &error);
    void exported(const heirloom::ExportReport &report);

private:
    EditorSession &m_session;
    Settings &m_settings;
    QWidget *m_window;
    JobId m_job;
    std::function<void()> m_afterwards;
    bool m_asking = false;
};

} // namespace heirloom
