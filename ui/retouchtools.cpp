// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "retouchtools.h"

#include "panels/brushpanel.h"
#include "panels/retouchoptions.h"
#include "tools/clonetool.h"

namespace heirloom
{

RetouchTools::RetouchTools(QObject *parent)
    : QObject(parent)
    , m_clone(new CloneTool(CloneTool::Kind::Clone, this))
    , m_heal(new CloneTool(CloneTool::Kind::Heal, this))
    , m_spot(new SpotHealTool(this))
    , m_dodgeBurn(new DodgeBurnTool(this))
    , m_detail(new DetailTool(this))
    , m_redEye(new RedEyeTool(this))
{
}

void RetouchTools::addTo(const Add &add)
{
    const auto page = [&add](const char *id, const QString &name, ActionId action, auto *tool) {
        addRetouchOptions(*add(QLatin1String(id), id, name, action, tool), *tool);
    };
    page("spotheal", tr("Spot heal"), ActionId::SpotHeal, m_spot);
    page("heal", tr("Heal"), ActionId::Heal, m_heal);
    page("clone", tr("Clone"), ActionId::Clone, m_clone);
    page("dodgeburn", tr("Dodge, burn"), ActionId::DodgeBurn, m_dodgeBurn);
    page("detail", tr("Sharpen"), ActionId::Detail, m_detail);
    page("redeye", tr("Red eye"), ActionId::RedEye, m_redEye);
}

QList<std::pair<ActionId, QString>> RetouchTools::actions()
{
    return {{ActionId::SpotHeal, QStringLiteral("spotheal")},
            {ActionId::Heal, QStringLiteral("heal")},
            {ActionId::Clone, QStringLiteral("clone")},
            {ActionId::DodgeBurn, QStringLiteral("dodgeburn")},
            {ActionId::Detail, QStringLiteral("detail")},
            {ActionId::RedEye, QStringLiteral("redeye")}};
}

} // namespace heirloom
