// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"
#include "commonoptions.h"
#include "operation/operation.h"
#include "session/photofile.h"

#include <functional>
#include <optional>

namespace heirloom
{

/// What became of one picture.
struct PictureResult {
    ExportReport report;
    std::optional<OperationRecord> record; ///< none: only the file format changed
    double decodeSeconds = 0;
    /// Of a command that takes several steps; record is none then.
    std::optional<QList<OperationRecord>> steps = {};
};

/// Does a command's work on one opened photo and writes it as the options say.
using PictureWork =
    std::function<Result<PictureResult>(PhotoFile &, const ExportOptions &, const Progress &)>;

struct Place;
/// The same where the input or the output is a project; opens the input itself.
using ProjectWork = std::function<Result<PictureResult>(
    const Place &, const ExportOptions &, const Progress &, QStringList &warnings)>;

/// Runs the work on every input of a command line: finds the places, shows progress, prints
/// results and errors. Projects are refused where there is no work for them. One picture that fails
/// does not stop the others. Returns the exit code.
int runPictures(const CommandContext &context, const CommonOptions &options,
                const QString &operation, const PictureWork &work,
                const ProjectWork &projectWork = {});

/// What is the same for every command that writes a photo again.
ExportPicture exportPictureFor(const PhotoFile &photo);

/// Measures the time that its source needs.
class TimedSource : public ImageSource
{
public:
    explicit TimedSource(ImageSource &source)
        : m_source(source)
    {
    }
    QSize size() const override { return m_source.size(); }
    PixelFormat format() const override { return m_source.format(); }
    QByteArray icc() const override { return m_source.icc(); }
    bool isRandomAccess() const override { return m_source.isRandomAccess(); }
    int retainedRows() const override { return m_source.retainedRows(); }
    Result<Image> read(const QRect &r) override;
    double seconds() const { return m_seconds; }

private:
    ImageSource &m_source;
    double m_seconds = 0;
};

/// What is to be said of an input.
QStringList warningsOf(const QList<Notice> &notices);

/// "gray", "gray+alpha", "rgb", "rgba", for JSON.
QString channelsName(PixelFormat format);

/// Most memory that this process has had, in MB.
double peakMemoryMegabytes();

} // namespace heirloom
