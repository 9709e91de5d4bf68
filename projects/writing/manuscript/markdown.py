"""Markdown files and folders.

Block structure is CommonMark's (markdown-it-py); inline marks stay as they are written, since the
studio keeps prose as Markdown. Every paragraph becomes one line: soft breaks are joined, without a
space between Han characters; hard breaks stay.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from studio.lib.sentence import Sentence

from .files import Refused, files_below, inside, read_text
from .tree import Builder, Manuscript, Node, Refusal, RemarkAt

ENDINGS = (".md", ".markdown", ".mdown")
_parser = MarkdownIt("commonmark")
_front = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_field = re.compile(r"^(\w+)\s*:\s*(.*?)\s*$", re.MULTILINE)
_remark = re.compile(r"[ \u00a0]?(`{3,})(.+?)\1(?!`)", re.DOTALL)
_tag = re.compile(r"</?[A-Za-z][^<>]*>")
_break = re.compile(r"<br\s*/?>\s*\n?", re.IGNORECASE)
_wide = re.compile(
    r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65\u2014\u2018-\u201d\u2026]"
)
_part = re.compile(
    r"^\s*(?:第\S{1,8}[卷部篇]|[卷部]\S{1,4}\b|part\b|book\b|volume\b)", re.IGNORECASE
)
_leading = re.compile(r"^[\d_.\-\s]+")


@dataclass
class Line:
    """One line of prose, a heading (level 1 to 6), or a rule (level -1)."""

    text: str
    level: int = 0
    remarks: list[RemarkAt] = field(default_factory=list)


def read_markdown(root: Path, key: str) -> Manuscript:
    """Read a file, or all Markdown files below a folder; folders in it become parts."""
    manuscript = Manuscript("markdown", clean_name(root), key)
    book = Node("book", clean_name(root), key=key)
    builder = Builder(book)
    paths = [root] if root.is_file() else files_below(root, ENDINGS)
    base = root.parent if root.is_file() else root
    folder = ""
    for path in paths:
        name = str(path.relative_to(base))
        try:
            if not inside(base, path):
                raise Refused(Sentence("The link leads out of the folder."))
            front, lines = read_lines(read_text(path))
        except Refused as error:
            manuscript.refused.append(Refusal(name, str(error)))
            continue
        parent = "" if path.parent == base else str(path.parent.relative_to(base))
        if parent != folder and parent:
            builder.begin_part(Node("part", clean_name(path.parent), key=f"{key}:{parent}"))
        folder = parent
        if len(paths) == 1:
            lines = take_book_title(book, lines)
        elif not any(line.level > 0 for line in lines):
            title = front.get("title") or clean_name(path)
            lines = [Line(title, level=1), *lines]
        add_file(builder, lines, f"{key}:{name}", front, alone=len(paths) == 1)
    manuscript.title = book.title
    if builder.finish().children:
        manuscript.books.append(book)
    return manuscript


def clean_name(path: Path) -> str:
    """A file's name as a title: without its ending and its leading number."""
    stem = unicodedata.normalize("NFC", path.stem if path.is_file() else path.name)
    return _leading.sub("", stem).replace("_", " ").strip() or stem


def take_book_title(book: Node, lines: list[Line]) -> list[Line]:
    """Take a lone first heading above all others as the book's title."""
    levels = [line.level for line in lines if line.level > 0]
    first = next((line for line in lines if line.level or line.text.strip()), None)
    if first is None or first.level <= 0:
        return lines
    if levels.count(first.level) == 1 and len(levels) > 1 and first.level < min(levels[1:]):
        book.title = first.text
        return lines[lines.index(first) + 1 :]
    return lines


def add_file(
    builder: Builder, lines: list[Line], key: str, front: dict[str, str], *, alone: bool
) -> None:
    """Add one file's lines: its heading levels become part, chapter, scene as many as there are."""
    levels = sorted({line.level for line in lines if line.level > 0})
    kinds = kinds_of(levels, lines, alone)
    status = front.get("status", "")
    scene: Node | None = None
    rows: list[str] = []
    remarks: list[RemarkAt] = []
    made = 0

    def close() -> None:
        if scene is not None:
            keep_text(scene, rows, remarks)
        rows.clear()
        remarks.clear()

    for line in lines:
        if line.level > 0:
            close()
            made += 1
            node = Node(kinds[line.level], line.text, status, key=f"{key}#{made}")
            scene = None
            if node.kind == "part":
                builder.begin_part(node)
            elif node.kind == "chapter":
                builder.begin_chapter(node)
            else:
                builder.begin_scene(node)
                scene = node
        elif line.level < 0:
            if scene is not None and any(row.strip() for row in rows):
                close()
                made += 1
                scene = Node("scene", status=status, key=f"{key}#{made}")
                builder.begin_scene(scene)
        else:
            if scene is None:
                if not line.text.strip():
                    continue
                made += 1
                scene = Node("scene", status=status, key=f"{key}#{made}")
                builder.begin_scene(scene)
            offset = sum(len(row) + 1 for row in rows)
            remarks.extend(RemarkAt(each.body, offset + each.start) for each in line.remarks)
            rows.append(line.text)
    close()


def kinds_of(levels: list[int], lines: list[Line], alone: bool) -> dict[int, str]:
    """Which heading level means what. One level: chapters. Two: parts and chapters when the upper
    ones are named like parts, else chapters and scenes. Three or more: part, chapter, scene."""
    tops = [line.text for line in lines if levels and line.level == levels[0]]
    parts = alone and tops and all(_part.match(title) for title in tops)
    names = ["chapter", "scene"]
    if (len(levels) >= 3 and alone) or (len(levels) == 2 and parts):
        names = ["part", "chapter", "scene"]
    return {level: names[min(place, len(names) - 1)] for place, level in enumerate(levels)}


def keep_text(scene: Node, rows: list[str], remarks: list[RemarkAt]) -> None:
    """Give the scene its text without outer blank lines, and its remarks where they then stand."""
    first = 0
    while first < len(rows) and not rows[first].strip():
        first += 1
    skipped = sum(len(row) + 1 for row in rows[:first])
    text = unicodedata.normalize("NFC", "\n".join(rows[first:]).rstrip("\n "))
    scene.text = text
    scene.remarks = [
        RemarkAt(each.body, min(max(0, each.start - skipped), len(text))) for each in remarks
    ]


# --- blocks -------------------------------------------------------------------------------------
def read_lines(source: str) -> tuple[dict[str, str], list[Line]]:
    """The front matter's fields, and the file as lines."""
    front: dict[str, str] = {}
    if found := _front.match(source):
        front = {name.lower(): value.strip("\"'") for name, value in _field.findall(found[1])}
        source = source[found.end() :]
    lines: list[Line] = []
    stack: list[Token] = []
    for token in _parser.parse(source):
        if token.nesting == 1:
            stack.append(token)
        elif token.nesting == -1:
            stack.pop()
        else:
            _add_block(lines, stack, token)
    return front, _without_rule_under_title(lines)


def _add_block(lines: list[Line], stack: list[Token], token: Token) -> None:
    """Add a leaf block; `stack` holds the blocks it stands in."""
    if token.type == "inline" and stack[-1].type == "heading_open":
        title = " ".join(plain(token.content).split())
        lines.append(Line(title, level=int(stack[-1].tag[1])))
    elif token.type == "inline":
        mark = ""
        for block in stack:
            if block.type == "blockquote_open":
                mark += "> "
            elif block.type == "list_item_open":
                mark += f"{block.info}{block.markup} "
        lines.extend(prose(token.content, mark))
    elif token.type == "hr":
        lines.append(Line("", level=-1))
    elif token.type == "html_block":
        lines.extend(html_lines(token.content))
    elif token.type in {"fence", "code_block"}:
        lines.extend(Line(row) for row in token.content.rstrip("\n").split("\n"))


def prose(content: str, mark: str = "") -> list[Line]:
    """A paragraph's lines: one, or more where the author broke them for good."""
    content = _break.sub("\\\n", content)
    found: list[Line] = []
    for piece in re.split(r"(?: {2,}|\\)\n", content):
        text, remarks = take_remarks(piece)
        joined, remarks = join_soft(text, remarks)
        found.append(Line(mark + joined, remarks=remarks))
    return found


def take_remarks(text: str) -> tuple[str, list[RemarkAt]]:
    """Take inline fenced remarks out: ```(…)``` -> a remark at the place where it stood."""
    remarks: list[RemarkAt] = []
    kept, at = [], 0
    for found in _remark.finditer(text):
        kept.append(text[at : found.start()])
        start = sum(len(piece) for piece in kept)
        remarks.append(RemarkAt(plain(found[2]).strip().strip("()（）").strip(), start))
        at = found.end()
    return "".join([*kept, text[at:]]), remarks


def join_soft(text: str, remarks: list[RemarkAt]) -> tuple[str, list[RemarkAt]]:
    """Join soft breaks, drop tags, decode entities, and move the remarks along."""
    ends = sorted({each.start for each in remarks} | {len(text)})
    joined, places, at = "", {}, 0
    for end in ends:
        piece = plain(text[at:end])
        rows = piece.split("\n")
        for number, row in enumerate(rows):
            row = row.strip(" \u00a0\t") if number else row
            if number and joined and row:
                wide = _wide.match(joined[-1:]) and _wide.match(row[:1])
                joined = joined.rstrip(" ") + ("" if wide else " ")
            joined += row
        places[end], at = len(joined), end
    lead = len(joined) - len(joined.lstrip(" \u00a0\t"))
    joined = joined.strip(" \u00a0\t")
    moved = [
        RemarkAt(each.body, min(max(0, places[each.start] - lead), len(joined))) for each in remarks
    ]
    return joined, moved


def plain(text: str) -> str:
    """Without tags, with entities as characters; Markdown's own marks stay."""
    return unescape(_tag.sub("", text))


def _without_rule_under_title(lines: list[Line]) -> list[Line]:
    """Drop a rule that only underlines the first heading."""
    for number, line in enumerate(lines):
        if line.level > 0:
            rest = number + 1
            if rest < len(lines) and lines[rest].level == -1:
                return lines[:rest] + lines[rest + 1 :]
            return lines
    return lines


class _Html(HTMLParser):
    """Collects the paragraphs of an HTML block; a rule is kept as one."""

    BLOCKS = frozenset(
        [
            "p",
            "div",
            "blockquote",
            "br",
            "li",
            "ul",
            "ol",
            "tr",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "section",
            "article",
            "pre",
        ]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.rows.append("")
        elif tag == "hr":
            self.rows += ["\x00", ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS and tag != "br":
            self.rows.append("")

    def handle_data(self, data: str) -> None:
        self.rows[-1] += data


def html_lines(source: str) -> list[Line]:
    """An HTML block as lines of prose."""
    parser = _Html()
    parser.feed(source)
    parser.close()
    lines: list[Line] = []
    for row in parser.rows:
        if row == "\x00":
            lines.append(Line("", level=-1))
            continue
        text, remarks = take_remarks(row)
        joined, remarks = join_soft(text, remarks)
        if joined:
            lines.append(Line(joined, remarks=remarks))
    return lines
