"""When to test again."""

from datetime import date

import pytest

from projects.tools.again import later, suggest


@pytest.mark.parametrize(
    ("state", "day"),
    [("not", date(2026, 11, 27)), ("partly", date(2026, 11, 13)), ("can", None)],
)
def test_what_failed_waits_eight_weeks_what_almost_works_six_what_works_for_ever(state, day):
    assert suggest(state, date(2026, 10, 2)) == day


@pytest.mark.parametrize(("state", "weeks"), [("not", 8), ("partly", 6), ("can", 8)])
def test_what_is_put_off_is_put_off_from_today(state, weeks):
    assert (later(state, date(2026, 11, 19)) - date(2026, 11, 19)).days == weeks * 7
