// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::ErrorText", text);
}

struct Sentences {
    const char *what;
    const char *advice;
};

Sentences sentences(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BadArgument:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" cannot be used here."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Allowed: %2.")};
    case ErrorCode::LayerLocked:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "The layer \"%1\" is locked."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Unlock it in the layers panel, or work on a copy of it.")};
    case ErrorCode::CanvasLimit:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "%1 x %2 pixels are too many: a picture may have %3 megapixels "
                                  "and %4 pixels a side."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Choose a smaller size.")};
    case ErrorCode::SizeMismatch:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "%1 is %2, but it has to be %3."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Make both the same size and try again.")};
    case ErrorCode::OutputIsInput:
        return {
            QT_TRANSLATE_NOOP(
                "heirloom::ErrorText",
                "\"%1\" is the picture that is being read; Heirloom never writes over its input."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "Choose another name for the result.")};
    case ErrorCode::InputMissing:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" was not found."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Check the name and the folder.")};
    case ErrorCode::InputUnreadable:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" cannot be read: %2."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Check that you may read the file.")};
    case ErrorCode::InputIsFolder:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" is a folder, not a picture."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Name one of the pictures in it.")};
    case ErrorCode::InputEmpty:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" is empty (0 bytes)."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "The copy may have been cut off: copy or scan it again.")};
    case ErrorCode::UnknownFormat:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "\"%1\" is not a picture in a format that Heirloom knows."),
            QT_TRANSLATE_NOOP(
                "heirloom::ErrorText",
                "It reads JPEG, PNG, TIFF, WebP, HEIF, AVIF and BMP: save the picture as one of "
                "these.")};
    case ErrorCode::RawPhoto:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "\"%1\" is a camera's RAW file, which has to be developed first."),
            QT_TRANSLATE_NOOP(
                "heirloom::ErrorText",
                "Open it in a RAW developer such as darktable or RawTherapee and export a 16-bit "
                "TIFF.")};
    case ErrorCode::PdfFile:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" is a PDF document, not a picture."),
            QT_TRANSLATE_NOOP(
                "heirloom::ErrorText",
                "Save its page as a picture (for example: pdftoppm -r 300 -tiff) and open that.")};
    case ErrorCode::PsdFile:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" is a Photoshop document."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Export it as a TIFF or PNG from the program that made it.")};
    case ErrorCode::FormatNotRead:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "\"%1\" is a %2 file, which Heirloom does not read."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Save the picture as PNG, TIFF or JPEG and open that.")};
    case ErrorCode::VariantNotRead:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "\"%1\" is a %2 file of a kind that is not read: %3."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "Save it as an ordinary 8- or 16-bit TIFF or PNG and open that.")};
    case ErrorCode::InputDamaged:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" is damaged and cannot be shown: %2."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "Try another copy, or scan it again.")};
    case ErrorCode::RecoveryDamaged:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "The unsaved work on \"%1\" cannot be recovered: what was kept of "
                              "it is damaged."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "It stays where it is until you discard it.")};
    case ErrorCode::RecoveryNewer:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "The unsaved work on \"%1\" was kept by a newer Heirloom, which "
                                  "this one cannot read."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "It stays where it is: start the newer version to recover it.")};
    case ErrorCode::SideTooLong:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "\"%1\" is %2 x %3 pixels; a side may have at most %4."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Make it smaller, or cut it into parts, and open those.")};
    case ErrorCode::TooManyPixels:
        return {QT_TRANSLATE_NOOP(
                    "heirloom::ErrorText",
                    "\"%1\" is %2 x %3 pixels (%4 megapixels); the limit is %5 megapixels."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Make it smaller, or cut it into parts, and open those.")};
    case ErrorCode::TooMuchMemory:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "\"%1\" would need about %2 MB of memory; %3 MB are allowed."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Allow more memory, or make the picture smaller.")};
    case ErrorCode::ModelMissing:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "The model \"%1\" is not installed."),
                QT_TRANSLATE_NOOP(
                    "heirloom::ErrorText",
                    "Fetch it from the Models window or with \"heirloom-cli models fetch\".")};
    case ErrorCode::ModelDamaged:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "The model \"%1\" is damaged: %2."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Remove it and fetch it again.")};
    case ErrorCode::ModelRefused:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "The model \"%1\" was refused: %2."),
                QT_TRANSLATE_NOOP(
                    "heirloom::ErrorText",
                    "Only models whose fingerprint Heirloom knows are run; fetch it again.")};
    case ErrorCode::ModelFailed:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "The model \"%1\" could not finish: %2."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Try again with a smaller tile, or with another model.")};
    case ErrorCode::ModelOutputBad:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "The model \"%1\" gave an unusable result (%2), twice."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "Nothing was changed. Try another model or the classical method.")};
    case ErrorCode::EngineMissing:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "The part of Heirloom that runs models could not be loaded: %1."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "Install Heirloom again; until then the classical methods work.")};
    case ErrorCode::OutputExists:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" exists already."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Choose another name, or allow overwriting (--overwrite).")};
    case ErrorCode::OutputFolderMissing:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "The folder \"%1\" does not exist."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Create it first, or choose another.")};
    case ErrorCode::OutputNotWritable:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "\"%1\" cannot be written: %2."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Choose a folder that you may write to.")};
    case ErrorCode::DiskFull:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "\"%1\" could not be written: the disk is full."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "Free some space or choose another disk. Nothing was overwritten.")};
    case ErrorCode::OutputFormatUnknown:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "\"%1\" does not name a format that Heirloom writes."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "End the name in .jpg, .png, .tif or .webp.")};
    case ErrorCode::OutputLimit:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "A %1 file cannot hold %2 x %3 pixels: %4."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "Choose TIFF or PNG, or a smaller size.")};
    case ErrorCode::OutputCheckFailed:
        return {QT_TRANSLATE_NOOP(
                    "heirloom::ErrorText",
                    "\"%1\" was written but read back differently (%2), so it was not kept."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Try again; if it happens twice, check the disk.")};
    case ErrorCode::RecoveryDiskFull:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "Unsaved work is not kept for the case of a crash any more: the "
                                  "disk of \"%1\" is full."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "You can go on. Free some space: it is tried again by itself.")};
    case ErrorCode::RecoveryNotWritten:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "Unsaved work is not kept for the case of a crash: \"%1\" cannot "
                              "be written: %2."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "You can go on. It is tried again by itself; another folder can be "
                              "chosen in Preferences.")};
    case ErrorCode::MetadataNotWritten:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText",
                                  "The photo's information could not be written to \"%1\": %2."),
                QT_TRANSLATE_NOOP("heirloom::ErrorText", "Try another format, such as TIFF.")};
    case ErrorCode::OutOfMemory:
        return {
            QT_TRANSLATE_NOOP(
                "heirloom::ErrorText",
                "There was not enough memory for %1, even in the smallest pieces (%2 MB allowed)."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "Allow more memory, or close other programs.")};
    case ErrorCode::Cancelled:
        return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "Cancelled."), nullptr};
    case ErrorCode::Internal:
        return {
            QT_TRANSLATE_NOOP("heirloom::ErrorText", "Something unexpected happened: %1."),
            QT_TRANSLATE_NOOP("heirloom::ErrorText",
                              "Your picture is unchanged. Please report this with the details.")};
    }
    return {QT_TRANSLATE_NOOP("heirloom::ErrorText", "Something unexpected happened: %1."),
            nullptr};
}

QString filled(const char *text, const QStringList &arguments)
{
    if (!text)
        return {};
    QString sentence = tr(text);
    // One pass, so that a "%2" inside a file's name is not taken for a place.
    QString out;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const bool place = sentence[i] == u'%' && i + 1 < sentence.size() &&
                           sentence[i + 1] >= u'1' && sentence[i + 1] <= u'9';
        if (place) {
            out += arguments.value(sentence[i + 1].unicode() - u'1');
            ++i;
        } else {
            out += sentence[i];
        }
    }
    return out;
}

} // namespace

ErrorKind errorKind(ErrorCode code)
{
    if (code <= ErrorCode::OutputIsInput)
        return ErrorKind::Usage;
    if (code <= ErrorCode::TooMuchMemory)
        return ErrorKind::Input;
    if (code <= ErrorCode::EngineMissing)
        return ErrorKind::Model;
    if (code <= ErrorCode::MetadataNotWritten)
        return ErrorKind::Output;
    if (code == ErrorCode::OutOfMemory)
        return ErrorKind::Memory;
    if (code == ErrorCode::Cancelled)
        return ErrorKind::Cancelled;
    return ErrorKind::Internal;
}

ErrorText errorText(const Error &error)
{
    const Sentences s = sentences(error.code);
    return {filled(s.what, error.arguments), filled(s.advice, error.arguments)};
}

QString errorSentence(const Error &error)
{
    const ErrorText text = errorText(error);
    return text.advice.isEmpty() ? text.what : text.what + u' ' + text.advice;
}

} // namespace heirloom
