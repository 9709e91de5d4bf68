"""A real browser types, loses its network, its page and its session, and loses no word."""

import re

import pytest
from playwright.sync_api import expect

from projects.writing.models import Scene
from projects.writing.views import scenes
from tests.dying import die
from tests.writing import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENGLISH = "The lattice did not shine."
CHINESE = "晶格并不发光。"


@pytest.fixture
def scene(db):
    return make.scene(ENGLISH)


@pytest.fixture
def chinese(db):
    return make.scene(CHINESE, chapter=make.chapter("晶格", book=make.book(language="zh-Hans")))


def open_editor(page, scene):
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.locator("scene-editor[data-ready]").wait_for()
    return page.locator("#manuscript")


def write(page, words):
    """Type at the end, as a person does."""
    page.locator("#manuscript").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def replace_text(area, text):
    """Put what a keyboard cannot type."""
    area.evaluate(
        """(e, text) => {
          e.value = text;
          e.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""",
        text,
    )


def expect_state(page, state):
    expect(page.locator(".saved")).to_have_attribute("data-state", state, timeout=15_000)


def expect_text(page, scene, text):
    """The server has `text`; waited for through the page's own state."""
    expect_state(page, "saved")
    assert Scene.objects.get(pk=scene.pk).text == text


def journal(page):
    """The texts that are on this device only."""
    return page.evaluate(
        """() => new Promise((resolve, reject) => {
          const opening = indexedDB.open("throughline", 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const db = opening.result;
            if (!db.objectStoreNames.contains("unsent")) return resolve([]);
            const all = db.transaction("unsent").objectStore("unsent").getAll();
            all.onsuccess = () => resolve(all.result.map((entry) => entry.text));
          };
        })"""
    )


def wait_for_journal(page, texts):
    """Asked again and again from here: a page's own waiting takes a promise for an answer."""
    for _ in range(100):
        if journal(page) == texts:
            return
        page.wait_for_timeout(50)
    assert journal(page) == texts


def block_saves(page):
    """No save reaches the studio, as on a train."""
    page.route(
        "**/scenes/*/edit/",
        lambda route: route.abort() if route.request.method == "PUT" else route.fallback(),
    )


def unblock(page):
    page.unroute("**/scenes/*/edit/")


def puts(page):
    """The saves that leave the page from now on."""
    sent = []
    page.on("request", lambda r: sent.append(r.post_data_json) if r.method == "PUT" else None)
    return sent


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
    page.add_init_script(
        """IDBObjectStore.prototype.put = () => {
          throw new DOMException("full", "QuotaExceededError");
        }"""
    )
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
