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
    """One line as it is read: kind paragraph, quote, heading or break; its HTML; its line from 0."""

    kind: str
    html: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The paragraphs of `text`. Empty lines mean nothing; an indent typed by hand is dropped."""
    for number, line in enumerate(text.splitlines()):
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


def to_html(text: str) -> str:
    """Safe HTML of a whole scene: p, blockquote, hr, em, strong, s, and p.subhead for headings."""
    parts = []
    for kind, group in groupby(blocks(text), key=lambda block: block.kind):
        if kind == "break":
            parts.append('<hr class="scene-break">')
        elif kind == "heading":
            parts += [f'<p class="subhead">{block.html}</p>' for block in group]
        else:
            lines = "\n".join(f"<p>{block.html}</p>" for block in group)
            parts.append(f"<blockquote>{lines}</blockquote>" if kind == "quote" else lines)
    return "\n".join(parts)


def inline(line: str) -> str:
    """One line with *emphasis*, **strong** and ~~struck~~ as elements and all else escaped."""
    out: list[str] = []
    open_marks: list[tuple[str, int]] = []  # the mark, and its place in `out`
    place = 0
    for found in TOKEN.finditer(line):
        out.append(escape(line[place : found.start()]))
        place = found.end()
        if found[1]:  # a backslash: the mark itself is meant
            out.append(escape(found[1]))
            continue
        run = found[2]
        before = line[found.start() - 1 : found.start()]
        after = line[place : place + 1]
        may_close = bool(before.strip(BLANK))
        may_open = bool(after.strip(BLANK))
        if run[0] == "_":  # snake_case is a word
            may_close = may_close and not after.isalnum()
            may_open = may_open and not before.isalnum()
        rest = "" if len(run) > 3 else run
        if not rest:
            out.append(escape(run))
        while rest and may_close:
            mark = next((m for m, _ in reversed(open_marks) if rest.startswith(m)), "")
            if not mark:
                break
            while open_marks[-1][0] != mark:
                open_marks.pop()  # crossed marks stay as they were typed
            _, start = open_marks.pop()
            if start == len(out) - 1:  # nothing between: `****` is no emphasis
                out.append(mark)
            else:
                out[start] = f"<{ELEMENTS[mark]}>"
                out.append(f"</{ELEMENTS[mark]}>")
            rest = rest[len(mark) :]
        while rest:
            mark = rest if rest == "~~" else rest[:2] if len(rest) != 1 else rest
            if may_open:
                open_marks.append((mark, len(out)))
            out.append(mark)
            rest = rest[len(mark) :]
    out.append(escape(line[place:]))
    return "".join(out)
