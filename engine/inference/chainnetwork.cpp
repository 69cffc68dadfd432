// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/chainnetwork.h"

#include "inference/modelpickle.h"
#include "inference/zipdirectory.h"

#include <QFloat16>
#include <QHash>
#include <QRegularExpression>
#include <QStringList>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace heirloom
{

namespace
{

/// "a, [b, c], d" -> a | [b, c] | d
QStringList argumentsOf(const QString &text)
{
    QStringList result;
    QString now;
    int depth = 0;
    for (const QChar c : text) {
        depth += (c == u'[') - (c == u']');
        if (c == u',' && depth == 0) {
            result << now.trimmed();
            now.clear();
        } else {
            now += c;
        }
    }
    if (!now.trimmed().isEmpty())
        result << now.trimmed();
    return result;
}

/// Follows the assignments of forward() and knows what each name stands for. Whatever does not
/// belong to a chain ends it.
class Reader
{
public:
    explicit Reader(const ZipDirectory &archive)
        : m_archive(archive)
    {
    }

    std::optional<ChainNetwork> read()
    {
        const QByteArray &first = m_archive.entries.front().name;
        m_top = first.first(first.indexOf('/') + 1);
        const ZipDirectory::Entry *code = m_archive.find(m_top + "code/__torch__.py");
        const ZipDirectory::Entry *pickle = m_archive.find(m_top + "data.pkl");
        if (!code || !pickle)
            return {};
        QHash<QByteArray, qint64> records;
        for (const ZipDirectory::Entry &entry : m_archive.entries) {
            if (entry.name.startsWith(m_top + "data/"))
                records.insert(entry.name.sliced(m_top.size() + 5), entry.data.size());
        }
        m_tensors = ModelPickle({QByteArray("__torch__.Net")}, records).tensors(pickle->data);
        if (!statements(QString::fromLatin1(code->data)) || m_network.links.empty())
            return {};
        return std::move(m_network);
    }

private:
    /// What a name of the code is.
    enum class Is {
        Picture,
        Number,      ///< an argument after the picture
        Size,        ///< the height or width of the planes that the chain begins with
        NumberAlone, ///< a number as 1 x 1 x 1 x 1
        NumberPlane,
        Chain,       ///< what was computed last
        Enlarged,    ///< the picture, each pixel repeated
        Weight,
    };
    struct Meaning {
        Is kind = Is::Size;
        int number = 0; ///< Number...: which; Size: 2 or 3; Enlarged: how often
        QByteArray member;
    };

    bool statements(const QString &code)
    {
        static const QRegularExpression head(QStringLiteral(
            "^class Net\\(Module\\):\\n(?:  [_a-z]\\w* ?[=:] .*\\n)*"
            "  def forward\\(self: __torch__\\.Net((?:,\\s+\\w+: Tensor)+)\\) -> Tensor:\\n"));
        static const QRegularExpression member(QStringLiteral("^    (\\w+) = self\\.(\\w+)$"));
        static const QRegularExpression call(
            QStringLiteral("^    (\\w+) = torch\\.(\\w+)\\((.*)\\)$"));
        static const QRegularExpression answer(QStringLiteral("^    return (\\w+)$"));
        const auto begin = head.match(code);
        if (!begin.hasMatch())
            return false;
        int number = -1;
        for (const QString &argument : argumentsOf(begin.captured(1).sliced(1))) {
            const QString name = argument.section(u':', 0, 0);
            m_names.insert(name, number < 0 ? Meaning{Is::Picture, 0, {}}
                                            : Meaning{Is::Number, number, {}});
            if (number < 0)
                m_end = name;
            ++number;
        }
        bool isAnswered = false;
        for (const QString &line :
             code.sliced(begin.capturedEnd()).split(u'\n', Qt::SkipEmptyParts)) {
            if (isAnswered)
                return false;
            if (const auto m = member.match(line); m.hasMatch()) {
                m_names.insert(m.captured(1), {Is::Weight, 0, m.captured(2).toLatin1()});
            } else if (const auto c = call.match(line); c.hasMatch()) {
                if (!operation(c.captured(1), c.captured(2), argumentsOf(c.captured(3))))
                    return false;
            } else {
                const auto a = answer.match(line);
                isAnswered = a.hasMatch() && a.captured(1) == m_end;
                if (!isAnswered)
                    return false;
            }
        }
        return isAnswered;
    }

    bool is(const QString &name, Is kind) const
    {
        const auto found = m_names.constFind(name);
        return found != m_names.constEnd() && found->kind == kind;
    }

    /// The chain goes on under another name.
    bool goesOn(const QString &name)
    {
        m_names.insert(name, {Is::Chain, 0, {}});
        m_end = name;
        return true;
    }

    bool operation(const QString &to, const QString &what, const QStringList &a)
    {
        const auto says = [&](qsizetype at, const char *text) {
            return a.value(at) == QLatin1String(text);
        };
        const bool follows = !a.isEmpty() && a[0] == m_end;
        const bool isFresh = m_network.links.empty() && m_network.scalars.empty();
        if (what == QLatin1String("pixel_unshuffle")) {
            m_network.fold = a.value(1).toInt();
            return goesOn(to) && a.size() == 2 && is(a[0], Is::Picture) && isFresh &&
                   m_network.fold > 1;
        }
        if (what == QLatin1String("size")) {
            m_names.insert(to, {Is::Size, a.value(1).toInt(), {}});
            return a.size() == 2 && follows && isFresh;
        }
        if (what == QLatin1String("reshape")) {
            m_names.insert(to, {Is::NumberAlone, m_names.value(a.value(0)).number, {}});
            return a.size() == 2 && is(a[0], Is::Number) && says(1, "[1, 1, 1, 1]");
        }
        if (what == QLatin1String("expand")) {
            const QStringList sides = argumentsOf(a.value(1).mid(1).chopped(1));
            m_names.insert(to, {Is::NumberPlane, m_names.value(a.value(0)).number, {}});
            return a.size() == 2 && is(a[0], Is::NumberAlone) && sides.size() == 4 &&
                   sides[0] == u'1' && sides[1] == u'1' && isSide(sides[2], 2) &&
                   isSide(sides[3], 3);
        }
        if (what == QLatin1String("cat"))
            return join(to, a);
        if (what == QLatin1String("conv2d"))
            return follows && convolution(a) && goesOn(to);
        if (what == QLatin1String("relu") || what == QLatin1String("relu_"))
            return follows && a.size() == 1 && bend(QByteArray()) && goesOn(to);
        if (what == QLatin1String("prelu"))
            return follows && a.size() == 2 && is(a[1], Is::Weight) &&
                   bend(m_names.value(a[1]).member) && goesOn(to);
        if (what == QLatin1String("pixel_shuffle")) {
            const bool isLast = m_network.unfold == 1 && !m_network.links.empty();
            m_network.unfold = a.value(1).toInt();
            return follows && a.size() == 2 && isLast && m_network.unfold > 1 && goesOn(to);
        }
        if (what == QLatin1String("upsample_nearest2d")) {
            static const QRegularExpression alike(QStringLiteral("^\\[(\\d+)\\.0, \\1\\.0\\]$"));
            const auto times = alike.match(a.value(2));
            m_names.insert(to, {Is::Enlarged, times.captured(1).toInt(), {}});
            return a.size() == 3 && is(a[0], Is::Picture) && says(1, "None") && times.hasMatch();
        }
        if (what == QLatin1String("add")) {
            m_network.enlargement = m_names.value(a.value(1)).number;
            return follows && a.size() == 2 && is(a[1], Is::Enlarged) &&
                   m_network.enlargement == m_network.unfold && goesOn(to);
        }
        return false;
    }

    bool isSide(const QString &name, int dimension) const
    {
        return is(name, Is::Size) && m_names.value(name).number == dimension;
    }

    bool join(const QString &to, const QStringList &a)
    {
        if (a.size() != 2 || a[1] != u'1' || !a[0].startsWith(u'[') || !m_network.links.empty() ||
            !m_network.scalars.empty())
            return false;
        const QStringList parts = argumentsOf(a[0].mid(1).chopped(1));
        if (parts.size() < 2 || parts.front() != m_end)
            return false;
        for (const QString &part : parts.sliced(1)) {
            if (!is(part, Is::NumberPlane))
                return false;
            m_network.scalars.push_back(m_names.value(part).number);
        }
        return goesOn(to);
    }

    bool convolution(const QStringList &a)
    {
        if (a.size() != 7 || a[3] != QLatin1String("[1, 1]") || a[4] != a[3] || a[5] != a[3] ||
            a[6] != u'1' || !is(a[1], Is::Weight) || !is(a[2], Is::Weight) ||
            m_network.unfold != 1)
            return false;
        const ModelTensor weights = m_tensors.value(m_names.value(a[1]).member);
        if (weights.sizes.size() != 4 || weights.sizes[2] != 3 || weights.sizes[3] != 3)
            return false;
        ChainLink link;
        link.outputs = int(weights.sizes[0]);
        link.inputs = int(weights.sizes[1]);
        link.weights = numbers(weights);
        link.bias = numbers(m_tensors.value(m_names.value(a[2]).member));
        const bool fits = !link.weights.empty() && link.bias.size() == size_t(link.outputs);
        m_network.links.push_back(std::move(link));
        return fits;
    }

    /// slopes: the member that holds them; empty: all are 0.
    bool bend(const QByteArray &slopes)
    {
        if (m_network.links.empty() || !m_network.links.back().slopes.empty() ||
            m_network.unfold != 1)
            return false;
        ChainLink &link = m_network.links.back();
        link.slopes = slopes.isEmpty() ? std::vector<float>(size_t(link.outputs), 0.0F)
                                       : numbers(m_tensors.value(slopes));
        return link.slopes.size() == size_t(link.outputs);
    }

    /// Of a float or half tensor that lies in one piece; empty for others.
    std::vector<float> numbers(const ModelTensor &tensor) const
    {
        const ZipDirectory::Entry *record = m_archive.find(m_top + "data/" + tensor.record);
        if (!record || !tensor.isContiguous || !tensor.isFloating || tensor.elementSize > 4)
            return {};
        qint64 count = 1;
        for (const qint64 size : tensor.sizes)
            count *= size; // lies within the record, as was checked
        std::vector<float> result(size_t(count), 0.0F);
        const char *from = record->data.data() + tensor.offset * tensor.elementSize;
        if (tensor.elementSize == 4) {
            qFromLittleEndian<float>(from, count, result.data());
        } else {
            std::vector<qfloat16> halves(static_cast<size_t>(count));
            qFromLittleEndian<qfloat16>(from, count, halves.data());
            qFloatFromFloat16(result.data(), halves.data(), count);
        }
        return result;
    }

    const ZipDirectory &m_archive;
    QByteArray m_top;
    QHash<QByteArray, ModelTensor> m_tensors;
    QHash<QString, Meaning> m_names;
    QString m_end; ///< the name of what was computed last
    ChainNetwork m_network;
};

} // namespace

std::optional<ChainNetwork> ChainNetwork::read(const QByteArray &bytes)
{
    const ZipDirectory archive = ZipDirectory::read(bytes);
    return archive.problem.isEmpty() ? Reader(archive).read() : std::nullopt;
}

} // namespace heirloom
