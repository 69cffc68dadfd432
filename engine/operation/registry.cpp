// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/registry.h"

#include "operation/colorize.h"
#include "operation/deartifact.h"
#include "operation/deblur.h"
#include "operation/denoise.h"
#include "operation/fundus.h"
#include "operation/inpaint.h"
#include "operation/negative.h"
#include "operation/scratches.h"
#include "operation/sharpen.h"
#include "operation/silvering.h"
#include "operation/texture.h"
#include "operation/tone.h"
#include "operation/upscale.h"

#include <QCoreApplication>

#include <algorithm>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::OperationRegistry", text);
}

/// learned: what it counts as with a model; twins repair and invent nothing.
template <typename Operation>
OperationInfo infoOf(const QString &title, const QString &resultTitle,
                     std::optional<ModelTask> task, Alteration learned)
{
    OperationInfo info;
    info.id = Operation::id();
    info.title = title;
    info.resultTitle = resultTitle;
    info.parameters = Operation::parameters();
    info.task = task;
    info.twin = Operation::twinId();
    info.learned = learned;
    info.classical = Alteration::AlgorithmicallyEnhanced;
    return info;
}

} // namespace

OperationRegistry OperationRegistry::standard()
{
    constexpr Alteration repair = Alteration::AlgorithmicallyEnhanced;
    constexpr Alteration generative = Alteration::CompositeWithTrainedAlgorithmicMedia;
    OperationRegistry registry;
    registry.add(infoOf<Upscale>(tr("Enlarge"), tr("Enlarged"),
                                 ModelTask::Upscale, generative));
    registry.add(infoOf<Denoise>(tr("Remove noise"), tr("Noise removed"),
                                 ModelTask::Denoise, repair));
    registry.add(infoOf<Deartifact>(tr("Remove JPEG traces"), tr("JPEG traces removed"),
                                 ModelTask::Denoise, repair));
    registry.add(infoOf<Deblur>(tr("Remove blur"), tr("Blur removed"),
                                 ModelTask::Denoise, repair));
    OperationInfo inpaint = infoOf<Inpaint>(tr("Fill in"), tr("Filled in"),
                                            ModelTask::Inpaint, generative);
    inpaint.takesMask = true;
    registry.add(inpaint);
    registry.add(infoOf<Scratches>(tr("Remove scratches and dust"),
                                   tr("Scratches and dust removed"),
                                   ModelTask::Inpaint, generative));
    registry.add(infoOf<Texture>(tr("Remove paper texture"), tr("Paper texture removed"),
                                 std::nullopt, repair));
    registry.add(infoOf<Silvering>(tr("Remove silver sheen"), tr("Silver sheen removed"),
                                   std::nullopt, repair));
    registry.add(infoOf<Fundus>(tr("Even and equalise a fundus photograph"),
                                tr("Fundus photograph equalised"), std::nullopt, repair));
    registry.add(infoOf<Tone>(tr("Bring colours back"), tr("Colours brought back"),
                              ModelTask::Tone, repair));
    registry.add(infoOf<Negative>(tr("Develop a negative"), tr("Negative developed"),
                                  ModelTask::Tone, repair));
    OperationInfo colorize = infoOf<Colorize>(tr("Colour"), tr("Coloured"), ModelTask::Colorize,
                                              generative);
    colorize.classical = Alteration::HumanEdits; // nothing but a person's hints
    colorize.bringsColor = true;
    registry.add(colorize);
    registry.add(infoOf<Sharpen>(tr("Sharpen"), tr("Sharpened"), std::nullopt, repair));
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
