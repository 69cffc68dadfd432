# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Canonical TorchScript archives: the same content always gives the same bytes.

torch.jit.save writes the converter's path (debug_pkl), the file's own name (the top folder) and
compressed code. Here the top folder is always `archive`, entries are stored in sorted order with a
fixed date, and their data starts at multiples of 64 bytes, as torch does it for memory mapping.
"""

import hashlib
import io
import os
import struct
import zipfile

TOP = "archive"
ALIGNMENT = 64
DATE = (1980, 1, 1, 0, 0, 0)


def canonical(records):
    """Bytes of an archive of `records`: name below the top folder -> bytes."""
    if len(set(records)) != len(records) or "data.pkl" not in records:
        raise ValueError("a TorchScript archive needs a data.pkl")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(records):
            entry = zipfile.ZipInfo(f"{TOP}/{name}", DATE)
            entry.compress_type = zipfile.ZIP_STORED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            # A private extra field ("FB", as torch uses) fills up to the alignment.
            start = out.tell() + 30 + len(entry.filename) + 4
            entry.extra = b"FB" + struct.pack("<H", -start % ALIGNMENT)
            entry.extra += b"Z" * (-start % ALIGNMENT)
            archive.writestr(entry, records[name])
    return out.getvalue()


def records_of(data):
    """The records of an archive written by torch.jit.save, without what depends on the machine."""
    records = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            name = info.filename.split("/", 1)[1]
            # Newer torch adds an id that hashes the records' names, and alignment notes.
            if not name.endswith(".debug_pkl") and not name.startswith("."):
                records[name] = archive.read(info)
    return records


def save(module, path):
    """Write a traced module (torch.jit.ScriptModule) canonically; returns (sha256, size).

    torch numbers classes by what the process traced before: trace in a fresh process, one module
    a process, for a hash that can be reproduced. The file appears whole or not at all.
    """
    import torch  # only here: the fetcher itself does without

    buffer = io.BytesIO()
    torch.jit.save(module, buffer)
    data = canonical(records_of(buffer.getvalue()))
    write_whole(path, data)
    return hashlib.sha256(data).hexdigest(), len(data)


def write_whole(path, data):
    """Write under a temporary name beside `path`, flush to the disk, rename."""
    partial = f"{path}.part{os.getpid()}"
    try:
        with open(partial, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.unlink(partial)
