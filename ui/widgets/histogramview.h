// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

#include <array>

namespace heirloom
{

/// How often each brightness occurs in a picture: grey for the whole, thin lines for red, green and
/// blue. Shows the screen's values of a small copy. GUI thread.
class HistogramView : public QWidget
{
    Q_OBJECT

public:
    using Counts = std::array<int, 256>;

    explicit HistogramView(QWidget *parent = nullptr);

    /// Null: nothing to show. Transparent pixels do not count.
    void setPicture(const QImage &picture);
    /// 0: brightness (Rec. 709 weights), 1..3: red, green, blue.
    const Counts &counts(int channel) const { return m_counts[size_t(channel)]; }
    QSize sizeHint() const override { return {240, 90}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::array<Counts, 4> m_counts{};
    int m_most = 0; ///< what the highest column stands for
};

} // namespace heirloom
