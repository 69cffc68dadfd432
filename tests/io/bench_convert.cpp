// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads a picture in bands and, if told so, writes it again: one line about the header, the time
// and the largest memory the process had. "--make WxH OUT" writes a 16-bit RGB picture of noise and
// slopes first, for files too large to keep.
#include "core/errortext.h"
#include "io/imagereader.h"
#include "io/imagewriter.h"
#include "io/savefile.h"
#include "support/processmemory.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTextStream>

#include <random>

using namespace heirloom;

namespace
{

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

int failed(const Error &error)
{
    out() << "refused: " << errorSentence(error) << " [" << error.details << "]" << Qt::endl;
    return 3;
}

int make(QSize size, const QString &path)
{
    WriteSpec spec;
    spec.name = path;
    spec.fileFormat = fileFormatFromSuffix(path).value_or(FileFormat::Tiff);
    spec.size = size;
    spec.format = {Channels::Rgb, Depth::U16};
    SaveFile file(path);
    if (const auto ok = file.open(true); !ok)
        return failed(ok.error());
    auto writer = ImageWriter::create(spec, file.device());
    if (!writer)
        return failed(writer.error());
    std::mt19937 random(1);
    Image row(QSize(size.width(), 1), spec.format);
    for (int y = 0; y < size.height(); ++y) {
        quint16 *p = row.samples<quint16>(0);
        for (int i = 0; i < size.width() * 3; ++i)
            p[i] = quint16((y * 5 + i) + (random() & 1023));
        if (const auto ok = (*writer)->write(row); !ok)
            return failed(ok.error());
    }
    if (const auto ok = (*writer)->finish(); !ok)
        return failed(ok.error());
    const auto done = file.commit();
    return done ? 0 : failed(done.error());
}

Result<void> copyRows(ImageReader &reader, ImageWriter *writer)
{
    const ImageInfo &info = reader.info();
    const int band = int(qMax<qint64>(
        1, (qint64(1) << 20) / (qint64(info.size.width()) * info.format.bytesPerPixel())));
    for (int y = 0; y < info.size.height();) {
        Result<Image> rows = reader.readRows(band);
        if (!rows)
            return fail(rows.error());
        if (rows->isNull())
            return fail(ErrorCode::Internal, {QStringLiteral("too few rows")});
        y += rows->height();
        if (writer) {
            if (auto ok = writer->write(rows->converted(writer->format())); !ok)
                return ok;
        }
    }
    return writer ? writer->finish() : Result<void>();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() == 4 && arguments[1] == QStringLiteral("--make")) {
        const QStringList sides = arguments[2].split(u'x');
        return make(QSize(sides.value(0).toInt(), sides.value(1).toInt()), arguments[3]);
    }
    if (arguments.size() < 2)
        return 2;
    QElapsedTimer timer;
    timer.start();
    QFile file(arguments[1]);
    if (!file.open(QIODevice::ReadOnly))
        return 3;
    auto reader = ImageReader::open(file, arguments[1]);
    if (!reader)
        return failed(reader.error());
    const ImageInfo &info = (*reader)->info();
    out() << fileFormatName(info.fileFormat) << ' ' << info.size.width() << 'x'
          << info.size.height() << " channels " << info.format.channelCount() << " bytes "
          << info.format.bytesPerSample() << " bits " << info.sourceBits << " icc "
          << info.icc.size() << " dpi " << info.resolution.x << " orientation "
          << int(info.orientation) << " pages " << info.pages << (info.decodesWhole ? " whole" : "")
          << Qt::flush;
    Result<void> done;
    if (arguments.size() > 2) {
        WriteSpec spec;
        spec.name = arguments[2];
        spec.fileFormat = fileFormatFromSuffix(arguments[2]).value_or(FileFormat::Png);
        spec.size = info.size;
        spec.format = ImageWriter::supportedFormat(spec.fileFormat, info.format);
        spec.icc = info.icc;
        spec.resolution = info.resolution;
        SaveFile save(arguments[2]);
        if (const auto ok = save.open(true); !ok)
            return failed(ok.error());
        auto writer = ImageWriter::create(spec, save.device());
        if (!writer)
            return failed(writer.error());
        done = copyRows(**reader, writer->get());
        if (done)
            done = save.commit();
    } else {
        done = copyRows(**reader, nullptr);
    }
    if (!done) {
        out() << ' ';
        return failed(done.error());
    }
    for (const Notice &notice : info.notices)
        out() << " | " << noticeText(notice);
    out() << " | " << timer.elapsed() << " ms, " << (test::peakResidentBytes() >> 20) << " MB"
          << Qt::endl;
    return 0;
}
