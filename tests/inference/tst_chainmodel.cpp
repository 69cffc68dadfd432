// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/chainnetwork.h"
#include "inference/modelbackendloader.h"
#include "inference/packfiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

const QString plugins = QStringLiteral(HEIRLOOM_BINARY_DIR "/bin/heirloom-plugins/");

ModelFile tiny(const char *id)
{
    return packFile(QStringLiteral(HEIRLOOM_TINY_MODELS "/") + QLatin1String(id));
}

/// A backend that has only the plugin of that name.
struct Only {
    QTemporaryDir folder;
    std::unique_ptr<ModelBackendLoader> loader;

    explicit Only(const char *name)
    {
        const QString file = QLatin1String(name) + QStringLiteral(".so");
        if (QFile::link(plugins + file, folder.filePath(file)))
            loader = std::make_unique<ModelBackendLoader>(QStringList{folder.path()});
    }
};

float farthest(const Planes &a, const Planes &b)
{
    if (a.size() != b.size() || a.channels != b.channels)
        return INFINITY;
    float most = 0;
    for (size_t i = 0; i < a.values.size(); ++i)
        most = std::max(most, std::abs(a.values[i] - b.values[i]));
    return most;
}

} // namespace

/// Networks that are one chain of convolutions, without LibTorch and against it.
class TestChainModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void chainIsRead();
    void halfWeightsAndSlopesAreRead();
    void anythingElseIsNoChain_data();
    void anythingElseIsNoChain();
    void damagedBytesAreNoChain();
    void answersAsLibTorchDoes_data();
    void answersAsLibTorchDoes();
    void libTorchIsNotLoadedForAChain();
    void misfittingInputFailsAndLeavesTheModelUsable();
    void budgetIsKept();
    void passEndsBetweenConvolutions();

private:
    bool hasKernels() const { return m_hasKernels; }

    bool m_hasKernels = false;
};

void TestChainModel::initTestCase()
{
    const Only chains("heirloom-chains");
    QVERIFY(chains.loader);
    // Without kernels the loader goes on to LibTorch, which is not there.
    m_hasKernels = chains.loader->load(tiny("tiny-chain")).has_value();
}

void TestChainModel::chainIsRead()
{
    const auto network = ChainNetwork::read(tiny("tiny-chain").bytes);
    QVERIFY(network.has_value());
    QCOMPARE(network->fold, 2);
    QCOMPARE(network->unfold, 2);
    QCOMPARE(network->enlargement, 0);
    QCOMPARE(network->scalars, std::vector<int>{0});
    QCOMPARE(network->links.size(), size_t(6));
    QCOMPARE(network->links.front().inputs, 13);
    QCOMPARE(network->links.back().outputs, 12);
    QCOMPARE(network->links[2].slopes, std::vector<float>(32, 0.0F));
    QVERIFY(network->links.back().slopes.empty());
}

void TestChainModel::halfWeightsAndSlopesAreRead()
{
    const auto network = ChainNetwork::read(tiny("tiny-chain-x2").bytes);
    QVERIFY(network.has_value());
    QCOMPARE(network->fold, 1);
    QCOMPARE(network->enlargement, 2);
    QVERIFY(network->scalars.empty());
    const auto [least, most] = std::ranges::minmax(network->links[1].weights);
    QVERIFY(least < -0.1F && least >= -0.15F && most > 0.1F && most <= 0.15F);
    const auto slopes = std::ranges::minmax(network->links[1].slopes);
    QVERIFY(slopes.min < -0.1F && slopes.min >= -0.3F && slopes.max > 0.1F && slopes.max <= 0.3F);
}

void TestChainModel::anythingElseIsNoChain_data()
{
    QTest::addColumn<QByteArray>("says");
    QTest::addColumn<QByteArray>("instead");

    QTest::newRow("dilated") << QByteArray("[1, 1], [1, 1], [1, 1], 1)")
                             << QByteArray("[1, 1], [1, 1], [2, 2], 1)");
    QTest::newRow("in groups") << QByteArray("[1, 1], [1, 1], [1, 1], 1)")
                               << QByteArray("[1, 1], [1, 1], [1, 1], 2)");
    QTest::newRow("another operator") << QByteArray("torch.relu_(") << QByteArray("torch.tanh_(");
    QTest::newRow("an earlier value") << QByteArray("relu_(v6)") << QByteArray("relu_(v5)");
    QTest::newRow("an earlier answer") << QByteArray("return v17") << QByteArray("return v16");
    QTest::newRow("sides turned round") << QByteArray("[1, 1, v1, v2]")
                                        << QByteArray("[1, 1, v2, v1]");
    QTest::newRow("number first") << QByteArray("[v0, v4]") << QByteArray("[v4, v0]");
    QTest::newRow("joined above") << QByteArray("v4], 1)") << QByteArray("v4], 2)");
    QTest::newRow("weights for a bias") << QByteArray("w1 = self.w1")
                                        << QByteArray("w1 = self.w0");
    QTest::newRow("another's weights") << QByteArray("w2 = self.w2") << QByteArray("w2 = self.wX");
    QTest::newRow("a sum") << QByteArray("torch.relu_(v6)") << QByteArray("torch.add(v6,v6");
    QTest::newRow("another module") << QByteArray("class Net(Mo") << QByteArray("class Nut(Mo");
}

void TestChainModel::anythingElseIsNoChain()
{
    QFETCH(QByteArray, says);
    QFETCH(QByteArray, instead);
    QByteArray bytes = tiny("tiny-chain").bytes;
    const qsizetype at = bytes.indexOf(says);
    QVERIFY(at > 0);
    bytes.replace(at, instead.size(), instead); // as long as before: the archive stays sound
    QVERIFY(!ChainNetwork::read(bytes).has_value());
}

void TestChainModel::damagedBytesAreNoChain()
{
    const QByteArray bytes = tiny("tiny-chain").bytes;
    QVERIFY(!ChainNetwork::read({}).has_value());
    QVERIFY(!ChainNetwork::read(bytes.first(bytes.size() / 2)).has_value());
    QVERIFY(!ChainNetwork::read(tiny("tiny-fold").bytes).has_value());
    QVERIFY(!ChainNetwork::read(tiny("tiny-double").bytes).has_value());
}

void TestChainModel::answersAsLibTorchDoes_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("id");

    for (const char *id : {"tiny-chain", "tiny-chain-x2"})
        QTest::newRow(id) << QStringLiteral(HEIRLOOM_TINY_MODELS) << QString::fromLatin1(id);
    for (const char *id : {"ffdnet-color", "realesrgan-general-x4v3"})
        QTest::newRow(id) << QStringLiteral(HEIRLOOM_BINARY_DIR "/models")
                          << QString::fromLatin1(id);
}

void TestChainModel::answersAsLibTorchDoes()
{
    QFETCH(QString, folder);
    QFETCH(QString, id);
    const ModelFile file = packFile(folder + u'/' + id);
    if (file.bytes.isEmpty() && !id.startsWith(u"tiny"))
        QSKIP("This pack was not fetched.");
    if (!hasKernels())
        QSKIP("This processor has no kernels for it; LibTorch's own are used.");
    const Only chains("heirloom-chains"), torch("heirloom-torch");
    const auto quick = chains.loader->load(file);
    const auto plain = torch.loader->load(file);
    QVERIFY(quick.has_value() && plain.has_value());
    QVERIFY((*quick)->runtime().startsWith(u"oneDNN"));
    QVERIFY((*plain)->runtime().startsWith(u"LibTorch"));
    for (const QSize size : {QSize(96, 80), QSize(34, 150), QSize(6, 4), QSize(2, 2)}) {
        ModelInput input = testInput(size.width(), size.height());
        for (const double share : {0.0, 0.7}) {
            for (const ModelPack::ExtraInput &extra : file.pack.extraInputs)
                input.scalars.insert(extra.name,
                                     extra.minimum + share * (extra.maximum - extra.minimum));
            RunControl control;
            const auto a = (*quick)->run(input, control);
            const auto b = (*plain)->run(input, control);
            QVERIFY(a.has_value() && b.has_value());
            const float off = farthest(*a, *b);
            QVERIFY2(off <= 3e-5F, qPrintable(QString::number(off)));
        }
    }
}

void TestChainModel::libTorchIsNotLoadedForAChain()
{
    if (!hasKernels())
        QSKIP("This processor has no kernels for it; LibTorch's own are used.");
    ModelBackendLoader loader({plugins});
    QVERIFY(loader.load(tiny("tiny-chain")).has_value());
    QVERIFY(loader.isLoaded());
    QVERIFY(loader.name().startsWith(u"oneDNN"));
    QVERIFY(loader.load(tiny("tiny-double")).has_value());
    QVERIFY(loader.name().startsWith(u"LibTorch"));
}

void TestChainModel::misfittingInputFailsAndLeavesTheModelUsable()
{
    if (!hasKernels())
        QSKIP("This processor has no kernels for it; LibTorch's own are used.");
    const Only chains("heirloom-chains");
    const auto model = chains.loader->load(tiny("tiny-chain"));
    RunControl control;
    const ModelInput good = testInput(32, 32);
    const auto before = (*model)->run(good, control);
    QVERIFY(before.has_value());
    ModelInput far = good;
    far.scalars.insert(QStringLiteral("strength"), 1.5);
    ModelInput grey;
    grey.image = Planes(1, 32, 32);
    for (const ModelInput &wrong : {testInput(31, 32), far, grey, ModelInput()}) {
        const auto answer = (*model)->run(wrong, control);
        QVERIFY(!answer.has_value());
        QCOMPARE(answer.error().code, ErrorCode::ModelFailed);
    }
    const auto after = (*model)->run(good, control);
    QVERIFY(after.has_value());
    QCOMPARE(after->values, before->values);
}

void TestChainModel::budgetIsKept()
{
    if (!hasKernels())
        QSKIP("This processor has no kernels for it; LibTorch's own are used.");
    const Only chains("heirloom-chains");
    const auto model = chains.loader->load(tiny("tiny-chain"));
    const ModelInput input = testInput(256, 256);
    RunControl control;
    QVERIFY((*model)->run(input, control).has_value());
    const qint64 needed = control.peakBytes;
    QVERIFY(needed > 256 * 256 * 3 * 4);
    control.budgetBytes = needed - 1;
    const auto answer = (*model)->run(input, control);
    QVERIFY(!answer.has_value());
    QCOMPARE(answer.error().code, ErrorCode::OutOfMemory);
    control.budgetBytes = needed;
    QVERIFY((*model)->run(input, control).has_value());
}

void TestChainModel::passEndsBetweenConvolutions()
{
    if (!hasKernels())
        QSKIP("This processor has no kernels for it; LibTorch's own are used.");
    const Only chains("heirloom-chains");
    const auto model = chains.loader->load(tiny("tiny-chain"));
    const ModelInput input = testInput(64, 64);
    int looks = 0, last = -1;
    RunControl control;
    control.progress.setYield([&] { return ++looks == last; }, {});
    const auto expected = (*model)->run(input, control);
    QVERIFY(expected.has_value());
    const int whole = looks;
    QVERIFY(whole > 6);
    for (last = 1; last <= whole; ++last) {
        looks = 0;
        const auto answer = (*model)->run(input, control);
        QVERIFY(!answer.has_value());
        QCOMPARE(answer.error().code, ErrorCode::Cancelled);
        QCOMPARE(looks, last);
    }
    last = -1;
    const auto after = (*model)->run(input, control);
    QVERIFY(after.has_value());
    QCOMPARE(after->values, expected->values);
}

QTEST_GUILESS_MAIN(TestChainModel)
#include "tst_chainmodel.moc"
