"""Where marks stand on other versions, and what became of their places: the pure part."""

import math
from itertools import pairwise
from random import Random

import pytest

from projects.images import shapes
from projects.images.following import fate, pieces

SAME = (1, 0, 0, 0, 1, 0)
SIZE = (1024, 576)


def nothing(box):
    return 0.0


def within(x, y, w, h):
    """Exactly this area was changed."""

    def share(box):
        wide = min(box.x + box.w, x + w) - max(box.x, x)
        high = min(box.y + box.h, y + h) - max(box.y, y)
        return max(0, wide) * max(0, high) / box.area

    return share


@pytest.mark.parametrize("seed", range(50))
def test_a_place_is_carried_to_within_a_thousandth_of_a_pixel(seed):
    random = Random(seed)
    scale, turn = random.uniform(0.8, 1.2), random.uniform(-0.2, 0.2)
    right, down = random.uniform(-80, 80), random.uniform(-80, 80)
    width, height = SIZE

    def truly(x, y):
        return (
            scale * (math.cos(turn) * x - math.sin(turn) * y) + right,
            scale * (math.sin(turn) * x + math.cos(turn) * y) + down,
        )

    (ox, oy), (rx, ry), (dx, dy) = truly(0, 0), truly(width, 0), truly(0, height)
    matrix = (
        *((rx - ox) / width, (dx - ox) / width, ox / width),
        *((ry - oy) / height, (dy - oy) / height, oy / height),
    )
    for _ in range(20):
        x, y = random.random(), random.random()
        found = shapes.carried((x, y), matrix)
        true = truly(x * width, y * height)
        assert math.dist((found[0] * width, found[1] * height), true) < 1e-3


# --- verdicts -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("point", "verdict"), [((0.3, 0.3), "changed"), ((0.7, 0.7), "untouched")])
def test_a_pin_is_changed_where_its_surroundings_are(point, verdict):
    found = fate("pin", [point], SIZE, SAME, within(0.2, 0.2, 0.2, 0.2))
    assert (found.verdict, found.points) == (verdict, [point])


def test_a_box_is_changed_by_a_fiftieth_of_it_and_not_by_less():
    box = [(0.1, 0.1), (0.2, 0.2)]
    assert fate("box", box, SIZE, SAME, within(0.1, 0.1, 0.1, 0.0021)).verdict == "changed"
    assert fate("box", box, SIZE, SAME, within(0.1, 0.1, 0.1, 0.0019)).verdict == "untouched"


def test_a_small_retouch_in_a_large_box_counts():
    half = [(0.0, 0.0), (0.5, 1.0)]
    spot = within(0.2, 0.2, 20 / 1024, 20 / 576)
    assert fate("box", half, SIZE, SAME, spot).verdict == "changed"


def test_what_a_closed_stroke_goes_round_counts_and_not_its_corners():
    circle = [
        (0.5 + 0.2 * math.cos(step * math.pi / 12), 0.5 + 0.2 * math.sin(step * math.pi / 12))
        for step in range(25)
    ]
    middle, corner = within(0.45, 0.45, 0.1, 0.1), within(0.3, 0.3, 0.04, 0.04)
    assert fate("stroke", circle, SIZE, SAME, middle).verdict == "changed"
    assert fate("stroke", circle, SIZE, SAME, corner).verdict == "untouched"
    area = sum(box.area for box in pieces("stroke", circle, SIZE))
    assert area == pytest.approx(math.pi * 0.2**2, rel=0.03)


def test_an_open_stroke_is_what_lies_along_it():
    arrow = [(0.1, 0.5), (0.9, 0.5)]
    assert fate("stroke", arrow, SIZE, SAME, within(0.0, 0.0, 1, 0.4)).verdict == "untouched"
    assert fate("stroke", arrow, SIZE, SAME, within(0.5, 0.4, 0.4, 0.2)).verdict == "changed"


def test_what_lies_outside_the_other_frame_is_gone():
    away = (1, 0, 0.4, 0, 1, 0)
    assert fate("pin", [(0.7, 0.5)], SIZE, away, nothing).verdict == "gone"
    assert fate("pin", [(0.5, 0.5)], SIZE, away, nothing).verdict == "untouched"
    mostly_out, mostly_in = [(0.5, 0.1), (0.8, 0.4)], [(0.4, 0.1), (0.65, 0.4)]
    assert fate("box", mostly_out, SIZE, away, nothing).verdict == "gone"
    assert fate("box", mostly_in, SIZE, away, nothing).verdict == "untouched"


def test_in_another_framing_everything_is_gone_and_stands_nowhere():
    found = fate("box", [(0.1, 0.1), (0.2, 0.2)], SIZE, None, nothing)
    assert (found.verdict, found.points) == ("gone", [])


def test_a_box_that_turns_is_drawn_with_its_four_corners():
    quarter = (0, -1, 1, 1, 0, 0)
    found = fate("box", [(0.1, 0.2), (0.3, 0.6)], SIZE, quarter, nothing)
    assert [(round(x, 3), round(y, 3)) for x, y in found.points] == [
        *((0.8, 0.1), (0.8, 0.3)),
        *((0.4, 0.3), (0.4, 0.1)),
    ]


def test_a_pin_at_the_edge_looks_only_at_the_picture():
    seen = []
    fate("pin", [(1.0, 0.0)], SIZE, SAME, lambda box: seen.append(box) or 0.0)
    (box,) = seen
    assert box.x + box.w <= 1 and box.y >= 0 and box.area > 0


# --- shapes ---------------------------------------------------------------------------------------
def test_a_long_stroke_keeps_few_points_and_stays_near_the_hand():
    random = Random(7)
    drawn = [
        (0.5 + 0.4 * math.sin(step / 900) + random.gauss(0, 1e-4), 0.1 + step / 12_500)
        for step in range(10_000)
    ]
    kept = shapes.shaped("stroke", drawn)
    assert 3 < len(kept) <= shapes.MOST_KEPT
    far = max(
        min(shapes.distance(point, *pair) for pair in pairwise(kept)) for point in drawn[::37]
    )
    assert far < 0.004


def test_a_scribble_of_the_longest_allowed_length_is_kept_within_bounds():
    random = Random(3)
    drawn = [(random.random(), random.random()) for _ in range(3000)]
    assert 2 <= len(shapes.shaped("stroke", drawn)) <= shapes.MOST_KEPT


def test_a_straight_line_is_its_two_ends():
    line = [(step / 100, step / 200) for step in range(101)]
    assert shapes.simplified(line, 0.001) == [line[0], line[-1]]


def test_the_farthest_corner_is_always_kept():
    assert shapes.simplified([(0, 0), (0.5, 0.01), (1, 0)], 0.005) == [(0, 0), (0.5, 0.01), (1, 0)]
    assert shapes.simplified([(0, 0), (0.5, 0.01), (1, 0)], 0.02) == [(0, 0), (1, 0)]


def test_a_stroke_that_stays_on_one_point_is_none():
    with pytest.raises(ValueError):
        shapes.shaped("stroke", [(0.5, 0.5)] * 30)
