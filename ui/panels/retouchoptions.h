// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace heirloom
{

class BrushPanel;
class CloneTool;
class DetailTool;
class DodgeBurnTool;
class RedEyeTool;
class RetouchTool;

/// Puts what a retouching tool can be told, besides its brush, on its page.
void addRetouchOptions(BrushPanel &panel, CloneTool &tool);
void addRetouchOptions(BrushPanel &panel, RetouchTool &tool); ///< where it samples from
void addRetouchOptions(BrushPanel &panel, DodgeBurnTool &tool);
void addRetouchOptions(BrushPanel &panel, DetailTool &tool);
void addRetouchOptions(BrushPanel &panel, RedEyeTool &tool);

} // namespace heirloom
