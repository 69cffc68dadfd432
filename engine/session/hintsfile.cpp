// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/hintsfile.h"

#include <QFile>
#include <QSaveFile>

namespace heirloom
{

Result<ColorHints> readHintsFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::InputMissing, {path});
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::InputUnreadable, {path, file.errorString()});
    auto hints = ColorHints::fromJson(file.read(ColorHints::mostBytes + 1));
    if (!hints && !hints.error().arguments.isEmpty())
        hints.error().arguments[0].prepend(path + QStringLiteral(": "));
    return hints;
}

Result<void> writeHintsFile(const ColorHints &hints, const QString &path)
{
    QSaveFile file(path);
    const QByteArray json = hints.toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return fail(ErrorCode::OutputNotWritable, {path, file.errorString()});
    return {};
}

} // namespace heirloom
