// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"

#include <QtPlugin>

#include <memory>

namespace heirloom
{

/// The door of a plugin that brings a ModelBackend.
class ModelBackendPlugin
{
public:
    virtual ~ModelBackendPlugin() = default;
    virtual std::unique_ptr<ModelBackend> createBackend() = 0;
};

} // namespace heirloom

#define HeirloomModelBackendPluginId "org.heirloom.ModelBackendPlugin/1"
Q_DECLARE_INTERFACE(heirloom::ModelBackendPlugin, HeirloomModelBackendPluginId)
