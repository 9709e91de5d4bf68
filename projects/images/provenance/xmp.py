"""Adobe's XMP packet (ISO 16684-1) as a flat list: the name of each property, and its value.

Read as it streams by, without a tree: a document that defines entities is refused, and depth and
number of its elements are bounded.
"""

from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat

MOST_DEEP = 60
MOST_ITEMS = 20_000
MOST_LONG = 4 * 1024 * 1024


class Item(NamedTuple):
    """A value with the names of the elements around it, outermost first; `li` tells which
    entry of a list it belongs to, 0 outside of lists."""

    path: tuple[str, ...]
    value: str
    li: int

    @property
    def name(self) -> str:
        """The property's own name, without its namespace."""
        return self.path[-1]


class _TooMuch(Exception):
    """More than an honest packet holds."""


def items(packet: str) -> list[Item]:
    """All properties of a packet in their order; those before a fault, when it has one."""
    reader = _Reader()
    start, end = packet.find("<"), packet.rfind(">")
    if not 0 <= start < end <= MOST_LONG:
        return []
    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = reader.refuse
    with suppress(expat.ExpatError, _TooMuch, ValueError):  # what was read before a fault stands
        parser.Parse(packet[start : end + 1].encode("utf-8", "replace"), True)
    return reader.found


class _Reader:
    """Listens to the parser."""

    def __init__(self) -> None:
        self.found: list[Item] = []
        self.path: list[str] = []
        self.words: list[list[str]] = []
        self.lists: list[int] = [0]
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.path.append(local)
        self.words.append([])
        if len(self.path) > MOST_DEEP:
            raise _TooMuch
        if local == "li":
            self.count += 1
            self.lists.append(self.count)
        for key, value in attributes.items():
            space, _, own = key.rpartition(" ")
            if not space.endswith(("rdf-syntax-ns#", "XML/1998/namespace")):
                self.keep((*self.path, own), value)

    def data(self, words: str) -> None:
        if self.words:
            self.words[-1].append(words)

    def end(self, _name: str) -> None:
        said = "".join(self.words.pop()).strip()
        if said:
            self.keep(tuple(self.path), said)
        if self.path.pop() == "li":
            self.lists.pop()

    def refuse(self, *_: object) -> None:
        raise _TooMuch

    def keep(self, path: tuple[str, ...], value: str) -> None:
        if len(self.found) >= MOST_ITEMS:
            raise _TooMuch
        self.found.append(Item(path, value, self.lists[-1]))
