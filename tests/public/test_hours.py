"""The hours as they may be shown: whole days or weeks, late, never the time of day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from studio.public.facts_of_hours import hours, last_day, reached
from studio.public.source import Studio
from studio.store.models import Setting
from timelog.models import Kind, OpeningBalance, TimeEntry

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def craft():
    Setting.write("time.zone", "UTC")
    kind = Kind.objects.get(key="video")
    OpeningBalance.objects.create(kind=kind, seconds=1900 * 3600, as_of="2026-01-01")
    return kind


def log(kind, day, spent):
    return TimeEntry.objects.log(kind, day, round(spent * 3600))


@pytest.mark.parametrize(
    ("options", "day"),
    [
        ({"grain": "day", "delay": 24}, date(2026, 11, 17)),
        ({"grain": "day", "delay": 72}, date(2026, 11, 15)),
        ({"grain": "week", "delay": 24}, date(2026, 11, 15)),
        ({"grain": "week", "delay": 168}, date(2026, 11, 8)),
        ({}, date(2026, 11, 15)),
        ({"grain": "day", "delay": 0}, date(2026, 11, 17)),
    ],
)
def test_only_whole_days_that_ended_before_the_delay_count(options, day):
    assert last_day(Studio(THURSDAY), options) == day


def test_a_day_begins_when_the_author_says():
    Setting.write("time.day_starts_at", 4)
    early = datetime(2026, 11, 19, 3, tzinfo=UTC)  # still Wednesday
    assert last_day(Studio(early), {"grain": "day", "delay": 24}) == date(2026, 11, 16)


def test_what_was_done_since_is_not_counted(craft):
    log(craft, date(2026, 11, 17), 10)
    log(craft, date(2026, 11, 18), 7)
    log(craft, date(2026, 11, 19), 3)
    facts = hours(Studio(THURSDAY), {"grain": "day"})
    assert (facts["hours"], facts["until"]) == (1910, "2026-11-17")
    assert facts["line"]["next"] == 2000
    assert facts["line"]["to_next"] == 90
    weekly = hours(Studio(THURSDAY), {"grain": "week"})
    assert (weekly["hours"], weekly["until"]) == (1900, "2026-11-15")


def test_no_time_of_day_and_no_note_is_among_the_facts(craft):
    TimeEntry.objects.start(craft, "第七镜", now=THURSDAY - timedelta(days=4, hours=3))
    TimeEntry.objects.stop(now=THURSDAY - timedelta(days=4, hours=1, minutes=11))
    said = str(hours(Studio(THURSDAY), {"grain": "day", "year": True}))
    assert "第七镜" not in said
    assert ":" not in "".join(part for part in said.split("'") if part[:4] == "2026")
    assert "08:49" not in said


def test_the_forecast_is_told_only_if_chosen(craft):
    for ago in range(3, 31):
        log(craft, THURSDAY.date() - timedelta(days=ago), 2)
    told = hours(Studio(THURSDAY), {"grain": "day"})["line"]
    assert told["by"] is not None
    assert hours(Studio(THURSDAY), {"grain": "day", "forecast": False})["line"]["by"] is None


def test_a_year_is_weekly_sums_or_daily_shades(craft):
    log(craft, date(2026, 11, 9), 0.5)
    log(craft, date(2026, 11, 10), 1)
    log(craft, date(2026, 11, 11), 3.9)
    log(craft, date(2026, 11, 12), 4)
    log(craft, date(2026, 11, 15), 9)
    weekly = hours(Studio(THURSDAY), {"grain": "week", "year": True})["year"]
    assert (weekly["grain"], len(weekly["values"]), weekly["values"][-1]) == ("week", 52, 18)
    daily = hours(Studio(THURSDAY), {"grain": "day", "year": True})["year"]
    assert (daily["grain"], daily["first"]) == ("day", "2025-11-24")
    assert daily["values"][-9:] == [0, 1, 2, 3, 0, 0, 4, 0, 0]
    assert hours(Studio(THURSDAY), {"grain": "day"})["year"] is None


def test_other_kinds_of_work_do_not_count(craft):
    log(Kind.objects.get(key="writing"), date(2026, 11, 10), 50)
    assert hours(Studio(THURSDAY), {"grain": "day"})["hours"] == 1900


def test_a_milestone_is_reached_on_its_day_and_no_earlier(craft):
    for day in range(1, 11):
        log(craft, date(2026, 11, day), 11)
    studio = Studio(THURSDAY)
    first, last = studio.milestones
    assert (first.hours, last.hours) == (2000, 10000)
    assert reached(studio, first, {"grain": "day"}) == (True, date(2026, 11, 10))
    assert reached(studio, last, {"grain": "day"}) == (False, None)
    early = Studio(datetime(2026, 11, 11, 10, tzinfo=UTC))
    assert reached(early, early.milestones[0], {"grain": "day"}) == (False, None)


def test_a_milestone_from_before_the_log_has_no_day(craft):
    OpeningBalance.objects.create(kind=craft, seconds=200 * 3600, as_of="2026-02-01")
    studio = Studio(THURSDAY)
    assert reached(studio, studio.milestones[0], {}) == (True, None)


def test_a_studio_without_hours_has_none_to_show(craft):
    OpeningBalance.objects.all().delete()
    log(craft, date(2026, 11, 10), 0.9)
    assert hours(Studio(THURSDAY), {}) is None
