"""How many hours a book still needs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from projects.worlds.models import World
from projects.writing.models import Book, Pass
from timelog.books import way_of_the_book
from timelog.models import Forecast

from . import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON - timedelta(days=400), tick=False) as clock:
        yield clock


def book(target=None, language="en", scenes=2):
    world = World.objects.create(title="The Computational Universe")
    made = Book.objects.create(world=world, title="The Count", language=language, target=target)
    chapter = made.add_chapter("One")
    return made, [chapter.scenes.first(), *(chapter.scenes.create() for _ in range(scenes - 1))]


def write(scene, words, **fields):
    scene.refresh_from_db()
    scene.revise("word " * words, base=scene.head, **fields)


def way(hours=100.0):
    return way_of_the_book(NOON, lambda day: hours)


def test_without_a_target_or_a_pass_there_is_no_way(clock):
    _book, [scene, _] = book()
    write(scene, 100)
    assert way() is None


def test_a_draft_needs_the_hours_per_word_of_the_last_half_year(clock):
    made, [old, new] = book(target=1000)
    write(old, 300)  # more than half a year ago
    clock.move_to(NOON - timedelta(days=90))
    write(new, 200)
    found = way(100)
    assert (found.book, found.done, found.all, found.number) == (made.pk, 500, 1000, 0)
    assert found.hours == 250  # 100 hours for 200 words, and 500 are left


def test_a_chinese_draft_is_counted_in_zishu(clock):
    _book, [scene, _] = book(target=1000, language="zh-Hans")
    clock.move_to(NOON - timedelta(days=90))
    scene.revise("她数到一。" * 40, base=0)
    found = way(100)
    assert (found.done, found.all, found.hours) == (200, 1000, 400)


def test_a_draft_that_is_full_or_did_not_grow_has_no_way(clock):
    _book, [scene, _] = book(target=100)
    write(scene, 50)
    clock.move_to(NOON)
    assert way() is None
    write(scene, 100)
    assert way() is None


def test_in_a_rewrite_the_scenes_gone_through_are_behind_it(clock):
    made, [one, two] = book()
    write(one, 300)
    write(two, 900)
    Pass.objects.create(book=made, number=1, closed=NOON - timedelta(days=200))
    opened = Pass.objects.create(book=made, number=2, opened=NOON - timedelta(days=100))
    clock.move_to(NOON - timedelta(days=50))
    write(one, 301)
    one.revisions.filter(number=2).update(rewrite=opened)
    asked = []
    found = way_of_the_book(NOON, lambda day: asked.append(day) or 40.0)
    assert (found.done, found.all, found.number) == (301, 1201, 2)
    assert found.hours == round(40 * 900 / 301, 1)
    assert asked == [opened.opened.date()]


def test_the_forecast_of_writing_knows_the_way_and_reaches_as_far(clock):
    _book, [scene, _] = book(target=100_000)
    clock.move_to(NOON - timedelta(days=70))
    write(scene, 1000)
    for n in range(70):
        make.entry(1, day=(NOON - timedelta(days=n + 1)).date())
    clock.move_to(NOON)
    assert Forecast.objects.make() == 1
    row = Forecast.objects.get()
    assert row.way["hours"] == 6930
    assert row.fan["weeks"][-1] == 1560
