"""The modes of the compare view, by the colours that they draw."""

import re
from io import BytesIO

import pytest
from PIL import Image as Picture
from PIL import ImageDraw
from playwright.sync_api import expect

from projects.images.models import Image
from tests.images.test_ingest import add

from .compare import (
    GREEN,
    GREY,
    IN_BLOCK,
    OUTSIDE,
    RED,
    SIZE,
    Fingers,
    Stage,
    alike,
    changes,
    colour,
    near,
    plate,
)

pytestmark = pytest.mark.usefixtures("decoded_here")
VERSIONS = 4


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
    stage.until("Boolean(view.changes.heat(view.b))")
    stage.settle()
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
