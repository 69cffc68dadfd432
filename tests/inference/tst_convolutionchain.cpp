// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chainplugin/convolutionchain.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <random>

using namespace heirloom;

namespace
{

using Values = std::vector<float>;

Values numbers(size_t count, unsigned seed, float size)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> between(-size, size);
    Values values(count);
    for (float &v : values)
        v = between(random);
    return values;
}

enum class After { Nothing, Relu, Slopes };

ChainLink link(int inputs, int outputs, After after, unsigned seed)
{
    ChainLink made{inputs, outputs,
                   numbers(size_t(inputs) * outputs * 9, seed, 1 / std::sqrt(3.0F * inputs)),
                   numbers(size_t(outputs), seed + 1, 0.2F), {}};
    if (after == After::Relu)
        made.slopes = Values(size_t(outputs), 0);
    else if (after == After::Slopes)
        made.slopes = numbers(size_t(outputs), seed + 2, 0.5F);
    return made;
}

/// With odd numbers of channels at both ends, as FFDNet has them.
std::vector<ChainLink> links(After after)
{
    return {link(13, 32, after, 1), link(32, 48, after, 4), link(48, 48, after, 7),
            link(48, 32, after, 10),
            link(32, 12, after == After::Slopes ? after : After::Nothing, 13)};
}

/// The plain way, a number at a time.
Values plainly(const std::vector<ChainLink> &chain, Values now, int height, int width)
{
    for (const ChainLink &l : chain) {
        Values next(size_t(l.outputs) * height * width);
        for (int o = 0; o < l.outputs; ++o) {
            for (int y = 0; y < height; ++y) {
                for (int x = 0; x < width; ++x) {
                    double sum = l.bias[size_t(o)];
                    for (int i = 0; i < l.inputs; ++i) {
                        for (int k = 0; k < 9; ++k) {
                            const int v = y + k / 3 - 1, u = x + k % 3 - 1;
                            if (v >= 0 && u >= 0 && v < height && u < width)
                                sum += double(l.weights[(size_t(o) * l.inputs + i) * 9 + k]) *
                                       now[(size_t(i) * height + v) * width + u];
                        }
                    }
                    if (!l.slopes.empty() && sum < 0)
                        sum *= l.slopes[size_t(o)];
                    next[(size_t(o) * height + y) * width + x] = float(sum);
                }
            }
        }
        now = std::move(next);
    }
    return now;
}

/// Throws before a step once `left` of them are done.
void run(ConvolutionChain &chain, const Values &from, int height, int width, Values &to,
         int left = 1000)
{
    const size_t bytes = (chain.memoryFor(height, width) + 63) / 64 * 64;
    const std::unique_ptr<void, decltype(&std::free)> memory(std::aligned_alloc(64, bytes),
                                                             &std::free);
    std::memset(memory.get(), 0xFF, bytes); // not a number, wherever it is read unwritten
    chain.run(from.data(), height, width, to.data(), memory.get(), [&] {
        if (left-- <= 0)
            throw std::bad_alloc();
    });
}

Values answer(ConvolutionChain &chain, const Values &from, int height, int width)
{
    Values to(size_t(chain.outputs()) * height * width, NAN);
    run(chain, from, height, width, to);
    return to;
}

float farthest(const Values &a, const Values &b)
{
    float most = a.size() == b.size() ? 0 : INFINITY;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const float off = std::abs(a[i] - b[i]);
        most = std::max(most, std::isnan(off) ? INFINITY : off);
    }
    return most;
}

constexpr float rounding = 5e-6F;

} // namespace

class TestConvolutionChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_chain = ConvolutionChain::create(links(After::Relu));
        if (!m_chain)
            QSKIP("This processor has no kernels for it; LibTorch's own are used.");
    }

    void equalsConvolutionsOneByOne_data()
    {
        QTest::addColumn<int>("after");
        QTest::addColumn<QSize>("size");
        for (const QSize size : {QSize(1, 1), QSize(7, 5), QSize(32, 20), QSize(19, 33)}) {
            const auto row = [&](const char *name, After after) {
                QTest::addRow("%s, %d x %d", name, size.width(), size.height())
                    << int(after) << size;
            };
            row("nothing after", After::Nothing);
            row("ReLU after", After::Relu);
            row("PReLU after", After::Slopes);
        }
    }
    void equalsConvolutionsOneByOne()
    {
        QFETCH(const int, after);
        QFETCH(const QSize, size);
        const auto wanted = links(After(after));
        const auto chain = ConvolutionChain::create(wanted);
        QVERIFY(chain);
        QCOMPARE(chain->inputs(), 13);
        QCOMPARE(chain->outputs(), 12);
        const Values from = numbers(13 * size_t(size.width()) * size.height(), 20, 1);
        const Values expected = plainly(wanted, from, size.height(), size.width());
        const float off = farthest(answer(*chain, from, size.height(), size.width()), expected);
        QVERIFY2(off <= rounding, qPrintable(QString::number(double(off))));
    }

    void manySizesInTurnDoNotDisturbOneAnother()
    {
        std::vector<Values> first;
        for (int turn = 0; turn < 2; ++turn) {
            for (int side = 8; side < 15; ++side) { // more than are kept
                const Values from = numbers(13 * size_t(side) * side, unsigned(side), 1);
                const Values now = answer(*m_chain, from, side, side);
                if (turn == 0)
                    first.push_back(now);
                else
                    QCOMPARE(now, first[size_t(side - 8)]);
            }
        }
    }

    void endsBetweenStepsAndGoesOnLater()
    {
        const Values from = numbers(13 * 16 * 16, 30, 1);
        const Values expected = answer(*m_chain, from, 16, 16);
        Values to(12 * 16 * 16);
        int refused = 0;
        for (int count = 0; count < 100; ++count) {
            try {
                run(*m_chain, from, 16, 16, to, count);
                break;
            } catch (const std::bad_alloc &) {
                ++refused;
            }
        }
        QVERIFY(refused >= 5); // it asks before each link
        QCOMPARE(to, expected);
    }

    void linksThatDoNotFitAreRefused()
    {
        auto gap = links(After::Relu);
        gap.erase(gap.begin() + 1);
        QVERIFY(!ConvolutionChain::create(gap));
        auto few = links(After::Relu);
        few[1].weights.pop_back();
        QVERIFY(!ConvolutionChain::create(few));
        QVERIFY(!ConvolutionChain::create({}));
    }

private:
    std::unique_ptr<ConvolutionChain> m_chain;
};

QTEST_GUILESS_MAIN(TestConvolutionChain)
#include "tst_convolutionchain.moc"
