"""Who points at a revision: what is pointed at is never thinned.

Rooms that keep a revision's number register how to find those numbers, in their `AppConfig.ready`.
"""

from collections.abc import Callable, Iterable

# Of a scene's key, the numbers of its revisions that something points at.
Pointers = Callable[[int], Iterable[int]]

_all: list[Pointers] = []


def register(pointers: Pointers) -> None:
    """Have the numbers `pointers` gives kept."""
    if pointers not in _all:
        _all.append(pointers)


def pointed_at(scene: int) -> set[int]:
    """The numbers of a scene's revisions that anything points at."""
    return {number for pointers in _all for number in pointers(scene)}
