// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commonoptions.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace heirloom
{

namespace
{

/// Share of --memory that one forward pass may take; the rest is for libraries, weights and rows.
constexpr double PassShare = 0.6;
/// What a process needs before the first pixel: LibTorch and the weights.
constexpr qint64 BaseMegabytes = 300;

std::string tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text).toStdString();
}

} // namespace

void CommonOptions::addTalking(CLI::App &command)
{
    command.add_flag("--json", json, tr("print results as JSON, one object a line"));
    command.add_flag("--quiet", quiet, tr("say nothing but errors"));
    command
        .add_option("--progress", progress,
                    tr("none, bar or json; a bar on a terminal unless given"))
        ->check(CLI::IsMember({"none", "bar", "json"}));
}

void CommonOptions::addModels(CLI::App &command)
{
    command.add_option("--threads", threads, tr("threads for models (all cores unless given)"))
        ->check(CLI::Range(1, 1024));
    command.add_option("--memory", memoryMb, tr("memory to work with, in MB"))
        ->check(CLI::Range(200LL, 16'000'000LL));
    command
        .add_option("--tile", tile, tr("side of a tile in pixels (the model's best unless given)"))
        ->check(CLI::Range(16, 4096));
    command.add_option("--seed", seed, tr("for whatever draws random numbers"));
}

void CommonOptions::addStrength(CLI::App &command, double &strength)
{
    command
        .add_option("--strength", strength,
                    tr("0 (the picture as it is) to 100 (the method's result)"))
        ->check(CLI::Range(0.0, 100.0));
}

void CommonOptions::addPictures(CLI::App &command, const char *qualityOption)
{
    command.add_option("inputs", inputs, tr("pictures; - reads standard input"))
        ->required()
        ->type_name("IN");
    command
        .add_option("-o,--output", output, tr("file to write, a folder, or - for standard output"))
        ->required()
        ->type_name(tr("OUT"));
    command
        .add_option("--format", format,
                    tr("jpg, png, tiff or webp, where the output's ending does not say it"))
        ->check(CLI::IsMember({"jpg", "jpeg", "png", "tif", "tiff", "webp"}));
    command.add_option(qualityOption, quality, tr("1 to 100, for JPEG and WebP (92)"))
        ->check(CLI::Range(1, 100));
    command.add_option("--depth", depth, tr("bits a colour: 8 or 16 (the picture's unless given)"))
        ->check(CLI::IsMember({8, 16}));
    command.add_flag("--overwrite", overwrite, tr("replace an existing output"));
    command.add_option("--metadata", metadata, tr("all, no-location or none"))
        ->check(CLI::IsMember({"all", "no-location", "none"}));
    command
        .add_option("--mark", mark,
                    tr("auto or off: say in the metadata what computers did to the picture"))
        ->check(CLI::IsMember({"auto", "off"}));
    command.add_flag("--srgb", srgb, tr("convert to sRGB"));
    command.add_option(
        "--caption", caption,
        tr("a line of text under the picture; \"auto\" says what a computer guessed"));
}

ProgressStyle CommonOptions::progressStyle() const
{
    if (progress == "json")
        return ProgressStyle::Json;
    if (progress == "bar")
        return ProgressStyle::Bar;
    return progress.empty() && !quiet && Console::isTerminal() ? ProgressStyle::Bar
                                                               : ProgressStyle::None;
}

ModelEnvironment::Options CommonOptions::environment() const
{
    ModelEnvironment::Options options;
    options.threads = threads;
    options.tile = tile;
    options.seed = seed;
    if (memoryMb > 0) {
        const qint64 megabytes =
            std::max<qint64>(64, qint64((memoryMb - BaseMegabytes) * PassShare));
        options.memoryBytes = megabytes << 20;
    }
    return options;
}

ReadLimits CommonOptions::limits() const
{
    ReadLimits limits;
    if (memoryMb > 0)
        limits.memoryBytes = qint64(memoryMb) << 20;
    return limits;
}

ExportOptions CommonOptions::exportOptions() const
{
    ExportOptions options;
    options.overwrite = overwrite;
    options.quality = quality;
    if (depth > 0)
        options.depth = depth == 16 ? Depth::U16 : Depth::U8;
    options.metadata = metadata == "none"          ? MetadataPolicy::None
                       : metadata == "no-location" ? MetadataPolicy::NoLocation
                                                   : MetadataPolicy::All;
    options.mark = mark != "off";
    options.srgb = srgb;
    options.caption = QString::fromStdString(caption);
    if (!format.empty())
        options.fileFormat = fileFormatFromSuffix(u'.' + QString::fromStdString(format));
    return options;
}

} // namespace heirloom
