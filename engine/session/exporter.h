// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imageinfo.h"
#include "image/imagesource.h"
#include "image/rowsink.h"
#include "metadata/metadata.h"
#include "metadata/metadataedits.h"
#include "operation/operation.h"

#include <memory>
#include <optional>

namespace heirloom
{

/// What the user chooses when a picture is written.
struct ExportOptions {
    QString path;
    std::optional<FileFormat> fileFormat; ///< nullopt: by the path's ending
    bool overwrite = false;
    int quality = 92;           ///< 1..100, JPEG and WebP
    std::optional<Depth> depth; ///< nullopt: the picture's, as far as the format has it
    QSize size;                 ///< written size; empty: the picture's
    bool srgb = false;          ///< convert to sRGB ("for web")
    MetadataPolicy metadata = MetadataPolicy::All;
    bool mark = true; ///< say in the metadata what computers did (IPTC, XMP, ledger)
    QString caption;  ///< a visible line under the picture; empty: none
    /// Pictures with more bytes of pixels get their metadata from the encoder while it streams;
    /// smaller ones are patched in memory afterwards, which keeps more of the original's EXIF.
    qint64 patchLimit = qint64(256) << 20;
};

/// The picture that is going to be written.
struct ExportPicture {
    QSize size;
    PixelFormat format;
    QByteArray icc;                 ///< empty: sRGB
    Resolution resolution;          ///< of the picture as handed over
    Metadata metadata;              ///< of the file it came from
    std::optional<MetadataEdits> edits; ///< what is written instead of its words; none: its own
    QString sourcePath;             ///< never written to; empty: none
    QSize sourceSize;               ///< of the file it came from
    QList<OperationRecord> records; ///< what is visible in it, oldest first
};

/// What was written.
struct ExportReport {
    QString path;
    FileFormat fileFormat = FileFormat::Png;
    QSize size;
    PixelFormat format;
    qint64 bytes = 0;
    double encodeSeconds = 0;
    QStringList warnings; ///< translated
};

/// Writes a picture from rows: temporary file beside the target, encoder, metadata, a check by
/// reading it again, then the name. Destroyed before finish() it leaves nothing behind and what
/// stood under the name is untouched. Owned by whoever made it; one thread.
class Exporter : public RowSink
{
public:
    /// Checks everything that can be known beforehand: name and format, the format's limits, the
    /// folder, whether the name is the input's, space on the disk. Errors: OutputIsInput,
    /// OutputExists, OutputFolderMissing, OutputNotWritable, OutputFormatUnknown, OutputLimit,
    /// DiskFull.
    static Result<void> check(const ExportPicture &picture, const ExportOptions &options);
    /// check(), then opens the temporary file.
    static Result<std::unique_ptr<Exporter>> create(const ExportPicture &picture,
                                                    const ExportOptions &options);
    ~Exporter() override;

    /// Of the rows to hand in: the picture's.
    QSize size() const override;
    PixelFormat format() const override;
    Result<void> write(const Image &rows) override;
    /// finish({}) with the records that were handed over at the start.
    Result<void> finish() override;

    /// Metadata, check, name. records replaces the ones of the picture (shares and tile counts are
    /// known only now).
    Result<ExportReport> finish(const QList<OperationRecord> &records,
                                const Progress &progress = {});

private:
    struct Private;
    explicit Exporter(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// Pumps a source into an exporter from top to bottom.
Result<ExportReport> exportPicture(ImageSource &source, const ExportPicture &picture,
                                   const ExportOptions &options, const Progress &progress = {});

/// The visible line for pictures whose detail a computer guessed, translated; empty for others.
QString automaticCaption(const QList<OperationRecord> &records);

/// What the written picture will be: its size and layout, and roughly how many bytes (for the
/// dialog; measured on nothing, from size, format and quality alone).
struct ExportEstimate {
    QSize size;
    PixelFormat format;
    qint64 bytes = 0;
};
ExportEstimate estimateExport(const ExportPicture &picture, const ExportOptions &options);

} // namespace heirloom
