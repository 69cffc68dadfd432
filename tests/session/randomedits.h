// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustment.h"
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "session/ailayers.h"
#include "session/sessionstage.h"
#include "support/testpictures.h"

#include <random>

namespace heirloom::test
{

/// Does to a session what a person could: any command of the editor, of its AI layers and of its
/// snapshots, with arguments from a seed; some of them wrong on purpose.
class RandomEdits
{
public:
    RandomEdits(Stage &stage, quint32 seed)
        : m_stage(stage)
        , m_random(seed * 2654435761U + 17)
    {
    }

    int number(int below) { return int(m_random() % quint32(below)); }
    double unit() { return number(1001) / 1000.0; }

    /// The picture it begins with.
    Image picture()
    {
        static constexpr PixelFormat formats[] = {
            {Channels::Gray, Depth::U8},  {Channels::Gray, Depth::U16},
            {Channels::Rgb, Depth::U8},   {Channels::Rgb, Depth::U16},
            {Channels::Rgba, Depth::U8},  {Channels::Rgba, Depth::U16},
            {Channels::Rgb, Depth::U8},   {Channels::GrayAlpha, Depth::U8}};
        const PixelFormat format = formats[number(int(std::size(formats)))];
        // Often over several tiles, now and then both ways.
        const int shape = number(24);
        const QSize size = shape == 0   ? QSize(260 + number(60), 260 + number(60))
                           : shape < 10 ? QSize(260 + number(300), 8 + number(30))
                                        : QSize(24 + number(40), 20 + number(40));
        return photoPicture(size, format, m_random() % 1000);
    }

    /// One command. Returns what it was, for messages.
    QByteArray step()
    {
        const LayerId id = anyLayer();
        DocumentEditor &edit = m_stage.session->editor();
        if (number(3) > 0)
            edit.finishGesture();
        int command = m_begun ? number(43) : 17;
        if ((command == 12 || command == 15) && masked(id) == id && number(2))
            command = 11; // nothing to paint on or to turn round yet
        switch (command) {
        case 0:
        case 1:
            return said("opacity", edit.setOpacity(id, unit()));
        case 2:
            return said("blend mode", edit.setBlendMode(id, BlendMode(number(BlendModeCount))));
        case 3:
            return said("visible", edit.setVisible(id, number(2)));
        case 4:
            return said("locked", edit.setLocked(id, number(3) == 0));
        case 5:
            return said("rename", edit.rename(id, QString::number(number(5))));
        case 6:
        case 7: {
            const AdjustmentContent content = adjustment();
            if (document().stack().count() > 6)
                return "enough layers";
            return said("add adjustment", edit.addAdjustment(content, content.id));
        }
        case 8:
        case 9: {
            const Layer *layer = document().layer(id);
            AdjustmentContent content = adjustment(layer ? layer->adjustment.id : QString());
            return said("adjustment", edit.setAdjustment(id, content));
        }
        case 10:
            return said("add mask", edit.addMask(id, quint8(number(256))));
        case 11:
            return said("mask", edit.setMask(id, mask(), QStringLiteral("Mask")));
        case 12:
            return said("paint on mask", paintMask(masked(id)));
        case 13:
            return said("remove mask", edit.removeMask(id));
        case 14:
            return said("mask on or off", edit.setMaskEnabled(id, number(2)));
        case 15:
            return said("invert mask", edit.invertMask(masked(id)));
        case 16:
            return said("transform", edit.setTransform(id, transform()));
        case 17:
        case 18: {
            m_begun = m_begun || number(3) == 0; // some layers to begin with
            if (document().stack().count() > 6)
                return "enough layers";
            const PixelFormat format = document().canvas().format;
            const PixelFormat own{number(2) ? format.channels : Channels::Rgba, format.depth};
            const QSize size(8 + number(50), 8 + number(50));
            return said("add pixels",
                        edit.addPixels(TiledBuffer::fromImage(
                                           photoPicture(size, own, m_random() % 1000),
                                           m_stage.session->tileStore()),
                                       ColorProfile::forUntagged(own), transform(),
                                       QStringLiteral("pixels")));
        }
        case 19:
            if (document().stack().count() > 6)
                return "enough layers";
            return said("duplicate", edit.duplicate(id));
        case 20:
            return said("remove", edit.remove(id));
        case 21:
        case 32:
            return said("move", edit.move(id, number(8) - 1));
        case 22:
            if (number(3) == 0)
                return said("flatten", m_stage.session->flatten().isValid());
            return said("merge down", m_stage.session->mergeDown(id).isValid());
        case 23:
            return said("paste settings", edit.pasteSettings(id, edit.copySettings(anyLayer())));
        case 24: {
            const QSize size = document().canvas().size;
            return said("crop", edit.crop({number(size.width()) - 3, number(size.height()) - 3,
                                           6 + number(size.width()), 6 + number(size.height())}));
        }
        case 25: {
            const QSize size = document().canvas().size;
            const double scale = 0.5 + unit() * 1.2;
            return said("resize", edit.resize(kept(size * scale)));
        }
        case 26:
            return said("canvas size",
                        edit.resizeCanvas(kept(document().canvas().size + QSize(number(20) - 8,
                                                                               number(20) - 8)),
                                          {number(11) - 5, number(11) - 5}));
        case 27:
            return number(2) ? said("turn", edit.rotateQuarter(number(6) - 2))
                             : said("flip", edit.flip(number(2) ? Qt::Horizontal : Qt::Vertical));
        case 28:
            return said("straighten", edit.straighten(unit() * 12 - 6, number(3) > 0));
        case 29:
            return said("perspective", edit.perspective(corners()));
        case 30:
            return said("resolution", edit.setResolution({double(number(4)) * 100, 300}));
        case 31:
        case 41:
        case 42:
            return snapshots();
        case 33:
        case 34:
        case 35:
            return selection(id);
        default:
            return aiLayer(id);
        }
    }

    LayerId anyLayer()
    {
        const LayerStack &stack = document().stack();
        if (number(40) == 0)
            return LayerId(12345); // one that is not there
        // Most commands are refused for the Original.
        const int index = number(stack.count());
        return stack.at(index == 0 && number(3) ? number(stack.count()) : index).id;
    }

private:
    /// A layer that has a mask, where there is one: few have.
    LayerId masked(LayerId otherwise)
    {
        for (const Layer &layer : document().stack()) {
            if (!layer.mask.isNull() && !layer.locked)
                return layer.id;
        }
        return otherwise;
    }
    Document &document() { return *m_stage.session->document(); }

    static QSize kept(QSize size) { return size.boundedTo({600, 330}).expandedTo({4, 4}); }

    template <typename R>
    QByteArray said(const char *name, const R &result)
    {
        if constexpr (std::is_same_v<R, bool>)
            return QByteArray(name) + (result ? "" : " (refused)");
        else
            return QByteArray(name) + (result ? "" : " (refused)");
    }

    AdjustmentContent adjustment(QString id = {})
    {
        if (id.isEmpty() || number(8) == 0)
            id = adjustments()[number(int(adjustments().size()))].id;
        AdjustmentContent content{id, {}};
        for (const AdjustmentParameter &p : findAdjustment(id)->parameters) {
            if (number(2))
                continue;
            if (p.kind == AdjustmentParameter::Kind::Curve) {
                content.parameters[p.key] = QVariantList{QVariantList{0.0, unit() / 2},
                                                         QVariantList{0.4, unit()},
                                                         QVariantList{1.0, 1.0}};
            } else {
                // The wide radii are slow and tested elsewhere.
                const double most = p.key == QLatin1String("radius") ? 8.0 : p.maximum;
                content.parameters[p.key] = p.minimum + unit() * (most - p.minimum);
            }
        }
        return content;
    }

    Mask mask()
    {
        QSize size = document().canvas().size;
        if (number(3) == 0)
            size = QSize(5 + number(60), 5 + number(60));
        Mask made;
        made.pixels = TiledBuffer::fromImage(
            gradientPicture(size, {Channels::Gray, Depth::U8}), m_stage.session->tileStore());
        if (number(3) == 0)
            made.transform = transform();
        made.enabled = number(6) > 0;
        return made;
    }

    Result<void> paintMask(LayerId id)
    {
        const Layer *layer = document().layer(id);
        if (!layer || layer->mask.isNull())
            return fail(ErrorCode::BadArgument, {});
        Mask painted = layer->mask;
        painted.pixels.write({number(painted.pixels.width()), number(painted.pixels.height())},
                             noisePicture({1 + number(30), 1 + number(30)},
                                          painted.pixels.format(), m_random() % 1000));
        return m_stage.session->editor().setMask(id, painted, QStringLiteral("Paint"));
    }

    Transform transform()
    {
        switch (number(5)) {
        case 0:
            return {};
        case 1:
            return Transform::translation(
                number(document().canvas().size.width()) - 10, number(30) - 10);
        case 2:
            return Transform::scaling(0.3 + unit() * 2, 0.3 + unit() * 2);
        case 3:
            return Transform::quarterTurns(number(4), {20, 30});
        default:
            return Transform::rotation(unit() * 360, {15, 15});
        }
    }

    QPolygonF corners()
    {
        const QSizeF size = document().canvas().size;
        const auto corner = [&](double x, double y) {
            return QPointF((x + (unit() - 0.5) * 0.3) * size.width(),
                           (y + (unit() - 0.5) * 0.3) * size.height());
        };
        QPolygonF made{corner(0.1, 0.1), corner(0.9, 0.1), corner(0.9, 0.9), corner(0.1, 0.9)};
        if (number(10) == 0)
            std::swap(made[0], made[1]); // in no order
        return made;
    }

    QByteArray selection(LayerId id)
    {
        DocumentEditor &edit = m_stage.session->editor();
        // Most commands need one.
        const bool begins = document().selection().isNull() && number(3);
        switch (begins ? 7 : number(8)) {
        case 0:
            return said("select all", edit.selectAll());
        case 1:
            return said("select none", edit.selectNone());
        case 2:
            return said("invert selection", edit.invertSelection());
        case 3:
            return said("move selection",
                        edit.moveSelection({double(number(9) - 4), double(number(9) - 4)}));
        case 4:
            return said("select mask", edit.selectMask(masked(id)));
        case 5:
            return said("select transparency", edit.selectTransparency(id));
        case 6:
            return said("mask from selection", edit.maskFromSelection(id));
        default:
            return said("select", edit.setSelection(mask(), QStringLiteral("Select")));
        }
    }

    QByteArray snapshots()
    {
        History &history = m_stage.session->history();
        const int count = int(history.snapshots().size());
        if (count == 0 || (number(2) && count < 4)) {
            history.addSnapshot(QString::number(count));
            return "add snapshot";
        }
        const int i = number(count);
        if (number(6) == 0) {
            history.removeSnapshot(i);
            return "remove snapshot";
        }
        history.restoreSnapshot(i);
        return "restore snapshot";
    }

    QByteArray aiLayer(LayerId id)
    {
        AiLayers &ai = m_stage.session->aiLayers();
        const Layer *layer = document().layer(id);
        const QSize size = document().canvas().size;
        const QVariantMap parameters{
            {QStringLiteral("scale"), number(2) ? 1.5 : 2.0},
            {QStringLiteral("model"), scriptedId}};
        if (layer && layer->kind == LayerKind::Ai && number(4) > 0) {
            return number(3) ? said("update", ai.update(id).isValid())
                             : said("AI settings", ai.setParameters(id, parameters).isValid());
        }
        if (number(4) == 0) {
            ai.updateAll();
            return "update all";
        }
        if (size.width() * size.height() > 20'000 || document().stack().count() > 6)
            return "enough pixels";
        AiLook look;
        look.opacity = number(2) ? 1 : unit();
        return said("AI layer", ai.add(Upscale::id(), parameters, look).isValid());
    }

    Stage &m_stage;
    std::mt19937 m_random;
    bool m_begun = false;
};

} // namespace heirloom::test
