// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The only file that includes torch, whose headers take longer to compile than all that stands
// here: so it is longer than others.
#include "torchplugin/torchbackend.h"

#include "core/log.h"
#include "inference/modelcheck.h"
#include "inference/modelpack.h"
#include "inference/modelstore.h"

#include <QCoreApplication>

#include <ATen/Parallel.h>
#include <c10/core/CPUAllocator.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
#include <torch/script.h>
#include <torch/version.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <istream>
#include <random>
#include <set>
#include <streambuf>
#include <thread>

namespace heirloom
{

namespace
{

class TorchText
{
    Q_DECLARE_TR_FUNCTIONS(heirloom::TorchBackend)
};

/// Thrown out of an allocation to end a forward pass. Interpreters translate it on its way up, so
/// the flags in Guard are what counts, not the type that arrives.
class PassEnded : public std::exception
{
public:
    const char *what() const noexcept override { return "the pass was ended from outside"; }
};

/// What limits the forward pass that is running. Allocations on its thread look at it.
struct Guard {
    RunControl *control = nullptr;
    std::thread::id thread;
    qint64 startBytes = 0;
    bool stopped = false;
    bool overBudget = false;
};

/// LibTorch's CPU allocator with a stop flag and a budget. Every block carries its size in front of
/// it, since blocks outlive the pass that made them.
class GuardedAllocator final : public c10::Allocator
{
public:
    // c10's kernels expect 64-byte alignment; the size sits in the 64 bytes before the block.
    static constexpr size_t alignment = 64;

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
    c10::DataPtr allocate(size_t bytes) override
    {
        return make(bytes);
    }
    void copy_data(void *to, const void *from, std::size_t count) const override
    {
        default_copy_data(to, from, count);
    }
#else
    c10::DataPtr allocate(size_t bytes) const override
    {
        return make(bytes);
    }
#endif
    c10::DeleterFnPtr raw_deleter() const override
    {
        return &release;
    }

    static std::atomic<Guard *> &guard()
    {
        static std::atomic<Guard *> current = nullptr;
        return current;
    }

    static qint64 liveBytes()
    {
        return live().load(std::memory_order_relaxed);
    }

private:
    static std::atomic<qint64> &live()
    {
        static std::atomic<qint64> bytes = 0;
        return bytes;
    }

    static c10::DataPtr make(size_t bytes)
    {
        const c10::Device cpu(c10::DeviceType::CPU);
        if (bytes == 0)
            return {nullptr, nullptr, &release, cpu};
        look(bytes);
        void *block = nullptr;
#ifdef _MSC_VER
        block = _aligned_malloc(bytes + alignment, alignment);
#else
        if (posix_memalign(&block, alignment, bytes + alignment) != 0)
            block = nullptr;
#endif
        if (!block)
            outOfMemory();
        *static_cast<size_t *>(block) = bytes;
        const qint64 now = live().fetch_add(qint64(bytes)) + qint64(bytes);
        if (Guard *g = guard().load(); g && now - g->startBytes > g->control->peakBytes.load())
            g->control->peakBytes.store(now - g->startBytes);
        void *data = static_cast<char *>(block) + alignment;
        return {data, data, &release, cpu};
    }

    /// Only on the pass's own thread: an exception must not leave a parallel region's helper.
    static void look(size_t bytes)
    {
        Guard *g = guard().load();
        if (!g || g->thread != std::this_thread::get_id())
            return;
        const Progress &progress = g->control->progress;
        if (progress.stopRequested() || progress.yieldRequested()) {
            g->stopped = true;
            throw PassEnded();
        }
        const qint64 budget = g->control->budgetBytes;
        if (budget > 0 && live().load() - g->startBytes + qint64(bytes) > budget)
            outOfMemory();
    }

    [[noreturn]] static void outOfMemory()
    {
        if (Guard *g = guard().load(); g && g->thread == std::this_thread::get_id())
            g->overBudget = true;
        throw std::bad_alloc();
    }

    static void release(void *data)
    {
        if (!data)
            return;
        void *block = static_cast<char *>(data) - alignment;
        live().fetch_sub(qint64(*static_cast<size_t *>(block)));
#ifdef _MSC_VER
        _aligned_free(block);
#else
        std::free(block);
#endif
    }
};

/// Installs a Guard for one pass.
class GuardScope
{
public:
    explicit GuardScope(RunControl &control)
    {
        m_guard.control = &control;
        m_guard.thread = std::this_thread::get_id();
        m_guard.startBytes = GuardedAllocator::liveBytes();
        GuardedAllocator::guard().store(&m_guard);
    }
    ~GuardScope() { GuardedAllocator::guard().store(nullptr); }
    GuardScope(const GuardScope &) = delete;
    GuardScope &operator=(const GuardScope &) = delete;

    const Guard &guard() const { return m_guard; }

private:
    Guard m_guard;
};

/// Bytes in memory for a std::istream, without a copy.
class MemoryBuffer final : public std::streambuf
{
public:
    explicit MemoryBuffer(const QByteArray &bytes)
    {
        char *begin = const_cast<char *>(bytes.constData()); // setg() wants it so; nothing writes
        setg(begin, begin, begin + bytes.size());
    }

private:
    pos_type seekoff(off_type offset, std::ios_base::seekdir direction,
                     std::ios_base::openmode) override
    {
        const off_type base = direction == std::ios_base::beg   ? 0
                              : direction == std::ios_base::cur ? gptr() - eback()
                                                                : egptr() - eback();
        const off_type target = base + offset;
        if (target < 0 || target > egptr() - eback())
            return pos_type(off_type(-1));
        setg(eback(), eback() + target, egptr());
        return target;
    }
    pos_type seekpos(pos_type position, std::ios_base::openmode mode) override
    {
        return seekoff(position, std::ios_base::beg, mode);
    }
};

/// How pictures lie in memory where convolutions are quickest: with AVX-512 oneDNN's kernels for
/// channels-last win by a quarter, without it those for planes are 1.5 to 2 times as quick
/// (measured on ffdnet-color and realesrgan-general-x4v3).
at::MemoryFormat quickestLayout()
{
#if defined(__GNUC__) && defined(__x86_64__)
    static const bool isWide = __builtin_cpu_supports("avx512f");
    return isWide ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
#else
    return at::MemoryFormat::ChannelsLast;
#endif
}

QString shortened(const char *what)
{
    return QString::fromUtf8(what).section(u'\n', 0, 0).left(200);
}

/// Runs f; whatever it throws becomes a text, and nothing of torch leaves this file.
template <typename Function>
QString caught(const Function &f)
{
    try {
        f();
        return {};
    } catch (const c10::Error &e) {
        return shortened(e.what_without_backtrace());
    } catch (const std::bad_alloc &) {
        return TorchText::tr("not enough memory");
    } catch (const std::exception &e) {
        return shortened(e.what());
    } catch (...) {
        return TorchText::tr("an unknown failure");
    }
}

/// Looks at every operator of a loaded module: all methods of all submodules and every function
/// that came with the file, through blocks, called methods and functions, and graphs in attributes.
class GraphWalk
{
public:
    GraphWalk()
    {
        for (const QStringList &list : {allowedOperators(), allowedPrimitives()})
            for (const QString &name : list)
                m_allowed.insert(name.toStdString());
    }

    /// The first operator that is not allowed, or an empty text.
    QString check(const torch::jit::Module &module)
    {
        for (const auto &sub : module.modules())
            for (const auto &method : sub.get_methods())
                function(method.function());
        for (auto *f : module._ivalue()->compilation_unit()->get_functions())
            function(*f);
        return QString::fromStdString(m_found);
    }

private:
    void function(torch::jit::Function &f)
    {
        if (auto *graphFunction = torch::jit::tryToGraphFunction(f))
            graph(*graphFunction->graph());
    }

    void graph(const torch::jit::Graph &g)
    {
        if (m_seen.insert(&g).second)
            block(g.block());
    }

    void block(const torch::jit::Block *b)
    {
        for (const torch::jit::Node *node : b->nodes()) {
            const std::string name = node->kind().toQualString();
            if (!m_allowed.count(name) && m_found.empty())
                m_found = name;
            if (node->kind() == c10::prim::CallMethod) {
                const auto type = node->input(0)->type()->cast<c10::ClassType>();
                if (type)
                    if (auto *method = type->findMethod(node->s(c10::attr::name)))
                        function(*method);
            }
            for (const auto attribute : node->attributeNames()) {
                if (node->kindOf(attribute) == torch::jit::AttributeKind::g)
                    graph(*node->g(attribute));
                else if (node->kindOf(attribute) == torch::jit::AttributeKind::gs)
                    for (const auto &inner : node->gs(attribute))
                        graph(*inner);
            }
            for (const torch::jit::Block *inner : node->blocks())
                block(inner);
        }
    }

    std::set<std::string> m_allowed;
    std::set<const torch::jit::Graph *> m_seen;
    std::string m_found;
};

class TorchModel final : public Model
{
public:
    TorchModel(ModelPack pack, torch::jit::Module module)
        : m_pack(std::move(pack))
        , m_module(std::move(module))
    {
    }

    const ModelPack &pack() const override { return m_pack; }

    QString runtime() const override
    {
        return QStringLiteral("LibTorch %1, %2 threads")
            .arg(QLatin1String(TORCH_VERSION))
            .arg(at::get_num_threads());
    }

    Result<Planes> run(const ModelInput &input, RunControl &control) override
    {
        std::vector<c10::IValue> arguments;
        if (auto checked = arrange(input, arguments); !checked)
            return fail(std::move(checked.error()));
        if (control.progress.stopRequested() || control.progress.yieldRequested())
            return fail(ErrorCode::Cancelled);

        Planes planes;
        QString problem;
        {
            const GuardScope scope(control);
            problem = caught([&] { planes = pass(arguments); });
            arguments.clear();
            if (scope.guard().stopped)
                return fail(ErrorCode::Cancelled);
            if (scope.guard().overBudget)
                return fail(ErrorCode::OutOfMemory,
                            {m_pack.id, QString::number(control.budgetBytes >> 20)}, problem);
        }
        if (!problem.isEmpty())
            return fail(ErrorCode::ModelFailed, {m_pack.id, problem});
        return planes;
    }

    /// One pass over a small picture of nothing in particular. The first passes of a module plan
    /// memory and choose kernels; small ones do that too.
    Result<Planes> warmUp()
    {
        int side = std::max(m_pack.input.minimumSide, 32);
        side = (side + m_pack.input.multipleOf - 1) / m_pack.input.multipleOf *
               m_pack.input.multipleOf;
        std::minstd_rand random(1);
        const auto filled = [&](int channels) {
            Planes planes(channels, side, side);
            for (float &value : planes.values)
                value = float(random() % 256) / 255;
            return planes;
        };
        ModelInput input;
        input.image = filled(int(m_pack.input.channels.size()));
        for (const ModelPack::ExtraInput &extra : m_pack.extraInputs)
            if (extra.kind == ModelPack::ExtraInput::Kind::Plane)
                input.planes.insert(extra.name, filled(int(extra.channels.size())));
        RunControl control;
        return run(input, control);
    }

private:
    static at::Tensor tensor(const Planes &planes)
    {
        // Borrowed: the caller's planes outlive the pass.
        return torch::from_blob(const_cast<float *>(planes.values.data()),
                                {1, planes.channels, planes.height, planes.width}, at::kFloat);
    }

    Result<void> arrange(const ModelInput &input, std::vector<c10::IValue> &arguments) const
    {
        const auto misfit = [&](const QString &what) {
            return fail(ErrorCode::ModelFailed, {m_pack.id, what});
        };
        const QSize size = input.image.size();
        const int m = m_pack.input.multipleOf;
        if (input.image.channels != int(m_pack.input.channels.size()) || size.isEmpty() ||
            size.width() % m || size.height() % m ||
            std::min(size.width(), size.height()) < m_pack.input.minimumSide ||
            (m_pack.input.fixedSize && size != *m_pack.input.fixedSize))
            return misfit(TorchText::tr("the picture's size or channels do not fit it"));
        arguments.emplace_back(tensor(input.image));
        for (const ModelPack::ExtraInput &extra : m_pack.extraInputs) {
            if (extra.kind == ModelPack::ExtraInput::Kind::Scalar) {
                const double value = input.scalars.value(extra.name, extra.defaultValue);
                if (!(value >= extra.minimum && value <= extra.maximum))
                    return misfit(TorchText::tr("%1 is out of range").arg(extra.name));
                arguments.emplace_back(at::full({1}, value, at::kFloat));
                continue;
            }
            const auto found = input.planes.constFind(extra.name);
            if (found == input.planes.constEnd() || found->size() != size ||
                found->channels != int(extra.channels.size()))
                return misfit(
                    TorchText::tr("its input %1 is missing or has another size").arg(extra.name));
            arguments.emplace_back(tensor(*found));
        }
        return {};
    }

    Planes pass(const std::vector<c10::IValue> &arguments)
    {
        const c10::InferenceMode mode;
        // No profiling and no fusion: a traced graph of convolutions gains nothing, and each new
        // size of a tile would be planned again.
        const torch::jit::GraphOptimizerEnabledGuard plain(false);
        std::vector<c10::IValue> laidOut;
        for (const c10::IValue &argument : arguments) {
            at::Tensor t = argument.toTensor();
            laidOut.emplace_back(t.dim() == 4 ? t.contiguous(quickestLayout()) : t);
        }
        at::Tensor out = m_module.forward(std::move(laidOut)).toTensor();
        if (out.dim() != 4 || out.size(0) != 1 || out.scalar_type() != at::kFloat)
            throw std::runtime_error("the result has an unexpected shape");
        Planes planes(int(out.size(1)), int(out.size(3)), int(out.size(2)));
        at::Tensor target = torch::from_blob(
            planes.values.data(), {1, out.size(1), out.size(2), out.size(3)}, at::kFloat);
        target.copy_(out);
        return planes;
    }

    ModelPack m_pack;
    torch::jit::Module m_module;
};

class TorchBackend final : public ModelBackend
{
public:
    TorchBackend()
    {
        // Once for the process; LibTorch keeps the pointer.
        static GuardedAllocator allocator;
        c10::SetCPUAllocator(&allocator, 255);
        setThreads(0);
    }

    QString name() const override
    {
        return QStringLiteral("LibTorch ") + QLatin1String(TORCH_VERSION);
    }

    void setThreads(int count) override
    {
        if (count <= 0)
            count = std::max(1, int(std::thread::hardware_concurrency()));
        if (count != at::get_num_threads())
            at::set_num_threads(count);
    }

    Result<std::unique_ptr<Model>> load(const ModelFile &file) override
    {
        torch::jit::Module module, plain;
        QString refused;
        const QString problem = caught([&] {
            const c10::InferenceMode mode(false); // weights are changed below
            const at::NoGradGuard noGradients;
            MemoryBuffer buffer(file.bytes);
            std::istream stream(&buffer);
            module = torch::jit::load(stream, at::Device(at::kCPU));
            refused = GraphWalk().check(module);
            if (!refused.isEmpty())
                return;
            module.eval();
            if (file.pack.halfWeights)
                module.to(at::kFloat);
            for (at::Tensor parameter : module.parameters())
                if (parameter.dim() == 4)
                    parameter.set_data(parameter.contiguous(quickestLayout()));
            plain = torch::jit::freeze(module);
        });
        if (!refused.isEmpty())
            return fail(ErrorCode::ModelRefused,
                        {file.pack.id, TorchText::tr("it uses the operator \"%1\"").arg(refused)});
        if (!problem.isEmpty())
            return fail(ErrorCode::ModelDamaged, {file.pack.id, problem});
        auto model = std::make_unique<TorchModel>(file.pack, std::move(plain));
        if (file.pack.input.fixedSize)
            return model; // one pass of those takes seconds; it pays for itself
        const auto answer = model->warmUp();
        if (!answer)
            return fail(answer.error());
        if (auto quick = quicker(file.pack, module, *answer))
            return quick;
        return model;
    }

private:
    /// The same network with tensors kept in oneDNN's own layouts between convolutions, which takes
    /// a quarter to a third off a pass; null where its answer is another one. (LibTorch 1.13 gets
    /// realesrgan-x4plus wrong so: not a number.)
    static std::unique_ptr<Model> quicker(const ModelPack &pack, const torch::jit::Module &module,
                                          const Planes &expected)
    {
        constexpr float rounding = 7.5e-6F; // half a step of 16 bits
        std::unique_ptr<TorchModel> made;
        const QString problem = caught([&] {
            const at::NoGradGuard noGradients;
            auto laidOut = torch::jit::Module(module);
            made = std::make_unique<TorchModel>(pack, torch::jit::optimize_for_inference(laidOut));
        });
        if (!problem.isEmpty())
            return nullptr;
        const auto answer = made->warmUp();
        const auto isNear = [](float a, float b) { return std::abs(a - b) <= rounding; };
        if (!answer || !std::ranges::equal(answer->values, expected.values, isNear))
            return nullptr;
        return made;
    }
};

} // namespace

std::unique_ptr<ModelBackend> TorchPlugin::createBackend()
{
    std::unique_ptr<ModelBackend> backend;
    const QString problem = caught([&] { backend = std::make_unique<TorchBackend>(); });
    if (!problem.isEmpty())
        qCWarning(logInference) << problem;
    return backend;
}

} // namespace heirloom
