// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/registry.h"

#include "operation/denoise.h"
#include "operation/upscale.h"

#include <QCoreApplication>

#include <algorithm>

namespace heirloom
{

OperationRegistry OperationRegistry::standard()
{
    OperationRegistry registry;
    OperationInfo upscale;
    upscale.id = Upscale::id();
    upscale.title = QCoreApplication::translate("heirloom::OperationRegistry", "Enlarge");
    upscale.resultTitle = QCoreApplication::translate("heirloom::OperationRegistry", "Enlarged");
    upscale.parameters = Upscale::parameters();
    upscale.task = ModelTask::Upscale;
    upscale.twin = Upscale::twinId();
    upscale.learned = Alteration::CompositeWithTrainedAlgorithmicMedia;
    upscale.classical = Alteration::AlgorithmicallyEnhanced;
    registry.add(upscale);
    OperationInfo denoise;
    denoise.id = Denoise::id();
    denoise.title = QCoreApplication::translate("heirloom::OperationRegistry", "Remove noise");
    denoise.resultTitle =
        QCoreApplication::translate("heirloom::OperationRegistry", "Noise removed");
    denoise.parameters = Denoise::parameters();
    denoise.task = ModelTask::Denoise;
    denoise.twin = Denoise::twinId();
    denoise.learned = Alteration::AlgorithmicallyEnhanced;
    denoise.classical = Alteration::AlgorithmicallyEnhanced;
    registry.add(denoise);
    return registry;
}

void OperationRegistry::add(OperationInfo info)
{
    m_operations.append(std::move(info));
}

const OperationInfo *OperationRegistry::find(const QString &id) const
{
    const auto at = std::find_if(m_operations.begin(), m_operations.end(),
                                 [&](const OperationInfo &info) { return info.id == id; });
    return at == m_operations.end() ? nullptr : &*at;
}

} // namespace heirloom
