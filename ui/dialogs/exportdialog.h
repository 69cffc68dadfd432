// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialogs/enlargechoice.h"
#include "session/exporter.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace heirloom
{

class Settings;
class ValueSlider;

/// Asks how the result is to be written: name, format, quality, depth, size, what is kept of the
/// photo's information. Says what stands against it before anything is done. Modal; GUI thread.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(ExportPicture picture, FileFormat sourceFormat, Settings &settings,
                 QWidget *parent = nullptr, EnlargeOffer enlarge = {});

    ExportOptions options() const;
    /// How the picture is enlarged on its way into the file; options() has no size then.
    std::optional<UpscaleSettings> enlargement() const;
    void setPath(const QString &path);

private:
    void build();
    FileFormat format() const;
    void formatChosen();
    void pathTyped();
    void followWidth(bool fromWidth);
    void enlargeChosen();
    QSize typedSize() const;
    void refresh();
    void browse();
    void remember();

    ExportPicture m_picture;
    Settings &m_settings;
    bool m_following = false;

    QLineEdit *m_path;
    QComboBox *m_format;
    ValueSlider *m_quality;
    QComboBox *m_depth;
    EnlargeChoice *m_enlarge;
    QSpinBox *m_width, *m_height;
    QCheckBox *m_srgb;
    QComboBox *m_metadata;
    QCheckBox *m_mark;
    QCheckBox *m_overwrite;
    QLabel *m_estimate;
    QLabel *m_problem;
    QPushButton *m_export;
};

} // namespace heirloom
