"""What a week is meant to be: a share of writing, hours of a kind, and the notches beside them."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from studio.store.models import Setting
from timelog.models import Kind

from . import make

pytestmark = pytest.mark.django_db
ADDRESS = "/time/aims/"
THURSDAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False):
        yield


def text_of(answer):
    return " ".join(answer.content.decode().split())


def given(share="60", /, **lengths):
    return {"writing": share} | {
        f"kind_{make.kind(key).pk}": length for key, length in lengths.items()
    }


def kept():
    return Setting.read("aim.writing"), list(Kind.objects.values_list("key", "weekly"))


NONE = [("writing", None), ("video", None), ("detour", None)]


def test_aims_are_set_beside_the_kinds_and_reached_from_the_settings(studio_client):
    assert f'href="{ADDRESS}"' in studio_client.get("/settings/").content.decode()
    assert studio_client.get(ADDRESS).url == "/time/kinds/#aims"
    page = text_of(studio_client.get("/time/kinds/"))
    assert 'name="writing" value="50"' in page
    assert "Film craft, a week" in page


@pytest.mark.parametrize(
    "written", ["12h30", "12.5", "12,5", "750 min", "12小时30分", "十二个半小时"]
)
def test_hours_a_week_are_written_as_any_length_of_time(studio_client, written):
    answer = studio_client.post(ADDRESS, given("60", video=written, writing="", detour="0"))
    assert answer.url == "/time/kinds/"
    assert kept() == (60, [("writing", None), ("video", 45_000), ("detour", None)])
    page = text_of(studio_client.get("/time/kinds/"))
    assert "aim 12 h 30 a week" in page
    assert 'value="12h30"' in page


def test_an_aim_is_taken_back_by_leaving_it_empty(studio_client):
    Kind.objects.aim(50, {make.kind("video").pk: 3600})
    studio_client.post(ADDRESS, given("0", video=""))
    assert kept() == (0, NONE)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"writing": "101"}, "less than or equal to 100"),
        ({"writing": ""}, "This field is required."),
        ({"video": "很多"}, "“很多” is no duration"),
        ({"video": "169"}, "That is more than 168 hours."),
        ({"video": "100", "detour": "69"}, "Together that is 169 hours. A week has 168."),
    ],
)
def test_an_aim_that_cannot_be_is_refused_and_what_was_written_stays(
    studio_client, change, sentence
):
    share = {"writing": change.get("writing", "60")}
    rest = {key: value for key, value in change.items() if key != "writing"}
    answer = studio_client.post(ADDRESS, given(**{"detour": "7"} | rest) | share)
    assert (answer.status_code, kept()) == (422, (None, NONE))
    page = text_of(answer)
    assert sentence in page
    assert page.count('class="error"') == 1
    assert f'value="{rest.get("detour", "7")}"' in page


# --- on the page ----------------------------------------------------------------------------------
def test_the_week_is_notched_at_the_share_and_at_each_kinds_hours(studio_client):
    Kind.objects.aim(75, {make.kind("video").pk: 10 * 3600})
    make.entry(1, day=THURSDAY)
    make.entry(4, kind="video", day=THURSDAY)
    page = text_of(studio_client.get("/time/"))
    assert '<line class="aim" x1="75%" x2="75%"' in page
    assert "You set writing at 75%." in page
    assert "4 h of 10 h" in page
    assert '<rect class="bar-video" y="4" width="40.0%"' in page
    assert "The red notch is where 75% of the week would be writing." in page
    # Twelve weeks: 3.75 of 5 hours from the ground is a quarter from the top.
    assert 'y1="25.0%" y2="25.0%"' in page
    assert '<th scope="col">Film craft, aim 10 h</th>' in page


def test_without_a_share_there_is_no_notch_and_no_word_of_it(studio_client):
    Kind.objects.aim(0, {})
    make.entry(1, kind="video", day=THURSDAY)
    page = text_of(studio_client.get("/time/"))
    assert 'class="aim"' not in page
    assert "red notch" not in page
    assert "You set no share for writing." in page


def test_a_retired_kind_has_no_aim_on_the_page(studio_client):
    Kind.objects.aim(0, {make.kind("detour").pk: 3600})
    Kind.objects.filter(key="detour").update(retired=True)
    make.entry(1, day=THURSDAY)
    assert 'class="aim"' not in text_of(studio_client.get("/time/"))
    assert "aim 1 h" not in text_of(studio_client.get("/time/kinds/"))


def test_another_week_is_held_against_the_same_aims(studio_client):
    Kind.objects.aim(50, {make.kind("video").pk: 10 * 3600})
    make.entry(12, kind="video", day=date(2024, 3, 5))
    make.entry(1, kind="video", day=THURSDAY)
    assert "12 h of 10 h" in text_of(studio_client.get("/time/?week=2024-W10"))
    assert "1 h of 10 h" in text_of(studio_client.get("/time/"))
