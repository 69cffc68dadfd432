// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace heirloom
{

/// What exiftool reads from a file's bytes: keys are "group:tag" (family 1), values raw (-n),
/// structures kept. The independent witness of these tests; a missing exiftool ends them.
QJsonObject exiftoolReads(const QByteArray &file, const QStringList &more = {});
/// exiftool's complaints about a file ("" when it has none).
QString exiftoolWarnings(const QByteArray &file);
/// The file with tags written by exiftool, e.g. {"-Artist=me"}.
QByteArray exiftoolWrites(const QByteArray &file, const QStringList &tags);

} // namespace heirloom
