# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The packs that models/*/model.json describes, and how each is put in place."""

import hashlib
import json
import os
import shutil

from . import archive
from .errors import Damaged
from .recipes import RECIPES
from .store import matches

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OWN = "trained by this project"


class Pack:
    """One pack: its description in the source tree and its place in the output folder."""

    def __init__(self, description, out):
        with open(description, "rb") as file:
            self.text = file.read()
        fields = json.loads(self.text)
        self.id, self.file = fields["id"], fields["file"]
        self.sha256, self.size = fields["sha256"], fields["size"]
        self.own = fields["source"] == OWN
        self.home = os.path.dirname(description)
        self.folder = os.path.join(out, self.id)
        self.recipe = RECIPES.get(self.id)
        if os.path.basename(self.home) != self.id or os.path.basename(self.file) != self.file:
            raise Damaged(f"{description} does not describe the pack of its folder")

    def state(self):
        """None when the pack is in place, else what is wrong."""
        path = os.path.join(self.folder, self.file)
        if not os.path.exists(path):
            return "missing"
        if not matches(path, self.sha256, self.size):
            return "damaged, or of another version"
        try:
            with open(os.path.join(self.folder, "model.json"), "rb") as file:
                return None if file.read() == self.text else "model.json is of another version"
        except OSError:
            return "model.json is missing"

    @property
    def origin(self):
        return "this source tree" if self.own else f"{self.recipe.package} {self.recipe.version}"

    def obtain(self, store):
        """Put the pack in place; the network is used only for what `store` lacks."""
        target = os.path.join(self.folder, self.file)
        if not matches(target, self.sha256, self.size):
            if self.own:
                self._copy(target)
            elif self.recipe is None:
                raise Damaged(f"there is no recipe for {self.id}")
            else:
                store.obtain(self.recipe)
                self._convert(store.read(self.recipe), target)
        os.makedirs(self.folder, exist_ok=True)
        archive.write_whole(os.path.join(self.folder, "model.json"), self.text)

    def _copy(self, target):
        source = os.path.join(self.home, self.file)
        if not matches(source, self.sha256, self.size):
            raise Damaged(f"{self.file} in the source tree is missing or damaged")
        os.makedirs(self.folder, exist_ok=True)
        partial = f"{target}.part{os.getpid()}"
        shutil.copyfile(source, partial)
        os.replace(partial, target)

    def _convert(self, parts, target):
        data = converted(self.recipe, parts)
        found = hashlib.sha256(data).hexdigest()
        if found != self.sha256:
            raise Damaged(f"the converted network's SHA-256 is {found}, not what model.json says")
        os.makedirs(self.folder, exist_ok=True)
        archive.write_whole(target, data)


def converted(recipe, parts):
    """The TorchScript archive of the files' bytes: the same everywhere."""
    graph, output = recipe.convert(*parts)
    return archive.canonical(graph.records(output))


def all_packs(out, home=HERE):
    found = []
    for name in sorted(os.listdir(home)):
        description = os.path.join(home, name, "model.json")
        if os.path.isfile(description):
            found.append(Pack(description, out))
    return found
