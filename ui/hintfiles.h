// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorhints.h"
#include "widgets/swatches.h"

#include <QObject>

namespace heirloom
{

class EditorSession;
class MessageBar;

/// Asks for files of hints and reads and writes them: the command line's HINTS.json. Owned by
/// ColorController; GUI thread.
class HintFiles : public QObject
{
    Q_OBJECT

public:
    HintFiles(MessageBar &messages, QObject *parent);

    void save(EditorSession &session, const ColorHints &hints);
    void load(EditorSession &session);
    /// A file's named colours join palette().
    void loadPalette(EditorSession &session);
    const QList<Swatches::Swatch> &palette() const { return m_palette; }
    /// The named colours of hints, each name once.
    static void addNamed(QList<Swatches::Swatch> &palette, const ColorHints &hints);

Q_SIGNALS:
    void loaded(heirloom::EditorSession *session, const heirloom::ColorHints &hints);
    void paletteChanged();

private:
    void ask(EditorSession &session, const QString &title, bool saves,
             std::function<void(const QString &)> chosen);

    MessageBar &m_messages;
    QList<Swatches::Swatch> m_palette;
};

} // namespace heirloom
