// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/layersmodel.h"

#include "document/adjustment.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "panels/layerthumbnail.h"
#include "session/ailayers.h"
#include "session/editorsession.h"

#include <QMimeData>

namespace heirloom
{

namespace
{

constexpr auto mimeType = "application/x-heirloom-layer";

} // namespace

void LayersModel::setSession(EditorSession *session)
{
    beginResetModel();
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    m_pictures.clear();
    m_masks.clear();
    if (session && session->document()) {
        Document *document = session->document();
        connect(document, &Document::stackChanged, m_watch, [this] {
            beginResetModel();
            endResetModel();
        });
        connect(document, &Document::layerChanged, m_watch, [this](LayerId id) {
            const QModelIndex index = indexOf(id);
            if (index.isValid())
                Q_EMIT dataChanged(index, index);
        });
    }
    if (session) {
        connect(&session->aiLayers(), &AiLayers::changed, m_watch, [this] {
            if (const int rows = rowCount(); rows > 0)
                Q_EMIT dataChanged(index(0), index(rows - 1), {NoteRole});
        });
        connect(session, &EditorSession::documentReplaced, m_watch,
                [this, session] { setSession(session); });
    }
    endResetModel();
}

const Layer *LayersModel::layer(const QModelIndex &index) const
{
    if (!m_session || !m_session->document() || !index.isValid())
        return nullptr;
    const LayerStack &stack = m_session->document()->stack();
    return index.row() < stack.count() ? &stack.at(stack.count() - 1 - index.row()) : nullptr;
}

LayerId LayersModel::layerAt(const QModelIndex &index) const
{
    const Layer *found = layer(index);
    return found ? found->id : LayerId();
}

QModelIndex LayersModel::indexOf(LayerId id) const
{
    if (!m_session || !m_session->document())
        return {};
    const LayerStack &stack = m_session->document()->stack();
    const int place = stack.indexOf(id);
    return place < 0 ? QModelIndex() : index(stack.count() - 1 - place);
}

int LayersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_session || !m_session->document()
               ? 0
               : m_session->document()->stack().count();
}

QImage LayersModel::thumbnail(QHash<quint64, Thumbnail> &kept, LayerId id,
                              const TiledBuffer &pixels, const ColorProfile &profile) const
{
    if (pixels.isNull())
        return {};
    Thumbnail &entry = kept[id.value()];
    if (entry.of.isNull() || !entry.of.sharesAllTilesWith(pixels)) {
        entry.of = pixels;
        entry.image = layerThumbnail(pixels, profile, thumbnailSide * 2);
    }
    return entry.image;
}

/// All that a row shows, for those who hear it.
QString LayersModel::description(const Layer &layer) const
{
    const QString kind = layer.kind == LayerKind::Original     ? tr("the scan itself")
                         : layer.kind == LayerKind::Ai         ? tr("computed layer")
                         : layer.kind == LayerKind::Adjustment ? tr("adjustment")
                                                               : tr("pixel layer");
    QStringList parts{layer.name, kind};
    if (!layer.visible)
        parts << tr("hidden");
    if (layer.locked && layer.kind != LayerKind::Original)
        parts << tr("locked");
    if (!layer.mask.isNull())
        parts << (layer.mask.enabled ? tr("with a mask") : tr("with a mask that is left out"));
    const QString note = data(indexOf(layer.id), NoteRole).toString();
    if (!note.isEmpty())
        parts << note;
    return parts.join(QStringLiteral(", "));
}

QVariant LayersModel::data(const QModelIndex &index, int role) const
{
    const Layer *l = layer(index);
    if (!l)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return l->name;
    case Qt::AccessibleTextRole:
        return description(*l);
    case Qt::ToolTipRole:
        return l->name;
    case LayerRole:
        return l->id.value();
    case KindRole:
        return int(l->kind);
    case ShownRole:
        return l->visible;
    case LockedRole:
        return l->locked;
    case NoteRole: {
        QStringList parts;
        if (l->kind == LayerKind::Adjustment) {
            if (const AdjustmentInfo *info = findAdjustment(l->adjustment.id);
                info && info->title != l->name)
                parts << info->title;
        }
        if (l->kind == LayerKind::Ai) {
            const AiState state = m_session->aiLayers().state(l->id);
            if (state == AiState::OutOfDate)
                parts << tr("Out of date");
            else if (state == AiState::Pending)
                parts << tr("Working\u2026");
        }
        if (l->blendMode != BlendMode::Normal)
            parts << blendModeName(l->blendMode);
        if (l->opacity < 1)
            parts << tr("%1 %").arg(qRound(l->opacity * 100));
        return parts.join(QStringLiteral(", "));
    }
    case ThumbnailRole:
        return turnedAsOnCanvas(thumbnail(m_pictures, l->id, l->pixels, l->profile),
                                l->pixels.size(), l->transform);
    case MaskThumbnailRole:
        return turnedAsOnCanvas(thumbnail(m_masks, l->id, l->mask.pixels,
                                          ColorProfile::forUntagged({Channels::Gray, Depth::U8})),
                                l->mask.pixels.size(), l->mask.transform);
    case MaskEnabledRole:
        return l->mask.enabled;
    default:
        return {};
    }
}

bool LayersModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const LayerId id = layerAt(index);
    if (!id.isValid() || (role != Qt::EditRole && role != ShownRole))
        return false;
    DocumentEditor &editor = m_session->editor();
    const auto done = role == Qt::EditRole ? editor.rename(id, value.toString())
                                           : editor.setVisible(id, value.toBool());
    if (!done)
        Q_EMIT refused(done.error());
    return bool(done);
}

Qt::ItemFlags LayersModel::flags(const QModelIndex &index) const
{
    const Layer *l = layer(index);
    if (!l)
        return Qt::ItemIsDropEnabled; // between the rows
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable;
    if (!l->locked)
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

QStringList LayersModel::mimeTypes() const
{
    return {QLatin1String(mimeType)};
}

QMimeData *LayersModel::mimeData(const QModelIndexList &indexes) const
{
    auto *data = new QMimeData;
    data->setData(QLatin1String(mimeType), QByteArray::number(layerAt(indexes.value(0)).value()));
    return data;
}

bool LayersModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int,
                               const QModelIndex &parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(QLatin1String(mimeType)) || !m_session)
        return false;
    const LayerId id(data->data(QLatin1String(mimeType)).toULongLong());
    const int from = indexOf(id).row();
    if (from < 0)
        return false;
    int to = parent.isValid() ? parent.row() : row < 0 ? rowCount() : row;
    if (!parent.isValid() && to > from)
        --to; // the row it leaves closes
    const int count = rowCount();
    if (const auto done = m_session->editor().move(id, count - 1 - std::clamp(to, 0, count - 1));
        !done)
        Q_EMIT refused(done.error());
    return false; // the document moved it; the view must not remove anything
}

} // namespace heirloom
