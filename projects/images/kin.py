"""Which versions a version was made from, told from what its file says: never a guess.

Pure: it is given clues and who could be meant, and answers with findings. What several files
could be meant by is a proposal; so is a name that a tool gives to hundreds of files. An edge that
rests on nothing but the version's own file name is weak and says so. Where a file says nothing at
all, the earlier version it looks most like is proposed, never more: two shots of one place look
alike too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, NamedTuple

from projects.images.likeness import ALIKE_WITHIN, distance
from projects.images.provenance import Recipe
from projects.images.provenance.identity import Identity
from projects.images.provenance.recipe import mapping, rows, text

MOST_VALUE = 300
# Names that counters and habits give: somewhere else the same name is another picture.
_COMMON = re.compile(
    r"(?:image|img|picture|photo|example|test|input|output|temp|tmp|untitled|download|screenshot"
    r"|clipboard|pasted|paste|new|final|grid|mask|result|preview|comfyui|clipspace[\w-]*|unnamed"
    r"|图片|图像|截图|未命名|无标题|下载)?[\s_\-.()（）\d]*",
)
_LETTER = re.compile(r"(?<=\d)[b-z]$")
_WORKED = re.compile(
    r"[\s_.\-]+(?:edit(?:ed)?|retouch(?:ed)?|fix(?:ed)?|copy|精修|修|副本|拷贝)$|(?:副本|精修)$"
)
_ENLARGED = re.compile(r"[\s_.\-]+(?:up-?scaled?|enlarged|\d{1,2}x|x\d{1,2}|hires|放大)$|放大$")


class Clue(NamedTuple):
    """A word of a file about another one: whose id or name it is, and what was made of that.

    `how` is the source an edge from it names: "saved", "derived", "document", "pasted",
    "ingredient", "loaded", "overwritten", "unused" or "named".
    """

    type: str
    value: str
    kind: str
    how: str


class Member(NamedTuple):
    """A version that may be meant."""

    pk: int
    image: int
    number: int
    blob: int


class Finding(NamedTuple):
    """An edge to `parent`; only proposed when the file does not settle it."""

    parent: int
    kind: str
    how: str
    detail: str
    is_certain: bool


def name_key(filename: str) -> str:
    """A file's name as names are compared: without folders, one form of each letter, one case."""
    last = re.split(r"[\\/]", filename)[-1]
    return unicodedata.normalize("NFC", last).strip().casefold()[:MOST_VALUE]


def stem_key(filename: str) -> str:
    """The same without its ending."""
    return PurePath(name_key(filename)).stem


def own_clues(
    filename: str, ids: Identity, signed: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    """What others may call a file by: (type, value); `signed` is what `credentials.read` gave."""
    signed = signed or {}
    told = [
        *(("name", name_key(filename)), ("stem", stem_key(filename))),
        *(("instance", ids.instance), ("document", ids.document)),
        *((type, text(signed.get(type))) for type in ("manifest", "instance")),
    ]
    return [each for each in dict.fromkeys(told) if each[1]]


def parent_clues(
    filename: str,
    ids: Identity,
    recipe: Recipe | None,
    signed: Mapping[str, Any] | None = None,
) -> list[Clue]:
    """What a file says of those it was made from, the surest first."""
    clues = list(_signed_clues(signed or {}))
    if ids.derived_instance:
        clues.append(Clue("instance", ids.derived_instance, "edit", "derived"))
    clues += [
        Clue("instance", save, "edit", "saved")
        for save in reversed(ids.saves)
        if save != ids.instance
    ]
    if recipe is not None:
        named = [*recipe.parents, *(name for name in recipe.kinds if name not in recipe.parents)]
        for name in named:
            kind = recipe.kinds.get(name, "unknown")
            how = "unused" if kind == "unused" else "loaded"
            if name_key(name) == name_key(filename):
                how = "overwritten"  # itself, or what it was saved over
            kind = "unknown" if kind == "unused" else kind
            clues.append(Clue("name", name_key(name), kind, how))
    if ids.derived_document and ids.derived_document != ids.document:
        clues.append(Clue("document", ids.derived_document, "edit", "document"))
    own = {ids.document, ids.original, ids.derived_document}
    clues += [
        Clue("document", each, "reference", "pasted") for each in ids.ancestors if each not in own
    ]
    if weak := _named_after(stem_key(filename)):
        clues.append(Clue("stem", weak[0], weak[1], "named"))
    return [clue for clue in dict.fromkeys(clues) if clue.value]


def _signed_clues(signed: Mapping[str, Any]) -> Iterator[Clue]:
    for each in map(mapping, rows(signed.get("ingredients"))):
        kind = "edit" if each.get("parent") else "reference"
        for type, value in (
            ("manifest", text(each.get("manifest"))),
            ("instance", text(each.get("instance"))),
            ("name", name_key(text(each.get("title")))),
        ):
            if value:
                yield Clue(type, value, kind, "ingredient")


def _named_after(stem: str) -> tuple[str, str] | None:
    """The name this one continues, and how: "v3b" and "v3 copy" continue "v3"."""
    for mark, kind in ((_ENLARGED, "upscale"), (_WORKED, "edit"), (_LETTER, "edit")):
        shorter = mark.sub("", stem)
        if shorter and shorter != stem and re.search(r"\w", shorter):
            return shorter, kind
    return None


def match(
    child: Member, clues: Iterable[Clue], known: Mapping[tuple[str, str], list[Member]]
) -> list[Finding]:
    """Edges of `child` to those `known` by what its clues say: {(type, value): versions}.

    Of its own saves only the latest that is there counts: the ones before are the parents of that
    one. Weak edges are left out where the file itself names a parent. Each parent comes once.
    """
    found: dict[int, Finding] = {}
    has_save = False
    for clue in clues:
        if (clue.how == "saved" and has_save) or (clue.how == "named" and _settled(found)):
            continue
        others = _distinct(child, known.get((clue.type, clue.value), []))
        meant, is_certain = _meant(child, clue, others)
        has_save = has_save or (clue.how in {"saved", "derived"} and bool(meant) and is_certain)
        for one in meant:
            if one.pk not in found:
                found[one.pk] = Finding(one.pk, clue.kind, clue.how, clue.value, is_certain)
    return list(found.values())


def _settled(found: dict[int, Finding]) -> bool:
    return any(each.is_certain for each in found.values())


def _distinct(child: Member, members: list[Member]) -> list[Member]:
    """The others, one for each file; of the same file in two pictures that in the child's own."""
    chosen: dict[int, Member] = {}
    for each in sorted(members, key=lambda one: (one.image != child.image, one.pk)):
        if each.pk != child.pk and each.blob != child.blob:
            chosen.setdefault(each.blob, each)
    return list(chosen.values())


def _meant(child: Member, clue: Clue, others: list[Member]) -> tuple[list[Member], bool]:
    """Those a clue can mean, and whether it is certain that it means them."""
    here = [each for each in others if each.image == child.image]
    if clue.type == "stem" or clue.how == "overwritten":
        earlier = [each for each in here if each.number < child.number]
        return (earlier, True) if len(earlier) == 1 else ([], False)
    if clue.how == "pasted":  # there may be hundreds: only what is certain is worth a word
        return (others, True) if len(others) == 1 else ([], False)
    if clue.how == "unused":
        return (here or others)[:3], False
    if len(here) == 1:
        return here, True
    candidates = (here or others)[:5]
    is_common = clue.type == "name" and _COMMON.fullmatch(PurePath(clue.value).stem) is not None
    return candidates, len(candidates) == 1 and not (is_common and not here)


def looks_like(look: int, earlier: Iterable[tuple[int, int, int]]) -> Finding | None:
    """A proposal to the one of `earlier` versions of the same picture that `look` is nearest to,
    the latest of equals; None where none is near. Those are (pk, number, fingerprint)."""
    near = [
        (bits, -number, pk)
        for pk, number, other in earlier
        if (bits := distance(look, other)) <= ALIKE_WITHIN
    ]
    if not near:
        return None
    bits, _, pk = min(near)
    return Finding(pk, "unknown", "looks", str(bits), False)


def is_above(parent: int, child: int, parents: Mapping[int, Iterable[int]]) -> bool:
    """Whether `child` is `parent`, or among those that was made from: the edge would be a circle.

    `parents` are the edges there are, {version: those it was made from}.
    """
    seen, waiting = {parent}, [parent]
    for each in waiting:
        if each == child:
            return True
        for above in parents.get(each, ()):
            if above not in seen:
                seen.add(above)
                waiting.append(above)
    return False
