"""The page of the hours: the total, a week of entries, and entries by hand."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from timelog.models import Kind, Milestone, OpeningBalance, TimeEntry

from . import make
from .make import reconcile

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)
GIVEN = {"length": "2h40", "day": "2026-11-19", "note": "第十四章 second rewrite"}


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False):
        yield


def text_of(answer):
    return " ".join(answer.content.decode().split())


def said(answer):
    return [(str(message), message.extra_tags) for message in answer.wsgi_request._messages]


def log():
    rows = TimeEntry.objects.order_by("pk").values_list("day", "seconds", "kind__key", "note")
    return list(rows)


# --- the page -------------------------------------------------------------------------------------
def test_an_empty_room_says_what_to_do(studio_client):
    page = text_of(studio_client.get("/time/"))
    assert "No entries in this week yet." in page
    assert 'href="/time/kinds/#balance"' in page
    assert 'href="/time/import/"' in page


def test_the_total_counts_what_was_carried_over_and_what_was_logged(studio_client):
    craft = make.kind("video")
    OpeningBalance.objects.create(kind=craft, seconds=1940 * 3600, as_of=date(2026, 11, 1))
    make.entry(7.5, kind="video", day=THURSDAY)
    make.entry(3, kind="writing", day=THURSDAY)
    page = text_of(studio_client.get("/time/"))
    assert "1,947<small>hours</small>" in page
    assert "Writing 3 h · Film craft 1,947 h 30</p>" in page
    assert "53 h to go, " in page


def test_without_milestones_the_total_is_of_all_hours(studio_client):
    Milestone.objects.all().delete()
    make.entry(2, day=THURSDAY)
    page = text_of(studio_client.get("/time/"))
    assert "2<small>hours</small>" in page
    assert "No milestone yet." in page


def test_a_week_is_shown_with_its_days_and_its_entries_newest_first(studio_client):
    make.entry(2, day=date(2026, 11, 16), note="周一")
    make.entry(1, kind="video", day=THURSDAY, note="shot 07")
    make.entry(1, kind="detour", day=THURSDAY, note="弯路")
    make.entry(9, day=date(2026, 11, 15), note="last week")
    context = studio_client.get("/time/").context
    assert [(day, [each.note for each in some]) for day, some in context["days"]] == [
        (THURSDAY, ["弯路", "shot 07"]),
        (date(2026, 11, 16), ["周一"]),
    ]
    week = context["week"]
    assert [(each.family, each.seconds, each.percent) for each in week.shares] == [
        ("writing", 7200, 50),
        ("video", 3600, 25),
        ("detour", 3600, 25),
    ]
    assert [bar.seconds for bar in week.days] == [7200, 0, 0, 7200, 0, 0, 0]


@pytest.mark.parametrize(
    ("day", "asked", "sentence"),
    [
        (19, "", "You set writing at 50%. It is 1 h short, with 3 days left."),
        (21, "", "You set writing at 50%. It is 1 h short, with 1 day left."),
        (22, "", "You set writing at 50%. It is 1 h short, and this is the last day."),
        (24, "2026-W47", "You set writing at 50%. It was 1 h short."),
        (24, "", "No hours in this week yet."),
        (24, "2026-W40", "No hours in this week."),
    ],
)
def test_what_is_missing_to_the_aim_is_said_as_of_the_day(studio_client, day, asked, sentence):
    make.entry(1, kind="video", day=date(2026, 11, 18))
    with time_machine.travel(datetime(2026, 11, day, 12, tzinfo=UTC), tick=False):
        assert f'mt-3">{sentence}</p>' in text_of(studio_client.get("/time/", {"week": asked}))


def test_another_week_is_one_step_away(studio_client):
    make.entry(9, day=date(2026, 11, 15), note="上周")
    answer = studio_client.get("/time/?week=2026-W46")
    page = text_of(answer)
    assert "上周" in page
    assert 'href="?week=2026-W45#entries"' in page
    assert 'href="?week=2026-W47#entries"' in page
    assert studio_client.get("/time/").context["is_this_week"] is True
    assert answer.context["is_this_week"] is False


@pytest.mark.parametrize("asked", ["soon", "2026-W60", "9999-W53", "0001-W01", "-W", "2026-W"])
def test_a_week_that_is_none_is_this_week(studio_client, asked):
    answer = studio_client.get("/time/", {"week": asked})
    assert (answer.status_code, answer.context["week"].monday) == (200, date(2026, 11, 16))


def test_the_day_begins_when_the_author_says(studio_client):
    from studio.store.models import Setting

    Setting.write("time.zone", "Asia/Shanghai")
    Setting.write("time.day_starts_at", 4)
    for hour, day in [(19, date(2026, 11, 19)), (20, date(2026, 11, 20))]:
        with time_machine.travel(datetime(2026, 11, 19, hour, 30, tzinfo=UTC), tick=False):
            assert studio_client.get("/time/").context["form"].initial["day"] == day


def test_the_page_costs_the_same_with_few_entries_and_many(studio_client):
    costs = set()
    for number in range(3):
        make.entry(1, day=date(2026, 11, 16 + number), note=str(number))
        Kind.objects.create(key=f"more-{number}", name=f"更多 {number}")
        costs.add(make.queries(studio_client, "/time/"))
    assert len(costs) == 1


# --- entries by hand ------------------------------------------------------------------------------
def test_an_entry_is_added_and_its_week_is_shown(studio_client):
    answer = studio_client.post("/time/entries/new/", {"kind": make.kind().pk, **GIVEN})
    assert answer.url == "/time/?week=2026-W47"
    assert log() == [(THURSDAY, 9600, "writing", "第十四章 second rewrite")]
    assert "第十四章 second rewrite" in studio_client.get(answer.url).content.decode()
    reconcile()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("length", "很久", "“很久” is no duration; write 2h40, 2:40, 2.5 or 40 min."),
        ("length", "0", "Write more than nothing."),
        ("length", "25", "That is more than 24 hours."),
        ("day", "0001-01-01", "Write a day between 1900 and 2100."),
        ("day", "soon", "Enter a valid date."),
        ("kind", "9999", "Select a valid choice."),
    ],
)
def test_a_slip_is_pointed_out_and_the_words_are_kept(studio_client, field, value, sentence):
    given = {"kind": make.kind().pk, **GIVEN, field: value}
    answer = studio_client.post("/time/entries/new/", given)
    page = text_of(answer)
    assert (answer.status_code, TimeEntry.objects.count()) == (422, 0)
    assert sentence in page
    assert 'value="第十四章 second rewrite"' in page


def test_an_entry_is_corrected(studio_client):
    entry = make.entry(2, note="a")
    address = f"/time/entries/{entry.pk}/edit/"
    assert 'value="2h00"' in studio_client.get(address).content.decode()
    given = {"kind": make.kind("video").pk, **GIVEN, "day": "2026-11-12"}
    assert studio_client.post(address, given).url == "/time/?week=2026-W46"
    assert log() == [(date(2026, 11, 12), 9600, "video", "第十四章 second rewrite")]
    reconcile()
    answer = studio_client.post(address, {**given, "length": "much", "note": "再改"})
    assert (answer.status_code, 'value="再改"' in answer.content.decode()) == (422, True)


def test_seconds_that_were_measured_outlive_a_correction_of_the_note(studio_client):
    entry = make.entry(1, note="a")
    entry.change(kind=entry.kind, day=entry.day, seconds=3599, note="a")
    given = {"kind": entry.kind_id, "length": "1h00", "day": "2026-11-19", "note": "改"}
    studio_client.post(f"/time/entries/{entry.pk}/edit/", given)
    assert log() == [(THURSDAY, 3599, "writing", "改")]


def test_an_entry_of_a_retired_kind_keeps_it_when_it_is_corrected(studio_client):
    entry = make.entry(1, kind="detour")
    Kind.objects.filter(key="detour").update(retired=True)
    address = f"/time/entries/{entry.pk}/edit/"
    detour = make.kind("detour").pk
    page = studio_client.get(address).content.decode()
    assert f'<option value="{detour}" selected>' in page
    studio_client.post(address, {"kind": detour, **GIVEN})
    assert log() == [(THURSDAY, 9600, "detour", "第十四章 second rewrite")]
    answer = studio_client.post("/time/entries/new/", {"kind": detour, **GIVEN})
    assert answer.status_code == 422


@pytest.mark.parametrize("way", ["delete", "post"])
def test_a_removed_entry_can_be_brought_back_once(studio_client, way):
    entry = make.entry(2, note="昨晚")
    address = f"/time/entries/{entry.pk}/"
    if way == "delete":
        answer = studio_client.delete(address)
    else:
        answer = studio_client.post(f"{address}delete/")
    [(words, undo)] = said(answer)
    assert (words, TimeEntry.objects.count()) == ("Removed.", 0)
    reconcile()
    for _ in range(2):  # a second click finds it back
        assert studio_client.post(undo).url == "/time/?week=2026-W47"
    assert log() == [(THURSDAY, 7200, "writing", "昨晚")]
    reconcile()


def test_an_undo_of_what_was_changed_since_or_never_was_changes_nothing(studio_client):
    entry = make.entry(2)
    change = entry.change(kind=entry.kind, day=entry.day, seconds=60, note="")
    entry.change(kind=entry.kind, day=entry.day, seconds=90, note="")
    for pk, words in [
        (change.pk, "That cannot be undone: what it left was changed since."),
        (9999, "That can no longer be undone."),
    ]:
        answer = studio_client.post(f"/time/changes/{pk}/undo/")
        assert said(answer)[-1][0] == words
    assert log() == [(THURSDAY, 90, "writing", "")]
    reconcile()


def test_what_runs_cannot_be_corrected_or_removed(studio_client):
    entry = TimeEntry.objects.start(make.kind())
    for address in (f"/time/entries/{entry.pk}/edit/", f"/time/entries/{entry.pk}/delete/"):
        assert studio_client.post(address).status_code == 404
    assert TimeEntry.objects.running() == entry
