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


def test_curves_always_rise():
    curves = _shaken(nets.Unfader())(torch.rand(4, 3, 128, 128) ** 3)
    assert (curves[:, :, 1:] > curves[:, :, :-1]).all()


def test_curves_are_linear_between_their_points():
    curves = torch.linspace(0, 1, nets.CURVE_POINTS).square().expand(1, 3, -1)
    x = torch.tensor([0, 0.5 / 15, 1 / 15, 1.0]).view(1, 1, 1, 4).expand(1, 3, 1, 4)
    expected = torch.tensor([0, 0.5 / 225, 1 / 225, 1.0])
    assert torch.allclose(nets.apply_curves(x, curves)[0, 0, 0], expected, atol=1e-6)


def test_hats_are_what_opening_and_closing_take_away(picture):
    grey = picture.mean(2)
    hats = nets.thin_things(torch.from_numpy(grey)[None, None])[0].numpy()
    inside = slice(12, -12)
    for i, side in enumerate((5, 11)):
        for j, kind in enumerate((cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT)):
            expected = cv2.morphologyEx(grey, kind, np.ones((side, side)))
            assert np.allclose(hats[2 * i + j][inside, inside], expected[inside, inside], atol=1e-6)


def _ffdnet(weights, picture, sigma):
    x = F.pixel_unshuffle(picture, 2)
    x = torch.cat([x, torch.full_like(x[:, :1], sigma)], 1)
    for i in range(12):
        x = F.conv2d(x, weights[f"w{2 * i}"], weights[f"w{2 * i + 1}"], padding=1)
        x = F.relu(x) if i < 11 else x
    return F.pixel_shuffle(x, 2)


def test_the_restorer_begins_as_ffdnet_of_the_deblurred_picture():
    torch.manual_seed(3)
    widths, weights = [13] + [96] * 11 + [12], {}
    for i in range(12):
        weights[f"w{2 * i}"] = 0.05 * torch.randn(widths[i + 1], widths[i], 3, 3)
        weights[f"w{2 * i + 1}"] = 0.1 * torch.randn(widths[i + 1])
    net = nets.Restorer()
    net.load_state_dict({**net.state_dict(), **nets.Restorer.from_ffdnet(weights)})
    picture, sharper = torch.rand(2, 3, 20, 32), torch.rand(2, 3, 20, 32)
    strength = torch.tensor([0.5, 0, 0]).view(1, 3, 1, 1).expand(2, -1, -1, -1)
    with torch.no_grad():
        result = net(picture, sharper, strength)
        assert torch.allclose(result, _ffdnet(weights, sharper, 0.1), atol=1e-5)
        more = net(picture, sharper, strength + torch.tensor([0, 0.6, 0]).view(1, 3, 1, 1))
        assert torch.allclose(more, _ffdnet(weights, sharper, 0.151), atol=1e-5)
