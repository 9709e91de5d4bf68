"""Which picture a file is proposed to be a version of, from all pictures there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet

from studio.lib.sentence import Sentence

from . import likeness
from .group_words import ALIKE, MADE_FROM, OTHER_SHAPE, SEVERAL, UNLIKE
from .grouping import copied, pretty, read_name, relation, title_key
from .likeness import ALIKE_WITHIN
from .models import Image, Version
from .weighing import CLOSE, JOINS, PERHAPS, Evidence, confidence, weight

MOST_ALIKE, MOST_PICTURES = 20, 40
FIELDS = ("image", "pk", "number", "filename", "likeness", "width", "height")


class Looked(NamedTuple):
    """What is known of a file: its name, how it looks, its size, the files it names."""

    filename: str
    likeness: int | None = None
    size: tuple[int, int] = (0, 0)
    parents: tuple[str, ...] = ()


@dataclass
class Candidate:
    """A picture the file may be a version of, and what speaks for it."""

    image: Image
    weight: float
    evidence: Evidence
    reasons: list[Sentence] = field(default_factory=list)


@dataclass
class Proposal:
    """Where a file belongs: `image`, or a picture of its own where that is None.

    `perhaps` is the picture it may belong to all the same; `confidence` that of what is proposed.
    """

    image: Image | None
    confidence: float
    reasons: list[Sentence]
    perhaps: Image | None = None


def propose(
    file: Looked,
    among: "QuerySet[Image] | None" = None,
    *,
    here: Image | None = None,
    elsewhere: Iterable[int] = (),
) -> Proposal:
    """The picture that fits best, if one does so clearly.

    `among` are the pictures to choose from, all by default. `here` is the picture of files of the
    same folder and name, `elsewhere` the keys of those of other folders, whose names say nothing.
    """
    found = sorted(
        candidates(file, among, here, set(elsewhere)), key=lambda each: each.weight, reverse=True
    )
    if not found:
        return Proposal(None, confidence(-weight(Evidence("other"))), [])
    best, *others = found
    share = confidence(best.weight)
    if share < JOINS:
        return Proposal(None, 1 - share, [], best.image if share >= PERHAPS else None)
    if others and best.image is not here and best.weight - others[0].weight < CLOSE:
        return Proposal(None, 1 - share, [Sentence(SEVERAL)], best.image)
    return Proposal(best.image, share, best.reasons)


def candidates(
    file: Looked, among: "QuerySet[Image] | None", here: Image | None, elsewhere: set[int]
) -> Iterator[Candidate]:
    """Every picture with anything in common with the file."""
    pictures = Image.objects.all() if among is None else among
    near = Likenesses.near(file.likeness)
    stem = read_name(file.filename).stem
    alike = Version.objects.filter(Q(pk__in=near) | named_like(file) | named_by(file))
    by_title = Q(title__iexact=stem) | Q(title__iexact=pretty(stem)) if stem else Q(pk=None)
    wanted = Q(pk__in=alike.values("image")) | by_title | Q(pk=here and here.pk)
    chosen = {image.pk: image for image in pictures.filter(wanted)[:MOST_PICTURES]}
    versions: dict[int, list[dict[str, Any]]] = {pk: [] for pk in chosen}
    for row in Version.objects.filter(image__in=chosen).order_by("-number").values(*FIELDS):
        versions[row["image"]].append(row)
    for pk, image in chosen.items():
        of_title = {"filename": f"{image.title}.", "likeness": None, "width": 0, "height": 0}
        rows = versions[pk] or [of_title | {"number": 0, "pk": 0}]
        yield best_of(file, image, rows, pk in elsewhere, here is not None and pk == here.pk)


def best_of(
    file: Looked, image: Image, rows: list[dict[str, Any]], is_elsewhere: bool, is_here: bool
) -> Candidate:
    """What speaks for one picture: its nearest name, and the version the file looks most like."""
    relations = {relation(file.filename, row["filename"]) for row in rows}
    relations.add(relation(file.filename, f"{image.title}."))
    if is_here:  # the folder says it where the names are marks alone
        relations -= {"counted"}
        relations |= set() if relations & {"marked", "same", "numbered"} else {"marked"}
    elif is_elsewhere:
        relations &= {"counted", "generic"}
    order = ("marked", "same", "numbered", "generic", "counted")
    name = next((each for each in order if each in relations), "other")
    nearest, bits = nearest_of(file.likeness, rows)
    source = next((row for row in rows if row["filename"] in file.parents), None)
    shape = likeness.same_shape(file.size, (nearest["width"], nearest["height"]))
    evidence = Evidence(name, bits, shape, source is not None)
    reasons = []
    if source:
        reasons.append(Sentence(MADE_FROM, name=source["filename"]))
    if bits is not None and bits <= ALIKE_WITHIN:
        reasons.append(Sentence(ALIKE, number=nearest["number"]))
    elif shape is False:
        reasons.append(Sentence(OTHER_SHAPE, number=nearest["number"]))
    elif bits is not None and bits > 18:
        reasons.append(Sentence(UNLIKE, number=nearest["number"]))
    return Candidate(image, weight(evidence), evidence, reasons)


def nearest_of(look: int | None, rows: list[dict[str, Any]]) -> tuple[dict[str, Any], int | None]:
    """The version that looks most like the file, and by how many bits it differs."""
    told = [row for row in rows if row["likeness"]]
    if look is None or not told:
        return rows[0], None
    best = min(told, key=lambda row: likeness.distance(look, int(row["likeness"], 16)))
    return best, likeness.distance(look, int(best["likeness"], 16))


def named_like(file: Looked) -> Q:
    """Versions whose files have the same name but for the marks, or that this one is a copy of."""
    name = read_name(file.filename)
    alike, of = Q(stem=title_key(name.stem)), copied(file.filename)
    if name.generic:
        return alike & Q(filename__istartswith=f"{of}.") if of else Q(pk=None)
    return alike


def named_by(file: Looked) -> Q:
    """Versions of the files this one says it was made from."""
    stems = {title_key(read_name(parent).stem) for parent in file.parents}
    return Q(stem__in=stems - {""}, filename__in=file.parents)


class Likenesses:
    """The fingerprints of all versions, kept in the process: ten thousand are compared in 1 ms."""

    known: dict[int, int] = {}
    unread: set[int] = set()
    last = 0

    @classmethod
    def near(cls, look: int | None) -> list[int]:
        """The keys of the versions that look most like `look`."""
        if look is None:
            return []
        cls.refresh()
        return [key for _, key in likeness.nearest(look, cls.known.items(), ALIKE_WITHIN)][
            :MOST_ALIKE
        ]

    @classmethod
    def refresh(cls) -> None:
        """Read those that came since, or all again when some are gone."""
        there = Version.objects.aggregate(count=Count("pk"), last=Max("pk"))
        newer = Version.objects.filter(pk__gt=cls.last)
        gone = len(cls.known) + len(cls.unread) + newer.count() > there["count"]
        if gone or (there["last"] or 0) < cls.last:
            cls.forget()
        found = Version.objects.filter(Q(pk__gt=cls.last) | Q(pk__in=list(cls.unread)[:500]))
        for key, look in found.values_list("pk", "likeness"):
            cls.last = max(cls.last, key)
            if look:
                cls.known[key] = int(look, 16)
                cls.unread.discard(key)
            else:
                cls.unread.add(key)

    @classmethod
    def forget(cls) -> None:
        """Begin anew."""
        cls.known, cls.unread, cls.last = {}, set(), 0
