"""What others build on the stage: told of every drawing, a tool in hand, a flight to a place."""

import pytest

from .compare import Fingers, Stage, near

pytestmark = pytest.mark.usefixtures("decoded_here")
BLOCK = {"x": 500 / 800, "y": 150 / 336, "w": 40 / 800, "h": 40 / 336}
TOOL = """
    window.told = [];
    const view = document.querySelector("compare-view");
    const tell = (what) => ({ x, y }, number) => told.push([what, number, x, y]);
    view.tool = {
        cursor: "crosshair", down: tell("down"), move: tell("move"), up: tell("up"),
        cancel: () => told.push(["cancel"]),
    };
"""


def test_every_drawing_tells_where_each_version_lies(page, image):
    stage = Stage(page, image, "?v=1&v=2")
    page.evaluate("""() => {
        const view = document.querySelector("compare-view");
        view.addEventListener("compare-paint", ({ detail }) => {
            window.panes = detail.panes.map(({ number, id, box, toPane, toPicture }) => {
                const at = toPane({ x: 500 / 800, y: 150 / 336 });
                return { number, id, box, at, back: toPicture(at) };
            });
        });
    }""")
    stage.page.keyboard.press("z")
    stage.settle()
    told = page.evaluate("panes")
    assert [(one["number"], one["id"]) for one in told] == [
        (number, image.versions.get(number=number).pk) for number in (1, 2)
    ]
    for pane, one in enumerate(told):
        left, top, _, _ = stage.block(one["number"], pane)
        assert near(
            (one["at"]["x"] - one["box"]["x"], one["at"]["y"] - one["box"]["y"]), (left, top)
        )
        assert near((one["back"]["x"], one["back"]["y"]), (BLOCK["x"], BLOCK["y"]), 1e-6)


def test_a_tool_takes_the_mouse_from_the_camera_and_gives_it_back(page, image):
    stage = Stage(page, image, "?v=1&v=2")
    for key in "z+++":
        page.keyboard.press(key)
    page.evaluate(TOOL)
    camera = stage.camera
    zoom = camera["zoom"]
    x, y, *_ = stage.panes[1]
    left, top, _, _ = stage.block(2, pane=1)
    page.mouse.move(x + left, y + top)
    page.mouse.down()
    page.mouse.move(x + left + 30, y + top + 10, steps=3)
    page.mouse.up()
    told = page.evaluate("told")
    assert [one[:2] for one in told] == [["down", 2], *[["move", 2]] * 3, ["up", 2]]
    assert near(told[0][2:], (BLOCK["x"], BLOCK["y"]), 0.005)
    assert near(told[-1][2:], (BLOCK["x"] + 30 / zoom / 800, BLOCK["y"] + 10 / zoom / 336), 0.005)
    assert stage.camera == camera
    assert page.locator("compare-view canvas").evaluate("(it) => it.style.cursor") == "crosshair"
    page.evaluate("document.querySelector('compare-view').tool = null")
    page.mouse.down()
    page.mouse.move(x + left - 60, y + top, steps=3)
    page.mouse.up()
    assert len(page.evaluate("told")) == 5
    assert stage.camera != camera


def test_two_fingers_still_pinch_with_a_tool_in_the_hand(phone_page, image):
    stage = Stage(phone_page, image, "?v=1&v=2")
    phone_page.evaluate(TOOL)
    fingers = Fingers(phone_page)
    x, y = stage.middle(1)
    fingers.down((x - 20, y), (x + 20, y))
    fingers.move((x - 60, y), (x + 60, y))
    fingers.up((x - 60, y))
    fingers.up()
    assert [one[0] for one in phone_page.evaluate("told")] == ["down", "cancel"]
    assert stage.get("view.isWhole") is False
    fingers.drag((x, y), (x + 30, y))
    told = phone_page.evaluate("told")
    assert (told[2][0], told[-1][0]) == ("down", "up")


def test_in_a_wipe_the_version_under_the_point_is_the_one_that_is_seen(page, image):
    stage = Stage(page, image, "?v=1&v=2&mode=wipe&wipe=0.25")
    at = "view.versionAt({{ x: view.canvas.width * {}, y: view.canvas.height / 2 }})"
    assert [stage.get(at.format(part)) for part in (0.2, 0.3)] == [1, 2]
    stage.get("view.setWipe(0, 0.75, Math.PI)")  # half a turn: B lies left
    assert [stage.get(at.format(part)) for part in (0.2, 0.3)] == [2, 1]


def test_it_flies_to_a_place_of_a_version(page, image):
    stage = Stage(page, image, "?v=1&v=2")
    stage.get(f"view.flyTo({BLOCK})")
    stage.settle()
    x, y, width, height = stage.panes[1]
    _, _, across, _ = stage.block(2, pane=1)
    middle = stage.under(x + width / 2, y + height / 2)
    assert near(middle, (520, 170), 1)
    assert across == pytest.approx(80, abs=2)  # 200 % and no closer
