// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engineworker.h"
#include "mainwindow.h"
#include "models/modelfetcher.h"
#include "passivewait.h"
#include "session/modelenvironment.h"
#include "session/recovery.h"
#include "session/workspace.h"
#include "settings/enginesettings.h"
#include "settings/settings.h"
#include "theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLibraryInfo>
#include <QStandardPaths>
#include <QTranslator>

#include <cstdio>
#include <cstring>

namespace
{

using namespace heirloom;

int print(const QString &text)
{
    std::fputs(qPrintable(text), stdout);
    return 0;
}

QString usage()
{
    return QCoreApplication::translate("heirloom::main",
                                       "Usage: heirloom [PHOTO...]\n\n"
                                       "Brings old photos back. Opens PHOTO in a window.\n\n"
                                       "  -h, --help      this text\n"
                                       "  -v, --version   the version\n\n"
                                       "Without a window: heirloom-cli --help\n");
}

QStringList samplePhotos()
{
    const QString beside = QCoreApplication::applicationDirPath();
    for (const QString &folder : {beside + QStringLiteral("/../samples"),
                                  beside + QStringLiteral("/../share/heirloom/samples")}) {
        QStringList paths;
        for (const QFileInfo &info :
             QDir(folder).entryInfoList({QStringLiteral("*.jpg")}, QDir::Files, QDir::Name))
            paths << info.canonicalFilePath();
        if (!paths.isEmpty())
            return paths;
    }
    return {};
}

void loadTranslations(QApplication &app)
{
    const auto load = [&app](const QString &name, const QString &folder, const QLocale &locale) {
        auto *translator = new QTranslator(&app);
        if (translator->load(locale, name, QStringLiteral("_"), folder))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    };
    load(QStringLiteral("qtbase"), QLibraryInfo::path(QLibraryInfo::TranslationsPath), QLocale());
    // The source's own language has plurals, too, also where the locale is none ("C").
    load(QStringLiteral("heirloom"), QStringLiteral(":/i18n"), QLocale(QLocale::English));
    load(QStringLiteral("heirloom"), QStringLiteral(":/i18n"), QLocale());
}

} // namespace

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        if (!std::strcmp(argv[i], "--version") || !std::strcmp(argv[i], "-v"))
            return print(QStringLiteral("heirloom %1\n").arg(QLatin1String(HEIRLOOM_VERSION)));
        if (!std::strcmp(argv[i], "--help") || !std::strcmp(argv[i], "-h"))
            return print(usage());
    }
    ensurePassiveWaiting(argv);

    // At 125 or 175 per cent nothing is drawn at another scale and stretched.
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(
        Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("heirloom"));
    QApplication::setApplicationDisplayName(QStringLiteral("Heirloom"));
    QApplication::setApplicationVersion(QStringLiteral(HEIRLOOM_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("heirloom"));
    initUiResources();
    loadTranslations(app);

    QStringList photos;
    bool onlyPaths = false;
    for (const QString &argument : QCoreApplication::arguments().mid(1)) {
        if (!onlyPaths && argument == QLatin1String("--")) {
            onlyPaths = true;
        } else if (!onlyPaths && argument.startsWith(u'-') && argument.size() > 1) {
            std::fputs(qPrintable(QCoreApplication::translate("heirloom::main",
                                                              "heirloom: \"%1\" is not an option\n")
                                      .arg(argument)),
                       stderr);
            std::fputs(qPrintable(usage()), stderr);
            return 2;
        } else {
            photos << argument;
        }
    }

    Settings settings;
    Theme theme;
    ModelEnvironment::Options options;
    options.threads = settings.value(setting::threads);
    ModelEnvironment models(options);
    EngineWorker worker; // ends before the models that its last job may be using
    Workspace workspace(worker, models);
    const EngineSettings engineSettings(settings, workspace.tileStore(), models);
    Recovery::Options kept;
    kept.folders = {Recovery::folderIn(settings.value(setting::recoveryFolder)),
                    Recovery::standardFolder()};
    kept.folders.removeDuplicates();
    Recovery recovery(workspace, kept);
    ModelFetcher fetcher(ModelFetcher::standardProgram(), ModelFetcher::standardFolder());
    MainWindow window({settings, theme, worker, models, workspace, fetcher, samplePhotos(),
                       QStandardPaths::writableLocation(QStandardPaths::CacheLocation) +
                           QStringLiteral("/thumbnails"),
                       &recovery,
                       ModelEnvironment::userDataFolder() + QStringLiteral("/recipes")});
    window.show();
    window.openPaths(photos);
    recovery.look();
    return QApplication::exec();
}
