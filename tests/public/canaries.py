"""A word for each private field and file of a studio, to be found should it come out."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from projects.images.models import Image
from projects.videos.models import Concept
from tests.test_architecture import HEIGHT

from . import make

FIRST_ID = 731_000_000  # ids of the studio begin here, so that one is known when it is seen
# What names things for the studio itself. Their own values are what must not come out.
KEPT = {
    *("accounts.User.language", "accounts.User.theme", "images.Rendition.name"),
    *("images.Version.format", "public.Letter.language", "public.Piece.name", "store.Job.lease"),
    *("store.Job.task", "store.Setting.key", "timelog.Kind.key", "timelog.TimeEntry.zone"),
    *("store.Blob.sha256", "writing.Book.language"),
    *("store.Job.worker", "store.Job.subject"),
    *("store.Setting.value", "store.Job.args", "store.Job.kwargs", "images.Rendition.index"),
    *("images.Version.error", "public.Piece.options"),
}
PUBLIC_NAMES = {"public.Letter.public_id", "public.Piece.public_id"}
SHORT = 12  # a value that is shorter stands in any page by chance
COPIES = {"Publication", "PublicMedia"}


class Canaries:
    """A word for each field of each row: word -> whose it is."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def word(self, where: str, most: int | None) -> str:
        number = f"{len(self.words):04d}"
        said = f"qz{number}x"
        if ".other_" in where:  # what stands in the other language is Chinese, as in life
            said = "暗鸟" + "".join("零一二三四五六七八九"[int(digit)] for digit in number)
        assert most is None or most >= len(said), where
        self.words[said] = where
        return said

    def fill(self, row: models.Model) -> None:
        """Put a word into every text of `row`; what the studio needs is watched as it is."""
        changed = {}
        for field in row._meta.concrete_fields:
            where = f"{row._meta.label}.{field.attname}"
            value = getattr(row, field.attname)
            if field.is_relation or (field.choices and where not in KEPT) or where in PUBLIC_NAMES:
                continue
            if where in KEPT:
                if isinstance(value, str) and len(value) >= SHORT:
                    self.words[value] = where
            elif field.max_length is not None and field.max_length < SHORT:
                continue  # one letter is no secret
            elif isinstance(field, models.CharField | models.TextField):
                changed[field.attname] = self.word(where, field.max_length)
            elif isinstance(field, models.JSONField):
                empty = [] if field.default is list else {}
                word = self.word(where, None)
                changed[field.attname] = [word] if empty == [] else {"word": word}
            elif isinstance(field, models.UUIDField) and value:
                self.words[str(value)] = where
                self.words[value.hex] = where
        if changed:
            type(row)._base_manager.filter(pk=row.pk).update(**changed)


def private_models() -> list[Any]:
    return [
        model
        for config in apps.get_app_configs()
        if config.label in HEIGHT
        for model in config.get_models()
        if model.__name__ not in COPIES
    ]


def made(model: Any) -> Any:
    """A row of a model the story has none of; a rule of the database may want one link more."""
    links = [
        field
        for field in model._meta.concrete_fields
        if field.null and (field.is_relation or isinstance(field, models.PositiveIntegerField))
    ]
    for more in ([], *([link] for link in links)):
        try:
            with transaction.atomic():
                return model._base_manager.create(**values_for(model, more))
        except IntegrityError:
            continue
    raise AssertionError(f"the story needs a row of {model._meta.label}")


def values_for(model: Any, more: list[Any]) -> dict[str, Any]:
    """What every row of a model must have."""
    values: dict[str, Any] = {}
    seen: dict[Any, int] = {}  # of two links to one model each takes a row of its own
    for field in model._meta.concrete_fields:
        if field.is_relation:
            if not field.null or field in more:
                place = seen[field.related_model] = seen.get(field.related_model, -1) + 1
                rows = field.related_model._base_manager.order_by("pk")
                there = rows[place : place + 1].first() or rows.first()
                values[field.name] = there or made(field.related_model)
        elif field in more:
            values[field.name] = 1
        elif field.has_default() or field.null or field.name in {"id", "created"}:
            continue
        elif field.choices:
            values[field.name] = field.choices[0][0]
        elif isinstance(field, models.CharField | models.TextField):
            values[field.name] = f"a{uuid4().hex}"[: field.max_length or 40]
        elif isinstance(field, models.UUIDField):
            values[field.name] = uuid4()
        elif isinstance(field, models.DateTimeField):
            values[field.name] = datetime(2026, 11, 19, tzinfo=UTC)
        elif isinstance(field, models.DateField):
            values[field.name] = date(2026, 11, 19)
        else:
            values[field.name] = 1
    return values


def ids_from(first: int) -> None:
    """Every table numbers its rows from `first` on."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if not isinstance(model._meta.pk, models.AutoField):
                continue
            table, column = model._meta.db_table, model._meta.pk.column
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                row = [table, first]
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", row)
            else:
                asked = "SELECT setval(pg_get_serial_sequence(%s, %s), %s)"
                cursor.execute(asked, [table, column, first])


def hide_in_pictures(words: Canaries) -> None:
    """Two versions of a picture that is going to be published, and a poster."""
    image = Image.objects.create(title="Picture with a secret")
    for tone, format in ((30, "PNG"), (60, "JPEG"), (90, "PNG")):
        data = make.secretive(words.word(f"inside a {format}", None), tone, format)
        make.version_of(image, data, f"final_v{tone}.{format.lower()}")
    image.versions.last().pick()
    making = Concept.objects.in_the_making().first()
    making.add_shot("Last", 4).show(image)
    poster = Image.objects.create(title="Poster with a secret")
    data = make.secretive(words.word("inside a poster", None), 50)
    make.version_of(poster, data, "poster.png").pick()
    Concept.objects.get(stage="released").add_shot("Poster", 4).show(poster)
