#!/usr/bin/env python3
"""The licences of everything that is compiled into the program.

    scripts/licences.py            writes docs/licences.md
    scripts/licences.py --check    fails where that file is not current, or a licence is not one of those below
    scripts/licences.py --texts    prints the texts of the licences, as they must go with a binary

What is compiled in is what `cargo tree` has for any system: dependencies and build dependencies, not those of tests.
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"

# Under these a program may be given away in source and as a binary, with their notices. MPL-2.0 asks for the source of its own files where
# they were changed: none is.
PERMITTED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0",
    "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "Unicode-3.0", "Unicode-DFS-2016", "Unlicense", "Zlib",
    "zlib-acknowledgement",
}
UNCHANGED = {"MPL-2.0"}


def metadata():
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def compiled_in(data):
    """The packages that the program is made of on any system, but itself. Asked of `cargo tree`: what `cargo metadata` resolves also has what no
    feature switches on."""
    command = ["cargo", "tree", "--locked", "--edges", "normal,build", "--target", "all", "--prefix", "none", "--format", "{p}"]
    tree = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    wanted = {tuple(line.split()[:2]) for line in tree.splitlines() if line.strip()}
    found = [package for package in data["packages"] if (package["name"], "v" + package["version"]) in wanted]
    found = [package for package in found if package["id"] != data["resolve"]["root"]]
    assert len(found) == len(wanted) - 1, "every crate of the tree is in the metadata"
    return sorted(found, key=lambda package: (package["name"], package["version"]))


def ways(expression):
    """The ways in which a licence expression can be met: sets of licences. `AND` binds closer than `OR`, as SPDX has it."""
    tokens = re.findall(r"\(|\)|[^\s()/]+|/", expression)
    at = 0

    def one():
        nonlocal at
        token = tokens[at]
        at += 1
        if token == "(":
            inside = either()
            at += 1
            return inside
        if tokens[at:at + 1] == ["WITH"]:
            token = f"{token} WITH {tokens[at + 1]}"
            at += 2
        return [frozenset([token])]

    def both():
        nonlocal at
        found = one()
        while tokens[at:at + 1] == ["AND"]:
            at += 1
            more = one()
            found = [a | b for a in found for b in more]
        return found

    def either():
        nonlocal at
        found = both()
        # Old manifests write a stroke for `OR`.
        while tokens[at:at + 1] in (["OR"], ["/"]):
            at += 1
            found += both()
        return found

    return either()


def chosen(expression):
    """The licences under which a package is taken: the simplest permitted way, those that are asked nothing of first."""
    fitting = [way for way in ways(expression) if way <= PERMITTED]
    if not fitting:
        return None
    order = ["MIT", "Apache-2.0", "Unicode-3.0", "ISC", "Zlib"]
    rank = lambda way: (len(way), bool(way & UNCHANGED), [order.index(one) if one in order else 99 for one in sorted(way)])
    return " AND ".join(sorted(min(fitting, key=rank)))


def page(packages):
    lines = [
        "# Licences of what is compiled in", "",
        "Made by `scripts/licences.py`; `.ci/run` fails where it is not current or names a licence that is not permitted. Crates of tests",
        "are not in the program and not here. Packages under MPL-2.0 are used unchanged; their source is on crates.io. The English",
        "dictionary is made from WordNet 3.0, whose licence stands in `src/text/dictionary`.", "",
        "| crate | version | licence | taken under |", "|---|---|---|---|",
    ]
    refused = []
    for package in packages:
        licence = package["license"] or "(none stated)"
        taken = chosen(licence) if package["license"] else None
        if taken is None:
            refused.append(f"{package['name']} {package['version']}: {licence}")
        lines.append(f"| {package['name']} | {package['version']} | {licence} | {taken or '**not permitted**'} |")
    return "\n".join(lines) + "\n", refused


def texts(packages):
    """Every licence text that comes with a package, each once, with the packages that it came with."""
    found = {}
    for package in packages:
        folder = pathlib.Path(package["manifest_path"]).parent
        names = re.compile(r"(licen[cs]e|copying|notice|copyright|unlicense)", re.I)
        files = [file for file in sorted(folder.iterdir()) if file.is_file() and names.match(file.name) and file.suffix != ".rs"]
        for file in files:
            text = file.read_text(encoding="utf-8", errors="replace").strip()
            found.setdefault(text, []).append(f"{package['name']} {package['version']}")
        if not files:
            text = f"(no text comes with it; licence: {package['license']}; authors: {', '.join(package['authors']) or 'not stated'})"
            found.setdefault(text, []).append(f"{package['name']} {package['version']}")
    for text, of in found.items():
        print("=" * 100 + "\n" + ", ".join(dict.fromkeys(of)) + "\n\n" + text + "\n")


def main():
    packages = compiled_in(metadata())
    if "--texts" in sys.argv:
        return texts(packages)
    text, refused = page(packages)
    if refused:
        sys.exit("under no licence that is permitted:\n" + "\n".join(refused))
    if "--check" not in sys.argv:
        PAGE.write_text(text)
    elif not PAGE.exists() or PAGE.read_text() != text:
        sys.exit("docs/licences.md is not current: run scripts/licences.py and look at the difference")
    print(f"{len(packages)} crates, all under permitted licences")


main()
