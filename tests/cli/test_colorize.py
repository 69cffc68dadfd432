# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""colorize: hints, variants, what is said, what is refused."""

import json
import unittest

from cli import CliTest, flat_png, need_pack, png

PACK = "colorizer-fidelity"


def hints(width, height, **more):
    return json.dumps({"version": 1, "width": width, "height": height,
                       "points": [{"x": 20, "y": 15, "radius": 3, "color": "#b04030"}],
                       **more}).encode()


class Colorize(CliTest):
    def test_a_grey_picture_becomes_rgb(self):
        self.file("h.json", hints(60, 40))
        for channels, depth, kind in ((1, 8, "rgb"), (1, 16, "rgb"), (2, 8, "rgba"), (3, 8, "rgb")):
            self.file("a.png", png(60, 40, channels, depth))
            made = self.result("colorize", "a.png", "-o", "o.png", "--hints", "h.json",
                               "--overwrite", "--model", "propagation")
            self.assertEqual((made["channels"], made["depth"]), (kind, depth))
            self.assertEqual(made["method"], "propagation")
            self.assertIsNone(made["model"])
            self.assertEqual(made["parameters"]["hints"], 1)

    def test_the_hint_is_where_it_was_put(self):
        self.file("a.png", flat_png(60, 40))
        self.file("h.json", hints(60, 40))
        self.result("colorize", "a.png", "-o", "o.png", "--hints", "h.json", "--model",
                    "propagation")
        self.assertNotEqual(self.pixels("a.png"), self.pixels("o.png"))

    def test_hints_of_another_size_and_outside_are_said(self):
        self.file("a.png", flat_png(60, 40))
        self.file("h.json", hints(120, 80, points=[
            {"x": 40, "y": 30, "radius": 6, "color": "#b04030"},
            {"x": 900, "y": 30, "radius": 6, "color": "#b04030"}]))
        made = self.result("colorize", "a.png", "-o", "o.png", "--hints", "h.json", "--model",
                           "propagation")
        self.assertEqual(len(made["warnings"]), 2)
        self.assertIn("120 x 80", " ".join(made["warnings"]))

    def test_without_hints_and_model_nothing_changes_and_that_is_said(self):
        self.file("a.png", png(40, 30))
        made = self.result("colorize", "a.png", "-o", "o.png", "--model", "propagation")
        self.assertEqual(self.pixels("a.png"), self.pixels("o.png"))
        self.assertEqual(len(made["warnings"]), 1)

    def test_wrong_hints_are_named(self):
        self.file("a.png", png(40, 30))
        for name, data, code in (("cut.json", hints(40, 30)[:50], 2), ("none.json", None, 3),
                                 ("colour.json", hints(40, 30).replace(b"#b04030", b"red"), 2),
                                 ("new.json", b'{"version":2}', 2)):
            if data is not None:
                self.file(name, data)
            found, _, err = self.run_cli("colorize", "a.png", "-o", "o.png", "--hints", name)
            self.assertEqual(found, code, err)
            self.assertIn(name, err)
            self.assertFalse((self.work / "o.png").exists())

    def test_wrong_use_is_2(self):
        self.file("a.png", png(40, 30))
        for wrong in (("--variants", 0), ("--saturation", 300), ("--warmth", "hot"),
                      ("--model", "no-such-model")):
            code, _, err = self.run_cli("colorize", "a.png", "-o", "o.png", *wrong)
            self.assertEqual(code, 4 if wrong[0] == "--model" else 2, err)
        code, _, _ = self.run_cli("colorize", "a.png", "-o", "-", "--variants", 2)
        self.assertEqual(code, 2)

    @need_pack(PACK)
    def test_variants_differ_and_repeat(self):
        self.file("a.png", png(90, 70))
        made = self.results("colorize", "a.png", "-o", "o.png", "--variants", 3, "--seed", 5)
        self.assertEqual(len(made), 3)
        self.assertEqual(self.files(), ["a.png", "o-1.png", "o-2.png", "o-3.png"])
        pixels = [self.pixels(f"o-{i}.png") for i in (1, 2, 3)]
        self.assertEqual(len(set(pixels)), 3)
        self.results("colorize", "a.png", "-o", "o.png", "--variants", 3, "--seed", 5,
                     "--overwrite")
        self.assertEqual([self.pixels(f"o-{i}.png") for i in (1, 2, 3)], pixels)

    @need_pack(PACK)
    def test_the_network_is_named_and_the_file_marked(self):
        self.file("a.png", png(90, 70, 1))
        made = self.result("colorize", "a.png", "-o", "o.png")
        self.assertEqual(made["model"]["id"], PACK)
        code, out, err = self.run_cli("info", "o.png", "--json")
        self.assertEqual(code, 0, err)
        self.assertIn("colorize", out.decode())


if __name__ == "__main__":
    unittest.main()
