"""The tree every reader gives: books, parts, chapters, scenes; and entries of the bible."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class RemarkAt:
    """A remark found in the text, at `start` of the text without it."""

    body: str
    start: int


@dataclass
class Node:
    """One piece. `key` is stable from one reading to the next; `lines` are what is no text.

    `lines` hold [number, line] of the source body, so that they can be written back.
    """

    kind: str
    title: str = ""
    status: str = ""
    text: str = ""
    key: str = ""
    synopsis: str = ""
    numbered: bool = True
    lines: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[RemarkAt] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """This node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Refusal:
    """A file that was not read, and why."""

    file: str
    reason: str


@dataclass
class Manuscript:
    """What a source holds: books and entries; what was refused; what was left where it is."""

    format: str
    title: str
    key: str
    books: list[Node] = field(default_factory=list)
    entries: list[Node] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    left_out: list[Refusal] = field(default_factory=list)


def tidy(lines: list[str]) -> str:
    """Lines as a scene's text: NFC, LF, no blank lines at either end."""
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return unicodedata.normalize("NFC", "\n".join(lines[first:last]))


class Builder:
    """Puts headings and text together, in the order in which they come.

    A text under a book, a part or a chapter without a scene of its own gets an untitled one.
    """

    def __init__(self, book: Node) -> None:
        self.book = book
        self.part: Node | None = None
        self.chapter: Node | None = None
        self.scene: Node | None = None

    def begin_part(self, node: Node) -> None:
        """Chapters from here on stand in this part."""
        self.book.children.append(node)
        self.part, self.chapter, self.scene = node, None, None

    def begin_chapter(self, node: Node) -> None:
        """Scenes from here on stand in this chapter."""
        (self.part or self.book).children.append(node)
        self.chapter, self.scene = node, None

    def begin_scene(self, node: Node) -> None:
        """Text from here on stands in this scene."""
        if self.chapter is None:
            self.begin_chapter(
                Node("chapter", status=node.status, key=f"{node.key}/chapter", numbered=False)
            )
        assert self.chapter is not None
        self.chapter.children.append(node)
        self.scene = node

    def current_scene(self, key: str, status: str) -> Node:
        """The scene that text belongs to; an untitled one when none has begun."""
        if self.scene is None:
            self.begin_scene(Node("scene", status=status, key=key))
        assert self.scene is not None
        return self.scene

    def finish(self) -> Node:
        """The book, without untitled scenes and chapters that stayed empty."""
        self.book.children = _pruned(self.book.children)
        return self.book


def _pruned(nodes: list[Node]) -> list[Node]:
    kept = []
    for node in nodes:
        node.children = _pruned(node.children)
        if node.title or node.text or node.children or node.lines:
            kept.append(node)
    return kept
