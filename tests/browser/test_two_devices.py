"""Two devices, two tabs, a tab that slept: one text, or two side by side, and nothing lost."""

import json

import pytest
from playwright.sync_api import expect

from projects.writing.models import Scene
from tests.browser.editor import (
    block_saves,
    expect_state,
    expect_text,
    fill_device,
    open_editor,
    puts,
    replace_text,
    unblock,
    write,
)
from tests.shell.test_accessibility import violations
from tests.writing import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "晶格并不发光。\n她数到九。\n天亮了。"


@pytest.fixture
def scene(db):
    return make.scene(TEXT, chapter=make.chapter("晶格", book=make.book(language="zh-Hans")))


@pytest.fixture
def quiet(new_context):
    """Devices on which a 409 is no surprise."""

    def make_one(**options):
        context = new_context(**options)
        context.expect_errors()
        return context

    return make_one


def put_caret(page, after):
    """Set the caret behind some words."""
    page.locator("#manuscript").evaluate(
        "(e, words) => { e.focus(); const at = e.value.indexOf(words) + words.length;"
        " e.setSelectionRange(at, at); }",
        after,
    )


def before_caret(page):
    return page.locator("#manuscript").evaluate("e => e.value.slice(0, e.selectionStart)")


def hold_first_save(page):
    """The first save is on its way until its route goes on."""
    held = []

    def late(route):
        if route.request.method != "PUT" or held:
            return route.fallback()
        held.append(route)
        return None

    page.route("**/scenes/*/edit/", late)
    return held


def test_two_devices_in_two_paragraphs_merge_in_silence(quiet, scene):
    page, phone = quiet().new_page(), quiet(phone=True).new_page()
    area = open_editor(page, scene)
    open_editor(phone, scene)
    put_caret(phone, "晶格")
    phone.keyboard.type("从来")
    expect_state(phone, "saved")
    put_caret(page, "九")
    page.keyboard.type("又数到十")
    expect(area).to_have_value("晶格从来并不发光。\n她数到九又数到十。\n天亮了。")
    expect_text(page, scene, "晶格从来并不发光。\n她数到九又数到十。\n天亮了。")
    assert before_caret(page) == "晶格从来并不发光。\n她数到九又数到十"
    expect(page.locator('[data-banner="merged"]')).to_be_visible()
    expect(page.locator('[data-banner="conflict"]')).to_be_hidden()
    assert scene.revisions.conflicts().count() == 0
    assert TEXT.replace("九", "九又数到十") in [row.text for row in scene.revisions.with_text()]
    phone.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(phone.locator("#manuscript")).to_have_value(area.input_value())


def test_what_is_typed_while_a_merge_is_on_its_way_stays(quiet, scene):
    context = quiet()
    page = context.new_page()
    area = open_editor(page, scene)
    scene.revise(TEXT.replace("发光", "发亮"), base=1)
    held = hold_first_save(page)
    put_caret(page, "九")
    page.keyboard.type("又数到十")
    while not held:
        page.wait_for_timeout(50)
    page.keyboard.type("一")
    held[0].fallback()
    expect(area).to_have_value("晶格并不发亮。\n她数到九又数到十一。\n天亮了。")
    expect_text(page, scene, "晶格并不发亮。\n她数到九又数到十一。\n天亮了。")
    assert before_caret(page).endswith("又数到十一")
    assert scene.revisions.conflicts().count() == 0


def test_a_merge_waits_for_the_end_of_a_composition(quiet, scene):
    page = quiet().new_page()
    area = open_editor(page, scene)
    scene.revise(TEXT.replace("发光", "发亮"), base=1)
    held = hold_first_save(page)
    put_caret(page, "九")
    page.keyboard.type("又")
    ime = page.context.new_cdp_session(page)
    while not held:
        page.wait_for_timeout(50)
    ime.send("Input.imeSetComposition", {"text": "shu", "selectionStart": 3, "selectionEnd": 3})
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        held[0].fallback()
    page.wait_for_timeout(300)
    assert "九又shu。" in area.input_value()
    assert "发光" in area.input_value()
    ime.send("Input.insertText", {"text": "数"})
    expect(area).to_have_value("晶格并不发亮。\n她数到九又数。\n天亮了。")
    expect_text(page, scene, "晶格并不发亮。\n她数到九又数。\n天亮了。")


def test_one_sentence_on_two_devices_stays_side_by_side_until_it_is_closed(quiet, scene):
    laptop, phone = quiet(), quiet(phone=True)
    page, other = laptop.new_page(), phone.new_page()
    open_editor(page, scene)
    open_editor(other, scene)
    put_caret(page, "九")
    page.keyboard.type("，停下")
    expect_state(page, "saved")
    put_caret(other, "九")
    other.keyboard.type("，又停下")
    expect_state(other, "conflict")
    banner = other.locator('[data-banner="conflict"]')
    expect(banner.locator("[data-mine]")).to_contain_text("九，又停下")
    expect(banner.locator("[data-theirs]")).to_contain_text("九，停下")
    expect(banner.locator("[data-mine] mark")).to_have_text("她数到九，又停下。")
    expect(banner.locator("[data-keep-mine]")).to_be_in_viewport()
    assert violations(other) == []
    assert other.evaluate("document.documentElement.scrollWidth") == 390
    open_editor(other, scene)  # a reload closes nothing
    expect_state(other, "conflict")
    other.locator("[data-take-theirs]").tap()
    expect_state(other, "saved")
    assert Scene.objects.get(pk=scene.pk).text == TEXT.replace("九", "九，停下")
    assert TEXT.replace("九", "九，又停下") in [row.text for row in scene.revisions.with_text()]
    assert scene.revisions.conflicts().count() == 0


def test_two_tabs_that_both_write_end_with_both_words(quiet, scene):
    context = quiet()
    one, two = context.new_page(), context.new_page()
    open_editor(one, scene)
    open_editor(two, scene)
    block_saves(two)
    put_caret(two, "天亮了")
    two.keyboard.type("又黑了")
    put_caret(one, "晶格")
    one.keyboard.type("从来")
    expect_state(one, "saved")
    unblock(two)
    two.evaluate("window.dispatchEvent(new Event('online'))")
    whole = "晶格从来并不发光。\n她数到九。\n天亮了又黑了。"
    expect_text(two, scene, whole)
    for tab in (one, two):
        expect(tab.locator("#manuscript")).to_have_value(whole)


def test_a_tab_that_slept_brings_its_words_and_takes_what_is_new(quiet, scene):
    page = quiet().new_page()
    area = open_editor(page, scene)
    block_saves(page)
    write(page, "\n雪停了。")
    expect_state(page, "device")
    scene.revise(TEXT.replace("发光", "发亮"), base=1, device="phone · Safari")
    unblock(page)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    whole = "晶格并不发亮。\n她数到九。\n天亮了。\n雪停了。"
    expect(area).to_have_value(whole)
    expect_text(page, scene, whole)
    scene.refresh_from_db()
    scene.revise(f"{whole}\n又下了。", base=scene.head)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(area).to_have_value(f"{whole}\n又下了。")


def test_a_device_that_can_keep_nothing_still_saves(quiet, scene):
    page = quiet().new_page()
    fill_device(page)
    open_editor(page, scene)
    block_saves(page)
    write(page, "写。")
    expect_state(page, "full")
    expect(page.locator(".saved .words")).to_have_text("Not kept")
    unblock(page)  # nobody helps: it tries by itself
    expect_text(page, scene, f"{TEXT}写。")


def test_without_tls_the_page_says_what_offline_writing_needs(quiet, scene):
    page = quiet().new_page()
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { get: () => false })")
    open_editor(page, scene)
    block_saves(page)
    write(page, "写。")
    expect(page.locator('[data-banner="device"]')).to_contain_text("offline writing needs TLS")
    expect(page.locator("[data-needs-tls]")).to_be_visible()


def test_a_million_characters_are_typed_in_and_saved(quiet, scene):
    page = quiet().new_page()
    page.set_default_timeout(180_000)  # a busy machine lays out so long a page slowly
    text = "她写下时刻，数到九又数到十。\n" * 68_000
    assert len(text) > 1_000_000
    scene.revise(text, base=1)
    open_editor(page, scene)
    page.locator("#manuscript").evaluate(
        "e => { e.focus(); e.setSelectionRange(e.value.length, e.value.length); }"
    )
    page.keyboard.insert_text("完。")
    expect(page.locator(".live-count")).to_contain_text(f"{14 * 68_000 + 2:,}", timeout=180_000)
    expect(page.locator(".saved")).to_have_attribute("data-state", "saved", timeout=180_000)
    assert Scene.objects.get(pk=scene.pk).text == f"{text}完。"


def test_naughty_strings_come_through_the_editor_to_the_letter(page, scene, corpus):
    path = corpus / "bad" / "strings" / "blns.json"
    if not path.is_file():
        pytest.skip("the naughty strings are not in the corpus")
    strings = [one for one in json.loads(path.read_text()) if "\x00" not in one]
    text = "\n".join(strings).replace("\r\n", "\n").replace("\r", "\n")
    area = open_editor(page, scene)
    sent = puts(page)
    replace_text(area, text)
    expect_text(page, scene, text)
    assert sent[-1]["text"] == text
    open_editor(page, scene)
    assert area.input_value() == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("一。|二。三。", "新。一。|二。三。"),
        ("一。二|。三。", "一。二|。三。四。"),
        ("甲一。乙二|。丙三。丁四。", "甲壹。乙二|。丙三。丁肆。"),
        ("甲一。乙|。丙三。", "甲壹。乙|，又乙。丙叁。"),
        ("One. Two| words. Three.", "Uno. Two| words. Three, four."),
        ("一。一。|一。", "一。一。|一。一。"),
        ("|", "|新。"),
        ("走了。|", "走了。|"),
    ],
)
def test_the_caret_stays_at_its_words(page, scene, old, new):
    open_editor(page, scene)
    given = [old.replace("|", ""), new.replace("|", ""), old.index("|")]
    at = page.evaluate(
        """async (given) => {
          const { carry } = await import("lib/carry");
          return carry(...given);
        }""",
        given,
    )
    assert at == new.index("|")


def test_a_sheet_of_a_chapter_takes_in_what_another_device_wrote_and_keeps_the_caret(quiet, scene):
    page = quiet().new_page()
    page.goto(f"/chapters/{scene.chapter_id}/write/")
    page.locator("scene-sheet[data-ready]").wait_for()
    area = page.locator("scene-sheet textarea")
    area.evaluate(
        "(e) => { e.focus(); const at = e.value.indexOf('九') + 1; e.setSelectionRange(at, at); }"
    )
    scene.revise(TEXT.replace("发光", "发亮"), base=1)
    page.keyboard.type("又数到十")
    expect(area).to_have_value("晶格并不发亮。\n她数到九又数到十。\n天亮了。")
    expect(page.locator("scene-sheet .saved")).to_have_attribute("data-state", "saved")
    before = area.evaluate("e => e.value.slice(0, e.selectionStart)")
    assert before == "晶格并不发亮。\n她数到九又数到十"
    assert scene.revisions.conflicts().count() == 0
