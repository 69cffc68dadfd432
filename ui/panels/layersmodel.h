// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "document/layer.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>

namespace heirloom
{

class EditorSession;

/// The layers of a session's document for a list, the topmost first. Edits go through the session's
/// editor; the model follows the document. GUI thread.
class LayersModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        LayerRole = Qt::UserRole, ///< quint64
        KindRole,                 ///< LayerKind as int
        ShownRole,                ///< bool, the eye; can be set
        LockedRole,
        NoteRole,          ///< what is worth saying below the name; may be empty
        ThumbnailRole,     ///< QImage
        MaskThumbnailRole, ///< QImage; null: no mask
        MaskEnabledRole,
    };
    static constexpr int thumbnailSide = 40;

    using QAbstractListModel::QAbstractListModel;

    void setSession(EditorSession *session);
    LayerId layerAt(const QModelIndex &index) const;
    QModelIndex indexOf(LayerId layer) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

Q_SIGNALS:
    void refused(const heirloom::Error &error);

private:
    struct Thumbnail {
        TiledBuffer of; ///< pixels it was made from; tiles are shared
        QImage image;
    };
    const Layer *layer(const QModelIndex &index) const;
    QString description(const Layer &layer) const;
    QImage thumbnail(QHash<quint64, Thumbnail> &kept, LayerId id, const TiledBuffer &pixels,
                     const ColorProfile &profile) const;

    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr; ///< of the connections to the present document
    mutable QHash<quint64, Thumbnail> m_pictures, m_masks;
};

} // namespace heirloom
