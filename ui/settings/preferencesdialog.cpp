// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/preferencesdialog.h"

#include "settings/shortcutspage.h"
#include "theme/icon.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int listWidth = 130;
constexpr int leastPictureMegabytes = 256;
constexpr int mostMegabytes = 1 << 20;

void describe(QWidget *control, const QString &label, const QString &hint)
{
    control->setAccessibleName(label);
    control->setToolTip(hint);
    control->setWhatsThis(hint);
}

} // namespace

PreferencesDialog::PreferencesDialog(Settings &settings, Actions &actions, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_list(new QListWidget)
    , m_pages(new QStackedWidget)
{
    setObjectName(QStringLiteral("preferencesDialog"));
    setWindowTitle(tr("Preferences"));
    m_list->setObjectName(QStringLiteral("preferencesPages"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFixedWidth(listWidth);
    m_list->setFrameShape(QFrame::NoFrame);
    buildLook();
    buildMemory();
    buildFiles();
    m_list->addItem(tr("Keyboard"));
    m_pages->addWidget(new ShortcutsPage(actions));
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_list->setCurrentRow(0);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(16);
    middle->addWidget(m_list);
    middle->addWidget(m_pages, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addLayout(middle, 1);
    layout->addWidget(buttons);
    resize(680, 520);
}

void PreferencesDialog::showPage(Page page)
{
    m_list->setCurrentRow(int(page));
}

QFormLayout *PreferencesDialog::addPage(const QString &title)
{
    auto *page = new QWidget;
    auto *form = new QFormLayout(page);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    m_list->addItem(title);
    m_pages->addWidget(page);
    return form;
}

QComboBox *PreferencesDialog::addChoice(QFormLayout *form, const QString &label,
                                        const QString &hint, const Setting<QString> &setting,
                                        const QList<std::pair<QString, QString>> &choices)
{
    auto *box = new QComboBox;
    describe(box, label, hint);
    box->setObjectName(QLatin1String(setting.key));
    for (const auto &[key, text] : choices)
        box->addItem(text, key);
    const auto show = [this, box, &setting] {
        const int i = box->findData(m_settings.value(setting));
        if (i >= 0 && i != box->currentIndex())
            box->setCurrentIndex(i);
    };
    show();
    connect(&m_settings, &Settings::changed, box, show);
    connect(box, &QComboBox::activated, this, [this, box, &setting] {
        m_settings.set(setting, box->currentData().toString());
    });
    form->addRow(label, box);
    return box;
}

QSpinBox *PreferencesDialog::addNumber(QFormLayout *form, const QString &label,
                                       const QString &hint, const Setting<int> &setting, int least,
                                       int most, int step, const QString &suffix)
{
    auto *box = new QSpinBox;
    describe(box, label, hint);
    box->setObjectName(QLatin1String(setting.key));
    box->setRange(least, most);
    box->setSingleStep(step);
    box->setSuffix(suffix);
    box->setGroupSeparatorShown(true);
    box->setKeyboardTracking(false);
    box->setValue(m_settings.value(setting));
    connect(box, &QSpinBox::valueChanged, this,
            [this, &setting](int value) { m_settings.set(setting, value); });
    form->addRow(label, box);
    return box;
}

QCheckBox *PreferencesDialog::addSwitch(QFormLayout *form, const QString &label,
                                        const QString &hint, const Setting<bool> &setting)
{
    auto *box = new QCheckBox(label);
    describe(box, label, hint);
    box->setObjectName(QLatin1String(setting.key));
    box->setChecked(m_settings.value(setting));
    connect(box, &QCheckBox::toggled, this,
            [this, &setting](bool on) { m_settings.set(setting, on); });
    form->addRow(QString(), box);
    return box;
}

void PreferencesDialog::addNote(QFormLayout *form, const QString &text)
{
    auto *note = new QLabel(text);
    note->setProperty("quiet", true);
    note->setWordWrap(true);
    form->addRow(note);
}

void PreferencesDialog::buildLook()
{
    QFormLayout *form = addPage(tr("Look"));
    addChoice(form, tr("Theme"), tr("Light or dark windows"), setting::theme,
              {{QStringLiteral("system"), tr("As the system")},
               {QStringLiteral("dark"), tr("Dark")},
               {QStringLiteral("light"), tr("Light")}});
    addChoice(form, tr("Around the picture"),
              tr("The grey around a picture. Colours are seen best on a neutral one."),
              setting::canvasColor,
              {{QStringLiteral("theme"), tr("As the theme")},
               {QStringLiteral("#000000"), tr("Black")},
               {QStringLiteral("#3c3c3c"), tr("Dark grey")},
               {QStringLiteral("#777777"), tr("Middle grey")},
               {QStringLiteral("#b4b4b4"), tr("Light grey")},
               {QStringLiteral("#ffffff"), tr("White")}});
    addChoice(form, tr("Quick mask"), tr("The colour over what is selected while quick mask is on"),
              setting::quickMaskColor,
              {{QStringLiteral("#e03030"), tr("Red")},
               {QStringLiteral("#20b040"), tr("Green")},
               {QStringLiteral("#3070f0"), tr("Blue")},
               {QStringLiteral("#f0d020"), tr("Yellow")},
               {QStringLiteral("#d030d0"), tr("Magenta")}});
    addNumber(form, tr("It covers"), tr("How much of the picture the quick mask's colour covers"),
              setting::quickMaskOpacity, 10, 100, 5, tr(" %"));
    addSwitch(form, tr("The wheel zooms"),
              tr("Off: the wheel scrolls, and zooms with Ctrl held"), setting::wheelZooms);
    addSwitch(form, tr("Show the tray"),
              tr("Small pictures of the open photos below the canvas, where there are several"),
              setting::showTray);
}

void PreferencesDialog::buildMemory()
{
    QFormLayout *form = addPage(tr("Memory and speed"));
    addNumber(form, tr("Pictures and undo"),
              tr("Memory for the pixels of all open photos and their undo steps. What does not fit "
                 "is kept on disk; nothing is ever dropped."),
              setting::pictureMegabytes, leastPictureMegabytes, mostMegabytes, 256, tr(" MB"));
    auto *network = addNumber(
        form, tr("Networks"),
        tr("Memory for one run of a network. Where it is not enough, smaller pieces are computed."),
        setting::networkMegabytes, 0, mostMegabytes, 256, tr(" MB"));
    network->setSpecialValueText(tr("No limit"));
    auto *tile = addNumber(form, tr("Tile"),
                           tr("Side of the pieces that a picture is computed in. Larger ones are a "
                              "little faster and need more memory."),
                           setting::tile, 0, 1024, 64, tr(" px"));
    tile->setSpecialValueText(tr("The network's best"));
    auto *threads = addNumber(form, tr("Processor cores"),
                              tr("How many cores a network may use. Holds from the next start on."),
                              setting::threads, 0, 256, 1, QString());
    threads->setSpecialValueText(tr("All"));
    addNote(form, tr("A change of the cores holds from the next start on, the others at once."));
}

void PreferencesDialog::buildFiles()
{
    QFormLayout *form = addPage(tr("Files"));
    addSwitch(form, tr("Say in written files what a computer has added"),
              tr("The mark by which other programs and people see that a network worked on the "
                 "picture. The export dialog begins with this choice."),
              setting::exportMark);
    auto *folder = new QLineEdit(m_settings.value(setting::recoveryFolder));
    const QString hint = tr("Where unsaved work is kept in case the program or the computer stops. "
                            "Empty: a folder of Heirloom's own. Holds from the next start on.");
    describe(folder, tr("Recovery folder"), hint);
    folder->setObjectName(QLatin1String(setting::recoveryFolder.key));
    folder->setPlaceholderText(tr("Heirloom's own"));
    folder->setMinimumWidth(240);
    auto *problem = new QLabel;
    problem->setObjectName(QStringLiteral("recoveryProblem"));
    problem->setWordWrap(true);
    problem->hide();
    const auto take = [this, folder, problem] {
        const QString path = folder->text().trimmed();
        const QFileInfo info(path);
        const bool usable = path.isEmpty() || (info.isDir() && info.isWritable());
        problem->setText(tr("Nothing can be written to this folder. Choose another one."));
        problem->setVisible(!usable);
        if (usable)
            m_settings.set(setting::recoveryFolder, path);
    };
    connect(folder, &QLineEdit::editingFinished, this, take);
    auto *browse = new QToolButton;
    browse->setIcon(icon("open"));
    browse->setFocusPolicy(Qt::TabFocus);
    describe(browse, tr("Choose the recovery folder"), tr("Choose the recovery folder"));
    connect(browse, &QToolButton::clicked, this, [this, folder, take] {
        auto *dialog = new QFileDialog(this, tr("Recovery folder"), folder->text());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, this, [folder, take](const QString &path) {
            folder->setText(path);
            take();
        });
        dialog->open();
    });
    auto *row = new QHBoxLayout;
    row->addWidget(folder, 1);
    row->addWidget(browse);
    form->addRow(tr("Recovery folder"), row);
    form->addRow(QString(), problem);
}

} // namespace heirloom
