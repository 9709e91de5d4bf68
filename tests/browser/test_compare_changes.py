"""The areas that changed, which the compare view flies to, and its loupe."""

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
    RED,
    REGION,
    SIZE,
    Fingers,
    Stage,
    alike,
    changes,
    colour,
    image_with,
    plate,
)

pytestmark = pytest.mark.usefixtures("decoded_here")
VERSIONS = 4


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
