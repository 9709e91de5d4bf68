"""What the compare page loads to look, and what comes with the first touch."""

from pathlib import PurePath

import pytest
from playwright.sync_api import expect

from studio.desk.views.offline import worker
from studio.lib import importmap, joined, styles
from studio.lib.collecting import smaller, together

pytestmark = pytest.mark.usefixtures("decoded_here")
SCRIPTS = """performance.getEntriesByType("resource").map(({ name }) => name)
    .filter((name) => name.endsWith(".js")).map((name) => name.split("/static/js/")[1])"""


@pytest.fixture
def view(page):
    return page.locator("compare-view")


@pytest.fixture
def late(page):
    """The requests for the hands, which wait until the test lets them go."""
    waiting = []
    page.route("**/lib/compare-controls.js", lambda route: waiting.append(route))
    return waiting


@pytest.fixture
def collected(page, settings):
    """The page is served what is collected: joined and minified."""
    known = (
        *(importmap.importmap_json, importmap.importmap_script, importmap.importmap_hash),
        *(importmap.preloads, styles.sheet_addresses, styles.stylesheet_links, worker),
    )
    for each in known:
        each.cache_clear()
    settings.STATIC_IS_BUILT = True

    def serve(route):
        path = PurePath(route.request.url.partition("/static/")[2])
        text = together(path) or (settings.STATICFILES_DIRS[0] / path).read_text()
        kind = {".js": "text/javascript", ".css": "text/css"}[path.suffix]
        route.fulfill(body=smaller(path.suffix, text), content_type=kind)

    page.route("**/static/js/**/*.js", serve)
    page.route("**/static/css/**/*.css", serve)
    yield
    for each in known:
        each.cache_clear()


def test_to_look_the_page_asks_for_the_viewer_alone_and_a_touch_brings_the_rest(page, image, view):
    page.goto(f"/images/{image.pk}/compare/?v=1&v=2")
    page.wait_for_selector("compare-view[data-sharp]")
    page.wait_for_timeout(500)  # what the server finds changed has been asked for
    hands = {f"{name}.js" for name, root in joined.places().items() if root == joined.ROOTS[2]}
    assert len(hands) > 10
    assert not hands & set(page.evaluate(SCRIPTS))
    page.mouse.move(400, 300)
    dark = page.locator(".desk-only [data-surround=dark]")
    expect(dark).to_have_attribute("aria-pressed", "true")
    assert hands <= set(page.evaluate(SCRIPTS))


def test_a_key_that_comes_before_the_hands_is_not_lost(page, image, view, late):
    page.goto(f"/images/{image.pk}/compare/?v=1&v=2")
    page.wait_for_selector("compare-view[data-sharp]")
    page.keyboard.press("g")  # all of them; not the first of the house's two letters
    page.keyboard.press("3")
    expect(view).to_have_attribute("data-mode", "side")
    late[0].continue_()
    expect(view).to_have_attribute("data-mode", "grid")
    expect(page.locator("#strip [data-version='3'] .ab")).to_have_text("B")
    assert page.url.endswith("?v=1&v=3&mode=grid")


def test_a_click_before_the_hands_and_one_that_is_held_are_done_when_they_come(
    page, image, view, late
):
    page.goto(f"/images/{image.pk}/compare/?v=1&v=2")
    page.wait_for_selector("compare-view[data-sharp]")
    page.locator(".modes.desk-only [data-set-mode=wipe]").click()
    page.locator("[data-hold].desk-only").hover()
    page.mouse.down()
    late[0].continue_()
    expect(view).to_have_attribute("data-mode", "wipe")
    expect(view).to_have_attribute("data-shows", "a")
    page.mouse.up()
    expect(view).to_have_attribute("data-shows", "both")
    assert "mode=wipe" in page.url


def test_where_the_hands_could_not_be_had_the_next_touch_asks_again(page, image, view, late):
    page.goto(f"/images/{image.pk}/compare/?v=1&v=2")
    page.wait_for_selector("compare-view[data-sharp]")
    page.context.expect_errors()
    page.keyboard.press("w")
    late[0].abort()
    page.wait_for_timeout(200)
    page.keyboard.press("o")
    page.wait_for_timeout(200)
    late[1].continue_()
    expect(view).to_have_attribute("data-mode", "onion")


def test_a_page_that_was_asked_for_in_another_mode_shows_it_at_once(page, image, view):
    page.goto(f"/images/{image.pk}/compare/?v=1&v=2&v=3&mode=wipe&wipe=0.2,0.7")
    page.wait_for_selector("compare-view[data-sharp]")
    expect(view).to_have_attribute("data-mode", "wipe")
    handles = page.get_by_role("slider", name="Where the divider stands")
    expect(handles).to_have_count(2)
    expect(handles.first).to_have_attribute("aria-valuenow", "20")


def test_what_is_collected_does_what_the_tree_does(page, image, view, collected):
    page.goto(f"/images/{image.pk}/compare/?v=1&v=2")
    page.wait_for_selector("compare-view[data-sharp]")
    of_viewer = {f"{name}.js" for name, root in joined.places().items() if root != "main"}
    assert of_viewer & set(page.evaluate(SCRIPTS)) == {"elements/compare-view.js"}
    for key, mode in (("w", "wipe"), ("d", "difference"), ("k", "blink"), ("s", "side")):
        page.keyboard.press(key)
        expect(view).to_have_attribute("data-mode", mode)
    page.keyboard.press("c")
    expect(page.locator(".mark-hint")).to_be_visible()
    page.keyboard.press("Enter")
    page.locator("#mark-words").fill("The horizon leans")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#marks .mark-row")).to_have_count(1)
    assert of_viewer & set(page.evaluate(SCRIPTS)) == {f"{root}.js" for root in joined.ROOTS[1:]}
    assert page.evaluate("document.styleSheets.length") < 8
