"""Marks that follow: where they come to stand on another version, and what is said of their places.

Reprojection over 50 random maps, against the true one; verdicts of 200 pins and of 100 approved
boxes in and out of the true masks of planted edits, under what may happen to a file. Limits:
1.5 px at 1024, F1 at least .9, recall at least .95, false alarms at most .05. The edit pairs of the
corpus are added where it is there. Seconds are for each pair, analysed once.
"""

import math
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from time import process_time
from typing import NamedTuple

import numpy as np
from PIL import Image as Picture

from bench.report import figure, heading, held, middle
from tests.images.plates import edited, moved, plate, saved

WIDE, HIGH = SIZE = (1024, 576)
MAPS, PINS, BOXES = 50, 200, 100


class Pair(NamedTuple):
    """A picture, what came of it, where it was edited, and the true map between the two."""

    name: str
    old: Picture.Image
    new: Picture.Image
    mask: np.ndarray
    matrix: tuple[float, ...]


def run(home: Path) -> None:
    reprojected(MAPS)
    verdicts(list(pairs(range(1, 13))), PINS, BOXES, "planted edits")
    if corpus := list(of_corpus()):
        verdicts(corpus, PINS, BOXES, "edit pairs of the corpus")


# --- where they stand -----------------------------------------------------------------------------
def reprojected(maps: int) -> list[float]:
    from projects.images.difference import analyse
    from projects.images.shapes import carried

    heading(f"Marks carried over {maps} random maps")
    off, seconds, lost = [], [], 0
    for seed in range(maps):
        random = Random(seed)
        picture = plate(100 + seed, SIZE)
        new, true = moved(
            picture,
            *(random.uniform(-24, 24), random.uniform(-24, 24)),
            *(random.uniform(0.96, 1.04), random.uniform(-2, 2)),
        )
        begun = process_time()
        found = analyse(picture, again(new, 90)).matrix
        seconds.append(process_time() - begun)
        if found is None:
            lost += 1
            continue
        for _ in range(20):
            point = (random.uniform(0.05, 0.95), random.uniform(0.05, 0.95))
            pairs = zip(carried(point, found), carried(point, true), SIZE, strict=True)
            off.append(math.hypot(*((here - there) * side for here, there, side in pairs)))
    held("farthest from its place, pixels at 1024", max(off), 1.5)
    figure("median, pixels", f"{middle(off):.3f}")
    held("pairs taken for another framing", lost, 0, "{:.0f}")
    figure("seconds a pair", f"{middle(seconds):.2f}")
    return off


# --- what is said of them -------------------------------------------------------------------------
def verdicts(found: list[Pair], pins: int, boxes: int, name: str) -> dict[str, float]:
    """The figures of all verdicts on these pairs; see the head of this file."""
    from projects.images.difference import analyse

    heading(f"Verdicts on {pins} pins and {boxes} approved boxes: {name}")
    random = Random(5)
    of_pins, of_boxes = [], []
    for number, pair in enumerate(found):
        analysis = analyse(pair.old, pair.new)
        if analysis.matrix is None:
            figure(pair.name, "taken for another framing")
        of_pins += pinned(pair, analysis, share(pins, number, len(found)), random)
        of_boxes += locked(pair, analysis, share(boxes, number, len(found)), random)
    told = {"f1": f1(of_pins), **rates(of_boxes)}
    held("pins: 1 - F1", 1 - told["f1"], 0.1, "{:.3f}")
    held("approved boxes: 1 - recall", 1 - told["recall"], 0.05, "{:.3f}")
    held("approved boxes: false alarms", told["alarms"], 0.05, "{:.3f}")
    changed = sum(true for true, _ in of_boxes)
    figure("boxes changed, of all", f"{changed} of {len(of_boxes)}")
    return told


def share(total: int, number: int, of: int) -> int:
    """How many of `total` the pair with this number has."""
    return total * (number + 1) // of - total * number // of


def pinned(pair: Pair, analysis, count: int, random: Random) -> list[tuple[bool, bool]]:
    """(true, said) of pins, half of them in the mask."""
    from projects.images.following import CHANGED, fate

    found = []
    for number in range(count):
        rows, cols = np.nonzero(pair.mask == bool(number % 2))
        at = random.randrange(len(rows))
        point = ((cols[at] + 0.5) / pair.mask.shape[1], (rows[at] + 0.5) / pair.mask.shape[0])
        said = fate("pin", [point], pair.old.size, analysis.matrix, shares(analysis.mask))
        found.append((bool(number % 2), said.verdict == CHANGED))
    return found


def locked(pair: Pair, analysis, count: int, random: Random) -> list[tuple[bool, bool]]:
    """(true, said) of boxes, every second one about an edit; none that is only brushed by one."""
    from projects.images.following import AREA_CHANGED, CHANGED, FRAME_CHANGED, fate

    found: list[tuple[bool, bool]] = []
    high, wide = pair.mask.shape
    while len(found) < count:
        w, h = random.uniform(0.04, 0.3), random.uniform(0.05, 0.35)
        x, y = random.uniform(0, 1 - w), random.uniform(0, 1 - h)
        true = shares(pair.mask)((x, y, w, h))
        least = min(AREA_CHANGED, FRAME_CHANGED / (w * h))
        wanted = len(found) % 2 == 0
        if (true >= least) != wanted or 0 < true < least:
            continue
        points = [(x, y), (x + w, y + h)]
        said = fate("box", points, (wide, high), analysis.matrix, shares(analysis.mask))
        found.append((wanted, said.verdict == CHANGED))
    return found


def shares(mask: np.ndarray):
    """How much of a box a mask covers."""
    high, wide = mask.shape

    def of(box) -> float:
        x, y, w, h = box
        left, top = int(x * wide), int(y * high)
        right, bottom = max(left + 1, round((x + w) * wide)), max(top + 1, round((y + h) * high))
        part = mask[top:bottom, left:right]
        return float(part.mean()) if part.size else 0.0

    return of


def f1(told: list[tuple[bool, bool]]) -> float:
    hits = sum(true and said for true, said in told)
    wrong = sum(true != said for true, said in told)
    return 2 * hits / (2 * hits + wrong)


def rates(told: list[tuple[bool, bool]]) -> dict[str, float]:
    said = {each: [said for true, said in told if true == each] for each in (True, False)}
    return {
        "recall": sum(said[True]) / len(said[True]),
        "alarms": sum(said[False]) / len(said[False]),
    }


# --- pictures -------------------------------------------------------------------------------------
def pairs(seeds) -> Iterator[Pair]:
    """Plates with three planted edits each, under one disturbance after the other."""
    for number, seed in enumerate(seeds):
        random = Random(seed)
        old = new = plate(seed, SIZE)
        mask = np.zeros((HIGH, WIDE), bool)
        for edit in range(3):
            w, h = random.randint(28, 150), random.randint(28, 120)
            left, top = random.randint(20, WIDE - w - 20), random.randint(20, HIGH - h - 20)
            new = edited(new, (left, top, left + w, top + h), seed * 10 + edit)
            mask[top : top + h, left : left + w] = True
        name, disturb = DISTURBANCES[number % len(DISTURBANCES)]
        new, matrix = disturb(new)
        yield Pair(f"{name}, {seed}", old, new, mask, matrix)


SAME = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def again(picture: Picture.Image, quality: int) -> Picture.Image:
    """As JPEG of a quality."""
    return Picture.open(BytesIO(saved(picture, quality))).convert("RGB")


def gamma(picture: Picture.Image, by: float) -> Picture.Image:
    return picture.point([round(255 * (value / 255) ** by) for value in range(256)] * 3)


def shaken(picture: Picture.Image, *how: float) -> tuple[Picture.Image, tuple[float, ...]]:
    new, matrix = moved(picture, *how)
    return again(new, 85), matrix


DISTURBANCES = (
    ("as it is", lambda picture: (picture, SAME)),
    ("JPEG q85", lambda picture: (again(picture, 85), SAME)),
    ("JPEG q60", lambda picture: (again(picture, 60), SAME)),
    ("shift (3.4, -2.2)", lambda picture: shaken(picture, 3.4, -2.2)),
    ("scale 1.01, 0.3 degrees", lambda picture: shaken(picture, 0, 0, 1.01, 0.3)),
    ("gamma 1.05", lambda picture: (gamma(picture, 1.05), SAME)),
)


def of_corpus() -> Iterator[Pair]:
    """The picture whose alpha is the true mask, with both that were made from it."""
    import os

    here = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
    folder = Path(os.environ.get("STUDIO_CORPUS", here)) / "images" / "comfyui"
    names = {path.name: path for path in folder.rglob("*.png")} if folder.is_dir() else {}
    base = names.get("yosemite_inpaint_example.png")
    if base is None:
        return
    with Picture.open(base) as drawn:
        whole = drawn.convert("RGBA")
    mask = np.asarray(whole)[..., 3] < 128
    for name in ("inpain_model_cat.png", "flux_fill_inpaint_example.png"):
        if name in names:
            with Picture.open(names[name]) as drawn:
                yield Pair(name, whole.convert("RGB"), drawn.convert("RGB"), mask, SAME)
