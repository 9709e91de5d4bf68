"""A scene's text as HTML for reading: every line a paragraph, a little Markdown inside the line.

The inline rule is our own, since CommonMark's "flanking" rule breaks emphasis that ends in a
full-width mark (`**宇宙。**是` stays unset there): here a run of marks opens when no white space
follows it, and closes when none stands before it. Nothing but text and our own few elements is
ever written, so no input can become markup.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

BREAK = re.compile(r"[ \t\u3000]*(?:[-*_＊—·⁂][ \t\u3000]*){3,}|[ \t\u3000]*⁂[ \t\u3000]*")
HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t#]*")
QUOTE = re.compile(r"[ \t]*>[ \t]?(.*)")
TOKEN = re.compile(r"\\([\\*_~#>-])|(\*+|_+|~~)")
ELEMENTS = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "s"}
BLANK = " \t\u3000\xa0"


@dataclass(frozen=True)
class Block:
    """One line: kind paragraph, quote, heading or break; its HTML; its number from 0."""

    kind: str
    html: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs of `text`. Empty lines mean nothing; an indent typed by hand is dropped."""
    for number, line in enumerate(text.split("\n")):
        words = line.strip(BLANK)
        if not words:
            continue
        if BREAK.fullmatch(words):
            yield Block("break", "", number)
        elif heading := HEADING.fullmatch(words):
            yield Block("heading", inline(heading[1]), number)
        elif quote := QUOTE.fullmatch(words):
            if said := quote[1].strip(BLANK):
                yield Block("quote", inline(said), number)
        else:
            yield Block("paragraph", inline(words), number)


def to_html(text: str, *, lines: bool = False) -> str:
    """Safe HTML of a whole scene: p, blockquote, hr, em, strong, s, and p.subhead for headings.

    With `lines` each p says in data-line which line of the text it is, counted from 0.
    """
    parts = []

    def at(block: Block) -> str:
        return f' data-line="{block.line}"' if lines else ""

    for kind, group in groupby(blocks(text), key=lambda block: block.kind):
        if kind == "break":
            parts.append('<hr class="scene-break">')
        elif kind == "heading":
            parts += [f'<p class="subhead"{at(block)}>{block.html}</p>' for block in group]
        else:
            said = "\n".join(f"<p{at(block)}>{block.html}</p>" for block in group)
            parts.append(f"<blockquote>{said}</blockquote>" if kind == "quote" else said)
    return "\n".join(parts)


@dataclass
class Opened:
    """A run of marks that may yet open something."""

    mark: str
    left: int
    place: int
    tags: str = ""


def inline(line: str) -> str:
    """One line with *emphasis*, **strong** and ~~struck~~ as elements and all else escaped."""
    out: list[str] = []
    opened: list[Opened] = []
    end = 0
    for found in TOKEN.finditer(line):
        out.append(escape(line[end : found.start()]))
        before = line[found.start() - 1 : found.start()] if found.start() else ""
        end = found.end()
        if found[1]:  # a backslash: the mark itself is meant
            out.append(escape(found[1]))
            continue
        mark, left = found[2][0], len(found[2])
        after = line[end : end + 1]
        closes, opens = bool(before.strip(BLANK)), bool(after.strip(BLANK))
        if mark == "_":  # snake_case is a word
            closes, opens = closes and not after.isalnum(), opens and not before.isalnum()
        while closes and left and left <= 3:
            entry = partner(opened, mark, left)
            if entry is None or not "".join(out[entry.place + 1 :]):
                break
            size = 2 if min(left, entry.left) >= 2 else 1
            element = ELEMENTS[mark * size]
            out.append(f"</{element}>")
            entry.tags = f"<{element}>{entry.tags}"
            entry.left -= size
            left -= size
            out[entry.place] = mark * entry.left + entry.tags
            # What was opened inside and never closed stays as it was typed.
            del opened[opened.index(entry) + bool(entry.left) :]
        if left:
            if opens and left <= 3:
                opened.append(Opened(mark, left, len(out)))
            out.append(mark * left)
    out.append(escape(line[end:]))
    return "".join(out)


def partner(opened: list[Opened], mark: str, size: int) -> Opened | None:
    """What a closing run of `size` marks closes: the nearest of its size, else the nearest."""
    same = [entry for entry in reversed(opened) if entry.mark == mark]
    return next((entry for entry in same if entry.left == size), same[0] if same else None)
