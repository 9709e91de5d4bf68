"""Where each picture and each word of a contact sheet stands.

Pure: lengths are points (1/72 inch), measured from the upper left corner; a text stands on its
baseline. Two painters draw what is laid out here, `sheet_pdf` and `sheet_png`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

MILLIMETRE = 72 / 25.4
PAPERS = {"A4": (210 * MILLIMETRE, 297 * MILLIMETRE), "Letter": (612.0, 792.0)}
MARGIN, GUTTER, BETWEEN = 36.0, 12.0, 14.0
TALLEST = 0.72  # of a column: a taller picture is made to fit
TITLE, SMALL, HEADING, NOTE = 17.0, 8.0, 8.5, 7.5
LEADING = 1.32
NOTES, QUOTES = 3, 3  # lines at most
QUIET = {"text", "words"}  # roles in the second ink
Measure = Callable[[str, str, float], float]  # role, text, size: its width

# Where a line may break: after a blank, and beside a Chinese character; closing marks stay behind
# what they close, opening ones before what they open.
_ideograph = "\u2e80-\u2fdf\u3041-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_closing = "，。、；：？！”’）》」』】〉…—·％"
_opening = "“‘（《「『【〈"
_piece = re.compile(
    rf"[{_opening}]*(?:[{_ideograph}]|[^\s{_ideograph}{_closing}{_opening}]+)?[{_closing}]*\s*"
)


class Cell(NamedTuple):
    """One picture of the sheet: `key` is the painter's, `width` and `height` give its shape."""

    key: int
    width: int
    height: int
    heading: str
    mark: str = ""
    note: str = ""
    passage: str = ""


class Paper(NamedTuple):
    """A page: its size, how many columns; an endless height makes one long page."""

    width: float
    height: float
    columns: int

    @classmethod
    def named(cls, name: str, columns: int, *, landscape: bool) -> "Paper":
        """A4 or Letter, upright or turned. KeyError for another."""
        width, height = PAPERS[name]
        return cls(height, width, columns) if landscape else cls(width, height, columns)

    @property
    def column(self) -> float:
        """How wide one column is."""
        return (self.width - 2 * MARGIN - (self.columns - 1) * GUTTER) / self.columns


class Text(NamedTuple):
    """Words on their baseline; `role` says how they are set."""

    x: float
    y: float
    size: float
    role: str
    words: str


class Frame(NamedTuple):
    """The place of a picture."""

    key: int
    x: float
    y: float
    width: float
    height: float


@dataclass
class Page:
    """One page of the sheet."""

    width: float
    height: float
    texts: list[Text] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


def laid_out(
    title: str, facts: str, cells: Sequence[Cell], paper: Paper, measure: Measure
) -> list[Page]:
    """The pages of a sheet: the title, `facts` beside it, and the cells row by row.

    A row is as high as its highest picture and words, and is never parted.
    """
    pages = [_begun(title, facts, paper, measure)]
    y = MARGIN + TITLE * LEADING + BETWEEN
    floor = paper.height - MARGIN - SMALL * LEADING
    for start in range(0, len(cells), paper.columns):
        row = [_set(cell, paper.column, measure) for cell in cells[start : start + paper.columns]]
        frames = max(height for _, height, _ in row)
        below = max((text.y for _, _, texts in row for text in texts), default=0.0)
        if y + frames + below > floor and pages[-1].frames:
            pages.append(_begun(title, facts, paper, measure))
            y = MARGIN + TITLE * LEADING + BETWEEN
        for number, (cell, height, texts) in enumerate(row):
            x = MARGIN + number * (paper.column + GUTTER)
            width = min(paper.column, height * cell.width / cell.height)
            frame = Frame(cell.key, x, y + frames - height, width, height)
            pages[-1].frames.append(frame)
            pages[-1].texts += [
                text._replace(x=x + text.x, y=y + frames + text.y) for text in texts
            ]
        y += frames + below + BETWEEN
    if paper.height == inf:
        pages[0].height = y + MARGIN
    for number, page in enumerate(pages, 1):
        _foot(page, number, len(pages), measure)
    return pages


def _begun(title: str, facts: str, paper: Paper, measure: Measure) -> Page:
    """A page with its head."""
    page = Page(paper.width, paper.height)
    y = MARGIN + TITLE
    wide = measure("text", facts, SMALL)
    room = paper.width - 2 * MARGIN - wide - GUTTER
    title = _fitted(title, "title", TITLE, room, measure)
    page.texts.append(Text(MARGIN, y, TITLE, "title", title))
    page.texts.append(Text(paper.width - MARGIN - wide, y, SMALL, "text", facts))
    return page


def _foot(page: Page, number: int, of: int, measure: Measure) -> None:
    """Its number, where there are several."""
    if of > 1:
        said = f"{number} / {of}"
        x = page.width - MARGIN - measure("text", said, SMALL)
        page.texts.append(Text(x, page.height - MARGIN, SMALL, "text", said))


def _set(cell: Cell, column: float, measure: Measure) -> tuple[Cell, float, list[Text]]:
    """A cell, the height of its picture, and its words, measured from the foot of the picture."""
    height = min(column * cell.height / cell.width, column * TALLEST)
    texts: list[Text] = []
    y = HEADING * LEADING + 1.5
    mark = measure("text", cell.mark, NOTE)
    room = column - (mark + GUTTER / 2 if cell.mark else 0)
    heading = _fitted(cell.heading, "heading", HEADING, room, measure)
    texts.append(Text(0, y, HEADING, "heading", heading))
    if cell.mark:
        texts.append(Text(column - mark, y, NOTE, "text", cell.mark))
    for role, words, most in (("text", cell.note, NOTES), ("words", cell.passage, QUOTES)):
        for line in wrapped(words, role, NOTE, column, most, measure):
            y += NOTE * LEADING
            texts.append(Text(0, y, NOTE, role, line))
    return cell, height, texts


def wrapped(
    words: str, role: str, size: float, width: float, most: int, measure: Measure
) -> list[str]:
    """`words` in at most `most` lines of `width`; what is left over is told by an ellipsis.

    Chinese breaks between characters, but no line begins with a closing mark or ends with an
    opening one (as GB/T 15834 asks); a word wider than the line is broken where it must be.
    """
    lines, line = [], ""
    for piece in _pieces(" ".join(words.split()), role, size, width, measure):
        if line and measure(role, (line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines += [line.rstrip()] if line.strip() else []
    if len(lines) <= most:
        return lines
    last = _fitted(f"{lines[most - 1]}…", role, size, width, measure)
    return [*lines[: most - 1], last]


def _pieces(words: str, role: str, size: float, width: float, measure: Measure) -> Iterator[str]:
    """The stretches between two breaks."""
    for found in _piece.finditer(words):
        piece = found.group()
        while measure(role, piece.rstrip(), size) > width and len(piece) > 1:
            shorter = range(len(piece) - 1, 1, -1)
            cut = next((n for n in shorter if measure(role, piece[:n], size) <= width), 1)
            yield piece[:cut]
            piece = piece[cut:]
        if piece:
            yield piece


def _fitted(words: str, role: str, size: float, width: float, measure: Measure) -> str:
    """`words` on one line, cut short by an ellipsis where they are too long."""
    if measure(role, words, size) <= width:
        return words
    short = words.rstrip("…")
    while short and measure(role, f"{short}…", size) > width:
        short = short[:-1].rstrip()
    return f"{short}…"
