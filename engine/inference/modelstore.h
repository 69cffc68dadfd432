// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/modelpack.h"
#include "inference/modelpins.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QSet>
#include <QStringList>

#include <mutex>
#include <optional>
#include <vector>

namespace heirloom
{

/// A pack together with its file's bytes, which were hashed and scanned: what is loaded is what was
/// checked. Only ModelStore makes them.
struct ModelFile {
    ModelPack pack;
    QByteArray bytes;
};

/// One pack found in one folder, and whether it can be used.
struct ModelEntry {
    enum class State {
        Unchecked,   ///< known, present, right size; its bytes were not looked at yet
        Usable,      ///< the bytes are the ones this program was built for
        MissingFile, ///< model.json is there, its file is not
        Damaged,     ///< model.json cannot be read, or the file is not what it should be
        Refused, ///< not one of the files this program was built for, or its code is not allowed
    };
    ModelPack pack; ///< only id and folder are set when model.json cannot be read
    State state = State::Unchecked;
    QString reason;      ///< translated; empty when Unchecked or Usable
    bool active = false; ///< the one that its id stands for

    bool mayBeUsed() const { return state == State::Unchecked || state == State::Usable; }
};

/// "unchecked", "usable", "missing", "damaged", "refused": for JSON.
QString modelStateName(ModelEntry::State state);

/// Knows which model packs are there and which of them may run. Looks into the folders it was given
/// (each holds one folder a pack); of several packs of one id the highest version that may be used
/// wins, and among equals the later folder's. A pack that cannot be used is listed with its reason
/// and stops nothing. Owned by the composition root; any thread.
class ModelStore
{
    Q_DECLARE_TR_FUNCTIONS(heirloom::ModelStore)

public:
    /// memoryFile remembers check results by path, size, time and inode; empty: only while the
    /// program runs. It only spares listing the work: open() always reads, hashes and scans.
    explicit ModelStore(QStringList folders, QString memoryFile = {},
                        std::vector<ModelPin> pins = compiledModelPins());

    /// Installed data folder, build tree, user's data folder, in this order, for a program that
    /// lies in applicationFolder.
    static QStringList defaultFolders(const QString &applicationFolder,
                                      const QString &userDataFolder);

    QStringList folders() const { return m_folders; }
    /// Looks into the folders again (after a fetch).
    void rescan();

    /// Everything that was found, sorted by id. Reads no model file.
    std::vector<ModelEntry> entries() const;
    /// Same, after reading and hashing whatever is not remembered (about 0.1 GB a second).
    std::vector<ModelEntry> checkedEntries();

    /// The pack that an id stands for, if it is there and may be used. Errors: ModelMissing,
    /// ModelDamaged, ModelRefused.
    Result<ModelPack> pack(const QString &id) const;
    /// The active packs of a task that may be used.
    std::vector<ModelPack> packs(ModelTask task) const;

    /// Reads the file once, checks size and SHA-256 against the compiled-in pin and scans its code;
    /// what comes back are those same bytes. Errors as pack().
    Result<ModelFile> open(const QString &id);

private:
    struct Verdict {
        ModelEntry::State state = ModelEntry::State::Unchecked;
        QString reason;
    };

    const ModelPin *pin(const QString &id) const;
    ModelEntry inspect(const QString &folder) const;
    Verdict verify(const ModelPack &pack, QByteArray *bytes) const;
    void settle(const QString &folder, const Verdict &verdict);
    void chooseActive();
    void readMemory();
    void writeMemory() const;

    QStringList m_folders;
    QString m_memoryFile;
    std::vector<ModelPin> m_pins;
    mutable std::mutex m_mutex;
    std::vector<ModelEntry> m_entries;
    QSet<QString> m_memory; ///< stamps of files that were found good
};

} // namespace heirloom
