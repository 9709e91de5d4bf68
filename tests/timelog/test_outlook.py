"""What is said of the hours to come: days, ranges, other people's logs, another share."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timelog.allocation import Shares, asked, shares
from timelog.fan import Fan, Range, day_of
from timelog.forecast import fan
from timelog.outlook import Carried, Material, look, pace_known, spent_between, years_at
from timelog.reach import Step
from timelog.spans import span

from .make import unhurried

TODAY = date(2026, 11, 19)
HOUR = 3600
FAN = Fan((10, 20), ((10.0, 20.0, 30.0, 40.0, 50.0), (20.0, 40.0, 60.0, 80.0, 100.0)))


def ago(days):
    return TODAY - timedelta(days=days)


def material(daily=(), carried=(), level=None):
    seconds = round(3600 * sum(daily)) + sum(each[2] for each in carried)
    return Material(TODAY, seconds, tuple(daily), tuple(map(Carried._make, carried)), level)


# --- the fan --------------------------------------------------------------------------------------
def test_a_fan_tells_hours_by_a_week_and_the_week_of_so_many_hours():
    assert FAN.hours(10, 2) == 30
    assert FAN.hours(5, 2) == 15
    assert FAN.hours(99, 2) == 60
    assert FAN.hours(0, 2) == 0
    assert FAN.when(15) == Range(3.0, 3.75, 5.0, 7.5, 15.0)
    assert FAN.when(30) == Range(6.0, 7.5, 10.0, 15.0, None)
    assert FAN.when(0) == Range(0, 0, 0, 0, 0)
    assert FAN.when(500) == Range(None, None, None, None, None)


def test_a_fan_is_kept_as_json_and_comes_back():
    assert Fan.from_kept(FAN.kept()) == FAN


@unhurried
@given(st.floats(0.1, 4), st.floats(1, 3000))
def test_another_speed_is_another_log_forecast_anew(speed, hours):
    """The measure of the slider: within a week of a new run on the scaled log."""
    daily = [5.0 if n % 7 else 0.0 for n in range(200)]
    scaled = [speed * each for each in daily]
    once, anew = fan(daily, 3000, 5, count=60), fan(scaled, 3000 * speed, 5, count=60)
    for ours, theirs in zip(once.when(hours, speed), anew.when(hours), strict=True):
        if ours is None or theirs is None:  # beyond the fan, or within a week of its end
            assert (ours or theirs or 300) > 298
        else:
            assert abs(ours - theirs) < 1


def test_without_speed_nothing_is_reached():
    assert FAN.when(10, 0) == Range(None, None, None, None, None)


def test_a_day_beyond_the_calendar_is_none():
    assert day_of(10.0**6, TODAY) is None
    assert day_of(None, TODAY) is None
    assert day_of(1.5, TODAY) == TODAY + timedelta(days=10)


# --- other people's logs --------------------------------------------------------------------------
def test_the_seed_case_1947_hours_in_a_year():
    """9.9 days to 2,000 hours at the flat pace, 4.14 years to 10,000; the band of others."""
    given_ = material(carried=[(ago(365), TODAY, 1947 * HOUR)])
    pace = pace_known(given_)
    assert 53 / pace == pytest.approx(9.94, abs=0.01)
    assert years_at(8053, pace) == pytest.approx(4.136, abs=0.001)
    found = look(given_, [1000, 2000, 10_000])
    assert not found.is_own
    assert not found.fan.has_inner
    assert list(found.ranges) == [2000, 10_000]
    years = [7 * week / 365 for week in found.ranges[10_000] if week]
    assert years == pytest.approx([4.136 / 1.59, 4.136 / 1.02, 4.136 / 0.77], abs=0.01)


def test_hours_without_a_beginning_have_no_pace():
    assert look(material(carried=[(None, TODAY, 1947 * HOUR)]), [2000]) is None
    assert look(material(), [2000]) is None


def test_a_week_of_log_gives_a_pace_and_eight_weeks_speak_for_themselves():
    assert look(material([2.0] * 6), [100]) is None
    assert not look(material([2.0] * 55), [200]).is_own
    own = look(material([2.0] * 56), [200])
    assert own.is_own
    assert own.fan.has_inner


def test_days_that_two_numbers_carried_over_share_count_once():
    both = [(ago(100), TODAY, 100 * HOUR), (ago(100), TODAY, 300 * HOUR)]
    assert pace_known(material(carried=both)) == 4
    before = [(ago(100), ago(50), 100 * HOUR)]
    assert pace_known(material([3.0] * 50, before)) == 2.5


def test_what_was_before_this_level_gives_no_pace():
    before = [(ago(100), ago(50), 500 * HOUR)]
    assert pace_known(material([3.0] * 20, before, level=ago(20))) == 3
    assert pace_known(material([3.0] * 20, before, level=ago(90))) > 3


def test_hours_in_weeks_are_those_spent_and_not_those_carried_over():
    rise = [
        Step(ago(30), 100 * HOUR, carried=True),
        Step(ago(20), 103 * HOUR, carried=False),
        Step(ago(10), 105 * HOUR, carried=False),
    ]
    assert spent_between(rise, ago(30), TODAY) == 5 * HOUR
    assert spent_between(rise, ago(20), ago(10)) == 3 * HOUR


def test_kept_figures_are_hours_by_weeks_and_days_by_milestones():
    found = look(material([2.0] * 70), [200]).quantiles(TODAY)
    assert list(found) == ["4 w", "13 w", "26 w", "52 w", "200 h"]
    assert found["4 w"] == sorted(found["4 w"])
    assert all(date.fromisoformat(day) > TODAY for day in found["200 h"])


# --- days in words --------------------------------------------------------------------------------
def test_a_near_range_is_said_by_days_and_a_far_one_by_months():
    near = span(Range(1, 1, 2, 3, 4), TODAY, TODAY)
    assert (near.form, near.middle) == ("MONTH_DAY_FORMAT", TODAY + timedelta(days=14))
    far = span(Range(1, 1, 2, 3, 60), TODAY, TODAY)
    assert far.form == "YEAR_MONTH_FORMAT"
    assert span(Range(None, None, None, None, None), TODAY, TODAY).first is None


def test_a_range_never_lies_before_today():
    late = span(Range(0, 0, 1, 1, 9), ago(21), TODAY)
    assert (late.first, late.middle) == (TODAY, TODAY)


def test_ends_that_are_said_alike_are_said_once():
    assert span(Range(1, 1, 1, 1, 1), TODAY, TODAY).is_short
    assert not span(Range(1, 1, 1, 1, 2), TODAY, TODAY).is_short
    assert not span(Range(1, 1, 1, 1, None), TODAY, TODAY).is_short


# --- another share --------------------------------------------------------------------------------
def test_shares_are_those_of_the_last_half_year():
    rows = [
        (ago(182), 1, 10 * HOUR),
        (ago(1), 1, 20 * HOUR),
        (ago(1), 2, 10 * HOUR),
        (ago(2), 3, 99 * HOUR),  # a detour is neither
        (TODAY, 1, 99 * HOUR),  # the day is not over
        (ago(183), 1, 99 * HOUR),
    ]
    found = shares(rows, {1}, {2}, TODAY)
    assert (found.exact, found.now) == (75, 75)
    assert found.a_week == pytest.approx(40 / 26)


def test_with_hours_of_one_of_them_alone_there_is_nothing_to_share():
    assert shares([(ago(1), 1, HOUR)], {1}, {2}, TODAY) is None
    assert shares([(ago(1), 2, HOUR)], {1}, {2}, TODAY) is None
    assert shares([], {1}, {2}, TODAY) is None


def test_what_one_gains_the_other_loses():
    now = Shares(75.2, 40)
    assert now.speeds(75) == (1, 1)  # where it stands, nothing changes
    assert Shares(80, 40).speeds(40) == (0.5, 3)


def test_a_share_that_is_none_is_the_one_of_now_and_the_slider_has_ends():
    now = Shares(75.2, 40)
    assert [asked(each, now) for each in ("", "x", "nan", "inf", "40", "-3", "300")] == [
        75,
        75,
        75,
        75,
        40,
        5,
        95,
    ]
