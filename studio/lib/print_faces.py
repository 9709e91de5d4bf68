"""Faces to print with: the studio's own for Latin, a Chinese one beside them, cut to what is said.

A face is cut to the glyphs a paper needs, so that a whole Chinese font is never embedded; and its
outlines are made quadratic (TrueType), which is what both the PDF and the picture library take.
The cutting and the curves are fontTools'.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.varLib import instancer

UNKNOWN = "?"  # printed for a character that no face has
TOLERANCE = 0.001  # of the em: how far a quadratic outline may leave the cubic one
# What a paper has no use for, and what does not survive the change of outlines.
LEFT_OUT = [
    *("BASE", "BDF ", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "STAT"),
    *("VORG", "meta", "vhea", "vmtx"),
]
_han = range(0x2E80, 0xFB00)
_full_width = range(0xFE30, 0xFFF0)


@dataclass(frozen=True)
class Face:
    """A TrueType font of some characters: its bytes, and how wide each is in ems."""

    data: bytes
    widths: Mapping[str, float]


@dataclass(frozen=True)
class Style:
    """How one kind of words is set: the Latin face, and the Chinese one where there is any."""

    latin: Face
    han: Face | None = None

    def runs(self, text: str) -> Iterator[tuple[Face, str]]:
        """`text` in stretches of one face; what no face has becomes a question mark."""
        face, run = self.latin, ""
        for character in text:
            its = self._face_of(character)
            said = character if its else UNKNOWN
            if (its or self.latin) is not face:
                if run:
                    yield face, run
                face, run = its or self.latin, ""
            run += said
        if run:
            yield face, run

    def width(self, text: str, size: float) -> float:
        """How wide `text` is, in the unit of `size`."""
        return size * sum(face.widths[each] for face, run in self.runs(text) for each in run)

    def _face_of(self, character: str) -> Face | None:
        if character in self.latin.widths:
            return self.latin
        return self.han if self.han and character in self.han.widths else None


class Source(NamedTuple):
    """The file of a font, and the place on its axes (as wght=400) where it is a variable one."""

    path: Path
    axes: Mapping[str, float] = {}


def styles(
    texts: Mapping[str, str], sources: Mapping[str, Source], han: Callable[[], Path]
) -> dict[str, Style]:
    """A style for each role of `texts` (role: all its words), set in the face of that role.

    `han` gives the file of a Chinese font; it is asked only where one is needed, and what it
    raises is raised.
    """
    latin = {
        role: cut(sources[role], f"{words}{UNKNOWN}\N{HORIZONTAL ELLIPSIS}")
        for role, words in texts.items()
    }
    lacking = {
        each for role, words in texts.items() for each in words if each not in latin[role].widths
    }
    chinese = None
    if any(is_han(each) for each in lacking):
        chinese = cut(Source(han()), lacking)
    return {role: Style(face, chinese) for role, face in latin.items()}


def is_han(character: str) -> bool:
    """Whether it takes a Chinese font to print it."""
    return ord(character) in _han or ord(character) in _full_width or ord(character) >= 0x20000


def cut(source: Source, text: Iterable[str]) -> Face:
    """The glyphs of a font for the characters of `text`, as TrueType."""
    with TTFont(str(source.path), fontNumber=number_in(source.path), lazy=True) as font:
        cmap = font.getBestCmap() or {}
        characters = {each for each in text if ord(each) in cmap}
        options = Options(notdef_outline=True, layout_features=[], hinting=False, glyph_names=False)
        options.drop_tables += LEFT_OUT
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[ord(each) for each in characters])
        subsetter.subset(font)  # before all else: the rest then costs what the paper says
        _settle(font, source.axes)
        em = font["head"].unitsPerEm
        cmap, advances = font.getBestCmap() or {}, font["hmtx"]
        widths = {each: advances[cmap[ord(each)]][0] / em for each in characters}
        _name(font, f"{source}{sorted(characters)}")
        out = BytesIO()
        font.save(out)
    return Face(out.getvalue(), widths)


def _name(font: TTFont, what: str) -> None:
    """A name of its own: a PDF takes two faces of one name for the same."""
    name = "Sheet" + hashlib.sha256(what.encode()).hexdigest()[:12]
    for number in (1, 4, 6):
        font["name"].setName(name, number, 3, 1, 0x409)
        font["name"].setName(name, number, 1, 0, 0)


def _settle(font: TTFont, axes: Mapping[str, float]) -> None:
    """Make it an ordinary TrueType font: one weight, quadratic outlines, not packed."""
    if "fvar" in font:
        known = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        place = {tag: axes.get(tag, usual) for tag, usual in known.items()}
        instancer.instantiateVariableFont(font, place, inplace=True)
    if "CFF " in font:
        _make_quadratic(font)
    font.flavor = None


def _make_quadratic(font: TTFont) -> None:
    """Put TrueType outlines in the place of PostScript ones."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    error = TOLERANCE * font["head"].unitsPerEm
    made = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"] = newTable("loca")
    outlines = font["glyf"] = newTable("glyf")
    outlines.glyphOrder, outlines.glyphs = order, made
    for name in order:
        made[name].recalcBounds(outlines)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(made[name], "xMin", 0))
    most = font["maxp"]
    most.tableVersion = 0x00010000
    for name in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs"):
        setattr(most, name, 1 if name == "maxZones" else 0)
    for name in ("maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"):
        setattr(most, name, 0)
    most.maxComponentElements = 0
    font["post"].formatType = 3.0
    del font["CFF "]
    font.sfntVersion = "\x00\x01\x00\x00"


def number_in(path: Path) -> int:
    """Which face of a collection: the one for simplified Chinese, else the first."""
    if path.suffix.lower() not in {".ttc", ".otc"}:
        return -1
    with TTCollection(str(path), lazy=True) as collection:
        for number, face in enumerate(collection.fonts):
            if "SC" in (face["name"].getBestFamilyName() or "").split():
                return number
    return 0
