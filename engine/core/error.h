// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace heirloom
{

/// What went wrong, precise enough to choose the sentence (errortext.h) and the exit code. The
/// comment behind a code names the arguments its sentence takes, in order.
enum class ErrorCode {
    // Wrong use
    BadArgument,   ///< what was given, what is allowed
    LayerLocked,   ///< the layer's name
    CanvasLimit,   ///< width, height, the limit in megapixels, the limit in pixels a side
    SizeMismatch,  ///< what, its size, the size that is needed
    OutputIsInput, ///< path
    // The input
    InputMissing,    ///< path
    InputUnreadable, ///< path, the system's reason
    InputIsFolder,   ///< path
    InputEmpty,      ///< path
    UnknownFormat,   ///< path
    RawPhoto,        ///< path
    PdfFile,         ///< path
    PsdFile,         ///< path
    FormatNotRead,   ///< path, the format's name
    VariantNotRead,  ///< path, the format's name, what it is that is not read
    InputDamaged,    ///< path, what is wrong
    RecoveryDamaged, ///< the photo's name
    RecoveryNewer,   ///< the photo's name
    SideTooLong,     ///< path, width, height, the limit in pixels a side
    TooManyPixels,   ///< path, width, height, megapixels, the limit in megapixels
    TooMuchMemory,   ///< path, memory needed (MB), memory allowed (MB)
    // Model packs
    ModelMissing,   ///< id
    ModelDamaged,   ///< id, what is wrong
    ModelRefused,   ///< id, why
    ModelFailed,    ///< id, what happened
    ModelOutputBad, ///< id, what the tile showed (NaN, constant, black)
    EngineMissing,  ///< what could not be loaded
    // The output
    OutputExists,        ///< path
    OutputFolderMissing, ///< folder
    OutputNotWritable,   ///< path, the system's reason
    DiskFull,            ///< path
    OutputFormatUnknown, ///< path or ending
    OutputLimit,         ///< format, width, height, the format's limit
    OutputCheckFailed,   ///< path, what differed when it was read again
    RecoveryDiskFull,    ///< folder
    RecoveryNotWritten,  ///< folder, the system's reason
    MetadataNotWritten,  ///< path, why
    // The machine
    OutOfMemory, ///< what was being done, MB allowed
    Cancelled,
    Internal, ///< what
};

/// The families of codes; the command line's exit code follows from this alone.
enum class ErrorKind { Usage, Input, Model, Output, Memory, Cancelled, Internal };

/// An error as it travels through the engine: a code, the arguments of its sentence and technical
/// details that only "Copy details" and the log show. Holds no sentence itself.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QStringList arguments;
    QString details;

    Error() = default;
    Error(ErrorCode c, QStringList a = {}, QString d = {})
        : code(c)
        , arguments(std::move(a))
        , details(std::move(d))
    {
    }

    bool isCancelled() const { return code == ErrorCode::Cancelled; }
};

ErrorKind errorKind(ErrorCode code);

} // namespace heirloom
