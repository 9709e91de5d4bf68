"""What the hours are made of: kinds, and what was carried over."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from timelog.models import Kind, Milestone, OpeningBalance

from . import make

pytestmark = pytest.mark.django_db
ADDRESS = "/time/kinds/"


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False):
        yield


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_new_studio_has_three_kinds_and_two_milestones_of_film_craft():
    assert list(Kind.objects.values_list("key", "family")) == [
        ("writing", "writing"),
        ("video", "video"),
        ("detour", "detour"),
    ]
    kept = [
        (each.hours, [kind.key for kind in each.kinds.all()]) for each in Milestone.objects.all()
    ]
    assert kept == [(2000, ["video"]), (10000, ["video"])]


def test_a_kind_without_a_name_of_its_own_speaks_the_readers_language():
    kind = make.kind("detour")
    with translation.override("zh-hans"):
        assert str(kind) == "弯路"
    assert str(kind) == "Detour"
    kind.name = "绕道"
    assert str(kind) == "绕道"


# --- kinds ----------------------------------------------------------------------------------------
def test_a_kind_is_added_and_can_be_started(studio_client):
    answer = studio_client.post(f"{ADDRESS}new/", {"name": "声音 Sound", "family": "video"})
    assert answer.url == ADDRESS
    kind = Kind.objects.get(name="声音 Sound")
    assert (kind.family, kind.position, kind.retired) == ("video", 4, False)
    assert "声音 Sound" in studio_client.get("/time/").content.decode()


def test_a_kind_without_a_name_is_refused_and_the_rest_is_kept(studio_client):
    answer = studio_client.post(f"{ADDRESS}new/", {"name": " ", "family": "detour"})
    assert (answer.status_code, Kind.objects.count()) == (422, 3)
    assert '<option value="detour" selected>' in answer.content.decode()


def test_a_kind_that_is_retired_keeps_its_hours_and_cannot_be_started(studio_client):
    make.entry(3, kind="detour")
    address = f"{ADDRESS}{make.kind('detour').pk}/edit/"
    assert 'value="Detour"' in studio_client.get(address).content.decode()
    studio_client.post(address, {"name": "旧弯路", "family": "detour", "retired": "on"})
    page = text_of(studio_client.get(ADDRESS))
    assert "旧弯路" in page
    assert "no longer used" in page
    context = studio_client.get("/time/").context
    assert [str(kind) for kind in context["hours"].choices] == ["Writing", "Film craft"]
    assert [(str(kind), kind.total) for kind in context["hours"].spent_on] == [("旧弯路", 10800)]


# --- carried over ---------------------------------------------------------------------------------
def test_hours_from_before_are_carried_over_as_one_number_and_can_be_taken_back(studio_client):
    given = {
        "kind": make.kind("video").pk,
        "hours": "1947.5",
        "as_of": "2026-11-01",
        "note": "表格",
    }
    assert studio_client.post("/time/balance/", given).url == ADDRESS
    balance = OpeningBalance.objects.get()
    assert (balance.seconds, balance.as_of, balance.note) == (7011000, date(2026, 11, 1), "表格")
    assert "1,947<small>hours</small>" in text_of(studio_client.get("/time/"))
    answer = studio_client.post(f"/time/balance/{balance.pk}/delete/")
    assert OpeningBalance.objects.count() == 0
    assert "0<small>hours</small>" in text_of(studio_client.get("/time/"))
    [message] = answer.wsgi_request._messages
    for _ in range(2):  # a second click finds it back
        assert studio_client.post(message.extra_tags).url == ADDRESS
    back = OpeningBalance.objects.get()
    assert (back.pk, back.seconds, back.as_of, back.note) == (
        balance.pk,
        7011000,
        date(2026, 11, 1),
        "表格",
    )


def test_an_undo_of_a_balance_that_is_forged_changes_nothing(studio_client):
    answer = studio_client.post("/time/balance/undo/forged/")
    [message] = answer.wsgi_request._messages
    assert str(message) == "That can no longer be undone."
    assert OpeningBalance.objects.count() == 0


def test_what_was_carried_over_is_no_day_of_this_week(studio_client):
    OpeningBalance.objects.create(kind=make.kind(), seconds=3600, as_of=date(2026, 11, 19))
    week = studio_client.get("/time/").context["week"]
    assert (week.seconds, [bar.seconds for bar in week.days]) == (0, [0] * 7)


@pytest.mark.parametrize(
    ("field", "value"), [("hours", "many"), ("hours", "-1"), ("as_of", "once"), ("kind", "")]
)
def test_a_slip_in_a_balance_keeps_what_was_written(studio_client, field, value):
    given = {"kind": make.kind().pk, "hours": "12", "as_of": "2026-11-01", "note": "表格"}
    answer = studio_client.post("/time/balance/", {**given, field: value})
    assert (answer.status_code, OpeningBalance.objects.count()) == (422, 0)
    assert 'value="表格"' in answer.content.decode()
    assert 'class="error"' in answer.content.decode()


def test_the_page_costs_the_same_with_few_kinds_and_many(studio_client):
    costs = set()
    for number in range(3):
        kind = Kind.objects.create(key=f"more-{number}", name=f"更多 {number}")
        OpeningBalance.objects.create(kind=kind, seconds=60, as_of=date(2026, 11, 1))
        Milestone.objects.create(hours=100 + number).kinds.add(kind)
        costs.add(make.queries(studio_client, ADDRESS))
    assert len(costs) == 1
