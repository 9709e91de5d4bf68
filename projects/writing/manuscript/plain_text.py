"""Plain text: chapters by the lines that look like chapter headings."""

import re
from pathlib import Path

from studio.lib.sentence import Sentence

from .files import Refused, files_below, inside, read_text
from .markdown import clean_name, join_soft
from .tree import Builder, Manuscript, Node, Refusal, tidy

ENDINGS = (".txt", ".text")
_NUMBER = r"[零〇一二三四五六七八九十百千两\d０-９]+"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[ivxlc]+|\\d+"
_chapter = re.compile(
    rf"^\s*(?:第\s*{_NUMBER}\s*[章回节節集](?:\s.*|[：:、].*|$)|(?:序章|楔子|引子|尾声|尾聲|后记|後記|番外)(?:\s.*|$)"
    rf"|(?:chapter)\s+(?:{_WORDS})\b.{{0,80}}|(?:prologue|epilogue|interlude)(?:\b.{{0,60}})?)\s*$",
    re.IGNORECASE,
)
_part = re.compile(
    rf"^\s*(?:第\s*{_NUMBER}\s*[卷部篇](?:\s.*|[：:、].*|$)|(?:part|book|volume)\s+(?:{_WORDS})\b.{{0,80}})\s*$",
    re.IGNORECASE,
)
_scene_break = re.compile(r"^\s*(?:[*＊]\s*){3,}\s*$|^\s*(?:-\s*){3,}$|^\s*[#＃◇◆※]\s*$")
LONGEST_HEADING = 60


def read_plain_text(root: Path, key: str) -> Manuscript:
    """Read a text file, or all below a folder, each a chapter unless it holds several."""
    manuscript = Manuscript("text", clean_name(root), key)
    book = Node("book", clean_name(root), key=key)
    builder = Builder(book)
    paths = [root] if root.is_file() else files_below(root, ENDINGS)
    base = root.parent if root.is_file() else root
    for path in paths:
        name = str(path.relative_to(base))
        try:
            if not inside(base, path):
                raise Refused(Sentence("The link leads out of the folder."))
            lines = paragraphs(read_text(path))
        except Refused as error:
            manuscript.refused.append(Refusal(name, str(error)))
            continue
        headed = any(_chapter.match(line) or _part.match(line) for line in lines)
        if not headed:
            builder.begin_chapter(Node("chapter", clean_name(path), key=f"{key}:{name}"))
        add_lines(builder, lines, f"{key}:{name}")
    if builder.finish().children:
        manuscript.books.append(book)
    return manuscript


def add_lines(builder: Builder, lines: list[str], key: str) -> None:
    """Split `lines` at headings and scene breaks."""
    rows: list[str] = []
    made = 0

    def close() -> None:
        nonlocal made
        text = tidy(rows)
        rows.clear()
        if text:
            made += 1
            builder.begin_scene(Node("scene", text=text, key=f"{key}#{made}"))

    for line in lines:
        short = len(line.strip()) <= LONGEST_HEADING
        if short and (_chapter.match(line) or _part.match(line)):
            close()
            made += 1
            node = Node("part", " ".join(line.split()), key=f"{key}#{made}")
            if _part.match(line):
                builder.begin_part(node)
            else:
                node.kind = "chapter"
                builder.begin_chapter(node)
        elif _scene_break.match(line):
            close()
        else:
            rows.append(line)
    close()


def paragraphs(text: str) -> list[str]:
    """Lines as they are; paragraphs wrapped by hand at a fixed width are joined."""
    lines = text.split("\n")
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    inner = [len(line) for block in blocks for line in block[:-1]]
    wrapped = len(inner) >= 3 and sum(45 <= length <= 90 for length in inner) > 0.6 * len(inner)
    if not wrapped:
        return lines
    joined = []
    for block in blocks:
        if block:
            joined += [join_soft("\n".join(block), [])[0], ""]
    return joined
