// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivvalues.h"

#include <exiv2/exiv2.hpp>

namespace heirloom
{

QString exivText(const std::string &bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size())).trimmed();
}

QString xmpText(const Exiv2::XmpData &xmp, const char *key)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    if (found == xmp.end() || found->count() == 0)
        return {};
    if (const auto *alternatives = dynamic_cast<const Exiv2::LangAltValue *>(&found->value())) {
        const auto &values = alternatives->value_;
        const auto fallback = values.find("x-default");
        if (values.empty())
            return {};
        return exivText(fallback != values.end() ? fallback->second : values.begin()->second);
    }
    return exivText(found->toString(0));
}

QString iptcText(const Exiv2::IptcData &iptc, const char *key)
{
    const auto found = iptc.findKey(Exiv2::IptcKey(key));
    return found == iptc.end() ? QString() : exivText(found->toString());
}

QString firstOf(std::initializer_list<QString> texts)
{
    for (const QString &t : texts) {
        if (!t.isEmpty())
            return t;
    }
    return {};
}

} // namespace heirloom
