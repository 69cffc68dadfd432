// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipe/recipe.h"
#include "session/editorsession.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace heirloom
{

class RestorePanel;
class Workspace;

/// Measures the current photo while its panel is in sight, and runs the steps that were chosen, one
/// layer each, in order. Runs of other photos go on. A step that fails or is cancelled ends the
/// run; what was finished before stays. Owned by the main window; GUI thread.
class RestoreController : public QObject
{
    Q_OBJECT

public:
    RestoreController(Workspace &workspace, RestorePanel &panel, QObject *parent = nullptr);

    /// Null: none is open.
    void setSession(EditorSession *session);
    EditorSession *session() const { return m_session; }

    /// What decides on the current photo's steps; nothing: what is measured.
    const std::optional<Recipe> &recipe() const;
    void setRecipe(const std::optional<Recipe> &recipe);

Q_SIGNALS:
    /// Of this photo, or it is another photo's.
    void recipeChanged();
    void failed(heirloom::EditorSession *session, const heirloom::Error &error);

private:
    /// What is known of one photo.
    struct Photo {
        JobId measuring;
        std::optional<Measurements> found;
        QList<ProposedStep> left; ///< still to run; the first one runs
        JobId running;
        bool isDone = false; ///< steps were run on it
        std::optional<Recipe> recipe;
    };

    void measure(EditorSession *session);
    void measureIfSeen();
    void run();
    void runNext(EditorSession *session);
    void takeEnd(EditorSession *session, JobId id, const Outcome &outcome);
    void show();
    QList<ProposedStep> stepsFor(const Photo &photo) const;
    void showTimes(const QList<ProposedStep> &steps);

    RestorePanel &m_panel;
    EditorSession *m_session = nullptr;
    QHash<const EditorSession *, Photo> m_photos;
    QSet<QString> m_timed; ///< packs whose speed was asked for
    /// Where the id of the job that is being given in belongs, so that it is known before it ends.
    JobId Photo::*m_naming = nullptr;
};

} // namespace heirloom
