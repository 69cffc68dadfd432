// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelpool.h"

#include "inference/modelpack.h"
#include "inference/modelstore.h"

#include <algorithm>

namespace heirloom
{

ModelPool::ModelPool(ModelStore &store, ModelBackend &backend, int capacity)
    : m_store(store)
    , m_backend(backend)
    , m_capacity(std::max(1, capacity))
{
}

ModelPool::~ModelPool() = default;

Result<std::shared_ptr<Model>> ModelPool::get(const QString &id)
{
    // The store may have found another version since.
    const Result<ModelPack> wanted = m_store.pack(id);
    if (!wanted)
        return fail(wanted.error());
    const auto found = std::find_if(m_models.begin(), m_models.end(), [&](const auto &model) {
        return model->pack().id == id && model->pack().sha256 == wanted->sha256;
    });
    if (found != m_models.end()) {
        m_models.splice(m_models.begin(), m_models, found);
        return m_models.front();
    }
    const Result<ModelFile> file = m_store.open(id);
    if (!file)
        return fail(file.error());
    Result<std::unique_ptr<Model>> model = m_backend.load(*file);
    if (!model)
        return fail(std::move(model.error()));
    m_models.push_front(std::move(*model));
    while (int(m_models.size()) > m_capacity)
        m_models.pop_back();
    return m_models.front();
}

void ModelPool::clear()
{
    m_models.remove_if([](const auto &model) { return model.use_count() == 1; });
}

} // namespace heirloom
