// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QVariant>

namespace heirloom
{

/// One setting: its key in the file and what holds while the user has not chosen.
template <typename T>
struct Setting {
    const char *key;
    T fallback;
};

/// The table of all settings of the window.
namespace setting
{
inline const Setting<QString> theme{"view/theme", QStringLiteral("system")};
inline const Setting<QString> canvasColor{"view/canvas", QStringLiteral("theme")};
inline const Setting<bool> wheelZooms{"view/wheelZooms", true};
inline const Setting<bool> splitIsVertical{"view/splitIsVertical", true};
/// Quick mask: the colour over what is selected, and how much it covers in per cent.
inline const Setting<QString> quickMaskColor{"view/quickMaskColor", QStringLiteral("#e03030")};
inline const Setting<int> quickMaskOpacity{"view/quickMaskOpacity", 50};
inline const Setting<bool> showTray{"view/tray", true};
inline const Setting<QByteArray> windowGeometry{"window/geometry", {}};
inline const Setting<QByteArray> windowState{"window/state", {}};
/// Megabytes of pixels (all photos and their undo) in memory; what is more goes to disk.
inline const Setting<int> pictureMegabytes{"memory/pictureMegabytes", 1024};
/// Megabytes for one run of a network; 0: no limit.
inline const Setting<int> networkMegabytes{"memory/networkMegabytes", 0};
inline const Setting<int> threads{"engine/threads", 0}; ///< 0: all cores; read at the start
inline const Setting<int> tile{"engine/tile", 0};       ///< pixels; 0: the network's best
/// Where unfinished work is kept for the case of a crash; empty: the user's own state folder.
inline const Setting<QString> recoveryFolder{"recovery/folder", {}};
inline const Setting<bool> exportMark{"export/mark", true}; ///< the dialog begins with this
inline const Setting<QString> openFolder{"file/openFolder", {}};
inline const Setting<QString> exportFolder{"file/exportFolder", {}};
inline const Setting<QString> projectFolder{"file/projectFolder", {}};
inline const Setting<QStringList> recentFiles{"file/recent", {}};
inline const Setting<QString> enlargeMethod{"enlarge/method", QStringLiteral("fast")};
inline const Setting<int> enlargeFactor{"enlarge/factor", 2};
inline const Setting<int> enlargeDpi{"enlarge/dpi", 300};
inline const Setting<QString> exportFormat{"export/format", {}};
inline const Setting<int> exportQuality{"export/quality", 92};
inline const Setting<QString> exportMetadata{"export/metadata", QStringLiteral("all")};
/// Brushes, by tool: settings/brushsettings.h.
inline const Setting<QString> brushes{"paint/brushes", {}};
} // namespace setting

/// The user's choices, kept in one file. A value equal to its fallback is not stored, so that a
/// better fallback of a later version reaches everybody who never chose. Owned by the composition
/// root; GUI thread.
class Settings : public QObject
{
    Q_OBJECT

public:
    /// Raised when a setting is renamed or means something else; migrate() then gets a step more.
    static constexpr int version = 2;

    /// file empty: the user's own settings file. A file of an earlier version is brought up to
    /// date; one of a later version is used as far as it is understood and loses nothing.
    explicit Settings(const QString &file = {}, QObject *parent = nullptr);

    template <typename T>
    T value(const Setting<T> &setting) const
    {
        const QVariant stored = m_store->value(QLatin1String(setting.key));
        return stored.isValid() && stored.canConvert<T>() ? stored.value<T>() : setting.fallback;
    }

    template <typename T>
    void set(const Setting<T> &setting, const T &value)
    {
        store(QLatin1String(setting.key), QVariant::fromValue(value), value == setting.fallback);
    }

    /// The keys chosen for an action; not set: its defaults hold.
    QStringList shortcuts(const QString &actionId, const QStringList &fallback) const;
    void setShortcuts(const QString &actionId, const QStringList &keys,
                      const QStringList &fallback);

Q_SIGNALS:
    void changed(const QString &key);

private:
    void migrate();
    void store(const QString &key, const QVariant &value, bool isFallback);

    QSettings *m_store;
};

} // namespace heirloom
