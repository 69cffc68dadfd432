// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/infopanel.h"

#include "document/document.h"
#include "edit/history.h"
#include "image/colormanagement.h"
#include "panels/wordsform.h"
#include "session/editorsession.h"
#include "widgets/histogramview.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr double centimetresPerInch = 2.54;
constexpr int refreshDelay = 80; ///< ms

} // namespace

InfoPanel::InfoPanel(QWidget *parent)
    : QWidget(parent)
    , m_words(new WordsForm)
    , m_histogram(new HistogramView)
{
    setObjectName(QStringLiteral("infoPanel"));
    setAccessibleName(tr("What is known about the photo"));
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(12, 8, 12, 12);
    m_layout->setSpacing(12);
    m_layout->addWidget(m_histogram);
    m_layout->addWidget(m_words);
    m_layout->addStretch(1);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refreshDelay);
    connect(&m_refresh, &QTimer::timeout, this, [this] {
        refresh();
        showHistogram();
    });
}

void InfoPanel::setSession(EditorSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    if (session) {
        connect(session, &EditorSession::documentReplaced, this, &InfoPanel::refresh);
        connect(session, &EditorSession::noticesChanged, this, &InfoPanel::refresh);
        connect(session, &EditorSession::documentReplaced, &m_refresh,
                qOverload<>(&QTimer::start));
        connect(&session->history(), &History::changed, &m_refresh, qOverload<>(&QTimer::start));
    }
    m_words->setSession(session);
    refresh();
    m_histogram->setPicture({});
    m_refresh.start();
}

void InfoPanel::setThumbnails(std::function<QImage(EditorSession *)> thumbnail)
{
    m_thumbnail = std::move(thumbnail);
}

void InfoPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_refresh.start(); // what nobody saw was not drawn
}

void InfoPanel::showHistogram()
{
    if (!isVisible() || !m_thumbnail)
        return;
    const bool open = m_session && m_session->hasDocument();
    m_histogram->setPicture(open ? m_thumbnail(m_session) : QImage());
}

void InfoPanel::addRow(QFormLayout *form, const QString &label, const QString &value)
{
    if (value.isEmpty())
        return;
    auto *name = new QLabel(label);
    name->setProperty("quiet", true);
    auto *text = new QLabel(value);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setProperty("data", true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(name, text);
}

void InfoPanel::addHeading(const QString &text)
{
    auto *label = new QLabel(text);
    label->setProperty("heading", true);
    label->setContentsMargins(0, 10, 0, 0);
    m_rows->addWidget(label);
}

void InfoPanel::addParagraph(const QString &text, bool isData)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("data", isData);
    m_rows->addWidget(label);
}

void InfoPanel::refresh()
{
    m_refresh.stop();
    delete m_content;
    m_content = new QWidget;
    m_rows = new QVBoxLayout(m_content);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(6);
    m_layout->insertWidget(m_layout->count() - 1, m_content);
    if (!m_session || !m_session->hasDocument())
        return;
    const EditorSession &session = *m_session;
    const Document *document = session.document();

    const QLocale locale;
    const ImageInfo info = session.sourceInfo();
    const Canvas &canvas = document->canvas();
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    m_rows->addLayout(form);
    const auto pixels = [&locale](QSize size) {
        return tr("%1 \u00d7 %2 pixels")
            .arg(locale.toString(size.width()), locale.toString(size.height()));
    };
    addRow(form, tr("Photo"), session.name());
    addRow(form, tr("Format"),
           session.path().isEmpty() ? QString() : fileFormatName(info.fileFormat));
    addRow(form, tr("Size"), pixels(info.size));
    if (canvas.size != info.size)
        addRow(form, tr("Now"), pixels(canvas.size));
    addRow(form, tr("Depth"),
           canvas.format.isGray() ? tr("grey, %1 bit").arg(canvas.format.bytesPerSample() * 8)
                                  : tr("colour, %1 bit").arg(canvas.format.bytesPerSample() * 8));
    addRow(form, tr("Profile"), canvas.profile.description());
    if (canvas.resolution.isValid()) {
        const double dpi = canvas.resolution.x;
        addRow(form, tr("Resolution"), tr("%1 dpi").arg(locale.toString(std::round(dpi))));
        addRow(form, tr("On paper"),
               tr("%1 \u00d7 %2 cm")
                   .arg(locale.toString(canvas.size.width() / dpi * centimetresPerInch, 'f', 1),
                        locale.toString(canvas.size.height() / dpi * centimetresPerInch, 'f', 1)));
    }
    const Metadata &metadata = session.metadata();
    addRow(form, tr("Taken"),
           metadata.taken.isValid() ? locale.toString(metadata.taken, QLocale::ShortFormat)
                                    : QString());
    addRow(form, tr("Camera"), metadata.camera);
    addRow(form, tr("By"), metadata.creator);
    addRow(form, tr("Scanned with"), metadata.camera.isEmpty() ? metadata.software : QString());
    if (metadata.hasLocation)
        addRow(form, tr("GPS"), tr("the place is stored in the photo"));

    if (!session.notices().isEmpty()) {
        addHeading(tr("Good to know"));
        for (const Notice &notice : session.notices())
            addParagraph(noticeText(notice), false);
    }
    const QList<OperationRecord> records = session.visibleRecords();
    if (!records.isEmpty()) {
        addHeading(tr("What the computer did"));
        for (const OperationRecord &record : records) {
            const QString how = record.modelId.isEmpty()
                                    ? record.method
                                    : tr("%1 %2").arg(record.modelId, record.modelVersion);
            QString text = tr("%1: %2, strength %3 %")
                               .arg(operationName(record.operation), how,
                                    locale.toString(std::round(record.strength)));
            if (record.changedShare > 0)
                text += tr(", %1 % of the pixels changed")
                            .arg(locale.toString(std::round(record.changedShare * 100)));
            addParagraph(text, false);
        }
    }
}

QString InfoPanel::operationName(const QString &id)
{
    if (id == QLatin1String("upscale"))
        return tr("Enlarged");
    if (id == QLatin1String("denoise"))
        return tr("Noise removed");
    return id;
}

} // namespace heirloom
