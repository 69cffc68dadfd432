// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most: one grammar, read from top to bottom.
#include "inference/modelcode.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace heirloom
{

namespace
{

// Far above what a traced network needs, far below what overflows a parser's stack.
constexpr int deepestNesting = 128;
constexpr qsizetype longestSource = 16 << 20;
constexpr qsizetype longestName = 128;

struct Token {
    enum Kind { Name, Number, Text, Symbol, LineEnd, End };
    Kind kind = End;
    QByteArrayView text;
    int column = 0; // of a line's first token; -1 for the others
};

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Cuts a source into tokens; line ends inside brackets are not tokens.
class Tokens
{
    Q_DECLARE_TR_FUNCTIONS(heirloom::ModelCheck)

public:
    explicit Tokens(QByteArrayView source)
        : m_source(source)
    {
    }

    QString cut(std::vector<Token> &tokens)
    {
        int depth = 0;
        qsizetype lineStart = 0;
        bool first = true;
        while (m_at < m_source.size()) {
            const char c = m_source[m_at];
            const qsizetype start = m_at;
            if (c == '\n') {
                ++m_at;
                if (depth == 0 && !first)
                    tokens.push_back({Token::LineEnd, {}, -1});
                first = first || depth == 0;
                lineStart = m_at;
                continue;
            }
            if (c == ' ') {
                ++m_at;
                continue;
            }
            Token token;
            if (isNameStart(c)) {
                while (m_at < m_source.size() &&
                       (isNameStart(m_source[m_at]) || isDigit(m_source[m_at])))
                    ++m_at;
                token.kind = Token::Name;
            } else if (isDigit(c)) {
                if (!number())
                    return tr("a number in its code is not readable");
                token.kind = Token::Number;
            } else if (c == '"') {
                ++m_at;
                while (m_at < m_source.size() && m_source[m_at] != '"') {
                    const char in = m_source[m_at];
                    if (in == '\\' || in < 32 || in > 126)
                        return tr("a text in its code has an unusual character");
                    ++m_at;
                }
                if (m_at++ >= m_source.size())
                    return tr("a text in its code does not end");
                token.kind = Token::Text;
            } else if (QByteArrayView("()[]:=,.->").contains(c)) {
                ++m_at;
                token.kind = Token::Symbol;
                depth += (c == '(' || c == '[') - (c == ')' || c == ']');
                if (depth < 0 || depth > deepestNesting)
                    return tr("its code is nested too deeply");
            } else {
                return tr("its code has a character that traced networks do not use");
            }
            token.text = m_source.sliced(start, m_at - start);
            if (token.kind == Token::Name && token.text.size() > longestName)
                return tr("a name in its code is too long");
            token.column = first ? int(start - lineStart) : -1;
            first = false;
            tokens.push_back(token);
        }
        if (!first)
            tokens.push_back({Token::LineEnd, {}, -1});
        tokens.push_back({});
        return {};
    }

private:
    bool number()
    {
        const auto digits = [&] {
            const qsizetype from = m_at;
            while (m_at < m_source.size() && isDigit(m_source[m_at]))
                ++m_at;
            return m_at > from;
        };
        digits();
        if (m_at < m_source.size() && m_source[m_at] == '.') {
            ++m_at;
            digits();
        }
        if (m_at < m_source.size() && m_source[m_at] == 'e') {
            ++m_at;
            if (m_at < m_source.size() && (m_source[m_at] == '-' || m_source[m_at] == '+'))
                ++m_at;
            return digits();
        }
        return m_at >= m_source.size() || !isNameStart(m_source[m_at]);
    }

    QByteArrayView m_source;
    qsizetype m_at = 0;
};

/// Recursive descent over the tokens of one file. The first problem ends it.
class Parser
{
    Q_DECLARE_TR_FUNCTIONS(heirloom::ModelCheck)

public:
    Parser(std::vector<Token> tokens, const QSet<QByteArray> &operators, QByteArray module,
           QSet<QByteArray> &classes, QSet<QByteArray> &used)
        : m_tokens(std::move(tokens))
        , m_operators(operators)
        , m_module(std::move(module))
        , m_classes(classes)
        , m_used(used)
    {
    }

    QString file()
    {
        while (m_problem.isEmpty() && peek().kind != Token::End)
            moduleClass();
        return m_problem;
    }

private:
    const Token &peek(size_t ahead = 0) const
    {
        return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
    }

    void wrong(const QString &what)
    {
        if (!m_problem.isEmpty())
            return;
        m_problem = what;
        m_at = m_tokens.size() - 1; // everything after it reads as the end
    }

    void unexpected()
    {
        const QByteArrayView text = peek().text.first(std::min<qsizetype>(peek().text.size(), 60));
        wrong(tr("its code says \"%1\", which traced networks do not")
                  .arg(QString::fromLatin1(text)));
    }

    bool isSymbol(char c, size_t ahead = 0) const
    {
        const Token &token = peek(ahead);
        return token.kind == Token::Symbol && token.text[0] == c;
    }

    bool isName(const char *name, size_t ahead = 0) const
    {
        return peek(ahead).kind == Token::Name && peek(ahead).text == QByteArrayView(name);
    }

    void symbol(char c)
    {
        if (!isSymbol(c))
            return unexpected();
        ++m_at;
    }

    void keyword(const char *name)
    {
        if (!isName(name))
            return unexpected();
        ++m_at;
    }

    QByteArrayView take(Token::Kind kind)
    {
        if (peek().kind != kind) {
            unexpected();
            return {};
        }
        return m_tokens[m_at++].text;
    }

    void lineEnd() { take(Token::LineEnd); }

    QByteArray dottedName()
    {
        QByteArray name = take(Token::Name).toByteArray();
        while (isSymbol('.')) {
            ++m_at;
            name += '.' + take(Token::Name).toByteArray();
        }
        return name;
    }

    void type(int depth = 0)
    {
        static const QSet<QByteArray> plain = {"Tensor",   "int",  "float", "bool",
                                               "Optional", "List", "Tuple", "NoneType"};
        const QByteArray name = dottedName();
        if (name.startsWith("__torch__."))
            m_used.insert(name);
        else if (!plain.contains(name))
            return wrong(tr("its code uses the type \"%1\"").arg(QString::fromLatin1(name)));
        if (!isSymbol('['))
            return;
        if (depth > 8)
            return unexpected();
        do {
            ++m_at;
            type(depth + 1);
        } while (isSymbol(','));
        symbol(']');
    }

    void moduleClass()
    {
        if (peek().column != 0)
            return unexpected();
        keyword("class");
        const QByteArray name = take(Token::Name).toByteArray();
        symbol('(');
        keyword("Module");
        symbol(')');
        symbol(':');
        lineEnd();
        m_classes.insert(m_module + '.' + name);
        while (m_problem.isEmpty() && peek().kind != Token::End && peek().column == 2)
            member();
    }

    void member()
    {
        if (isName("def"))
            return method();
        if (isName("__parameters__") || isName("__buffers__")) {
            ++m_at;
            symbol('=');
            symbol('[');
            while (m_problem.isEmpty() && !isSymbol(']')) {
                take(Token::Text);
                symbol(',');
            }
            symbol(']');
            return lineEnd();
        }
        if (isName("__annotations__")) {
            ++m_at;
            symbol('[');
            take(Token::Text);
            symbol(']');
            symbol('=');
        } else {
            const QByteArrayView name = take(Token::Name);
            if (name.startsWith("__"))
                return wrong(tr("its code defines \"%1\"").arg(QString::fromLatin1(name)));
            symbol(':');
        }
        type();
        lineEnd();
    }

    static bool isForward(QByteArrayView name)
    {
        if (!name.startsWith("forward"))
            return false;
        for (char c : name.sliced(7))
            if (!isDigit(c))
                return false;
        return true;
    }

    void method()
    {
        keyword("def");
        const QByteArrayView name = take(Token::Name);
        if (!isForward(name))
            return wrong(tr("its code defines the method \"%1\"").arg(QString::fromLatin1(name)));
        m_locals.clear();
        symbol('(');
        keyword("self");
        symbol(':');
        type();
        while (m_problem.isEmpty() && isSymbol(',')) {
            ++m_at;
            define(take(Token::Name));
            symbol(':');
            type();
        }
        symbol(')');
        symbol('-');
        symbol('>');
        type();
        symbol(':');
        lineEnd();
        while (m_problem.isEmpty() && peek().kind != Token::End && peek().column == 4)
            statement();
    }

    void define(QByteArrayView name)
    {
        static const QSet<QByteArray> reserved = {
            "self",   "torch", "ops",   "CONSTANTS", "annotate", "getattr", "int",  "float", "bool",
            "return", "def",   "class", "if",        "for",      "while",   "else", "None",  "True",
            "False",  "in",    "is",    "not",       "and",      "or",      "with", "import"};
        if (reserved.contains(name.toByteArray()) || name.startsWith("__"))
            return wrong(tr("its code gives \"%1\" a new meaning").arg(QString::fromLatin1(name)));
        m_locals.insert(name.toByteArray());
    }

    void statement()
    {
        if (isName("return")) {
            ++m_at;
            expression(0);
            return lineEnd();
        }
        std::vector<QByteArrayView> targets = {take(Token::Name)};
        while (m_problem.isEmpty() && isSymbol(',')) {
            ++m_at;
            if (isSymbol('='))
                break;
            targets.push_back(take(Token::Name));
        }
        symbol('=');
        expression(0);
        lineEnd();
        for (QByteArrayView target : targets)
            define(target);
    }

    /// After an opening bracket: expressions up to the closing one.
    void list(char closing, int depth, bool named = false)
    {
        while (m_problem.isEmpty() && !isSymbol(closing)) {
            if (named && peek().kind == Token::Name && isSymbol('=', 1))
                m_at += 2;
            expression(depth + 1);
            if (!isSymbol(','))
                break;
            ++m_at;
        }
        symbol(closing);
    }

    void expression(int depth)
    {
        if (depth > deepestNesting)
            return wrong(tr("its code is nested too deeply"));
        if (isSymbol('-')) {
            ++m_at;
            take(Token::Number);
        } else if (peek().kind == Token::Number) {
            ++m_at;
        } else if (isSymbol('[')) {
            ++m_at;
            list(']', depth);
        } else if (isSymbol('(')) {
            bracket(depth);
        } else if (peek().kind == Token::Name) {
            named(depth);
        } else {
            unexpected();
        }
    }

    /// "(a, b)", "(a)" or "(module).forward(a, )".
    void bracket(int depth)
    {
        symbol('(');
        list(')', depth);
        if (!isSymbol('.'))
            return;
        ++m_at;
        const QByteArrayView name = take(Token::Name);
        if (!isForward(name))
            return wrong(tr("its code calls the method \"%1\"").arg(QString::fromLatin1(name)));
        symbol('(');
        list(')', depth);
    }

    void named(int depth)
    {
        const QByteArray name = take(Token::Name).toByteArray();
        if (name == "True" || name == "False" || name == "None")
            return;
        if (name == "self") {
            symbol('.');
            take(Token::Name);
        } else if (name == "CONSTANTS") {
            symbol('.');
            take(Token::Name);
        } else if (name == "getattr") {
            symbol('(');
            const QByteArray owner = take(Token::Name).toByteArray();
            if (owner != "self" && !m_locals.contains(owner))
                return foreign(owner);
            symbol(',');
            take(Token::Text);
            symbol(')');
        } else if (name == "annotate") {
            symbol('(');
            type();
            symbol(',');
            expression(depth + 1);
            symbol(')');
        } else if (name == "int" || name == "float" || name == "bool") {
            symbol('(');
            list(')', depth);
        } else if (name == "torch") {
            symbol('.');
            const QByteArray called = take(Token::Name).toByteArray();
            if (m_problem.isEmpty() && !m_operators.contains(called))
                return wrong(
                    tr("its code uses the operator \"torch.%1\"").arg(QString::fromLatin1(called)));
            symbol('(');
            list(')', depth, true);
        } else if (name == "ops") {
            symbol('.');
            keyword("prim");
            symbol('.');
            keyword("NumToTensor");
            symbol('(');
            list(')', depth);
        } else if (m_locals.contains(name)) {
            // A module's part; what a tensor has there, the walk over the graph knows.
            while (isSymbol('.')) {
                ++m_at;
                if (take(Token::Name).startsWith("__"))
                    return foreign(name);
            }
        } else {
            foreign(name);
        }
    }

    void foreign(const QByteArray &name)
    {
        wrong(
            tr("its code uses \"%1\", which is not a value of it").arg(QString::fromLatin1(name)));
    }

    std::vector<Token> m_tokens;
    const QSet<QByteArray> &m_operators;
    QByteArray m_module;
    QSet<QByteArray> &m_classes;
    QSet<QByteArray> &m_used;
    QSet<QByteArray> m_locals;
    size_t m_at = 0;
    QString m_problem;
};

} // namespace

ModelCode::ModelCode(QSet<QByteArray> operators)
    : m_operators(std::move(operators))
{
}

QString ModelCode::check(QByteArrayView source, const QByteArray &module)
{
    if (source.size() > longestSource)
        return QCoreApplication::translate("heirloom::ModelCheck", "its code is larger than 16 MB");
    std::vector<Token> tokens;
    if (QString problem = Tokens(source).cut(tokens); !problem.isEmpty())
        return problem;
    return Parser(std::move(tokens), m_operators, module, m_classes, m_used).file();
}

QString ModelCode::checkTypes() const
{
    for (const QByteArray &name : m_used)
        if (!m_classes.contains(name))
            return QCoreApplication::translate("heirloom::ModelCheck",
                                               "its code uses the type \"%1\"")
                .arg(QString::fromLatin1(name));
    return {};
}

} // namespace heirloom
