// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/registry.h"

#include "operation/deartifact.h"
#include "operation/deblur.h"
#include "operation/denoise.h"
#include "operation/inpaint.h"
#include "operation/scratches.h"
#include "operation/tone.h"
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
    OperationInfo deartifact;
    deartifact.id = Deartifact::id();
    deartifact.title =
        QCoreApplication::translate("heirloom::OperationRegistry", "Remove JPEG traces");
    deartifact.resultTitle =
        QCoreApplication::translate("heirloom::OperationRegistry", "JPEG traces removed");
    deartifact.parameters = Deartifact::parameters();
    deartifact.task = ModelTask::Denoise;
    deartifact.twin = Deartifact::twinId();
    deartifact.learned = Alteration::AlgorithmicallyEnhanced;
    deartifact.classical = Alteration::AlgorithmicallyEnhanced;
    registry.add(deartifact);
    OperationInfo deblur;
    deblur.id = Deblur::id();
    deblur.title = QCoreApplication::translate("heirloom::OperationRegistry", "Remove blur");
    deblur.resultTitle = QCoreApplication::translate("heirloom::OperationRegistry", "Blur removed");
    deblur.parameters = Deblur::parameters();
    deblur.task = ModelTask::Denoise;
    deblur.twin = Deblur::twinId();
    deblur.learned = Alteration::AlgorithmicallyEnhanced;
    deblur.classical = Alteration::AlgorithmicallyEnhanced;
    registry.add(deblur);
    OperationInfo inpaint;
    inpaint.id = Inpaint::id();
    inpaint.title = QCoreApplication::translate("heirloom::OperationRegistry", "Fill in");
    inpaint.resultTitle = QCoreApplication::translate("heirloom::OperationRegistry", "Filled in");
    inpaint.parameters = Inpaint::parameters();
    inpaint.task = ModelTask::Inpaint;
    inpaint.takesMask = true;
    inpaint.twin = Inpaint::twinId();
    inpaint.learned = Alteration::CompositeWithTrainedAlgorithmicMedia;
    inpaint.classical = Alteration::AlgorithmicallyEnhanced;
    registry.add(inpaint);
    OperationInfo scratches;
    scratches.id = Scratches::id();
    scratches.title =
        QCoreApplication::translate("heirloom::OperationRegistry", "Remove scratches and dust");
    scratches.resultTitle =
        QCoreApplication::translate("heirloom::OperationRegistry", "Scratches and dust removed");
    scratches.parameters = Scratches::parameters();
    scratches.task = ModelTask::Inpaint;
    scratches.twin = Scratches::twinId();
    scratches.learned = Alteration::CompositeWithTrainedAlgorithmicMedia;
    scratches.classical = Alteration::AlgorithmicallyEnhanced;
    registry.add(scratches);
    OperationInfo tone;
    tone.id = Tone::id();
    tone.title = QCoreApplication::translate("heirloom::OperationRegistry", "Bring colours back");
    tone.resultTitle =
        QCoreApplication::translate("heirloom::OperationRegistry", "Colours brought back");
    tone.parameters = Tone::parameters();
    tone.task = ModelTask::Tone;
    tone.twin = Tone::twinId();
    tone.learned = Alteration::AlgorithmicallyEnhanced;
    tone.classical = Alteration::AlgorithmicallyEnhanced;
    registry.add(tone);
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
