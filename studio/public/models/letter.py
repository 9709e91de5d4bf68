"""Letters to those who follow: written in private, published as copies."""

from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from projects.worlds.models import LANGUAGES
from studio.public import letter_text
from studio.public.tongues import clean
from studio.store.days import Days

from .piece import NotReady
from .publication import Publication, new_public_id

FIELDS = ("kind", "language", "title", "body", "other_title", "other_body")


@dataclass(frozen=True)
class Elsewhere:
    """The letter as another page saved it after this one was opened."""

    letter: "Letter"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Which letters."""

    def here(self) -> "LetterQuerySet":
        """Those not removed, the last written first."""
        return self.filter(removed=None).order_by("-updated", "-pk")


class Letter(models.Model):
    """One letter or essay, in one or both languages."""

    class Kind(models.TextChoices):
        """How it is called."""

        LETTER = "letter", pgettext_lazy("kind of text", "Letter")
        ESSAY = "essay", pgettext_lazy("kind of text", "Essay")

    kind = models.CharField(gettext_lazy("Kind"), max_length=8, choices=Kind, default=Kind.LETTER)
    language = models.CharField(
        gettext_lazy("Language"), max_length=8, choices=LANGUAGES, default="en"
    )
    title = models.CharField(gettext_lazy("Title"), max_length=200, blank=True)
    body = models.TextField(gettext_lazy("Text"), blank=True)
    other_title = models.CharField(
        gettext_lazy("Title in the other language"), max_length=200, blank=True
    )
    other_body = models.TextField(gettext_lazy("Text in the other language"), blank=True)
    public_id = models.CharField(max_length=20, default=new_public_id, unique=True, editable=False)
    edition = models.PositiveIntegerField(default=0, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(default=timezone.now, editable=False)
    removed = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title or self.other_title or str(_("Untitled"))

    @property
    def other_language(self) -> str:
        """The language of its counterpart."""
        return "en" if self.language == "zh-Hans" else "zh-Hans"

    @property
    def texts(self) -> list[tuple[str, str, str]]:
        """(language, title, body) of each that has words."""
        each = (
            (self.language, self.title.strip(), self.body.strip()),
            (self.other_language, self.other_title.strip(), self.other_body.strip()),
        )
        return [(lang, clean(head), clean(text)) for lang, head, text in each if head or text]

    @property
    def fields(self) -> dict[str, str]:
        """What the author writes."""
        return {name: getattr(self, name) for name in FIELDS}

    @property
    def facts(self) -> dict[str, Any]:
        """What would be published."""
        return {
            "kind": self.kind,
            "texts": {
                lang: {"title": title, **rendered(body, lang)} for lang, title, body in self.texts
            },
        }

    def write(self, fields: dict[str, str], base: int) -> Elsewhere | None:
        """Save what was written over edition `base`; what another page saved since is not lost.

        Then nothing is changed, and the letter as it is now is answered.
        """
        with transaction.atomic():
            now = Letter.objects.select_for_update().get(pk=self.pk)
            if now.fields != fields:
                if now.edition != base:
                    return Elsewhere(now)
                for name in FIELDS:
                    setattr(now, name, fields[name])
                now.edition += 1
                now.updated = timezone.now()
                now.save()
        self.refresh_from_db()
        return None

    def publish(self) -> Publication:
        """Make it public as it is now; raises NotReady. What is written later stays private."""
        texts = self.texts
        if not any(body for _lang, _title, body in texts):
            raise NotReady(_("There is no text to publish yet. Write some words first."))
        if not all(title and body for _lang, title, body in texts):
            raise NotReady(_("Each language needs a title and a text before it is published."))
        facts = self.facts
        first = Publication.objects.filter(public_id=self.public_id).order_by("pk").first()
        day = first.payload["day"] if first else Days.of_the_studio().today().isoformat()
        payload = {**facts, "day": day}
        return Publication.objects.publish(self.public_id, "letter", facts, payload, [])

    def remove(self) -> None:
        """Put it away; a letter that stands on the public page is withdrawn first."""
        if Publication.objects.live().filter(public_id=self.public_id).exists():
            raise NotReady(_("This letter is public. Withdraw it first."))
        Letter.objects.filter(pk=self.pk).update(removed=timezone.now())

    def bring_back(self) -> None:
        """Undo `remove`."""
        Letter.objects.filter(pk=self.pk).update(removed=None)


def rendered(body: str, lang: str) -> dict[str, str | bool]:
    """The text as the page shows it, its opening for the front page, its words for excerpts."""
    chinese = lang == "zh-Hans"
    return {
        "html": letter_text.html(body, chinese),
        "opening": letter_text.html(body, chinese, paragraphs=2),
        "words": " ".join(letter_text.plain(body).split())[:300],
        "more": letter_text.block_count(body, chinese) > 2,
    }
