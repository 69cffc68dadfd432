// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of ColorController that helps where hints alone do not: other colourings, places where
// the network is not sure, a layer for what is selected.
#include "actions.h"
#include "canvas/canvasview.h"
#include "colorcontroller.h"
#include "document/document.h"
#include "panels/colorpanel.h"
#include "referencecontroller.h"
#include "session/colorhinting.h"
#include "session/workspace.h"
#include "tools/hinttool.h"
#include "widgets/messagebar.h"

#include <algorithm>
#include <utility>

namespace heirloom
{

namespace
{

constexpr int variantCount = 6;
constexpr int variantSide = 78; ///< logical pixels; three beside each other

} // namespace

void ColorController::connectMore()
{
    connect(m_panel, &ColorPanel::variantsToggled, this, &ColorController::setVariantsShown);
    connect(m_panel, &ColorPanel::variantChosen, this, [this](int number) {
        changeAll([number](ColorizeSettings &settings) { settings.variant = number; },
                  tr("Other colouring"));
    });
    connect(m_panel, &ColorPanel::ownToggled, this, &ColorController::keepOwn);
    connect(m_panel, &ColorPanel::skinToggled, this, [this](bool found) {
        changeAll([found](ColorizeSettings &settings) { settings.findsSkin = found; },
                  found ? tr("Skin in faces") : tr("No skin in faces"));
    });
    connect(m_panel, &ColorPanel::subjectToggled, this, [this](bool used) {
        using Subject = ColorizeSettings::Subject;
        changeAll(
            [used](ColorizeSettings &settings) {
                settings.subject = used ? Subject::Used : Subject::Off;
            },
            used ? tr("Hints spread over the subject") : tr("Hints spread by luminance"));
    });
    connect(m_panel, &ColorPanel::unsureToggled, this, &ColorController::setUnsureShown);
    connect(m_parts.actions[ActionId::NextUnsure], &QAction::triggered, this,
            &ColorController::goToUnsure);
    connect(m_panel, &ColorPanel::insideRequested, this, [this] {
        if (!hinting() || !m_session->hasDocument())
            return;
        ColorizeSettings settings = hinting()->settings();
        settings.hints = {};
        m_tool->select(-1);
        hinting()->changeInside(m_session->document()->selection(), settings,
                                tr("Colour what is selected"));
    });
}

/// A step that is about the whole colouring.
void ColorController::changeAll(const std::function<void(ColorizeSettings &)> &set,
                                const QString &text)
{
    if (!hinting() || !m_session->hasDocument())
        return;
    ColorizeSettings settings = hinting()->settings();
    set(settings);
    hinting()->change(settings, text);
}

/// A faded photo's own colours instead of others.
void ColorController::keepOwn(bool kept)
{
    changeAll([kept](ColorizeSettings &settings) { settings.keepsOwn = kept; },
              kept ? tr("Keep its own colours") : tr("Other colours"));
}

void ColorController::connectReference()
{
    connect(m_panel, &ColorPanel::pinRequested, this, [this] {
        if (m_session)
            m_reference->pin(*m_session);
    });
    connect(m_reference, &ReferenceController::picked, this,
            &ColorController::takeReferenceColor);
    connect(m_reference, &ReferenceController::matchRequested, this,
            [this](const QImage &reference, const QString &name) {
                if (!hinting() || !m_session->hasDocument())
                    return;
                m_matchedWith = name;
                hinting()->match(reference);
            });
}

void ColorController::takeReferenceColor(const QColor &color)
{
    if (m_tool->selected() < 0) {
        return m_parts.messages.showNote(tr("Choose a hint, or click where the colour belongs, "
                                            "before you take one from the reference."));
    }
    setPicking(true); // the same from here on as a colour of another open photo
    takePicked(color);
}

void ColorController::takeMatched(const QList<ColorHint> &hints)
{
    if (hints.isEmpty()) {
        return m_parts.messages.showNote(tr("%1 has no colours to go by. Pin a photo in colour of "
                                            "something like this one.")
                                             .arg(m_matchedWith));
    }
    QList<ColorHint> all = m_tool->hints().all;
    for (ColorHint hint : hints) {
        hint.note = tr("As in %1").arg(m_matchedWith);
        // What a person said stays.
        const bool isHinted = std::any_of(all.begin(), all.end(), [&](const ColorHint &other) {
            return QLineF(other.path.first(), hint.path.first()).length() < 3 * other.radius;
        });
        if (!isHinted)
            all += hint;
    }
    m_tool->select(-1);
    m_tool->setAll(all);
    commit(tr("Colour after %1").arg(m_matchedWith));
}

void ColorController::setVariantsShown(bool shown)
{
    m_areVariantsShown = shown && hinting() && hinting()->layer().isValid();
    if (m_areVariantsShown)
        hinting()->vary(variantCount, variantSide);
    else
        m_panel->setVariants({}, 0);
}

void ColorController::setUnsureShown(bool shown)
{
    m_isUnsureShown = shown && hinting() && hinting()->layer().isValid();
    m_panel->setUnsureShown(m_isUnsureShown);
    m_tool->setPointedAt({});
    m_unsure.clear();
    if (m_isUnsureShown)
        hinting()->doubt();
    else
        m_tool->setVeil({});
}

void ColorController::goToUnsure()
{
    if (!hinting() || !hinting()->layer().isValid())
        return;
    if (m_unsure.isEmpty()) { // not asked yet, or all were gone to
        m_goesToUnsure = true;
        return hinting()->doubt();
    }
    const QPointF place = m_unsure.takeFirst();
    m_tool->setPointedAt(place);
    m_parts.canvas.centerOn(hinting()->toCanvas().map(place));
}

void ColorController::takeDoubt(const QImage &veil, const QList<QPointF> &places)
{
    if (m_isUnsureShown)
        m_tool->setVeil(veil);
    // Whoever has placed a hint has been there.
    m_unsure.clear();
    for (const QPointF &place : places) {
        const auto &hints = m_tool->hints().all;
        const bool isHinted = std::any_of(hints.begin(), hints.end(), [&](const ColorHint &hint) {
            return QLineF(hint.path.first(), place).length() < 3 * hint.radius;
        });
        if (!isHinted)
            m_unsure += place;
    }
    if (!std::exchange(m_goesToUnsure, false))
        return;
    if (m_unsure.isEmpty())
        m_parts.messages.showNote(tr("The network is sure everywhere. That does not mean that it "
                                     "is right."));
    else
        goToUnsure();
}

void ColorController::refreshMore()
{
    m_unsure.clear();
    if (!hinting() || !hinting()->layer().isValid()) {
        setVariantsShown(false);
        setUnsureShown(false);
        return;
    }
    if (m_isUnsureShown)
        hinting()->doubt();
    if (m_areVariantsShown)
        hinting()->vary(variantCount, variantSide);
}

} // namespace heirloom
