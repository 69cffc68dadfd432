// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/enginesettings.h"

#include "image/tilestore.h"
#include "session/modelenvironment.h"
#include "settings/settings.h"

namespace heirloom
{

namespace
{

constexpr qint64 megabyte = qint64(1) << 20;

} // namespace

EngineSettings::EngineSettings(Settings &settings, std::shared_ptr<TileStore> store,
                               ModelEnvironment &models, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_store(std::move(store))
    , m_models(models)
{
    connect(&settings, &Settings::changed, this, &EngineSettings::apply);
    apply();
}

void EngineSettings::apply()
{
    m_store->setBudget(m_settings.value(setting::pictureMegabytes) * megabyte);
    m_models.setLimits(m_settings.value(setting::networkMegabytes) * megabyte,
                       m_settings.value(setting::tile));
}

} // namespace heirloom
