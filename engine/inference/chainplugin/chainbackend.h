// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/modelbackendplugin.h"

#include <QObject>

namespace heirloom
{

/// The door of the plugin for networks that are one chain of convolutions.
class ChainPlugin : public QObject, public ModelBackendPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID HeirloomModelBackendPluginId)
    Q_INTERFACES(heirloom::ModelBackendPlugin)

public:
    std::unique_ptr<ModelBackend> createBackend() override;
};

} // namespace heirloom
