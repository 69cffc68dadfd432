// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "inference/model.h"

#include <QPluginLoader>
#include <QStringList>

#include <memory>

namespace heirloom
{

/// The backend that everybody gets: it loads the one plugin that computes (inference/torchplugin)
/// at the first load() and not before, since that brings about 300 libraries. Owned by the
/// composition root; engine thread only. The plugin stays loaded until the program ends.
class ModelBackendLoader : public ModelBackend
{
public:
    /// folders: where the plugin may lie, first match wins.
    explicit ModelBackendLoader(QStringList folders);
    ~ModelBackendLoader() override;

    /// Build tree and installed tree, for a program that lies in applicationFolder.
    static QStringList defaultFolders(const QString &applicationFolder);

    bool isLoaded() const { return m_backend != nullptr; }
    /// Errors: EngineMissing, naming what could not be loaded. Tried again at the next call.
    Result<ModelBackend *> backend();

    QString name() const override; ///< empty until the plugin is loaded
    void setThreads(int count) override;
    /// Errors: EngineMissing, and those of the plugin's backend.
    Result<std::unique_ptr<Model>> load(const ModelFile &file) override;

private:
    QStringList m_folders;
    int m_threads = 0;
    std::unique_ptr<QPluginLoader> m_loader;
    std::unique_ptr<ModelBackend> m_backend;
};

} // namespace heirloom
