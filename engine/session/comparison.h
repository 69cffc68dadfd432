// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"

#include <QObject>
#include <QPointer>

#include <optional>

namespace heirloom
{

class Document;
class EditorSession;

/// What a session's picture is compared with: the Original, the step before the present one, a kept
/// state or one layer alone. Follows the history and the document; when what was chosen has gone it
/// is the Original again. A view: changes no document. Begins anew with each document, so it is
/// made after one was opened. Owned by who shows the session, which outlives it; GUI thread.
class Comparison : public QObject
{
    Q_OBJECT

public:
    enum class With { Original, PreviousStep, KeptState, Layer };

    explicit Comparison(EditorSession &session, QObject *parent = nullptr);

    With with() const { return m_with; }
    int keptState() const { return m_index; }    ///< in History::snapshots(); -1: not with one
    LayerId layer() const { return m_layer; }    ///< invalid: not with a layer

    void compareWithOriginal();
    void compareWithPreviousStep();
    void compareWithKeptState(int index);
    void compareWithLayer(LayerId layer);

    /// What is on the other side, on the document's present canvas.
    struct Before {
        Snapshot state;
        LayerId alone; ///< this layer of it only; invalid: all
    };
    Before before() const;
    /// What before() is, for people: "Original", "Before \"Enlarge\"".
    QString label() const;

Q_SIGNALS:
    /// before() or label() may be something else; the document's own changes are not told.
    void changed();
    /// name (of a kept state or a layer) is no more; the Original is compared with now.
    void fellBack(const QString &name);

private:
    /// False while the session is on its way to another document.
    bool isCurrent() const;
    void choose(With with, int index = -1, LayerId layer = {});
    void followSnapshots();
    void followLayers();

    EditorSession &m_session;
    QPointer<Document> m_document; ///< another may come to lie at its address
    With m_with = With::Original;
    int m_index = -1;
    size_t m_count = 0; ///< of the kept states when m_index was right
    Snapshot m_kept;    ///< to know it again when others come and go
    LayerId m_layer;
    QString m_layerName;
};

} // namespace heirloom
