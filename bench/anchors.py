"""Quoted sentences through a rewriting, against an independent search; and what a save costs.

The two states of twenty chapters of Hongloumeng come from the corpus (STUDIO_CORPUS, or its place
beside the checkout): 50 sentences a chapter are carried from the manuscript line to the edition by
projects.writing.anchor, and looked for by tests.writing.hongloumeng, which shares nothing with it.
An ordinary edit changes, adds or removes one sentence of a chapter that has 50 anchors.
"""

import os
import random
from collections import Counter
from pathlib import Path
from time import perf_counter

from bench.report import figure, heading, held, milliseconds
from projects.writing.anchor import Anchor, around, follow
from tests.writing import hongloumeng

LEAST, LEAST_HEAVY = 0.99, 0.96
CHAPTERS, EDITS = 20, 400


def run(home: Path) -> None:
    heading("Anchors")
    default = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "corpus"
    corpus = Path(os.environ.get("STUDIO_CORPUS", default))
    if not corpus.is_dir():
        figure("the corpus is not here", "set STUDIO_CORPUS to its folder")
        return
    states: Counter[str] = Counter()
    wrong = {True: 0, False: 0}
    asked = {True: 0, False: 0}
    rewrites, saves = [], []
    for number in range(1, CHAPTERS + 1):
        old, new = hongloumeng.chapter(corpus, number)
        chosen = hongloumeng.sentences(old, new, number)
        anchors = [of(old, one.quote, one.start) for one in chosen]
        begun = perf_counter()
        places = follow(old, new, anchors)
        rewrites.append(perf_counter() - begun)
        heavy = number in hongloumeng.HEAVY
        for one, place in zip(chosen, places, strict=True):
            states[place.state] += 1
            asked[heavy] += 1
            wrong[heavy] += not hongloumeng.agrees(one, *place)
        saves += edits(old, anchors, number)
    total = sum(asked.values())
    for state in ("intact", "revised", "at risk", "lost"):
        figure(f"{state}, of {total:,}", f"{states[state]:,}")
    held("disagrees with the search", sum(wrong.values()) / total, 1 - LEAST, "{:.2%}")
    held("disagrees in the heavy rewrites", wrong[True] / asked[True], 1 - LEAST_HEAVY, "{:.2%}")
    figure("a chapter rewritten, 50 anchors", milliseconds(rewrites))
    figure("an ordinary edit, 50 anchors", milliseconds(saves))


def of(text: str, quote: str, start: int) -> Anchor:
    prefix, suffix = around(text, start, len(quote))
    return Anchor(quote, start, start + len(quote), "intact", prefix, suffix)


def edits(text: str, anchors: list[Anchor], seed: int) -> list[float]:
    """Seconds of following so many edits of one sentence each."""
    by_chance = random.Random(seed)
    every = list(hongloumeng.SENTENCE.finditer(text))
    taken = []
    for _ in range(EDITS // CHAPTERS):
        one = by_chance.choice(every)
        came = by_chance.choice(["", one[0] * 2, one[0][:4] + "忽然" + one[0][6:]])
        begun = perf_counter()
        follow(text, text[: one.start()] + came + text[one.end() :], anchors)
        taken.append(perf_counter() - begun)
    return taken
