"""Two versions on one camera: wheel, hand and fingers, in a real browser."""

import pytest
from playwright.sync_api import expect

from .compare import Fingers, Stage, image_with, near

pytestmark = pytest.mark.usefixtures("decoded_here")


def test_the_wheel_zooms_both_at_the_pointer(stage):
    for key in "z++":  # larger than the pane, so that nothing holds it in the middle
        stage.page.keyboard.press(key)
    x, y, _, _ = stage.panes[1]
    left, top, width, height = stage.block(2, pane=1)
    assert near(stage.block(1, pane=0), (left, top, width, height))
    corner = (x + left, y + top)
    before = stage.under(*corner)
    stage.page.mouse.move(*corner)
    for _ in range(4):
        stage.page.mouse.wheel(0, -120)
    zoomed = stage.block(2, pane=1)
    assert near(stage.under(*corner), before, 0.5)
    assert near(zoomed[:2], (left, top))
    assert zoomed[2] > 2 * width
    assert near(stage.block(1, pane=0), zoomed)
    expect(stage.page.locator(".tools [data-zoom]")).to_have_text("519 %")


def test_a_pinch_on_a_trackpad_zooms_the_picture_and_not_the_page(stage):
    middle = stage.middle(1)
    before = stage.under(*middle)
    stage.page.mouse.move(*middle)
    stage.page.keyboard.down("Control")
    stage.page.mouse.wheel(0, -50)
    stage.page.keyboard.up("Control")
    stage.settle()
    assert stage.get("view.camera.zoom / view.fitZoom") == pytest.approx(1.6487, abs=0.001)
    assert near(stage.under(*middle), before, 0.5)
    assert stage.page.evaluate("visualViewport.scale") == 1


def test_dragging_moves_both_and_the_frame_never_leaves_its_pane(stage):
    stage.page.keyboard.press("z")
    for _ in range(3):
        stage.page.keyboard.press("+")
    before = stage.block(1)
    x, y = stage.middle()
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    stage.page.mouse.move(x - 60, y + 25, steps=4)
    stage.page.mouse.up()
    moved = stage.block(1)
    assert near(moved, (before[0] - 60, before[1] + 25, *before[2:]))
    assert near(stage.block(2, pane=1), moved)
    for _ in range(5):
        stage.page.mouse.move(x - 400, y)
        stage.page.mouse.down()
        stage.page.mouse.move(x + 400, y, steps=2)
        stage.page.mouse.up()
    left, top, _, height = stage.panes[0]
    assert stage.under(left, top + height / 2)[0] == pytest.approx(0, abs=0.6)


def test_two_fingers_zoom_about_the_point_between_them(phone):
    fingers = Fingers(phone.page)
    x, y, width, height = phone.panes[1]
    left, top, side, _ = phone.block(2, pane=1)
    middle = (x + left + side / 2, y + top + side / 2)
    before = phone.under(*middle)
    fingers.down((middle[0] - 20, middle[1]), (middle[0] + 20, middle[1]))
    for apart in range(22, 62, 4):
        fingers.move((middle[0] - apart, middle[1]), (middle[0] + apart, middle[1]))
    fingers.up((middle[0] + 58, middle[1]))
    fingers.up()
    assert near(phone.under(*middle), before, 3)
    zoomed = phone.block(2, pane=1)
    assert 2.4 * side < zoomed[2] < 3.3 * side
    assert near(phone.block(1), zoomed, 0.6)
    assert phone.state == (1, 2, "side")  # lifting the fingers was no swipe
    at = phone.camera
    fingers.drag((x + width / 2, y + height / 2), (x + width / 2 - 40, y + height / 2 - 10))
    assert phone.camera["zoom"] == at["zoom"]
    assert phone.camera["cx"] > at["cx"]


def test_on_a_phone_taps_swipes_and_holds_have_their_meaning(phone):
    fingers = Fingers(phone.page)
    x, y = phone.middle(1)
    fingers.drag((x + 80, y), (x - 80, y + 5))
    assert phone.state == (1, 3, "side")
    fingers.drag((x - 80, y), (x + 80, y))
    assert phone.state == (1, 2, "side")
    fingers.tap((x - 30, y), (x + 30, y))
    assert phone.state == (2, 1, "side")
    fingers.tap((x - 30, y), (x + 30, y))
    fingers.tap((x, y))
    fingers.tap((x, y))
    assert phone.get("view.percent") == 100
    fingers.tap((x, y))
    fingers.tap((x, y))
    assert phone.get("view.isWhole")
    fingers.down((x, y))
    phone.page.wait_for_selector("compare-view[data-shows=a]")
    assert (phone.sees(1, pane=1), phone.sees(2, pane=1)) == (True, False)
    fingers.up()
    phone.page.wait_for_selector("compare-view[data-shows=both]")
    assert phone.sees(2, pane=1)


def test_the_picture_is_as_sharp_as_its_tiles(page, transactional_db, run_jobs):
    image = image_with(2, run_jobs, size=(2600, 1092), detail=True)
    stage = Stage(page, image)
    ranges = []
    page.on("request", lambda request: ranges.append(request.headers.get("range")))
    page.keyboard.press("z")
    stage.settle()
    assert [one for one in ranges if one and one.startswith("bytes=")] != []
    read = """([x, y, w, h]) => {
        const view = document.querySelector("compare-view");
        const pane = view.panes[1];
        const data = view.context.getImageData(
            Math.round(pane.x + pane.width / 2) + x, Math.round(pane.y + pane.height / 2) + y, w, h
        ).data;
        return Array.from({ length: w * h }, (_, at) => data[at * 4]);
    }"""
    stage.get("view.look({ ...view.camera, cx: 1300, cy: 546 })")
    stage.settle()
    row = page.evaluate(read, [1, 2, 12, 1])  # one pixel of the picture is one of the screen
    assert [value > 127 for value in row] == [bool((x + 1) % 2) for x in range(12)]
    assert max(row) - min(row) > 200
    stage.get("view.look({ ...view.camera, zoom: 4 })")
    stage.settle()
    row = page.evaluate(read, [0, 9, 24, 1])  # and then a square of sixteen
    blocks = [row[at : at + 4] for at in range(0, 24, 4)]
    assert all(max(block) - min(block) < 8 for block in blocks), blocks
    assert [block[0] > 127 for block in blocks] == [False, True] * 3


def test_versions_of_other_sizes_lie_on_the_same_frame(page, transactional_db, run_jobs):
    from projects.images.models import Image
    from tests.images.test_ingest import add

    from .compare import plate

    image = Image.objects.create(title="Half and whole 一半")
    add(image, plate(1, size=(1600, 672)), "v1.png")
    add(image, plate(2), "v2.png")
    run_jobs()
    stage = Stage(page, image)
    assert near(stage.block(1), stage.block(2, pane=1), 2.1)
    expect(page.locator(".tag-a i")).to_have_text("1600 × 672")
    expect(page.locator(".tag-b i")).to_have_text("800 × 336")
    page.keyboard.press("z")
    page.keyboard.press("+")
    before = stage.block(2, pane=1)
    assert near(stage.block(1), before, 3.1)
    page.keyboard.press("x")  # the frame is another one, the place is the same
    assert near(stage.block(1, pane=1), before, 3.1)
