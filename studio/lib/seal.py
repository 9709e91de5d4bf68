"""A character as the outline of a seal, so that it needs no font wherever it is shown."""

import re
from pathlib import Path

from django.utils.translation import gettext as _
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

BOX, MARGIN = 24, 3.5  # the side of the square, and the ground left free round the character


class NotDrawn(ValueError):
    """The character cannot be a seal; the message says why in one sentence."""


def outline(character: str, font: Path) -> str:
    """The path data (SVG 1.1) of one character of `font`, in a square of 24 by 24.

    It is scaled evenly: its longer side fills the square but for the margin. Raises NotDrawn.
    """
    with _opened(font) as face:
        name = (face.getBestCmap() or {}).get(ord(character))
        if name is None:
            raise NotDrawn(_("The font has no “%(character)s”.") % {"character": character})
        glyphs = face.getGlyphSet()
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        if bounds.bounds is None:
            raise NotDrawn(_("A blank is no seal; write one character."))
        left, bottom, right, top = bounds.bounds
        scale = (BOX - 2 * MARGIN) / max(right - left, top - bottom)
        pen = SVGPathPen(glyphs, ntos=_number)
        across = (BOX - scale * (right + left)) / 2
        down = (BOX + scale * (top + bottom)) / 2
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, across, down)))
        return str(pen.getCommands())


def _number(value: float) -> str:
    return re.sub(r"\.?0+$", "", f"{value:.2f}") if value % 1 else str(int(value))


def _opened(font: Path) -> TTFont:
    """The face, or the first of a collection."""
    if font.suffix.lower() in {".ttc", ".otc"}:
        face: TTFont = TTCollection(str(font), lazy=True).fonts[0]
        return face
    return TTFont(str(font), lazy=True)
