// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operationrun.h"

#include "operation/pictureoperation.h"
#include "session/rgbsource.h"
#include "session/uprightsource.h"

#include <algorithm>
#include <chrono>

namespace heirloom
{

namespace
{

constexpr int Band = 64;

/// Keeps the rows that an operation hands out.
class MemorySink : public RowSink
{
public:
    MemorySink(QSize size, PixelFormat format)
        : m_image(size, format)
    {
    }
    QSize size() const override { return m_image.size(); }
    PixelFormat format() const override { return m_image.format(); }
    Result<void> write(const Image &rows) override
    {
        m_image.paste(rows, {0, m_next});
        m_next += rows.height();
        return {};
    }
    Result<void> finish() override { return {}; }
    const Image &image() const { return m_image; }

private:
    Image m_image;
    int m_next = 0;
};

} // namespace

Result<PictureResult> runOperation(PhotoFile &photo, const OperationRequest &request,
                                   ModelEnvironment &models, ExportOptions options,
                                   const Progress &progress)
{
    using Clock = std::chrono::steady_clock;
    ExportPicture picture = exportPictureFor(photo);
    const bool toColor = needsRgbSource(request.operation, picture.format);
    const QByteArray storedIcc = picture.icc;
    if (toColor) {
        picture.format = picture.format.asRgb();
        picture.icc = storedIcc.isEmpty() ? QByteArray() : ColorProfile::sRgb().icc();
    }
    if (auto good = Exporter::check(picture, options); !good)
        return fail(good.error());
    auto operation = createOperation(
        request.operation, {picture.size, picture.format, picture.icc, request.mask},
        request.parameters, request.strength, models.context());
    if (!operation)
        return fail(operation.error());
    const auto begun = Clock::now();
    auto pixels = photo.image(progress.sub(0, 0.03));
    if (!pixels)
        return fail(pixels.error());
    const double decoding = std::chrono::duration<double>(Clock::now() - begun).count();
    if (toColor) {
        MemorySource grey(std::move(*pixels), storedIcc);
        auto colored = RgbSource::create(grey);
        if (!colored)
            return fail(colored.error());
        pixels = (*colored)->read(QRect(QPoint(0, 0), grey.size()));
        if (!pixels)
            return fail(pixels.error());
    }
    MemorySource source(std::move(*pixels), picture.icc);
    if (auto settled = (*operation)->settle(source, progress.sub(0.03, 0.02)); !settled)
        return fail(settled.error());
    MemorySink sink(picture.size, picture.format);
    auto record = (*operation)->run(source, sink, progress.sub(0.05, 0.85));
    if (!record)
        return fail(record.error());
    picture.records = {*record};
    if (options.caption == u"auto")
        options.caption = automaticCaption(picture.records);
    auto exporter = Exporter::create(picture, options);
    if (!exporter)
        return fail(exporter.error());
    const QSize size = picture.size;
    for (int y = 0; y < size.height(); y += Band) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect rows(0, y, size.width(), std::min(Band, size.height() - y));
        if (auto written = (*exporter)->write(sink.image().copied(rows)); !written)
            return fail(written.error());
    }
    auto report = (*exporter)->finish({*record}, progress.sub(0.9, 0.1));
    if (!report)
        return fail(report.error());
    return PictureResult{*report, *record, decoding};
}

int runOperations(const CommandContext &context, const CommonOptions &common,
                  const OperationRequest &request)
{
    ModelEnvironment models(common.environment());
    return runPictures(
        context, common, request.operation,
        [&](PhotoFile &photo, const ExportOptions &options, const Progress &progress) {
            return runOperation(photo, request, models, options, progress);
        });
}

} // namespace heirloom
