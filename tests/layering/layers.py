#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The doors of the house, checked: which room may include which, who may see a foreign library, and
that no two classes share a name.

    layers.py [ROOT]      prints each fault; exit 1 if there is one
"""
import re
import sys
from pathlib import Path

# Room -> the rooms it may include besides itself. README, "Architecture", shows the same picture.
ENGINE = {
    "core": set(),
    "image": {"core"},
    "inference": {"core", "image"},
    "metadata": {"core", "image"},
    "io": {"core", "image"},
    "jobs": {"core"},
    "document": {"core", "image"},
    "paint": {"core", "image"},
    "edit": {"core", "image", "document", "paint"},
    "operation": {"core", "image", "inference"},
    "recipe": {"core", "image", "inference", "operation"},
    "session": {"core", "image", "inference", "metadata", "io", "jobs", "document", "paint", "edit",
                "operation", "recipe"},
}

# Foreign headers -> the files (patterns over paths) that alone may include them.
FOREIGN = [
    (r"(torch|ATen|c10|caffe2)/", r"engine/inference/torchplugin/.*"),
    (r"oneapi/", r"engine/inference/chainplugin/.*"),
    (r"exiv2/", r"engine/metadata/exiv[a-z]*\.cpp"),
    (r"opencv2/", r"(engine/operation/[a-z0-9]*\.cpp|engine/image/cvbridge\.(h|cpp)|"
                  r"tests/paint/telea\.cpp)"),
    (r"(jpeglib|jerror|jconfig|png|tiff|tiffio|tiffconf)\.h$", r"(engine/io/.*|tests/.*)"),
    (r"(webp|libheif)/", r"(engine/io/.*|tests/.*)"),
    (r"lcms2\.h$", r"(engine/image/colormanagement\.cpp|engine/io/.*|tests/.*)"),
    (r"Qt?(Widgets/|Widget$|Widget\.h|MainWindow|Dialog|Application$|Action|Label$|PushButton)",
     r"(ui/.*|app/main\.cpp|tests/ui/.*|tests/bench/(benchwindow\.h|bench_(canvas|stroke)\.cpp))"),
    (r"(CLI/)", r"app/cli/.*"),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def room_of(path: str) -> str | None:
    parts = path.split("/")
    if parts[0] == "engine" and len(parts) > 2:
        return parts[1]
    if parts[0] == "app" and len(parts) > 2 and parts[1] == "cli":
        return "app/cli"
    return parts[0] if parts[0] in ("app", "ui") else None


def inner_target(include: str, path: str) -> str | None:
    """The room an include with quotes leads to, or None where it stays inside the file's own."""
    first = include.split("/")[0]
    if first in ENGINE or first == "ui":
        return first
    if first in ("app", "cli"):
        return "app/cli" if "cli" in include.split("/")[:2] else "app"
    return None


def allowed(room: str, target: str) -> bool:
    if room == target:
        return True
    if room in ENGINE:
        return target in ENGINE[room]
    if room == "ui":
        return target in ENGINE
    if room == "app/cli":
        return target in ENGINE
    if room == "app":
        return target == "ui" or target in ENGINE
    return True


def violations(root: Path) -> list[str]:
    found = []
    for top in ("engine", "ui", "app", "tests"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cpp"):
                continue
            path = file.relative_to(root).as_posix()
            room = room_of(path)
            for kind, include in INCLUDE.findall(file.read_text(encoding="utf-8")):
                if kind == '"' and room:
                    target = inner_target(include, path)
                    if target and not allowed(room, target):
                        found.append(f"{path}: {room} may not see {target} ({include})")
                    plugin = re.match(r"inference/\w+plugin/", include)
                    if plugin and not path.startswith("engine/" + plugin.group()):
                        found.append(f"{path}: only the plugin sees its own headers ({include})")
                for header, who in FOREIGN:
                    if re.match(header, include) and not re.fullmatch(who, path):
                        found.append(f"{path}: <{include}> is not allowed here")
    return found


CLASS = re.compile(r"^(?:class|struct)\s+([A-Z]\w+)(?:\s+final)?\s*(?::(?!:)[^;{]*)?\{", re.M)
UNNAMED = re.compile(r"^namespace\s*\{.*?^\} // namespace$", re.M | re.S)


def repeated_names(root: Path) -> list[str]:
    """Classes of one name in two files. All of the program is one namespace and one link: of two
    classes with the same members the linker quietly keeps one, and which it is may change."""
    places: dict[str, list[str]] = {}
    for top in ("engine", "ui", "app"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cpp"):
                continue
            text = UNNAMED.sub("", file.read_text(encoding="utf-8"))
            for name in CLASS.findall(text):
                places.setdefault(name, []).append(file.relative_to(root).as_posix())
    return [f"{name} is the name of several classes: {', '.join(files)}"
            for name, files in places.items() if len(files) > 1]


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    found = violations(root) + repeated_names(root)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
