#!/usr/bin/env python3
"""How much of a web page's article `diptych extract` finds: F1 over runs of four words, against a public collection.

    scripts/article_f1.py target/release/diptych FOLDER

FOLDER is a copy of one of these (neither is part of this project):

* https://github.com/scrapinghub/article-extraction-benchmark: `ground-truth.json` and `html/*.html.gz`
* https://github.com/mozilla/readability, `test/test-pages`: folders with `source.html` and `expected.html`

The measure is the first collection's own: words by its rule, runs of four, each counted as often as it stands; precision
and recall over the whole collection by the mean of the pages. Pages that are refused count as empty.
"""

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


def extracted(program, page):
    with tempfile.NamedTemporaryFile(suffix=".html") as file:
        file.write(page)
        file.flush()
        run = subprocess.run(
            [program, "extract", file.name, "--json"], capture_output=True, text=True, timeout=120, check=False
        )
    if run.returncode != 0:
        return ""
    documents = json.loads(run.stdout)["documents"]
    return "\n".join(passage["text"] for document in documents for passage in document["passages"])


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    precisions, recalls, worst = [], [], []
    for name, page, expected in samples(folder):
        wanted, got = runs(expected), runs(extracted(program, page))
        shared = sum((wanted & got).values())
        precision = shared / sum(got.values()) if got else 0.0 if wanted else 1.0
        recall = shared / sum(wanted.values()) if wanted else 1.0
        precisions.append(precision)
        recalls.append(recall)
        worst.append((2 * precision * recall / (precision + recall) if shared else 0.0, name))
    if not worst:
        sys.exit(f"no pages of a known collection in {folder}")
    precision, recall = sum(precisions) / len(worst), sum(recalls) / len(worst)
    print(f"pages      {len(worst)}")
    print(f"precision  {precision:.3f}")
    print(f"recall     {recall:.3f}")
    print(f"F1         {2 * precision * recall / (precision + recall):.3f}")
    print(f"mean of F1 {sum(score for score, _ in worst) / len(worst):.3f}")
    for score, name in sorted(worst)[:10]:
        print(f"           {score:.3f} {name}")


main()
