"""Unique words in every private field and file of the studio; the public side never says one.

A new model or field is under the same guard without a line here: fields are found by looking.
"""

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import get_resolver

from projects.images.models import Image
from projects.videos.models import Concept
from studio.public.models import Letter, Publication, PublicMedia
from studio.public.offers import Counter
from studio.store.models import Job, Setting
from studio.store.worker import run_all
from tests.test_architecture import HEIGHT, addresses
from timelog.models import Milestone, OpeningBalance

from . import make

pytestmark = pytest.mark.django_db
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
# With everything published and every choice to hide taken back, these are shown, and no others.
SHOWN = {
    *("worlds.World.title", "worlds.World.other_title", "worlds.World.seal_path"),
    *("timelog.Intention.text", "timelog.Intention.other_text"),
    *("writing.Book.title", "writing.Book.other_title"),
    *("videos.Concept.title", "videos.Concept.other_title"),
    *("timelog.Milestone.name",),
    *("public.Letter.title", "public.Letter.body"),
    *("public.Letter.other_title", "public.Letter.other_body"),
}


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


@pytest.fixture
def canaries(owner) -> Canaries:
    """A whole studio, a word in each of its fields, and pictures that hide some."""
    ids_from(FIRST_ID)
    words = Canaries()
    make.studio(pictures=False)
    hide_in_pictures(words)
    OpeningBalance.objects.create(
        kind=Milestone.objects.first().kinds.first(), seconds=2_500 * 3600, as_of="2026-01-01"
    )
    make.letter("Draft", "Never published.", other_title="草稿", other_body="从未发布。")
    Setting.write("note.of.the.house", words.word("store.Setting.value", None))
    run_all()
    for model in private_models():
        if model.__name__ != "User":
            rows = list(model._base_manager.all()) or [made(model)]
            for row in rows:
                words.fill(row)
    for path in settings.STUDIO_DATA.rglob("*"):
        if path.is_file() and len(path.name) > SHORT:
            words.words[path.name] = "a file of the studio"
    words.words[str(settings.STUDIO_DATA)] = "the folder of the studio"
    words.words[settings.SECRET_KEY] = "the key"
    words.words[owner.password] = "the passphrase"
    words.words[owner.username + " Yuan"] = "the owner"
    return words


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


# --- the walk -------------------------------------------------------------------------------------
def values_of(pattern: str) -> list[str]:
    """Addresses for a pattern: every id there is, every public name, some that are none."""
    names = {row.public_id for row in Publication.objects.all()}
    names |= set(Letter.objects.values_list("public_id", flat=True)) | {"nothing", "bcdf"}
    media = set(PublicMedia.objects.values_list("name", flat=True)) | {"0" * 64 + ".webp"}
    fills = {
        "int": [str(FIRST_ID + n) for n in range(1, 5)],
        "uuid": [str(pk) for pk in Job.objects.values_list("pk", flat=True)[:2]],
        "slug": sorted(names),
        "str": ["front", "abc"],
        "media": sorted(media),
        "thumb": ["256", "2048"],
    }
    addresses_now = [pattern]
    while "<" in addresses_now[0]:
        kind = re.search(r"<(?:(\w+):)?\w+>", addresses_now[0]).group(1) or "str"
        addresses_now = [
            re.sub(r"<[^>]+>", value, one, count=1)
            for one in addresses_now
            for value in fills.get(kind, ["1", "abc"])
        ]
    return addresses_now


def everywhere() -> list[str]:
    """Every address there is, by the map of addresses, and every stored file by guesses."""
    found = [one for pattern, _, _ in addresses(get_resolver()) for one in values_of(pattern)]
    found += ["/nowhere/", "/progress", "/zh/progress", "/progress/nowhere/", "/zh/progress/x.y"]
    found += ["/robots.txt", "/sitemap.xml", "/static/", "/media/", "/favicon.ico"]
    for path in sorted(settings.STUDIO_DATA.rglob("*")):
        if path.is_file():
            name = path.relative_to(settings.STUDIO_DATA)
            found += [f"{prefix}{name}" for prefix in ("/", "/static/", "/media/", "/progress/")]
            found += [f"/progress/media/{name}", f"/progress/media/../../{name}"]
            found.append(f"/progress/media/{path.name}")
    return list(dict.fromkeys(found))


class Answer:
    """What came over the wire."""

    def __init__(self, address: str, response: Any) -> None:
        self.address, self.status = address, response.status_code
        head = "\n".join(f"{name}: {value}" for name, value in response.items())
        self.cookies = [morsel.OutputString() for morsel in response.cookies.values()]
        body = b"".join(response.streaming_content) if response.streaming else response.content
        self.body = body
        self.bytes = "\n".join([address, head, *self.cookies]).encode() + b"\n\n" + body
        self.vary = response.get("Vary", "")

    def __repr__(self) -> str:
        return f"{self.status} {self.address}"


def walk() -> list[Answer]:
    """Every answer to someone who is not signed in, to GET, HEAD and POST, and error pages."""
    answers = []
    client = Client(raise_request_exception=False)
    for address in everywhere():
        answers.append(Answer("", client.get(address)))
        answers[-1].address = address
        if address.startswith(("/progress", "/zh/")):
            answers += [Answer(address, ask(address)) for ask in (client.head, client.post)]
    host = client.get("/progress/", headers={"Host": "elsewhere.example"})
    answers.append(Answer("/bad-host/", host))
    return answers


def said_in(answers: list[Answer], words: dict[str, str]) -> dict[str, list[str]]:
    """Whose words came out, and where."""
    found: dict[str, list[str]] = {}
    for answer in answers:
        text = answer.bytes.decode("utf-8", "replace")
        for word, where in words.items():
            if word in text.replace(answer.address, "", 1):
                found.setdefault(where, []).append(repr(answer))
    return found


def open_everything() -> None:
    """The choices that show the most."""
    making = Concept.objects.in_the_making().first()
    frame = Image.objects.get(in_shots__shot__number=2).pk
    make.choose("concepts", names=True, pictures=True)
    make.choose("hours", grain="day", delay=24, year=True, forecast=True)
    make.choose("frame", image=frame)
    make.choose("front", image=frame, author="Lin", line="A line.", other_line="一行。")
    make.choose("making", concept=making.pk)


def test_nothing_of_the_studio_comes_out_before_something_is_published(canaries):
    answers = walk()
    assert said_in(answers, canaries.words) == {}
    assert len(canaries.words) > 150  # the words are there to be found


def test_only_what_was_chosen_comes_out_when_everything_is_published(canaries):
    open_everything()
    names = make.publish_all()
    assert {name.partition("-")[0] for name in names} == {
        *("front", "intention", "book", "film", "making", "concepts", "frame", "hours"),
        "milestone",
    }
    answers = walk()
    assert set(said_in(answers, canaries.words)) == SHOWN
    ids = re.compile(rb"731\d{6}")
    seen = {
        repr(one) for one in answers if ids.search(one.bytes.replace(one.address.encode(), b""))
    }
    assert seen == set()
    numbers = re.compile(rb"""(?:href|src|action)=["'][^"']*/\d+/""")
    public = [one for one in answers if one.address.startswith(("/progress", "/zh/"))]
    assert [one for one in public if numbers.search(one.body)] == []
    pictures = [one for one in answers if one.body[:4] == b"RIFF"]
    assert len(pictures) >= 3
    hidden = [
        word.encode()
        for word, where in canaries.words.items()
        if "inside" in where and "Version.inside" not in where
    ]
    assert len(hidden) == 4
    for answer in pictures:
        said = make.streams(make.opened(answer.body))
        assert [one for one in said if any(word in one for word in [*hidden, b"stealth"])] == []


def test_what_is_hidden_by_choice_does_not_come_out(canaries):
    make.choose("concepts", names=False, pictures=False)
    make.choose("hours", forecast=False)
    ahead = Concept.objects.get(stage="idea")
    draft = Letter.objects.order_by("-pk").first()
    hidden = [ahead.title, ahead.other_title, draft.title, draft.body, draft.other_body]
    for offer in Counter().offers:
        offer.piece.publish(offer.facts)
    Letter.objects.order_by("pk").first().publish()
    text = b"".join(one.bytes for one in walk()).decode("utf-8", "replace")
    assert [word for word in hidden if word in text] == []
    assert Letter.objects.order_by("pk").first().title in text


def test_what_was_withdrawn_leaves_no_trace(canaries):
    open_everything()
    make.publish_all()
    walk()  # prints are kept now
    letters = list(Letter.objects.here())
    for copy in Publication.objects.live():
        copy.withdraw()
    answers = walk()
    assert said_in(answers, canaries.words) == {}
    client = Client()
    gone = [f"{zh}/progress/letters/{one.public_id}/" for one in letters for zh in ("", "/zh")]
    assert {client.get(address).status_code for address in gone} == {410}
    media = PublicMedia.objects.values_list("name", flat=True)
    assert {client.get(f"/progress/media/{name}").status_code for name in media} == {410}
    assert b"<entry" not in client.get("/progress/feed.atom").content
