"""The pieces of the public page, as the author's side sees them: what would be, and what is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from studio.public import facts, facts_of_hours
from studio.public.models import Piece, Publication
from studio.public.models.publication import digest
from studio.public.source import Studio


@dataclass
class Offer:
    """A piece, what would be published of it now, and the copy that is public."""

    piece: Piece
    title: str
    lang: str
    facts: dict[str, Any] | None
    live: Publication | None
    studio: Studio
    subject: Any = None

    @property
    def name(self) -> str:
        """As in its address."""
        return self.piece.name

    @property
    def kind(self) -> str:
        """What sort of piece."""
        return self.piece.kind

    @cached_property
    def state(self) -> str:
        """private, public, changed (since it was published) or gone (from the studio)."""
        if self.facts is None:
            return "gone" if self.live else "private"
        if self.live is None:
            return "private"
        return "public" if self.live.source == digest(self.facts) else "changed"


class Counter:
    """All pieces, from a fixed number of queries."""

    def __init__(self, studio: Studio | None = None) -> None:
        self.studio = studio or Studio()
        self.pieces = {piece.name: piece for piece in Piece.objects.all()}
        copies = Publication.objects.live().exclude(kind="letter")
        self.live = {copy.public_id: copy for copy in copies}

    def piece(self, name: str) -> Piece:
        """The one with this name, not saved before something is chosen or published."""
        return self.pieces.get(name) or Piece(name=name)

    def options(self, name: str) -> dict[str, Any]:
        """What was chosen for it."""
        chosen: dict[str, Any] = self.piece(name).options
        return chosen

    @cached_property
    def offers(self) -> list[Offer]:
        """Every piece there is something to publish of, and every one that is still public."""
        found = list(self.all())
        named = {offer.name for offer in found}
        found += [
            self.offer(piece.name, _("No longer in the studio"), None)
            for piece in self.pieces.values()
            if piece.name not in named and piece.public_id in self.live
        ]
        return [offer for offer in found if offer.facts is not None or offer.live is not None]

    def find(self, name: str) -> Offer | None:
        """The piece with this name."""
        return next((offer for offer in self.offers if offer.name == name), None)

    def offer(self, name: str, title: str, made: Any, lang: str = "", subject: Any = None) -> Offer:
        """One of them."""
        piece = self.piece(name)
        live = self.live.get(piece.public_id)
        return Offer(piece, title, lang, made, live, self.studio, subject)

    def all(self) -> Iterator[Offer]:
        """In the order of the page."""
        studio, of = self.studio, self.options
        yield self.offer("front", _("Name and picture"), facts.front(studio, of("front")))
        made = facts.intention(studio, of("intention"))
        yield self.offer("intention", _("Why I started"), made)
        for volume in studio.volumes:
            name, book = f"book-{volume.book.pk}", volume.book
            if volume.twin and f"book-{volume.twin.book.pk}" in self.pieces:
                name = f"book-{volume.twin.book.pk}"  # it was chosen when the twin was further on
            made = facts.book(studio, volume, of(name))
            yield self.offer(name, book.title, made, book.language, volume)
        for concept in studio.concepts:
            if concept.stage == "released":
                name = f"film-{concept.pk}"
                made = facts.film(studio, concept, of(name))
                yield self.offer(name, concept.title, made, "", concept)
        yield self.offer("making", _("In the making"), facts.making(studio, of("making")))
        made = facts.concepts(studio, of("concepts"))
        yield self.offer("concepts", _("Films to come"), made)
        yield self.offer("frame", _("Before and after"), facts.frame(studio, of("frame")))
        made = facts_of_hours.hours(studio, of("hours"))
        yield self.offer("hours", _("Hours"), made)
        yield from self.milestones()

    def milestones(self) -> Iterator[Offer]:
        """Those reached, and the author's own."""
        for marks in self.studio.milestones:
            name = f"milestone-{marks.pk}"
            done, day = facts_of_hours.reached(self.studio, marks, self.options("hours"))
            if done or self.piece(name).public_id in self.live:
                made = facts.milestone(self.studio, marks, day, {}) if done else None
                title = _("%(h)s hours") % {"h": f"{marks.hours:,}"}
                yield self.offer(name, title, made)
        for name, piece in self.pieces.items():
            if name.startswith("milestone-own"):
                made = facts.own_milestone(piece.options)
                words = made["names"][0] if made["names"] else ["", _("Untitled")]
                yield self.offer(name, words[1], made, words[0])
