// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "inference/model.h"

#include <QString>

#include <list>
#include <memory>

namespace heirloom
{

class ModelStore;

/// Keeps the networks that were used last loaded, so that the next run of the same one starts at
/// once. Owned by whoever owns the backend; engine thread only.
class ModelPool
{
public:
    /// capacity: how many networks stay loaded.
    ModelPool(ModelStore &store, ModelBackend &backend, int capacity = 2);
    ~ModelPool();

    ModelStore &store() const { return m_store; }
    /// Loads the network if it is not loaded. Errors: those of ModelStore::open and
    /// ModelBackend::load.
    Result<std::shared_ptr<Model>> get(const QString &id);
    /// Forgets networks that nobody else holds.
    void clear();

private:
    ModelStore &m_store;
    ModelBackend &m_backend;
    int m_capacity;
    std::list<std::shared_ptr<Model>> m_models; ///< most recently used first
};

} // namespace heirloom
