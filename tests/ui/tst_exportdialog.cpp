// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/exportdialog.h"
#include "settings/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QtTest>

using namespace heirloom;

class TestExportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void firstSuggestionIsRestoredBesideThePhoto();
    void formatAndEndingFollowEachOther();
    void qualityOnlyCountsWhereItExists();
    void existingFileNeedsAnExplicitYes();
    void photoItselfCannotBeChosen();
    void missingFolderIsSaid();
    void tooLargeForTheFormatIsSaid();
    void sidesKeepTheirProportion();
    void markIsOnUnlessTakenAway();
    void enlargingByAFactorShowsItsSize();
    void enlargingToASizeFollowsTheFields();
    void enlargingSaysItsTimeAndItsMethod();
    void tooMuchEnlargingIsSaid();
    void estimateFollowsTheSize();
    void choicesAreRemembered();

private:
    template <typename T>
    T *part(const char *name)
    {
        return m_dialog->findChild<T *>(QLatin1String(name));
    }
    QString path() { return part<QLineEdit>("exportPath")->text(); }
    bool canExport() { return part<QPushButton>("exportAccept")->isEnabled(); }
    void make(QSize size = {400, 200}, Depth depth = Depth::U8);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ExportDialog> m_dialog;
    QString m_photo;
};

void TestExportDialog::init()
{
    m_dialog.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("s.ini")));
    m_photo = m_folder->filePath(QStringLiteral("photo.jpg"));
    QFile file(m_photo);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("photo");
    make();
}

void TestExportDialog::make(QSize size, Depth depth)
{
    ExportPicture picture;
    picture.size = size;
    picture.format = {Channels::Rgb, depth};
    picture.sourcePath = m_photo;
    picture.sourceSize = size;
    m_dialog = std::make_unique<ExportDialog>(picture, FileFormat::Jpeg, *m_settings);
    m_dialog->show();
}

void TestExportDialog::firstSuggestionIsRestoredBesideThePhoto()
{
    QCOMPARE(path(), m_folder->filePath(QStringLiteral("photo_restored.jpg")));
    QVERIFY(canExport());
}

void TestExportDialog::formatAndEndingFollowEachOther()
{
    auto *format = part<QComboBox>("exportFormat");
    format->setCurrentIndex(format->findText(QStringLiteral("TIFF")));
    QVERIFY(path().endsWith(QLatin1String("photo_restored.tif")));
    part<QLineEdit>("exportPath")->setText(m_folder->filePath(QStringLiteral("x.webp")));
    QCOMPARE(format->currentText(), QStringLiteral("WebP"));
    QCOMPARE(m_dialog->options().fileFormat, std::optional(FileFormat::WebP));
}

void TestExportDialog::qualityOnlyCountsWhereItExists()
{
    make({400, 200}, Depth::U16);
    auto *slider = m_dialog->findChild<QSlider *>();
    QVERIFY(slider->isEnabled());
    QVERIFY(!m_dialog->options().depth); // JPEG has 8 bit only
    auto *format = part<QComboBox>("exportFormat");
    format->setCurrentIndex(format->findText(QStringLiteral("PNG")));
    QVERIFY(!slider->isEnabled());
    QVERIFY(m_dialog->options().depth);
}

void TestExportDialog::existingFileNeedsAnExplicitYes()
{
    const QString other = m_folder->filePath(QStringLiteral("other.jpg"));
    QFile file(other);
    QVERIFY(file.open(QIODevice::WriteOnly));
    m_dialog->setPath(other);
    auto *overwrite = part<QCheckBox>("exportOverwrite");
    QVERIFY(overwrite->isVisible());
    QVERIFY(!canExport());
    overwrite->setChecked(true);
    QVERIFY(canExport());
    QVERIFY(m_dialog->options().overwrite);
    m_dialog->setPath(m_folder->filePath(QStringLiteral("new.jpg")));
    QVERIFY(!m_dialog->options().overwrite);
}

void TestExportDialog::photoItselfCannotBeChosen()
{
    m_dialog->setPath(m_photo);
    QVERIFY(!canExport());
    QVERIFY(!part<QCheckBox>("exportOverwrite")->isVisible());
    QVERIFY(part<QLabel>("exportProblem")->isVisible());
}

void TestExportDialog::missingFolderIsSaid()
{
    m_dialog->setPath(m_folder->filePath(QStringLiteral("nowhere/x.jpg")));
    QVERIFY(!canExport());
    QVERIFY(part<QLabel>("exportProblem")->text().contains(QStringLiteral("nowhere")));
}

void TestExportDialog::tooLargeForTheFormatIsSaid()
{
    make({20000, 100});
    QVERIFY(canExport());
    m_dialog->setPath(m_folder->filePath(QStringLiteral("x.webp")));
    QVERIFY(!canExport());
    QVERIFY(part<QLabel>("exportProblem")->text().contains(QStringLiteral("WebP")));
}

void TestExportDialog::sidesKeepTheirProportion()
{
    const auto boxes = m_dialog->findChildren<QSpinBox *>();
    QSpinBox *width = nullptr;
    QSpinBox *height = nullptr;
    for (QSpinBox *box : boxes) {
        if (box->value() == 400)
            width = box;
        if (box->value() == 200)
            height = box;
    }
    QVERIFY(width && height);
    QVERIFY(m_dialog->options().size.isEmpty());
    width->setValue(100);
    QCOMPARE(height->value(), 50);
    QCOMPARE(m_dialog->options().size, QSize(100, 50));
    height->setValue(60);
    QCOMPARE(width->value(), 120);
}

void TestExportDialog::markIsOnUnlessTakenAway()
{
    QVERIFY(m_dialog->options().mark);
    part<QCheckBox>("exportMark")->setChecked(false);
    QVERIFY(!m_dialog->options().mark);
    // It is a choice for one picture, never a habit.
    m_dialog->accept();
    make();
    QVERIFY(m_dialog->options().mark);
}

void TestExportDialog::enlargingByAFactorShowsItsSize()
{
    QVERIFY(!m_dialog->enlargement());
    const QString estimate = part<QLabel>("exportEstimate")->text();
    auto *kind = part<QComboBox>("exportEnlarge");
    kind->setCurrentIndex(2); // three times
    const auto wanted = m_dialog->enlargement();
    QVERIFY(wanted);
    QCOMPARE(wanted->target, UpscaleTarget::byFactor(3));
    QCOMPARE(wanted->model, Upscale::twinId()); // nothing else was offered
    QVERIFY(m_dialog->options().size.isEmpty()); // the size is the enlarging's
    QCOMPARE(part<QSpinBox>("exportWidth")->value(), 1200);
    QCOMPARE(part<QSpinBox>("exportHeight")->value(), 600);
    QVERIFY(!part<QSpinBox>("exportWidth")->isEnabled());
    QVERIFY(part<QLabel>("exportEstimate")->text() != estimate);
    QVERIFY(canExport());
    kind->setCurrentIndex(0);
    QCOMPARE(part<QSpinBox>("exportWidth")->value(), 400);
    QVERIFY(part<QSpinBox>("exportWidth")->isEnabled());
    QVERIFY(!m_dialog->enlargement());
    // It is a choice for one picture.
    kind->setCurrentIndex(2);
    m_dialog->accept();
    make();
    QVERIFY(!m_dialog->enlargement());
}

void TestExportDialog::enlargingToASizeFollowsTheFields()
{
    auto *kind = part<QComboBox>("exportEnlarge");
    kind->setCurrentIndex(kind->count() - 1);
    QCOMPARE(m_dialog->enlargement()->target, UpscaleTarget::byPixels({800, 400}));
    part<QSpinBox>("exportWidth")->setValue(1000);
    QCOMPARE(m_dialog->enlargement()->target, UpscaleTarget::byPixels({1000, 500}));
    QVERIFY(m_dialog->options().size.isEmpty());
}

void TestExportDialog::enlargingSaysItsTimeAndItsMethod()
{
    ExportPicture picture;
    picture.size = {400, 200};
    picture.format = {Channels::Rgb, Depth::U8};
    EnlargeOffer offer;
    offer.models = {{QStringLiteral("fast"), QStringLiteral("Fast")},
                    {QStringLiteral("fine"), QStringLiteral("Fine")}};
    QList<UpscaleSettings> planned;
    offer.plan = [&planned](const UpscaleSettings &settings) -> Result<UpscalePlan> {
        planned += settings;
        UpscalePlan plan;
        if (settings.model != Upscale::twinId())
            plan.modelName = settings.model;
        return plan;
    };
    offer.seconds = [](const UpscalePlan &plan) -> std::optional<double> {
        if (plan.modelName == u"fine")
            return std::nullopt;
        return 240;
    };
    m_dialog = std::make_unique<ExportDialog>(picture, FileFormat::Jpeg, *m_settings, nullptr,
                                              offer);
    m_dialog->show();
    auto *note = part<QLabel>("exportEnlargeNote");
    auto *strength = part<QSlider>("exportEnlargeStrength");
    QVERIFY(!note->isVisible() && !strength->isVisible());
    part<QComboBox>("exportEnlarge")->setCurrentIndex(1);
    QVERIFY2(note->text().contains(QStringLiteral("4 min")), qPrintable(note->text()));
    strength->setValue(70);
    QCOMPARE(m_dialog->enlargement()->strength, 70.0);
    QCOMPARE(m_dialog->enlargement()->model, QStringLiteral("fast"));
    part<QComboBox>("exportEnlargeModel")->setCurrentIndex(1);
    QVERIFY(note->text().contains(QStringLiteral("not known")));
    QCOMPARE(planned.last().model, QStringLiteral("fine"));
    part<QComboBox>("exportEnlargeModel")->setCurrentIndex(2);
    QVERIFY(!strength->isVisible()); // the twin has none
    QVERIFY(!note->isVisible());
    QCOMPARE(m_dialog->enlargement()->model, Upscale::twinId());
}

void TestExportDialog::tooMuchEnlargingIsSaid()
{
    make({17000, 17000});
    m_dialog->setPath(m_folder->filePath(QStringLiteral("x.png")));
    QVERIFY(canExport());
    part<QComboBox>("exportEnlarge")->setCurrentIndex(1); // 1,156 megapixels
    QVERIFY(!canExport());
    QVERIFY2(part<QLabel>("exportProblem")->text().contains(QStringLiteral("1000")),
             qPrintable(part<QLabel>("exportProblem")->text()));
}

void TestExportDialog::estimateFollowsTheSize()
{
    const QString before = part<QLabel>("exportEstimate")->text();
    QVERIFY(!before.isEmpty());
    make({4000, 2000});
    QVERIFY(part<QLabel>("exportEstimate")->text() != before);
}

void TestExportDialog::choicesAreRemembered()
{
    auto *format = part<QComboBox>("exportFormat");
    format->setCurrentIndex(format->findText(QStringLiteral("PNG")));
    QTest::mouseClick(part<QPushButton>("exportAccept"), Qt::LeftButton);
    make();
    QVERIFY(path().endsWith(QLatin1String("photo_restored.png")));
}

QTEST_MAIN(TestExportDialog)
#include "tst_exportdialog.moc"
