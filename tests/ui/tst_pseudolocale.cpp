// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/leavequestion.h"
#include "models/modelsdialog.h"
#include "ui/windowharness.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSemaphore>
#include <QTabBar>
#include <QTranslator>
#include <QTreeWidget>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr char16_t opening = u'\u27e6';
constexpr char16_t closing = u'\u27e7';

/// A language in which every text is longer and in brackets: whatever is seen without them was
/// never given to a translator.
class PseudoTranslator : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int) const override
    {
        const QString text = QString::fromUtf8(source);
        // Keys in shortcuts are read back by Qt, and one text is a direction for layouts.
        if (text.isEmpty() || text == QLatin1String("QT_LAYOUT_DIRECTION"))
            return text;
        return opening + text + QStringLiteral(" ~~~") + closing;
    }
};

/// What stands outside all brackets.
QString outside(const QString &text)
{
    QString rest;
    int depth = 0;
    for (const QChar c : text) {
        if (c == opening)
            ++depth;
        else if (c == closing)
            --depth;
        else if (depth == 0)
            rest += c;
    }
    return rest;
}

bool hasLetters(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetter(); });
}

bool isTranslated(const QString &text)
{
    return !hasLetters(outside(text));
}

bool isOurs(const QWidget *widget)
{
    return !widget->objectName().startsWith(QLatin1String("qt_"));
}

} // namespace

class TestPseudoLocale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void checkFindsUntranslatedText();
    void startPage();
    void openPhoto();
    void whileItWorks();
    void withAResult();
    void withoutNetworks();
    void dialogs();

private:
    static QStringList untranslated(const QWidget *root);
    PseudoTranslator m_translator;
};

void TestPseudoLocale::initTestCase()
{
    QVERIFY(QCoreApplication::installTranslator(&m_translator));
}

QStringList TestPseudoLocale::untranslated(const QWidget *root)
{
    QStringList found;
    const auto check = [&found](const QWidget *widget, const char *what, const QString &text) {
        if (!isTranslated(text))
            found << QStringLiteral("%1 %2 %3: \"%4\"")
                         .arg(QLatin1String(widget->metaObject()->className()),
                              widget->objectName(), QLatin1String(what), text);
    };
    QList<const QWidget *> widgets{root};
    for (const QWidget *widget : root->findChildren<QWidget *>())
        widgets << widget;
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible() || !isOurs(widget) || widget->property("data").toBool())
            continue;
        if (!qobject_cast<const QAbstractButton *>(widget) || !widget->toolTip().contains(u'/'))
            check(widget, "tooltip", widget->toolTip());
        check(widget, "name", widget->accessibleName());
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            check(widget, "text", label->text());
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            check(widget, "text", button->text());
        if (const auto *field = qobject_cast<const QLineEdit *>(widget))
            check(widget, "placeholder", field->placeholderText());
        if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
            for (int i = 0; i < box->count(); ++i)
                check(widget, "item", box->itemText(i));
        }
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i)
                check(widget, "tab", tabs->tabText(i));
        }
        if (const auto *tree = qobject_cast<const QTreeWidget *>(widget)) {
            for (int i = 0; i < tree->columnCount(); ++i)
                check(widget, "header", tree->headerItem()->text(i));
        }
        for (const QAction *action : widget->actions()) {
            check(widget, "action", action->text());
            check(widget, "action's tooltip", action->toolTip());
            if (action->menu())
                check(widget, "menu", action->menu()->title());
        }
        if (widget->isWindow())
            check(widget, "title", widget->windowTitle());
    }
    return found;
}

#define VERIFY_TRANSLATED(root)                                                                    \
    do {                                                                                           \
        const QStringList missing = untranslated(root);                                            \
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));                              \
    } while (false)

void TestPseudoLocale::checkFindsUntranslatedText()
{
    QWidget window;
    auto *label = new QLabel(QStringLiteral("plain"), &window);
    window.show();
    QCOMPARE(untranslated(&window).size(), 1);
    label->setText(tr("given to the translator"));
    QVERIFY(untranslated(&window).isEmpty());
    label->setText(label->text() + QStringLiteral(" 12 %"));
    QVERIFY(untranslated(&window).isEmpty());
}

void TestPseudoLocale::startPage()
{
    WindowHarness h;
    VERIFY_TRANSLATED(h.window.get());
}

void TestPseudoLocale::openPhoto()
{
    WindowHarness h;
    QVERIFY(h.open());
    VERIFY_TRANSLATED(h.window.get());
    h.window->openPaths({h.write("bad.jpg", "no picture")});
    QVERIFY(h.waitFor([&] { return h.find<QWidget>("messageBar")->isVisible(); }));
    VERIFY_TRANSLATED(h.window.get());
    h.find<QDockWidget>("infoDock")->raise();
    QVERIFY(h.waitFor([&] { return h.find<QWidget>("infoPanel")->isVisible(); }));
    VERIFY_TRANSLATED(h.window.get());
}

void TestPseudoLocale::whileItWorks()
{
    WindowHarness h;
    QVERIFY(h.open());
    QSemaphore inside;
    QSemaphore go;
    const auto letGo = qScopeGuard([&go] { go.release(1000); }); // also when a check fails
    h.fast->beforeRun = [&](int) {
        inside.release();
        go.acquire();
    };
    h.trigger(ActionId::Apply);
    QVERIFY(h.waitFor([&] { return inside.tryAcquire(); }));
    VERIFY_TRANSLATED(h.window.get());
    go.release(1000);
    QVERIFY(h.waitFor([&] { return h.size() == QSize(96, 64); }));
}

void TestPseudoLocale::withAResult()
{
    WindowHarness h;
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    VERIFY_TRANSLATED(h.window.get());
    h.find<QDockWidget>("infoDock")->raise();
    QVERIFY(h.waitFor([&] { return h.find<QWidget>("infoPanel")->isVisible(); }));
    VERIFY_TRANSLATED(h.window.get());
}

void TestPseudoLocale::withoutNetworks()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(h.open());
    VERIFY_TRANSLATED(h.window.get());
    QVERIFY(h.enlarge());
    VERIFY_TRANSLATED(h.window.get());
}

void TestPseudoLocale::dialogs()
{
    WindowHarness h;
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    const std::pair<ActionId, const char *> all[] = {{ActionId::Export, "exportDialog"},
                                                     {ActionId::Models, "modelsDialog"},
                                                     {ActionId::Shortcuts, "shortcutsDialog"},
                                                     {ActionId::About, "aboutDialog"},
                                                     {ActionId::Close, "leaveQuestion"}};
    for (const auto &[action, name] : all) {
        h.trigger(action);
        auto *dialog = h.find<QDialog>(name);
        QVERIFY2(dialog && dialog->isVisible(), name);
        VERIFY_TRANSLATED(dialog);
        dialog->reject();
        QVERIFY(h.waitFor([&] { return !h.find<QDialog>(name); }));
    }
}

QTEST_MAIN(TestPseudoLocale)
#include "tst_pseudolocale.moc"
