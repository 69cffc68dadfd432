# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a project file without a line of Heirloom's code: as an OpenRaster 0.0.5 archive that any
program can read, and as the whole of what Heirloom keeps. Standard library and PIL alone (zstd by
ctypes, because Python has none).

    check_ora.py FILE.ora [--photo FILE]

Says what is wrong, and returns 3; 0 when nothing is."""

import argparse
import ctypes
import hashlib
import io
import json
import re
import struct
import sys
import xml.parsers.expat
import zipfile
import zlib

from PIL import Image

MIMETYPE = b"image/openraster"
OPERATIONS = {"svg:" + name for name in (
    "src-over multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light "
    "difference color luminosity hue saturation plus dst-in dst-out src-atop dst-atop").split()}
TILE = 256
WORD = 0xFFFFFFFFFFFFFFFF


class Wrong(Exception):
    pass


def need(condition, text):
    if not condition:
        raise Wrong(text)


# ---- the archive -------------------------------------------------------------------------------

def check_container(data, archive):
    """Names, order, checksums, and that the directory tells the same as the entries themselves."""
    need(data[:4] == b"PK\3\4", "it does not begin with an entry")
    name_length, extra_length = struct.unpack("<HH", data[26:30])
    need(data[30:30 + name_length] == b"mimetype", "mimetype is not the first entry")
    need(extra_length == 0, "mimetype has an extra field, so that its content is not at byte 38")
    need(data[38:38 + len(MIMETYPE)] == MIMETYPE, "mimetype does not say image/openraster")
    infos = archive.infolist()
    need(infos[0].filename == "mimetype" and infos[0].compress_type == zipfile.ZIP_STORED,
         "mimetype is not stored first")
    names = [info.filename for info in infos]
    need(len(names) == len(set(names)), "an entry is there twice")
    for info in infos:
        parts = info.filename.split("/")
        need(not info.filename.startswith("/") and "\\" not in info.filename
             and ".." not in parts and ":" not in info.filename, f"unsafe name {info.filename!r}")
        need(info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED),
             f"{info.filename} is packed in a way that not everybody can unpack")
        need((info.external_attr >> 16) & 0o170000 in (0, 0o100000),
             f"{info.filename} is no plain file")
        need(info.flag_bits & 1 == 0, f"{info.filename} is encrypted")
    broken = archive.testzip()
    need(broken is None, f"the checksum of {broken} is wrong")


# ---- pictures ----------------------------------------------------------------------------------

def check_png(name, data, depths=(8, 16)):
    """Chunks and checksums by hand, the pixels by PIL. Returns the size and whether there is alpha."""
    need(data[:8] == b"\x89PNG\r\n\x1a\n", f"{name} is no PNG")
    at, chunks = 8, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        need(len(body) == length, f"{name} ends in a chunk")
        crc, = struct.unpack(">I", data[at + 8 + length:at + 12 + length])
        need(zlib.crc32(kind + body) == crc, f"a checksum in {name} is wrong")
        chunks.append((kind, body))
        at += 12 + length
    kinds = [kind for kind, _ in chunks]
    need(kinds[0] == b"IHDR" and kinds[-1] == b"IEND", f"{name} has its chunks in no order")
    width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", chunks[0][1])
    need(depth in depths and interlace == 0, f"{name}: {depth} bit, interlace {interlace}")
    need(color in (0, 2, 4, 6), f"{name} has a palette")
    need(kinds.count(b"iCCP") == 1, f"{name} has no colour profile")
    profile = dict(chunks)[b"iCCP"]
    icc = zlib.decompress(profile[profile.index(b"\0") + 2:])
    need(len(icc) == struct.unpack(">I", icc[:4])[0] and icc[36:40] == b"acsp",
         f"the profile of {name} is none")
    need(icc[16:20] == (b"GRAY" if color in (0, 4) else b"RGB "),
         f"the profile of {name} is for other colours")
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        need(image.size == (width, height), f"{name} has another size inside")
    return (width, height), color in (4, 6), icc


# ---- stack.xml ---------------------------------------------------------------------------------

def parse(text):
    """(depth, name, attributes) of every element; entities and document types are no part of it."""
    elements, depth = [], 0
    parser = xml.parsers.expat.ParserCreate()

    def refuse(*_):
        raise Wrong("stack.xml declares a document type")

    def start(name, attributes):
        nonlocal depth
        elements.append((depth, name, attributes))
        depth += 1

    def end(_):
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(text, True)
    return elements


def check_stack(archive):
    names = set(archive.namelist())
    elements = parse(archive.read("stack.xml"))
    need(elements[0][:2] == (0, "image") and elements[1][:2] == (1, "stack"),
         "stack.xml is not an image with a stack")
    image = elements[0][2]
    need(re.fullmatch(r"0\.0\.[3-6]", image.get("version", "")), "no version of OpenRaster")
    size = int(image["w"]), int(image["h"])
    need(min(size) > 0, "the image has no size")
    for key in ("xres", "yres"):
        need(key not in image or int(image[key]) > 0, f"{key} is no resolution")
    need(("xres" in image) == ("yres" in image), "half a resolution")
    used, shown = set(), 0
    for depth, name, attributes in elements[2:]:
        need(depth == 2 and name == "layer", f"a {name} where layers are")
        source = attributes["src"]
        need(source in names, f"{source} is not in the archive")
        need(source not in used, f"{source} is used twice")
        used.add(source)
        picture, _, _ = check_png(source, archive.read(source))
        x, y = int(attributes.get("x", "0")), int(attributes.get("y", "0"))
        need(0 <= x and 0 <= y and x + picture[0] <= size[0] and y + picture[1] <= size[1],
             f"{source} lies outside the image")
        need(re.fullmatch(r"\d+(\.\d+)?", attributes["opacity"])
             and 0 <= float(attributes["opacity"]) <= 1,
             f"{source} has opacity {attributes['opacity']}")
        need(attributes["visibility"] in ("visible", "hidden"), f"{source} is neither seen nor hidden")
        need(attributes["composite-op"] in OPERATIONS, f"{source}: {attributes['composite-op']}")
        shown += attributes["visibility"] == "visible"
    need(used == {name for name in names if name.startswith("data/")},
         "data/ has pictures that no layer uses")
    merged, _, icc = check_png("mergedimage.png", archive.read("mergedimage.png"))
    need(merged == size, "mergedimage.png has another size than the image")
    thumbnail, _, _ = check_png("Thumbnails/thumbnail.png",
                                archive.read("Thumbnails/thumbnail.png"), depths=(8,))
    need(max(thumbnail) <= 256, "the thumbnail is larger than 256 pixels")
    scale = min(1, 256 / max(size))
    need(all(abs(got - max(1, full * scale)) <= 1 for got, full in zip(thumbnail, size)),
         "the thumbnail has other proportions")
    return size, len(used), icc


# ---- what Heirloom keeps -----------------------------------------------------------------------

def unpacked(packed, length):
    library = ctypes.CDLL("libzstd.so.1")
    library.ZSTD_decompress.restype = ctypes.c_size_t
    library.ZSTD_decompress.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p,
                                        ctypes.c_size_t]
    out = ctypes.create_string_buffer(length)
    got = library.ZSTD_decompress(out, length, packed, len(packed))
    need(got == length, "a tile unpacks to another length")
    return out.raw


def mixed(state, word):
    state = ((state ^ word) * 0x9E3779B97F4A7C15) & WORD
    return state ^ ((state >> 29 | state << 35) & WORD)


def tile_hash(rows):
    lanes = [0x243F6A8885A308D3, 0x13198A2E03707344, 0xA4093822299F31D0, 0x082EFA98EC4E6C89]
    for row in rows:
        whole = len(row) // 32 * 32
        tail = row[whole:] + bytes(32 - (len(row) - whole))
        words = struct.unpack(f"<{whole // 8}Q", row[:whole])
        for i, word in enumerate(words):
            lanes[i % 4] = mixed(lanes[i % 4], word)
        for k, word in enumerate(struct.unpack("<4Q", tail)):
            lanes[k] = mixed(lanes[k], (word + len(row)) & WORD)
    return (mixed(mixed(lanes[0], lanes[1]), mixed(lanes[2], lanes[3])),
            mixed(mixed(lanes[3], (lanes[0] + 1) & WORD), mixed(lanes[1], (lanes[2] + 2) & WORD)))


def pixel_key(data):
    """The name that pixels of this content have; every byte of the entry is accounted for."""
    need(data[:4] == b"HPX1", "pixels without their mark")
    width, height, channels, depth = struct.unpack(">iiBB", data[4:14])
    need(width > 0 and height > 0 and 1 <= channels <= 4 and depth <= 2, "pixels without a size")
    pixel = channels * (1, 2, 4)[depth]
    columns, lines = (width + TILE - 1) // TILE, (height + TILE - 1) // TILE
    a, b = 0x452821E638D01377, 0xBE5466CF34E90C6C

    def add(x, y):
        nonlocal a, b

        def mix(state, word):
            state = ((state ^ word) * 0xD6E8FEB86659FD93) & WORD
            return state ^ (state >> 32)
        a, b = mix(a, x), mix(b, (y + a) & WORD)

    add(width << 32 | height, channels << 8 | depth)
    add(0, columns << 32 | lines)
    at = 14
    for line in range(lines):
        for column in range(columns):
            w = min(TILE, width - column * TILE)
            h = min(TILE, height - line * TILE)
            kind = data[at]
            if kind == 0:
                rows = data[at + 1:at + 1 + pixel] * (w * h)
                at += 1 + pixel
            else:
                need(kind == 1, "a tile of no known kind")
                length, = struct.unpack(">I", data[at + 1:at + 5])
                rows = unpacked(data[at + 5:at + 5 + length], w * h * pixel)
                at += 5 + length
            step = w * pixel
            add(*tile_hash([rows[y * step:(y + 1) * step] for y in range(h)]))
    need(at == len(data), "pixels with something behind them")
    return f"{width}x{height}-{channels * 10 + depth}-{a:016x}{b:016x}", (width, height)


def check_layer(layer, entries, used):
    need(int(layer["id"]) > 0 and layer["name"], "a layer without a number or a name")
    need(0 <= layer["opacity"] <= 1, "a layer's opacity")
    need("svg:" + layer["blend"].replace("normal", "src-over") in OPERATIONS, "a blend mode")
    keys = []
    if layer["kind"] == "adjustment":
        need("pixels" not in layer and layer["adjustment"], "an adjustment")
    else:
        need(layer["kind"] in ("original", "pixel", "ai") and len(layer["transform"]) == 9, "a kind")
        keys.append(layer["pixels"])
        if layer["profile"] not in ("sRGB", "gray"):
            used.add("heirloom/profiles/" + layer["profile"] + ".icc")
    if layer["kind"] == "ai":
        need(layer["ai"]["operation"] and re.fullmatch("[0-9a-f]{64}", layer["ai"]["madeFrom"]),
             "an AI layer that does not say what it was made from")
    if "mask" in layer:
        keys.append(layer["mask"]["pixels"])
        need("-10-" in layer["mask"]["pixels"], "a mask that is not 8-bit grey")
    for key in keys:
        need("heirloom/pixels/" + key in entries, f"the pixels {key} are missing")
        used.add("heirloom/pixels/" + key)


def check_truth(archive, size, layers, photo, merged_icc):
    entries = set(archive.namelist())
    document = json.loads(archive.read("heirloom/document.json"))
    need(document["version"] == 1, "another version")
    state = document["state"]
    need(tuple(state["size"]) == size, "the document has another size than the image")
    with_pixels = sum(layer["kind"] != "adjustment" for layer in state["layers"])
    need(layers - with_pixels in (0, 1), "stack.xml has other layers than the document")
    used = {"heirloom/document.json"}
    for one in [state] + document["snapshots"]:
        numbers = [layer["id"] for layer in one["layers"]]
        need(numbers and len(numbers) == len(set(numbers)), "layers of one number")
        kinds = [layer["kind"] for layer in one["layers"]]
        need(kinds.count("original") <= 1, "two originals")
        for layer in one["layers"]:
            check_layer(layer, entries, used)
        if "selection" in one:
            key = one["selection"]["pixels"]
            need("-10-" in key, "a selection that is not 8-bit grey")
            need("heirloom/pixels/" + key in entries, f"the pixels {key} are missing")
            used.add("heirloom/pixels/" + key)
        if one["profile"] not in ("sRGB", "gray"):
            used.add("heirloom/profiles/" + one["profile"] + ".icc")
            if one is state:
                need(archive.read("heirloom/profiles/" + one["profile"] + ".icc") == merged_icc,
                     "the merged picture has another profile than the document")
    for name in sorted(used):
        if name.startswith("heirloom/pixels/"):
            key, _ = pixel_key(archive.read(name))
            need(name == "heirloom/pixels/" + key, f"{name} has other pixels, {key}")
        elif name.startswith("heirloom/profiles/"):
            digest = hashlib.sha256(archive.read(name)).hexdigest()
            need(name == f"heirloom/profiles/{digest}.icc", f"{name} has another content")
    if photo is not None:
        with open(photo, "rb") as file:
            need(archive.read("heirloom/original") == file.read(),
                 "heirloom/original is not the photo's file")
    extra = {name for name in entries if name.startswith("heirloom/")} - used - {"heirloom/original"}
    need(not extra, f"entries that nothing refers to: {sorted(extra)[:3]}")


def check(path, photo=None):
    with open(path, "rb") as file:
        data = file.read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_container(data, archive)
        size, layers, icc = check_stack(archive)
        check_truth(archive, size, layers, photo, icc)
    return size, layers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--photo")
    arguments = parser.parse_args()
    try:
        size, layers = check(arguments.file, arguments.photo)
    except (Wrong, KeyError, ValueError, OSError, struct.error, zlib.error, zipfile.BadZipFile,
            xml.parsers.expat.ExpatError, SyntaxError) as error:
        print(f"{arguments.file}: {type(error).__name__}: {error}", file=sys.stderr)
        return 3 # not 1, which is what Python returns when the checker itself is at fault
    print(f"{size[0]}x{size[1]}, {layers} layers: a project that anybody can read")
    return 0


if __name__ == "__main__":
    sys.exit(main())
