// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hintfiles.h"

#include "session/editorsession.h"
#include "session/hintsfile.h"
#include "widgets/messagebar.h"

#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>

namespace heirloom
{

namespace
{

QStringList namesFrom(const QList<Swatches::Swatch> &palette, qsizetype first)
{
    QStringList names;
    for (qsizetype i = first; i < palette.size(); ++i)
        names += palette[i].name;
    return names;
}

} // namespace

HintFiles::HintFiles(MessageBar &messages, QObject *parent)
    : QObject(parent)
    , m_messages(messages)
{
}

void HintFiles::ask(EditorSession &session, const QString &title, bool saves,
                    std::function<void(const QString &)> chosen)
{
    auto *dialog = new QFileDialog(m_messages.window(), title);
    dialog->setObjectName(QStringLiteral("hintsFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("Hints (*.json)"), tr("All files (*)")});
    const QFileInfo photo(session.path().isEmpty() ? session.name() : session.path());
    dialog->setDirectory(photo.absolutePath());
    if (saves) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("json"));
        dialog->selectFile(tr("%1-hints.json").arg(photo.completeBaseName()));
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
    }
    connect(dialog, &QFileDialog::fileSelected, &session, std::move(chosen));
    dialog->open();
}

void HintFiles::save(EditorSession &session, const ColorHints &hints)
{
    ask(session, tr("Save hints"), true, [this, hints](const QString &path) {
        if (const auto written = writeHintsFile(hints, path); !written)
            m_messages.showError(written.error());
        else
            m_messages.showDone(tr("Written: %1").arg(path));
    });
}

void HintFiles::load(EditorSession &session)
{
    ask(session, tr("Load hints"), false, [this, &session](const QString &path) {
        if (const auto hints = readHintsFile(path); !hints)
            m_messages.showError(hints.error());
        else
            Q_EMIT loaded(&session, *hints);
    });
}

void HintFiles::loadPalette(EditorSession &session)
{
    ask(session, tr("Take colours from hints"), false, [this](const QString &path) {
        const auto hints = readHintsFile(path);
        if (!hints)
            return m_messages.showError(hints.error());
        const auto before = m_palette.size();
        addNamed(m_palette, *hints);
        m_messages.showNote(
            m_palette.size() > before
                ? tr("Under Materials, My colours, now: %1.")
                      .arg(namesFrom(m_palette, before).join(QStringLiteral(", ")))
                : tr("No hint in this file has a name. Name hints, such as uniform, and save "
                     "them to use their colours again."));
        Q_EMIT paletteChanged();
    });
}

void HintFiles::addNamed(QList<Swatches::Swatch> &palette, const ColorHints &hints)
{
    for (const ColorHint &hint : hints.all) {
        const bool isKnown = std::any_of(palette.begin(), palette.end(), [&](const auto &swatch) {
            return swatch.name == hint.name;
        });
        if (!hint.name.isEmpty() && hint.kind != ColorHint::Kind::KeepGrey && !isKnown)
            palette.append({QColor::fromRgb(hint.color), hint.name});
    }
}

} // namespace heirloom
