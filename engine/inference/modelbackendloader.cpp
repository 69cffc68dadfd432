// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelbackendloader.h"

#include "core/log.h"
#include "inference/modelbackendplugin.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibrary>

namespace heirloom
{

namespace
{

/// Empty if it is not there.
QString pluginIn(const QString &folder, const QString &name)
{
    for (const QString &ending :
         {QStringLiteral(".so"), QStringLiteral(".dylib"), QStringLiteral(".dll")}) {
        const QString path = folder + u'/' + name + ending;
        if (QFileInfo(path).isFile())
            return path;
    }
    return {};
}

} // namespace

ModelBackendLoader::ModelBackendLoader(QStringList folders)
    : m_folders(std::move(folders))
{
}

ModelBackendLoader::~ModelBackendLoader() = default;

QStringList ModelBackendLoader::defaultFolders(const QString &applicationFolder)
{
    const QDir application(applicationFolder);
    return {application.filePath(QStringLiteral("heirloom-plugins")),
            QDir::cleanPath(
                application.filePath(QStringLiteral("../" HEIRLOOM_LIBDIR "/heirloom/plugins")))};
}

Result<ModelBackend *> ModelBackendLoader::backendOf(Plugin &plugin)
{
    if (plugin.backend)
        return plugin.backend.get();
    QString path;
    for (const QString &folder : m_folders) {
        path = pluginIn(folder, plugin.name);
        if (!path.isEmpty())
            break;
    }
    if (path.isEmpty())
        return fail(ErrorCode::EngineMissing,
                    {QCoreApplication::translate("heirloom::ModelBackendLoader",
                                                 "the plugin %1 was not found")
                         .arg(plugin.name)},
                    m_folders.join(u'\n'));
    plugin.loader = std::make_unique<QPluginLoader>(path);
    // Its libraries register themselves in ways that do not survive unloading.
    plugin.loader->setLoadHints(QLibrary::PreventUnloadHint);
    auto *door = qobject_cast<ModelBackendPlugin *>(plugin.loader->instance());
    if (!door)
        return fail(ErrorCode::EngineMissing, {plugin.loader->errorString()}, path);
    plugin.backend = door->createBackend();
    if (!plugin.backend)
        return fail(ErrorCode::EngineMissing,
                    {QCoreApplication::translate("heirloom::ModelBackendLoader",
                                                 "the plugin %1 could not be started")
                         .arg(plugin.name)},
                    path);
    plugin.backend->setThreads(m_threads);
    return plugin.backend.get();
}

QString ModelBackendLoader::name() const
{
    QStringList names;
    for (const Plugin *plugin : {&m_torch, &m_chains}) {
        if (plugin->backend)
            names << plugin->backend->name();
    }
    return names.join(QStringLiteral(", "));
}

void ModelBackendLoader::setThreads(int count)
{
    m_threads = count;
    for (const Plugin *plugin : {&m_torch, &m_chains}) {
        if (plugin->backend)
            plugin->backend->setThreads(count);
    }
}

Result<std::unique_ptr<Model>> ModelBackendLoader::load(const ModelFile &file)
{
    if (const Result<ModelBackend *> chains = backendOf(m_chains)) {
        Result<std::unique_ptr<Model>> model = (*chains)->load(file);
        if (!model || *model)
            return model;
    } else {
        qCInfo(logInference) << chains.error().arguments.value(0);
    }
    const Result<ModelBackend *> torch = backendOf(m_torch);
    if (!torch)
        return fail(torch.error());
    return (*torch)->load(file);
}

} // namespace heirloom
