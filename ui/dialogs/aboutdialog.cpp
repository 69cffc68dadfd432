// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/aboutdialog.h"

#include "inference/modelstore.h"
#include "session/modelenvironment.h"

#include <QDialogButtonBox>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int pictureSide = 72;

} // namespace

AboutDialog::AboutDialog(ModelEnvironment &models, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About Heirloom"));
    auto *picture = new QLabel;
    picture->setPixmap(QIcon(QStringLiteral(":/icons/heirloom.svg"))
                           .pixmap(QSize(pictureSide, pictureSide), devicePixelRatioF()));
    auto *text = new QLabel(
        tr("<h2>Heirloom %1</h2><p>Brings old photos back: what a computer adds stays "
           "visible as such, and the photo itself is never changed.</p>"
           "<p>Heirloom uses the network only when you fetch models yourself. It sends nothing "
           "about you or your photos anywhere.</p>"
           "<p>Free software under the GNU General Public License, version 3 or later.</p>")
            .arg(QStringLiteral(HEIRLOOM_VERSION)));
    text->setWordWrap(true);

    QString list;
    for (const ModelEntry &entry : models.store().entries()) {
        const ModelPack &pack = entry.pack;
        if (entry.active && !pack.name.isEmpty())
            list += tr("<p><b>%1</b>, %2<br>By %3. Trained on: %4</p>")
                        .arg(pack.name.toHtmlEscaped(), pack.licence.toHtmlEscaped(),
                             pack.author.toHtmlEscaped(), pack.trainingData.toHtmlEscaped());
    }
    auto *networks = new QLabel(list.isEmpty() ? tr("No networks are installed.")
                                               : tr("<h3>Networks</h3>%1").arg(list));
    networks->setWordWrap(true);
    networks->setAlignment(Qt::AlignTop);
    networks->setMargin(2);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(networks);
    scroll->setAccessibleName(tr("Networks"));

    auto *top = new QHBoxLayout;
    top->addWidget(picture, 0, Qt::AlignTop);
    top->addWidget(text, 1);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    resize(560, 520);
}

} // namespace heirloom
