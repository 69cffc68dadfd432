// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>
#include <QTimer>

#include <functional>

namespace heirloom
{

class EditorSession;
class Workspace;

/// The open photos as a strip of small pictures below the canvas; a click goes to a photo. Follows
/// the workspace; a picture is drawn again some time after its photo changed. GUI thread.
class PhotoTray : public QListWidget
{
    Q_OBJECT

public:
    using Thumbnail = std::function<QImage(EditorSession *)>;

    PhotoTray(Workspace &workspace, Thumbnail thumbnail, QWidget *parent = nullptr);

    /// The user's wish; it is only seen where there is more than one photo.
    void setWanted(bool wanted);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fill();
    void showPictures();
    void decideVisible();

    Workspace &m_workspace;
    Thumbnail m_thumbnail;
    QList<EditorSession *> m_stale;
    QTimer m_later;
    bool m_wanted = true;
};

} // namespace heirloom
