"""What waits on Today: tests that are due, and what need wait no longer."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from projects.images.models import Version
from projects.videos.models import Concept, Wait
from studio.desk.waiting import waiting
from tests.images import make as images
from tests.tools import make
from tests.tools.make import on_the_day  # noqa: F401

pytestmark = pytest.mark.django_db
SINCE = date(2026, 3, 3)


def said():
    return [(item.act, item.fact, item.url) for item in waiting([])]


@pytest.fixture
def concept():
    return Concept.objects.create_next(title="The Lattice Remembers", other_title="晶格的记忆")


def test_the_test_that_has_been_due_longest_is_named():
    make.trial(again_on=date(2026, 11, 18))
    due = make.trial("not", tool=make.tool("即梦"), again_on=date(2026, 9, 8))
    assert said() == [
        (
            "Test 即梦 again: Chinese lettering",
            "Due 8 Sep",
            f"/tools/{due.tool_id}/{due.capability_id}/",
        )
    ]
    with translation.override("zh-hans"):
        assert "画面中的汉字" in said()[0][0]


def test_what_is_not_due_is_not_said():
    make.trial(again_on=timezone.localdate() + timedelta(days=1))
    make.trial("can")
    make.trial(again_on=make.DAY).remove()
    retired = make.trial(again_on=make.DAY)
    retired.capability.retired = True
    retired.capability.save()
    assert said() == []


@pytest.mark.parametrize("of", ["shot", "concept"])
def test_one_that_need_wait_no_longer_is_named(concept, of):
    thing = concept.add_shot("晶格升起", 8) if of == "shot" else concept
    can = make.trial("can")
    Wait.begin(thing, can.capability, None, since=SINCE)
    act = f"Take up {of} 01 again"
    assert said() == [(act, "Chinese lettering: a tool can", f"/{of}s/{thing.pk}/")]


def test_several_are_counted(concept):
    can = make.trial("can")
    for thing in (concept, concept.add_shot("晶格升起", 8)):
        Wait.begin(thing, can.capability, None, since=SINCE)
    act = "2 shots and concepts need wait no longer"
    assert said() == [(act, "See what they wait for", "/tools/#waiting")]


def test_what_sleeps_or_was_ended_is_not_said(concept):
    partly, can = make.trial("partly"), make.trial("can")
    Wait.begin(concept, partly.capability, None, since=SINCE)
    Wait.begin(concept, can.capability, None, since=SINCE).take_up()
    Wait.begin(concept, can.capability, make.tool("可灵"), since=SINCE)
    assert said() == []


def test_it_is_one_query_however_much_waits(concept):
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            waiting([])
        assert len(queries) == 1
        for place in range(3):
            can = make.trial("can")
            Wait.begin(concept.add_shot(f"镜头 {place}", 4), can.capability, None, since=SINCE)
            make.trial(again_on=make.DAY)


def test_today_says_it(studio_client, concept):
    make.trial(tool=make.tool("即梦"), again_on=make.DAY)
    can = make.trial("can")
    Wait.begin(concept, can.capability, None, since=SINCE)
    page = studio_client.get("/").content.decode()
    assert "Take up concept 01 again" in page and "Test 即梦 again" in page


def test_files_that_found_their_pictures_by_themselves_are_one_quiet_line(studio_client):
    image = images.image("灯塔")
    for number in (1, 2):
        images.version(image, tone=number, grouping="proposed", confidence=90)
    images.version(image, tone=3)
    line = ("2 files found their pictures", "See whether it is right", "/proposals/")
    assert line in said()
    page = studio_client.get("/").content.decode()
    assert 'href="/proposals/"' in page
    for version in image.versions.all():
        version.confirm()
    assert line[2] not in [url for _, _, url in said()]


def test_what_only_the_author_can_decide_stands_before_them():
    image = images.image()
    for number in (1, 2):
        images.version(image, tone=number, grouping="proposed")
    assert [url for _, _, url in said()][-1] == "/proposals/"


def test_counting_them_looks_at_them_alone():
    image = images.image()
    for number in range(20):
        images.version(image, tone=number)
    found = Version.objects.proposed().order_by()
    assert "proposed_versions" in found.values("pk").explain() or connection.vendor != "sqlite"
