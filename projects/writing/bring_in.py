"""Keep what a reader read: once, and never over the author's own words.

Each piece carries a source key. A second import finds it again: an unchanged piece stays, a piece
changed at the source gets a new revision, and where the author has changed it in the studio too the
incoming text is kept aside for them to compare.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from projects.worlds.models import Entry, World
from projects.writing.manuscript import Manuscript, Node
from projects.writing.models import Book, Chapter, Part, Remark, Scene, Stale, Status, Unchanged
from studio.lib.text import is_chinese


@dataclass
class Outcome:
    """What became of the pieces: (kind, "added" | "changed" | "kept aside" | "unchanged")."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    books: list[Book] = field(default_factory=list)

    def note(self, kind: str, fate: str) -> None:
        """Count one."""
        self.counts[kind, fate] += 1

    def of(self, fate: str) -> int:
        """How many pieces met this fate."""
        return sum(number for (_, each), number in self.counts.items() if each == fate)


def bring_in(manuscript: Manuscript, world: World) -> Outcome:
    """Keep all of `manuscript` in `world`, or nothing of it when something fails."""
    outcome = Outcome()
    with transaction.atomic():
        for node in manuscript.books:
            outcome.books.append(_book(node, world, outcome))
        for node in manuscript.entries:
            _entry(node, world, outcome)
    return outcome


def _book(node: Node, world: World, outcome: Outcome) -> Book:
    sample = "\n".join(each.text for each in node.walk())[:20_000]
    language = "zh-Hans" if is_chinese(sample or node.title) else "en"
    title = node.title[:200]
    book, made = Book.objects.get_or_create(
        world=world, source_key=node.key[:300], defaults={"title": title, "language": language}
    )
    outcome.note("book", "added" if made else "unchanged")
    statuses = {status.label: status for status in book.statuses.all()}
    for each in node.walk():
        label = each.status[:80]
        if label and label not in statuses:
            statuses[label] = Status.objects.create(book=book, label=label)
    for child in node.children:
        if child.kind == "part":
            part, made = Part.objects.get_or_create(
                book=book,
                source_key=child.key[:300],
                defaults={"title": child.title[:200], "source_lines": child.lines},
            )
            outcome.note("part", "added" if made else "unchanged")
            for grandchild in child.children:
                _chapter(grandchild, book, part, statuses, outcome)
        else:
            _chapter(child, book, None, statuses, outcome)
    return book


def _chapter(
    node: Node, book: Book, part: Part | None, statuses: dict[str, Status], outcome: Outcome
) -> None:
    chapter, made = Chapter.objects.get_or_create(
        book=book,
        source_key=node.key[:300],
        defaults={
            "part": part,
            "title": node.title[:200],
            "numbered": node.numbered and bool(node.title),
            "status": statuses.get(node.status[:80]),
            "synopsis": node.synopsis,
            "source_lines": node.lines,
        },
    )
    outcome.note("chapter", "added" if made else "unchanged")
    for child in node.children:
        _scene(child, chapter, statuses, outcome)


def _scene(node: Node, chapter: Chapter, statuses: dict[str, Status], outcome: Outcome) -> None:
    scene, made = Scene.objects.get_or_create(
        chapter__book=chapter.book,
        source_key=node.key[:300],
        defaults={
            "chapter": chapter,
            "title": node.title[:200],
            "status": statuses.get(node.status[:80]),
            "synopsis": node.synopsis,
            "source_lines": node.lines,
        },
    )
    if made:
        if node.text:
            scene.revise(node.text, base=0, kind="import", device="import")
        _remarks(node, scene)
        outcome.note("scene", "added")
        return
    brought = scene.revisions.filter(device="import").with_text().order_by("-number").first()
    if (brought.text if brought else "") == node.text:
        outcome.note("scene", "unchanged")
        return
    # Made from what was brought in last: stale, and so kept aside, when the author went on since.
    result = scene.revise(
        node.text, base=brought.number if brought else 0, kind="import", device="import"
    )
    fates = {Stale: "kept aside", Unchanged: "unchanged"}
    outcome.note("scene", fates.get(type(result), "changed"))


def _remarks(node: Node, scene: Scene) -> None:
    Remark.objects.bulk_create(
        Remark(
            scene=scene,
            body=remark.body,
            start=remark.start,
            prefix=node.text[max(0, remark.start - 32) : remark.start],
            suffix=node.text[remark.start : remark.start + 32],
            revision=scene.head,
            source_key=f"{node.key}~{number}"[:300],
        )
        for number, remark in enumerate(node.remarks)
    )


def _entry(node: Node, world: World, outcome: Outcome) -> None:
    extra = {"lines": node.lines, "folder": node.extra.get("folder", "")}
    entry, made = Entry.objects.get_or_create(
        world=world,
        source_key=node.key[:300],
        defaults={
            "kind": node.extra.get("kind", "note"),
            "title": node.title[:200],
            "summary": node.synopsis[:300],
            "body": node.text,
            "status": node.status[:80],
            "extra": {**extra, "brought": node.text},
        },
    )
    if made:
        entry.set_aliases([name for name in node.extra.get("names", []) if name != entry.title])
        outcome.note("entry", "added")
    elif entry.extra.get("brought") == node.text:
        outcome.note("entry", "unchanged")
    elif entry.body == entry.extra.get("brought"):
        entry.body, entry.extra = node.text, {**entry.extra, "brought": node.text}
        entry.save(update_fields=["body", "extra"])
        outcome.note("entry", "changed")
    else:
        entry.extra = {**entry.extra, "aside": node.text}
        entry.save(update_fields=["extra"])
        outcome.note("entry", "kept aside")
