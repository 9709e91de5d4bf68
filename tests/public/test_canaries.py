"""Unique words in every private field and file of the studio; the public side never says one.

A new model or field is under the same guard without a line here: fields are found by looking.
"""

import re

import pytest
from django.conf import settings
from django.test import Client

from projects.images.models import Image
from projects.videos.models import Concept
from studio.public.models import Letter, Publication, PublicMedia
from studio.public.offers import Counter
from studio.store.models import Setting
from studio.store.worker import run_all
from timelog.models import Milestone, OpeningBalance

from . import make
from .canaries import FIRST_ID, SHORT, Canaries, hide_in_pictures, ids_from, made, private_models
from .walk import said_in, walk

pytestmark = pytest.mark.django_db
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
