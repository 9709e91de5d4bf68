"""The modes of the compare view, by the colours that they draw; and the changed areas."""

import re
from io import BytesIO

import pytest
from PIL import Image as Picture
from PIL import ImageDraw
from playwright.sync_api import expect

from projects.images.models import Image
from tests.images.test_ingest import add

from .compare import SIZE, Fingers, Stage, image_with, plate
from .test_compare import decoded_here, near  # noqa: F401

GREY, RED, GREEN, BLUE = (110, 110, 110), (230, 30, 30), (30, 200, 30), (40, 60, 240)
IN_BLOCK, OUTSIDE = (520 / 800, 170 / 336), (100 / 800, 170 / 336)
REGION = {"x": 0.625, "y": 0.446, "w": 0.05, "h": 0.12, "share": 0.006, "where": "right 右"}


@pytest.fixture
def image(transactional_db, run_jobs):
    return image_with(4, run_jobs)


def colour(stage, at, pane=0):
    """What is drawn at a point of A's picture, 0 to 1, in a pane."""
    stage.settle()
    return tuple(
        stage.page.evaluate(
            """([x, y, at]) => {
                const view = document.querySelector("compare-view");
                const pane = view.panes[at];
                const [a, , c, , e, f] = view.seat({ ...pane, number: view.a });
                const { data } = view.context.getImageData(
                    Math.round(a * x + c), Math.round(e * y + f), 1, 1);
                return [...data.slice(0, 3)];
            }""",
            [*at, pane],
        )
    )


def alike(one, other, within=6):
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def changes(page, **given):
    """Answer for the server what changed; the answers that were asked for are counted."""
    answer = {
        "state": "ready",
        "sentence": "v2 against v1: 1 area.",
        "again": False,
        "heat": "",
        "matrix": [1, 0, 0, 0, 1, 0],
        "regions": [REGION],
        "share": 0.006,
        **given,
    }
    asked = []

    def reply(route):
        asked.append(route.request.url)
        route.fulfill(json=answer)

    page.route(re.compile(r"/compare/changes/"), reply)
    return asked


# --- what is drawn ------------------------------------------------------------------------------
def test_onion_lets_a_shine_through_b_as_much_as_the_slider_says(page, image):
    stage = Stage(page, image, "?v=1&v=2&mode=onion")
    half = tuple((a + b) / 2 for a, b in zip(RED, GREEN, strict=True))
    assert alike(colour(stage, IN_BLOCK), half)
    slider = page.get_by_role("slider", name="How much of B")
    slider.focus()
    page.keyboard.press("End")
    assert alike(colour(stage, IN_BLOCK), GREEN)
    expect(slider).to_have_attribute("aria-valuetext", "100 %")
    page.keyboard.press("Home")
    assert alike(colour(stage, IN_BLOCK), RED)
    stage.get("view.canvas.focus()")
    for _ in range(5):
        page.keyboard.press("]")
    quarter = tuple(0.75 * a + 0.25 * b for a, b in zip(RED, GREEN, strict=True))
    assert alike(colour(stage, IN_BLOCK), quarter)
    page.wait_for_url("**mode=onion&mix=0.25")


def test_a_difference_is_told_as_many_times_as_the_gain_says(page, transactional_db, run_jobs):
    image = Image.objects.create(title="Nearly the same 几乎一样")
    for tone in (110, 113):
        drawn = Picture.new("RGB", SIZE, GREY)
        ImageDraw.Draw(drawn).rectangle((500, 150, 539, 189), fill=(tone, 110, 110))
        out = BytesIO()
        drawn.save(out, "PNG")
        add(image, out.getvalue(), f"{tone}.png")
    run_jobs()
    stage = Stage(page, image, "?v=1&v=2&mode=difference&gain=1")
    assert alike(colour(stage, OUTSIDE), (0, 0, 0), 1)
    once = colour(stage, IN_BLOCK)[0]
    assert 1 <= once <= 6  # no eye sees that
    page.get_by_role("slider", name="Gain").focus()
    page.keyboard.press("End")
    expect(page.locator(".measure output")).to_have_text("×32")
    assert colour(stage, IN_BLOCK)[0] == pytest.approx(32 * once, abs=16)
    assert alike(colour(stage, OUTSIDE), (0, 0, 0), 1)


def test_a_difference_is_only_told_where_both_are(page, transactional_db, run_jobs):
    image = Image.objects.create(title="Whole and square 方")
    add(image, plate(1), "v1.png")
    add(image, plate(2, size=(336, 336)), "v2.png")
    run_jobs()
    changes(page, state="different", matrix=None, regions=[])
    stage = Stage(page, image, "?v=1&v=2&mode=difference")
    assert alike(colour(stage, (0.5, 0.9)), (0, 0, 0), 2)  # the same grey in both
    beside = colour(stage, (0.05, 0.9))  # there is no B
    assert len(set(beside)) == 1
    assert 5 < beside[0] < 30  # the room's own dark, no difference


def test_a_browser_that_cannot_subtract_says_so_and_shows_the_map(new_context, image):
    page = new_context().new_page()
    page.add_init_script("""
        const own = Object.getOwnPropertyDescriptor(
            CanvasRenderingContext2D.prototype, "globalCompositeOperation");
        Object.defineProperty(CanvasRenderingContext2D.prototype, "globalCompositeOperation", {
            get: own.get, set(value) { if (value !== "difference") own.set.call(this, value); },
        });
    """)
    changes(page)
    stage = Stage(page, image, "?v=1&v=2")
    page.keyboard.press("d")
    assert stage.state == (1, 2, "heat")
    sentence = "This browser cannot subtract pictures, so the studio's map is shown."
    expect(page.locator("[data-live]")).to_have_text(sentence)


def test_the_heat_map_lies_over_a_as_strong_as_the_slider_says(page, image):
    drawn = Picture.new("RGBA", (100, 42), (0, 0, 0, 0))
    ImageDraw.Draw(drawn).rectangle((62, 18, 67, 23), fill=(255, 255, 0, 255))
    out = BytesIO()
    drawn.save(out, "PNG")
    page.route("**/heat.png", lambda route: route.fulfill(body=out.getvalue()))
    changes(page, heat="/heat.png")
    stage = Stage(page, image, "?v=1&v=2&mode=heat&heat=1")
    assert alike(colour(stage, IN_BLOCK), (255, 255, 0), 12)
    dimmed = colour(stage, OUTSIDE)
    assert dimmed[0] < GREY[0]
    page.get_by_role("slider", name="Strength").focus()
    page.keyboard.press("Home")
    assert colour(stage, IN_BLOCK)[1] < 40  # A itself, darker
    expect(page.locator(".tag:visible b")).to_have_text(["A v1"])


def test_without_a_heat_map_the_stage_says_why(page, image):
    changes(page, state="different", sentence="Another framing 另一构图.", matrix=None, regions=[])
    Stage(page, image, "?v=1&v=2&mode=heat")
    expect(page.locator(".tag-a i")).to_have_text("Another framing 另一构图.")
    page.unroute(re.compile(r"/compare/changes/"))
    changes(page, state="working", sentence="…", matrix=None, regions=[], again=True)
    Stage(page, image, "?v=1&v=3&mode=heat")
    expect(page.locator(".tag-a i")).to_have_text("The map is being made")


def test_three_or_four_versions_are_wiped_side_by_side(page, image):
    stage = Stage(page, image, "?v=1&v=2&v=3&v=4&mode=wipe&wipe=0.600,0.700,0.800")
    assert [stage.sees(number) for number in (1, 2, 3, 4)] == [False, True, False, False]
    handles = page.get_by_role("slider", name="Where the divider stands")
    expect(handles).to_have_count(3)
    handles.nth(0).focus()
    page.keyboard.press("End")  # no farther than its neighbour
    handles.nth(1).focus()
    for _ in range(14):
        page.keyboard.press("ArrowLeft")
    assert [round(one, 2) for one in stage.get("view.wipe.positions")] == [0.7, 0.7, 0.8]
    handles.nth(0).focus()
    page.keyboard.press("Home")
    handles.nth(1).focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    assert [stage.sees(number) for number in (1, 2, 3, 4)] == [False, False, True, False]
    expect(page.locator(".tag:visible b")).to_have_text(["A v1", "B v2", "v3", "v4"])


def test_along_the_divider_b_becomes_clearer(phone_page, image):
    stage = Stage(phone_page, image, "?v=1&v=2&mode=wipe&wipe=0.5")
    box = phone_page.locator(".wipe-handle").bounding_box()
    assert min(box["width"], box["height"]) >= 44
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert alike(colour(stage, IN_BLOCK), GREEN, 12)
    Fingers(phone_page).drag((x, y), (x + 4, y + 120))
    half = tuple((a + b) / 2 for a, b in zip(RED, GREEN, strict=True))
    assert alike(colour(stage, IN_BLOCK), half, 25)
    assert stage.get("view.wipe.positions[0]") == 0.5


# --- more than two ------------------------------------------------------------------------------
def test_versions_join_a_and_b_and_leave_again(page, image):
    stage = Stage(page, image, "?v=1&v=2")
    page.get_by_role("button", name="v3 beside A and B").click()
    page.keyboard.press("j")
    page.keyboard.press("4")
    assert stage.get("view.numbers") == [1, 2, 3, 4]
    assert [stage.sees(number, at) for at, number in enumerate((1, 2, 3, 4))] == [True] * 4
    assert page.url.endswith("?v=1&v=2&v=3&v=4&mode=side")
    page.keyboard.press("4")  # B changes places with it
    assert stage.get("view.numbers") == [1, 4, 3, 2]
    camera = stage.camera
    page.keyboard.press("o")
    page.keyboard.press("s")
    assert stage.camera == camera
    page.get_by_role("button", name="v3 beside A and B").click()
    page.go_back()
    stage.until("view.numbers.length === 4")
    again = Stage(page, image, "?v=1&v=4&v=3&v=2&mode=blink")
    assert again.get("view.numbers") == [1, 4, 3, 2]


def test_the_grid_shows_all_and_a_press_takes_one_as_b(page, image):
    image.versions.get(number=4).reject()
    stage = Stage(page, image, "?v=1&v=2&mode=grid")
    assert stage.get("view.panes.map(({ number }) => number)") == [1, 2, 3]
    expect(page.locator(".tag:visible b")).to_have_text(["A v1", "B v2", "v3"])
    page.mouse.click(*stage.middle(2))
    assert stage.state == (1, 3, "grid")
    page.keyboard.press("4")  # asked for, it is there
    assert stage.get("view.panes.map(({ number }) => number)") == [1, 2, 3, 4]
    page.keyboard.press("+")
    page.keyboard.press("+")
    blocks = [stage.block(number, at) for at, number in enumerate((1, 2, 3, 4))]
    assert all(near(block, blocks[0]) for block in blocks)  # one camera


def test_a_blink_goes_through_all_on_the_stage_at_the_pace_of_the_slider(new_context, image):
    page = new_context(reduced_motion="no-preference").new_page()
    Stage(page, image, "?v=1&v=2&v=3&mode=blink&pace=3")
    for shows in ("a", "b", "v3", "a"):
        page.wait_for_selector(f"compare-view[data-shows={shows}]")
    expect(page.locator(".measure output")).to_have_text("3 a second")


# --- no black frame -----------------------------------------------------------------------------
def test_no_frame_is_black_while_versions_and_modes_are_changed(page, image):
    stage = Stage(page, image, "?v=1&v=2")
    black = page.evaluate("""async () => {
        const view = document.querySelector("compare-view");
        let black = 0;
        view.addEventListener("compare-paint", ({ detail: { context, panes } }) => {
            for (const { box, toPane } of panes) {
                const { x, y } = toPane({ x: 0.3, y: 0.5 });
                const beside = x < box.x || x > box.x + box.width;
                if (beside || y < box.y || y > box.y + box.height) continue;
                const [grey] = context.getImageData(Math.round(x), Math.round(y), 1, 1).data;
                if (grey < 100) black += 1;
            }
        });
        const frame = () => new Promise(requestAnimationFrame);
        for (const step of [
            () => view.choose(3), () => view.choose(4), () => view.setMode("wipe"),
            () => view.choose(2), () => view.setMode("onion"), () => view.setMode("blink"),
            () => view.choose(3), () => view.swap(), () => view.setMode("grid"),
            () => view.join(4), () => view.setMode("side"), () => view.toggleSplit(),
        ]) {
            step();
            await frame();
            await frame();
        }
        return black;
    }""")
    assert black == 0
    assert stage.get("view.numbers.length") == 3


def test_until_a_version_is_here_the_one_before_it_stays(page, image):
    gate, opened = [], []
    pk = image.versions.get(number=3).pk
    page.route(
        f"**/versions/{pk}/renditions/**",
        lambda route: route.continue_() if opened else gate.append(route),
    )
    stage = Stage(page, image, "?v=1&v=2")
    stage.get("view.choose(3)")
    page.wait_for_timeout(300)
    assert stage.get("view.hasAttribute('data-drawn')") is False
    shown = stage.page.evaluate("""() => {
        const view = document.querySelector("compare-view");
        const [a, , c, , e, f] = view.seat({ ...view.panes[1] });
        return [...view.context.getImageData(a * 0.65 + c, e * 0.5 + f, 1, 1).data.slice(0, 3)];
    }""")
    assert alike(shown, GREEN)
    expect(page.locator(".tag-b b")).to_have_text("B v3")
    opened.append(True)
    for route in gate:
        route.continue_()
    stage.settle()
    assert stage.sees(3, pane=1)


# --- changed areas ------------------------------------------------------------------------------
def test_n_flies_to_the_changed_areas_in_turn_and_back(page, image):
    other = {**REGION, "x": 0.1, "y": 0.2, "where": "left 左"}
    changes(page, regions=[REGION, other])
    stage = Stage(page, image, "?v=1&v=2")
    stage.until("view.changes.of(2)")
    page.keyboard.press("n")
    assert alike(stage.under(*stage.middle(0)), (520, 170), 4)
    expect(page.locator("[data-live]")).to_have_text("1 / 2: right 右")
    page.keyboard.press("n")
    assert stage.camera["cx"] < 300
    page.keyboard.press("n")  # round again
    assert stage.get("view.region") == 0
    page.keyboard.press("Shift+N")
    assert stage.get("view.region") == 1


def test_the_sentence_is_said_and_the_server_is_asked_until_it_is_ready(page, image):
    asked = changes(page, state="first", sentence="So far 1 area 目前一处.", again=True)
    Stage(page, image, "?v=1&v=2")
    expect(page.locator("[data-live]")).to_have_text("So far 1 area 目前一处.")
    page.unroute(re.compile(r"/compare/changes/"))
    more = changes(page, sentence="In the end 1 area 最后一处.")
    expect(page.locator("[data-live]")).to_have_text("In the end 1 area 最后一处.")
    page.wait_for_timeout(1500)
    assert (len(asked) >= 1, len(more)) == (True, 1)


def test_l_lays_b_in_register_by_size_and_by_pixels(page, transactional_db, run_jobs):
    image = Image.objects.create(title="Moved 移动")
    add(image, plate(1), "v1.png")
    moved = Picture.new("RGB", SIZE, GREY)
    ImageDraw.Draw(moved).rectangle((580, 150, 619, 189), fill=GREEN)  # 80 px to the right
    out = BytesIO()
    moved.save(out, "PNG")
    add(image, out.getvalue(), "v2.png")
    run_jobs()
    changes(page, matrix=[1, 0, 0.1, 0, 1, 0])
    stage = Stage(page, image, "?v=1&v=2&mode=wipe&wipe=0.000")
    button = page.locator(".tools [data-by]")
    expect(button).to_have_text("In register")
    assert alike(colour(stage, IN_BLOCK), GREEN)
    page.keyboard.press("l")
    expect(button).to_have_text("By size")
    assert alike(colour(stage, IN_BLOCK), GREY)
    assert alike(colour(stage, (600 / 800, 170 / 336)), GREEN)
    assert "by=size" in page.url
    button.click()  # both have one size, so there is nothing more to choose
    expect(button).to_have_text("In register")


def test_the_areas_of_the_panel_are_buttons_that_fly_there(page, image, run_jobs):
    stage = Stage(page, image, "?v=1&v=2")
    stage.until("view.changes.of(2)")
    run_jobs()  # the worker finds the areas
    stage.until("view.changes.of(2).state === 'ready'")
    area = page.locator("[data-region='0']")
    area.click()
    assert alike(stage.under(*stage.middle(0)), (520, 170), 8)
    expect(area).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-sentence]")).to_contain_text("v2 against v1")


# --- the loupe ----------------------------------------------------------------------------------
def test_the_loupe_shows_a_and_b_larger_at_the_place_of_the_pointer(page, image):
    stage = Stage(page, image, "?v=1&v=2&mode=wipe&wipe=1.000")
    page.keyboard.press("e")
    x, y, *_ = stage.panes[0]
    place = stage.page.evaluate("""() => {
        const view = document.querySelector("compare-view");
        const [a, , c, , e, f] = view.seat({ ...view.pane, number: 1 });
        return [a * 0.65 + c, e * 0.505 + f];
    }""")
    page.mouse.move(x + place[0], y + place[1])
    stage.settle()
    seen = page.evaluate("""async () => {
        const { windows } = await import("lib/compare-loupe");
        const view = document.querySelector("compare-view");
        return windows(view.canvas, view.loupe.point, view.ratio).map((pane) => [
            ...view.context.getImageData(pane.x + pane.width / 2, pane.y + pane.height / 2, 1, 1)
                .data.slice(0, 3)]);
    }""")
    assert (alike(seen[0], RED), alike(seen[1], GREEN)) == (True, True)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Loupe")).to_have_attribute("aria-pressed", "false")


def test_on_a_phone_a_held_finger_brings_the_loupe_when_it_is_on(phone_page, image):
    stage = Stage(phone_page, image, "?v=1&v=2")
    phone_page.get_by_role("button", name="Loupe").tap()
    fingers = Fingers(phone_page)
    x, y = stage.middle(1)
    fingers.down((x, y))
    stage.until("view.loupe.point")
    assert stage.view.get_attribute("data-shows") == "both"
    camera = stage.camera
    fingers.move((x + 40, y))
    fingers.up()
    assert (stage.camera, stage.get("view.loupe.point")) == (camera, None)


def test_a_swipe_up_leads_to_the_next_shot(phone_page, image, run_jobs):
    from projects.videos.models import Concept

    film = Concept.objects.create_next(title="The Lattice Remembers 晶格记得")
    other = image_with(2, run_jobs)
    for title, shown in (("地平线 Horizon", image), ("Salt", other)):
        film.add_shot(title, 4).show(shown)
    stage = Stage(phone_page, image)
    x, y = stage.middle(0)
    Fingers(phone_page).drag((x, y + 60), (x + 4, y - 60))
    phone_page.wait_for_url(f"**/images/{other.pk}/compare/*")
    phone_page.wait_for_selector("compare-view[data-drawn]")
