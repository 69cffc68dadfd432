// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chainplugin/chainbackend.h"

#include "chainplugin/convolutionchain.h"
#include "inference/modelpack.h"
#include "inference/modelstore.h"

#include <QCoreApplication>

#include <oneapi/dnnl/dnnl.hpp>

#include <omp.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <thread>

namespace heirloom
{

namespace
{

class ChainText
{
    Q_DECLARE_TR_FUNCTIONS(heirloom::ChainBackend)
};

QString version()
{
    const dnnl_version_t *v = dnnl_version();
    return QStringLiteral("oneDNN %1.%2.%3").arg(v->major).arg(v->minor).arg(v->patch);
}

/// Thrown between two convolutions to end a pass.
class PassEnded : public std::exception
{
};

/// A block that a pass needs, kept for the next one: new memory for each tile costs a tenth of the
/// time, as the system clears it page by page.
class Workspace
{
public:
    ~Workspace() { std::free(m_block); }
    Workspace() = default;
    Workspace(const Workspace &) = delete;
    Workspace &operator=(const Workspace &) = delete;

    /// At least so many bytes, aligned to 64; null if there are none.
    void *ofSize(size_t bytes)
    {
        if (m_bytes >= bytes)
            return m_block;
        release();
        const size_t rounded = (bytes + 63) / 64 * 64;
        m_block = std::aligned_alloc(64, rounded);
        m_bytes = m_block ? rounded : 0;
        return m_block;
    }

    /// After a pass: what was larger than tiles need is given back.
    void trim()
    {
        if (m_bytes > mostKept)
            release();
    }

private:
    static constexpr size_t mostKept = size_t(192) << 20;

    void release()
    {
        std::free(m_block);
        m_block = nullptr;
        m_bytes = 0;
    }

    void *m_block = nullptr;
    size_t m_bytes = 0;
};

/// Pixel-unshuffle: plane c * fold^2 + dy * fold + dx holds every fold-th pixel from (dx, dy) on.
void folded(const Planes &picture, int fold, float *to)
{
    const int height = picture.height / fold, width = picture.width / fold;
    for (int c = 0; c < picture.channels; ++c) {
        for (int dy = 0; dy < fold; ++dy) {
            for (int dx = 0; dx < fold; ++dx) {
                for (int y = 0; y < height; ++y) {
                    const float *from = picture.row(c, y * fold + dy) + dx;
                    for (int x = 0; x < width; ++x)
                        *to++ = from[size_t(x) * size_t(fold)];
                }
            }
        }
    }
}

/// Pixel-shuffle, the opposite; to has channels planes.
void unfolded(const float *from, int fold, Planes &to)
{
    const int height = to.height / fold, width = to.width / fold;
    for (int c = 0; c < to.channels; ++c) {
        for (int dy = 0; dy < fold; ++dy) {
            for (int dx = 0; dx < fold; ++dx) {
                for (int y = 0; y < height; ++y) {
                    float *row = to.row(c, y * fold + dy) + dx;
                    for (int x = 0; x < width; ++x)
                        row[size_t(x) * size_t(fold)] = *from++;
                }
            }
        }
    }
}

void addEnlarged(const Planes &picture, int times, Planes &to)
{
    for (int c = 0; c < to.channels; ++c) {
        for (int y = 0; y < to.height; ++y) {
            const float *from = picture.row(c, y / times);
            float *row = to.row(c, y);
            for (int x = 0; x < picture.width; ++x)
                for (int i = 0; i < times; ++i)
                    *row++ += from[x];
        }
    }
}

class ChainModel final : public Model
{
public:
    ChainModel(ModelPack pack, ChainNetwork network, std::unique_ptr<ConvolutionChain> chain,
               const int &threads)
        : m_pack(std::move(pack))
        , m_network(std::move(network))
        , m_chain(std::move(chain))
        , m_threads(threads)
    {
    }

    const ModelPack &pack() const override { return m_pack; }

    QString runtime() const override
    {
        return QStringLiteral("%1, %2 threads").arg(version()).arg(m_threads);
    }

    Result<Planes> run(const ModelInput &input, RunControl &control) override
    {
        const QSize size = input.image.size();
        const int m = std::max(m_pack.input.multipleOf, m_network.fold);
        if (input.image.channels != int(m_pack.input.channels.size()) || size.isEmpty() ||
            size.width() % m || size.height() % m ||
            std::min(size.width(), size.height()) < m_pack.input.minimumSide)
            return misfit(ChainText::tr("the picture's size or channels do not fit it"));
        std::vector<float> numbers;
        for (const int index : m_network.scalars) {
            const ModelPack::ExtraInput &extra = m_pack.extraInputs[size_t(index)];
            const double value = input.scalars.value(extra.name, extra.defaultValue);
            if (!(value >= extra.minimum && value <= extra.maximum))
                return misfit(ChainText::tr("%1 is out of range").arg(extra.name));
            numbers.push_back(float(value));
        }
        try {
            return pass(input.image, numbers, control);
        } catch (const PassEnded &) {
            return fail(ErrorCode::Cancelled);
        } catch (const std::bad_alloc &) {
            return outOfMemory(control);
        } catch (const std::exception &e) {
            return misfit(QString::fromUtf8(e.what()));
        }
    }

private:
    tl::unexpected<Error> misfit(const QString &what) const
    {
        return fail(ErrorCode::ModelFailed, {m_pack.id, what});
    }

    tl::unexpected<Error> outOfMemory(const RunControl &control) const
    {
        return fail(ErrorCode::OutOfMemory,
                    {m_pack.id, QString::number(control.budgetBytes >> 20)});
    }

    Result<Planes> pass(const Planes &picture, const std::vector<float> &numbers,
                        RunControl &control)
    {
        const auto look = [&] {
            if (control.progress.stopRequested() || control.progress.yieldRequested())
                throw PassEnded();
        };
        look();
        omp_set_num_threads(m_threads); // of this thread; oneDNN asks for as many
        const int height = picture.height / m_network.fold;
        const int width = picture.width / m_network.fold;
        const size_t plane = size_t(height) * size_t(width);
        const size_t room = m_chain->memoryFor(height, width);
        const size_t inputs = plane * size_t(m_chain->inputs());
        const size_t outputs = plane * size_t(m_chain->outputs());
        // The answer's planes are as large as what the chain gives.
        const auto bytes = qint64(room + (inputs + 2 * outputs) * sizeof(float));
        if (control.budgetBytes > 0 && bytes > control.budgetBytes)
            return outOfMemory(control);
        control.peakBytes = std::max(control.peakBytes.load(), bytes);

        std::vector<float> from(inputs), to(outputs);
        folded(picture, m_network.fold, from.data());
        float *next = from.data() + plane * size_t(m_chain->inputs() - int(numbers.size()));
        for (const float number : numbers)
            next = std::fill_n(next, plane, number);
        void *memory = m_workspace.ofSize(room);
        if (!memory)
            return outOfMemory(control);
        m_chain->run(from.data(), height, width, to.data(), memory, look);
        m_workspace.trim();

        const int unfold = m_network.unfold;
        Planes result(m_chain->outputs() / (unfold * unfold), width * unfold, height * unfold);
        unfolded(to.data(), unfold, result);
        if (m_network.enlargement > 0)
            addEnlarged(picture, m_network.enlargement, result);
        return result;
    }

    ModelPack m_pack;
    ChainNetwork m_network;
    std::unique_ptr<ConvolutionChain> m_chain;
    const int &m_threads; ///< the backend's
    Workspace m_workspace;
};

class ChainBackend final : public ModelBackend
{
public:
    ChainBackend() { setThreads(0); }

    QString name() const override { return version(); }

    void setThreads(int count) override
    {
        m_threads = count > 0 ? count : std::max(1, int(std::thread::hardware_concurrency()));
    }

    Result<std::unique_ptr<Model>> load(const ModelFile &file) override
    {
        std::optional<ChainNetwork> network = ChainNetwork::read(file.bytes);
        if (!network || !fits(*network, file.pack))
            return std::unique_ptr<Model>();
        std::unique_ptr<ConvolutionChain> chain;
        try {
            chain = ConvolutionChain::create(std::move(network->links));
        } catch (const std::exception &) {
            // The same as a processor without such kernels.
        }
        if (!chain)
            return std::unique_ptr<Model>();
        return std::make_unique<ChainModel>(file.pack, std::move(*network), std::move(chain),
                                            m_threads);
    }

private:
    /// Whether the network takes and gives what the pack says.
    static bool fits(const ChainNetwork &network, const ModelPack &pack)
    {
        using Kind = ModelPack::ExtraInput::Kind;
        const int area = network.fold * network.fold;
        const int inputs = int(pack.input.channels.size()) * area + int(network.scalars.size());
        const int outputs =
            int(pack.output.channels.size()) * network.unfold * network.unfold;
        const bool areScalars =
            std::ranges::all_of(pack.extraInputs,
                                [](const auto &extra) { return extra.kind == Kind::Scalar; }) &&
            std::ranges::all_of(network.scalars, [&](int index) {
                return index >= 0 && size_t(index) < size_t(pack.extraInputs.size());
            });
        return areScalars && !pack.input.fixedSize && network.links.front().inputs == inputs &&
               network.links.back().outputs == outputs &&
               network.fold * pack.output.scale == network.unfold &&
               (network.enlargement == 0 ||
                (network.enlargement == pack.output.scale &&
                 pack.input.channels.size() == pack.output.channels.size()));
    }

    int m_threads = 1;
};

} // namespace

std::unique_ptr<ModelBackend> ChainPlugin::createBackend()
{
    return std::make_unique<ChainBackend>();
}

} // namespace heirloom
