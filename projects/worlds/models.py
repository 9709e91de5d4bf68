"""Worlds and their bible: people, places, technologies, terms."""

from django.db import models, transaction
from django.db.models import Case, Count, F, OuterRef, Subquery, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.images.models import Image, Version
from studio.lib.ordering import Positioned
from studio.lib.text import is_chinese

LANGUAGES = [("en", "English"), ("zh-Hans", "中文")]


class WorldQuerySet(models.QuerySet["World"]):
    """Which worlds."""

    def with_entry_count(self) -> "WorldQuerySet":
        """Each with entry_count, how much its bible holds."""
        return self.annotate(entry_count=Count("entries"))


class World(models.Model):
    """What is true; books tell of it."""

    title = models.CharField(_("Title"), max_length=200)
    other_title = models.CharField(_("Title in the other language"), max_length=200, blank=True)
    # The author's seal: a character, and its outline, made once so that no reader needs its font.
    seal = models.CharField(max_length=1, blank=True)
    seal_path = models.TextField(blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = WorldQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def language(self) -> str:
        """The language of its title."""
        return "zh-Hans" if is_chinese(self.title) else "en"

    @property
    def other_language(self) -> str:
        """The language of its other title."""
        return "zh-Hans" if is_chinese(self.other_title) else "en"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Which entries."""

    def without_body(self) -> "EntryQuerySet":
        """For an index: all but the long text."""
        return self.defer("body", "extra")

    def with_covers(self) -> "EntryQuerySet":
        """Each with `cover`: the version its picture shows, its `pick` before its newest."""
        visible = Version.objects.visible().filter(image=OuterRef("picture"))
        picked = Case(When(pk=F("image__pick"), then=1), default=0)
        return self.annotate(
            pick=F("picture__pick"),
            cover=Subquery(visible.order_by(picked.desc(), "-number").values("pk")[:1]),
        )

    def with_names(self) -> "EntryQuerySet":
        """With its world and the names it goes by."""
        return self.select_related("world").prefetch_related("aliases")


class Entry(Positioned):
    """One thing of the bible."""

    scope_fields = ("world",)

    class Kind(models.TextChoices):
        """What sort of thing."""

        PERSON = "person", _("Person")
        PLACE = "place", _("Place")
        IDEA = "idea", _("Idea")
        MACHINE = "machine", _("Machine")
        EVENT = "event", _("Event")
        THREAD = "thread", _("Thread")
        NOTE = "note", pgettext_lazy("entry", "Note")

    # Threads stand in a column of their own.
    TABS = (
        ("person", _("People")),
        ("place", _("Places")),
        ("idea", _("Ideas")),
        ("machine", _("Machines")),
        ("event", _("Events")),
        ("note", _("Notes")),
    )

    world = models.ForeignKey(World, models.CASCADE, related_name="entries")
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind, default=Kind.NOTE)
    title = models.CharField(_("Name"), max_length=200)
    other_title = models.CharField(_("Name in the other language"), max_length=200, blank=True)
    summary = models.CharField(_("In one line"), max_length=300, blank=True)
    body = models.TextField(_("All that is true"), blank=True)
    picture = models.ForeignKey(
        Image,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("Picture"),
    )
    status = models.CharField(max_length=80, blank=True)
    source_key = models.CharField(max_length=300, blank=True, db_index=True)
    extra = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta(Positioned.Meta):
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.title

    @property
    def other_language(self) -> str:
        """The language of its other name."""
        return "zh-Hans" if is_chinese(self.other_title) else "en"

    @property
    def language(self) -> str:
        """The language of its text."""
        return "zh-Hans" if is_chinese(self.body or self.summary or self.title) else "en"

    @property
    def paragraphs(self) -> list[str]:
        """All that is true, line by line."""
        return [line.strip() for line in self.body.splitlines() if line.strip()]

    def begin_picture(self) -> Image:
        """A new, empty picture of its own, or the one it has."""
        with transaction.atomic():
            if self.picture is None:
                self.picture = Image.objects.create(title=self.title)
                self.save(update_fields=["picture"])
        return self.picture

    def set_aliases(self, names: list[str]) -> None:
        """Be known under `names`, and under no others."""
        wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
        self.aliases.exclude(name__in=wanted).delete()
        for name in wanted:
            self.aliases.get_or_create(name=name)


class Alias(models.Model):
    """Another name of an entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="one_alias_each")]

    def __str__(self) -> str:
        return self.name
