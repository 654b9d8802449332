#!/usr/bin/env python3
"""How much of a web page's article `diptych extract` finds: F1 over runs of four words, against a public collection.

    scripts/article_f1.py target/release/diptych FOLDER [--beside trafilatura,readability] [--every 2 --from 1] [--worst 10]

FOLDER is a copy of one of these (neither is part of this project):

* https://github.com/scrapinghub/article-extraction-benchmark: `ground-truth.json` and `html/*.html.gz`
* https://github.com/mozilla/readability, `test/test-pages`: folders with `source.html` and `expected.html`

The measure is the first collection's own: words by its rule, runs of four, each counted as often as it stands; precision
and recall over the whole collection by the mean of the pages. Pages that are refused count as empty.

`--beside` measures Python packages on the same pages, where they are installed (`pip install trafilatura readability-lxml`).
`--every 2 --from 1` measures every second page by name, from the second on: so one half can be kept unread.
"""

import argparse
import gzip
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import Counter


class Text(html.parser.HTMLParser):
    """The text of an expected page."""

    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)

    def handle_starttag(self, tag, attributes):
        self.parts.append(" ")


def samples(folder):
    truth = folder / "ground-truth.json"
    if truth.exists():
        for name, entry in json.loads(truth.read_text("utf-8")).items():
            yield name, gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), entry["articleBody"]
        return
    for page in sorted(folder.glob("*/source.html")):
        expected = page.with_name("expected.html")
        if expected.exists():
            text = Text()
            text.feed(expected.read_text("utf-8"))
            yield page.parent.name, page.read_bytes(), "".join(text.parts)


def runs(text):
    words = re.findall(r"\w+", text)
    if len(words) < 4:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(words, words[1:], words[2:], words[3:]))


def diptych(program):
    """What our program extracts: the passages of all documents that it finds on the page, without pictures."""

    def extracted(page):
        with tempfile.NamedTemporaryFile(suffix=".html") as file:
            file.write(page)
            file.flush()
            run = subprocess.run(
                [program, "extract", file.name, "--json"], capture_output=True, text=True, timeout=120, check=False
            )
        if run.returncode != 0:
            return ""
        documents = json.loads(run.stdout)["documents"]
        return "\n".join(
            passage["text"]
            for document in documents
            for passage in document["passages"]
            if passage.get("kind") != "image"
        )

    return extracted


def peer(name):
    """Another extractor, by the name of its Python module, with its own defaults."""
    if name == "trafilatura":
        import trafilatura

        return lambda page: trafilatura.extract(page, include_comments=False) or ""
    if name == "readability":
        import readability

        def extracted(page):
            text = Text()
            text.feed(readability.Document(page.decode("utf-8", "replace")).summary())
            return "".join(text.parts)

        return extracted
    sys.exit(f"no peer is called {name}: trafilatura and readability are known")


def measure(name, extracted, pages, worst):
    scores = []
    for page, source, expected in pages:
        wanted, got = runs(expected), runs(extracted(source))
        shared = sum((wanted & got).values())
        precision = shared / sum(got.values()) if got else 0.0 if wanted else 1.0
        recall = shared / sum(wanted.values()) if wanted else 1.0
        scores.append((2 * precision * recall / (precision + recall) if shared else 0.0, precision, recall, page))
    precision = sum(score[1] for score in scores) / len(scores)
    recall = sum(score[2] for score in scores) / len(scores)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    mean = sum(score[0] for score in scores) / len(scores)
    print(f"{name:12} {precision:9.3f} {recall:9.3f} {f1:9.3f} {mean:9.3f}")
    return sorted(scores)[:worst]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--beside", default="", metavar="NAMES")
    arguments.add_argument("--every", type=int, default=1, metavar="N")
    arguments.add_argument("--from", type=int, default=0, metavar="K", dest="first")
    arguments.add_argument("--worst", type=int, default=10, metavar="N")
    asked = arguments.parse_args()
    pages = list(samples(asked.folder))[asked.first :: asked.every]
    if not pages:
        sys.exit(f"no pages of a known collection in {asked.folder}")
    print(f"{len(pages)} pages     precision    recall        F1  mean F1")
    worst = measure("diptych", diptych(asked.program), pages, asked.worst)
    for name in filter(None, asked.beside.split(",")):
        measure(name, peer(name), pages, 0)
    for score, precision, recall, page in worst:
        print(f"    {score:.3f} (P {precision:.2f} R {recall:.2f}) {page}")


main()
