// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelcheck.h"

#include "inference/modelcode.h"
#include "inference/modelpickle.h"
#include "inference/zipdirectory.h"

#include <QCoreApplication>
#include <QSet>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::ModelCheck", text);
}

QSet<QByteArray> callableOperators()
{
    QSet<QByteArray> result;
    for (const QString &name : allowedOperators())
        result.insert(name.section(QStringLiteral("::"), 1).toLatin1());
    return result;
}

/// "code/__torch__/torch/nn/modules/conv.py" -> "__torch__.torch.nn.modules.conv"
QByteArray moduleName(const QByteArray &name)
{
    QByteArray module = name.sliced(5);
    module.chop(3);
    return module.replace('/', '.');
}

/// What LibTorch 1.13 reads; a later one reads these too.
bool isKnownVersion(const QByteArray &text)
{
    bool isNumber = false;
    const int version = text.trimmed().toInt(&isNumber);
    return isNumber && version >= 1 && version <= 10;
}

bool isRecordKey(const QByteArray &key)
{
    return !key.isEmpty() && key.size() <= 10 &&
           std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

const QStringList &allowedOperators()
{
    static const QStringList operators = [] {
        // What the fetched packs and the ones this project trains are made of (the second group).
        QStringList list =
            QStringLiteral(
                "_convolution add avg_pool2d cat conv2d expand leaky_relu leaky_relu_ "
                "max_pool2d mul pixel_shuffle pixel_unshuffle prelu relu relu_ reshape "
                "sigmoid size sub upsample_bilinear2d upsample_nearest2d "
                "abs amax clamp div exp flatten linear log1p maximum mean minimum "
                "rsub slice softmax unsqueeze view")
                .split(u' ');
        for (QString &name : list)
            name.prepend(QStringLiteral("aten::"));
        return list;
    }();
    return operators;
}

const QStringList &allowedPrimitives()
{
    // The last ones appear where a traced graph turns sizes into numbers and back.
    static const QStringList primitives = {
        QStringLiteral("prim::Constant"),      QStringLiteral("prim::GetAttr"),
        QStringLiteral("prim::ListConstruct"), QStringLiteral("prim::TupleConstruct"),
        QStringLiteral("prim::CallMethod"),    QStringLiteral("prim::NumToTensor"),
        QStringLiteral("aten::Int"),           QStringLiteral("aten::Float"),
        QStringLiteral("aten::Bool")};
    return primitives;
}

QString checkModelBytes(const QByteArray &bytes)
{
    const ZipDirectory directory = ZipDirectory::read(bytes);
    if (!directory.problem.isEmpty())
        return directory.problem;

    const QByteArray top = directory.entries.front().name.split('/').front() + '/';
    ModelCode code(callableOperators());
    QHash<QByteArray, qint64> weights;
    QHash<QByteArray, qint64> constants;
    QByteArrayView dataPickle;
    QByteArrayView constantsPickle;
    bool hasCode = false;
    for (const ZipDirectory::Entry &entry : directory.entries) {
        if (!entry.name.startsWith(top))
            return tr("its entries are not in one folder");
        const QByteArray name = entry.name.sliced(top.size());
        if (!ZipDirectory::crcMatches(entry))
            return tr("its entry \"%1\" is damaged").arg(QString::fromLatin1(name));
        if (name == "data.pkl") {
            dataPickle = entry.data;
        } else if (name == "constants.pkl") {
            constantsPickle = entry.data;
        } else if (name.startsWith("data/") && isRecordKey(name.sliced(5))) {
            weights.insert(name.sliced(5), entry.data.size());
        } else if (name.startsWith("constants/") && isRecordKey(name.sliced(10))) {
            constants.insert(name.sliced(10), entry.data.size());
        } else if (name.startsWith("code/__torch__") && name.endsWith(".py")) {
            hasCode = true;
            if (QString problem = code.check(entry.data, moduleName(name)); !problem.isEmpty())
                return problem;
        } else if (name == "version") {
            if (!isKnownVersion(entry.data.toByteArray()))
                return tr("it was written by a newer LibTorch");
        } else if (name != "byteorder") {
            return tr("it contains \"%1\", which no model needs").arg(QString::fromLatin1(name));
        }
    }
    if (!hasCode || dataPickle.isEmpty() || constantsPickle.isEmpty())
        return tr("it is not a TorchScript model (weights without a network, perhaps)");
    if (QString problem = code.checkTypes(); !problem.isEmpty())
        return problem;
    if (QString problem = ModelPickle(code.classes(), weights).check(dataPickle);
        !problem.isEmpty())
        return problem;
    return ModelPickle({}, constants).check(constantsPickle);
}

} // namespace heirloom
