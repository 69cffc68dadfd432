// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "operation/upscale.h"

#include <QWidget>

#include <optional>

class QAbstractButton;
class QButtonGroup;
class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace heirloom
{

class Actions;
class ProgressStrip;
class Settings;
class ValueSlider;

/// One of the two ways to enlarge, as far as this machine has it.
struct MethodState {
    bool available = false;
    std::optional<double> seconds; ///< for the current size; empty while unknown
    bool measuring = false;        ///< the time is being found out
};

/// The controls of Enlarge: to what size, how, how strongly. Knows no session: EnlargeController
/// fills and reads it. GUI thread.
class EnlargePanel : public QWidget
{
    Q_OBJECT

public:
    enum class Method { Fast, Fine };

    EnlargePanel(Settings &settings, Actions &actions, QWidget *parent = nullptr);

    void setPictureSize(QSize size);
    UpscaleTarget target() const;
    Method method() const;
    double strength() const;
    bool isPreviewOn() const;
    void setPreviewOn(bool on);

    void setMethodState(Method method, const MethodState &state);
    /// What will be done instead of the chosen method and why; empty: all is well.
    void setFallbackNote(const QString &text);
    void setResultSize(QSize size);
    /// Something that stands against it (too large, nothing typed); empty: Apply is possible.
    void setProblem(const QString &text);
    void setBusy(bool busy, const QString &title = {});
    void setProgress(const ProgressReport &report);
    /// There is a result already, with a strength of its own: the next step that the window
    /// suggests is another one, and these controls begin anew.
    void setHasResult(bool hasResult);

Q_SIGNALS:
    void targetChanged();
    void methodChanged();
    void strengthChanged();
    void previewToggled(bool on);
    void applyRequested();
    void cancelRequested();
    void modelsRequested();

private:
    void buildSize(QLayout *layout);
    void buildMethod(QLayout *layout);
    void buildApply(QLayout *layout, Actions &actions);
    void showSizeFields();
    void followWidth(bool fromWidth);
    void updateApply();
    QString methodText(const MethodState &state) const;

    Settings &m_settings;
    QSize m_picture;
    QString m_problem;
    bool m_busy = false;
    bool m_following = false;

    QButtonGroup *m_size;
    QWidget *m_pixelFields;
    QSpinBox *m_pixelWidth, *m_pixelHeight;
    QWidget *m_printFields;
    QDoubleSpinBox *m_printWidth, *m_printHeight;
    QSpinBox *m_dpi;
    QLabel *m_result;
    QRadioButton *m_fast, *m_fine;
    QLabel *m_fastTime, *m_fineTime;
    QWidget *m_fallback;
    QLabel *m_fallbackText;
    QLabel *m_again;
    ValueSlider *m_strength;
    QCheckBox *m_preview;
    QLabel *m_problemText;
    QPushButton *m_apply;
    ProgressStrip *m_progress;
};

} // namespace heirloom
