#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The doors hold in the tree as it is, no two classes share a name, and the checks do see each
kind of fault."""
import tempfile
import unittest
from pathlib import Path

import layers

ROOT = Path(__file__).resolve().parents[2]


class Doors(unittest.TestCase):
    def planted(self, path: str, include: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / path
            file.parent.mkdir(parents=True)
            file.write_text(f"#pragma once\n#include {include}\n", encoding="utf-8")
            return layers.violations(Path(folder))

    def test_the_tree_keeps_to_its_doors(self):
        self.assertEqual(layers.violations(ROOT), [])

    def test_every_engine_folder_is_a_known_room(self):
        folders = {p.name for p in (ROOT / "engine").iterdir() if p.is_dir()}
        self.assertLessEqual(folders, set(layers.ENGINE))

    def test_forbidden_includes_are_found(self):
        for path, include in [
            ("engine/core/x.h", '"image/image.h"'),
            ("engine/image/x.cpp", '"io/imagereader.h"'),
            ("engine/operation/x.h", '"document/document.h"'),
            ("engine/io/x.cpp", '"session/photofile.h"'),
            ("engine/session/x.cpp", '"ui/mainwindow.h"'),
            ("engine/image/x.h", "<QWidget>"),
            ("engine/session/x.h", "<QApplication>"),
            ("engine/inference/x.cpp", "<torch/script.h>"),
            ("engine/inference/x.cpp", '"inference/torchplugin/allocator.h"'),
            ("engine/inference/torchplugin/x.cpp", '"inference/chainplugin/chainbackend.h"'),
            ("engine/inference/torchplugin/x.cpp", "<oneapi/dnnl/dnnl.hpp>"),
            ("engine/operation/x.cpp", "<oneapi/dnnl/dnnl.hpp>"),
            ("engine/metadata/ledger.cpp", "<exiv2/exiv2.hpp>"),
            ("engine/io/jpeg.cpp", "<opencv2/core.hpp>"),
            ("ui/canvas/canvas.cpp", "<opencv2/imgproc.hpp>"),
            ("app/cli/x.cpp", '"ui/mainwindow.h"'),
            ("app/cli/x.cpp", "<QWidget>"),
            ("tests/inference/x.cpp", "<torch/script.h>"),
        ]:
            with self.subTest(path=path, include=include):
                self.assertTrue(self.planted(path, include))

    def test_allowed_includes_pass(self):
        for path, include in [
            ("engine/session/x.cpp", '"io/imagereader.h"'),
            ("engine/metadata/exivreader.cpp", "<exiv2/exiv2.hpp>"),
            ("engine/inference/torchplugin/plugin.cpp", "<torch/script.h>"),
            ("engine/inference/chainplugin/chain.cpp", "<oneapi/dnnl/dnnl.hpp>"),
            ("engine/operation/denoise.cpp", "<opencv2/photo.hpp>"),
            ("ui/mainwindow.cpp", '"session/editorsession.h"'),
        ]:
            with self.subTest(path=path, include=include):
                self.assertEqual(self.planted(path, include), [])

    def test_no_two_classes_of_the_tree_share_a_name(self):
        self.assertEqual(layers.repeated_names(ROOT), [])

    def test_repeated_names_are_found_but_not_in_unnamed_namespaces(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for path, text in [
                ("engine/paint/a.h", "class Source : public Base\n{\n};\n"),
                ("engine/session/b.cpp", "struct Source\n{\n};\n"),
                ("ui/c.cpp", "namespace\n{\nclass Source\n{\n};\n} // namespace\n"),
                ("ui/d.h", "class Source;\nclass Other final\n{\n};\n"),
            ]:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            found = layers.repeated_names(root)
            self.assertEqual(len(found), 1)
            self.assertIn("engine/paint/a.h, engine/session/b.cpp", found[0])


if __name__ == "__main__":
    unittest.main()
