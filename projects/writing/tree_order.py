"""The order of a book as plain keys: what stands where, and where it goes.

A tree is a list of (key of the holder, keys of what it holds), in reading order: parts in a book,
chapters in parts, scenes in chapters. A place is (holder, the key it stands before); no key to
stand before means last.
"""

import hashlib
from collections.abc import Iterable, Sequence

Tree = list[tuple[str, list[str]]]
Place = tuple[str, str]


class Nowhere(ValueError):
    """The tree has no such thing, or no such place."""


def version(trees: Iterable[Tree]) -> str:
    """Sixteen characters that differ when anything stands elsewhere."""
    said = "\n".join(
        f"{holder}({' '.join(keys)})" for tree in trees for holder, keys in [*tree, ("-", [])]
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def find(tree: Tree, key: str) -> tuple[int, int]:
    """The number of the holder of `key`, and its place there; Nowhere when none has it."""
    for at, (_holder, keys) in enumerate(tree):
        if key in keys:
            return at, keys.index(key)
    raise Nowhere


def place_of(tree: Tree, key: str) -> Place:
    """Where `key` stands: moved there, it stays."""
    at, place = find(tree, key)
    holder, keys = tree[at]
    return holder, following(keys, place + 1)


def stepped(tree: Tree, key: str, way: int) -> Place:
    """The place one step on (1) or back (-1): past a neighbour, or over the edge of its holder."""
    at, place = find(tree, key)
    holder, keys = tree[at]
    if 0 <= place + way < len(keys):
        return holder, following(keys, place + 2 if way > 0 else place - 1)
    if not 0 <= at + way < len(tree):
        return place_of(tree, key)
    beside, theirs = tree[at + way]
    return beside, following(theirs, 0) if way > 0 else ""


def moved(tree: Tree, key: str, place: Place) -> Tree:
    """The tree with `key` at `place`; Nowhere when there is no such holder or neighbour."""
    find(tree, key)
    holder, before = place
    if before == key:
        return [(name, list(keys)) for name, keys in tree]
    left = [(name, [one for one in keys if one != key]) for name, keys in tree]
    target = next((keys for name, keys in left if name == holder), None)
    if target is None or (before and before not in target):
        raise Nowhere
    target.insert(target.index(before) if before else len(target), key)
    return left


def following(keys: Sequence[str], place: int) -> str:
    """The key at `place`; nothing beyond the end."""
    return keys[place] if 0 <= place < len(keys) else ""
