// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobqueue.h"

#include "core/errortext.h"

#include <algorithm>

namespace heirloom
{

namespace
{

bool isEnded(const JobQueue::Item &item)
{
    return item.state >= JobQueue::State::Done;
}

} // namespace

JobQueue::JobQueue(Worker &worker, QObject *parent)
    : QAbstractListModel(parent)
    , m_worker(&worker)
{
    connect(&worker, &Worker::queued, this, [this](JobId id, const QString &title, Priority p) {
        if (title.isEmpty())
            return;
        const int row = int(m_items.size());
        beginInsertRows({}, row, row);
        Item item;
        item.id = id;
        item.title = title;
        item.priority = p;
        m_items.append(std::move(item));
        endInsertRows();
    });
    connect(&worker, &Worker::started, this, [this](JobId id) {
        change(id, [](Item &item) {
            if (item.state == State::Waiting)
                item.state = State::Running;
        });
    });
    connect(&worker, &Worker::progressed, this, [this](JobId id, const ProgressReport &report) {
        change(id, [&](Item &item) { item.progress = report; });
    });
    connect(&worker, &Worker::finished, this, [this](JobId id, const Outcome &outcome) {
        change(id, [&](Item &item) {
            item.error = outcome.error;
            switch (outcome.kind) {
            case Outcome::Kind::Done:
                item.state = State::Done;
                item.progress.fraction = 1;
                break;
            case Outcome::Kind::Cancelled:
                item.state = State::Cancelled;
                break;
            case Outcome::Kind::Failed:
                item.state = State::Failed;
                break;
            }
        });
        dropOldEnded();
    });
}

int JobQueue::activeCount() const
{
    return int(std::count_if(m_items.begin(), m_items.end(), std::not_fn(isEnded)));
}

void JobQueue::cancel(JobId id)
{
    change(id, [](Item &item) {
        if (!isEnded(item))
            item.state = State::Stopping;
    });
    if (m_worker)
        m_worker->cancel(id);
}

void JobQueue::cancelAll()
{
    QList<JobId> active;
    for (const Item &item : std::as_const(m_items)) {
        if (!isEnded(item))
            active.append(item.id);
    }
    for (const JobId id : std::as_const(active))
        cancel(id);
}

void JobQueue::clearEnded()
{
    beginResetModel();
    m_items.removeIf(isEnded);
    endResetModel();
}

QString JobQueue::stateText(State state)
{
    switch (state) {
    case State::Waiting:
        return tr("Waiting");
    case State::Running:
        return tr("Running");
    case State::Stopping:
        return tr("Stopping");
    case State::Done:
        return tr("Done");
    case State::Cancelled:
        return tr("Cancelled");
    case State::Failed:
        return tr("Failed");
    }
    return {};
}

int JobQueue::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant JobQueue::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Item &item = m_items.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return item.title;
    case StateRole:
        return int(item.state);
    case FractionRole:
        return item.progress.fraction;
    case ReasonRole:
        return item.error ? errorSentence(*item.error) : QString();
    default:
        return {};
    }
}

void JobQueue::change(JobId id, const std::function<void(Item &)> &apply)
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [id](const Item &item) { return item.id == id; });
    if (found == m_items.end())
        return;
    apply(*found);
    const QModelIndex where = index(int(found - m_items.begin()));
    Q_EMIT dataChanged(where, where);
}

void JobQueue::dropOldEnded()
{
    auto ended = std::count_if(m_items.begin(), m_items.end(), isEnded);
    for (int row = 0; ended > keptEnded && row < m_items.size();) {
        if (!isEnded(m_items.at(row))) {
            ++row;
            continue;
        }
        beginRemoveRows({}, row, row);
        m_items.removeAt(row);
        endRemoveRows();
        --ended;
    }
}

} // namespace heirloom
