# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packs this project trains: each net behind the signature that models/README.md promises.

`PACKS[id]` knows the training task, the module to trace and what its model.json says about it.
"""

from dataclasses import dataclass, field

import torch
from torch import nn
from torch.nn import functional as F

import colour
import nets

PHOTOS = ("About 1,600 photographs: ImageNet samples and Berkeley BSDS500 train and test parts "
          "(for non-commercial research), a COCO 2017 sample (Creative Commons, per photo), "
          "desktop wallpapers from Debian packages (free). ")


class ScratchSegmenter(nn.Module):
    """forward(picture 1 x 3 x H x W) -> confidence 1 x 1 x H x W."""

    def __init__(self):
        super().__init__()
        self.net = nets.Segmenter()

    def forward(self, picture):
        return self.net(picture)


class RestorerFidelity(nn.Module):
    """forward(picture, deblurred, noise [1], jpeg [1], blur [1]) -> picture."""

    def __init__(self):
        super().__init__()
        self.net = nets.Restorer()

    def forward(self, picture, deblurred, noise, jpeg, blur):
        return self.net(picture, deblurred, torch.cat([noise, jpeg, blur]).reshape(1, 3, 1, 1))


class InpainterFidelity(nn.Module):
    """forward(fill 1 x 3 x H x W, mask 1 x 1 x H x W) -> picture."""

    network = nets.Inpainter

    def __init__(self):
        super().__init__()
        self.net = self.network()

    def forward(self, fill, mask):
        return self.net(fill, mask)


class InpainterGan(InpainterFidelity):
    """The same, with the noise the net has."""

    network = nets.NoisyInpainter


class ColorizerFidelity(nn.Module):
    """forward(luminance 1 x 1 x H x W, hints 1 x 4 x H x W, propagated 1 x 3 x H x W) ->
    1 x (2 + bins) x H x W: chroma, then the probability of each bin."""

    def __init__(self):
        super().__init__()
        self.net = nets.Colorizer(len(colour.load_bins()[0]))

    def forward(self, luminance, hints, propagated):
        chroma, logits = self.net(luminance, hints, F.avg_pool2d(propagated, 4))
        chroma = F.interpolate(chroma, scale_factor=4.0, mode="bilinear", align_corners=False)
        likely = F.interpolate(torch.softmax(logits, 1), scale_factor=4.0, mode="nearest")
        return torch.cat([chroma, likely], 1)


class Unfade(nn.Module):
    """forward(thumbnail 1 x 3 x 128 x 128) -> curves 1 x 3 x 1 x 16."""

    def __init__(self):
        super().__init__()
        self.net = nets.Unfader()

    def forward(self, thumbnail):
        return self.net(thumbnail).unsqueeze(2)


@dataclass
class Pack:
    """job: train_<job>.py's state folder; the rest goes into model.json."""

    job: str
    module: type
    task: str
    name: str
    description: str
    citation: str
    training: str
    channels: str
    output: dict
    multiple_of: int = 1
    extra_inputs: list = field(default_factory=list)
    fixed_size: list = None
    tile: int = 256
    test_size: tuple = (96, 64)
    test_extra: list = field(default_factory=list)
    only_by_name: bool = False
    tile_remark: str = ""

    @property
    def tileable(self):
        return self.fixed_size is None and self.task != "colorize"


def _scalar(name, meaning):
    return {"name": name, "kind": "scalar", "range": [-1, 1], "default": -1, "meaning": meaning}


def _plane(name, channels, meaning, low=0):
    return {"name": name, "kind": "plane", "channels": channels, "range": [low, 1],
            "meaning": meaning}


_WITHHELD = "; 0 leaves it alone, -1 lets the network judge"

PACKS = {
    "scratch-segmenter": Pack(
        "segmenter", ScratchSegmenter, "scratch", "Scratch and damage finder",
        "Marks scratches, creases, dust, hairs, stains and missing emulsion, each pixel with a "
        "confidence; lines that belong to the picture are meant to survive.",
        "O. Ronneberger, P. Fischer, T. Brox: U-Net: Convolutional Networks for Biomedical Image "
        "Segmentation. MICCAI 2015, arXiv:1505.04597",
        "Damaged by this project's own seeded generator (models/training/damage.py).",
        "RGB", {"channels": "A", "scale": 1, "range": [0, 1], "meaning": "mask"}, 16, tile=1024),
    "restorer-fidelity": Pack(
        "restorer", RestorerFidelity, "restore", "Restorer (true to the picture)",
        "Takes away noise, JPEG blocks and blur at the picture's own size, each as much as asked.",
        "O. Ronneberger, P. Fischer, T. Brox: U-Net: Convolutional Networks for Biomedical Image "
        "Segmentation. MICCAI 2015, arXiv:1505.04597; degradation after X. Wang et al.: "
        "Real-ESRGAN. ICCVW 2021, arXiv:2107.10833",
        "Degraded by this project's own seeded generator (models/training/degrade.py).",
        "RGB", {"channels": "RGB", "scale": 1, "range": [0, 1], "meaning": "picture"}, 16,
        [_plane("deblurred", "RGB", "the picture after a regularised inverse of the Gaussian blur, "
                "as models/training/train_restorer.py and engine/operation/deconvolution.cpp make "
                "it, not limited to the range; the picture itself where the blur is 0 or unknown"),
         _scalar("noise", "standard deviation of the noise, full range 1, divided by 0.2" +
                 _WITHHELD),
         _scalar("jpeg", "(100 - JPEG quality) / 100" + _WITHHELD),
         _scalar("blur", "standard deviation of the blur in pixels, divided by 3" + _WITHHELD)],
        tile=512, test_extra=[0.5, 0.5, 0.6, 0.3]),
    "inpainter-fidelity": Pack(
        "inpainter", InpainterFidelity, "inpaint", "Inpainter (true to the picture)",
        "Improves a classical fill inside the mask and leaves every other pixel as it is. The "
        "picture goes in with its holes already filled by Telea's method, radius 3.",
        "A. Telea: An Image Inpainting Technique Based on the Fast Marching Method. Journal of "
        "Graphics Tools 9(1), 2004",
        "Holes and damage by this project's own seeded generators (models/training/masks.py, "
        "damage.py).",
        "RGB", {"channels": "RGB", "scale": 1, "range": [0, 1], "meaning": "picture"}, 8,
        [_plane("mask", "A", "1 inside the hole, 0 outside; nothing between")],
        test_extra=[1.0]),
    "inpainter-gan": Pack(
        "inpainter_gan", InpainterGan, "inpaint", "Inpainter (textured)",
        "Gives a classical fill the texture of what is around it, which is invented, and leaves every "
        "pixel outside the mask as it is. The picture goes in with its holes already filled by Telea's "
        "method, radius 3.",
        "P. Isola et al.: Image-to-Image Translation with Conditional Adversarial Networks. CVPR 2017, "
        "arXiv:1611.07004; T. Miyato et al.: Spectral Normalization for Generative Adversarial "
        "Networks. ICLR 2018, arXiv:1802.05957",
        "Holes and damage by this project's own seeded generators (models/training/masks.py, "
        "damage.py).",
        "RGB", {"channels": "RGB", "scale": 1, "range": [0, 1], "meaning": "picture"}, 8,
        [_plane("mask", "A", "1 inside the hole, 0 outside; nothing between")],
        test_extra=[1.0], only_by_name=True,
        tile_remark="; its noise begins anew at every tile's corner, so texture is another in each"),
    "colorizer-fidelity": Pack(
        "colorizer", ColorizerFidelity, "colorize", "Colorizer (true to the photographs)",
        "Gives a grey picture chroma, following colour hints, and tells at each place how likely "
        "each of a set of chromas is. Meant for 256 to 320 pixels on the long side; its chroma is "
        "brought to full size along the luminance.",
        "R. Zhang et al.: Real-Time User-Guided Image Colorization with Learned Deep Priors. "
        "SIGGRAPH 2017, arXiv:1705.02999; A. Levin, D. Lischinski, Y. Weiss: Colorization using "
        "Optimization. SIGGRAPH 2004",
        "Made grey; hints simulated (models/training/hints.py).",
        "L", {"channels": "UV", "scale": 1, "range": [-1, 1], "meaning": "chroma"}, 32,
        [_plane("hints", "UVMG", "hint chroma (B - Lum, R - Lum; 0 where there is none), hint "
                "mask, keep-grey mask", -1),
         _plane("propagated", "UVR", "the hints' chroma propagated on cells of 4 x 4 pixels as "
                "models/training/hints.py does it, and its reach; each cell's value repeated over "
                "its pixels; all 0 without hints", -1)],
        test_extra=[0.1, 0.1]),
    "unfade": Pack(
        "unfader", Unfade, "tone", "Unfade",
        "From a small copy of a faded photograph predicts a curve for each dye that brings density "
        "and colour balance back; the curves are applied to the full picture.",
        "None; this project's own design",
        "Faded by this project's own seeded generator (models/training/train_unfader.py).",
        "RGB", {"channels": "RGB", "scale": 1, "range": [0, 1], "meaning": "curves"},
        fixed_size=[128, 128], test_size=(128, 128)),
}


def _colour_output():
    centres, _ = colour.load_bins()
    output = PACKS["colorizer-fidelity"].output
    output["channels"] = "UV" + "P" * len(centres)
    output["bins"] = [[round(float(x), 4) for x in c] for c in centres]
    output["note"] = ("U = B - Lum, V = R - Lum, Lum = 0.30 R + 0.59 G + 0.11 B on coded values; "
                      "then, for each of `bins` (pairs of U, V), its probability")


_colour_output()
PACKS["unfade"].output["note"] = (
    "shape 1 x 3 x 1 x 16: for each channel what the coded values 0, 1/15, ... 1 become, straight "
    "lines between; values outside [0, 1] are to be clipped after the curve is applied")


def fresh(identifier):
    """The pack's module, untrained, in evaluation mode."""
    return PACKS[identifier].module().eval()


def trained(identifier, state):
    """The pack's module with the averaged weights of its checkpoint below `state`."""
    pack = PACKS[identifier]
    module = fresh(identifier)
    saved = torch.load(state / pack.job / "checkpoint.pt", map_location="cpu")
    module.net.load_state_dict(saved["average"])
    return module
