"""Marks on the stage: with the hand, with keys, with a finger; and tied to the list."""

import pytest
from playwright.sync_api import expect

from projects.images.models import Mark, Trace
from tests.shell.test_accessibility import violations

from .compare import Fingers, Stage

pytestmark = pytest.mark.usefixtures("decoded_here")
RED = (197, 51, 32)


def draw(image, number, shape="pin", points=((0.25, 0.5),), **said):
    version = image.versions.get(number=number)
    return Mark.objects.draw(version, shape, points, **{"body": "Darker", "kind": "note"} | said)


def at(stage, pane, x, y):
    """A point of the picture in a pane, as a point of the window."""
    return tuple(
        stage.page.evaluate(
            """([pane, x, y]) => {
                const view = document.querySelector("compare-view");
                const layer = document.querySelector("mark-layer");
                const point = layer.panes[pane].toPane({ x, y });
                const box = view.canvas.getBoundingClientRect();
                const ratio = view.canvas.width / box.width;
                return [box.left + point.x / ratio, box.top + point.y / ratio];
            }""",
            [pane, x, y],
        )
    )


def colour(stage, x, y):
    """What is drawn at a point of the window."""
    return stage.page.evaluate(
        """([x, y]) => {
            const view = document.querySelector("compare-view");
            const point = view.devicePoint(x, y);
            return [...view.context.getImageData(point.x, point.y, 1, 1).data].slice(0, 3);
        }""",
        [x, y],
    )


def is_red(found):
    return all(abs(a - b) < 40 for a, b in zip(found, RED, strict=True))


def near(found, true, within=0.006):
    pairs = zip(found, true, strict=True)
    return all(abs(a - b) < within for one, other in pairs for a, b in zip(one, other, strict=True))


def say(stage, words, kind=None):
    form = stage.page.locator(".mark-form")
    expect(form).to_be_visible()
    form.locator("textarea").fill(words)
    if kind:
        form.locator(f"label:has([value={kind}])").click()
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    expect(stage.page.locator("#marks .marks")).to_contain_text(words)


def test_a_pin_is_set_with_the_hand_and_stands_in_the_list_and_on_the_picture(stage, image):
    stage.page.keyboard.press("c")
    expect(stage.page.locator("[data-tool=pin]")).to_have_attribute("aria-pressed", "true")
    expect(stage.page.locator(".mark-hint")).to_be_visible()
    x, y = at(stage, 1, 0.3, 0.4)
    stage.page.mouse.click(x, y)
    say(stage, "她太小了。Keep this scale.")
    made = Mark.objects.get()
    assert (made.version.number, made.shape) == (2, "pin")
    assert near(made.points, [(0.3, 0.4)])
    expect(stage.page.locator(".mark-row .mark-number")).to_have_text("1")
    expect(stage.page.locator(".mark-hint")).to_be_hidden()
    stage.settle()
    # the drop stands to the upper right of its place
    assert is_red(colour(stage, x + 3, y - 3))
    assert stage.get("view.tool") is None


def test_a_box_is_drawn_on_the_side_of_the_wipe_under_the_pointer(stage, image):
    stage.page.keyboard.press("w")
    for key, (left, right), number in (("b", (0.1, 0.3), 1), ("b", (0.7, 0.9), 2)):
        stage.page.keyboard.press(key)
        stage.page.mouse.move(*at(stage, 0, left, 0.2))
        stage.page.mouse.down()
        stage.page.mouse.move(*at(stage, 0, right, 0.6), steps=4)
        stage.page.mouse.up()
        say(stage, f"On {number}", kind="keep" if number == 2 else "todo")
        made = Mark.objects.get(body=f"On {number}")
        assert (made.version.number, made.shape) == (number, "box")
        assert near(made.points, [(left, 0.2), (right, 0.6)])
    assert Mark.objects.get(body="On 2").is_lock


def test_a_stroke_is_drawn_freehand_and_thinned(stage, image):
    stage.page.keyboard.press("f")
    stage.page.mouse.move(*at(stage, 0, 0.2, 0.5))
    stage.page.mouse.down()
    stage.page.mouse.move(*at(stage, 0, 0.5, 0.5), steps=40)
    stage.page.mouse.move(*at(stage, 0, 0.5, 0.8), steps=40)
    stage.page.mouse.up()
    say(stage, "Along here")
    made = Mark.objects.get()
    assert (made.version.number, made.shape) == (1, "stroke")
    assert 3 <= len(made.points) < 12
    assert near([made.points[0], made.points[-1]], [(0.2, 0.5), (0.5, 0.8)])


def test_keys_alone_set_a_pin_and_a_box(stage, image):
    keyboard = stage.page.keyboard
    keyboard.press("c")
    keyboard.press("ArrowLeft")
    expect(stage.page.locator(".mark-cross")).to_be_visible()
    keyboard.press("ArrowUp")
    keyboard.press("Enter")
    keyboard.type("By the keys")
    keyboard.press("Control+Enter")
    expect(stage.page.locator("#marks .marks")).to_contain_text("By the keys")
    pin = Mark.objects.get(shape="pin")
    width, height = (stage.get(f"view.panes[1].{side}") for side in ("width", "height"))
    zoom = stage.get("view.camera.zoom")
    middle = (0.5 - 12 / zoom / 800, 0.5 - 12 / zoom / 336)
    assert pin.version.number == 2 and width and height
    assert near(pin.points, [middle], 0.01)
    keyboard.press("b")
    keyboard.press("Enter")
    for _ in range(5):
        keyboard.press("ArrowRight")
        keyboard.press("ArrowDown")
    keyboard.press("Enter")
    keyboard.type("A box")
    keyboard.press("Control+Enter")
    expect(stage.page.locator("#marks .marks")).to_contain_text("A box")
    box = Mark.objects.get(shape="box")
    (left, top), (right, bottom) = box.points
    assert near([(left, top)], [(0.5, 0.5)], 0.01)
    assert right - left == pytest.approx(60 / zoom / 800, abs=0.01)
    assert bottom - top == pytest.approx(60 / zoom / 336, abs=0.02)


def test_escape_leaves_the_tool_and_then_the_words(stage, image):
    stage.page.keyboard.press("c")
    stage.page.keyboard.press("Escape")
    expect(stage.page.locator(".mark-hint")).to_be_hidden()
    camera = stage.camera
    stage.page.keyboard.press("ArrowRight")  # goes through the versions again
    assert stage.state[:2] == (1, 3)
    stage.page.keyboard.press("c")
    stage.page.mouse.click(*at(stage, 0, 0.5, 0.5))
    expect(stage.page.locator(".mark-form")).to_be_visible()
    stage.page.keyboard.type("c b f w")  # letters are words here
    stage.page.keyboard.press("Escape")
    expect(stage.page.locator(".mark-form")).to_be_hidden()
    assert stage.state[2] == "side"
    assert stage.camera == camera
    assert not Mark.objects.exists()


def test_a_slip_makes_no_box(stage, image):
    stage.page.keyboard.press("b")
    stage.page.mouse.click(*at(stage, 0, 0.5, 0.5))
    expect(stage.page.locator(".mark-form")).to_be_hidden()
    expect(stage.page.locator("[data-tool=box]")).to_have_attribute("aria-pressed", "true")


def test_without_words_it_says_so_and_keeps_what_was_drawn(stage, image):
    stage.page.context.expect_errors()  # the browser notes the 422
    stage.page.keyboard.press("c")
    stage.page.mouse.click(*at(stage, 0, 0.5, 0.5))
    form = stage.page.locator(".mark-form")
    form.get_by_role("button", name="Save").click()
    expect(form.locator(".error")).to_have_text("A mark needs a word or two.")
    say(stage, "Now with words")
    assert Mark.objects.count() == 1


def test_words_stay_where_the_network_is_gone(stage, image):
    stage.page.context.expect_errors()
    stage.page.keyboard.press("c")
    stage.page.mouse.click(*at(stage, 0, 0.5, 0.5))
    stage.page.context.set_offline(True)
    form = stage.page.locator(".mark-form")
    form.locator("textarea").fill("说过的话")
    form.get_by_role("button", name="Save").click()
    expect(form.locator(".error")).to_contain_text("did not reach the studio")
    stage.page.context.set_offline(False)
    form.get_by_role("button", name="Save").click()
    expect(stage.page.locator("#marks .marks")).to_contain_text("说过的话")


def test_a_mark_is_dashed_on_another_version_and_its_number_leads_to_its_words(
    page, image, run_jobs
):
    draw(image, 1, body="First")
    mark = draw(image, 1, "box", ((0.6, 0.4), (0.7, 0.6)), body="The block")
    run_jobs()
    assert set(Trace.objects.values_list("version__number", flat=True)) == {2, 3}
    stage = Stage(page, image, "?v=1&v=2")
    expect(page.locator(f"#mark-{mark.pk}")).to_contain_text("Changed in v2")
    own, carried = at(stage, 0, 0.25, 0.5), at(stage, 1, 0.25, 0.5)
    assert is_red(colour(stage, own[0] + 3, own[1] - 3))
    assert max(colour(stage, carried[0] + 3, carried[1] - 3)) < 60  # dark: not its own version
    page.mouse.click(carried[0] + 9, carried[1] - 9)
    expect(page.locator("#marks .here")).to_contain_text("First")


def test_a_number_in_the_list_flies_to_its_place(page, image):
    draw(image, 2, "box", ((0.62, 0.4), (0.68, 0.6)))
    stage = Stage(page, image, "?v=1&v=2")
    page.locator("[data-show-mark]").click()
    stage.settle()
    assert stage.camera["cx"] == pytest.approx(0.65 * 800, abs=4)
    assert stage.camera["zoom"] > 1.4 * stage.get("view.fitZoom")


def test_measuring_modes_hide_marks_until_they_are_asked_for(page, image):
    draw(image, 2)
    stage = Stage(page, image, "?v=1&v=2&mode=difference")
    x, y = at(stage, 1, 0.25, 0.5)
    toggle = page.locator("[data-marks-toggle]")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    assert not is_red(colour(stage, x + 3, y - 3))
    toggle.click()
    stage.settle()
    assert is_red(colour(stage, x + 3, y - 3))
    page.keyboard.press("s")
    stage.settle()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    x, y = at(stage, 1, 0.25, 0.5)
    assert is_red(colour(stage, x + 3, y - 3))


def test_words_are_changed_in_place_and_a_mark_is_drawn_anew(page, image):
    mark = draw(image, 2)
    stage = Stage(page, image, "?v=1&v=2")
    page.locator("[data-edit-mark]").click()
    form = page.locator(".mark-form")
    expect(form.locator("textarea")).to_have_value("Darker")
    form.locator("textarea").fill("Brighter")
    form.get_by_role("button", name="Draw anew").click()
    stage.page.mouse.click(*at(stage, 1, 0.7, 0.3))
    expect(form.locator("textarea")).to_have_value("Brighter")
    form.get_by_role("button", name="Save").click()
    expect(page.locator("#marks .marks")).to_contain_text("Brighter")
    mark.refresh_from_db()
    assert near(mark.points, [(0.7, 0.3)])


def test_a_to_do_is_ticked_off_in_the_panel_and_undo_opens_it(page, image):
    mark = draw(image, 2, kind="todo")
    Stage(page, image, "?v=1&v=2")
    page.get_by_role("checkbox", name="Done: Darker").click()
    expect(page.locator(".marks-done > summary")).to_have_text("1 done")
    mark.refresh_from_db()
    assert mark.done
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".marks-done")).to_have_count(0)
    mark.refresh_from_db()
    assert mark.done is None


def test_on_a_phone_one_finger_draws_and_two_move_the_picture(phone_page, image):
    stage = Stage(phone_page, image, "?v=1&v=2")
    fingers = Fingers(phone_page)
    phone_page.locator("[data-tool=box]").tap()
    camera = stage.camera
    fingers.drag(at(stage, 1, 0.3, 0.3), at(stage, 1, 0.6, 0.7))
    assert stage.camera == camera
    expect(phone_page.locator(".mark-form")).to_be_visible()
    width = phone_page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    say(stage, "Here")
    made = Mark.objects.get()
    assert (made.version.number, made.shape) == (2, "box")
    assert near(made.points, [(0.3, 0.3), (0.6, 0.7)], 0.03)
    phone_page.locator("[data-tool=stroke]").tap()
    (x, y), (right, _) = at(stage, 1, 0.4, 0.5), at(stage, 1, 0.6, 0.5)
    fingers.down((x, y), (right, y))
    fingers.move((x - 30, y), (right + 30, y))
    fingers.up()
    assert stage.camera["zoom"] > camera["zoom"]
    expect(phone_page.locator(".mark-form")).to_be_hidden()


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_list_tools_and_words_are_accessible(new_context, image, phone):
    draw(image, 1, kind="todo")
    lock = draw(image, 1, "box", ((0.6, 0.4), (0.7, 0.6)), kind="keep", body="The block")
    lock.traces.create(version=image.versions.get(number=2), verdict="changed", points=[])
    page = new_context(phone=phone).new_page()
    stage = Stage(page, image, "?v=1&v=2")
    expect(page.locator(".broken-here")).to_contain_text("“The block”, approved in v1")
    page.keyboard.press("c")
    assert violations(page) == [], "a tool in hand"
    page.mouse.click(*at(stage, 0, 0.5, 0.5))
    expect(page.locator(".mark-form")).to_be_visible()
    assert violations(page) == [], "words being typed"
    page.goto(f"/images/{image.pk}/")
    page.locator(".mark-new > summary").click()
    assert violations(page) == [], "the form without script"
