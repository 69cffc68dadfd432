// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/ids.h"
#include "document/mask.h"
#include "paint/coverage.h"

#include <QObject>
#include <QPointer>

#include <optional>

class QMenu;
class QWidget;

namespace heirloom
{

class EditorSession;

/// What can be done to a mask and to the selection alike: grow, shrink, feather, from tones and
/// colours, from and into files. Asks for numbers in dialogs without waiting for them; the work
/// runs in the background, one step each. Owned by the main window; GUI thread.
class CoverageController : public QObject
{
    Q_OBJECT

public:
    enum class Command { Grow, Shrink, Feather, Density, Luminance, Color, Load, Save };

    explicit CoverageController(QWidget *window);

    /// Null: nothing is open.
    void setSession(EditorSession *session);
    /// Of a layer's mask; invalid: of the selection.
    void run(Command command, LayerId maskOf = {});
    /// The commands for a layer's mask at the end of its menu.
    void fillMaskMenu(QMenu *menu, LayerId layer);

Q_SIGNALS:
    void failed(const heirloom::Error &error);
    void saved(const QString &path);

private:
    void askPixels(Command command, LayerId maskOf);
    void askRange(Command command, LayerId maskOf);
    void chooseFile(bool saves, LayerId maskOf);
    void load(const QString &path, LayerId maskOf);
    void read(const QString &path, bool scaled, LayerId maskOf);
    void save(const QString &path, LayerId maskOf);

    QWidget *m_window;
    QPointer<EditorSession> m_session;
    std::optional<Mask> m_copied;
};

} // namespace heirloom
