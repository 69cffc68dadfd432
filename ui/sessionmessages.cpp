// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionmessages.h"

#include "canvas/canvasview.h"
#include "operation/colorize.h"
#include "operation/registry.h"
#include "session/workspace.h"
#include "widgets/messagebar.h"

#include <QLocale>
#include <QPointer>

namespace heirloom
{

SessionMessages::SessionMessages(Workspace &workspace, MessageBar &bar, CanvasView &canvas,
                                 QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_bar(bar)
    , m_canvas(canvas)
{
    connect(&workspace, &Workspace::opened, this, &SessionMessages::watch);
    connect(&workspace, &Workspace::openFailed, this,
            [this](JobId, const Error &error) { m_bar.showError(error); });
    // What was said of one photo would be read as said of the other.
    connect(&workspace, &Workspace::currentChanged, &bar, [this](const EditorSession *session) {
        m_bar.dismiss();
        if (session)
            showNotices(*session);
    });
}

void SessionMessages::watch(EditorSession *session)
{
    connect(session, &EditorSession::noticesChanged, this, [this, session] {
        if (isCurrent(session))
            showNotices(*session);
    });
    connect(session, &EditorSession::dropped, this, [this, session] {
        m_bar.showNote(tr("The picture was cut or turned while it was being worked on, so the "
                          "result was left out. Do it again for the present picture."));
        offerToGo(session);
    });
    connect(session, &EditorSession::unneeded, this,
            [this, session](JobId, const OperationRecord &record) {
                m_bar.showNote(record.warnings.join(u' '));
                offerToGo(session);
            });
}

bool SessionMessages::isCurrent(const EditorSession *session) const
{
    return session == m_workspace.current();
}

void SessionMessages::offerToGo(EditorSession *session)
{
    if (isCurrent(session))
        return;
    m_bar.setAction(tr("Go to %1").arg(session->name()), [this, open = QPointer(session)] {
        if (open)
            m_workspace.setCurrent(open);
    });
}

void SessionMessages::showNotices(const EditorSession &session)
{
    QStringList texts;
    for (const Notice &notice : session.notices()) {
        if (notice.kind == Notice::Kind::MissingRows || notice.kind == Notice::Kind::MorePages)
            texts << noticeText(notice);
    }
    if (!texts.isEmpty())
        m_bar.showNote(texts.join(u' '));
}

void SessionMessages::showApplied(EditorSession *session, const OperationRecord &record)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const OperationInfo *info = registry.find(record.operation);
    const QString done = info ? info->resultTitle : record.operation;
    if (!isCurrent(session)) {
        m_bar.showDone(tr("%1: %2.").arg(session->name(), done));
        return offerToGo(session);
    }
    // Colour's page says what comes next, and may have had something to say of the photo.
    if (record.operation == Colorize::id() && record.warnings.isEmpty())
        return;
    // What was done in one place is looked at there, whole; what is corrected by hand, too.
    const bool isWhole = record.operation == Colorize::id() || (info && info->takesMask);
    if (!isWhole && m_canvas.compareMode() == CompareMode::Off)
        m_canvas.setCompareMode(CompareMode::Split);
    QString text =
        isWhole ? tr("%1.").arg(done) : tr("%1. Drag the line to compare.").arg(done);
    for (const QString &warning : record.warnings)
        text += u' ' + warning;
    m_bar.showDone(text);
    if (isWhole)
        return;
    m_bar.setAction(tr("Look at 100 %"), [this] { m_canvas.zoomTo(1); });
}

void SessionMessages::showExported(EditorSession *, const ExportReport &report)
{
    QString text = tr("Written: %1 (%2)")
                       .arg(report.path,
                            QLocale().formattedDataSize(report.bytes, 1,
                                                        QLocale::DataSizeTraditionalFormat));
    for (const QString &warning : report.warnings)
        text += u' ' + warning;
    m_bar.showDone(text);
}

void SessionMessages::showSaved(EditorSession *, const QString &path)
{
    m_bar.showDone(tr("Saved with layers: %1").arg(path));
}

void SessionMessages::showFailed(EditorSession *session, const Error &error)
{
    m_bar.showError(error);
    offerToGo(session);
}

void SessionMessages::showCancelled(EditorSession *session)
{
    if (isCurrent(session))
        m_bar.showNote(tr("Cancelled. The picture is as it was."));
}

} // namespace heirloom
