// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelbackendloader.h"

#include "inference/modelbackendplugin.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibrary>

namespace heirloom
{

namespace
{

const QString pluginName = QStringLiteral("heirloom-torch");

QString pluginIn(const QString &folder)
{
    for (const QString &ending :
         {QStringLiteral(".so"), QStringLiteral(".dylib"), QStringLiteral(".dll")}) {
        const QString path = folder + u'/' + pluginName + ending;
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

Result<ModelBackend *> ModelBackendLoader::backend()
{
    if (m_backend)
        return m_backend.get();
    QString path;
    for (const QString &folder : m_folders) {
        path = pluginIn(folder);
        if (!path.isEmpty())
            break;
    }
    if (path.isEmpty())
        return fail(ErrorCode::EngineMissing,
                    {QCoreApplication::translate("heirloom::ModelBackendLoader",
                                                 "the plugin heirloom-torch was not found")},
                    m_folders.join(u'\n'));
    m_loader = std::make_unique<QPluginLoader>(path);
    // Its libraries register themselves in ways that do not survive unloading.
    m_loader->setLoadHints(QLibrary::PreventUnloadHint);
    auto *plugin = qobject_cast<ModelBackendPlugin *>(m_loader->instance());
    if (!plugin)
        return fail(ErrorCode::EngineMissing, {m_loader->errorString()}, path);
    m_backend = plugin->createBackend();
    if (!m_backend)
        return fail(ErrorCode::EngineMissing,
                    {QCoreApplication::translate("heirloom::ModelBackendLoader",
                                                 "LibTorch could not be started")},
                    path);
    m_backend->setThreads(m_threads);
    return m_backend.get();
}

QString ModelBackendLoader::name() const
{
    return m_backend ? m_backend->name() : QString();
}

void ModelBackendLoader::setThreads(int count)
{
    m_threads = count;
    if (m_backend)
        m_backend->setThreads(count);
}

Result<std::unique_ptr<Model>> ModelBackendLoader::load(const ModelFile &file)
{
    const Result<ModelBackend *> real = backend();
    if (!real)
        return fail(real.error());
    return (*real)->load(file);
}

} // namespace heirloom
