"""The compare page: how it shows two versions, its address, and what it does without."""

import pytest
from playwright.sync_api import expect

from .compare import NEAR, Fingers, Stage, image_with, near, pick_of

pytestmark = pytest.mark.usefixtures("decoded_here")


# --- the modes ----------------------------------------------------------------------------------
def test_the_wipe_shows_a_left_of_the_divider_and_b_right_of_it(page, image):
    stage = Stage(page, image, "?v=1&v=2&mode=wipe")
    assert (stage.sees(1), stage.sees(2)) == (False, True)
    handle = page.locator(".wipe-handle")
    box = handle.bounding_box()
    x, _, width, _ = stage.panes[0]
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(x + width * 0.9, at[1] + 30, steps=5)
    page.mouse.up()
    assert (stage.sees(1), stage.sees(2)) == (True, False)
    assert stage.get("view.wipe.positions[0]") == pytest.approx(0.9, abs=0.002)
    page.wait_for_url("**wipe=0.900*")
    slider = page.get_by_role("slider", name="Where the divider stands")
    slider.focus()
    for _ in range(26):
        page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "64 %")
    whole = stage.block(1) or [0, 0, 0, 0]
    part = stage.block(2)
    assert (stage.sees(1), stage.sees(2)) == (True, True)  # the divider goes through both
    assert whole[0] + whole[2] == pytest.approx(part[0], abs=NEAR)
    for _ in range(18):
        page.keyboard.press("Shift+ArrowRight")  # a quarter turn: B is below
    assert stage.get("view.wipe.angle") == pytest.approx(1.5708, abs=0.001)
    assert (stage.sees(1), stage.sees(2)) == (True, False)
    for _ in range(3):
        page.keyboard.press("PageDown")  # the divider goes up, over the block
    assert (stage.sees(1), stage.sees(2)) == (False, True)
    page.wait_for_url("**turn=90.0*")


def test_the_divider_does_not_keep_the_hand_from_the_picture(page, image):
    stage = Stage(page, image, "?v=1&v=2&mode=wipe")
    x, y, width, height = stage.panes[0]
    page.mouse.move(x + width / 2 - 60, y + height - 14)  # where the range lies, unseen
    page.mouse.wheel(0, -240)
    stage.settle()
    assert stage.get("view.isWhole") is False


def test_it_blinks_without_a_black_frame_until_it_is_paused(new_context, image):
    page = new_context(reduced_motion="no-preference").new_page()
    stage = Stage(page, image, "?v=1&v=2&mode=blink")
    assert any(stage.sees(1) for _ in range(200))  # it does not wait to be looked at
    assert any(stage.sees(2) for _ in range(200))
    black = page.evaluate("""() => new Promise((done) => {
        const view = document.querySelector("compare-view");
        const pane = view.panes[0];
        const seen = [];
        const look = () => {
            const at = [Math.round(pane.x + pane.width / 3), Math.round(pane.y + pane.height / 2)];
            seen.push(view.context.getImageData(...at, 1, 1).data[0]);
            if (seen.length < 90) requestAnimationFrame(look);
            else done(seen.filter((grey) => Math.abs(grey - 110) > 3).length);
        };
        look();
    })""")
    assert black == 0
    page.get_by_role("button", name="Pause").click()
    shown = stage.view.get_attribute("data-shows")
    page.wait_for_timeout(1200)
    assert stage.view.get_attribute("data-shows") == shown


def test_who_asked_for_less_motion_is_not_blinked_at(page, image):
    stage = Stage(page, image, "?v=1&v=2&mode=blink")
    page.wait_for_timeout(1200)
    assert (stage.sees(1), stage.sees(2)) == (False, True)
    page.keyboard.down(" ")
    page.wait_for_selector("compare-view[data-shows=a]")
    assert (stage.sees(1), stage.sees(2)) == (True, False)
    page.keyboard.up(" ")
    page.wait_for_selector("compare-view[data-shows=b]")
    page.get_by_role("button", name="Play").click()
    page.wait_for_selector("compare-view[data-shows=a]")
    page.keyboard.press("k")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_wide_frames_lie_in_rows_tall_ones_in_columns_until_it_is_changed(
    page, transactional_db, run_jobs
):
    wide = Stage(page, image_with(2, run_jobs))
    assert wide.view.get_attribute("data-split") == "rows"
    page.keyboard.press("v")
    expect(wide.view).to_have_attribute("data-split", "columns")
    assert wide.get("view.isWhole")
    tall = Stage(page, image_with(2, run_jobs, size=(500, 900)))
    assert tall.view.get_attribute("data-split") == "columns"
    page.get_by_role("button", name="Rows or columns").click()
    expect(tall.view).to_have_attribute("data-split", "rows")


# --- addresses ----------------------------------------------------------------------------------
def test_the_address_is_the_view(stage, new_context):
    page = stage.page
    page.keyboard.press("Shift+2")
    page.keyboard.press("3")
    page.keyboard.press("w")
    page.keyboard.press("z")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url("**?v=2&v=3&mode=wipe&cx=*")
    stage.page.wait_for_timeout(300)
    camera = stage.camera
    again = Stage(new_context().new_page(), page_image(page), "?" + page.url.split("?")[1])
    assert again.state == (2, 3, "wipe")
    assert near(again.camera.values(), camera.values(), 0.06)


def page_image(page):
    from projects.images.models import Image

    return Image.objects.get(pk=page.url.split("/images/")[1].split("/")[0])


def test_back_takes_back_a_choice_and_then_leaves(page, image):
    page.goto(f"/images/{image.pk}/")
    stage = Stage(page, image, "?v=1&v=2")
    page.keyboard.press("3")
    page.keyboard.press("w")
    page.keyboard.press("ArrowLeft")  # leafing leaves no trail
    assert stage.state == (1, 2, "wipe")
    page.go_back()
    page.wait_for_url("**?v=1&v=3&mode=side")
    assert stage.state == (1, 3, "side")
    expect(page.get_by_label("Note on v3")).to_be_visible()
    page.go_back()
    assert stage.state == (1, 2, "side")
    page.go_back()
    page.wait_for_url(f"**/images/{image.pk}/")


def test_on_a_phone_the_strip_shows_what_is_compared(phone_page, transactional_db, run_jobs):
    image = image_with(4, run_jobs)
    stage = Stage(phone_page, image, "?v=1&v=4")
    link = phone_page.locator("#strip [data-version='4']")
    expect(link).to_be_in_viewport(ratio=0.9)
    phone_page.locator("#strip [data-version='3']").tap()
    assert stage.state == (1, 3, "side")
    fingers = Fingers(phone_page)
    box = link.bounding_box()
    fingers.down((box["x"] + 20, box["y"] + 20))
    expect(link.locator(".ab")).to_have_text("A")  # a long press
    fingers.up()
    assert stage.state == (4, 3, "side")


# --- what is not there --------------------------------------------------------------------------
def test_without_scripts_two_pictures_a_choice_and_a_pick(new_context, image):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/images/{image.pk}/compare/")
    expect(page.locator(".plain img")).to_have_count(2)
    expect(page.locator(".segments:visible, .tools:visible, canvas")).to_have_count(0)
    page.get_by_label("A", exact=True).select_option("v3")
    page.get_by_label("B", exact=True).select_option("v1")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".plain figcaption b")).to_have_text(["A v3", "B v1"])
    page.get_by_label("Note on v1").fill("第一稿 first")
    page.get_by_role("button", name="Save note").click()
    page.get_by_text("Note on v1 saved.").wait_for()
    page.get_by_role("button", name="Pick v1").click()
    page.get_by_text("v1 picked.").wait_for()
    assert page.url.endswith("?v=3&v=1&mode=side")
    assert (pick_of(image), image.versions.get(number=1).note) == (1, "第一稿 first")


def test_a_version_appears_as_soon_as_its_previews_are_made(page, image, run_jobs):
    from tests.images.test_ingest import add

    from .compare import plate

    add(image, plate(4), "horizon_v4.png")
    page.goto(f"/images/{image.pk}/compare/?v=1&v=4")
    expect(page.locator(".tag-b i")).to_have_text("Previews are being made")
    expect(page.locator("#strip [data-version='4'] .state")).to_have_text("being made")
    page.get_by_label("Note on v4").fill("还在写 still writing")
    run_jobs()
    page.wait_for_selector("compare-view[data-drawn]")
    expect(page.locator(".tag-b i")).to_be_empty()
    expect(page.locator("#strip [data-version='4'] img")).to_be_visible()
    expect(page.get_by_label("Note on v4")).to_be_focused()
    assert page.get_by_label("Note on v4").input_value() == "还在写 still writing"
    box = page.locator("canvas").bounding_box()
    assert box["width"] > 0


def test_a_version_that_cannot_be_read_says_so(page, image):
    from projects.images.models import Version
    from tests.images import make

    make.version(image, reading=Version.Reading.UNREADABLE, error="broken")
    page.goto(f"/images/{image.pk}/compare/?v=1&v=4")
    sentence = "The picture is damaged and cannot be read to its end; export it again."
    expect(page.locator(".tag-b i")).to_have_text(sentence)
    page.goto(f"/images/{image.pk}/compare/")  # unasked, only what can be seen
    expect(page.locator(".tag-a b, .tag-b b")).to_have_text(["A v2", "B v3"])


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_compare_is_accessible_and_fits_in_every_mode(new_context, image, light, phone):
    from projects.images.models import Version
    from tests.images import make
    from tests.shell.test_accessibility import violations, widest

    image.versions.get(number=1).pick()
    image.versions.get(number=2).reject()
    make.version(image, reading=Version.Reading.UNREADABLE, error="broken", note="手太亮" * 60)
    page = new_context(phone=phone, color_scheme=light).new_page()
    for query in (
        "?v=1&v=2&mode=side",
        "?v=2&v=3&v=1&mode=wipe",
        "?v=1&v=3&mode=onion",
        "?v=1&v=3&mode=difference",
        "?v=1&v=3&mode=heat",
        "?v=3&v=4&mode=blink",
        "?v=1&v=2&v=3&mode=grid",
    ):
        page.goto(f"/images/{image.pk}/compare/{query}")
        page.wait_for_selector("compare-view canvas")
        assert violations(page) == [], query
        assert widest(page) <= 0, query
    page.locator("find-palette:defined").wait_for(state="attached")
    page.keyboard.press("?")
    page.locator("#keys section").wait_for()
    assert violations(page) == []
