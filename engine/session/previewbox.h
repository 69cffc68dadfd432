// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <QObject>
#include <QRect>

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace heirloom
{

/// Carries finished pieces from the engine thread to the owner's: the engine thread puts them in
/// and wakes the receiver, which empties the box on its own thread. The receiver closes the box
/// before it dies; what comes later is dropped.
class PreviewBox
{
public:
    using Piece = std::pair<QRect, Image>;

    PreviewBox(QObject *receiver, std::function<void()> wake)
        : m_receiver(receiver)
        , m_wake(std::move(wake))
    {
    }

    void put(const QRect &place, const Image &pixels)
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_receiver)
            return;
        m_pieces.emplace_back(place, pixels);
        if (m_pieces.size() == 1)
            QMetaObject::invokeMethod(m_receiver, m_wake, Qt::QueuedConnection);
    }

    std::vector<Piece> take()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_pieces, {});
    }

    void close()
    {
        const std::scoped_lock lock(m_mutex);
        m_receiver = nullptr;
        m_pieces.clear();
    }

private:
    std::mutex m_mutex;
    QObject *m_receiver;
    std::function<void()> m_wake;
    std::vector<Piece> m_pieces;
};

} // namespace heirloom
