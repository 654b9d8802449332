#!/usr/bin/env python3
"""Writes a corpus of made-up articles: big_corpus.py FOLDER ARTICLES SEED

Articles of about 4 000 bytes from 24 sources in 6 languages (half of them English), dated 2015 to 2026, on 20 topics, a tenth of
them interviews. Words are made of syllables and as frequent as in real texts (Zipf), with endings, so that an index gets a
vocabulary of real size. The same for the same seed. 100 000 articles are 400 MB.
"""
import bisect
import itertools
import os
import random
import sys

SYLLABLES = {
    "en": "an er in re ton st or al ing ter con de com est par ver man bur sha low mer win fel ridge port ham".split(),
    "de": "ung er ein ver ge sch aus be an ten keit lich haft zer berg burg stadt wirt tag grund ort auf".split(),
    "fr": "tion de ment la con par re eur ette ier ance ville port mar bel fon chan dou cla vi".split(),
    "es": "cion de la mente con par ero ado ista villa mar bel mon cor tra es ver gu".split(),
    "fa": "با ان در می گر دا را نا شا مر دی کار خا بر سا تی پو رو".split(),
    "zh": [chr(c) for c in range(0x4E00, 0x4E00 + 1200)],
}
ENDINGS = {
    "en": ["", "", "", "s", "ed", "ing"],
    "de": ["", "", "en", "es", "er"],
    "fr": ["", "", "s", "es"],
    "es": ["", "", "s", "ando"],
    "fa": ["", "", "ها", "ی"],
    "zh": [""],
}
LANGUAGES = ["en", "en", "en", "de", "fr", "es", "fa", "zh"]
VOCABULARY = 30_000
SOURCES = 24
TOPICS = 20
VOICES = 300


def vocabulary(chance: random.Random, language: str) -> list[str]:
    words: dict[str, None] = {}
    most = 2 if language == "zh" else 4
    while len(words) < VOCABULARY:
        words["".join(chance.choices(SYLLABLES[language], k=chance.randint(1, most)))] = None
        if language == "zh" and len(words) >= 20_000:
            break
    return list(words)


def main() -> None:
    folder, articles, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    words = {language: vocabulary(chance, language) for language in SYLLABLES}
    sums = {
        language: list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words[language]))))
        for language in words
    }
    # Cues are words of middling frequency in their language, and one phrase a topic.
    cues = {
        language: [[words[language][300 + topic * 7], " ".join(words[language][900 + topic * 5 :][:2])] for topic in range(TOPICS)]
        for language in words
    }
    voices = [" ".join(part.capitalize() for part in chance.sample(words["en"][200:4000], 2)) for _ in range(VOICES)]
    os.makedirs(folder)
    with open(f"{folder}/corpus.toml", "w", encoding="utf-8") as file:
        file.write('title = "Made-up articles"\nlanguage = "en"\n')
        for source in range(SOURCES):
            file.write(f'\n[[source]]\nid = "source-{source}"\ntitle = "Source {source}"\n')
        for topic in range(TOPICS):
            listed = ", ".join(f'"{cue}"' for language in words for cue in cues[language][topic])
            key = f'key = "{(topic + 1) % 10}"\n' if topic < 10 else ""
            file.write(f'\n[[topic]]\nid = "topic-{topic}"\ntitle = "Topic {topic}"\n{key}cues = [{listed}]\n')

    def sentence(language: str, length: int, topic: int) -> str:
        own, total = words[language], sums[language][-1]
        picked = [own[bisect.bisect(sums[language], chance.random() * total)] for _ in range(length)]
        if chance.random() < 0.15:
            picked[chance.randrange(length)] = chance.choice(cues[language][topic])
        ends = ENDINGS[language]
        if language == "zh":
            return "".join(picked) + "。"
        return " ".join(word + chance.choice(ends) for word in picked).capitalize() + ". "

    for number in range(articles):
        source = chance.randrange(SOURCES)
        language = LANGUAGES[source % len(LANGUAGES)]
        topic = chance.randrange(TOPICS)
        year, month, day = chance.randint(2015, 2026), chance.randint(1, 12), chance.randint(1, 28)
        title = sentence(language, chance.randint(4, 9), topic).strip()
        lines = [f'---\ntitle: "{title}"\nsource: source-{source}\ndate: {year}-{month:02}-{day:02}\nlanguage: {language}\n---\n']
        speakers = chance.sample(voices, 2) if chance.random() < 0.1 else []
        size = 0
        while size < 3800:
            text = "".join(sentence(language, chance.randint(8, 22), topic) for _ in range(chance.randint(2, 6)))
            if speakers:
                text = f"**{speakers[len(lines) % 2]}:** {text}"
            lines.append(text.strip() + "\n")
            size += len(text.encode())
        place = f"{folder}/source-{source}/{year}"
        os.makedirs(place, exist_ok=True)
        with open(f"{place}/{number:06}.md", "w", encoding="utf-8") as file:
            file.write("\n".join(lines))


main()
