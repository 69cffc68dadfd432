// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "clipboardcontroller.h"

#include "actions.h"
#include "document/document.h"
#include "edit/sizelimits.h"
#include "image/qtbridge.h"
#include "incomingpicture.h"
#include "opencontroller.h"
#include "session/editorsession.h"
#include "session/screencopy.h"
#include "session/sessionjobs.h"
#include "widgets/sizetext.h"

#include <QClipboard>
#include <QColorSpace>
#include <QGuiApplication>

#include <memory>

namespace heirloom
{

ClipboardController::ClipboardController(Actions &actions, OpenController &open, QWidget *window)
    : QObject(window)
    , m_actions(actions)
    , m_open(open)
{
    const auto on = [this](ActionId id, auto function) {
        connect(m_actions[id], &QAction::triggered, this, function);
    };
    on(ActionId::Copy, [this] { copy(); });
    on(ActionId::Paste, [this] { paste(LayerImport::Place::Centred); });
    on(ActionId::PasteInPlace, [this] { paste(LayerImport::Place::Corner); });
    on(ActionId::PasteNew, [this] { m_open.pasteClipboard(); });
    setSession(nullptr);
}

void ClipboardController::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    const auto update = [this] {
        const bool open = m_session && m_session->document();
        m_actions[ActionId::Copy]->setEnabled(open);
        m_actions[ActionId::PasteInPlace]->setEnabled(open);
    };
    if (session)
        connect(session, &EditorSession::documentReplaced, m_watch, update);
    update();
}

void ClipboardController::copy()
{
    if (!m_session || !m_session->document())
        return;
    const QSize size = m_session->document()->canvas().size;
    if (!checkSizeAgainst(size, maxCopiedPixels)) {
        Q_EMIT noted(tr("The picture has %1, too many for the clipboard, which is given at most "
                        "%2. Export it, or crop a part of it.")
                         .arg(megapixelsText(size))
                         .arg(maxCopiedPixels / 1'000'000));
        return;
    }
    follow(m_session->jobs().submit<QImage>(
        tr("Copy picture"), Priority::Interactive,
        [snapshot = m_session->document()->snapshot(),
         store = m_session->tileStore()](const Progress &progress) {
            return screenCopy(snapshot, store, progress);
        },
        [](JobId, const QImage &image) { QGuiApplication::clipboard()->setImage(image); }));
}

void ClipboardController::paste(LayerImport::Place place)
{
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
    const bool open = m_session && m_session->document();
    const IncomingPicture incoming =
        mime && open ? IncomingPicture::from(*mime) : IncomingPicture();
    if (!incoming.isLoose())
        return m_open.pasteClipboard();
    LayerImport import;
    import.name = tr("Pasted picture");
    import.place = place;
    import.bytes = incoming.bytes;
    if (import.bytes.isEmpty()) {
        import.image = fromQImage(incoming.image);
        import.icc = incoming.image.colorSpace().iccProfile();
    }
    follow(importLayer(*m_session, import));
}

void ClipboardController::follow(JobId job)
{
    auto connection = std::make_shared<QMetaObject::Connection>();
    *connection = connect(m_session, &EditorSession::finished, this,
                          [this, job, connection](JobId id, const Outcome &outcome) {
                              if (id != job)
                                  return;
                              disconnect(*connection);
                              if (outcome.kind == Outcome::Kind::Failed)
                                  Q_EMIT failed(*outcome.error);
                          });
}

} // namespace heirloom
