// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/sourcetype.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace heirloom
{

namespace
{

constexpr char vocabulary[] = "cv.iptc.org/newscodes/digitalsourcetype/";

struct OperationRow {
    const char *operation;
    EditKind classical;
    EditKind learned;
};

constexpr EditKind nothing = EditKind::None;
constexpr EditKind human = EditKind::HumanEdits;
constexpr EditKind algorithmic = EditKind::AlgorithmicallyEnhanced;
constexpr EditKind generative = EditKind::CompositeWithTrainedAlgorithmicMedia;

/// A learned method counts as generative where it puts in what the picture does not hold: detail,
/// content, colour, a face. One that only estimates what was there (noise, blocks, a matte) repairs
/// the signal.
constexpr OperationRow operations[] = {
    {"upscale", human, generative},
    {"denoise", algorithmic, algorithmic},
    {"deartifact", algorithmic, algorithmic},
    {"deblur", algorithmic, algorithmic},
    {"scratches", algorithmic, generative}, // finds them and fills them
    {"inpaint", algorithmic, generative},
    {"colorize", human, generative}, // classical: a person's hints, spread
    {"cutout", human, algorithmic},
    {"faces", algorithmic, generative},
    {"fundus", algorithmic, algorithmic},
    {"silvering", algorithmic, algorithmic},
    {"texture", algorithmic, algorithmic},
    {"negative", algorithmic, algorithmic},
    {"tone", human, algorithmic},
    {"autotone", algorithmic, algorithmic},
    {"sharpen", algorithmic, algorithmic},
    {"adjustment", human, human},
    {"geometry", human, human},
    {"retouch", human, human},
    {"convert", nothing, nothing},
};

struct TermRow {
    const char *term;
    int rank;
    const char *label;
};

// Rank: a term is replaced only by one of higher rank. Pictures that were never a capture keep
// saying so whatever is enhanced in them; only a generative edit says more.
constexpr TermRow terms[] = {
    {"digitalCapture", 10, QT_TRANSLATE_NOOP("heirloom::SourceType", "Taken by a digital camera")},
    {"computationalCapture", 10,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Taken by a digital camera, from several frames")},
    {"negativeFilm", 10, QT_TRANSLATE_NOOP("heirloom::SourceType", "Digitised from a negative")},
    {"positiveFilm", 10, QT_TRANSLATE_NOOP("heirloom::SourceType", "Digitised from a slide")},
    {"print", 10, QT_TRANSLATE_NOOP("heirloom::SourceType", "Digitised from a print")},
    {"minorHumanEdits", 15,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Original with minor edits by a person")},
    {"humanEdits", 20, QT_TRANSLATE_NOOP("heirloom::SourceType", "Edited by a person")},
    {"algorithmicallyEnhanced", 40,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Enhanced by an algorithm")},
    {"screenCapture", 60, QT_TRANSLATE_NOOP("heirloom::SourceType", "Picture of a screen")},
    {"digitalArt", 60, QT_TRANSLATE_NOOP("heirloom::SourceType", "Digital art")},
    {"digitalCreation", 60,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Made by a person digitally")},
    {"softwareImage", 60, QT_TRANSLATE_NOOP("heirloom::SourceType", "Made by software")},
    {"dataDrivenMedia", 60, QT_TRANSLATE_NOOP("heirloom::SourceType", "Made from data")},
    {"virtualRecording", 60,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Recording of a virtual event")},
    {"algorithmicMedia", 60,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Made by an algorithm without learning")},
    {"composite", 60, QT_TRANSLATE_NOOP("heirloom::SourceType", "Put together from several")},
    {"compositeCapture", 60,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Put together from several captures")},
    {"compositeWithTrainedAlgorithmicMedia", 80,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Edited using generative AI")},
    {"compositeSynthetic", 90,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Put together with synthetic elements")},
    {"trainedAlgorithmicMedia", 100,
     QT_TRANSLATE_NOOP("heirloom::SourceType", "Created using generative AI")},
};

const TermRow *findTerm(const QString &term)
{
    const auto found = std::find_if(std::begin(terms), std::end(terms), [&](const TermRow &row) {
        return term == QLatin1String(row.term);
    });
    return found == std::end(terms) ? nullptr : found;
}

int rankOf(const QString &term)
{
    if (term.isEmpty())
        return 0;
    const TermRow *row = findTerm(term);
    return row ? row->rank : 60;
}

} // namespace

EditKind editKind(const QString &operation, bool learned)
{
    for (const OperationRow &row : operations) {
        if (operation == QLatin1String(row.operation))
            return learned ? row.learned : row.classical;
    }
    return learned ? generative : algorithmic;
}

QStringList knownOperations()
{
    QStringList ids;
    for (const OperationRow &row : operations)
        ids << QString::fromLatin1(row.operation);
    return ids;
}

QString sourceTypeTerm(EditKind kind)
{
    switch (kind) {
    case EditKind::None:
        return {};
    case EditKind::HumanEdits:
        return QStringLiteral("humanEdits");
    case EditKind::AlgorithmicallyEnhanced:
        return QStringLiteral("algorithmicallyEnhanced");
    case EditKind::CompositeWithTrainedAlgorithmicMedia:
        return QStringLiteral("compositeWithTrainedAlgorithmicMedia");
    }
    return {};
}

QString sourceTypeUri(const QString &term)
{
    return term.isEmpty() ? QString() : QLatin1String("http://") + QLatin1String(vocabulary) + term;
}

QString sourceTypeTermOf(const QString &uri)
{
    QString term = uri.trimmed();
    for (const QLatin1String scheme : {QLatin1String("http://"), QLatin1String("https://")}) {
        const QString start = scheme + QLatin1String(vocabulary);
        if (term.startsWith(start, Qt::CaseInsensitive)) {
            term = term.mid(start.size());
            break;
        }
    }
    while (term.endsWith(u'/'))
        term.chop(1);
    return term;
}

QString strongerSourceType(const QString &old, EditKind kind)
{
    const QString wanted = sourceTypeTerm(kind);
    return rankOf(wanted) > rankOf(old) ? wanted : old;
}

QString sourceTypeLabel(const QString &term)
{
    const TermRow *row = findTerm(term);
    return row ? QCoreApplication::translate("heirloom::SourceType", row->label) : term;
}

QStringList knownSourceTypes()
{
    QStringList all;
    for (const TermRow &row : terms)
        all << QString::fromLatin1(row.term);
    return all;
}

} // namespace heirloom
