"""A real browser loses its network, its page and its session, and loses no word."""

import re

import pytest
from playwright.sync_api import expect

from projects.writing.models import Scene
from projects.writing.views import scenes
from tests.browser.editor import (
    ENGLISH,
    block_saves,
    expect_state,
    expect_text,
    fill_device,
    journal,
    open_editor,
    replace_text,
    unblock,
    wait_for_journal,
    write,
)
from tests.dying import die

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


# --- what can go wrong ----------------------------------------------------------------------------
@pytest.mark.parametrize("words", [" It permitted shining.", "它只是允许光。"])
def test_a_page_that_died_before_the_save_gives_the_words_back(
    new_context, scene, words, monkeypatch
):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    open_editor(page, scene)
    block_saves(page)
    write(page, words)
    wait_for_journal(page, [f"{ENGLISH}{words}"])
    die(page, monkeypatch, scenes)
    again = context.new_page()
    area = open_editor(again, scene)
    assert area.input_value() == f"{ENGLISH}{words}"
    expect(again.locator('[data-banner="restored"]')).to_be_visible()
    expect_text(again, scene, f"{ENGLISH}{words}")
    assert journal(again) == []


def test_without_a_network_the_words_are_on_this_device_and_go_when_it_is_back(new_context, scene):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    open_editor(page, scene)
    context.set_offline(True)
    write(page, "它记得。")
    expect_state(page, "device")
    expect(page.locator('[data-banner="device"]')).to_be_visible()
    assert journal(page) == [f"{ENGLISH}它记得。"]
    context.set_offline(False)
    expect_text(page, scene, f"{ENGLISH}它记得。")
    expect(page.locator('[data-banner="device"]')).to_be_hidden()


def test_a_lost_answer_makes_no_second_revision(new_context, scene):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    open_editor(page, scene)
    keys = []

    def lose_the_first(route):
        if route.request.method != "PUT":
            return route.fallback()
        keys.append(route.request.post_data_json["key"])
        if len(keys) == 1:
            route.fetch()  # the studio gets it; the page never hears of it
            return route.abort()
        return route.fallback()

    page.route("**/scenes/*/edit/", lose_the_first)
    write(page, " One.")
    expect_state(page, "device")
    write(page, " Two.")
    expect_text(page, scene, f"{ENGLISH} One. Two.")
    assert keys[0] == keys[1]
    assert scene.revisions.conflicts().count() == 0


def test_a_stale_save_shows_both_texts_and_mine_may_win(new_context, scene):
    laptop, phone = new_context(), new_context(phone=True)
    laptop.expect_errors()
    page, other = laptop.new_page(), phone.new_page()
    open_editor(page, scene)
    open_editor(other, scene)
    write(other, " From the phone.")
    expect_state(other, "saved")
    write(page, "从电脑来。")
    expect_state(page, "conflict")
    banner = page.locator('[data-banner="conflict"]')
    expect(banner.locator("[data-mine]")).to_have_text(f"{ENGLISH}从电脑来。")
    expect(banner.locator("[data-theirs]")).to_have_text(f"{ENGLISH} From the phone.")
    write(page, "还在写。")
    wait_for_journal(page, [f"{ENGLISH}从电脑来。还在写。"])
    page.locator("[data-keep-mine]").click()
    expect_text(page, scene, f"{ENGLISH}从电脑来。还在写。")
    expect(banner).to_be_hidden()
    assert scene.revisions.conflicts().count() == 0
    texts = [each.text for each in scene.revisions.order_by("number")]
    assert texts == [
        ENGLISH,
        f"{ENGLISH} From the phone.",
        f"{ENGLISH}从电脑来。",
        f"{ENGLISH}从电脑来。还在写。",
    ]


def test_the_other_text_may_be_taken_and_mine_stays_a_revision(new_context, scene):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    area = open_editor(page, scene)
    scene.revise("Theirs.", base=1)
    write(page, " Mine.")
    expect_state(page, "conflict")
    write(page, " And more.")
    page.locator("[data-take-theirs]").click()
    expect_state(page, "saved")
    expect(area).to_have_value("Theirs.")
    assert Scene.objects.get(pk=scene.pk).text == "Theirs."
    texts = {each.text for each in scene.revisions.all()}
    assert {f"{ENGLISH} Mine.", f"{ENGLISH} Mine. And more."} <= texts
    assert scene.revisions.conflicts().count() == 0
    assert journal(page) == []


def test_a_conflict_survives_a_reload_without_a_second_copy(new_context, scene):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    open_editor(page, scene)
    scene.revise("Theirs.", base=1)
    write(page, " Mine.")
    expect_state(page, "conflict")
    open_editor(page, scene)
    expect_state(page, "conflict")
    assert page.locator("#manuscript").input_value() == f"{ENGLISH} Mine."
    assert scene.revisions.count() == 3


def test_signed_out_keeps_the_words_and_sends_them_after_signing_in(new_context, owner, scene):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    area = open_editor(page, scene)
    cookies = context.cookies()
    context.clear_cookies(name="sid")
    write(page, "字还在。")
    expect_state(page, "signed-out")
    banner = page.locator('[data-banner="signed-out"]')
    expect(banner).to_contain_text("Your words are on this device.")
    expect(banner.locator("a")).to_have_attribute("href", re.compile("^/sign-in/"))
    assert area.input_value() == f"{ENGLISH}字还在。"
    assert journal(page) == [f"{ENGLISH}字还在。"]
    assert scene.revisions.count() == 1
    # Signing in makes a new token as well as a new session.
    context.add_cookies([c for c in cookies if c["name"] == "sid"])
    context.clear_cookies(name="csrf")
    context.new_page().goto(f"/scenes/{scene.pk}/edit/")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect_text(page, scene, f"{ENGLISH}字还在。")
    expect(banner).to_be_hidden()


def test_what_the_studio_refuses_is_said_in_its_words(new_context, scene):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    area = open_editor(page, scene)
    replace_text(area, "a\0b")
    expect_state(page, "refused")
    expect(page.locator('[data-banner="refused"]')).to_contain_text("NUL character")
    replace_text(area, "ab")
    expect_text(page, scene, "ab")


def test_a_device_that_is_full_says_so_loudly_and_offers_a_file(new_context, scene):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    fill_device(page)
    open_editor(page, scene)
    block_saves(page)
    write(page, "写。")
    expect_state(page, "full")
    with page.expect_download() as downloading:
        page.locator("[data-download]").click()
    assert downloading.value.path().read_text() == f"{ENGLISH}写。"
    unblock(page)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect_text(page, scene, f"{ENGLISH}写。")


# --- two tabs, two devices ------------------------------------------------------------------------
def test_another_tab_of_the_scene_takes_what_was_saved(new_context, scene):
    context = new_context()
    one, two = context.new_page(), context.new_page()
    open_editor(one, scene)
    area = open_editor(two, scene)
    write(one, "第二句。")
    expect_state(one, "saved")
    expect(area).to_have_value(f"{ENGLISH}第二句。")
    write(two, "第三句。")
    expect_text(two, scene, f"{ENGLISH}第二句。第三句。")
    assert scene.revisions.conflicts().count() == 0


def test_coming_back_to_a_page_takes_what_another_device_wrote(page, scene):
    area = open_editor(page, scene)
    scene.revise(f"{ENGLISH} From the phone.", base=1)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(area).to_have_value(f"{ENGLISH} From the phone.")
    write(page, " Then here.")
    expect_text(page, scene, f"{ENGLISH} From the phone. Then here.")
    assert scene.revisions.conflicts().count() == 0
