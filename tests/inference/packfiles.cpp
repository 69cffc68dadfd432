// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/packfiles.h"

#include "inference/selftest.h"

#include <QFile>

namespace heirloom::test
{

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ModelFile packFile(const QString &folder)
{
    const auto pack = ModelPack::read(folder);
    return pack ? ModelFile{*pack, contentOf(pack->filePath())} : ModelFile();
}

ModelInput testInput(int width, int height)
{
    ModelInput input;
    input.image = selfTestPicture(3, width, height, 1, 0.1);
    return input;
}

} // namespace heirloom::test
