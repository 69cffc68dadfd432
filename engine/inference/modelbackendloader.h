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

/// The backend that everybody gets: it loads the plugins that compute at the first load() that
/// needs them and not before. Networks that are one chain of convolutions go to
/// inference/chainplugin, and everything else, also where that plugin is missing or knows no such
/// kernels for this processor, to inference/torchplugin, which brings about 300 libraries. Owned by
/// the composition root; engine thread only. Plugins stay loaded until the program ends.
class ModelBackendLoader : public ModelBackend
{
public:
    /// folders: where the plugins may lie, first match wins.
    explicit ModelBackendLoader(QStringList folders);
    ~ModelBackendLoader() override;

    /// Build tree and installed tree, for a program that lies in applicationFolder.
    static QStringList defaultFolders(const QString &applicationFolder);

    bool isLoaded() const { return m_chains.backend || m_torch.backend; }

    QString name() const override; ///< of what is loaded; empty until then
    void setThreads(int count) override;
    /// Errors: EngineMissing, naming what could not be loaded (tried again at the next call), and
    /// those of the plugin's backend.
    Result<std::unique_ptr<Model>> load(const ModelFile &file) override;

private:
    struct Plugin {
        QString name;
        std::unique_ptr<QPluginLoader> loader;
        std::unique_ptr<ModelBackend> backend;
    };
    Result<ModelBackend *> backendOf(Plugin &plugin);

    QStringList m_folders;
    int m_threads = 0;
    Plugin m_chains{QStringLiteral("heirloom-chains"), {}, {}};
    Plugin m_torch{QStringLiteral("heirloom-torch"), {}, {}};
};

} // namespace heirloom
