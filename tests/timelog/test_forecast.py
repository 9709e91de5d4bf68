"""The walk and its bands: what must hold for any log, and how it does on logs that are known."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timelog import backtest, peers
from timelog.fan import HORIZONS, MISSES, TIGHTEST, WIDEST, is_enough, learn
from timelog.forecast import change_of, fan, paths, seed_of, weeks_of, weeks_shown

from .make import unhurried

days = st.lists(st.integers(0, 24 * 4).map(lambda n: n / 4), min_size=56, max_size=400).filter(
    is_enough
)


def year(level=5.0, count=364):
    """A steady year with a free day a week."""
    return [0.0 if n % 7 == 6 else level for n in range(count)]


# --- weeks ----------------------------------------------------------------------------------------
def test_weeks_are_counted_back_from_the_last_day():
    assert weeks_of([9, *[1] * 7, *[2] * 7]).tolist() == [7, 14]
    assert weeks_of([1] * 6).tolist() == []


def test_eight_weeks_with_hours_are_enough_and_less_is_not():
    assert is_enough([1.0] * 56)
    assert not is_enough([1.0] * 55)
    assert not is_enough([0.0] * 400)
    assert not is_enough([5.0, *[0.0] * 56])  # the day is left over at the front of the weeks


@pytest.mark.parametrize("daily", [[], [1.0] * 55, [0.0] * 100])
def test_too_little_is_refused(daily):
    with pytest.raises(ValueError, match="a forecast needs 8 weeks of log"):
        paths(weeks_of(daily), 4, seed=1)


# --- the walk -------------------------------------------------------------------------------------
def test_the_same_log_gives_the_same_fan_and_another_log_another():
    one = fan(year(), 1000, seed_of("2026-11-19", year()), count=200)
    assert one == fan(year(), 1000, seed_of("2026-11-19", year()), count=200)
    other = [*year()[:-1], 6.0]
    assert one != fan(other, 1000, seed_of("2026-11-19", other), count=200)


def test_a_steady_log_goes_on_as_it_was():
    found = fan(year(), 1000, seed=7)
    assert found.hours(52, 2) == pytest.approx(52 * 30, rel=0.1)
    assert found.hours(52, 0) < 52 * 30 < found.hours(52, 4)


def test_a_wild_log_gives_wider_bands_than_a_steady_one():
    wild = [level for n in range(13) for level in year((1, 9)[n % 2], 28)]
    assert change_of(weeks_of(wild)) > change_of(weeks_of(year()))
    widths = [
        (found.hours(52, 4) - found.hours(52, 0)) / found.hours(52, 2)
        for found in (fan(log, 100, seed=7) for log in (wild, year()))
    ]
    assert widths[0] > widths[1]


def test_a_month_without_an_hour_is_no_end_of_the_world():
    paused = [*year(), *[0.0] * 35]
    found = fan(paused, 1000, seed=7)
    assert 0 < found.hours(52, 2) < fan(year(), 1000, seed=7).hours(52, 2)


@unhurried
@given(days, st.integers(0, 2**63))
def test_hours_never_fall_and_bands_never_cross(daily, seed):
    drawn = paths(weeks_of(daily), 30, seed, count=40)
    assert drawn.shape == (40, 30)
    assert np.isfinite(drawn).all()
    assert (np.diff(drawn, axis=1) >= 0).all()
    found = fan(daily, 1, seed, count=40)
    for row in found.rows:
        assert list(row) == sorted(row)
    for number in range(5):
        hours = [more for _week, more in found.line(number)]
        assert hours == sorted(hours)


@unhurried
@given(days, st.integers(0, 2**63))
def test_twice_the_hours_are_the_same_fan_twice_as_high(daily, seed):
    """So the slider may scale a fan instead of making another one."""
    weekly = weeks_of(daily)
    once, twice = (paths(each, 20, seed, count=20) for each in (weekly, 2 * weekly))
    assert twice == pytest.approx(2 * once, rel=1e-6, abs=1e-6)


def test_two_years_of_log_are_pooled_with_runs_of_weeks_as_they_were():
    weekly = np.arange(1.0, 105.0)
    drawn = paths(weekly, 13, seed=3, count=10)
    steps = np.diff(drawn[5:], axis=1)
    assert (np.diff(steps, axis=1) == 1).all()  # thirteen weeks in their own order
    assert not (np.diff(np.diff(paths(weekly[1:], 13, seed=3, count=10)[5:]), axis=1) == 1).all()


# --- what is kept of it ---------------------------------------------------------------------------
def test_each_week_of_half_a_year_is_kept_then_ever_fewer_and_each_horizon():
    weeks = weeks_shown(1560)
    assert weeks[:26] == list(range(1, 27))
    assert set(HORIZONS) <= set(weeks)
    assert weeks[-1] == 1560
    assert len(weeks) < 170


def test_a_fan_reaches_as_far_as_the_way_may_take_but_no_farther_than_thirty_years():
    assert fan(year(), 10, seed=1, count=50).weeks[-1] == 104
    assert fan(year(), 10**6, seed=1, count=50).weeks[-1] == 1560


def test_a_band_that_may_miss_less_is_wider():
    usual = fan(year(), 100, seed=1)
    tight = fan(year(), 100, seed=1, misses=dict.fromkeys(HORIZONS, 0.05))
    assert tight.hours(13, 0) < usual.hours(13, 0)
    assert tight.hours(13, 4) > usual.hours(13, 4)
    assert tight.hours(13, 2) == usual.hours(13, 2)


# --- learning from what came ----------------------------------------------------------------------
def test_a_band_that_was_missed_opens_and_one_that_held_closes():
    assert learn(MISSES, was_missed=True) == pytest.approx(0.2 - 0.016)
    assert learn(MISSES, was_missed=False) == pytest.approx(0.2 + 0.004)
    assert learn(MISSES, True, part=1 / 52) == pytest.approx(0.2 - 0.016 / 52)


@given(st.lists(st.booleans(), max_size=300))
def test_bands_are_never_opened_or_closed_beyond_reason(misses):
    miss = MISSES
    for was_missed in misses:
        miss = learn(miss, was_missed)
        assert WIDEST <= miss <= TIGHTEST


# --- how it does ----------------------------------------------------------------------------------
def test_on_known_logs_the_bands_hold_and_beat_the_agile_monte_carlo(corpus):
    told = json.loads((corpus / "time" / "daily_series.json").read_text())
    scores = {each.weeks: each.told() for each in backtest.run(backtest.read(told), count=600)}
    assert [scores[weeks]["n"] for weeks in HORIZONS] == [188, 182, 171, 156]
    for weeks in (13, 26):
        score = scores[weeks]
        assert 0.70 <= score["coverage80"] <= 0.90, score
        assert score["is80"] <= 0.70 * score["is80_agile"], score
        assert score["coverage50"] < score["coverage80"], score


def test_what_it_is_measured_beside():
    assert peers.flat([*[9] * 9, *[2] * 28], 4) == 56
    assert peers.flat([], 4) == 0
    drawn = peers.agile([*[9] * 9, *[2] * 91], 4, seed=1, count=3)
    assert drawn.tolist() == [[14, 28, 42, 56]] * 3


def test_an_interval_is_scored_by_its_width_and_ten_times_what_lies_outside():
    assert backtest.interval_score(10, 30, 20) == 20
    assert backtest.interval_score(10, 30, 8) == 20 + 10 * 2
    assert backtest.interval_score(10, 30, 31) == 20 + 10 * 1
    assert backtest.interval_score(10, 10, 12) == 20


def test_a_forecast_is_told_only_what_came_before_it():
    log = tuple(year(count=7 * 40))
    changed = (*log[: 7 * 30], *(24.0,) * 70)
    ours = []
    for daily in (log, changed):
        [score, *_] = backtest.run([backtest.Series("one", daily)], every=4, count=100)
        first = score.outcomes[0]  # told at week 26 of the four weeks to week 30
        ours += [first.score * sum(daily), first.score_agile * sum(daily)]
    assert ours[:2] == pytest.approx(ours[2:])


def test_a_log_is_begun_on_its_first_day_with_hours_or_on_the_day_of_its_level():
    from timelog.outlook import daily_of

    monday = date(2026, 11, 2)
    rows = {monday: 3600, monday + timedelta(days=2): 7200, monday - timedelta(days=1): 0}
    night = monday + timedelta(days=3)
    assert daily_of(rows, None, night) == [1, 0, 2, 0]
    assert daily_of(rows, monday + timedelta(days=1), night) == [0, 2, 0]
    assert daily_of(rows, monday - timedelta(days=9), night) == [1, 0, 2, 0]
    assert daily_of({}, None, night) == []
    assert daily_of(rows, night + timedelta(days=5), night) == []
