"""Where marks stand on the charts."""

import pytest

from projects.voice.drawing import Place, Scale, dots, drift, rhythm


def test_a_scale_from_zero_has_zero_at_its_left_and_room_at_its_right():
    scale = Scale.over([5, 10], from_zero=True)
    assert scale.at(0) == 0
    assert scale.at(10) == pytest.approx(100 / 1.12, abs=0.01)


def test_a_turned_scale_runs_the_other_way():
    scale = Scale(0, 10, turned=True)
    assert (scale.at(0), scale.at(2), scale.at(10)) == (100, 80, 0)
    assert scale.span(2, 4) == (60, 20)


def test_nothing_stands_outside_and_one_value_alone_has_room():
    assert (Scale(0, 10).at(-5), Scale(0, 10).at(50)) == (0, 100)
    assert Scale.over([0.5, 0.5], from_zero=False).at(0.5) == 50
    assert Scale.over([0, 0], from_zero=True).at(0) == 0
    assert Scale.over([0], from_zero=False).at(0) == 50


def test_dots_on_one_value_stand_beside_each_other():
    assert [dot.y for dot in dots(Scale(0, 1), [0.5] * 3)] == [0, -7, 4]


def test_the_drift_has_one_at_the_edge_of_home():
    places = [Place(n / 2, str(n + 1), False, n == 2) for n in range(5)]
    chart = drift(places, 640, 220)
    heights = {point.x: point.y for point in chart.points}
    assert list(heights.values()) == sorted(heights.values(), reverse=True)
    assert chart.points[0].y == chart.base
    assert chart.points[2].y == chart.edge
    assert [number for number, _ in chart.lines] == [0, 1, 2, 3]
    assert [point.kind for point in chart.points] == ["solid", "solid", "now", "solid", "solid"]
    assert [point.beside for point in chart.points] == ["", "", "", "4", "5"]


def test_short_chapters_are_open_and_unmeasured_ones_have_no_dot():
    places = [
        Place(None, "1", True, False),
        Place(2.0, "2", True, False),
        Place(1, "3", True, True),
    ]
    kinds = [
        (point.y is None, point.kind, point.beside) for point in drift(places, 350, 190).points
    ]
    assert kinds == [(True, "hollow", ""), (False, "hollow", ""), (False, "now open", "")]


def test_a_drift_of_no_chapters_is_an_empty_frame():
    assert drift([], 350, 190).points == []


def test_the_rhythm_is_as_tall_as_the_sentence_is_long():
    ((short, long, middle),) = rhythm([5, 20, 10], long=15)
    assert (short.height, long.height, middle.height) == (25, 100, 50)
    assert (short.is_long, long.is_long) == (False, True)
    assert (middle.top, middle.bottom) == (25, 75)
    assert [stroke.x for stroke in (short, long, middle)] == [16.67, 50, 83.33]


def test_a_long_rhythm_breaks_into_rows_of_like_length():
    assert [len(row) for row in rhythm([10] * 450, 15)] == [150, 150, 150]
    assert rhythm([], 15) == []


def test_one_endless_sentence_does_not_flatten_the_others():
    (row,) = rhythm([10, 10, 10, 1000], 15)
    assert row[0].height == pytest.approx(100 / 6, abs=0.1)
    assert row[3].height == 100
