// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/worker.h"

#include <QAbstractListModel>
#include <QPointer>

namespace heirloom
{

/// The jobs of one worker as a list for a panel, oldest first: waiting, running and how the ended
/// ones ended. Those without a title are not listed: a moving hand asks for many. Watches the
/// worker, owns no job. Keeps the last 200 ended ones. GUI thread.
class JobQueue : public QAbstractListModel
{
    Q_OBJECT

public:
    enum class State { Waiting, Running, Stopping, Done, Cancelled, Failed };
    struct Item {
        JobId id;
        QString title;
        Priority priority = Priority::Batch;
        State state = State::Waiting;
        ProgressReport progress;
        std::optional<Error> error; ///< set when Failed
    };
    enum Role { StateRole = Qt::UserRole, FractionRole, ReasonRole };
    static constexpr int keptEnded = 200;

    explicit JobQueue(Worker &worker, QObject *parent = nullptr);

    const QList<Item> &items() const { return m_items; }
    /// Waiting, running or stopping.
    int activeCount() const;
    /// Asks the worker; shows Stopping at once.
    void cancel(JobId id);
    void cancelAll();
    void clearEnded();

    /// "Waiting", "Running", ... translated.
    static QString stateText(State state);

    int rowCount(const QModelIndex &parent = {}) const override;
    /// DisplayRole: title; ReasonRole: why a failed one failed, a translated sentence.
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void change(JobId id, const std::function<void(Item &)> &apply);
    void dropOldEnded();

    QPointer<Worker> m_worker;
    QList<Item> m_items;
};

} // namespace heirloom
