#!/usr/bin/env python3
"""Search beside other programs on the same texts: search_bench.py CORPUS DIPTYCH [FTS5_DATABASE]

Puts the passages of a corpus (see big_corpus.py) into SQLite's FTS5, and times the same questions in `diptych search`, in FTS5
(ranked, the best ten) and in rg (counted). The words are taken from the corpus: frequent, middling, rare, none.
Processes are timed whole, FTS5 on an open connection too. Prints a Markdown table of medians in milliseconds.
"""
import collections
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

ROUNDS = int(os.environ.get("ROUNDS", "7"))


def passages(folder: str):
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            if name.endswith(".md"):
                with open(os.path.join(place, name), encoding="utf-8") as file:
                    text = file.read().split("---\n", 2)[-1]
                for number, passage in enumerate(text.split("\n\n")):
                    if passage.strip():
                        yield os.path.join(place, name), number, passage


def build(folder: str, path: str) -> float:
    began = time.monotonic()
    base = sqlite3.connect(path)
    base.execute("create virtual table p using fts5(file unindexed, number unindexed, text, tokenize='porter unicode61')")
    base.executemany("insert into p values (?, ?, ?)", passages(folder))
    base.commit()
    base.execute("insert into p(p) values ('optimize')")
    base.commit()
    return time.monotonic() - began


def timed(work) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.monotonic()
        work()
        times.append((time.monotonic() - began) * 1000)
    return statistics.median(times)


def process(*command: str):
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def main() -> None:
    corpus, diptych = sys.argv[1], sys.argv[2]
    path = sys.argv[3] if len(sys.argv) > 3 else "/tmp/search-bench.db"
    if not os.path.exists(path):
        print(f"FTS5 built in {build(corpus, path):.0f} s")
    print(f"FTS5 on disk: {os.path.getsize(path) / 1e6:.0f} MB")
    base = sqlite3.connect(path)
    counts = collections.Counter()
    for at, (_, _, text) in enumerate(passages(os.path.join(corpus, "source-0"))):
        counts.update(word.lower() for word in re.findall(r"[a-zA-Z]+", text))
        if at > 20000:
            break
    ranked = [word for word, _ in counts.most_common() if len(word) > 3]
    frequent, middling, rare = ranked[2], ranked[400], ranked[-1]
    questions = [
        ("a frequent word", frequent, frequent, rf"\b{frequent}\b"),
        ("a middling word", middling, middling, rf"\b{middling}\b"),
        ("a rare word", rare, rare, rf"\b{rare}\b"),
        ("two words", f"{frequent} {middling}", f"{frequent} AND {middling}", None),
        ("either of two", f"{middling} OR {rare}", f"{middling} OR {rare}", rf"\b({middling}|{rare})\b"),
        ("a prefix of two letters", f"{middling[:2]}*", f"{middling[:2]}*", rf"\b{middling[:2]}"),
        ("a word that is not there", "qqqqzzz", "qqqqzzz", "qqqqzzz"),
    ]
    subprocess.run([diptych, "search", "x", "--corpus", corpus], capture_output=True, check=False)
    print("\n| question | diptych search, whole process | FTS5, open connection | rg -c, whole process |\n|---|---:|---:|---:|")
    for name, ours, fts, pattern in questions:
        row = [timed(process(diptych, "search", ours, "--corpus", corpus, "--json"))]
        sql = "select file, number, snippet(p, 2, '[', ']', '…', 20), rank from p where p match ? order by rank limit 10"
        row.append(timed(lambda fts=fts: base.execute(sql, (fts,)).fetchall()))
        has_rg = pattern and shutil.which("rg")
        row.append(timed(process("rg", "-c", "-i", pattern, corpus)) if has_rg else None)
        cells = ["–" if value is None else f"{value:.0f}" for value in row]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


main()
