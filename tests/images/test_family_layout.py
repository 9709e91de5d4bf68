"""Where the versions of a family stand."""

from random import Random

from projects.images.family_layout import Size, Spot, draw

SIZE = Size(width=100, height=50, across=40, down=10)


def columns(drawing):
    return {node: round(spot.x / 140) for node, spot in drawing.spots.items()}


def overlaps(drawing):
    spots = list(drawing.spots.values())
    return [
        (one, two)
        for number, one in enumerate(spots)
        for two in spots[number + 1 :]
        if one.x == two.x and abs(one.y - two.y) < SIZE.height + SIZE.down - 0.01
    ]


def test_a_line_of_versions_is_a_line():
    drawing = draw([1, 2, 3], [(2, 1), (3, 2)], SIZE)
    assert drawing.spots == {1: Spot(0, 0), 2: Spot(140, 0), 3: Spot(280, 0)}
    assert (drawing.width, drawing.height) == (380, 50)
    assert drawing.lines[(2, 1)] == "M100 25C120 25 120 25 140 25"
    assert drawing.middles[(3, 2)] == Spot(260, 25)


def test_a_child_stands_behind_its_farthest_parent():
    drawing = draw([1, 2, 3, 4], [(2, 1), (3, 2), (3, 1), (4, 1)], SIZE)
    assert columns(drawing) == {1: 0, 2: 1, 3: 2, 4: 1}
    # The long edge has a place of its own in the layer it passes.
    assert drawing.lines[(3, 1)].count("C") == 2
    assert overlaps(drawing) == []


def test_children_stand_about_their_parent():
    drawing = draw(["p", "a", "b", "c"], [(name, "p") for name in "abc"], SIZE)
    assert drawing.spots["b"].y == drawing.spots["p"].y
    assert [drawing.spots[name].y for name in "abc"] == [0, 60, 120]


def test_edges_that_need_not_cross_do_not():
    # Two lines whose children come in the other order.
    drawing = draw(["a", "b", "x", "y"], [("x", "b"), ("y", "a")], SIZE)
    assert drawing.spots["y"].y < drawing.spots["x"].y


def test_circles_and_strangers_are_left_out():
    drawing = draw([1, 2], [(2, 1), (1, 2), (2, 2), (2, 9)], SIZE)
    assert list(drawing.lines) == [(2, 1)]


def test_nothing_is_an_empty_drawing():
    drawing = draw([], [], SIZE)
    assert (drawing.width, drawing.height, drawing.spots) == (0, 0, {})


def test_any_family_is_drawn_without_overlaps_from_left_to_right():
    random = Random(3)
    for _ in range(30):
        count = random.randint(1, 14)
        edges = [
            (child, random.randrange(child))
            for child in range(1, count)
            for _ in range(random.randint(0, 3))
        ]
        drawing = draw(list(range(count)), edges, SIZE)
        assert overlaps(drawing) == []
        assert set(drawing.lines) == set(edges)
        assert all(drawing.spots[child].x > drawing.spots[parent].x for child, parent in edges)
        assert min(spot.y for spot in drawing.spots.values()) >= -0.001
        assert all(
            spot.x + 100 <= drawing.width + 0.001 and spot.y + 50 <= drawing.height + 0.001
            for spot in drawing.spots.values()
        )
