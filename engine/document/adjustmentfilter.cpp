// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/adjustmentfilter.h"

#include "document/colorfilters.h"
#include "document/detailfilters.h"
#include "document/gaussian.h"
#include "document/tonefilters.h"

namespace heirloom
{

std::shared_ptr<const AdjustmentFilter> AdjustmentFilter::create(const AdjustmentContent &content)
{
    if (isNeutral(content))
        return nullptr;
    const QVariantMap values = completeParameters(content);
    if (auto filter = createToneFilter(content.id, values))
        return filter;
    if (auto filter = createColorFilter(content.id, values))
        return filter;
    return createDetailFilter(content.id, values);
}

int AdjustmentFilter::reach() const
{
    return sigma() > 0 ? gaussianReach(sigma()) : 0;
}

} // namespace heirloom
