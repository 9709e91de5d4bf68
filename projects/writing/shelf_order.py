"""The order of a world's books, changed by one verb that refuses what was made from an older one.

Twins stand as one: the shelf draws the one that is further along, and both go where it goes.
"""

from collections.abc import Iterable

from django.db import transaction

from projects.worlds.models import World

from .models import Book
from .order import Moved, StaleTree, key_of
from .tree_order import Nowhere, Place, Tree, find, moved, place_of, stepped, version

Pair = tuple[int, ...]  # a book's key, or its and its twin's, in order


def pairs(rows: Iterable[tuple[int, int | None]]) -> list[Pair]:
    """(key, twin's key) of books in order -> the books with their twins, in order."""
    known = dict(rows)
    found: list[Pair] = []
    while known:
        first = next(iter(known))
        twin = known.pop(first)
        second = twin is not None and known.pop(twin, 0) != 0
        found.append((first, twin) if second and twin is not None else (first,))
    return found


def tree_of(found: Iterable[Pair]) -> Tree:
    """The books as keys; a pair goes by its smaller number, whichever is drawn."""
    return [("", [name(pair) for pair in found])]


def name(pair: Pair) -> str:
    """(9, 7) -> "book-7"."""
    return f"book-{min(pair)}"


def version_of(found: Iterable[Pair]) -> str:
    """The version of the order of these books."""
    return version([tree_of(found)])


def move(world: World, seen: str, what: str, *, to: Place | None = None, step: int = 0) -> Moved:
    """Move `what` ("book-7") before another book or last, or one step on (1) or back (-1).

    `seen` is the version of the order the author saw; StaleTree when it has changed since, and
    nothing is moved then. Nowhere when there is no such book.
    """
    with transaction.atomic():
        World.objects.select_for_update().get(pk=world.pk)
        rows = Book.everything.filter(world=world).order_by("position", "pk")
        books = {book.pk: book for book in rows}
        every = pairs((pk, book.twin_id) for pk, book in books.items())
        shown = pairs((pk, one.twin_id) for pk, one in books.items() if one.trashed is None)
        tree = tree_of(shown)
        if version([tree]) != seen:
            raise StaleTree
        key = within(shown, what)
        back = place_of(tree, key)
        place = stepped(tree, key, step) if to is None else (to[0], to[1] and within(shown, to[1]))
        after = moved(tree, key, place)
        if after != tree:
            # The trash keeps its places among the others, so that it comes back to them.
            goes = place[0], place[1] and within(every, place[1])
            [(_, keys)] = moved(tree_of(every), within(every, key), goes)
            write(books, every, keys)
        _, number = find(after, key)
        now = place_of(after, key)
        return Moved(books[key_of(what)], back, now, number + 1, len(shown), version([after]))


def within(found: Iterable[Pair], key: str) -> str:
    """The name of the pair a book belongs to; Nowhere when it is in none."""
    kind, number = key.partition("-")[0], key_of(key)
    for pair in found:
        if kind == "book" and number in pair:
            return name(pair)
    raise Nowhere


def write(books: dict[int, Book], found: list[Pair], keys: list[str]) -> None:
    """Give the books their numbers, pair by pair in the order of `keys`."""
    named = {name(pair): pair for pair in found}
    order = [pk for key in keys for pk in named[key]]
    for position, pk in enumerate(order, 1):
        books[pk].position = position
    Book.everything.bulk_update(books.values(), ["position"])
