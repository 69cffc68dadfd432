# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The networks. All tensors are float32 NCHW; pictures are in [0,1].

One trunk serves them all: a residual U-Net without normalisation (Ronneberger 2015 for the shape,
Lim 2017 for dropping batch norm, DRUNet, Zhang 2021, for adding the skips instead of stacking
them), behind a pixel-unshuffle that makes two cores enough. Each residual branch ends in a
convolution that starts at zero, so a fresh net is the identity on its trunk (Zhang 2019, Fixup).
"""

import math

import torch
from torch import nn
from torch.nn import functional as F


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(relu(x)))), the first convolution dilated."""

    def __init__(self, width, dilation=1):
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=dilation, dilation=dilation)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.kaiming_normal_(self.first.weight, nonlinearity="relu")
        nn.init.zeros_(self.second.weight)
        for conv in (self.first, self.second):
            nn.init.zeros_(conv.bias)

    def forward(self, x):
        return x + self.second(F.relu(self.first(F.relu(x))))


def _blocks(width, count):
    return nn.Sequential(*[ResidualBlock(width) for _ in range(count)])


class Trunk(nn.Module):
    """Residual U-Net on N x inputs x H x W; gives N x outputs x H x W.

    H and W must be multiples of 2 ** (len(widths) - 1). `down[i]` and `up[i]` are the blocks on
    level i before and after the deeper levels; `dilations` gives one block each at the bottom.
    """

    def __init__(self, inputs, outputs, widths, down, up, dilations):
        super().__init__()
        self.head = nn.Conv2d(inputs, widths[0], 3, padding=1)
        self.before = nn.ModuleList([_blocks(w, n) for w, n in zip(widths[:-1], down)])
        self.shrink = nn.ModuleList([nn.Conv2d(a, b, 2, stride=2)
                                     for a, b in zip(widths[:-1], widths[1:])])
        self.bottom = nn.Sequential(*[ResidualBlock(widths[-1], d) for d in dilations])
        self.grow = nn.ModuleList([nn.Conv2d(b, a * 4, 1)
                                   for a, b in zip(widths[:-1], widths[1:])])
        self.after = nn.ModuleList([_blocks(w, n) for w, n in zip(widths[:-1], up)])
        self.tail = nn.Conv2d(widths[0], outputs, 3, padding=1)
        for conv in (self.head, *self.shrink, *self.grow):
            # torch's default loses a factor of three in variance at each; the deep levels starve.
            nn.init.kaiming_normal_(conv.weight, nonlinearity="linear")
            nn.init.zeros_(conv.bias)

    def features(self, x, added=None):
        """added: what is to be added to the head's result, or nothing."""
        x = self.head(x)
        if added is not None:
            x = x + added
        skips = []
        for before, shrink in zip(self.before, self.shrink):
            x = before(x)
            skips.append(x)
            x = shrink(x)
        x = self.bottom(x)
        for i in range(len(skips) - 1, -1, -1):
            x = self.after[i](F.pixel_shuffle(self.grow[i](x), 2) + skips[i])
        return x

    def forward(self, x, added=None):
        return self.tail(self.features(x, added))  # a ReLU before the tail learns far more slowly


def _edges_repeated(x, rows, columns):
    """F.pad(mode="replicate") in operators that packs may use."""
    if rows:
        x = torch.cat([x[:, :, :1].expand(-1, -1, rows, -1), x,
                       x[:, :, -1:].expand(-1, -1, rows, -1)], 2)
    if columns:
        x = torch.cat([x[:, :, :, :1].expand(-1, -1, -1, columns), x,
                       x[:, :, :, -1:].expand(-1, -1, -1, columns)], 3)
    return x


def _highest(x, side):
    """The largest value of the square around each pixel: max_pool2d's, of one plane many times as
    fast, as maxima of two, four and more neighbours come from those of half as many."""
    for axis in (2, 3):
        x = _edges_repeated(x, side // 2 * (axis == 2), side // 2 * (axis == 3))
        reach = 1
        while reach < side:
            step = min(reach, side - reach)
            x = torch.maximum(x[:, :, :-step] if axis == 2 else x[..., :-step],
                              x[:, :, step:] if axis == 2 else x[..., step:])
            reach += step
    return x


def _mean_around(x, side):
    """Mean of the square around each pixel, of what lies inside the picture."""
    x = F.avg_pool2d(x, (side, 1), 1, (side // 2, 0), count_include_pad=False)
    return F.avg_pool2d(x, (1, side), 1, (0, side // 2), count_include_pad=False)


def thin_things(grey, sides=(5, 11)):
    """Top-hats and black-hats of N x 1 x H x W: what an opening, and a closing, with a square takes
    away; N x 4 x H x W for two sides."""
    hats = []
    for side in sides:
        opened = _highest(_highest(grey * -1, side) * -1, side)
        closed = _highest(_highest(grey, side) * -1, side) * -1
        hats += [grey - opened, closed - grey]
    return torch.cat(hats, 1)


class OrientedLines(nn.Module):
    """How far each pixel stands out of both its sides along a short line, and which way.

    width in pixels.
    """

    LENGTH = 11

    def __init__(self, width, directions=8):
        super().__init__()
        self.reach = self.LENGTH // 2 + 1
        y, x = torch.meshgrid(torch.arange(-self.reach, self.reach + 1.0),
                              torch.arange(-self.reach, self.reach + 1.0), indexing="ij")
        kernels, self.sides = [], []
        for i in range(directions):
            angle = math.pi * i / directions
            along = x * math.cos(angle) + y * math.sin(angle)
            across = y * math.cos(angle) - x * math.sin(angle)
            kernel = ((self.LENGTH / 2 + 0.5 - along.abs()).clamp(0, 1) *
                      (width / 2 + 0.5 - across.abs()).clamp(0, 1))
            kernels.append(kernel / kernel.sum())
            self.sides.append((round(-math.sin(angle) * (width + 1)),
                               round(math.cos(angle) * (width + 1))))
        self.margin = math.ceil(width + 1)
        self.register_buffer("kernels", torch.stack(kernels)[:, None], persistent=False)

    def bright_and_dark(self, grey):
        """N x 1 x H x W in [0,1] -> two of N x directions x H x W: how much brighter than both sides,
        by direction, and how much darker; 0 where a side is as bright (as dark). Not forward(): packs
        may not call modules that answer with two tensors."""
        margin = self.margin
        lines = F.conv2d(_edges_repeated(grey, self.reach + margin, self.reach + margin), self.kernels)
        bright, dark = [], []
        for i, (dx, dy) in enumerate(self.sides):
            on, left, right = (lines[:, i:i + 1, margin + y:y - margin or None,
                                     margin + x:x - margin or None]
                               for x, y in ((0, 0), (dx, dy), (-dx, -dy)))
            bright.append(on - torch.maximum(left, right))
            dark.append(torch.minimum(left, right) - on)
        return F.relu(torch.cat(bright, 1)), F.relu(torch.cat(dark, 1))


def _halved(x):
    """F.max_pool2d(x, 2), several times as fast."""
    x = torch.maximum(x[:, :, 0::2], x[:, :, 1::2])
    return torch.maximum(x[..., 0::2], x[..., 1::2])


class Segmenter(nn.Module):
    """picture N x 3 x H x W -> damage confidence N x 1 x H x W in [0,1].

    H, W: multiples of 16. Two trunks look, whose mistakes are different ones, and the mean of their
    logits counts. Both work at half resolution; the last convolution gives each half-size pixel
    its four full-size answers. Both see the classical answers, too, lines of four widths that stand
    out of both their sides: the large one by direction; the small one their strength and main
    direction, how much stands out around, and top-hats.
    """

    DIRECTIONS = 8

    def __init__(self):
        super().__init__()
        self.thin = OrientedLines(1.0)
        self.wide = OrientedLines(2.5)
        self.small = Trunk(36 + 26, 4, (24, 40, 64, 64), (0, 1, 1), (1, 1, 1), (1, 2, 4))
        self.large = Trunk(12 + 4 * 2 * self.DIRECTIONS, 4, (32, 64, 128, 160), (1, 1, 1),
                           (2, 2, 1), (1, 2, 4, 1))
        for trunk in (self.small, self.large):
            nn.init.constant_(trunk.tail.bias, -3.0)

    def _told(self, bright, dark):
        """For bright and for dark lines: strength and direction (the double angle, as long as the
        directions agree); 6 planes, and of both what stands out at all."""
        planes, anything = [], []
        for values in (bright, dark):
            strength = values.amax(1, True)
            # The sum of each direction's value times (cos, sin) of its double angle, which is a
            # multiple of 45 degrees, and the opposite one's after four.
            across = values[:, :4] - values[:, 4:]
            slant = math.sqrt(0.5)
            x = across[:, 0:1] + (across[:, 1:2] - across[:, 3:4]) * slant
            y = across[:, 2:3] + (across[:, 1:2] + across[:, 3:4]) * slant
            told = torch.log1p(strength * 255)
            way = told / (values.mean(1, True) * self.DIRECTIONS + 1e-3)
            planes += [told / 3, x * way, y * way]
            anything.append(strength)
        return torch.cat(planes, 1), torch.maximum(anything[0], anything[1])

    def seen(self, picture):
        """What the small and the large trunk get, at half size; nothing in it is learned. In
        float32: a faint line is a small difference."""
        grey = picture.mean(1, True)
        half = F.avg_pool2d(grey, 2)
        lines = [lines.bright_and_dark(x) for lines, x in (
            (self.thin, grey), (self.wide, grey), (self.wide, half),
            (self.wide, F.avg_pool2d(half, 2)))]
        (thin, stands), (wide, _), (wider, _), (widest, _) = [self._told(*x) for x in lines]
        widest = F.interpolate(widest, scale_factor=2.0, mode="bilinear", align_corners=False)
        crowd = F.avg_pool2d(stands, 2)
        crowds = [torch.log1p(_mean_around(crowd, side) * 255)
                  for side in (9, 31)]
        full = torch.cat([picture - 0.5, thin[:, 0:1], thin[:, 3:4], thin_things(grey) * 3], 1)
        small = torch.cat([F.pixel_unshuffle(full, 2), F.avg_pool2d(thin, 2), _halved(wide),
                           wider, widest, *crowds], 1)
        lines = [*map(_halved, lines[0] + lines[1]), *lines[2],
                 *(F.interpolate(x, scale_factor=2.0, mode="nearest") for x in lines[3])]
        large = torch.cat([F.pixel_unshuffle(picture - 0.5, 2),
                           torch.log1p(torch.cat(lines, 1) * 255) / 3], 1)
        return small, large

    def logits(self, small, large):
        return F.pixel_shuffle((self.small(small) + self.large(large)) * 0.5, 2)

    def forward(self, picture):
        return torch.sigmoid(self.logits(*self.seen(picture)))


class Restorer(nn.Module):
    """picture and deblurred N x 3 x H x W, strength N x 3 x 1 x 1 -> restored picture N x 3 x H x W.

    `deblurred` is the picture after a regularised inverse, grain and all; the picture itself where
    no blur is to be undone. strength: what to undo, each 0 (nothing) to 1, or -1 for "find out":
    noise (sigma / 0.2), JPEG ((100 - quality) / 100), blur (Gaussian sigma / 3 px). H, W: multiples
    of 16. The trunk learns the residual over `deblurred`.
    """

    def __init__(self):
        super().__init__()
        self.trunk = Trunk(12 + 12 + 3, 12, (48, 96, 128, 160), (1, 1, 1), (2, 1, 1), (1, 2, 4, 1))
        nn.init.zeros_(self.trunk.tail.weight)
        nn.init.zeros_(self.trunk.tail.bias)

    def forward(self, picture, deblurred, strength):
        half = F.pixel_unshuffle(picture - 0.5, 2)
        seen = torch.cat([half, F.pixel_unshuffle(deblurred - picture, 2),
                          strength.expand(-1, -1, half.size(2), half.size(3))], 1)
        return deblurred + F.pixel_shuffle(self.trunk(seen), 2)


class Inpainter(nn.Module):
    """fill N x 3 x H x W (the picture, its holes filled classically) and mask N x 1 x H x W
    (1 in the hole) -> the picture with the holes filled better; outside the mask the input.

    H, W: multiples of 8. Receptive field 500 px and more through the dilated bottom at 1/8.
    """

    def __init__(self):
        super().__init__()
        self.trunk = Trunk(16, 12, (32, 64, 128), (1, 1), (1, 1), (1, 2, 4, 8, 4, 2, 1))
        nn.init.zeros_(self.trunk.tail.weight)
        nn.init.zeros_(self.trunk.tail.bias)

    def forward(self, fill, mask):
        x = F.pixel_unshuffle(torch.cat([fill - 0.5, mask], 1), 2)
        return fill + mask * F.pixel_shuffle(self.trunk(x), 2)


def noise_vectors(generator, count, length):
    """Rows or columns of noise for NoisyInpainter: count x 2 x RANK x length, of unit variance; the
    second kind is smooth along its length."""
    vectors = torch.randn(count, 2, NoisyInpainter.RANK, length + 12, generator=generator)
    kernel = torch.exp(-torch.arange(-6, 7.0).square() / (2 * 2.0 ** 2))
    kernel = (kernel / kernel.square().sum().sqrt()).view(1, 1, -1)
    smooth = F.conv1d(vectors[:, 1].reshape(-1, 1, length + 12), kernel)
    return torch.stack([vectors[:, 0, :, 6:-6],
                        smooth.view(count, NoisyInpainter.RANK, length)], 1)


class NoisyInpainter(Inpainter):
    """The inpainter that has noise to make texture of: what it makes of a smooth fill alone repeats
    itself. Without noise given, always the same one.

    The noise is two planes at half size, one white, one smooth. Each is a sum of RANK products of a
    row and a column, so that a pack has noise for pictures of up to 2 * LONGEST pixels a side in few
    bytes, from operators that packs may use.
    """

    RANK = 16
    LONGEST = 2048

    def __init__(self):
        super().__init__()
        self.grain = nn.Conv2d(2, 32, 3, padding=1, bias=False)
        nn.init.normal_(self.grain.weight, std=0.05)  # from zero it is never made use of
        generator = torch.Generator().manual_seed(7)
        for name in ("rows", "columns"):
            self.register_buffer(name, noise_vectors(generator, 1, self.LONGEST), persistent=False)

    def forward(self, fill, mask, rows=None, columns=None):
        """rows, columns: from noise_vectors(), as long as half a side or longer."""
        x = F.pixel_unshuffle(torch.cat([fill - 0.5, mask], 1), 2)
        rows, columns = (self.rows, self.columns) if rows is None else (rows, columns)
        rows, columns = rows[..., :x.size(2)].unsqueeze(4), columns[..., :x.size(3)].unsqueeze(3)
        noise = (rows * columns).mean(2) * math.sqrt(self.RANK)
        return fill + mask * F.pixel_shuffle(self.trunk(x, self.grain(noise)), 2)


class PatchCritic(nn.Module):
    """PatchGAN (Isola 2017) with spectral normalisation (Miyato 2018), conditional on the mask.

    picture N x 3 x H x W, mask N x 1 x H x W -> the features of each layer; the last one is
    N x 1 x H/8 x W/8: how real 54 x 54 pixels look. H, W: multiples of 8.
    """

    CONTRAST = 8  # its layers enlarge nothing, and texture is a few hundredths: with 2 it never saw any

    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(4, 48, 4, 2, 1), nn.Conv2d(48, 96, 4, 2, 1), nn.Conv2d(96, 160, 4, 2, 1),
                  nn.Conv2d(160, 160, 3, 1, 1), nn.Conv2d(160, 1, 3, 1, 1)]
        self.layers = nn.ModuleList([nn.utils.parametrizations.spectral_norm(c) for c in layers])

    def forward(self, picture, mask):
        features = [torch.cat([(picture - 0.5) * self.CONTRAST, mask], 1)]
        for i, layer in enumerate(self.layers):
            x = features[-1]
            features.append(layer(F.leaky_relu(x, 0.2) if i else x))
        return features[1:]


class Colorizer(nn.Module):
    """Luminance and hints to chroma, and to a distribution over bins of chroma.

    luminance N x 1 x H x W in [0,1]; hints N x 4 x H x W: chroma (B - Lum, R - Lum), hint mask,
    keep-grey mask; propagated N x 3 x H/4 x W/4: the classical propagation's chroma and reach.
    Gives chroma N x 2 x H/4 x W/4 and bin logits N x bins x H/4 x W/4. H, W: multiples of 32.
    The chroma is the propagated one plus a residual.
    """

    def __init__(self, bins):
        super().__init__()
        self.trunk = Trunk(16 + 4 + 3, 48, (48, 96, 192, 192), (1, 1, 1), (2, 2, 1),
                           (1, 1, 2, 1))
        self.chroma = nn.Conv2d(48, 2, 1)
        self.bins = nn.Conv2d(48, bins, 1)
        nn.init.zeros_(self.chroma.weight)
        nn.init.zeros_(self.chroma.bias)

    def forward(self, luminance, hints, propagated):
        light = F.pixel_unshuffle(luminance - 0.5, 4)
        mask = hints[:, 2:3]
        known = F.avg_pool2d(torch.cat([hints[:, :2] * mask, hints[:, 2:]], 1), 4)
        features = self.trunk(torch.cat([light, known, propagated], 1))
        return propagated[:, :2] + self.chroma(features), self.bins(features)


CURVE_POINTS = 16


HISTOGRAM_BINS = 32
DARKEST = 0.004
"""What counts as black: log10 has no end of its own."""
DENSEST = -math.log10(DARKEST)
BLACK = 0.0005
"""Stands for 0 among a curve's points."""


def soft_histogram(picture, centres):
    """N x 3 x h x w -> N x 96: triangular histogram of each channel, its mean share 1."""
    values = picture.flatten(2).unsqueeze(2)
    near = F.relu(1 - (values - centres.view(1, 1, HISTOGRAM_BINS, 1)).abs() * (HISTOGRAM_BINS - 1))
    return near.mean(3).flatten(1) * HISTOGRAM_BINS


def density(values):
    """-log10 of coded values, from 0 to DENSEST."""
    return torch.log1p(values.clamp(DARKEST, 1) - 1) * (-1 / math.log(10))


ENDS = 12


def ends_of(dense):
    """Densities N x 3 x h x w -> N x ENDS: each channel's highest and lowest, and those of what lies
    near them: log-mean-exp, which a single pixel does not move far."""
    ends = []
    for sign in (1, -1):
        values = (dense * sign).flatten(2)
        ends += [values.amax(2) * sign,
                 torch.log1p(torch.exp(values * 8).mean(2).clamp(min=1e-6) - 1) * (sign / 8)]
    return torch.cat(ends, 1)


def apply_curves(picture, curves):
    """Puts N x 3 x H x W through N x 3 x CURVE_POINTS curves, linear between their points."""
    place = picture.clamp(0, 1) * (CURVE_POINTS - 1)
    low = place.floor().clamp(max=CURVE_POINTS - 2)
    part = place - low
    index = low.long().flatten(2)
    a = curves.gather(2, index).view_as(picture)
    b = curves.gather(2, index + 1).view_as(picture)
    return a + (b - a) * part


class Unfader(nn.Module):
    """thumbnail N x 3 x 128 x 128 (single pixels of the picture, not means) -> curves N x 3 x 16:
    what each dye's channel becomes at the coded values 0, 1/15, ... 1. Rising, and the identity when
    the net is fresh.

    A dye that fades keeps a share of its density over a base that yellows, and a little more of it
    in the lights or in the shadows: three numbers a dye, which the net finds and the curve undoes.
    What it looks at besides the picture is each channel's density with mean 0 and spread 1, in
    which share and base are gone: there a sky is a sky however much has faded. The ends of each
    channel's densities, in which share and base are plainest, are told as numbers.
    """

    def __init__(self):
        super().__init__()
        widths = (6, 32, 64, 96, 128, 160)
        self.convolutions = nn.ModuleList([nn.Conv2d(a, b, 3, stride=2, padding=1)
                                           for a, b in zip(widths, widths[1:])])
        self.register_buffer("centres", torch.linspace(0, 1, HISTOGRAM_BINS), persistent=False)
        levels = torch.linspace(0, 1, CURVE_POINTS).clamp(min=BLACK)
        self.register_buffer("levels", torch.log10(levels) * -1, persistent=False)
        self.first = nn.Linear(widths[-1] + 6 + 3 * HISTOGRAM_BINS + 2 * ENDS, 256)
        self.second = nn.Linear(256, 128)
        self.last = nn.Linear(128, 9)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, thumbnail):
        small = F.avg_pool2d(thumbnail, 2)
        dense = density(small)
        mean = dense.mean((2, 3), keepdim=True)
        spread = (dense - mean).abs().mean((2, 3), keepdim=True) + 0.02
        x = torch.cat([small - 0.5, ((dense - mean) / spread).clamp(-4, 4) * 0.5], 1)
        for convolution in self.convolutions:
            x = F.relu(convolution(x))
        x = torch.cat([x.mean((2, 3)), mean.flatten(1), spread.flatten(1),
                       soft_histogram(thumbnail[:, :, ::2, ::2], self.centres),
                       ends_of(density(thumbnail)), ends_of(dense)], 1)
        x = F.relu(self.first(x))
        if self.training:  # there are few photographs, and their casts are soon known by heart
            x = F.dropout(x, 0.3)
        x = F.relu(self.second(x))
        found = self.last(x).unsqueeze(2)
        return self.curves(found[:, 0:3], found[:, 3:6], found[:, 6:9])

    def curves(self, base, share, bend):
        """N x 3 x 1 each: density of the base; natural logarithms of the density's share that was
        kept and of its exponent."""
        # What is lighter than the base goes straight on below density 0: curves always rise.
        left = (self.levels - base) * torch.exp(share * -1) * (1 / DENSEST)
        dark = left.clamp(min=1e-3)
        bent = torch.exp((torch.log1p(dark - 1)) * torch.exp(bend * -1))
        return torch.exp((bent + (left - dark)) * (-DENSEST * math.log(10)))
