# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Archives that lie: the container, the pickle or the weights are wrong rather than the code."""

import io
import struct
import zipfile

from fetching import archive


def plain(records, top="archive", compress=(), repeated=()):
    """An ordinary ZIP file; `compress` names records to deflate, `repeated` are written once more."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in [*records.items(), *repeated]:
            kind = zipfile.ZIP_DEFLATED if name in compress else zipfile.ZIP_STORED
            entry = zipfile.ZipInfo(f"{top}/{name}", archive.DATE)
            entry.compress_type = kind
            file.writestr(entry, data)
    return out.getvalue()


def with_bomb(records, name, size):
    """The record `name` replaced by `size` zero bytes, deflated to a thousandth."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for other, data in records.items():
            if other != name:
                file.writestr(f"archive/{other}", data)
        with file.open(f"archive/{name}", "w", force_zip64=True) as stream:
            block = bytes(1 << 20)
            for _ in range(size >> 20):
                stream.write(block)
    return out.getvalue()


def nested_pickle(records, depth):
    """constants.pkl is a tuple in a tuple in a tuple: freeing it overruns the stack."""
    return {**records, "constants.pkl": b"\x80\x02)" + b"\x85" * depth + b"\x85."}


def far_weight(records, values):
    """The first weight lies far behind the end of its record: data.pkl claims a longer storage."""
    shape = b"J\0\0\0\0("  # the offset into the storage, then the shape
    old = struct.pack("<i", values) + b"tQ" + shape
    new = struct.pack("<i", 1 << 30) + b"tQ" + b"J" + struct.pack("<i", 1 << 29) + b"("
    if records["data.pkl"].count(old) != 1:
        raise ValueError("the pickle is not as expected")
    return {**records, "data.pkl": records["data.pkl"].replace(old, new)}


def custom_class(records):
    """data.pkl asks for a C++ class that some library may have registered."""
    made = b"\x80\x02c__torch__.torch.classes.quantized\nConv2dPackedParamsBase\n)\x81}b."
    return {**records, "data.pkl": made}


def python_call(records, command):
    """data.pkl asks Python to run a command; only Python's own reader would."""
    made = b"\x80\x02cposix\nsystem\nX" + struct.pack("<I", len(command)) + command + b"\x85R."
    return {**records, "data.pkl": made}


def two_directories(inner, outer):
    """A ZIP file whose comment holds another one: readers disagree on which is meant.

    The last end record belongs to `outer`; a reader that searches from the front meets `inner`'s.
    """
    return inner + _moved(outer, len(inner))


def _moved(data, by):
    """A ZIP file's bytes for being placed `by` bytes into a file (every offset is moved)."""
    data = bytearray(data)
    end = data.rindex(b"PK\5\6")
    count, at = struct.unpack_from("<H", data, end + 10)[0], struct.unpack_from("<I", data, end + 16)[0]
    struct.pack_into("<I", data, end + 16, at + by)
    for _ in range(count):
        lengths = struct.unpack_from("<HHH", data, at + 28)
        offset = struct.unpack_from("<I", data, at + 42)[0]
        struct.pack_into("<I", data, at + 42, offset + by)
        at += 46 + sum(lengths)
    return bytes(data)


def renamed_locally(data, old, new):
    """The name in the local header differs from the one in the directory (same length)."""
    at = data.index(old)
    return data[:at] + new + data[at + len(old) :]
