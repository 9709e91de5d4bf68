"""A contact sheet as a PDF: words as text, pictures as JPEG. The format itself is reportlab's."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from studio.lib.print_faces import Face, Style

from .sheet import QUIET, Frame, Page, Text
from .sheet_png import Said, Source, flat

QUALITY = 88
DENSE = 300 / 72  # pixels a point: no eye asks for more of a small picture on paper
INK, QUIETER, EMPTY = 0.09, 0.29, 0.89  # the last is that of a picture that cannot be shown


def write(
    pages: Sequence[Page],
    title: str,
    styles: dict[str, Style],
    source: Source,
    file: BinaryIO,
    said: Said,
) -> None:
    """Draw `pages` into `file`; `source` gives the small copy for a frame, `said` hears (n, of)."""
    rl_config.useA85 = 0  # plain bytes: a quarter less
    try:
        first = pages[0]
        canvas = Canvas(file, pagesize=(first.width, first.height), pageCompression=1)
        canvas.setTitle(title)
        canvas.setCreator("Throughline")
        names = named(styles)
        done, total = 0, sum(len(page.frames) for page in pages)
        for page in pages:
            for frame in page.frames:
                draw(canvas, page, frame, source(frame.key))
                done += 1
                said(done, total)
            for text in page.texts:
                words(canvas, page, text, styles[text.role], names)
            canvas.showPage()
        canvas.save()
    finally:
        rl_config._reset()  # it would keep the faces of every sheet, and take them for the next's


def named(styles: dict[str, Style]) -> dict[int, str]:
    """Every face known to the library by a name."""
    names: dict[int, str] = {}
    for style in styles.values():
        for face in filter(None, (style.latin, style.han)):
            if id(face) not in names:
                names[id(face)] = f"sheet-{len(names)}"
                registerFont(TTFont(names[id(face)], BytesIO(face.data)))
    return names


def words(canvas: Any, page: Page, text: Text, style: Style, names: dict[int, str]) -> None:
    """One line of words, in as many faces as it takes."""
    canvas.setFillGray(QUIETER if text.role in QUIET else INK)
    line = canvas.beginText(text.x, page.height - text.y)
    for face, run in style.runs(text.words):
        line.setFont(name_of(face, names), text.size)
        line.textOut(run)
    canvas.drawText(line)


def name_of(face: Face, names: dict[int, str]) -> str:
    """What the library knows the face by."""
    return names[id(face)]


def draw(canvas: Any, page: Page, frame: Frame, path: Path | None) -> None:
    """One picture in its frame; grey where there is none."""
    x, y = frame.x, page.height - frame.y - frame.height
    if path is None or not path.exists():
        canvas.setFillGray(EMPTY)
        canvas.rect(x, y, frame.width, frame.height, stroke=0, fill=1)
        return
    out = BytesIO()
    with Image.open(path, formats=["WEBP"]) as stored:
        picture = flat(stored)
    most = (max(1, round(frame.width * DENSE)), max(1, round(frame.height * DENSE)))
    picture.thumbnail(most, Image.Resampling.LANCZOS)
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
    out.seek(0)
    canvas.drawImage(ImageReader(out), x, y, frame.width, frame.height)
