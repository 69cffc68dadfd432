// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chainplugin/convolutionchain.h"

#include <oneapi/dnnl/dnnl.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <unordered_map>

namespace heirloom
{

namespace
{

using dnnl::memory;
using DataType = memory::data_type;
using Layout = memory::format_tag;

/// A picture has inner tiles and those at its right, its lower edge and the corner.
constexpr size_t MostPlans = 4;
constexpr size_t Alignment = 64; ///< bytes
/// As large as tiles are; only asked whether there are kernels.
constexpr int UsualSide = 256;

const dnnl::engine &processor()
{
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

memory::desc pictures(int channels, int height, int width, Layout layout)
{
    return {{1, channels, height, width}, DataType::f32, layout};
}

bool isRelu(const ChainLink &link)
{
    return !link.slopes.empty() &&
           std::all_of(link.slopes.begin(), link.slopes.end(), [](float s) { return s == 0; });
}

using Convolution = dnnl::convolution_forward;

/// Nothing where oneDNN has no such kernel.
std::optional<Convolution::primitive_desc> described(const ChainLink &link, int height, int width,
                                                     dnnl::algorithm algorithm,
                                                     const memory::desc &source)
{
    const Convolution::desc wish(
        dnnl::prop_kind::forward_inference, algorithm, source,
        {{link.outputs, link.inputs, 3, 3}, DataType::f32, Layout::any},
        {{link.outputs}, DataType::f32, Layout::x},
        pictures(link.outputs, height, width, Layout::any), {1, 1}, {1, 1}, {1, 1});
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (isRelu(link)) {
        dnnl::post_ops after;
        after.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        attributes.set_post_ops(after);
    }
    Convolution::primitive_desc found(wish, attributes, processor(), true);
    return found ? std::optional(found) : std::nullopt;
}

std::optional<Convolution::primitive_desc> winograd(const ChainLink &link, int height, int width)
{
    return described(link, height, width, dnnl::algorithm::convolution_winograd,
                     pictures(link.inputs, height, width, Layout::any));
}

memory reordered(memory from, const memory::desc &wanted, dnnl::stream &stream)
{
    memory to(wanted, processor());
    dnnl::reorder(from, to).execute(stream, from, to);
    stream.wait();
    return to;
}

} // namespace

struct ConvolutionChain::Plan {
    struct Step {
        dnnl::primitive work;
        std::unordered_map<int, memory> fixed; ///< weights and the like
        memory::desc source, target, scratch;
        int sourceKey = DNNL_ARG_SRC, targetKey = DNNL_ARG_DST;
        bool isInPlace = false;
    };

    int height = 0, width = 0;
    std::vector<Step> steps;
    size_t largest = 0, scratch = 0; ///< bytes

    /// relative: a plan for another size, or null; weights that lie alike are shared with it.
    Plan(const std::vector<ChainLink> &links, int height, int width, const Plan *relative);

private:
    void turn(const memory::desc &from, const memory::desc &to);
    void convolve(const ChainLink &link, const Convolution::primitive_desc &how,
                  const Step *relative, dnnl::stream &stream);
    /// The nth of the steps that have weights; null where there is none.
    const Step *weighted(size_t n) const;
    void bend(const ChainLink &link, const memory::desc &values, dnnl::stream &stream);
    void add(Step step);
};

void ConvolutionChain::Plan::add(Step step)
{
    const size_t larger = std::max(step.source.get_size(), step.target.get_size());
    largest = std::max(largest, (larger + Alignment - 1) / Alignment * Alignment);
    scratch = std::max(scratch, step.scratch.get_size());
    steps.push_back(std::move(step));
}

void ConvolutionChain::Plan::turn(const memory::desc &from, const memory::desc &to)
{
    if (from == to)
        return;
    Step step;
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    const dnnl::reorder::primitive_desc how(processor(), from, processor(), to, attributes);
    step.work = dnnl::reorder(how);
    step.sourceKey = DNNL_ARG_FROM;
    step.targetKey = DNNL_ARG_TO;
    step.source = from;
    step.target = to;
    step.scratch = how.scratchpad_desc();
    add(std::move(step));
}

const ConvolutionChain::Plan::Step *ConvolutionChain::Plan::weighted(size_t n) const
{
    for (const Step &step : steps) {
        if (step.fixed.count(DNNL_ARG_BIAS) && n-- == 0)
            return &step;
    }
    return nullptr;
}

void ConvolutionChain::Plan::convolve(const ChainLink &link, const Convolution::primitive_desc &how,
                                      const Step *relative, dnnl::stream &stream)
{
    Step step;
    step.work = Convolution(how);
    step.source = how.src_desc();
    step.target = how.dst_desc();
    step.scratch = how.scratchpad_desc();
    const memory weights({{link.outputs, link.inputs, 3, 3}, DataType::f32, Layout::oihw},
                         processor(), const_cast<float *>(link.weights.data())); // only read
    const memory bias({{link.outputs}, DataType::f32, Layout::x}, processor(),
                      const_cast<float *>(link.bias.data()));
    const bool isShared =
        relative && relative->fixed.at(DNNL_ARG_WEIGHTS).get_desc() == how.weights_desc();
    step.fixed = {{DNNL_ARG_WEIGHTS, isShared ? relative->fixed.at(DNNL_ARG_WEIGHTS)
                                              : reordered(weights, how.weights_desc(), stream)},
                  {DNNL_ARG_BIAS, bias}};
    add(std::move(step));
}

void ConvolutionChain::Plan::bend(const ChainLink &link, const memory::desc &values,
                                  dnnl::stream &stream)
{
    const memory slopes({{1, link.outputs, 1, 1}, DataType::f32, Layout::nchw}, processor(),
                        const_cast<float *>(link.slopes.data()));
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    const memory::desc any({1, link.outputs, 1, 1}, DataType::f32, Layout::any);
    const dnnl::prelu_forward::primitive_desc how(
        {dnnl::prop_kind::forward_inference, values, any}, attributes, processor());
    Step step;
    step.work = dnnl::prelu_forward(how);
    step.source = step.target = values;
    step.scratch = how.scratchpad_desc();
    step.fixed = {{DNNL_ARG_WEIGHTS, reordered(slopes, how.weights_desc(), stream)}};
    step.isInPlace = true;
    add(std::move(step));
}

ConvolutionChain::Plan::Plan(const std::vector<ChainLink> &links, int rows, int columns,
                             const Plan *relative)
    : height(rows)
    , width(columns)
{
    dnnl::stream stream(processor());
    memory::desc now = pictures(links.front().inputs, height, width, Layout::nchw);
    for (size_t i = 0; i < links.size(); ++i) {
        const ChainLink &link = links[i];
        auto how = winograd(link, height, width);
        if (!how)
            how = described(link, height, width, dnnl::algorithm::convolution_direct,
                            pictures(link.inputs, height, width, Layout::any));
        if (!how)
            throw dnnl::error(dnnl_unimplemented, "no convolution");
        turn(now, how->src_desc());
        convolve(link, *how, relative ? relative->weighted(i) : nullptr, stream);
        now = how->dst_desc();
        if (!link.slopes.empty() && !isRelu(link))
            bend(link, now, stream);
    }
    turn(now, pictures(links.back().outputs, height, width, Layout::nchw));
}

ConvolutionChain::ConvolutionChain(std::vector<ChainLink> links)
    : m_links(std::move(links))
{
}

ConvolutionChain::~ConvolutionChain() = default;

std::unique_ptr<ConvolutionChain> ConvolutionChain::create(std::vector<ChainLink> links)
{
    if (links.empty())
        return nullptr;
    size_t quick = 0;
    for (size_t i = 0; i < links.size(); ++i) {
        const ChainLink &link = links[i];
        const bool fits = link.weights.size() == size_t(link.inputs) * link.outputs * 9 &&
                          link.bias.size() == size_t(link.outputs) &&
                          (link.slopes.empty() || link.slopes.size() == size_t(link.outputs)) &&
                          (i == 0 || links[i - 1].outputs == link.inputs);
        if (!fits)
            return nullptr;
        quick += winograd(link, UsualSide, UsualSide).has_value();
    }
    if (quick * 2 < links.size())
        return nullptr;
    return std::unique_ptr<ConvolutionChain>(new ConvolutionChain(std::move(links)));
}

int ConvolutionChain::inputs() const
{
    return m_links.front().inputs;
}

int ConvolutionChain::outputs() const
{
    return m_links.back().outputs;
}

const ConvolutionChain::Plan &ConvolutionChain::planFor(int height, int width)
{
    const auto found = std::find_if(m_plans.begin(), m_plans.end(), [&](const auto &plan) {
        return plan->height == height && plan->width == width;
    });
    if (found != m_plans.end()) {
        std::rotate(found, found + 1, m_plans.end());
    } else {
        const Plan *relative = m_plans.empty() ? nullptr : m_plans.back().get();
        auto plan = std::make_unique<Plan>(m_links, height, width, relative);
        if (m_plans.size() >= MostPlans)
            m_plans.erase(m_plans.begin());
        m_plans.push_back(std::move(plan));
    }
    return *m_plans.back();
}

size_t ConvolutionChain::memoryFor(int height, int width)
{
    const Plan &plan = planFor(height, width);
    return 2 * plan.largest + plan.scratch;
}

void ConvolutionChain::run(const float *from, int height, int width, float *to, void *room,
                           const std::function<void()> &between)
{
    const Plan &plan = planFor(height, width);
    dnnl::stream stream(processor());
    auto *const bytes = static_cast<std::byte *>(room);
    // From one half to the other and back; the last step writes where the answer belongs.
    void *const halves[2] = {bytes, bytes + plan.largest};
    void *const scratch = bytes + 2 * plan.largest;
    int free = 0;
    void *now = const_cast<float *>(from); // only read
    for (size_t i = 0; i < plan.steps.size(); ++i) {
        between();
        const Plan::Step &step = plan.steps[i];
        void *target = now;
        if (!step.isInPlace) {
            target = i + 1 == plan.steps.size() ? static_cast<void *>(to) : halves[free];
            free = 1 - free;
        }
        auto arguments = step.fixed;
        arguments.insert_or_assign(step.sourceKey, memory(step.source, processor(), now));
        arguments.insert_or_assign(step.targetKey, memory(step.target, processor(), target));
        arguments.insert_or_assign(DNNL_ARG_SCRATCHPAD, memory(step.scratch, processor(), scratch));
        step.work.execute(stream, arguments);
        stream.wait();
        now = target;
    }
    if (now != to) // what follows the last convolution was done in place
        std::copy_n(static_cast<const float *>(now), size_t(outputs()) * height * width, to);
}

} // namespace heirloom
