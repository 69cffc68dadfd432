// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/colorpanel.h"

#include "panels/hinteditor.h"
#include "panels/hintlist.h"
#include "theme/icon.h"
#include "widgets/flowlayout.h"
#include "widgets/progressstrip.h"
#include "widgets/valueslider.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int mostSaturation = 200;
constexpr int mostWarmth = 100;

} // namespace

ColorPanel::ColorPanel(QWidget *parent)
    : QWidget(parent)
    , m_hint(new QLabel)
    , m_note(new QLabel)
    , m_color(new QPushButton(tr("Colour this photo")))
    , m_progress(new ProgressStrip)
    , m_editor(new HintEditor)
    , m_list(new HintList)
    , m_inside(new QPushButton(tr("Colour only what is selected")))
    , m_more(new QWidget)
    , m_unsure(new QPushButton(tr("Unsure here")))
    , m_variants(new QPushButton(tr("Other colours")))
    , m_pictures(new QWidget)
    , m_look(new QWidget)
    , m_saturation(new ValueSlider(tr("Saturation"), 0, mostSaturation, 100))
    , m_warmth(new ValueSlider(tr("Warmth"), -mostWarmth, mostWarmth, 0))
    , m_strength(new ValueSlider(tr("Strength"), 0, 100, 100))
{
    setObjectName(QStringLiteral("colorPanel"));
    m_hint->setObjectName(QStringLiteral("colorHint"));
    m_hint->setProperty("quiet", true);
    m_hint->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("colorNote"));
    m_note->setWordWrap(true);
    m_note->hide();
    m_color->setObjectName(QStringLiteral("colorButton"));
    m_color->setProperty("primary", true);
    m_color->setToolTip(tr("Colours the photo in a layer of its own; the photo itself stays"));
    m_color->setWhatsThis(m_color->toolTip());
    m_saturation->slider()->setObjectName(QStringLiteral("colorSaturation"));
    m_saturation->setWhatsThis(tr("How strong the colours are"));
    m_warmth->slider()->setObjectName(QStringLiteral("colorWarmth"));
    m_warmth->setWhatsThis(tr("Below 0 bluer, above 0 yellower; what is grey stays grey"));
    m_strength->slider()->setObjectName(QStringLiteral("colorStrength"));
    m_strength->setWhatsThis(tr("How much of the colour layer is seen: its opacity"));

    auto *look = new QVBoxLayout(m_look);
    look->setContentsMargins(0, 0, 0, 0);
    look->setSpacing(8);
    for (QWidget *w : {m_saturation, m_warmth, m_strength})
        look->addWidget(w);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(10);
    for (QWidget *w : std::initializer_list<QWidget *>{buildHead(), m_hint, m_note, m_color,
                                                       m_progress, m_inside, m_editor, m_list,
                                                       buildMore(), m_pictures, m_look})
        layout->addWidget(w);
    layout->addStretch(1);

    connect(m_color, &QPushButton::clicked, this, &ColorPanel::colorRequested);
    connect(m_progress, &ProgressStrip::cancelled, this, &ColorPanel::cancelRequested);
    for (ValueSlider *slider : {m_saturation, m_warmth}) {
        connect(slider, &ValueSlider::valueChanged, this, &ColorPanel::tasteMoving);
        connect(slider, &ValueSlider::committed, this, &ColorPanel::tasteChanged);
    }
    connect(m_strength, &ValueSlider::valueChanged, this, &ColorPanel::strengthMoving);
    connect(m_strength, &ValueSlider::committed, this, &ColorPanel::strengthChanged);
    setState(State::Nothing);
}

/// For when hints alone do not help.
QWidget *ColorPanel::buildMore()
{
    m_inside->setObjectName(QStringLiteral("colorInside"));
    m_inside->setToolTip(tr("A layer of its own inside the selection: hints there change nothing "
                            "outside of it"));
    m_inside->setWhatsThis(m_inside->toolTip());
    m_unsure->setObjectName(QStringLiteral("unsureHere"));
    m_unsure->setToolTip(tr("Shows where the network does not know the colour; N goes to the next "
                            "such place"));
    m_variants->setObjectName(QStringLiteral("otherColourings"));
    m_variants->setToolTip(tr("Other plausible colourings of the whole, to choose from"));
    auto *row = new QHBoxLayout(m_more);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (QPushButton *button : {m_unsure, m_variants}) {
        button->setCheckable(true);
        button->setWhatsThis(button->toolTip());
        row->addWidget(button, 1);
    }
    m_pictures->setObjectName(QStringLiteral("variants"));
    m_pictures->setLayout(new FlowLayout(6));
    m_pictures->hide();
    connect(m_inside, &QPushButton::clicked, this, &ColorPanel::insideRequested);
    connect(m_unsure, &QPushButton::clicked, this, &ColorPanel::unsureToggled);
    connect(m_variants, &QPushButton::clicked, this, &ColorPanel::variantsToggled);
    return m_more;
}

void ColorPanel::setVariants(const QList<QImage> &pictures, int current)
{
    QLayout *layout = m_pictures->layout();
    while (QLayoutItem *item = layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was just clicked
        delete item;
    }
    for (qsizetype i = 0; i < pictures.size(); ++i) {
        auto *button = new QToolButton;
        button->setObjectName(QStringLiteral("variant%1").arg(i));
        button->setIcon(QPixmap::fromImage(pictures[i]));
        button->setIconSize(pictures[i].size());
        button->setCheckable(true);
        button->setChecked(i == current);
        button->setToolTip(i == 0 ? tr("The likeliest") : tr("Another one, number %1").arg(i));
        button->setAccessibleName(button->toolTip());
        connect(button, &QToolButton::clicked, this,
                [this, number = int(i)] { Q_EMIT variantChosen(number); });
        layout->addWidget(button);
    }
    m_variants->setChecked(!pictures.isEmpty());
    m_pictures->setVisible(!pictures.isEmpty());
    // What scrolls around the page asks for its least height, which knows of no rows.
    const int width = this->layout()->contentsRect().width();
    m_pictures->setMinimumHeight(pictures.isEmpty() ? 0 : layout->heightForWidth(width));
}

void ColorPanel::setLearned(bool learned)
{
    m_isLearned = learned;
    m_editor->setSuggestionsExpected(learned);
    showMore();
}

void ColorPanel::setUnsureShown(bool shown)
{
    m_unsure->setChecked(shown);
}

void ColorPanel::setOwnKept(bool kept)
{
    m_own->setChecked(kept);
}

void ColorPanel::setSkinFound(bool found)
{
    m_skin->setChecked(found);
}

void ColorPanel::setSubjectUsed(bool used)
{
    m_subject->setChecked(used);
}

void ColorPanel::setCanColorInside(bool can)
{
    m_canColorInside = can;
    showMore();
}

void ColorPanel::showMore()
{
    m_more->setVisible(m_state == State::Coloured && m_isLearned);
    // The twin makes nothing of a layer without hints.
    m_inside->setVisible(m_state == State::Coloured && m_isLearned && m_canColorInside);
}

/// The heading with a menu of what is seldom wanted.
QWidget *ColorPanel::buildHead()
{
    auto *title = new QLabel(tr("Colour"));
    title->setProperty("heading", true);
    auto *menu = new QMenu(this);
    QAction *marks = menu->addAction(tr("Show the &marks of hints"));
    marks->setObjectName(QStringLiteral("showMarks"));
    marks->setCheckable(true);
    marks->setChecked(true);
    menu->addSeparator();
    m_save = menu->addAction(tr("&Save hints..."));
    QAction *load = menu->addAction(tr("&Load hints..."));
    m_save->setObjectName(QStringLiteral("saveHints"));
    load->setObjectName(QStringLiteral("loadHints"));
    QAction *palette = menu->addAction(tr("Take my &colours from a file..."));
    palette->setToolTip(tr("Named colours of another photo's hints, for Materials"));
    m_own = menu->addAction(tr("Keep its &own colours, stronger"));
    m_own->setObjectName(QStringLiteral("keepOwnColors"));
    m_own->setToolTip(tr("For faded colour photos: what is left of their colours leads"));
    m_own->setCheckable(true);
    m_skin = menu->addAction(tr("Skin in &faces"));
    m_skin->setObjectName(QStringLiteral("skinInFaces"));
    m_skin->setToolTip(
        tr("Faces that are found get the colour of skin; a hint in a face counts more"));
    m_skin->setCheckable(true);
    m_subject = menu->addAction(tr("&Hints spread over the subject"));
    m_subject->setObjectName(QStringLiteral("hintsKnowSubject"));
    m_subject->setToolTip(tr("A hint colours all of a person or thing until there are more, and "
                             "stops at its edge"));
    m_subject->setCheckable(true);
    menu->addSeparator();
    QAction *pin = menu->addAction(tr("&Pin this photo as a reference"));
    pin->setObjectName(QStringLiteral("pinReference"));
    auto *more = new QToolButton;
    more->setObjectName(QStringLiteral("colorMore"));
    more->setIcon(icon("more"));
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setAccessibleName(tr("More for Colour"));
    more->setToolTip(more->accessibleName());
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(title, 1);
    row->addWidget(more);
    connect(marks, &QAction::toggled, this, &ColorPanel::marksToggled);
    connect(m_save, &QAction::triggered, this, &ColorPanel::saveRequested);
    connect(load, &QAction::triggered, this, &ColorPanel::loadRequested);
    connect(palette, &QAction::triggered, this, &ColorPanel::paletteRequested);
    connect(pin, &QAction::triggered, this, &ColorPanel::pinRequested);
    connect(m_own, &QAction::triggered, this, &ColorPanel::ownToggled);
    connect(m_skin, &QAction::triggered, this, &ColorPanel::skinToggled);
    connect(m_subject, &QAction::triggered, this, &ColorPanel::subjectToggled);
    return head;
}

void ColorPanel::setState(State state)
{
    m_state = state;
    m_save->setEnabled(state == State::Coloured);
    m_own->setEnabled(state == State::Coloured);
    m_skin->setEnabled(state == State::Coloured);
    m_subject->setEnabled(state == State::Coloured);
    showMore();
    setEnabled(state != State::Nothing);
    m_color->setVisible(state == State::Nothing || state == State::Grey);
    m_look->setVisible(state == State::Coloured);
    if (state != State::Making)
        m_progress->end();
    else if (!m_progress->isVisibleTo(this))
        m_progress->begin(tr("Colour"));
    m_hint->setText(state == State::Coloured
                        ? tr("Where a colour is wrong, click and choose another one.")
                        : tr("A network that has seen many photographs guesses the colours. You "
                             "correct them after that."));
}

void ColorPanel::setNote(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void ColorPanel::setProgress(const ProgressReport &report)
{
    m_progress->report(report);
}

ColorTaste ColorPanel::taste() const
{
    return {double(m_saturation->value()), double(m_warmth->value())};
}

void ColorPanel::setLook(const ColorTaste &taste, int strength)
{
    const auto set = [](ValueSlider *slider, double value) {
        if (!slider->slider()->isSliderDown())
            slider->setValue(int(std::lround(value)));
    };
    set(m_saturation, taste.saturation);
    set(m_warmth, taste.warmth);
    set(m_strength, strength);
}

} // namespace heirloom
