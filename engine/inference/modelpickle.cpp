// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelpickle.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <memory>
#include <vector>

namespace heirloom
{

namespace
{

struct Value;
using ValuePtr = std::shared_ptr<Value>;

/// One thing on the pickle's stack.
struct Value {
    enum Kind {
        Mark,
        None,
        Bool,
        Int,
        Float,
        Text,
        Tuple,
        List,
        Dict,
        Global,
        Storage,
        Tensor,
        Object
    };
    Kind kind = None;
    qint64 number = 0;           // Int; Storage: elements
    QByteArray text;             // Text, Global; Storage: its record
    std::vector<ValuePtr> items; // Tuple; Dict and Object: keys and values that are tensors
    int depth = 0;               // of tuples inside tuples
    ModelTensor tensor;          // Tensor; Storage: what an element is
};

constexpr int deepestTuple = 16;
constexpr size_t deepestStack = 1 << 16;
constexpr size_t largestMemo = 1 << 20;

/// In bytes; 0 where there is no such storage.
int elementSize(const QByteArray &storage)
{
    static const QHash<QByteArray, int> sizes = {
        {"torch.FloatStorage", 4}, {"torch.HalfStorage", 2}, {"torch.DoubleStorage", 8},
        {"torch.LongStorage", 8},  {"torch.IntStorage", 4},  {"torch.BoolStorage", 1}};
    return sizes.value(storage, 0);
}

bool isFloating(const QByteArray &storage)
{
    return storage == "torch.FloatStorage" || storage == "torch.HalfStorage" ||
           storage == "torch.DoubleStorage";
}

class Machine
{
    Q_DECLARE_TR_FUNCTIONS(heirloom::ModelCheck)

public:
    Machine(QByteArrayView pickle, const QSet<QByteArray> &classes,
            const QHash<QByteArray, qint64> &records)
        : m_pickle(pickle)
        , m_classes(classes)
        , m_records(records)
    {
    }

    QHash<QByteArray, ModelTensor> tensors() const
    {
        QHash<QByteArray, ModelTensor> found;
        const std::vector<ValuePtr> &members = m_stack.front()->items;
        for (size_t i = 0; i + 1 < members.size(); i += 2)
            found.insert(members[i]->text, members[i + 1]->tensor);
        return found;
    }

    QString run()
    {
        if (m_pickle.size() < 3 || m_pickle[0] != char(0x80) || m_pickle[1] != 2)
            return tr("its list of weights is not readable");
        m_at = 2;
        while (m_problem.isEmpty()) {
            const quint8 operation = quint8(bytes(1)[0]);
            if (!m_problem.isEmpty())
                break;
            if (operation == '.') {
                if (m_stack.size() != 1 || m_at != m_pickle.size())
                    damaged();
                break;
            }
            step(operation);
            if (m_stack.size() > deepestStack || m_memo.size() > qsizetype(largestMemo))
                damaged();
        }
        return m_problem;
    }

private:
    void wrong(const QString &what)
    {
        if (m_problem.isEmpty())
            m_problem = what;
    }
    void damaged() { wrong(tr("its list of weights is damaged")); }

    /// Never empty, so that callers may look at the first byte.
    QByteArray bytes(qsizetype count)
    {
        if (count < 0 || m_at + count > m_pickle.size()) {
            damaged();
            return QByteArray(8, '\0');
        }
        const QByteArray result = m_pickle.sliced(m_at, count).toByteArray();
        m_at += count;
        return result;
    }

    template <typename T>
    qint64 little()
    {
        return qFromLittleEndian<T>(bytes(sizeof(T)).constData());
    }

    QByteArray line()
    {
        const qsizetype end = m_pickle.indexOf('\n', m_at);
        if (end < 0 || end - m_at > 512) {
            damaged();
            return {};
        }
        const QByteArray result = m_pickle.sliced(m_at, end - m_at).toByteArray();
        m_at = end + 1;
        return result;
    }

    void push(Value value) { m_stack.push_back(std::make_shared<Value>(std::move(value))); }
    void pushNumber(Value::Kind kind, qint64 number) { push({kind, number, {}, {}, 0, {}}); }

    ValuePtr pop()
    {
        if (m_stack.empty() || m_stack.back()->kind == Value::Mark) {
            damaged();
            return std::make_shared<Value>();
        }
        ValuePtr value = m_stack.back();
        m_stack.pop_back();
        return value;
    }

    std::vector<ValuePtr> popToMark()
    {
        size_t mark = m_stack.size();
        while (mark > 0 && m_stack[mark - 1]->kind != Value::Mark)
            --mark;
        if (mark == 0) {
            damaged();
            return {};
        }
        std::vector<ValuePtr> items(m_stack.begin() + std::ptrdiff_t(mark), m_stack.end());
        m_stack.resize(mark - 1);
        return items;
    }

    void pushTuple(std::vector<ValuePtr> items)
    {
        int depth = 0;
        for (const ValuePtr &item : items)
            depth = std::max(depth, item->depth + 1);
        if (depth > deepestTuple)
            return damaged();
        push({Value::Tuple, 0, {}, std::move(items), depth, {}});
    }

    void pushTupleOf(int count)
    {
        std::vector<ValuePtr> items(size_t(count), nullptr);
        for (int i = count - 1; i >= 0; --i)
            items[size_t(i)] = pop();
        pushTuple(std::move(items));
    }

    void topMustBe(Value::Kind kind)
    {
        if (m_stack.empty() || m_stack.back()->kind != kind)
            damaged();
    }

    void setItems(const std::vector<ValuePtr> &items)
    {
        topMustBe(Value::Dict);
        if (items.size() % 2)
            return damaged();
        for (size_t i = 0; i < items.size(); i += 2)
            if (items[i]->kind != Value::Text)
                return damaged();
        if (!m_problem.isEmpty())
            return;
        // Tensors only: dictionaries in dictionaries would be as deep as a file likes.
        std::vector<ValuePtr> &held = m_stack.back()->items;
        for (size_t i = 0; i < items.size(); i += 2)
            if (items[i + 1]->kind == Value::Tensor)
                held.insert(held.end(), {items[i], items[i + 1]});
    }

    void remember(qint64 index)
    {
        if (m_stack.empty() || m_stack.back()->kind == Value::Mark || index < 0)
            return damaged();
        m_memo.insert(index, m_stack.back());
    }

    void recall(qint64 index)
    {
        const ValuePtr value = m_memo.value(index);
        if (!value)
            return damaged();
        m_stack.push_back(value);
    }

    void step(quint8 operation)
    {
        switch (operation) {
        case '(':
            return push({Value::Mark, 0, {}, {}, 0, {}});
        case 'N':
            return push({Value::None, 0, {}, {}, 0, {}});
        case 0x88:
            return pushNumber(Value::Bool, 1);
        case 0x89:
            return pushNumber(Value::Bool, 0);
        case 'K':
            return pushNumber(Value::Int, little<quint8>());
        case 'M':
            return pushNumber(Value::Int, little<quint16>());
        case 'J':
            return pushNumber(Value::Int, little<qint32>());
        case 0x8a:
            return longNumber();
        case 'G':
            bytes(8);
            return push({Value::Float, 0, {}, {}, 0, {}});
        case 'X':
            return push({Value::Text, 0, bytes(little<quint32>()), {}, 0, {}});
        case ')':
            return pushTuple({});
        case 't':
            return pushTuple(popToMark());
        case 0x85:
            return pushTupleOf(1);
        case 0x86:
            return pushTupleOf(2);
        case 0x87:
            return pushTupleOf(3);
        case ']':
            return push({Value::List, 0, {}, {}, 0, {}});
        case '}':
            return push({Value::Dict, 0, {}, {}, 0, {}});
        case 'a':
            pop();
            return topMustBe(Value::List);
        case 'e':
            popToMark();
            return topMustBe(Value::List);
        case 's':
            return setItem();
        case 'u':
            return setItems(popToMark());
        case 'q':
            return remember(little<quint8>());
        case 'r':
            return remember(little<quint32>());
        case 'h':
            return recall(little<quint8>());
        case 'j':
            return recall(little<quint32>());
        case 'c':
            return global();
        case 'Q':
            return storage();
        case 'R':
            return reduce();
        case 0x81:
            return newObject();
        case 'b':
            return build();
        default:
            wrong(tr("its list of weights uses an operation that torch.jit.save does not"));
        }
    }

    void longNumber()
    {
        const qint64 length = little<quint8>();
        if (length > 8)
            return damaged();
        const QByteArray digits = bytes(length);
        quint64 value = length > 0 && (digits[length - 1] & 0x80) ? ~quint64(0) : 0;
        for (qint64 i = length - 1; i >= 0; --i)
            value = (value << 8) | quint8(digits[i]);
        pushNumber(Value::Int, qint64(value));
    }

    void setItem()
    {
        const ValuePtr value = pop();
        const ValuePtr key = pop();
        setItems({key, value});
    }

    void global()
    {
        const QByteArray module = line();
        const QByteArray name = module + '.' + line();
        const bool known = name == "torch._utils._rebuild_tensor_v2" ||
                           name == "collections.OrderedDict" || elementSize(name) > 0 ||
                           m_classes.contains(name);
        if (!known)
            return wrong(tr("its list of weights names \"%1\"").arg(QString::fromLatin1(name)));
        push({Value::Global, 0, name, {}, 0, {}});
    }

    /// ('storage', torch.FloatStorage, key, 'cpu', elements)
    void storage()
    {
        const ValuePtr id = pop();
        const auto &i = id->items;
        if (id->kind != Value::Tuple || i.size() != 5 || i[0]->kind != Value::Text ||
            i[0]->text != "storage" || i[1]->kind != Value::Global || i[2]->kind != Value::Text ||
            i[3]->kind != Value::Text || i[3]->text != "cpu" || i[4]->kind != Value::Int)
            return damaged();
        const qint64 size = elementSize(i[1]->text);
        const qint64 held = m_records.value(i[2]->text, -1);
        const qint64 elements = i[4]->number;
        if (size == 0 || held < 0 || elements < 0 || elements > held || elements * size != held)
            return wrong(tr("a weight's data is missing or has another size"));
        Value storage{Value::Storage, elements, {}, {}, 0, {}};
        storage.tensor.record = i[2]->text;
        storage.tensor.elementSize = int(size);
        storage.tensor.isFloating = isFloating(i[1]->text);
        push(std::move(storage));
    }

    void reduce()
    {
        const ValuePtr arguments = pop();
        const ValuePtr function = pop();
        if (function->kind != Value::Global || arguments->kind != Value::Tuple)
            return damaged();
        if (function->text == "collections.OrderedDict") {
            if (!arguments->items.empty())
                return damaged();
            return push({Value::Dict, 0, {}, {}, 0, {}});
        }
        if (function->text != "torch._utils._rebuild_tensor_v2")
            return damaged();
        tensor(arguments->items);
    }

    /// (storage, offset, sizes, strides, requires_grad, hooks)
    void tensor(const std::vector<ValuePtr> &a)
    {
        if (a.size() != 6 || a[0]->kind != Value::Storage || a[1]->kind != Value::Int ||
            a[2]->kind != Value::Tuple || a[3]->kind != Value::Tuple ||
            a[2]->items.size() != a[3]->items.size() || a[2]->items.size() > 8 ||
            a[4]->kind != Value::Bool || a[5]->kind != Value::Dict)
            return damaged();
        ModelTensor made = a[0]->tensor;
        made.offset = a[1]->number;
        made.isContiguous = true;
        qint64 last = a[1]->number;
        bool empty = false;
        if (last < 0)
            return damaged();
        for (size_t d = 0; d < a[2]->items.size(); ++d) {
            const Value &size = *a[2]->items[d];
            const Value &stride = *a[3]->items[d];
            qint64 reach = 0;
            if (size.kind != Value::Int || stride.kind != Value::Int || size.number < 0 ||
                stride.number < 0)
                return damaged();
            empty = empty || size.number == 0;
            if (qMulOverflow(std::max<qint64>(size.number - 1, 0), stride.number, &reach) ||
                qAddOverflow(last, reach, &last))
                return damaged();
            made.sizes.push_back(size.number);
        }
        qint64 expected = 1;
        for (size_t d = made.sizes.size(); d-- > 0;) {
            made.isContiguous &= made.sizes[d] == 1 || a[3]->items[d]->number == expected;
            made.isContiguous &=
                !qMulOverflow(expected, std::max<qint64>(made.sizes[d], 1), &expected);
        }
        if (!empty && last >= a[0]->number)
            return wrong(tr("a weight reaches beyond its data"));
        push({Value::Tensor, 0, {}, {}, 0, std::move(made)});
    }

    void newObject()
    {
        const ValuePtr arguments = pop();
        const ValuePtr type = pop();
        if (type->kind != Value::Global || !m_classes.contains(type->text) ||
            arguments->kind != Value::Tuple || !arguments->items.empty())
            return damaged();
        push({Value::Object, 0, {}, {}, 0, {}});
    }

    void build()
    {
        const ValuePtr members = pop();
        if (members->kind != Value::Dict)
            return damaged();
        topMustBe(Value::Object);
        if (m_problem.isEmpty())
            m_stack.back()->items = members->items;
    }

    QByteArrayView m_pickle;
    const QSet<QByteArray> &m_classes;
    const QHash<QByteArray, qint64> &m_records;
    qsizetype m_at = 0;
    std::vector<ValuePtr> m_stack;
    QHash<qint64, ValuePtr> m_memo;
    QString m_problem;
};

} // namespace

ModelPickle::ModelPickle(QSet<QByteArray> classes, QHash<QByteArray, qint64> records)
    : m_classes(std::move(classes))
    , m_records(std::move(records))
{
}

QString ModelPickle::check(QByteArrayView pickle) const
{
    return Machine(pickle, m_classes, m_records).run();
}

QHash<QByteArray, ModelTensor> ModelPickle::tensors(QByteArrayView pickle) const
{
    Machine machine(pickle, m_classes, m_records);
    return machine.run().isEmpty() ? machine.tensors() : QHash<QByteArray, ModelTensor>();
}

} // namespace heirloom
