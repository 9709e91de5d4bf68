"""Detours: named, closed, judged; their hours add up to all that was spent on detours."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from timelog.ledger import Ledger, ledger
from timelog.models import Detour, TimeEntry

from . import make

pytestmark = pytest.mark.django_db
ADDRESS = "/time/detours/"
THURSDAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False):
        yield


def text_of(answer):
    return " ".join(answer.content.decode().split())


def detour(name="ComfyUI 节点", began=date(2026, 11, 1), **fields):
    return Detour.objects.create(name=name, began=began, **fields)


def names():
    return [entry.detour and entry.detour.name for entry in TimeEntry.objects.order_by("pk")]


def on_detours(*notes):
    return [make.entry(1, kind="detour", note=note) for note in notes]


# --- which hours go to which ----------------------------------------------------------------------
def test_hours_go_to_the_detour_whose_name_stands_in_the_note():
    detour()
    detour("Kontext")
    detour("Kontext Max")
    on_detours("搭 comfyui 节点", "kontext again", "first try of Kontext Max", "tidying")
    make.entry(1, kind="video", note="Kontext")
    assert names() == ["ComfyUI 节点", "Kontext", "Kontext Max", None, None]


def test_hours_without_a_word_of_it_go_to_the_only_open_one():
    detour("Closed", ended=THURSDAY)
    detour("Open")
    on_detours("tidying", "")
    assert names() == ["Open", "Open"]


def test_hours_from_before_it_began_are_not_its_own():
    detour("Open", began=date(2026, 11, 19))
    make.entry(1, kind="detour", day=date(2026, 11, 18))
    assert names() == [None]


def test_the_clock_and_the_line_give_their_hours_too(studio_client):
    detour("Kontext")
    studio_client.post("/time/running/", {"kind": make.kind("detour").pk})
    TimeEntry.objects.stop()
    studio_client.post("/time/quick/", {"line": "2h #detour kontext yesterday"})
    assert names() == ["Kontext", "Kontext"]


def test_an_entry_that_becomes_work_leaves_its_detour():
    detour("Kontext")
    (entry,) = on_detours("Kontext")
    entry.change(kind=make.kind("video"), day=entry.day, seconds=60, note="Kontext")
    assert names() == [None]


def test_a_removed_entry_comes_back_to_its_detour():
    detour("Kontext")
    detour("Other")
    (entry,) = on_detours("Kontext")
    entry.remove().undo()
    assert names() == ["Kontext"]


# --- naming ---------------------------------------------------------------------------------------
def test_naming_a_detour_takes_the_nameless_hours_since_then(studio_client):
    make.entry(1, kind="detour", day=date(2026, 10, 30))
    make.entry(2, kind="detour", day=date(2026, 11, 2))
    make.entry(3, kind="writing", day=date(2026, 11, 2))
    given = {"name": "换显卡", "began": "2026-11-01", "why": "", "gather": "on"}
    assert studio_client.post("/time/detours/new/", given).url == ADDRESS
    assert names() == [None, "换显卡", None]
    page = text_of(studio_client.get(ADDRESS))
    assert "Named. 1 entry went to it." in page
    assert '<dt>Without a name</dt><dd class="n">1 h</dd>' in page


def test_naming_without_taking_leaves_the_hours_where_they_are(studio_client):
    on_detours("x")
    studio_client.post("/time/detours/new/", {"name": "A", "began": "2026-11-01"})
    assert names() == [None]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "kontext"}, "There is an open detour of this name."),
        ({"began": "0026-11-01"}, "Write a day between 1900 and 2100."),
        ({"began": "soon"}, "Enter a valid date."),
    ],
)
def test_a_detour_that_cannot_be_is_refused_in_a_sentence(studio_client, change, why):
    detour("Kontext")
    answer = studio_client.post("/time/detours/new/", {"name": "A", "began": "2026-11-01"} | change)
    assert answer.status_code == 422
    assert why in text_of(answer)
    assert Detour.objects.count() == 1


def test_an_entry_is_given_to_a_detour_by_hand_and_taken_away(studio_client):
    one = detour("A")
    detour("B")
    (entry,) = on_detours("x")
    address = f"/time/entries/{entry.pk}/detour/"
    assert "without a name" in text_of(studio_client.get(f"/time/entries/{entry.pk}/edit/"))
    studio_client.post(address, {"detour": one.pk})
    assert names() == ["A"]
    studio_client.post(address, {"detour": ""})
    assert names() == [None]
    studio_client.post(address, {"detour": "999"})
    assert names() == [None]


def test_ticked_hours_are_given_at_once_and_those_of_others_stay(studio_client):
    detour("Other")
    on_detours("x")
    one = detour("A")
    free = on_detours("y", "z", "w")
    work = make.entry(1)
    ticked = [entry.pk for entry in (*free[:2], work)]
    studio_client.post("/time/detours/give/", {"detour": one.pk, "entry": ticked})
    assert names() == ["Other", "A", "A", None, None]
    for given in ({"detour": one.pk}, {"detour": "", "entry": ticked}, {"detour": 9, "entry": "x"}):
        studio_client.post("/time/detours/give/", given)
    assert names() == ["Other", "A", "A", None, None]


def test_work_has_no_detour_to_choose(studio_client):
    entry = make.entry(1)
    assert "without a name" not in text_of(studio_client.get(f"/time/entries/{entry.pk}/edit/"))


# --- closing and judging --------------------------------------------------------------------------
def test_a_detour_is_closed_and_later_said_to_have_paid_off(studio_client):
    one = detour("Kontext")
    on_detours("")
    studio_client.post(f"{ADDRESS}{one.pk}/close/")
    one.refresh_from_db()
    assert one.ended == THURSDAY
    assert "closed; did it pay off?" in text_of(studio_client.get("/time/"))
    studio_client.post(f"{ADDRESS}{one.pk}/judge/", {"paid_off": "yes", "outcome": "手稳了"})
    one.refresh_from_db()
    assert (one.paid_off, one.judged, one.outcome) == (True, THURSDAY, "手稳了")
    page = text_of(studio_client.get(ADDRESS))
    assert "Of the hours one can say it of, 100% paid off." in page
    assert "手稳了" in page


def test_a_detour_that_goes_on_again_has_not_paid_off(studio_client):
    one = detour(ended=THURSDAY, paid_off=True, judged=THURSDAY)
    studio_client.post(f"{ADDRESS}{one.pk}/reopen/")
    one.refresh_from_db()
    assert (one.ended, one.paid_off, one.judged) == (None, None, None)


def test_emptying_its_last_day_opens_it_again(studio_client):
    one = detour("A", ended=THURSDAY, paid_off=False, judged=THURSDAY)
    studio_client.post(f"{ADDRESS}{one.pk}/", {"name": "A", "began": "2026-11-01", "ended": ""})
    one.refresh_from_db()
    assert (one.is_open, one.paid_off, one.judged) == (True, None, None)


def test_what_was_said_can_be_unsaid(studio_client):
    one = detour(ended=THURSDAY, paid_off=True, judged=THURSDAY, outcome="x")
    studio_client.post(f"{ADDRESS}{one.pk}/judge/", {"paid_off": "", "outcome": "x"})
    one.refresh_from_db()
    assert (one.paid_off, one.judged, one.outcome) == (None, None, "x")


def test_words_that_are_too_long_change_nothing(studio_client):
    one = detour(ended=THURSDAY)
    studio_client.post(f"{ADDRESS}{one.pk}/judge/", {"paid_off": "yes", "outcome": "长" * 301})
    one.refresh_from_db()
    assert one.paid_off is None


def test_removing_a_name_keeps_its_hours_and_undo_gives_both_back(studio_client):
    one = detour("Kontext")
    on_detours("")
    studio_client.post(f"{ADDRESS}{one.pk}/delete/")
    assert TimeEntry.objects.unnamed().total() == 3600
    assert studio_client.get(f"{ADDRESS}{one.pk}/").status_code == 404
    studio_client.post(f"{ADDRESS}{one.pk}/undo/")
    assert TimeEntry.objects.unnamed().total() == 0
    assert names() == ["Kontext"]


# --- sums -----------------------------------------------------------------------------------------
def test_the_ledger_adds_up_to_all_hours_on_detours(studio_client):
    for name, paid_off in (("A", True), ("B", False), ("C", None)):
        detour(
            name, ended=None if paid_off is None else THURSDAY, paid_off=paid_off, judged=THURSDAY
        )
    rows = Detour.objects.with_totals(2026)
    for n, one in enumerate(sorted(rows, key=lambda one: one.name), 1):
        make.entry(n, kind="detour", detour=one)
    TimeEntry.objects.filter(detour=None).update(detour=None)
    free = make.entry(0.5, kind="detour", day=date(2025, 1, 1))
    TimeEntry.objects.filter(pk=free.pk).update(detour=None)
    rows = Detour.objects.with_totals(2026)
    found = ledger(
        ((row.paid_off, row.seconds) for row in rows), TimeEntry.objects.unnamed().total()
    )
    assert found == Ledger(3600, 7200, 10800, 1800)
    assert found.total == make.kind("detour").seconds
    assert found.percent == 33


def test_a_year_counts_only_its_own_hours():
    one = detour("A", began=date(2025, 1, 1))
    make.entry(1, kind="detour", day=date(2025, 12, 31))
    make.entry(2, kind="detour", day=date(2026, 1, 1))
    found = Detour.objects.with_totals(2026).get(pk=one.pk)
    assert (found.seconds, found.this_year, found.count) == (10800, 7200, 2)
    assert (found.first, found.last) == (date(2025, 12, 31), date(2026, 1, 1))


def test_the_page_costs_the_same_for_one_and_for_three(studio_client):
    costs = set()
    for n in range(3):
        detour(f"D{n}")
        detour(f"E{n}", ended=THURSDAY)
        on_detours("x", f"D{n}")
        costs.add(make.queries(studio_client, ADDRESS))
    assert len(costs) == 1


def test_an_empty_page_says_what_a_detour_is(studio_client):
    page = text_of(studio_client.get(ADDRESS))
    assert "Name it, close it, and say later whether it paid off." in page
    assert "None is open." in page
