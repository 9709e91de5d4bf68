"""`manage.py compare A B`: what changed from one picture to another."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from PIL import Image

from projects.images.renditions import durable
from projects.images.sources import NoPicture, proxy_of

COMPARED, NOTHING, NO_MASK = 0, 2, 3


class Command(BaseCommand):
    """Exit code 0: compared; 2: one of the two cannot be read; 3: no mask could be written."""

    help = (
        "Tell what changed from picture A to picture B, each a file or the id of a version: how B "
        "was moved, what cannot be seen, whether the whole was graded, and the changed areas. "
        "Boxes are in 0..1 of A's width and height; colour distances are OKLab times 100 (about "
        "2 is just seen); rotation is in degrees, clockwise; dx and dy are pixels of A."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("a", metavar="A", help="a picture file, or the id of a version")
        parser.add_argument("b", metavar="B", help="the same, of the later one")
        parser.add_argument("--json", action="store_true", help="print all as one JSON object")
        parser.add_argument(
            "--mask", type=Path, metavar="FILE.png", help="write what changed, white, in A's size"
        )

    def handle(
        self, *args: Any, a: str, b: str, json: bool, mask: Path | None, **options: Any
    ) -> None:
        """Read both, compare, tell."""
        from projects.images.difference import analyse_copies, of_proxy

        try:
            one, other = proxy_of(a), proxy_of(b)
        except NoPicture as error:
            self.fail(str(error), NOTHING)
        found = analyse_copies(of_proxy(one), of_proxy(other))
        told = found.as_json()
        del told["matrix"]
        self.stdout.write(as_text(told) if not json else as_json(told))
        if mask is None:
            return
        if found.matrix is None:
            self.fail("No mask was written: the two do not show the same frame.", NO_MASK)
        white = Image.fromarray(found.mask).convert("L")
        try:
            with durable(mask) as file:
                white.resize(one.size, Image.Resampling.NEAREST).save(file, "PNG")
        except OSError as error:
            self.fail(f"{mask}: the mask cannot be written there ({error.strerror}).", NO_MASK)

    def fail(self, sentence: str, code: int) -> NoReturn:
        """Say why, and end with `code`."""
        self.stderr.write(sentence)
        sys.exit(code)


def as_json(told: dict[str, Any]) -> str:
    """One line."""
    return json.dumps(told)


def as_text(told: dict[str, Any]) -> str:
    """The same for a person: a line each."""
    moved, floor, grade = told["registration"], told["floor"], told["grade"]
    if moved["framing"] == "different":
        return "Another framing or another picture: no areas are told."
    lines = [
        f"Laid over one another: moved {moved['dx']:+.1f}, {moved['dy']:+.1f} px, "
        f"scaled {moved['scale']:.4f}, turned {moved['rotation']:+.2f}°.",
        f"Grade of the whole: {grade['distance']:.1f} (lightness {grade['lightness']:+.1f}, "
        f"red {grade['a']:+.1f}, yellow {grade['b']:+.1f}).",
        f"Not seen: changes below {floor['distance']:.1f} or under {floor['pixels']} px."
        if floor["pixels"]
        else "All that is not listed is the same to the last bit.",
        f"Changed: {100 * told['share']:.2f} % of the frame, areas: {len(told['regions'])}.",
    ]
    if told["regions"]:
        lines.append("      x      y      w      h   share")
    lines += [
        f"{each['x']:7.4f}{each['y']:7.4f}{each['w']:7.4f}{each['h']:7.4f}{each['share']:8.5f}"
        for each in told["regions"]
    ]
    return "\n".join(lines)
