"""A manuscript as JSON, and as a table a person reads."""

import hashlib
from collections.abc import Iterator
from typing import Any

from studio.lib.text import Counts, count

from .tree import Manuscript, Node


def as_json(manuscript: Manuscript) -> dict[str, Any]:
    """The tree: kind, title, status, chars, words, sha256 (of the text, UTF-8), children."""
    nodes = [_node(node) for node in (*manuscript.books, *manuscript.entries)]
    return {
        "kind": "manuscript",
        "format": manuscript.format,
        "title": manuscript.title,
        "status": "",
        "chars": sum(node["chars"] for node in nodes),
        "words": sum(node["words"] for node in nodes),
        "sha256": "",
        "children": nodes,
        "refused": [{"file": each.file, "reason": each.reason} for each in manuscript.refused],
        "left_out": [{"file": each.file, "reason": each.reason} for each in manuscript.left_out],
    }


def _node(node: Node) -> dict[str, Any]:
    children = [_node(child) for child in node.children]
    own = count(node.text)
    kind = node.extra.get("kind", "note") if node.kind == "entry" else node.kind
    return {
        "kind": kind,
        "title": node.title,
        "status": node.status,
        "chars": own.chars + sum(child["chars"] for child in children),
        "words": own.words + sum(child["words"] for child in children),
        "sha256": hashlib.sha256(node.text.encode()).hexdigest() if holds_text(node) else "",
        "children": children,
    }


def holds_text(node: Node) -> bool:
    """Whether a piece of this kind has a text of its own."""
    return node.kind in {"scene", "entry"}


def total(node: Node) -> Counts:
    """The length of a piece with all below it."""
    return sum((count(each.text) for each in node.walk()), Counts())


def rows(manuscript: Manuscript) -> Iterator[tuple[int, str, str, str, Counts]]:
    """(depth, kind, title, status, counts) of each piece, in order."""
    for node in (*manuscript.books, *manuscript.entries):
        yield from _rows(node, 0)


def _rows(node: Node, depth: int) -> Iterator[tuple[int, str, str, str, Counts]]:
    kind = node.extra.get("kind", "note") if node.kind == "entry" else node.kind
    yield depth, kind, node.title, node.status, total(node)
    for child in node.children:
        yield from _rows(child, depth + 1)
