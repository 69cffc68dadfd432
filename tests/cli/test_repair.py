# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that repair: what they say, what they leave alone, what they refuse."""

import struct
import unittest
import zlib

from cli import CliTest, need_pack, png


def grey(width, height, pixel):
    """An 8-bit grey PNG of pixel(x, y)."""
    rows = b"".join(b"\0" + bytes(pixel(x, y) for x in range(width)) for y in range(height))
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
                       (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        out += struct.pack(">I", len(body)) + kind + body
        out += struct.pack(">I", zlib.crc32(kind + body))
    return out


def mask(width, height, marked):
    """White where marked(x, y)."""
    return grey(width, height, lambda x, y: 255 if marked(x, y) else 0)


class Inpaint(CliTest):
    def fill(self, channels, depth, *arguments):
        self.file("a.png", png(70, 50, channels, depth))
        self.file("m.png", mask(70, 50, lambda x, y: 30 <= x < 36 and y > 4))
        made = self.result("inpaint", "a.png", "--mask", "m.png", "-o", "o.png", "--overwrite",
                           *arguments)
        before, after = self.pixels("a.png"), self.pixels("o.png")
        self.assertEqual(len(before), len(after))
        return made, before, after

    def test_only_the_mask_changes(self):
        for channels, depth in ((3, 8), (1, 16), (4, 8), (3, 16)):
            made, before, after = self.fill(channels, depth, "--method", "classical")
            size = channels * depth // 8
            row = 70 * size + 1
            inside = 0
            # Filters of the files are undone by neither; both are written the same way only where
            # rows are equal, so rows outside the mask have to be.
            for y in range(0, 4):
                self.assertEqual(before[y * row:(y + 1) * row], after[y * row:(y + 1) * row])
            inside = before != after
            self.assertTrue(inside)
            self.assertEqual(made["method"], "membrane")
            self.assertEqual(made["depth"], depth)

    def test_empty_mask_is_said(self):
        self.file("a.png", png(40, 30))
        self.file("m.png", mask(40, 30, lambda x, y: False))
        made = self.result("inpaint", "a.png", "--mask", "m.png", "-o", "o.png")
        self.assertEqual(len(made["warnings"]), 1)
        self.assertEqual(self.pixels("a.png"), self.pixels("o.png"))

    def test_masks_that_do_not_fit(self):
        self.file("a.png", png(40, 30))
        self.file("other.png", mask(30, 40, lambda x, y: x == 3))
        self.file("full.png", mask(40, 30, lambda x, y: True))
        self.file("words.png", b"these are only words, and not a picture at all")
        for name, expected in (("other.png", 2), ("full.png", 2), ("words.png", 3),
                               ("none.png", 3)):
            code, out, err = self.run_cli("inpaint", "a.png", "--mask", name, "-o", "o.png")
            self.assertEqual(code, expected, f"{name}: {err}")
            self.assertGreater(len(err.split()), 6, err)
            self.assertFalse((self.work / "o.png").exists())
        code, _, _ = self.run_cli("inpaint", "a.png", "-o", "o.png")
        self.assertEqual(code, 2)
        code, _, _ = self.run_cli("inpaint", "a.png", "--mask", "other.png", "-o", "o.png",
                                  "--method", "magic")
        self.assertEqual(code, 2)

    def test_the_map_says_what_was_filled_how(self):
        self.fill(3, 8, "--method", "classical", "--map", "map.png")
        told = self.result("info", "map.png")
        self.assertEqual((told["width"], told["height"], told["channels"]), (70, 50, "gray"))
        code, _, err = self.run_cli("inpaint", "a.png", "--mask", "m.png", "-o", "n.png",
                                    "--network", "101")
        self.assertEqual(code, 2, err)
        # Where a map is already, it is not written over without being told to.
        code, _, err = self.run_cli("inpaint", "a.png", "--mask", "m.png", "-o", "n.png",
                                    "--method", "classical", "--map", "map.png")
        self.assertEqual(code, 5, err)
        self.assertFalse((self.work / "n.png").exists())

    @need_pack("ffdnet-color")
    def test_a_share_for_the_network_is_recorded(self):
        made, _, _ = self.fill(3, 8, "--network", "60")
        self.assertEqual(made["parameters"]["network"], 60)

    @need_pack("ffdnet-color")
    def test_the_learned_fill_names_its_model_and_marks_the_file(self):
        made, _, _ = self.fill(3, 8, "--method", "neural")
        self.assertEqual(made["model"]["id"], "ffdnet-color")
        info = self.result("info", "o.png")
        self.assertIn("compositeWithTrainedAlgorithmicMedia", str(info))


class Scratches(CliTest):
    def scratched(self, name):
        def pixel(x, y):
            return 245 if abs(x - 60 - y // 3) <= 1 else 90 + (x + y) % 3
        self.file(name, grey(180, 140, pixel))

    def test_the_mask_marks_the_scratch_and_fill_removes_it(self):
        self.scratched("a.png")
        made = self.result("scratches", "a.png", "-o", "m.png")
        self.assertEqual((made["channels"], made["depth"]), ("gray", 8))
        share = made["parameters"]["marked_share"]
        self.assertTrue(0.01 < share < 0.06, share)
        filled = self.result("scratches", "a.png", "-o", "o.png", "--fill", "--method",
                             "classical")
        self.assertEqual(filled["method"], "membrane")
        self.assertNotEqual(self.pixels("a.png"), self.pixels("o.png"))
        again = self.result("scratches", "o.png", "-o", "n.png", "--overwrite")
        self.assertLess(again["parameters"]["marked_share"], share / 4)

    def test_nothing_found_is_said(self):
        self.file("a.png", grey(50, 40, lambda x, y: 120))
        for arguments in ((), ("--fill", "--method", "classical")):
            made = self.result("scratches", "a.png", "-o", "o.png", "--overwrite", *arguments)
            self.assertEqual(len(made["warnings"]), 1, made["warnings"])
        self.assertEqual(self.pixels("a.png"), self.pixels("o.png"))

    def test_wrong_use_is_2(self):
        self.scratched("a.png")
        for arguments in (("--threshold", "2"), ("--kind", "cats"), ("--method", "magic")):
            code, _, err = self.run_cli("scratches", "a.png", "-o", "o.png", *arguments)
            self.assertEqual(code, 2, f"{arguments}: {err}")
        self.assertEqual(self.files(), ["a.png"])


class Geometry(CliTest):
    def scan(self, places):
        def pixel(x, y):
            inside = any(l <= x < l + w and t <= y < t + h for l, t, w, h in places)
            return 60 + (x * 7 + y * 5) % 90 if inside else 240
        self.file("a.png", grey(400, 300, pixel))

    def test_each_print_gets_its_file(self):
        self.scan([(20, 30, 150, 100), (220, 40, 120, 200)])
        made = self.result("geometry", "a.png", "-o", "o.png", "--split")
        self.assertEqual(len(made["parameters"]["prints"]), 2)
        self.assertEqual(self.files(), ["a.png", "o-2.png", "o.png"])
        self.assertEqual((made["width"], made["height"]), (150, 100))
        second = self.result("info", "o-2.png")
        self.assertEqual((second["width"], second["height"]), (120, 200))

    def test_crop_turn_and_mirror(self):
        self.scan([(20, 30, 150, 100)])
        made = self.result("geometry", "a.png", "-o", "o.png", "--crop", "auto", "--rotate", "90")
        self.assertEqual((made["width"], made["height"]), (100, 150))
        made = self.result("geometry", "a.png", "-o", "p.png", "--crop", "30x20+5+6")
        self.assertEqual((made["width"], made["height"]), (30, 20))
        for flip in ("h", "v"):
            self.result("geometry", "a.png", "-o", "f.png", "--flip", flip, "--overwrite")
            self.assertNotEqual(self.pixels("a.png"), self.pixels("f.png"))
            self.result("geometry", "f.png", "-o", "g.png", "--flip", flip, "--overwrite")
            self.assertEqual(self.pixels("a.png"), self.pixels("g.png"))
        self.result("geometry", "a.png", "-o", "q.png", "--rotate", "90")
        self.result("geometry", "q.png", "-o", "r.png", "--rotate", "270")
        self.assertEqual(self.pixels("a.png"), self.pixels("r.png"))

    def test_no_print_is_said_and_nothing_changed(self):
        self.file("a.png", grey(60, 50, lambda x, y: 200))
        made = self.result("geometry", "a.png", "-o", "o.png", "--deskew", "--crop", "auto")
        self.assertEqual(len(made["warnings"]), 1)
        self.assertEqual(self.pixels("a.png"), self.pixels("o.png"))

    def test_wrong_use_is_2(self):
        self.scan([(20, 30, 150, 100), (220, 40, 120, 200)])
        for arguments in (("--crop", "big"), ("--crop", "30x20+390+0"), ("--crop", "0x5+0+0"),
                          ("--rotate", "45"), ("--flip", "x")):
            code, _, err = self.run_cli("geometry", "a.png", "-o", "o.png", *arguments)
            self.assertEqual(code, 2, f"{arguments}: {err}")
        code, _, _ = self.run_cli("geometry", "a.png", "-o", "-", "--split")
        self.assertEqual(code, 2)
        self.assertEqual(self.files(), ["a.png"])


class Restore(CliTest):
    def test_nothing_found_leaves_every_pixel(self):
        self.file("a.png", png(64, 64))
        for command in ("deartifact", "deblur"):
            made = self.result(command, "a.png", "-o", f"{command}.png")
            self.assertEqual(self.pixels("a.png"), self.pixels(f"{command}.png"), command)
            self.assertTrue(any("nothing was changed" in w for w in made["warnings"]))

    def test_twins_run_without_any_model(self):
        self.file("a.png", png(80, 60))
        for command, option, twin in (("deartifact", ("--quality", "20"), "shifted-dct"),
                                      ("deblur", ("--amount", "40"), "richardson-lucy")):
            made = self.result(command, "a.png", "-o", f"{command}.png", *option, "--model", twin)
            self.assertEqual(made["method"], twin)
            self.assertNotEqual(self.pixels("a.png"), self.pixels(f"{command}.png"))

    def test_wrong_use_is_2(self):
        self.file("a.png", png(8, 8))
        for arguments in (["deartifact", "--quality", "0"], ["deartifact", "--quality", "bad"],
                          ["deblur", "--amount", "101"], ["deblur", "--strength", "101"]):
            code, _, err = self.run_cli(arguments[0], "a.png", "-o", "o.png", *arguments[1:])
            self.assertEqual(code, 2, f"{arguments}: {err}")
        self.assertEqual(self.files(), ["a.png"])


if __name__ == "__main__":
    unittest.main()
