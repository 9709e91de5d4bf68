"""The number beside Tools: how many tests are due."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.worlds.models import World

from . import make
from .make import on_the_day  # noqa: F401

pytestmark = pytest.mark.django_db
SETTINGS_QUERIES = 12


def number(client):
    """What stands beside Tools in the side bar, and how often the phone's sheet says it too."""
    page = client.get("/settings/").content.decode()
    found = page.split('data-key="o"')[1].split("</a>")[0]
    return found.split("Tools")[1], page.count("to test again")


@pytest.mark.parametrize("named", [True, False], ids=["a world", "no world yet"])
def test_what_is_due_is_counted_beside_the_room(studio_client, named):
    if named:
        World.objects.create(title="计算宇宙")
    today = timezone.localdate()
    make.trial(again_on=today)
    make.trial("not", again_on=today - timedelta(days=9))
    make.trial(again_on=today + timedelta(days=1))
    said = '<span class="n">2<span class="sr"> to test again</span></span>'
    assert number(studio_client) == (said, 2)


def test_nothing_due_is_no_number(studio_client):
    make.trial("can")
    retired = make.trial(again_on=make.DAY)
    retired.tool.retired = True
    retired.tool.save()
    make.trial(again_on=make.DAY).remove()
    assert number(studio_client) == ("", 0)


def test_the_number_costs_no_query_of_its_own(studio_client, django_assert_num_queries):
    World.objects.create(title="计算宇宙")
    studio_client.get("/settings/")
    for _ in range(3):
        with django_assert_num_queries(SETTINGS_QUERIES):
            studio_client.get("/settings/")
        make.trial(again_on=make.DAY)
