// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console.h"
#include "io/imagereader.h"
#include "progressdisplay.h"
#include "session/exporter.h"
#include "session/modelenvironment.h"

#include <string>
#include <vector>

namespace CLI
{
class App;
}

namespace heirloom
{

/// Options that several commands share, as they were given.
struct CommonOptions {
    bool json = false;
    bool quiet = false;
    std::string progress;

    // Models
    int threads = 0;
    long long memoryMb = 0;
    int tile = 0;
    unsigned long long seed = 0;

    // Writing
    std::vector<std::string> inputs;
    std::string output;
    std::string format;
    int quality = 92;
    int depth = 0;
    bool overwrite = false;
    std::string metadata = "all";
    std::string mark = "auto";
    bool srgb = false;
    std::string caption;
    int number = 0; ///< of one result of several of a picture: OUT-1, OUT-2, ...; 0: there is one

    void addTalking(CLI::App &command);
    void addModels(CLI::App &command);
    /// "--strength" of an operation that keeps the picture's size.
    static void addStrength(CLI::App &command, double &strength);
    /// Input files (one or more) and how they are written. qualityOption: for commands to which
    /// "--quality" means something else.
    void addPictures(CLI::App &command, const char *qualityOption = "--quality");

    Console console() const { return Console(quiet); }
    ProgressStyle progressStyle() const;
    ModelEnvironment::Options environment() const;
    ReadLimits limits() const;
    /// Without path.
    ExportOptions exportOptions() const;
};

} // namespace heirloom
