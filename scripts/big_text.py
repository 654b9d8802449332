#!/usr/bin/env python3
"""Writes a large text of made-up prose: big_text.py FILE MEGABYTES SEED

Paragraphs of 40 to 120 words separated by blank lines, the same for the same seed.
"""
import random
import sys

WORDS = (
    "the river rose and town officials said that water had come over a dam before dawn while people in lower streets "
    "waited for boats which never came because ministry of interior had sent them elsewhere report figures dead missing "
    "houses bridge road school market government opposition leader network shutdown protest police army hospital winter "
    "promise letter engineer warning autumn committee evidence witness street neighbour children bread price currency strike"
).split()


def main() -> None:
    path, megabytes, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    written = 0
    with open(path, "w", encoding="utf-8") as file:
        while written < megabytes * 1_000_000:
            words = chance.choices(WORDS, k=chance.randint(40, 120))
            paragraph = " ".join(words).capitalize() + ".\n\n"
            file.write(paragraph)
            written += len(paragraph)


main()
