// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/exportdialog.h"

#include "core/errortext.h"
#include "dialogs/exportname.h"
#include "session/enlargedexport.h"
#include "settings/settings.h"
#include "widgets/valueslider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr FileFormat written[] = {FileFormat::Jpeg, FileFormat::Png, FileFormat::Tiff,
                                  FileFormat::WebP};

QString metadataKey(MetadataPolicy policy)
{
    return policy == MetadataPolicy::All          ? QStringLiteral("all")
           : policy == MetadataPolicy::NoLocation ? QStringLiteral("no-location")
                                                  : QStringLiteral("none");
}

} // namespace

ExportDialog::ExportDialog(ExportPicture picture, FileFormat sourceFormat, Settings &settings,
                           QWidget *parent, EnlargeOffer enlarge)
    : QDialog(parent)
    , m_picture(std::move(picture))
    , m_settings(settings)
    , m_enlarge(new EnlargeChoice(std::move(enlarge)))
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    build();
    const int bits = m_picture.format.bytesPerSample() * 8;
    const auto chosen =
        fileFormatFromSuffix(QStringLiteral("x.") + settings.value(setting::exportFormat));
    const FileFormat format = chosen ? *chosen : defaultExportFormat(sourceFormat, bits);
    m_format->setCurrentIndex(m_format->findData(int(format)));
    const QString name =
        m_picture.sourcePath.isEmpty() ? tr("photo") : QFileInfo(m_picture.sourcePath).fileName();
    setPath(suggestedExportPath(m_picture.sourcePath, name, format,
                                settings.value(setting::exportFolder)));
}

void ExportDialog::build()
{
    m_path = new QLineEdit;
    m_path->setObjectName(QStringLiteral("exportPath"));
    m_path->setMinimumWidth(460);
    m_path->setAccessibleName(tr("File"));
    auto *browseButton = new QPushButton(tr("Choose..."));
    browseButton->setToolTip(tr("Choose the folder and name"));
    auto *pathRow = new QHBoxLayout;
    pathRow->addWidget(m_path, 1);
    pathRow->addWidget(browseButton);

    m_format = new QComboBox;
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->setAccessibleName(tr("Format"));
    for (const FileFormat f : written)
        m_format->addItem(fileFormatName(f), int(f));
    m_format->setProperty("data", true);

    m_quality = new ValueSlider(tr("Quality"), 1, 100, setting::exportQuality.fallback);
    m_quality->setValue(m_settings.value(setting::exportQuality));

    m_depth = new QComboBox;
    m_depth->setAccessibleName(tr("Depth"));
    m_depth->addItem(tr("8 bit"), int(Depth::U8));
    m_depth->addItem(tr("16 bit"), int(Depth::U16));
    m_depth->setCurrentIndex(m_picture.format.depth == Depth::U8 ? 0 : 1);

    const auto side = [](const QString &name) {
        auto *box = new QSpinBox;
        box->setRange(1, 120000);
        box->setSuffix(tr(" px"));
        box->setAccessibleName(name);
        box->setToolTip(name);
        box->setKeyboardTracking(false);
        return box;
    };
    m_width = side(tr("Width in pixels"));
    m_height = side(tr("Height in pixels"));
    m_width->setObjectName(QStringLiteral("exportWidth"));
    m_height->setObjectName(QStringLiteral("exportHeight"));
    m_width->setValue(m_picture.size.width());
    m_height->setValue(m_picture.size.height());
    auto *sizeRow = new QHBoxLayout;
    sizeRow->addWidget(m_width, 1);
    sizeRow->addWidget(new QLabel(QStringLiteral("\u00d7")));
    sizeRow->addWidget(m_height, 1);

    m_srgb = new QCheckBox(tr("Convert colours to sRGB (for the web)"));
    m_metadata = new QComboBox;
    m_metadata->setAccessibleName(tr("Photo's information"));
    m_metadata->addItem(tr("Keep everything"), metadataKey(MetadataPolicy::All));
    m_metadata->addItem(tr("Keep, but without the place"), metadataKey(MetadataPolicy::NoLocation));
    m_metadata->addItem(tr("Remove everything"), metadataKey(MetadataPolicy::None));
    m_metadata->setCurrentIndex(
        std::max(0, m_metadata->findData(m_settings.value(setting::exportMetadata))));
    m_mark = new QCheckBox(tr("Say in the file what a computer has added"));
    m_mark->setObjectName(QStringLiteral("exportMark"));
    m_mark->setChecked(m_settings.value(setting::exportMark));
    m_mark->setToolTip(
        tr("Lets archives and galleries tell restored detail from photographed detail"));
    m_overwrite = new QCheckBox(tr("Replace the file that is there"));
    m_overwrite->setObjectName(QStringLiteral("exportOverwrite"));
    m_overwrite->hide();
    m_estimate = new QLabel;
    m_estimate->setObjectName(QStringLiteral("exportEstimate"));
    m_estimate->setProperty("quiet", true);
    m_problem = new QLabel;
    m_problem->setObjectName(QStringLiteral("exportProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(10);
    const auto labelled = [form](const QString &text, QLayout *field, QWidget *buddy) {
        auto *label = new QLabel(text);
        label->setBuddy(buddy);
        form->addRow(label, field);
    };
    labelled(tr("&File"), pathRow, m_path);
    form->addRow(QString(), m_overwrite);
    form->addRow(tr("F&ormat"), m_format);
    form->addRow(QString(), m_quality);
    form->addRow(tr("&Depth"), m_depth);
    form->addRow(tr("&Enlarge"), m_enlarge);
    labelled(tr("&Size"), sizeRow, m_width);
    form->addRow(QString(), m_srgb);
    form->addRow(tr("&Information"), m_metadata);
    form->addRow(QString(), m_mark);
    form->addRow(QString(), m_estimate);

    auto *buttons = new QDialogButtonBox;
    m_export = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    m_export->setObjectName(QStringLiteral("exportAccept"));
    m_export->setProperty("primary", true);
    m_export->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(14);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);

    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::pathTyped);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChosen);
    connect(m_quality, &ValueSlider::valueChanged, this, &ExportDialog::refresh);
    connect(m_depth, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(m_width, &QSpinBox::valueChanged, this, [this] { followWidth(true); });
    connect(m_height, &QSpinBox::valueChanged, this, [this] { followWidth(false); });
    connect(m_enlarge, &EnlargeChoice::changed, this, &ExportDialog::enlargeChosen);
    for (QCheckBox *box : {m_srgb, m_mark})
        connect(box, &QCheckBox::toggled, this, &ExportDialog::refresh);
    connect(m_metadata, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    connect(m_overwrite, &QCheckBox::toggled, this, &ExportDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        remember();
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

FileFormat ExportDialog::format() const
{
    return FileFormat(m_format->currentData().toInt());
}

void ExportDialog::setPath(const QString &path)
{
    m_path->setText(path);
    m_path->setCursorPosition(int(path.size()));
    refresh();
}

void ExportDialog::formatChosen()
{
    const QFileInfo info(m_path->text());
    if (!m_path->text().isEmpty() && fileFormatFromSuffix(m_path->text()) != format()) {
        const QString base = info.path() + u'/' + info.completeBaseName();
        m_path->setText(base + u'.' + suffixOf(format()));
    }
    refresh();
}

void ExportDialog::pathTyped()
{
    const auto typed = fileFormatFromSuffix(m_path->text());
    if (typed && *typed != format()) {
        const int index = m_format->findData(int(*typed));
        if (index >= 0)
            m_format->setCurrentIndex(index);
    }
    refresh();
}

void ExportDialog::followWidth(bool fromWidth)
{
    if (m_following || m_picture.size.isEmpty())
        return;
    m_following = true;
    const double ratio = double(m_picture.size.height()) / m_picture.size.width();
    if (fromWidth)
        m_height->setValue(std::max(1, int(std::lround(m_width->value() * ratio))));
    else
        m_width->setValue(std::max(1, int(std::lround(m_height->value() / ratio))));
    m_following = false;
    refresh();
}

QSize ExportDialog::typedSize() const
{
    return {m_width->value(), m_height->value()};
}

std::optional<UpscaleSettings> ExportDialog::enlargement() const
{
    return m_enlarge->settings(typedSize());
}

void ExportDialog::enlargeChosen()
{
    const bool byFactor = m_enlarge->kind() == EnlargeChoice::Kind::Factor;
    m_width->setEnabled(!byFactor);
    m_height->setEnabled(!byFactor);
    // By a factor the fields say what follows from it; otherwise they begin at the picture's size.
    QSize size = m_picture.size;
    if (byFactor) {
        if (const auto larger =
                UpscaleTarget::byFactor(m_enlarge->factor()).sizeFor(m_picture.size))
            size = *larger;
    } else if (m_enlarge->kind() == EnlargeChoice::Kind::Size) {
        size = typedSize() == m_picture.size ? m_picture.size * 2 : typedSize();
    }
    m_following = true;
    m_width->setValue(size.width());
    m_height->setValue(size.height());
    m_following = false;
    refresh();
}

ExportOptions ExportDialog::options() const
{
    ExportOptions o;
    o.path = m_path->text().trimmed();
    o.fileFormat = format();
    o.overwrite = m_overwrite->isVisibleTo(this) && m_overwrite->isChecked();
    o.quality = m_quality->value();
    if (m_depth->isEnabled())
        o.depth = Depth(m_depth->currentData().toInt());
    if (m_enlarge->kind() == EnlargeChoice::Kind::None && typedSize() != m_picture.size)
        o.size = typedSize();
    o.srgb = m_srgb->isChecked();
    const QString metadata = m_metadata->currentData().toString();
    o.metadata = metadata == metadataKey(MetadataPolicy::None)         ? MetadataPolicy::None
                 : metadata == metadataKey(MetadataPolicy::NoLocation) ? MetadataPolicy::NoLocation
                                                                       : MetadataPolicy::All;
    o.mark = m_mark->isChecked();
    return o;
}

void ExportDialog::refresh()
{
    const FileFormat f = format();
    const bool lossy = f == FileFormat::Jpeg || f == FileFormat::WebP;
    m_quality->setEnabled(lossy);
    m_depth->setEnabled(!lossy);
    if (lossy)
        m_depth->setCurrentIndex(0);

    const QFileInfo target(m_path->text().trimmed());
    const bool isSource = !m_picture.sourcePath.isEmpty() && target.exists() &&
                          target == QFileInfo(m_picture.sourcePath);
    m_overwrite->setVisible(target.isFile() && !isSource);

    const ExportOptions o = options();
    const auto enlarge = enlargement();
    const Result<ExportPicture> picture =
        enlarge ? enlargedPicture(m_picture, enlarge->target) : m_picture;
    m_enlarge->describe(typedSize());
    const Result<void> check = !picture ? Result<void>(fail(picture.error()))
                               : o.path.isEmpty()
                                   ? Result<void>(fail(ErrorCode::OutputFormatUnknown, {o.path}))
                                   : Exporter::check(*picture, o);
    QString problem;
    if (!check) {
        problem = check.error().code == ErrorCode::OutputExists
                      ? tr("There is a file of this name already.")
                      : errorSentence(check.error());
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_export->setEnabled(check.has_value());

    const ExportEstimate estimate = estimateExport(picture.value_or(m_picture), o);
    m_estimate->setText(tr("File size: about %1")
                            .arg(QLocale().formattedDataSize(estimate.bytes, 1,
                                                             QLocale::DataSizeTraditionalFormat)));
}

void ExportDialog::browse()
{
    QStringList filters;
    for (const FileFormat f : written)
        filters << QStringLiteral("%1 (*.%2)").arg(fileFormatName(f), suffixOf(f));
    QString chosen = QStringLiteral("%1 (*.%2)").arg(fileFormatName(format()), suffixOf(format()));
    const QString path = QFileDialog::getSaveFileName(this, tr("Export to"), m_path->text(),
                                                      filters.join(QStringLiteral(";;")), &chosen,
                                                      QFileDialog::DontConfirmOverwrite);
    if (!path.isEmpty())
        setPath(fileFormatFromSuffix(path) ? path : path + u'.' + suffixOf(format()));
}

void ExportDialog::remember()
{
    const ExportOptions o = options();
    m_settings.set(setting::exportFormat, suffixOf(format()));
    m_settings.set(setting::exportQuality, o.quality);
    m_settings.set(setting::exportMetadata, m_metadata->currentData().toString());
    const QString folder = QFileInfo(o.path).absolutePath();
    const bool besidePhoto =
        !m_picture.sourcePath.isEmpty() && folder == QFileInfo(m_picture.sourcePath).absolutePath();
    m_settings.set(setting::exportFolder, besidePhoto ? QString() : folder);
}

} // namespace heirloom
