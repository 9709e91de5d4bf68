"""Queries whose SQL is written once answer what the database holds now."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.db.models import CharField, DateField
from django.test.utils import CaptureQueriesContext

from projects.worlds.models import World
from projects.writing.models import Scene
from studio.lib.prepared import Given, prepared, prepared_once
from studio.store.models import Setting
from tests.timelog.make import entry
from tests.writing import make
from timelog.models import DayTotal

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_each_time_it_is_asked():
    worlds = prepared(lambda: World.objects.with_entry_count().order_by("pk"))
    assert worlds() == []
    first = make.world("计算宇宙")
    make.entry(world=first)
    assert [(world, world.entry_count) for world in worlds()] == [(first, 1)]
    first.title = "The Computational Universe"
    first.save()
    second = make.world("第二个")
    assert [world.title for world in worlds()] == ["The Computational Universe", second.title]


def test_the_sql_is_the_querysets_own():
    scene = make.scene("她数到一。")
    scenes = prepared(lambda: Scene.objects.newest_work())
    asked = []
    for ask in (lambda: list(Scene.objects.newest_work()), scenes, scenes):
        with CaptureQueriesContext(connection) as queries:
            assert ask() == [scene]
        asked.append([query["sql"] for query in queries])
    assert asked[0] == asked[1] == asked[2]


def test_other_arguments_ask_another_question():
    days = prepared(
        lambda first, last: (
            DayTotal.objects.between(first, last).order_by("day").values_list("day", "seconds")
        )
    )
    for day in (17, 18, 19):
        entry(1, date(2026, 11, day))
    first, middle, last = (date(2026, 11, day) for day in (17, 18, 19))
    assert days(first, middle) == [(first, 3600), (middle, 3600)]
    assert days(last, last) == [(last, 3600)]
    assert days(first, middle) == [(first, 3600), (middle, 3600)]


def test_values_come_as_python_knows_them():
    Setting.write("aim.writing", {"share": 50, "字": "时"})
    kept = prepared(lambda: Setting.objects.under("aim.writing"))
    assert dict(kept()) == {"aim.writing": {"share": 50, "字": "时"}}


def test_rows_beside_the_rows_are_refused():
    scenes = prepared(lambda: Scene.objects.prefetch_related("remarks"))
    with pytest.raises(TypeError, match="beside the rows"):
        scenes()


def test_what_is_given_is_asked_with_each_time():
    titled = prepared_once(lambda: World.objects.filter(title=Given("title", CharField())))
    first, second = make.world("计算宇宙"), make.world("It's “another” 100%")
    for world in (first, second, first):
        with CaptureQueriesContext(connection) as queries:
            assert titled(title=world.title) == [world]
        usual = World.objects.filter(title=world.title)
        with CaptureQueriesContext(connection) as usual_queries:
            list(usual)
        assert queries[0]["sql"] == usual_queries[0]["sql"]
    assert titled(title="third") == []


def test_what_is_given_is_told_to_the_database_as_it_stores_it():
    since = prepared_once(
        lambda: DayTotal.objects.since(Given("first", DateField())).values_list("day")
    )
    for day in (17, 18):
        entry(1, date(2026, 11, day))
    assert since(first=date(2026, 11, 18)) == [(date(2026, 11, 18),)]
    assert len(since(first=date(2026, 11, 17))) == 2


def test_what_was_not_given_is_missed_and_not_taken_from_another_call():
    titled = prepared_once(lambda: World.objects.filter(title=Given("title", CharField())))
    assert titled(title="One") == []
    with pytest.raises(KeyError):
        titled(name="Two")


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection():
    worlds = prepared(lambda: World.objects.order_by("pk"))
    world = make.world("计算宇宙")
    assert worlds() == [world]
    found = []

    def ask():
        found.append((worlds(), id(connection.connection)))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found[0][0] == [world]
    assert found[0][1] != id(connection.connection)
