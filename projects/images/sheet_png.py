"""A contact sheet as one PNG; lengths come in points and leave in pixels."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageFont

from studio.lib.print_faces import Style

from .sheet import QUIET, Page, Text

DOTS = 150 / 72  # pixels a point
PAPER, INK, QUIETER, EMPTY = (255,) * 3, (24,) * 3, (74,) * 3, (228,) * 3
Source = Callable[[int], Path | None]
Said = Callable[[int, int], None]


def write(page: Page, styles: dict[str, Style], source: Source, file: BinaryIO, said: Said) -> None:
    """Draw `page` into `file`; `source` gives the small copy for a frame, `said` hears (n, of)."""
    drawn = Image.new("RGB", (pixels(page.width), pixels(page.height)), PAPER)
    for number, frame in enumerate(page.frames, 1):
        place = (pixels(frame.x), pixels(frame.y))
        size = (max(1, pixels(frame.width)), max(1, pixels(frame.height)))
        drawn.paste(small(source(frame.key), size), place)
        said(number, len(page.frames))
    brush = ImageDraw.Draw(drawn)
    for text in page.texts:
        write_line(brush, text, styles[text.role])
    drawn.save(file, "PNG", dpi=(150, 150))


def write_line(brush: ImageDraw.ImageDraw, text: Text, style: Style) -> None:
    """One line of words, each character where the layout has it: the library would round."""
    x, ink = text.x, QUIETER if text.role in QUIET else INK
    for face, run in style.runs(text.words):
        basic = ImageFont.Layout.BASIC
        font = ImageFont.truetype(BytesIO(face.data), text.size * DOTS, layout_engine=basic)
        for character in run:
            brush.text((x * DOTS, text.y * DOTS), character, ink, font, anchor="ls")
            x += text.size * face.widths[character]


def small(path: Path | None, size: tuple[int, int]) -> Image.Image:
    """The picture at `path`, one of our own copies, in `size`; grey where there is none."""
    if path is None or not path.exists():
        return Image.new("RGB", size, EMPTY)
    with Image.open(path, formats=["WEBP"]) as stored:
        return flat(stored).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def flat(stored: Image.Image) -> Image.Image:
    """Without transparency, on white as on paper."""
    if stored.mode not in {"RGBA", "LA"}:
        return stored.convert("RGB")
    ground = Image.new("RGB", stored.size, PAPER)
    ground.paste(stored, mask=stored.getchannel("A"))
    return ground


def pixels(points: float) -> int:
    """The nearest whole number of pixels."""
    return round(points * DOTS)
