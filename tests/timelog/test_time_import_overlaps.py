"""Hours of a file that lie over others are shown, and settled as the author says."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from timelog.models import TimeEntry

from . import make
from .exports import toggl
from .importing import ADDRESS
from .make import reconcile, said, text_of

pytestmark = pytest.mark.django_db
AFTERNOON = ("Film", "shot 08", "2026-11-19 11:00:00", "2026-11-19 13:00:00", "02:00:00", "")


def at(hour):
    return datetime(2026, 11, 19, hour, tzinfo=UTC)


TIMES = {"started_at": at(9), "ended_at": at(12), "zone": "UTC"}


@pytest.fixture
def mine():
    return make.entry(3, note="第十四章", **TIMES)


@pytest.fixture
def seen(studio_client, look, mine):
    token = look(toggl(AFTERNOON)).context["token"]
    return studio_client.post(ADDRESS, {"token": token, "zone": "UTC"})


def test_the_three_ways_are_offered_and_all_are_kept_unless_said_otherwise(seen):
    page = text_of(seen)
    for words in (
        '<a href="#together">1 row lies over other hours.</a>',
        'name="overlap" value="both" checked',
        'name="overlap" value="trim"',
        'name="overlap" value="after"',
        'name="overlap-2-20261119110000"',
        "lies over hours that are here already, "
        '<span class="n">09:00–12:00</span> Writing 第十四章',
    ):
        assert words in page


def test_what_is_said_of_other_hours_is_true_of_each_way(seen):
    words = "On 1 of these days there are other hours already; where they share no time, both are "
    assert f"{words}kept." in text_of(seen)


def test_a_row_of_the_night_has_the_date_of_its_clock_and_the_day_it_counts_for(
    studio_client, look
):
    make.entry(3, **{**TIMES, "started_at": at(2), "ended_at": at(3)})
    night = ("Film", "", "2026-11-19 02:15:00", "2026-11-19 02:45:00", "00:30:00", "")
    token = look(toggl(night)).context["token"]
    page = text_of(studio_client.post(ADDRESS, {"token": token, "zone": "UTC"}))
    assert '<span class="n">19 Nov 2026 02:15–02:45</span>' in page
    assert "02:15–02:45<br>counts for 18 Nov 2026</span>" in page


@pytest.mark.parametrize(
    ("answers", "mine_ends", "new_starts"),
    [
        ({}, 12, 11),
        ({"overlap": "both"}, 12, 11),
        ({"overlap": "trim"}, 11, 11),
        ({"overlap": "after"}, 12, 12),
        ({"overlap": "trim", "overlap-2-20261119110000": "after"}, 12, 12),
        ({"overlap": "trim", "overlap-2-20261119110000": ""}, 11, 11),
        ({"overlap": "<b>", "overlap-9": "trim"}, 12, 11),
    ],
)
@pytest.mark.parametrize("by", ["page", "worker"])
def test_the_answer_is_applied_and_undo_gives_all_back(
    studio_client, seen, mine, answers, mine_ends, new_starts, by, run_jobs, monkeypatch
):
    if by == "worker":
        monkeypatch.setattr("timelog.views.incoming.LATER", 0)
    sent = {"token": seen.context["token"], "zone": "UTC", "keep": "1", **answers}
    answer = studio_client.post(ADDRESS, sent)
    if by == "worker":
        run_jobs()
        answer = studio_client.get(answer.url)
    new = TimeEntry.objects.get(note="shot 08")
    mine.refresh_from_db()
    assert (mine.ended_at, new.started_at) == (at(mine_ends), at(new_starts))
    reconcile()
    words, undo = said(answer)[-1]
    moved = " 1 of yours made room." if mine_ends == 11 else ""
    assert words == f"1 entry brought in.{moved}"
    studio_client.post(undo)
    entry = TimeEntry.objects.get()
    assert (entry.pk, entry.started_at, entry.ended_at) == (mine.pk, at(9), at(12))
    reconcile()


def test_what_made_room_and_was_changed_since_stays_and_that_is_said(studio_client, seen, mine):
    sent = {"token": seen.context["token"], "zone": "UTC", "keep": "1", "overlap": "trim"}
    _, undo = said(studio_client.post(ADDRESS, sent))[-1]
    mine.refresh_from_db()
    mine.change(kind=mine.kind, day=mine.day, seconds=60, note="mine")
    assert said(studio_client.post(undo))[-2:] == [
        ("1 entry taken back.", ""),
        ("1 entry had made room and was changed since; it stays as it is.", ""),
    ]


def test_so_many_overlaps_are_listed_and_for_the_rest_the_choice_for_all_counts(
    studio_client, look, monkeypatch
):
    monkeypatch.setattr("timelog.views.looked_at.TOGETHER", 2)
    rows = [
        (
            "Film",
            f"{n}",
            f"2026-11-19 {9 + n:02d}:00:00",
            f"2026-11-19 {10 + n}:30:00",
            "1:30:00",
            "",
        )
        for n in range(5)
    ]
    token = look(toggl(*rows)).context["token"]
    page = studio_client.post(ADDRESS, {"token": token, "zone": "UTC"})
    assert len(page.context["together"]) == 2
    assert "and 2 more, for which the choice for all counts" in text_of(page)
    sent = {"token": token, "zone": "UTC", "keep": "1", "overlap": "trim"}
    studio_client.post(ADDRESS, sent)
    assert [row.seconds for row in TimeEntry.objects.order_by("pk")] == [3600] * 4 + [5400]
    reconcile()


def test_a_page_with_many_overlaps_costs_no_query_a_row(studio_client, look):
    def cost(number):
        rows = []
        for n in range(number):
            day = f"2026-11-{1 + n:02d}"
            began = datetime(2026, 11, 1 + n, 9, tzinfo=UTC)
            ended = datetime(2026, 11, 1 + n, 12, tzinfo=UTC)
            make.entry(3, began.date(), started_at=began, ended_at=ended, zone="UTC")
            rows.append(("Film", "", f"{day} 11:00:00", f"{day} 13:00:00", "2:00:00", ""))
        token = look(toggl(*rows)).context["token"]
        with CaptureQueriesContext(connection) as captured:
            answer = studio_client.post(ADDRESS, {"token": token, "zone": "UTC"})
        assert len(answer.context["together"]) == number
        TimeEntry.objects.all().delete()
        return len(captured)

    assert cost(1) == cost(5)


def test_overlaps_across_files_are_shown_settled_and_all_taken_back(studio_client, look_at, mine):
    late = ("Film", "c", "2026-11-19 12:30:00", "2026-11-19 14:00:00", "01:30:00", "")
    seen = look_at(("a.csv", toggl(AFTERNOON)), ("b.csv", toggl(late)), zone="UTC")
    marks = [each["over"].mark for each in seen.context["together"]]
    assert marks == ["2-20261119110000-a.csv", "2-20261119123000-b.csv"]
    page = text_of(seen)
    assert '<span class="n">19 Nov 2026 12:30–14:00</span>' in page
    assert "lies over a.csv line 2, " in page
    sent = {"token": seen.context["token"], "zone": "UTC", "keep": "1", "overlap": "trim"}
    answer = studio_client.post(ADDRESS, sent)
    rows = TimeEntry.objects.order_by("started_at").values_list("seconds", flat=True)
    assert list(rows) == [7200, 5400, 5400]
    reconcile()
    studio_client.post(said(answer)[-1][1])
    assert said(answer)[-1][0] == "2 entries brought in. 1 of yours made room."
    assert TimeEntry.objects.get().ended_at == at(12)
    reconcile()
