"""The network goes away: the open book is read and written on, and every word arrives later."""

import time

import pytest
from playwright.sync_api import expect

from projects.writing.models import Scene
from tests.browser.editor import expect_state, expect_text, journal, open_editor, write
from tests.conftest import PASSPHRASE
from tests.shell.test_accessibility import violations
from tests.writing import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHINESE = "晶格并不发光。"
ENGLISH = "The array went quiet."


@pytest.fixture
def book(db):
    return make.book("The Quiet Lattice")


@pytest.fixture
def scene(book):
    return make.scene(CHINESE, chapter=make.chapter("The Lattice Remembers", book=book))


@pytest.fixture
def other(book):
    return make.scene(ENGLISH, chapter=make.chapter("Snow on the Array", book=book))


@pytest.fixture
def device(new_context):
    """One that keeps the open book."""
    context = new_context(service_workers="allow")
    context.expect_errors()  # a network that is gone is an error to a browser
    return context


def open_and_keep(page, scene):
    area = open_editor(page, scene)
    page.locator("html[data-kept]").wait_for(state="attached")
    return area


def until(happens, what):
    """Asked again and again; the page that sends may be any."""
    for _ in range(150):
        if happens():
            return
        time.sleep(0.1)
    raise AssertionError(what)


def text_of(scene):
    return Scene.objects.get(pk=scene.pk).text


def kept_addresses(page):
    return page.evaluate(
        """async () => {
          if (!(await caches.has("throughline-book"))) return [];
          const kept = await (await caches.open("throughline-book")).keys();
          return kept.map(({ url }) => new URL(url).pathname);
        }"""
    )


def test_another_scene_is_read_and_written_without_a_network_and_sent_later(device, scene, other):
    page = device.new_page()
    open_and_keep(page, scene)
    device.set_offline(True)
    page.goto(f"/chapters/{other.chapter_id}/")
    expect(page.locator("main")).to_contain_text(ENGLISH)
    area = open_editor(page, other)
    assert area.input_value() == ENGLISH
    write(page, "雪落在阵列上。")
    expect_state(page, "device")
    open_editor(page, other)  # a reload, still without a network
    expect(area).to_have_value(f"{ENGLISH}雪落在阵列上。")
    assert text_of(other) == ENGLISH
    device.set_offline(False)
    expect_text(page, other, f"{ENGLISH}雪落在阵列上。")
    assert other.revisions.conflicts().count() == 0


def test_words_of_scenes_that_are_not_open_any_more_are_sent_from_any_page(device, scene, other):
    page = device.new_page()
    open_and_keep(page, scene)
    device.set_offline(True)
    write(page, "它记得。")
    expect_state(page, "device")
    open_editor(page, other)
    write(page, " Snow fell.")
    expect_state(page, "device")
    page.goto("/time/")  # not kept: the calm page
    expect(page.locator("h1")).to_have_text("The studio does not answer.")
    device.set_offline(False)
    page.goto("/time/")
    until(lambda: text_of(scene) == f"{CHINESE}它记得。", "the first scene")
    until(lambda: text_of(other) == f"{ENGLISH} Snow fell.", "the second scene")
    expect(page.locator(".toast")).to_contain_text("have reached the studio")
    until(lambda: journal(page) == [], "an empty journal")
    assert [one.revisions.count() for one in (scene, other)] == [2, 2]


def test_two_pages_that_both_find_left_words_make_one_revision(device, scene, other):
    page = device.new_page()
    open_and_keep(page, scene)
    device.set_offline(True)
    write(page, "它记得。")
    expect_state(page, "device")
    page.goto("/time/")
    device.set_offline(False)
    pages = [device.new_page() for _ in range(2)]
    for one in pages:
        one.goto("/time/", wait_until="commit")
    until(lambda: text_of(scene) == f"{CHINESE}它记得。", "the words")
    until(lambda: journal(pages[0]) == [], "an empty journal")
    assert scene.revisions.count() == 2


def test_offline_the_newest_words_are_shown_also_when_the_kept_page_is_older(device, scene):
    page = device.new_page()
    open_and_keep(page, scene)
    write(page, "它记得。")
    expect_text(page, scene, f"{CHINESE}它记得。")
    device.set_offline(True)
    area = open_editor(page, scene)
    expect(area).to_have_value(f"{CHINESE}它记得。")
    write(page, "还在。")
    expect_state(page, "device")
    device.set_offline(False)
    expect_text(page, scene, f"{CHINESE}它记得。还在。")
    assert scene.revisions.conflicts().count() == 0
    assert set(scene.revisions.values_list("kind", flat=True)) == {"typed"}


def test_what_is_not_kept_leads_to_one_calm_page_in_both_languages(device, scene, other):
    page = device.new_page()
    open_and_keep(page, scene)
    device.set_offline(True)
    page.goto("/images/")
    expect(page.locator("h1")).to_have_text("The studio does not answer.")
    expect(page.locator("[lang=zh-Hans].other-language")).to_contain_text("没有应答")
    links = page.locator("kept-pages a")
    expect(links).to_have_count(2)
    assert violations(page) == []
    links.filter(has_text="Snow on the Array").click()
    page.locator("scene-editor[data-ready]").wait_for()
    assert page.locator("#manuscript").input_value() == ENGLISH


def test_what_changes_the_structure_waits_for_the_network_with_a_sentence(device, scene):
    page = device.new_page()
    open_and_keep(page, scene)
    device.set_offline(True)
    page.get_by_role("button", name="New scene").click()
    expect(page.locator(".toast")).to_contain_text("nothing was changed")
    assert Scene.objects.count() == 1


def test_signing_out_takes_the_kept_book_from_the_device(device, scene, other):
    page = device.new_page()
    open_and_keep(page, scene)
    assert f"/scenes/{other.pk}/edit/" in kept_addresses(page)
    page.goto("/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    assert kept_addresses(page) == []
    device.set_offline(True)
    page.goto(f"/scenes/{scene.pk}/edit/")
    expect(page.locator("h1")).to_have_text("The studio does not answer.")
    assert CHINESE not in page.content()


def test_opening_another_book_keeps_that_one_instead(device, scene):
    page = device.new_page()
    open_and_keep(page, scene)
    elsewhere = make.scene("Elsewhere.", chapter=make.chapter(book=make.book("Book Two")))
    open_and_keep(page, elsewhere)
    kept = kept_addresses(page)
    assert f"/scenes/{elsewhere.pk}/edit/" in kept
    assert f"/scenes/{scene.pk}/edit/" not in kept


def test_after_signing_in_in_another_tab_the_words_go_by_themselves(device, scene):
    page = device.new_page()
    open_editor(page, scene)
    device.clear_cookies(name="sid")
    write(page, "字还在。")
    expect_state(page, "signed-out")
    assert text_of(scene) == CHINESE
    with device.expect_page() as opening:
        page.locator('[data-banner="signed-out"] a').click()
    door = opening.value
    door.locator("input[type=password]").fill(PASSPHRASE)
    door.locator("form button.primary").click()
    door.wait_for_url("**/")
    expect_text(page, scene, f"{CHINESE}字还在。")
