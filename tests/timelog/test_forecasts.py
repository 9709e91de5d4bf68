"""Forecasts as rows: made once a day at most, kept, scored when their time has come."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from studio.store.models import Job
from timelog.models import (
    DayTotal,
    Forecast,
    ForecastBand,
    Kind,
    Milestone,
    OpeningBalance,
    TimeEntry,
)
from timelog.models.forecast import key_of

from . import make

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 19)
HOUR = 3600


@pytest.fixture(autouse=True)
def thursday():
    with time_machine.travel(datetime(2026, 11, 19, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


def fill(weeks, hours=5.0, kind="video", until=THURSDAY):
    """So many weeks of the same hours on each day before `until`."""
    which = make.kind(kind)
    days = [until - timedelta(days=n) for n in range(1, 7 * weeks + 1)]
    DayTotal.add_all({(day, which.pk): round(hours * HOUR) for day in days})


def video():
    return Forecast.objects.get(current=True, kinds=str(make.kind("video").pk))


# --- making ---------------------------------------------------------------------------------------
def test_a_forecast_is_made_of_whole_days_and_says_when_each_milestone_is_reached():
    fill(52)
    make.entry(3, kind="video", day=THURSDAY)  # not over yet
    assert Forecast.objects.make() == 1
    row = video()
    assert (row.made_on, row.seconds, row.is_own) == (THURSDAY, 364 * 5 * HOUR, True)
    assert list(row.quantiles) == ["4 w", "13 w", "26 w", "52 w", "2000 h", "10000 h"]
    early, _, middle, _, late = row.quantiles["2000 h"]
    assert "2026-12-01" < early <= middle <= late < "2027-01-31"  # 36 days at this pace


def test_the_same_days_are_not_forecast_twice():
    fill(20)
    assert Forecast.objects.make() == 1
    before = video()
    make.entry(3, kind="video", day=THURSDAY)
    assert Forecast.objects.make() == 0
    assert video().made == before.made


def test_what_is_changed_on_the_same_day_replaces_the_days_forecast():
    fill(20)
    Forecast.objects.make()
    make.entry(3, kind="video", day=date(2026, 11, 17))
    assert Forecast.objects.make() == 1
    assert Forecast.objects.count() == 1
    assert ForecastBand.objects.count() == 6
    Milestone.objects.add(5000, [make.kind("video")])
    assert Forecast.objects.make() == 1
    assert "5000 h" in video().quantiles


def test_the_next_day_has_its_own_and_the_one_before_keeps_its_figures(thursday):
    fill(20)
    Forecast.objects.make()
    thursday.shift(timedelta(days=1))
    assert Forecast.objects.make() == 1
    old, new = Forecast.objects.order_by("made_on")
    assert (old.current, old.fan, len(old.quantiles)) == (False, None, 6)
    assert new.current
    assert new.fan is not None


def test_each_set_of_kinds_has_its_own_and_writing_always():
    fill(20)
    fill(20, 2, "writing")
    Milestone.objects.add(3000, [make.kind("video"), make.kind("writing")])
    assert Forecast.objects.make() == 3
    pks = {name: make.kind(name).pk for name in ("video", "writing")}
    keys = {key_of([pks["video"]]), key_of([pks["writing"]]), key_of(pks.values())}
    assert set(Forecast.objects.values_list("kinds", flat=True)) == keys


def test_a_set_that_no_milestone_counts_any_more_is_no_longer_shown():
    fill(20)
    extra = Kind.objects.create(key="extra", family="video")
    milestone = Milestone.objects.add(3000, [extra, make.kind("video")])
    Forecast.objects.make()
    milestone.remove()
    Forecast.objects.make()
    assert Forecast.objects.filter(current=True).count() == 1


def test_with_too_little_of_a_log_other_people_s_speak_and_are_not_scored():
    OpeningBalance.objects.create(
        kind=make.kind("video"),
        seconds=1947 * HOUR,
        began=THURSDAY - timedelta(days=365),
        as_of=THURSDAY,
    )
    assert Forecast.objects.make() == 1
    assert not video().is_own
    assert not ForecastBand.objects.exists()
    assert Forecast.objects.make() == 0


def test_without_a_pace_there_is_none_and_one_that_was_is_no_longer_shown():
    assert Forecast.objects.make() == 0
    fill(20)
    Forecast.objects.make()
    DayTotal.objects.update(seconds=0)
    assert Forecast.objects.make() == 0
    assert not Forecast.objects.filter(current=True).exists()


def test_this_level_cuts_off_what_was_before_it():
    fill(20, 1, until=THURSDAY - timedelta(weeks=20))
    fill(20, 8)
    Forecast.objects.make()
    slow = video().quantiles["52 w"][2]
    Forecast.objects.begin_level(THURSDAY - timedelta(weeks=20))
    assert Forecast.objects.make() == 1
    assert video().quantiles["52 w"][2] > slow
    assert video().seconds == 140 * 9 * HOUR  # hours in all are what they were
    Forecast.objects.begin_level(None)
    Forecast.objects.make()
    assert video().quantiles["52 w"][2] == slow


# --- when it is asked for -------------------------------------------------------------------------
def waiting():
    return Job.objects.about("forecast", 0).unfinished().count()


@pytest.mark.parametrize(
    "change",
    [
        lambda: make.entry(1),
        lambda: DayTotal.add_all({(THURSDAY, make.kind().pk): 60}),
        lambda: OpeningBalance.objects.create(kind=make.kind(), seconds=1, as_of=THURSDAY),
        lambda: Milestone.objects.add(77, [make.kind()]),
        lambda: Forecast.objects.begin_level(THURSDAY),
    ],
)
def test_the_worker_is_asked_when_hours_balances_milestones_or_the_level_change(
    change, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        change()
    assert waiting() == 1


def test_many_changes_ask_once_and_the_worker_makes_it(
    django_capture_on_commit_callbacks, run_jobs
):
    with django_capture_on_commit_callbacks(execute=True):
        fill(20)
        make.entry(1, kind="video", day=date(2026, 11, 2))
        make.entry(2, kind="video", day=date(2026, 11, 3))
    assert waiting() == 1
    assert run_jobs() == 1
    assert video().is_own


# --- the score ------------------------------------------------------------------------------------
def test_only_the_first_of_each_week_is_scored(thursday):
    fill(20)
    for _day in range(7):
        Forecast.objects.make()
        thursday.shift(timedelta(days=1))
    with_bands = Forecast.objects.exclude(bands=None).distinct().order_by("made_on")
    assert [row.made_on for row in with_bands] == [THURSDAY, date(2026, 11, 23)]


@pytest.mark.parametrize(("hours", "held"), [(5, True), (0.1, False), (20, False)])
def test_a_band_is_held_against_the_hours_that_came(thursday, hours, held):
    fill(20)
    Forecast.objects.make()
    fill(4, hours, until=THURSDAY + timedelta(weeks=4))
    thursday.shift(timedelta(weeks=4) - timedelta(days=1))
    Forecast.objects.make()
    band = ForecastBand.objects.get(forecast__made_on=THURSDAY, weeks=4)
    assert band.held is None  # the last day is not over
    thursday.shift(timedelta(days=1))
    Forecast.objects.make()
    band.refresh_from_db()
    assert band.held is held
    shown = Forecast.objects.shown().get(kinds=str(make.kind("video").pk))
    assert (shown.held, shown.scored) == (int(held), 1)


def test_a_band_of_days_is_held_when_its_hours_are_reached_within_it(thursday):
    fill(52)  # 1,820 hours; 180 are missing, and 5 a day are 36 days
    Forecast.objects.make()
    band = ForecastBand.objects.get(hours=2000)
    fill(7, 5, until=THURSDAY + timedelta(weeks=7))
    thursday.shift(timedelta(weeks=7))
    ForecastBand.objects.score(THURSDAY + timedelta(weeks=7))
    band.refresh_from_db()
    assert band.low <= 35 <= band.high
    assert band.held is True


def test_a_band_of_days_is_missed_when_its_last_day_has_passed_or_the_hours_came_too_early():
    fill(52)
    Forecast.objects.make()
    band = ForecastBand.objects.get(hours=2000)
    ForecastBand.objects.score(band.due)
    band.refresh_from_db()
    assert band.held is None
    ForecastBand.objects.score(band.due + timedelta(days=1))
    band.refresh_from_db()
    assert band.held is False
    ForecastBand.objects.filter(pk=band.pk).update(held=None)
    DayTotal.add(THURSDAY + timedelta(days=1), make.kind("video").pk, 180 * HOUR)
    ForecastBand.objects.score(THURSDAY + timedelta(days=2))
    band.refresh_from_db()
    assert band.held is False


def test_hours_carried_over_or_written_down_later_were_not_foretold():
    fill(52)
    Forecast.objects.make()
    OpeningBalance.objects.create(kind=make.kind("video"), seconds=200 * HOUR, as_of=THURSDAY)
    ForecastBand.objects.score(THURSDAY + timedelta(days=1))
    assert not ForecastBand.objects.filter(hours=2000).exists()
    assert ForecastBand.objects.filter(hours=10_000, held=None).exists()


def test_bands_open_after_misses_and_each_set_of_kinds_learns_from_its_own():
    fill(20)
    Forecast.objects.make()
    key = str(make.kind("video").pk)
    ForecastBand.objects.filter(weeks=4).update(held=False)
    ForecastBand.objects.filter(weeks=13).update(held=True)
    misses = ForecastBand.objects.misses(key)
    assert misses[4] == pytest.approx(0.2 - 0.016 / 4)
    assert misses[13] == pytest.approx(0.2 + 0.004 / 13)
    assert misses[26] == misses[52] == 0.2
    assert set(ForecastBand.objects.misses("99").values()) == {0.2}


def test_a_forecast_of_ten_years_of_days_is_made():
    pks = [kind.pk for kind in Kind.objects.all()]
    days = [THURSDAY - timedelta(days=n) for n in range(1, 3650)]
    DayTotal.add_all({(day, pk): HOUR for day in days for pk in pks})
    assert Forecast.objects.make() == 2
    assert TimeEntry.objects.count() == 0
    assert video().quantiles["10000 h"][2] is not None
