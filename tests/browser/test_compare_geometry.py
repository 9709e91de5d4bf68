"""The pure functions under the compare view: maps, camera, layout, dividers, address."""

import math

import pytest

MODULES = (
    *("affine", "camera", "compare-layout", "compare-dividers", "compare-query"),
    *("compare-measures", "compare-loupe", "compare-flights"),
)
STAGE = "{ x: 0, y: 0, width: 1000, height: 600 }"
USUAL = {"mix": 0.5, "over": 1, "gain": 4, "heat": 0.8, "pace": 2}
WHERE = {"x": 3, "y": 1, "width": 2, "height": 3}
WIDE = "{ width: 2390, height: 1000 }"


@pytest.fixture
def js(page):
    """Evaluate an expression over all of them."""
    page.goto("/images/")
    names = ", ".join(f"'lib/{name}'" for name in MODULES)
    page.evaluate(f"""async () => {{
        const found = await Promise.all([{names}].map((name) => import(name)));
        window.lib = Object.assign({{}}, ...found);
    }}""")
    return lambda expression: page.evaluate(
        f"(() => {{ const l = window.lib; return {expression}; }})()"
    )


def test_a_map_and_its_inverse_lead_back_and_maps_are_done_in_order(js):
    turned = "[1.01 * Math.cos(0.3), -Math.sin(0.3), 0.02, Math.sin(0.3), Math.cos(0.3), -0.01]"
    back = js(f"l.apply(l.inverse({turned}), l.apply({turned}, {{ x: 0.3, y: 0.8 }}))")
    assert (back["x"], back["y"]) == (pytest.approx(0.3), pytest.approx(0.8))
    assert js("l.inverse([1, 2, 0, 2, 4, 0])") is None
    assert js("l.chain([2, 0, 1, 0, 2, 1], [1, 0, 10, 0, 1, 20])") == [2, 0, 11, 0, 2, 21]
    assert js("l.around(l.corners([0, -2, 5, 3, 0, 1]))") == WHERE


def test_b_lies_in_register_where_its_map_is_known_else_by_size_or_pixels(js):
    size = "{ width: 400, height: 400 }"
    frame = "{ width: 800, height: 400 }"
    for by, matrix in (("size", "[2, 0, 0, 0, 1, 0]"), ("content", "null"), ("pixel", "null")):
        found = js(f"l.placement({size}, {frame}, '{by}', {matrix})")
        assert found == [400, 0, 200, 0, 400, 0], by
    small = "{ width: 100, height: 50 }"
    assert js(f"l.placement({small}, {frame}, 'pixel', null)") == [100, 0, 350, 0, 50, 175]
    # A's point 0.25 is B's point 0.5: where B's middle is drawn, there is a quarter of A.
    found = js(
        f"l.apply(l.placement({size}, {frame}, 'content', [1, 0, 0.25, 0, 1, 0]), "
        "{ x: 0.5, y: 0.5 })"
    )
    assert found == {"x": pytest.approx(200), "y": pytest.approx(200)}


def test_the_lens_and_the_camera_say_the_same_to_a_pixel(js):
    camera = "{ cx: 120.3, cy: 80.7, zoom: 1.7 }"
    pane = "{ x: 11, y: 7, width: 500, height: 301 }"
    there = js(
        f"l.apply(l.lens({camera}, {pane}), l.toFrame({camera}, {pane}, {{ x: 99, y: 55 }}))"
    )
    assert (there["x"], there["y"]) == (pytest.approx(99, abs=0.51), pytest.approx(55, abs=0.51))


def test_a_flight_ends_with_the_area_in_sight_and_never_closer_than_asked(js):
    frame = "{ width: 8000, height: 4000 }"
    over = f"l.over({{ x: %s, y: 100, width: %s, height: %s }}, {frame}, {STAGE}, 2)"
    far = js(over % (3000, 2000, 500))
    assert far["zoom"] == pytest.approx(1000 / (2000 * 2.2))
    assert far["cx"] == 4000
    assert js(over % (1000, 10, 10))["zoom"] == 2
    assert js(over % (0, 8000, 4000))["zoom"] == 0.125  # the whole
    assert js(over % (0, 10, 10))["cx"] == 250  # the frame does not leave its pane
    way = "[0, 0.25, 0.5, 0.75, 1].map((part) => l.between({ cx: 0, cy: 0, zoom: 0.1 }, "
    way += "{ cx: 500, cy: 100, zoom: 1.6 }, part))"
    steps = js(way)
    assert (steps[0], steps[-1]) == (
        {"cx": 0, "cy": 0, "zoom": 0.1},
        {"cx": pytest.approx(500), "cy": pytest.approx(100), "zoom": pytest.approx(1.6)},
    )
    assert steps[2]["zoom"] == pytest.approx(0.4)
    assert [one["cx"] for one in steps] == sorted(one["cx"] for one in steps)
    level = js("l.between({ cx: 0, cy: 0, zoom: 1 }, { cx: 10, cy: 0, zoom: 1 }, 0.5)")
    assert level == {"cx": 5, "cy": 0, "zoom": 1}


def test_frames_are_laid_out_as_large_as_they_can_be(js):
    tall = "{ width: 500, height: 900 }"
    for count, frame, columns in (
        *((1, WIDE, 1), (2, WIDE, 1), (4, WIDE, 2), (10, WIDE, 3)),
        *((2, tall, 2), (4, tall, 4), (10, tall, 5)),
    ):
        assert js(f"l.columnsFor({count}, {frame}, {STAGE}, 6)") == columns, (count, frame)
    panes = js(f"l.tiled(5, 2, {STAGE}, 6)")
    assert [(one["x"], one["y"]) for one in panes] == [
        *((0, 0), (503, 0), (0, 202), (503, 202), (0, 404)),
    ]
    assert {(one["width"], one["height"]) for one in panes} == {(497, 196)}


def test_a_divider_stands_where_it_was_put_however_it_is_turned(js):
    for turned in range(-180, 181, 30):
        angle = math.radians(turned)
        for position in (0, 0.3, 1):
            at = js(f"l.dividerAt({STAGE}, {position}, {angle})")
            found = js(f"l.positionOf({STAGE}, {at}, {angle})".replace("'", ""))
            assert found == pytest.approx(position), (turned, position)
    wipe = "{ positions: [0.25, 0.5, 0.75], angle: 0 }"
    sides = js(f"[100, 300, 600, 900].map((x) => l.sideOf({STAGE}, {{ x, y: 5 }}, {wipe}))")
    assert sides == [0, 1, 2, 3]
    assert js("l.movedTo([0.25, 0.5, 0.75], 1, 0.9)") == [0.25, 0.75, 0.75]
    assert [js(f"l.dividersFor({count})") for count in (1, 2, 3, 4, 10)] == [1, 1, 2, 3, 3]


def test_what_is_beyond_a_divider_is_what_is_seen_there(js):
    for turned in (0, 37, 90, 200):
        angle = math.radians(turned)
        inside = js(f"""(() => {{
            const context = document.createElement("canvas").getContext("2d");
            context.beginPath();
            for (const {{ x, y }} of l.beyond({STAGE}, 0.4, {angle})) context.lineTo(x, y);
            context.closePath();
            const points = [[10, 10], [990, 10], [500, 300], [10, 590], [990, 590], [380, 250]];
            const wipe = {{ positions: [0.4], angle: {angle} }};
            return points.map(([x, y]) =>
                context.isPointInPath(x, y) === (l.sideOf({STAGE}, {{ x, y }}, wipe) === 1));
        }})()""")
        assert inside == [True] * 6, turned


def test_an_address_says_the_view_and_nothing_that_is_not_one(js):
    asked = (
        "?v=2&v=3&v=5&v=3&mode=wipe&by=pixel&cx=10.0&cy=20.0&z=0.5000&wipe=0.250,0.600&turn=30.0"
    )
    view = js(f"l.readView('{asked}')")
    assert (view["a"], view["b"], view["others"], view["mode"]) == (2, 3, [5], "wipe")
    assert view["wipe"] == {"positions": [0.25, 0.6], "angle": pytest.approx(math.pi / 6)}
    said = js(
        f"(() => {{ const view = l.readView('{asked}'); return l.viewQuery({{ ...view, "
        "numbers: [view.a, view.b, ...view.others] }); })()"
    )
    assert said == asked.replace("&v=3&mode", "&mode")
    nonsense = js(
        "l.readView('?v=x&mode=cube&by=magic&cx=1&cy=NaN&z=-1&wipe=0.9,0.1&turn=up&gain=900&mix=-1')"
    )
    assert (nonsense["mode"], nonsense["by"], nonsense["camera"]) == ("side", "content", None)
    assert nonsense["wipe"] == {"positions": [], "angle": 0}
    assert nonsense["measured"] == USUAL
    many = "&".join(f"v={number}" for number in range(1, 20))
    assert len(js(f"l.readView('?{many}').others")) == 8


def test_a_measure_goes_from_its_least_to_its_most_and_back(js):
    for measure in js("l.MEASURES"):
        at = f"l.MEASURES.find(({{ name }}) => name === '{measure['name']}')"
        values = js(f"[0, 1, {measure['steps']}].map((step) => l.valueAt({at}, step))")
        assert (values[0], values[2]) == (measure["least"], pytest.approx(measure["most"]))
        assert js(f"l.stepOf({at}, {values[1]})") == 1
    assert js("l.MEASURES.find(({ name }) => name === 'pace').most") == 3  # WCAG 2.3.1


def test_the_loupe_stays_on_the_stage(js):
    for x, y in ((0, 0), (500, 300), (999, 599), (3, 590)):
        panes = js(f"l.windows({STAGE}, {{ x: {x}, y: {y} }}, 1)")
        for pane in panes:
            assert pane["x"] >= 0
            assert pane["x"] + pane["width"] <= 1000
            assert pane["y"] >= 0
            assert pane["y"] + pane["height"] <= 600
        assert panes[0]["x"] + panes[0]["width"] < panes[1]["x"]
