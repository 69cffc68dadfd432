// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace heirloom
{

class ModelEnvironment;
class Settings;
class TileStore;

/// Hands the user's limits for memory and tiles on to the engine, at once and whenever they change.
/// Made by the composition root; GUI thread.
class EngineSettings : public QObject
{
    Q_OBJECT

public:
    EngineSettings(Settings &settings, std::shared_ptr<TileStore> store, ModelEnvironment &models,
                   QObject *parent = nullptr);

private:
    void apply();

    Settings &m_settings;
    std::shared_ptr<TileStore> m_store;
    ModelEnvironment &m_models;
};

} // namespace heirloom
