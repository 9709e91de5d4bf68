"""A year of days as cells: geometry worked out by hand."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from studio.lib.heat import WEEKS, heat, level, quarters
from tests.timelog.make import unhurried

THURSDAY = date(2026, 11, 19)
FIRST = date(2025, 11, 17)
HOUR = 3600


def test_the_map_is_53_weeks_from_a_monday_to_today():
    found = heat([], THURSDAY)
    assert (len(found.columns), found.first) == (53, FIRST)
    assert [len(column.cells) for column in found.columns] == [7] * 52 + [4]
    assert found.columns[-1].cells[-1].day == THURSDAY
    assert (found.width, found.height) == (53 * 21 - 3, 7 * 21 - 3)
    assert (found.worked, found.most, found.amount) == (0, None, 0)


def test_a_day_has_its_place_by_week_and_weekday():
    found = heat([(date(2025, 11, 26), 2 * HOUR), (date(2025, 11, 26), HOUR)], THURSDAY)
    column = found.columns[1]
    cell = column.cells[2]
    assert (column.monday, column.x) == (date(2025, 11, 24), 21)
    assert (cell.day, cell.amount, cell.level, cell.y) == (date(2025, 11, 26), 3 * HOUR, 4, 42)
    assert (found.worked, found.most, column.amount) == (1, cell, 3 * HOUR)


def test_days_before_the_map_and_after_its_week_are_left_out_and_a_day_ahead_is_shown():
    rows = [(FIRST - timedelta(days=1), 5), (date(2026, 11, 23), 6), (date(2026, 11, 21), 7)]
    found = heat(rows, THURSDAY)
    assert [cell.day.day for cell in found.columns[-1].cells] == [16, 17, 18, 19, 21]
    assert found.columns[-1].days == [0, 0, 0, 0, None, 7, None]
    assert found.amount == 7


def test_the_greys_are_quarters_of_the_authors_own_days():
    marks = quarters([8, 1, 7, 2, 6, 3, 5, 4])
    assert marks == (3, 5, 7)
    assert [level(seconds, marks) for seconds in range(9)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert quarters([]) == (0, 0, 0)
    assert level(0, (0, 0, 0)) == 0


def test_a_month_is_named_over_the_week_in_which_it_begins():
    months = heat([], THURSDAY).months
    assert [day.month for _x, day in months] == [12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert months[0] == (round(100 * 2 * 21 / 1110, 3), date(2025, 12, 7))
    # The 1st of March 2026 is a Sunday: its week begins on the 23rd of February.
    assert months[3] == (round(100 * 14 * 21 / 1110, 3), date(2026, 3, 1))


def test_no_month_is_named_where_there_is_no_room_for_its_name():
    months = heat([], date(2026, 12, 2)).months
    assert [day.month for _x, day in months][-1] == 11


days = st.integers(-400, 30).map(lambda n: THURSDAY + timedelta(days=n))


@unhurried
@given(st.lists(st.tuples(days, st.integers(0, 86_400))), days)
def test_cells_add_up_to_what_was_spent_and_stay_inside(rows, today):
    found = heat(rows, today)
    last = found.first + timedelta(weeks=WEEKS)
    assert found.amount == sum(secs for day, secs in rows if found.first <= day < last)
    cells = [cell for column in found.columns for cell in column.cells]
    assert len({cell.day for cell in cells}) == len(cells)
    assert {cell.level for cell in cells if not cell.amount} <= {0}
    assert all(1 <= cell.level <= 4 for cell in cells if cell.amount)
    longest = max((cell.amount for cell in cells), default=0)
    assert {cell.level for cell in cells if cell.amount == longest > 0} <= {4}
    assert all(column.x + 18 <= found.width for column in found.columns)
    assert all(cell.y + 18 <= found.height for cell in cells)
