"""The keys of the compare view, and what is decided there about a version."""

import pytest
from playwright.sync_api import expect

from .compare import Stage, image_with, near, pick_of

pytestmark = pytest.mark.usefixtures("decoded_here")


# --- keys ---------------------------------------------------------------------------------------
def test_a_key_a_choice(page, image):
    for keys, state in (
        ("3", (1, 3, "side")),
        ("Shift+3", (3, 2, "side")),
        ("9", (1, 2, "side")),
        ("ArrowRight ArrowRight", (1, 3, "side")),
        ("ArrowLeft", (1, 1, "side")),
        ("x", (2, 1, "side")),
        ("w", (1, 2, "wipe")),
        ("k", (1, 2, "blink")),
        ("w s", (1, 2, "side")),
        ("o", (1, 2, "onion")),
        ("d", (1, 2, "difference")),
        ("h", (1, 2, "heat")),
        ("g", (1, 2, "grid")),
        ("m", (1, 2, "wipe")),
        ("m m m m m m m", (1, 2, "side")),
        ("Control+3", (1, 2, "side")),
    ):
        stage = Stage(page, image, "?v=1&v=2")
        for key in keys.split():
            page.keyboard.press(key)
        assert stage.state == state, keys


def test_the_keyboard_zooms_and_moves(stage):
    press = stage.page.keyboard.press
    zoom = stage.page.locator(".tools [data-zoom]")
    expect(zoom).to_have_text("Fit")
    press("z")
    expect(zoom).to_have_text("100 %")
    press("+")
    press("=")
    expect(zoom).to_have_text("156 %")
    for _ in range(4):
        press("+")
    before = stage.camera
    press("Shift+ArrowRight")
    press("Shift+ArrowDown")
    after = stage.camera
    assert (after["cx"] > before["cx"], after["cy"] > before["cy"]) == (True, True)
    press("Shift+ArrowLeft")
    press("Shift+ArrowUp")
    assert near(stage.camera.values(), before.values(), 0.01)
    for _ in range(5):
        press("-")
    expect(zoom).to_have_text("125 %")
    press("z")
    expect(zoom).to_have_text("Fit")
    press("i")
    expect(stage.page.locator(".panel")).to_be_hidden()
    expect(stage.page.locator("#strip [data-version='1']")).to_be_in_viewport(ratio=1)
    assert stage.panes[0][2] == 1440  # the stage takes the room


def test_up_and_down_lead_to_the_shots_before_and_after(page, image, run_jobs):
    from projects.videos.models import Concept

    film = Concept.objects.create_next(title="The Lattice Remembers 晶格记得")
    other = image_with(2, run_jobs)
    for title, shown in (("地平线 Horizon", image), ("Salt", other)):
        film.add_shot(title, 4).show(shown)
    Stage(page, image)
    page.keyboard.press("ArrowUp")  # there is none before
    page.keyboard.press("ArrowDown")
    page.wait_for_url(f"**/images/{other.pk}/compare/*")
    page.wait_for_selector("compare-view[data-drawn]")
    page.get_by_role("link", name="The shot before").click()
    page.wait_for_url(f"**/images/{image.pk}/compare/*")
    page.wait_for_selector("compare-view[data-drawn]")


def test_every_key_is_in_the_list_and_a_button_too(stage):
    page = stage.page
    page.get_by_role("button", name="Swap A and B").click()
    assert stage.state == (2, 1, "side")
    page.get_by_role("button", name="Closer").click()
    assert stage.get("view.isWhole") is False
    page.get_by_role("button", name="Farther").click()
    page.locator(".room-bar [data-set-mode=wipe]").click()
    assert stage.state == (2, 1, "wipe")
    page.get_by_role("button", name="Hold to see A").dispatch_event("pointerdown")
    page.wait_for_selector("compare-view[data-shows=a]")
    page.get_by_role("button", name="Hold to see A").dispatch_event("pointerup")
    page.wait_for_selector("compare-view[data-shows=both]")
    page.locator("find-palette:defined").wait_for(state="attached")
    page.keyboard.press("?")
    page.locator("#keys section").wait_for()
    assert page.locator("#keys").evaluate("dialog => dialog.scrollTop") == 0  # read from its top
    keys = page.locator("#keys section dt")
    said = " ".join(" ".join(keys.all_inner_texts()).split())
    assert said == (
        "1–9 0 j 1–0 ← → ↑ ↓ space x s w o d h k g m [ ] n ⇧n a l v z + − ⇧ ←↑→↓ e p r u"
        " c b f ←↑→↓ ↵ esc Ctrl Z i"
    )


def test_here_g_is_the_grid_and_leads_to_no_room(stage, image):
    page = stage.page
    page.keyboard.press("g")
    assert stage.state == (1, 2, "grid")
    page.keyboard.press("w")  # at once: elsewhere g and w lead to the worlds
    page.wait_for_timeout(200)
    assert stage.state == (1, 2, "wipe")
    assert page.url.split("?")[0].endswith(f"/images/{image.pk}/compare/")


def test_who_turned_letters_off_still_has_space_and_arrows(page, image, owner):
    owner.without_keys = True
    owner.save()
    stage = Stage(page, image, "?v=1&v=2")
    for key in "3xwzp+":
        page.keyboard.press(key)
    assert (stage.state, stage.get("view.isWhole"), pick_of(image)) == ((1, 2, "side"), True, None)
    page.keyboard.press("ArrowRight")
    assert stage.state == (1, 3, "side")
    page.keyboard.down(" ")
    page.wait_for_selector("compare-view[data-shows=a]")


def test_what_is_typed_into_a_note_is_no_key(stage, image):
    page = stage.page
    note = page.get_by_label("Note on v2")
    note.focus()
    page.keyboard.type("x 3 pr")
    page.keyboard.insert_text("手太亮")
    note.blur()
    page.get_by_text("Note on v2 saved.").wait_for()
    assert stage.state == (1, 2, "side")
    image.refresh_from_db()
    version = image.versions.get(number=2)
    assert (version.note, version.state, image.pick) == ("x 3 pr手太亮", "kept", None)


# --- decisions ----------------------------------------------------------------------------------
def test_picking_is_about_what_is_seen_and_can_be_undone_in_place(stage, image):
    page = stage.page
    page.keyboard.press("3")
    page.keyboard.press("p")  # before the panel has come
    page.get_by_text("v3 picked.").wait_for()
    assert pick_of(image) == 3
    expect(page.get_by_role("button", name="v3 is picked. Take it back")).to_be_visible()
    expect(page.locator("#strip .seal")).to_have_count(1)
    page.keyboard.press("+")
    camera = stage.camera
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back: v3 is as it was.").wait_for()
    assert (pick_of(image), stage.camera, stage.state) == (None, camera, (1, 3, "side"))
    expect(page.get_by_role("button", name="Pick v3")).to_be_visible()


def test_setting_aside_and_leaving_open(stage, image):
    page = stage.page
    page.keyboard.press("r")
    page.get_by_text("v2 set aside.").wait_for()
    expect(page.locator("#strip .rejected")).to_have_count(1)
    page.keyboard.press("u")
    page.get_by_text("v2 is open again.").wait_for()
    expect(page.locator("#strip .rejected")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back: v2 is as it was.").wait_for()
    assert image.versions.get(number=2).state == "rejected"


def test_without_a_network_nothing_is_lost_and_it_is_said(new_context, image):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    stage = Stage(page, image, "?v=1&v=2")
    page.get_by_label("Note on v2").fill("手太亮 too bright")
    page.route("**/versions/**", lambda route: route.abort())
    page.get_by_label("Note on v2").blur()
    page.get_by_text("That did not reach the studio. Try again.").wait_for()
    page.keyboard.press("p")
    assert pick_of(image) is None
    page.unroute("**/versions/**")
    page.keyboard.press("p")
    page.get_by_text("v2 picked.").wait_for()
    assert page.get_by_label("Note on v2").input_value() == "手太亮 too bright"
    page.keyboard.press("3")  # whoever goes on sends the note along
    page.get_by_text("Note on v2 saved.").wait_for()
    page.get_by_label("Note on v3").wait_for()
    assert stage.state == (1, 3, "side")
    assert image.versions.get(number=2).note == "手太亮 too bright"
