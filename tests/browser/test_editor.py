"""A real browser types, by keys and by input method; and what stands beside the text."""

import pytest
from playwright.sync_api import expect

from projects.writing.models import Scene
from tests.browser.editor import (
    CHINESE,
    ENGLISH,
    block_saves,
    expect_state,
    expect_text,
    journal,
    open_editor,
    puts,
    wait_for_journal,
    write,
)
from tests.writing import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chinese(db):
    return make.scene(CHINESE, chapter=make.chapter("晶格", book=make.book(language="zh-Hans")))


# --- typing ---------------------------------------------------------------------------------------
def test_typing_saves_by_itself(page, scene):
    open_editor(page, scene)
    write(page, " It permitted shining.")
    expect_state(page, "typing")
    expect_text(page, scene, f"{ENGLISH} It permitted shining.")
    assert scene.revisions.first().device == "laptop · Chromium"
    assert journal(page) == []


def test_typing_in_chinese_saves_and_counts(page, chinese):
    open_editor(page, chinese)
    write(page, "它只是允许光。")
    expect(page.locator(".live-count")).to_have_text("14 字")
    expect_text(page, chinese, f"{CHINESE}它只是允许光。")


def test_the_field_is_as_tall_as_its_text_and_keeps_it_to_the_letter(page, scene):
    text = "　　first\n\n\n<b>&amp;</b>  two \n" + "line\n" * 200
    scene.revise(text, base=1)
    area = open_editor(page, scene)
    assert area.input_value() == text
    assert area.evaluate("e => e.scrollHeight <= e.clientHeight + 1")


def test_typing_back_to_what_was_there_saves_nothing(page, scene):
    open_editor(page, scene)
    sent = puts(page)
    write(page, "x")
    page.keyboard.press("Backspace")
    expect_state(page, "saved")
    assert sent == []
    assert scene.revisions.count() == 1


def test_the_journal_does_not_wait_for_a_pause(page, scene):
    open_editor(page, scene)
    block_saves(page)
    page.locator("#manuscript").focus()
    page.keyboard.press("Control+End")
    seen = page.evaluate(
        """async () => {
          const area = document.querySelector("#manuscript");
          const read = () => new Promise((resolve) => {
            const opening = indexedDB.open("throughline", 1);
            opening.onsuccess = () => {
              const db = opening.result;
            if (!db.objectStoreNames.contains("unsent")) return resolve([]);
            const all = db.transaction("unsent").objectStore("unsent").getAll();
              all.onsuccess = () => resolve(all.result.length);
            };
          });
          let kept = 0;
          for (let n = 0; n < 60 && !kept; n++) {  // a key each 30 ms: there is no quiet
            area.setRangeText("x", area.value.length, area.value.length, "end");
            area.dispatchEvent(new InputEvent("input", { bubbles: true }));
            await new Promise((resolve) => setTimeout(resolve, 30));
            kept = await read();
          }
          return kept;
        }"""
    )
    assert seen == 1


# --- input methods --------------------------------------------------------------------------------
def test_nothing_is_sent_while_an_input_method_composes(page, chinese):
    open_editor(page, chinese)
    sent = puts(page)
    page.locator("#manuscript").focus()
    page.keyboard.press("Control+End")
    ime = page.context.new_cdp_session(page)
    page.clock.install()
    for letters in ("j", "ji", "jing", "jing'ge"):
        ime.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
        page.clock.run_for(4000)
    assert page.locator("#manuscript").input_value() == f"{CHINESE}jing'ge"
    assert sent == []
    assert journal(page) == []
    expect_state(page, "saved")
    ime.send("Input.insertText", {"text": "晶格"})
    expect(page.locator("#manuscript")).to_have_value(f"{CHINESE}晶格")
    page.clock.run_for(2000)
    page.clock.resume()
    expect_text(page, chinese, f"{CHINESE}晶格")
    assert [save["text"] for save in sent] == [f"{CHINESE}晶格"]


def test_what_was_typed_before_waits_until_the_composition_ends(page, chinese):
    open_editor(page, chinese)
    sent = puts(page)
    ime = page.context.new_cdp_session(page)
    page.clock.install()
    write(page, "她")
    ime.send("Input.imeSetComposition", {"text": "deng", "selectionStart": 4, "selectionEnd": 4})
    page.clock.run_for(15_000)
    assert sent == []
    wait_for_journal(page, [f"{CHINESE}她"])
    ime.send("Input.insertText", {"text": "等"})
    page.clock.run_for(2000)
    page.clock.resume()
    expect_text(page, chinese, f"{CHINESE}她等")


# --- keys and what stands beside ------------------------------------------------------------------
def test_control_s_names_the_text_as_it_is(page, scene):
    open_editor(page, scene)
    write(page, " Done.")
    page.keyboard.press("Control+s")
    page.locator("#revision-name").fill("第二稿")
    page.keyboard.press("Enter")
    expect(page.locator("#manuscript")).to_be_focused()
    page.wait_for_function("() => document.querySelector('scene-editor').queue.base >= 3")
    newest = scene.revisions.first()
    assert (newest.kind, newest.name, newest.text) == ("named", "第二稿", f"{ENGLISH} Done.")


def test_focus_leaves_the_page_alone(page, scene):
    open_editor(page, scene)
    write(page, " More.")
    page.keyboard.press("Control+.")
    expect(page.locator("#outline")).to_be_hidden()
    expect(page.locator("#beside")).to_be_hidden()
    expect(page.locator("#manuscript")).to_be_focused()
    page.keyboard.press("Control+.")
    expect(page.locator("#outline")).to_be_visible()


def test_on_a_phone_the_outline_is_a_sheet(phone_page, scene):
    open_editor(phone_page, scene)
    expect(phone_page.locator("#outline")).to_be_hidden()
    phone_page.locator(".key-tools [popovertarget=outline]").tap()
    expect(phone_page.locator("#outline")).to_be_visible()
    assert phone_page.evaluate("document.documentElement.scrollWidth") == 390


def test_enter_goes_on_with_the_indent_of_a_chinese_paragraph(page, chinese):
    chinese.revise("　　她写下时刻。", base=1)
    area = open_editor(page, chinese)
    page.locator("#manuscript").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("然后")
    expect(area).to_have_value("　　她写下时刻。\n　　然后")
    expect_text(page, chinese, "　　她写下时刻。\n　　然后")


def test_revisions_open_beside_the_text_and_restore(page, scene):
    scene.revise(f"{ENGLISH} 后来。", base=1)
    area = open_editor(page, scene)
    page.locator("[data-open-revisions]").click()
    drawer = page.locator("#revisions")
    expect(drawer.locator("ins")).to_have_text("后来。")
    write(page, " Unsent.")
    drawer.get_by_role("button", name="Restore revision 1").click()
    page.wait_for_url(f"**/scenes/{scene.pk}/edit/")
    expect(page.locator(".toast")).to_contain_text("Revision 1 restored as revision 4.")
    page.locator("scene-editor[data-ready]").wait_for()
    expect(area).to_have_value(ENGLISH)
    assert scene.revisions.get(number=3).text == f"{ENGLISH} 后来。 Unsent."


def test_without_javascript_the_form_saves(new_context, scene):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.locator("#manuscript").fill("没有脚本也行。")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_url(f"**/scenes/{scene.pk}/edit/")
    assert Scene.objects.get(pk=scene.pk).text == "没有脚本也行。"


@pytest.mark.parametrize(
    "text",
    [
        "晶格记得。She counted.",
        "“你在计数。”司算说。——她没有回答……",
        "3.5, 1,947 and it’s e-mail — naïve café №5 ½ x²",
        "第９章　全角ＡＢＣ（括号）、「引号」",
        "カタカナ と ひらがな 한글 кириллица",
        "😀 emoji 👩‍🚀 and 𠮷野家",
        "\n\n  \t",
        "",
    ],
)
def test_the_page_counts_as_the_studio_does(page, scene, text):
    from studio.lib.text import count

    open_editor(page, scene)
    counted = page.evaluate(
        """async (text) => {
          const { count } = await import("lib/counts");
          return ["zishu", "words", "chars"].map((unit) => count(text, unit));
        }""",
        text,
    )
    assert counted == list(count(text))


def test_the_chapters_left_out_come_in_and_the_open_one_stays_in_sight(page, scene):
    for n in range(40):
        make.chapter(f"第{n}夜", book=scene.chapter.book)
    open_editor(page, scene)
    page.get_by_role("link", name="32 later chapters").click()
    expect(page.get_by_role("link", name="第39夜")).to_be_attached()
    expect(page.locator("#outline [aria-current=page]")).to_be_focused()
    expect(page.locator("#outline [aria-current=page]")).to_be_in_viewport()
