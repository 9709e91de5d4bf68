"""The text of a letter: Markdown as the author writes it, as HTML and as plain words."""

from collections.abc import Sequence
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {
    *("p", "br", "em", "strong", "a", "blockquote", "ul", "ol", "li"),
    *("h2", "h3", "h4", "hr", "code", "pre"),
}


@cache
def reader() -> MarkdownIt:
    """CommonMark without HTML; without pictures too, since those would be asked of other hosts."""
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


def html(text: str, chinese: bool = False, paragraphs: int | None = None) -> str:
    """Safe HTML; headings begin at h2. `chinese`: every line is a paragraph, as in the studio.

    `paragraphs` keeps only the first blocks.
    """
    tokens = reader().parse(text)
    if chinese:
        tokens = [token for group in lines(tokens) for token in group]
    if paragraphs is not None:
        tokens = beginning(tokens, paragraphs)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
    rendered = reader().renderer.render(tokens, reader().options, {})
    return nh3.clean(
        rendered,
        tags=TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    ).strip()


def beginning(tokens: Sequence[Token], blocks: int) -> list[Token]:
    """The tokens of the first `blocks` blocks of the outermost level."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        if depth == 0 and blocks == 0:
            break
        kept.append(token)
        depth += token.nesting
        if depth == 0:
            blocks -= 1
    return kept


def block_count(text: str, chinese: bool = False) -> int:
    """How many blocks the outermost level has."""
    tokens = reader().parse(text)
    if chinese:
        tokens = [token for group in lines(tokens) for token in group]
    return sum(token.level == 0 and token.nesting >= 0 for token in tokens)


def lines(tokens: Sequence[Token]) -> list[list[Token]]:
    """Paragraphs of the outermost level, taken apart at their line ends."""
    groups: list[list[Token]] = []
    for place, token in enumerate(tokens):
        inside = token.type == "inline" and token.level == 1
        if not inside or tokens[place - 1].type != "paragraph_open":
            groups.append([token])
            continue
        opened, closed = tokens[place - 1], tokens[place + 1]
        for number, children in enumerate(split_at_breaks(token.children or [])):
            part = Token("inline", "", 0, level=1, children=children)
            groups.append([part] if not number else [closed, opened, part])
    return groups


def split_at_breaks(children: Sequence[Token]) -> list[list[Token]]:
    """At each soft break that is not inside emphasis or a link."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for child in children:
        depth += child.nesting
        if child.type == "softbreak" and depth == 0:
            parts.append([])
        else:
            parts[-1].append(child)
    return parts


def plain(text: str) -> str:
    """Only the words: no marks, an address behind each link, blocks parted by an empty line."""
    blocks: list[str] = []
    bullet: list[str] = []
    tight = False
    for token in reader().parse(text):
        if token.type == "ordered_list_open":
            bullet.append(str(int(token.attrs.get("start", 1))))
        elif token.type == "bullet_list_open":
            bullet.append("·")
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            bullet.pop()
            tight = False
        elif token.type in {"fence", "code_block"}:
            blocks.append(token.content.rstrip("\n"))
        elif token.type == "inline":
            words = inline_words(token.children or [])
            if bullet:
                mark = bullet[-1]
                if mark.isdigit():
                    bullet[-1] = str(int(mark) + 1)
                    mark += "."
                words = f"{mark} {words}"
            if bullet and tight:
                blocks[-1] += f"\n{words}"
            else:
                blocks.append(words)
            tight = bool(bullet)
    return "\n\n".join(blocks)


def inline_words(children: Sequence[Token]) -> str:
    """The words of one paragraph."""
    out: list[str] = []
    links: list[tuple[str, int]] = []
    for child in children:
        if child.type in {"text", "code_inline"}:
            out.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            out.append("\n")
        elif child.type == "link_open":
            links.append((str(child.attrs.get("href", "")), len(out)))
        elif child.type == "link_close":
            address, begun = links.pop()
            if "".join(out[begun:]) not in {address, address.removeprefix("mailto:")}:
                out.append(f" ({address})")
    return "".join(out)
