"""An entry that shares time with others: three ways out, and each is undone as one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timelog.overlap import Stretch, fixes, union

from . import make
from .berlin import (
    log,
    new,
    now,  # noqa: F401
    timed,
)
from .make import reconcile, said, text_of, unhurried

pytestmark = pytest.mark.django_db


def test_an_entry_that_shares_time_is_offered_three_ways_and_nothing_is_written(studio_client):
    timed("09:00", "12:00", note="第十四章")
    answer = new(studio_client, begins="11:00", ends="13:00")
    page = text_of(answer)
    assert (answer.status_code, log()) == (422, [("writing", "09:00", "12:00", 180)])
    for words in ("09:00–12:00 Writing", "Trim the earlier one", "09:00–12:00 → 09:00–11:00"):
        assert words in page
    for words in ("Start where the earlier one ends", "12:00–13:00", "Keep both"):
        assert words in page


@pytest.mark.parametrize(
    ("way", "rows"),
    [
        ("trim", [("writing", "09:00", "11:00", 120), ("video", "11:00", "13:00", 120)]),
        ("after", [("writing", "09:00", "12:00", 180), ("video", "12:00", "13:00", 60)]),
        ("both", [("writing", "09:00", "12:00", 180), ("video", "11:00", "13:00", 120)]),
    ],
)
@pytest.mark.parametrize("by", ["fields", "line", "edit"])
def test_each_way_out_does_what_it_says_and_is_undone_as_one(studio_client, way, rows, by):
    timed("09:00", "12:00")
    if by == "fields":
        answer = new(studio_client, begins="11:00", ends="13:00", overlap=way)
    elif by == "line":
        line = {"line": "11:00-13:00 film", "kind": make.kind("video").pk, "overlap": way}
        answer = studio_client.post("/time/quick/", line)
    else:
        entry = timed("14:00", "16:00", "video")
        fields = {"kind": entry.kind_id, "day": "2026-11-19", "begins": "11:00", "ends": "13:00"}
        address = f"/time/entries/{entry.pk}/edit/"
        assert studio_client.post(address, fields).status_code == 422
        answer = studio_client.post(address, fields | {"overlap": way})
    assert log() == rows
    reconcile()
    studio_client.post(said(answer)[-1][1])
    assert log()[0] == ("writing", "09:00", "12:00", 180)
    assert len(log()) == (2 if by == "edit" else 1)
    reconcile()


def test_a_line_that_shares_time_asks_with_its_day_written_out(studio_client):
    timed("09:00", "12:00")
    answer = studio_client.post("/time/quick/", {"line": "today 11:00 to 13:00 写第14章"})
    assert answer.status_code == 422
    assert 'value="2026-11-19 11:00-13:00 写第14章"' in text_of(answer)
    assert len(log()) == 1


def test_a_way_that_leaves_nothing_of_one_is_not_offered(studio_client):
    timed("09:00", "12:00")
    page = text_of(new(studio_client, begins="10:00", ends="11:00"))
    assert 'value="after"' not in page
    page = text_of(new(studio_client, begins="09:00", ends="13:00"))
    assert 'value="trim"' not in page


def test_the_week_names_both_its_sums_where_entries_share_time(studio_client):
    timed("09:00", "12:00")
    assert "by the clock" not in text_of(studio_client.get("/time/"))
    timed("11:00", "13:00", "video")
    page = text_of(studio_client.get("/time/"))
    assert "4 h by the clock, 5 h by sum" in page


MINUTES = st.integers(0, 600).map(
    lambda n: datetime(2026, 11, 19, tzinfo=UTC) + timedelta(0, 60 * n)
)
STRETCHES = st.tuples(MINUTES, st.integers(1, 300)).map(
    lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1]))
)


@unhurried
@given(STRETCHES, st.lists(STRETCHES, min_size=1, max_size=4))
def test_trimmed_or_put_after_the_new_one_shares_no_time(new_one, others):
    rows = [Stretch(*pair, pk) for pk, pair in enumerate(others, 1)]
    stretch = Stretch(*new_one)
    sharing = [row for row in rows if row.start < stretch.end and row.end > stretch.start]
    for name, fix in fixes(stretch, sharing).items():
        moved = {row.pk: row for row in fix.moved}
        for row in (moved.get(row.pk, row) for row in sharing):
            assert row.seconds > 0
            if name != "both":
                assert row.end <= fix.new.start or row.start >= fix.new.end
        assert fix.new.seconds > 0


@unhurried
@given(st.lists(STRETCHES, max_size=6))
def test_the_union_counts_each_minute_once(pairs):
    covered = {
        start + timedelta(minutes=n)
        for start, end in pairs
        for n in range(round((end - start).total_seconds() / 60))
    }
    assert union(pairs) == 60 * len(covered)
