# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract of the command line: exit codes, names, JSON, standard input and output."""

import json
import os
import pathlib
import unittest

from cli import CliTest, flat_png, need_pack, pixels_of, png

RESULT_KEYS = {"input", "output", "operation", "model", "parameters", "width", "height",
               "seconds", "tiles", "peak_memory_mb", "warnings"}


class Projects(CliTest):
    def test_projects_go_in_and_come_out_and_keep_every_pixel(self):
        self.file("a.png", png(60, 40, depth=16))
        made = self.result("convert", "a.png", "-o", "a.ora")
        self.assertEqual((made["format"], made["width"], made["height"]), ("ora", 60, 40))
        back = self.result("convert", "a.ora", "-o", "b.png")
        self.assertEqual((back["depth"], back["format"]), (16, "PNG"))
        self.assertEqual(self.pixels("a.png"), self.pixels("b.png"))
        whole = (self.work / "a.ora").read_bytes()
        code, _, err = self.run_cli("convert", "a.ora", "-o", "a.ora", "--overwrite")
        self.assertEqual(code, 2, err)
        self.assertEqual((self.work / "a.ora").read_bytes(), whole)
        code, _, err = self.run_cli("convert", "a.png", "-o", "a.ora")
        self.assertEqual(code, 5, err)
        code, out, err = self.run_cli("convert", "a.ora", "-o", "-")
        self.assertEqual((code, out[:4]), (0, b"\x89PNG"), err)
        for command in (["upscale", "a.ora", "-o", "c.png"], ["info", "a.ora"]):
            code, _, err = self.run_cli(*command)
            self.assertEqual(code, 3)
            self.assertIn("heirloom-cli convert", err)
        (self.work / "a.ora").write_bytes(whole[:len(whole) // 2])
        code, _, err = self.run_cli("convert", "a.ora", "-o", "d.png")
        self.assertEqual(code, 3, err)
        self.assertEqual(self.files(), ["a.ora", "a.png", "b.png"])


class Usage(CliTest):
    def test_help_and_version_are_no_errors(self):
        for arguments in (["--help"], ["upscale", "--help"], ["models", "list", "--help"],
                          ["--version"]):
            code, out, _ = self.run_cli(*arguments)
            self.assertEqual(code, 0)
            self.assertTrue(out)

    def test_wrong_use_is_2(self):
        self.file("a.png", png(8, 8))
        self.file("b.png", png(8, 8))
        for arguments in (
                [], ["nonsense"], ["upscale"], ["upscale", "a.png"],
                ["upscale", "a.png", "-o", "o.png", "--scale", "7"],
                ["upscale", "a.png", "-o", "o.png", "--scale", "2", "--to-pixels", "99"],
                ["upscale", "a.png", "-o", "o.png", "--to", "30x20"],
                ["upscale", "a.png", "-o", "o.png", "--to-pixels", "x"],
                ["upscale", "a.png", "-o", "o.png", "--to-pixels", "999999"],
                ["upscale", "a.png", "-o", "o.png", "--strength", "101"],
                ["convert", "a.png", "-o", "o.png", "--quality", "0"],
                ["convert", "a.png", "-o", "o.png", "--metadata", "some"],
                ["convert", "a.png", "b.png", "-o", "o.png"],
                ["convert", "a.png", "-o", "a.png", "--overwrite"],
                ["convert", "a.png", "-o", "-", "--json"],
                ["convert", "-", "-", "-o", "."], ["models"], ["models", "burn"]):
            code, out, err = self.run_cli(*arguments)
            self.assertEqual(code, 2, f"{arguments}: {err}")
            self.assertEqual(out, b"")
            self.assertTrue(err.strip())
        self.assertEqual(self.files(), ["a.png", "b.png"])

    def test_unreadable_input_is_3(self):
        self.file("empty.jpg", b"")
        self.file("words.jpg", b"these are only words, and not a picture at all")
        self.file("cut.png", png(60, 60, damage=400))
        self.file("page.pdf", b"%PDF-1.7\n" + b"x" * 100)
        (self.work / "folder").mkdir()
        before = self.files()
        for name in ("none.png", "empty.jpg", "words.jpg", "cut.png", "page.pdf", "folder"):
            for command in (["info", name], ["convert", name, "-o", "o.png"],
                            ["upscale", name, "-o", "o.png"]):
                code, out, err = self.run_cli(*command)
                self.assertEqual(code, 3, f"{command}: {err}")
                self.assertEqual(out, b"")
                self.assertIn(name, err)
                self.assertGreater(len(err.split()), 6, err)
        self.assertEqual(self.files(), before)

    def test_missing_model_is_4(self):
        self.file("a.png", png(8, 8))
        code, _, err = self.run_cli("upscale", "a.png", "-o", "o.png", "--model", "no-such-model")
        self.assertEqual(code, 4)
        self.assertIn("no-such-model", err)
        self.assertEqual(self.files(), ["a.png"])

    def test_output_that_cannot_be_written_is_5(self):
        self.file("a.png", png(8, 8))
        self.file("there.png", b"old")
        for output in ("there.png", "none/o.png", "o.xyz", "o.heic", "nowhere/"):
            code, _, err = self.run_cli("convert", "a.png", "-o", output)
            self.assertEqual(code, 5, f"{output}: {err}")
        wide = self.file("wide.png", png(20000, 1, 1))
        code, _, err = self.run_cli("convert", wide, "-o", "o.webp")
        self.assertEqual(code, 5, err)
        code, _, err = self.run_cli("upscale", wide, "-o", "o.jpg", "--scale", "4",
                                    "--model", "lanczos")
        self.assertEqual(code, 5, err)
        self.assertEqual(self.files(), ["a.png", "there.png", "wide.png"])
        self.assertEqual((self.work / "there.png").read_bytes(), b"old")

    def test_some_of_several_is_7(self):
        self.file("a.png", png(8, 8))
        self.file("bad.png", b"no picture, but more than nothing")
        self.file("c.png", png(9, 9))
        (self.work / "out").mkdir()
        code, out, _ = self.run_cli("convert", "a.png", "bad.png", "c.png", "-o", "out", "--json")
        self.assertEqual(code, 7)
        self.assertEqual([json.loads(line)["width"] for line in out.splitlines()], [8, 9])
        self.assertEqual(sorted(os.listdir(self.work / "out")), ["a.png", "c.png"])


class Places(CliTest):
    def test_standard_input_to_standard_output(self):
        data = png(30, 20)
        code, out, err = self.run_cli("convert", "-", "-o", "-", data=data)
        self.assertEqual(code, 0, err)
        self.assertEqual(out[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(self.pixels(self.file("o.png", out)),
                         self.pixels(self.file("i.png", data)))
        code, out, _ = self.run_cli("convert", "-", "-o", "-", "--format", "jpg", data=data)
        self.assertEqual((code, out[:3]), (0, b"\xff\xd8\xff"))

    def test_standard_output_that_is_closed_is_5(self):
        path = self.file("a.png", png(400, 400))
        process = self.start("convert", path, "-o", "-")
        process.stdout.close()
        process.stderr.read()
        self.assertEqual(process.wait(60), 5)
        process.stderr.close()

    def test_several_go_into_a_folder_with_their_names(self):
        self.file("a.png", png(8, 8))
        self.file("b.tif.png", png(8, 8))
        (self.work / "out").mkdir()
        results = self.results("convert", "a.png", "b.tif.png", "-o", "out", "--format", "jpg")
        self.assertEqual([pathlib.Path(r["output"]).name for r in results],
                         ["a.jpg", "b.tif.jpg"])

    def test_two_of_one_name_are_refused(self):
        (self.work / "x").mkdir()
        (self.work / "out").mkdir()
        self.file("a.png", png(8, 8))
        (self.work / "x" / "a.png").write_bytes(png(9, 9))
        code, _, err = self.run_cli("convert", "a.png", "x/a.png", "-o", "out")
        self.assertEqual(code, 2, err)
        self.assertEqual(os.listdir(self.work / "out"), [])

    def test_input_is_never_written(self):
        data = png(8, 8)
        path = self.file("a.png", data)
        os.symlink("a.png", self.work / "link.png")
        for output in ("a.png", "link.png", "./a.png"):
            code, _, _ = self.run_cli("convert", "a.png", "-o", output, "--overwrite")
            self.assertEqual(code, 2)
        self.assertEqual(path.read_bytes(), data)

    def test_overwrite_replaces(self):
        self.file("a.png", png(8, 8))
        self.file("o.png", b"old")
        self.result("convert", "a.png", "-o", "o.png", "--overwrite")
        self.assertEqual(self.result("info", "o.png")["width"], 8)


class Results(CliTest):
    def test_upscale_says_all(self):
        self.file("a.png", png(40, 30))
        result = self.result("upscale", "a.png", "-o", "o.png", "--model", "lanczos")
        self.assertLessEqual(RESULT_KEYS, set(result))
        self.assertLessEqual({"total", "decode", "inference", "encode"}, set(result["seconds"]))
        self.assertEqual((result["width"], result["height"]), (80, 60))
        self.assertEqual((result["input"], result["output"]), ("a.png", "o.png"))
        self.assertEqual((result["operation"], result["method"]), ("upscale", "lanczos"))
        self.assertIsNone(result["model"])
        self.assertGreater(result["peak_memory_mb"], 1)

    def test_triage_of_a_good_picture_says_nothing_needed(self):
        photo = self.file("p.png", png(200, 150))
        code, out, _ = self.run_cli("triage", photo, "--json")
        self.assertEqual(code, 0)
        said = json.loads(out)
        self.assertEqual((said["measurements"]["width"], said["measurements"]["height"]), (200, 150))
        self.assertIn("steps", said)
        flat = self.file("flat.png", flat_png(200, 150))
        code, out, _ = self.run_cli("triage", flat, "--json")
        self.assertEqual((code, json.loads(out)["steps"]), (0, []))
        code, _, err = self.run_cli("triage", photo, self.file("broken.png", b"nothing"))
        self.assertEqual(code, 7)
        self.assertIn("broken.png", err)

    def test_restore_changes_nothing_where_nothing_is_needed(self):
        flat = self.file("flat.png", flat_png(200, 150))
        code, out, _ = self.run_cli("restore", flat, "-o", self.work / "out.png", "--json")
        said = json.loads(out)
        self.assertEqual((code, said["steps"]), (0, []))
        self.assertTrue(said["warnings"])
        same = self.work / "same.png"
        self.assertEqual(self.run_cli("convert", flat, "-o", same)[0], 0)
        self.assertEqual(pixels_of(self.work / "out.png"), pixels_of(same))

    def test_restore_with_a_recipe(self):
        photo = self.file("p.png", png(60, 50))
        recipe = self.file("r.json", json.dumps({
            "version": 1, "name": "Twice", "steps": [
                {"operation": "upscale", "when": "always",
                 "parameters": {"scale": 2, "model": "lanczos"}}]}).encode())
        code, out, err = self.run_cli("restore", photo, "-o", self.work / "out.png", "--recipe",
                                      recipe, "--json")
        self.assertEqual(code, 0, err)
        said = json.loads(out)
        self.assertEqual((said["width"], said["height"]), (120, 100))
        self.assertEqual([step["method"] for step in said["steps"]], ["lanczos"])
        code, out, err = self.run_cli("restore", photo, "-o", self.work / "named.png", "--recipe",
                                      "small-web-picture", "--json")
        self.assertEqual(code, 0, err)
        self.assertEqual((json.loads(out)["width"], json.loads(out)["height"]), (120, 100))
        code, _, err = self.run_cli("restore", photo, "-o", self.work / "no.png", "--recipe",
                                    "old-prints")
        self.assertEqual(code, 2)
        self.assertIn("old-print,", err)
        for broken in (b"", b"{}", b'{"version": 9, "steps": []}'):
            path = self.file("bad.json", broken)
            code, _, err = self.run_cli("restore", photo, "-o", self.work / "no.png", "--recipe",
                                        path)
            self.assertEqual(code, 2)
            self.assertTrue(err.strip())
            self.assertFalse((self.work / "no.png").exists())

    def test_sizes(self):
        self.file("a.png", png(60, 40))
        for arguments, size in ((["--scale", "3"], (180, 120)), (["--to-pixels", "150"], (150, 100)),
                                (["--to-pixels", "x100"], (150, 100)),
                                (["--to", "3x3cm@254"], (300, 200))):
            result = self.result("upscale", "a.png", "-o", "o.png", "--overwrite", "--model",
                                 "lanczos", *arguments)
            self.assertEqual((result["width"], result["height"]), size)
        self.assertEqual(self.result("info", "o.png")["dpi"], [254, 254])

    def test_info_says_all(self):
        self.file("a.png", png(17, 9, 2, 16))
        info = self.result("info", "a.png")
        self.assertEqual((info["format"], info["width"], info["height"], info["depth"],
                          info["channels"], info["orientation"]),
                         ("PNG", 17, 9, 16, "gray+alpha", 1))
        self.assertLessEqual({"metadata", "ledger", "missing_from_row", "profile", "pages"},
                             set(info))

    def test_quiet_says_nothing(self):
        self.file("a.png", png(8, 8))
        code, out, err = self.run_cli("convert", "a.png", "-o", "o.png", "--quiet")
        self.assertEqual((code, out, err), (0, b"", ""))

    def test_progress_as_json(self):
        self.file("a.png", png(300, 300))
        _, _, err = self.run_cli("convert", "a.png", "-o", "o.png", "--progress", "json", "--quiet")
        reports = [json.loads(line)["progress"] for line in err.splitlines()]
        self.assertEqual(reports, sorted(reports))
        self.assertEqual(reports[-1], 1)

    def test_depth_and_format(self):
        self.file("a.png", png(20, 20, 3, 16))
        self.assertEqual(self.result("convert", "a.png", "-o", "o.tif")["depth"], 16)
        self.assertEqual(self.result("convert", "a.png", "-o", "o8.tif", "--depth", "8")["depth"], 8)
        jpeg = self.result("convert", "a.png", "-o", "o.jpg")
        self.assertEqual((jpeg["format"], jpeg["depth"]), ("JPEG", 8))
        self.assertEqual(self.pixels("o.tif"), self.pixels("a.png"))

    def test_same_input_same_bytes(self):
        self.file("a.png", png(50, 40))
        fixed = {"SOURCE_DATE_EPOCH": "1700000000"}
        for ending in ("png", "jpg", "tif", "webp"):
            outputs = []
            for name in ("o1", "o2"):
                self.result("upscale", "a.png", "-o", f"{name}.{ending}", "--model", "lanczos",
                            env=fixed)
                outputs.append((self.work / f"{name}.{ending}").read_bytes())
            self.assertEqual(outputs[0], outputs[1], ending)


class Models(CliTest):
    def test_list_says_all(self):
        for model in self.results("models", "list"):
            self.assertLessEqual({"id", "version", "task", "file", "sha256", "licence", "status"},
                                 set(model))

    def test_without_packs_the_twin_is_used_and_named(self):
        # A program far from its build tree finds no packs.
        import shutil
        import subprocess
        from cli import PROGRAM
        (self.folder / "bin").mkdir()
        program = shutil.copy(PROGRAM, self.folder / "bin")
        self.file("a.png", png(8, 8))
        done = subprocess.run([program, "upscale", "a.png", "-o", "o.png", "--json"], env=self.env,
                              cwd=self.work, capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads(done.stdout)
        self.assertEqual(result["method"], "lanczos")
        self.assertEqual(len(result["warnings"]), 1)
        self.assertIn(result["warnings"][0], done.stderr.decode())

    @need_pack("realesrgan-general-x4v3")
    def test_fast_is_the_default(self):
        self.file("a.png", png(40, 30))
        result = self.result("upscale", "a.png", "-o", "o.jpg")
        self.assertEqual(result["model"]["id"], "realesrgan-general-x4v3")
        self.assertEqual(len(result["model"]["sha256"]), 64)
        self.assertEqual((result["tiles"], result["width"]), (1, 80))
        info = self.result("info", "o.jpg")
        self.assertEqual(info["metadata"]["digital_source_type"],
                         "compositeWithTrainedAlgorithmicMedia")
        self.assertEqual(info["ledger"][0]["model"]["id"], "realesrgan-general-x4v3")

    @need_pack("realesrgan-general-x4v3")
    def test_strength_zero_is_the_twin(self):
        self.file("a.png", png(40, 30))
        self.result("upscale", "a.png", "-o", "o.png", "--strength", "0")
        self.result("upscale", "a.png", "-o", "t.png", "--model", "lanczos")
        self.assertEqual(self.pixels("o.png"), self.pixels("t.png"))

    @need_pack("realesrgan-general-x4v3")
    def test_damaged_pack_is_4_when_named(self):
        import shutil
        from cli import PACKS
        pack = self.home / "data" / "heirloom" / "models" / "realesrgan-general-x4v3"
        shutil.copytree(PACKS / "realesrgan-general-x4v3", pack)
        with open(pack / "realesrgan-general-x4v3.pt", "r+b") as file:
            file.seek(100000)
            byte = file.read(1)
            file.seek(100000)
            file.write(bytes([byte[0] ^ 1]))
        found = [m for m in self.results("models", "list")
                 if m["folder"] == str(pack) or m["file"].startswith(str(pack))]
        self.assertEqual(len(found), 1)
        self.assertNotEqual(found[0]["status"], "usable")
        self.assertEqual(found[0]["state"], "damaged")


if __name__ == "__main__":
    unittest.main()
