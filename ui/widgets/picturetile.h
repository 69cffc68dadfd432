// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QToolButton>

namespace heirloom
{

/// A small picture with its name beneath, to be clicked; grey when its file is gone.
class PictureTile : public QToolButton
{
    Q_OBJECT

public:
    static constexpr int pictureSide = 132;

    PictureTile(const QString &path, const QString &title, const QImage &thumbnail,
                QWidget *parent = nullptr);
    QString path() const { return m_path; }

private:
    QString m_path;
};

} // namespace heirloom
