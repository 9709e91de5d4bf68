"""The keyboard, the find box and the lists that open over a page."""

import pytest
from playwright.sync_api import expect

from projects.worlds.models import World
from timelog.models import TimeEntry


@pytest.fixture
def at_settings(page):
    World.objects.create(title="The Computational Universe", other_title="计算宇宙")
    page.goto("/settings/")
    expect(page.locator("find-palette:defined")).to_be_attached()
    return page


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k", "/"])
def test_the_find_box_opens_from_the_keyboard_with_the_caret_in_it(at_settings, keys):
    at_settings.keyboard.press(keys)
    expect(at_settings.locator("#find-q")).to_be_focused()


def test_the_find_box_opens_from_the_bar(at_settings):
    at_settings.locator(".find").click()
    expect(at_settings.locator("#find-q")).to_be_focused()


@pytest.mark.parametrize("words", ["computational", "计算"])
def test_enter_takes_the_first_hit_in_either_language(at_settings, words):
    at_settings.keyboard.press("Control+k")
    at_settings.keyboard.insert_text(words)
    hits = at_settings.locator("#found .hit")
    expect(hits).to_have_count(1)
    expect(hits).to_contain_text("The Computational Universe 计算宇宙")
    at_settings.keyboard.press("Enter")
    at_settings.wait_for_url("**/worlds/*/")


def test_arrows_walk_the_hits_and_escape_closes(at_settings):
    at_settings.keyboard.press("Control+k")
    at_settings.keyboard.press("ArrowDown")
    at_settings.keyboard.press("ArrowDown")
    expect(at_settings.locator("#found .hit").nth(1)).to_be_focused()
    at_settings.keyboard.press("ArrowUp")
    at_settings.keyboard.press("ArrowUp")
    expect(at_settings.locator("#find-q")).to_be_focused()
    at_settings.keyboard.type("x")
    at_settings.keyboard.press("Escape")
    expect(at_settings.locator("#find")).to_be_hidden()


def test_nothing_found_says_so(at_settings):
    at_settings.keyboard.press("Control+k")
    at_settings.keyboard.insert_text("<b>水底")
    expect(at_settings.locator("#found")).to_contain_text("Nothing has “<b>水底” in its name")


@pytest.mark.parametrize(
    ("letter", "address"),
    [
        ("t", "/"),
        ("w", "/worlds/"),
        ("e", "/writing/"),
        ("p", "/images/"),
        ("c", "/concepts/"),
        ("h", "/time/"),
        ("o", "/tools/"),
    ],
)
def test_g_and_a_letter_go_to_a_room(at_settings, letter, address):
    with at_settings.expect_request(lambda request: request.url.endswith(address)):
        at_settings.keyboard.press("g")
        at_settings.keyboard.press(letter)


def test_single_letters_do_nothing_while_something_is_typed(at_settings):
    name = at_settings.locator("#id_name")
    name.fill("")
    name.press_sequentially("gt/?t")
    expect(name).to_have_value("gt/?t")
    expect(at_settings.locator("dialog[open]")).to_have_count(0)
    assert at_settings.url.endswith("/settings/")


def test_letters_of_an_input_method_are_no_keys(at_settings):
    at_settings.evaluate(
        "for (const key of ['g', 't', '/', '?']) document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key, bubbles: true, isComposing: true}))"
    )
    expect(at_settings.locator("dialog[open]")).to_have_count(0)
    assert at_settings.url.endswith("/settings/")


def test_a_question_mark_opens_the_list_of_keys_and_escape_closes_it(at_settings):
    at_settings.keyboard.press("?")
    expect(at_settings.get_by_role("dialog", name="Keys")).to_be_visible()
    at_settings.keyboard.press("Escape")
    expect(at_settings.locator("dialog[open]")).to_have_count(0)


def test_t_starts_the_clock_and_t_stops_it(at_settings):
    at_settings.keyboard.press("t")
    expect(at_settings.locator("#clock").get_by_role("button", name="Stop")).to_be_visible()
    assert TimeEntry.objects.running() is not None
    at_settings.keyboard.press("t")
    expect(at_settings.locator("#clock").get_by_role("button", name="Start")).to_be_visible()
    assert TimeEntry.objects.running() is None


def test_the_first_tab_stop_skips_to_the_content(at_settings):
    at_settings.keyboard.press("Tab")
    expect(at_settings.get_by_role("link", name="Skip to content")).to_be_focused()
    at_settings.keyboard.press("Enter")
    assert at_settings.url.endswith("#main")


def test_more_opens_over_the_phones_tab_bar_and_closes_by_a_tap_beside_it(phone_page):
    phone_page.goto("/settings/")
    expect(phone_page.locator("more-rooms:defined")).to_be_attached()
    sheet = phone_page.locator(".more-sheet")
    expect(sheet).to_be_hidden()
    phone_page.get_by_text("More", exact=True).tap()
    expect(sheet.get_by_role("link")).to_have_text(
        ["World", "Concepts", "Voice", "Tools", "Find", "Public page", "Settings"]
    )
    phone_page.locator("h1").tap()
    expect(sheet).to_be_hidden()


def test_more_opens_without_script(new_context):
    page = new_context(phone=True, java_script_enabled=False).new_page()
    page.goto("/settings/")
    page.get_by_text("More", exact=True).tap()
    expect(page.locator(".more-sheet").get_by_role("link", name="World")).to_be_visible()


def test_finding_works_without_script(new_context):
    World.objects.create(title="计算宇宙", other_title="The Computational Universe")
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/settings/")
    page.locator(".find").click()
    page.get_by_role("searchbox").fill("计算")
    page.get_by_role("button", name="Find").click()
    found = page.get_by_role("main").get_by_role("link", name="计算宇宙 The Computational Universe")
    expect(found).to_be_visible()
