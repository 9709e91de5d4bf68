"""Many entries make room for others at once, and take their place again."""

import hashlib
import json
from collections.abc import Mapping

from timelog.overlap import Stretch

from .change import Told, locked, plain, restore, settle, told

AT_ONCE = 500  # rows


def move_all(stretches: Mapping[int, Stretch]) -> list[Told]:
    """Let entries be at other times, by their pks; what `move_back` needs to undo that."""
    moved: list[Told] = []
    pks = sorted(stretches)
    for some in (pks[at : at + AT_ONCE] for at in range(0, len(pks), AT_ONCE)):
        rows = locked(some)
        before = [told(row) for row in rows]
        for row in rows:
            row.move(stretches[row.pk])
        after = [told(row) for row in locked(some)]
        settle(before, after)
        moved += [{"was": was, "left": digest(row)} for was, row in zip(before, after, strict=True)]
    return moved


def move_back(moved: list[Told]) -> int:
    """Put entries back as they were before `move_all`; how many stay, as they were changed since
    or are gone."""
    stayed = len(moved)
    for some in (moved[at : at + AT_ONCE] for at in range(0, len(moved), AT_ONCE)):
        rows = {row.pk: told(row) for row in locked([each["was"]["id"] for each in some])}
        left = {pk: digest(row) for pk, row in rows.items()}
        same = [each["was"] for each in some if left.get(each["was"]["id"]) == each["left"]]
        settle([rows[was["id"]] for was in same], same)
        for was in same:
            restore(was)
        stayed -= len(same)
    return stayed


def digest(row: Told) -> str:
    """By what it is seen that a row is as it was left."""
    return hashlib.sha256(json.dumps(plain(row), sort_keys=True).encode()).hexdigest()
