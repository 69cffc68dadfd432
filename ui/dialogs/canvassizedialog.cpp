// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/canvassizedialog.h"

#include "core/errortext.h"
#include "dialogs/formdialog.h"
#include "edit/sizelimits.h"
#include "widgets/sizetext.h"

#include <QButtonGroup>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int largestSide = 1'000'000; ///< of what can be typed; what is too large is said
constexpr int middle = 4;

QSpinBox *field(const char *name, const QString &text, int value)
{
    auto *box = new QSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setRange(1, largestSide);
    box->setValue(value);
    box->setSuffix(CanvasSizeDialog::tr(" px"));
    box->setAccessibleName(text);
    box->setToolTip(text);
    box->setWhatsThis(text);
    return box;
}

} // namespace

CanvasSizeDialog::CanvasSizeDialog(QSize size, bool transparent, QWidget *parent)
    : QDialog(parent)
    , m_from(size)
    , m_width(field("canvasWidth", tr("Width of the canvas"), size.width()))
    , m_height(field("canvasHeight", tr("Height of the canvas"), size.height()))
    , m_anchor(new QButtonGroup(this))
    , m_result(new QLabel)
    , m_problem(new QLabel)
{
    setObjectName(QStringLiteral("canvasSizeDialog"));
    setWindowTitle(tr("Canvas size"));
    build(transparent);
    refresh();
}

void CanvasSizeDialog::build(bool transparent)
{
    const QString places[] = {tr("Top left"),     tr("Top"),         tr("Top right"),
                              tr("Left"),         tr("Middle"),      tr("Right"),
                              tr("Bottom left"),  tr("Bottom"),      tr("Bottom right")};
    auto *grid = new QGridLayout;
    grid->setSpacing(4);
    for (int i = 0; i < 9; ++i) {
        auto *button = new QPushButton;
        button->setObjectName(QStringLiteral("anchor%1").arg(i));
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setProperty("segment", true);
        button->setFixedSize(32, 30);
        button->setAccessibleName(places[i]);
        button->setToolTip(tr("The picture lies here: %1").arg(places[i]));
        button->setWhatsThis(button->toolTip());
        m_anchor->addButton(button, i);
        grid->addWidget(button, i / 3, i % 3);
    }
    m_anchor->button(middle)->setChecked(true);
    m_result->setObjectName(QStringLiteral("canvasResult"));
    m_result->setWordWrap(true);
    m_result->setProperty("quiet", true);
    m_problem->setObjectName(QStringLiteral("canvasProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *note = new QLabel(transparent ? tr("The picture keeps its size. New room is transparent; "
                                             "what is cut off stays in the layers.")
                                        : tr("The picture keeps its size. New room is white; what "
                                             "is cut off stays in the layers."));
    note->setWordWrap(true);
    note->setProperty("quiet", true);

    QFormLayout *form = newForm();
    form->addRow(tr("&Width"), m_width);
    form->addRow(tr("&Height"), m_height);
    auto *gridRow = new QHBoxLayout;
    gridRow->addLayout(grid);
    gridRow->addStretch(1);
    auto *place = new QLabel(tr("&Picture lies"));
    place->setBuddy(m_anchor->button(middle));
    form->addRow(place, gridRow);
    form->addRow(tr("Change"), m_result);
    m_accept = layOutForm(*this, form, {note, m_problem}, tr("Change canvas"), "canvasAccept");
    setMinimumWidth(400);

    connect(m_width, &QSpinBox::valueChanged, this, &CanvasSizeDialog::refresh);
    connect(m_height, &QSpinBox::valueChanged, this, &CanvasSizeDialog::refresh);
    connect(m_anchor, &QButtonGroup::idToggled, this, &CanvasSizeDialog::refresh);
}

QSize CanvasSizeDialog::size() const
{
    return {m_width->value(), m_height->value()};
}

QPoint CanvasSizeDialog::offset() const
{
    const int at = std::max(0, m_anchor->checkedId());
    const auto shift = [](int room, int third) { return int(std::floor(room * third / 2.0)); };
    return {shift(m_width->value() - m_from.width(), at % 3),
            shift(m_height->value() - m_from.height(), at / 3)};
}

void CanvasSizeDialog::refresh()
{
    // What is won or lost on each side, in words.
    const QPoint at = offset();
    const QSize far = size() - m_from - QSize(at.x(), at.y());
    const std::pair<QString, int> sides[] = {{tr("left"), at.x()},
                                             {tr("top"), at.y()},
                                             {tr("right"), far.width()},
                                             {tr("bottom"), far.height()}};
    QStringList parts;
    for (const auto &[name, change] : sides) {
        if (change != 0)
            parts << tr("%1 %2%3 px").arg(name, change > 0 ? QStringLiteral("+") : QString(),
                                          QLocale().toString(change));
    }
    m_result->setText(parts.isEmpty() ? tr("none") : parts.join(QStringLiteral(", ")));
    const auto fits = checkCanvasSize(size());
    m_problem->setText(fits ? QString() : errorSentence(fits.error()));
    m_problem->setVisible(!fits);
    m_accept->setEnabled(fits && size() != m_from);
}

} // namespace heirloom
