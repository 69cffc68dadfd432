// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"

#include <QImage>
#include <QString>

namespace heirloom
{

/// A small colourful picture.
QImage samplePicture(QSize size = QSize(64, 48));
QByteArray sampleProfile();
/// It as an encoder would have written it: with a profile and 300 dpi, no other metadata. TIFF has
/// 16 bit and several strips.
QByteArray encodedSample(FileFormat format, QSize size = QSize(64, 48));
/// Its pixels again, as RGB888; null when they cannot be read.
QImage decoded(const QByteArray &file, FileFormat format);

/// A photo that knows a lot: EXIF with GPS, thumbnail and orientation 6, IPTC in UTF-8 without
/// saying so, XMP with structures.
QByteArray richPhoto();

/// A file of the shared corpus; empty when the corpus is not there.
QByteArray corpusFile(const QString &name);
QStringList corpusNames();

} // namespace heirloom
