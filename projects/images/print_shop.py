"""Sets a contact sheet: chooses the faces, lays it out and has it painted. Knows no Django."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from studio.lib.cjk_font import text_font_file
from studio.lib.print_faces import Source as Font
from studio.lib.print_faces import styles

from . import sheet_pdf, sheet_png
from .sheet import Cell, Paper, laid_out
from .sheet_png import Said, Source

_fonts = Path(__file__).parents[2] / "static" / "fonts"
_serif = _fonts / "source-serif-4-latin-opsz-normal.woff2"
_italic = _fonts / "source-serif-4-latin-opsz-italic.woff2"
_sans = _fonts / "hanken-grotesk-latin-wght-normal.woff2"
FACES = {
    "title": Font(_serif, {"wght": 350, "opsz": 18}),
    "words": Font(_italic, {"wght": 400, "opsz": 8}),
    "heading": Font(_sans, {"wght": 600}),
    "text": Font(_sans, {"wght": 400}),
}
PAGE_NUMBERS = "0123456789 /"


def sheet(
    kind: str,
    title: str,
    facts: str,
    cells: Sequence[Cell],
    paper: Paper,
    source: Source,
    file: BinaryIO,
    said: Said,
) -> None:
    """Write a sheet of `cells` into `file`, as "pdf" or "png"; raises NoFont for Chinese words
    where no Chinese font is found."""
    texts = {
        "title": title,
        "heading": "".join(cell.heading for cell in cells),
        "text": "".join([facts, PAGE_NUMBERS, *(cell.mark + cell.note for cell in cells)]),
        "words": "".join(cell.passage for cell in cells),
    }
    # A line break is a blank on paper.
    texts = {role: " ".join(words.split()) + " " for role, words in texts.items()}
    faces = styles(texts, FACES, text_font_file)
    pages = laid_out(
        title, facts, cells, paper, lambda role, text, size: faces[role].width(text, size)
    )
    if kind == "pdf":
        sheet_pdf.write(pages, title, faces, source, file, said)
    else:
        sheet_png.write(pages[0], faces, source, file, said)
