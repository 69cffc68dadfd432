// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace heirloom
{

class ModelEnvironment;

/// Who made Heirloom, under what licence, and what its networks were trained on.
class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(ModelEnvironment &models, QWidget *parent = nullptr);
};

} // namespace heirloom
