"""The table, put together from flat rows."""

from datetime import date
from types import SimpleNamespace

from projects.tools.matrix import Standing, matrix

TODAY = date(2026, 11, 19)
KONTEXT, 即梦 = SimpleNamespace(pk=1), SimpleNamespace(pk=2)
LETTERING = SimpleNamespace(pk=7, group="picture")
HANDS = SimpleNamespace(pk=8, group="picture")
WATER = SimpleNamespace(pk=9, group="motion")


def shown(*standing):
    groups = matrix([KONTEXT, 即梦], [LETTERING, HANDS, WATER], standing, TODAY)
    return [
        (group.key, [[(cell.state, cell.due) for cell in row.cells] for row in group.rows])
        for group in groups
    ]


def test_every_row_is_as_wide_as_there_are_tools():
    untried = [("untried", False)] * 2
    assert shown() == [("picture", [untried, untried]), ("motion", [untried])]


def test_a_cell_shows_the_standing_test_of_its_tool_and_capability():
    groups = shown(Standing(2, 8, "can", None), Standing(1, 9, "not", date(2026, 12, 1)))
    assert groups == [
        ("picture", [[("untried", False)] * 2, [("untried", False), ("can", False)]]),
        ("motion", [[("not", False), ("untried", False)]]),
    ]


def test_a_cell_is_due_from_the_day_on():
    days = [date(2026, 11, 18), TODAY, date(2026, 11, 20), None]
    found = [shown(Standing(1, 7, "partly", day))[0][1][0][0] for day in days]
    assert [due for _, due in found] == [True, True, False, False]


def test_a_tool_that_left_the_columns_is_left_out():
    assert shown(Standing(99, 7, "can", None)) == shown()


def test_each_state_is_drawn_in_its_own_shape():
    cells = [
        matrix([KONTEXT], [LETTERING], [Standing(1, 7, state, None)], TODAY)[0].rows[0].cells[0]
        for state in ("can", "partly", "not")
    ]
    untried = matrix([KONTEXT], [LETTERING], [], TODAY)[0].rows[0].cells[0]
    assert [cell.mark for cell in [*cells, untried]] == ["yes", "part", "no", "untried"]
