// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions.h"

#include <QObject>

#include <functional>

namespace heirloom
{

class BrushPanel;
class CloneTool;
class DetailTool;
class DodgeBurnTool;
class PaintTool;
class RedEyeTool;
class SpotHealTool;

/// The tools that mend the picture with its own pixels. Owned by ToolController; GUI thread.
class RetouchTools : public QObject
{
    Q_OBJECT

public:
    explicit RetouchTools(QObject *parent = nullptr);

    /// Makes a page for each; add does what ToolController does for a tool with a brush.
    using Add = std::function<BrushPanel *(const QString &id, const char *icon, const QString &name,
                                           ActionId action, PaintTool *tool)>;
    void addTo(const Add &add);
    static QList<std::pair<ActionId, QString>> actions();

    CloneTool &clone() const { return *m_clone; }
    CloneTool &heal() const { return *m_heal; }
    SpotHealTool &spot() const { return *m_spot; }
    DodgeBurnTool &dodgeBurn() const { return *m_dodgeBurn; }
    DetailTool &detail() const { return *m_detail; }
    RedEyeTool &redEye() const { return *m_redEye; }

private:
    CloneTool *m_clone, *m_heal;
    SpotHealTool *m_spot;
    DodgeBurnTool *m_dodgeBurn;
    DetailTool *m_detail;
    RedEyeTool *m_redEye;
};

} // namespace heirloom
