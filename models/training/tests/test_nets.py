# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import cv2
import numpy as np
import torch
from torch.nn import functional as F

import nets


def _shaken(net):
    """The net with every weight moved a little, so that no zero hides a connection."""
    torch.manual_seed(0)
    with torch.no_grad():
        for weight in net.parameters():
            weight.add_(0.02 * torch.randn_like(weight))
    return net


def test_fresh_nets_change_nothing():
    picture, mask = torch.rand(1, 3, 32, 48), torch.ones(1, 1, 32, 48)
    with torch.no_grad():
        assert torch.equal(nets.Inpainter()(picture, mask), picture)
        strength = torch.tensor([0.5, -1, 0]).view(1, 3, 1, 1)
        assert torch.equal(nets.Restorer()(picture, picture, strength), picture)
        curves = nets.Unfader()(torch.rand(1, 3, 128, 128))
        assert torch.allclose(nets.apply_curves(picture, curves), picture, atol=1e-3)


def test_the_inpainter_leaves_every_pixel_outside_the_mask():
    net = _shaken(nets.Inpainter())
    picture, mask = torch.rand(1, 3, 64, 64), (torch.rand(1, 1, 64, 64) < 0.2).float()
    with torch.no_grad():
        result = net(picture, mask)
    outside = (mask == 0).expand_as(picture)
    assert torch.equal(result[outside], picture[outside])
    assert not torch.equal(result[~outside], picture[~outside])


def test_noise_makes_texture_inside_the_mask_alone():
    net = _shaken(nets.NoisyInpainter())
    picture, mask = torch.rand(2, 3, 64, 64), (torch.rand(2, 1, 64, 64) < 0.2).float()
    generator = torch.Generator().manual_seed(1)
    rows, columns = (nets.noise_vectors(generator, 2, 32) for _ in range(2))
    with torch.no_grad():
        usual, same, other = net(picture, mask), net(picture, mask), net(picture, mask, rows, columns)
    outside = (mask == 0).expand_as(picture)
    assert torch.equal(usual, same) and not torch.equal(usual, other)
    for result in (usual, other):
        assert torch.equal(result[outside], picture[outside])


def test_the_noise_has_unit_variance_and_its_second_plane_is_smooth():
    net = nets.NoisyInpainter()
    noise = (net.rows[..., :256].unsqueeze(4) * net.columns[..., :256].unsqueeze(3)).mean(2) * 4
    assert torch.allclose(noise.std((2, 3)), torch.ones(1, 2), atol=0.1)
    steps = (noise[..., 1:] - noise[..., :-1]).std((2, 3))[0]
    assert steps[0] > 1.2 and steps[1] < 0.6


def test_the_critic_judges_patches():
    critic = nets.PatchCritic()
    picture = torch.rand(1, 3, 96, 96, requires_grad=True)
    verdict = critic(picture, torch.zeros(1, 1, 96, 96))[-1]
    assert verdict.shape == (1, 1, 12, 12)
    verdict[0, 0, 6, 6].backward()
    rows = picture.grad.abs().sum((0, 1, 3)).nonzero()
    assert rows.max() - rows.min() + 1 == 54


def test_the_inpainter_sees_at_least_256_pixels():
    net = _shaken(nets.Inpainter())
    fill = torch.rand(1, 3, 640, 16, requires_grad=True)
    net(fill, torch.ones(1, 1, 640, 16))[0, :, 320].sum().backward()
    rows = fill.grad.abs().sum((0, 1, 3)).nonzero()
    assert rows.max() - rows.min() >= 256


def test_outputs_have_the_promised_shapes():
    with torch.no_grad():
        confidence = nets.Segmenter()(torch.rand(1, 3, 48, 80))
        assert confidence.shape == (1, 1, 48, 80)
        assert 0 <= confidence.min() and confidence.max() <= 1
        chroma, bins = nets.Colorizer(74)(torch.rand(1, 1, 64, 96), torch.rand(1, 4, 64, 96),
                                          torch.rand(1, 3, 16, 24))
        assert chroma.shape == (1, 2, 16, 24) and bins.shape == (1, 74, 16, 24)


def test_oriented_lines_find_what_stands_out_of_both_its_sides():
    lines = nets.OrientedLines(1.0)
    grey = torch.full((1, 1, 48, 48), 0.5)
    grey[..., 24] = 0.6  # upright: the fifth of eight directions from level
    grey[..., 30:] = 0.9  # an edge
    bright, dark = lines.bright_and_dark(grey)
    assert bright[0, :, 20, 24].argmax() == 4 and abs(float(bright[0, 4, 20, 24]) - 0.1) < 0.01
    assert float(bright[0, 0, 20, 24].abs()) < 0.02  # across it nothing does
    assert float(dark[0, :, 20, 24].max()) < 0.01
    assert float(bright[0, :, 20, 28:34].max()) < 0.06  # the edge is as bright on one side
    darker, brighter = lines.bright_and_dark(1 - grey)
    assert torch.allclose(brighter, bright, atol=1e-5) and torch.allclose(darker, dark, atol=1e-5)


def test_told_directions_are_the_sums_over_all_directions():
    values = torch.rand(2, 8, 6, 5)
    planes, _ = nets.Segmenter()._told(values, values * 0)
    angles = torch.arange(8) * (2 * torch.pi / 8)
    weights = torch.stack([angles.cos(), angles.sin()])[:, :, None, None]
    told = torch.log1p(values.amax(1, True) * 255)
    way = torch.nn.functional.conv2d(values, weights) / (values.sum(1, True) + 1e-3)
    assert torch.allclose(planes[:, :1], told / 3, atol=1e-6)
    assert torch.allclose(planes[:, 1:3], way * told, atol=1e-4)
    assert float(planes[:, 3:].abs().max()) == 0


def test_curves_always_rise():
    curves = _shaken(nets.Unfader())(torch.rand(4, 3, 128, 128) ** 3)
    assert (curves[:, :, 1:] > curves[:, :, :-1]).all()


def test_curves_are_linear_between_their_points():
    curves = torch.linspace(0, 1, nets.CURVE_POINTS).square().expand(1, 3, -1)
    x = torch.tensor([0, 0.5 / 15, 1 / 15, 1.0]).view(1, 1, 1, 4).expand(1, 3, 1, 4)
    expected = torch.tensor([0, 0.5 / 225, 1 / 225, 1.0])
    assert torch.allclose(nets.apply_curves(x, curves)[0, 0, 0], expected, atol=1e-6)


def test_ends_are_each_channels_highest_and_lowest(picture):
    dense = nets.density(torch.from_numpy(picture.transpose(2, 0, 1)[None].copy()))
    high, near_high, low, near_low = nets.ends_of(dense)[0].reshape(4, 3)
    for c in range(3):
        values = dense[0, c].numpy()
        assert high[c] == values.max() and low[c] == values.min()
        assert values.mean() < near_high[c] < high[c] and low[c] < near_low[c] < values.mean()


def test_hats_are_what_opening_and_closing_take_away(picture):
    grey = picture.mean(2)
    hats = nets.thin_things(torch.from_numpy(grey)[None, None])[0].numpy()
    inside = slice(12, -12)
    for i, side in enumerate((5, 11)):
        for j, kind in enumerate((cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT)):
            expected = cv2.morphologyEx(grey, kind, np.ones((side, side)))
            assert np.allclose(hats[2 * i + j][inside, inside], expected[inside, inside], atol=1e-6)


def test_the_mean_around_leaves_out_what_lies_outside(picture):
    x = torch.from_numpy(picture.transpose(2, 0, 1)[None].copy())
    expected = F.avg_pool2d(x, 9, 1, 4, count_include_pad=False)
    assert torch.allclose(nets._mean_around(x, 9), expected, atol=1e-6)
