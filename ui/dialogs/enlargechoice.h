// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/upscale.h"

#include <QWidget>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;

namespace heirloom
{

class ValueSlider;

/// What can enlarge on the way into a file; for the export dialog, which knows no session.
struct EnlargeOffer {
    struct Model {
        QString id; ///< as UpscaleSettings::model
        QString name;
    };
    QList<Model> models; ///< besides the twin; may be empty
    /// May be empty: nothing is known beforehand.
    std::function<Result<UpscalePlan>(const UpscaleSettings &)> plan;
    std::function<std::optional<double>(const UpscalePlan &)> seconds;
};

/// Whether and how a picture is enlarged while it is exported. GUI thread.
class EnlargeChoice : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { None, Factor, Size };

    explicit EnlargeChoice(EnlargeOffer offer, QWidget *parent = nullptr);

    Kind kind() const;
    double factor() const; ///< with Kind::Factor
    /// size: wanted with Kind::Size. Nothing with Kind::None.
    std::optional<UpscaleSettings> settings(QSize size) const;
    /// Says below what is going to be done, and how long it takes.
    void describe(QSize size);

Q_SIGNALS:
    void changed();

private:
    void showParts();

    EnlargeOffer m_offer;
    QComboBox *m_kind;
    QComboBox *m_model;
    ValueSlider *m_strength;
    QLabel *m_note;
};

} // namespace heirloom
