"""`manage.py map_passages OLD NEW --passages FILE.json`: where quotes of OLD stand in NEW."""

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.writing.anchor import Anchor, Place, around, find, follow, rehome

ALL_FOUND, PARTLY = 0, 3
SHOWN = 48  # characters of a quote in the table


class Command(BaseCommand):
    """Exit code 0: every quote stands in OLD; 3: some do not, each is named; 1: nothing done."""

    help = (
        "Say where quotes of one text stand in a later state of it: intact, revised, at risk or "
        "lost. Both are plain texts in UTF-8 and are compared as they are. FILE.json is a list of "
        'quotes, or of {"quote", "start"} where one stands more than once. Places are in '
        "characters, counted with line ends of one character."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", type=Path, metavar="OLD")
        parser.add_argument("new", type=Path, metavar="NEW")
        parser.add_argument("--passages", type=Path, required=True, metavar="FILE.json")
        parser.add_argument(
            "--json", action="store_true", help="print [{quote, start, end, state}]"
        )

    def handle(
        self, *args: Any, old: Path, new: Path, passages: Path, json: bool, **options: Any
    ) -> None:
        """Read, carry over, tell."""
        before, after = text_of(old), text_of(new)
        asked = quotes_of(passages)
        anchors, missing = [], []
        for quote, start in asked:
            anchor = stand(before, quote, start)
            if anchor.state == "lost":
                missing.append(quote)
            anchors.append(anchor)
        places = follow(before, after, anchors)
        if json:
            self.print_json(anchors, places)
        else:
            self.print_table(anchors, places, after)
        for quote in missing:
            self.stderr.write(f"{old} does not have the words: {cut(quote)}")
        if missing:
            sys.exit(PARTLY)

    def print_json(self, anchors: list[Anchor], places: list[Place]) -> None:
        """A list in the order of the passages. Lost words keep the place they were lost from."""
        told = [
            {"quote": anchor.quote, "start": place.start, "end": place.end, "state": place.state}
            for anchor, place in zip(anchors, places, strict=True)
        ]
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def print_table(self, anchors: list[Anchor], places: list[Place], text: str) -> None:
        """A line a passage, below it the words that stand there now when they are others."""
        self.stdout.write("state      start    end  words")
        for anchor, place in zip(anchors, places, strict=True):
            where = (
                f"{place.start:>7}{place.end:>7}" if place.state != "lost" else f"{'-':>7}{'-':>7}"
            )
            self.stdout.write(f"{place.state:<9}{where}  {cut(anchor.quote)}")
            if place.state in ("revised", "at risk"):
                self.stdout.write(f"{'':<23}  now: {cut(text[place.start : place.end])}")
        states = Counter[str](place.state for place in places)
        order = ("intact", "revised", "at risk", "lost")
        said = ", ".join(f"{states[each]} {each}" for each in order)
        self.stdout.write(f"{len(places)} passages: {said}.")


def text_of(path: Path) -> str:
    """A file's text, its line ends as LF; CommandError with one sentence when there is none."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{path} is not UTF-8 at byte {error.start}; save it as UTF-8."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def quotes_of(path: Path) -> list[tuple[str, int]]:
    """The quotes of a passages file, each with the place it is nearest to."""
    try:
        said = json.loads(text_of(path))
    except ValueError as error:
        raise CommandError(f"{path} is not JSON: {error}.") from error
    if not isinstance(said, list):
        raise CommandError(f"{path} must hold a list of quotes.")
    quotes = []
    for number, one in enumerate(said, 1):
        quote, start = (one.get("quote"), one.get("start")) if isinstance(one, dict) else (one, 0)
        start = 0 if start is None else start
        if not isinstance(quote, str) or not quote.strip():
            raise CommandError(f"Passage {number} of {path} has no quote; give it some words.")
        if not isinstance(start, int) or isinstance(start, bool) or start < 0:
            raise CommandError(f"The start of passage {number} of {path} must be a whole number.")
        quotes.append((quote.replace("\r\n", "\n").replace("\r", "\n"), start))
    return quotes


def stand(text: str, quote: str, start: int) -> Anchor:
    """An anchor on `quote` in `text`: verbatim, else what is most like it, else lost."""
    at = find(text, quote, start=start)
    if at is None:
        place = rehome([Anchor(quote, start, start)], text)[0]
        return Anchor(quote, *place)
    prefix, suffix = around(text, at, len(quote))
    return Anchor(quote, at, at + len(quote), "intact", prefix, suffix)


def cut(words: str) -> str:
    """The first words on one line."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
