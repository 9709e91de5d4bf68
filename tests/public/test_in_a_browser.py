"""The public page and its author's side in a real browser."""

import gzip
import re
from datetime import date

import pytest

from studio.public.models import Letter
from studio.public.views import letters
from tests.dying import die
from tests.shell.test_accessibility import violations, widest

from . import make

WITHOUT_PICTURES = 60_000  # bytes of the front page: HTML and styles
STYLES = 10_000  # compressed


@pytest.fixture
def published(transactional_db, owner):
    """Everything, in two sizes of choice."""
    make.studio(date.today())
    make.publish("front", line="Novels and films.", other_line="小说与影片。")
    make.choose("concepts", names=True, pictures=True)
    make.choose("hours", grain="day", delay=24, year=True, forecast=True)
    make.choose("milestone-own-bcdf", words="Book One", other_words="第一部", day="2024-06-01")
    make.publish_all()
    return Letter.objects.get()


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_public_pages_are_accessible_and_fit(new_context, published, light, phone):
    context = new_context(phone=phone, color_scheme=light, signed_in=False)
    context.expect_errors()  # the pages that are not there
    page = context.new_page()
    letter = f"progress/letters/{published.public_id}/"
    wrong = {}
    for address in ("progress/", letter, "progress/letters/", "progress/nowhere/"):
        for prefix in ("/", "/zh/"):
            page.goto(prefix + address)
            found = violations(page) + [f"{wide} px" for wide in [widest(page)] if wide > 0]
            if found:
                wrong[prefix + address] = found
    assert wrong == {}


@pytest.mark.parametrize(
    ("phone", "light"), [(False, "dark"), (True, "light")], ids=["laptop", "phone"]
)
def test_the_authors_side_is_accessible_and_fits(new_context, published, light, phone):
    make.letter("Draft", "Not yet. 尚未。")
    published.write({**published.fields, "body": "Later. 后来。"}, published.edition)
    page = new_context(phone=phone, color_scheme=light).new_page()
    wrong = {}
    addresses = ["/publish/", *(f"/publish/{name}/" for name in make.names())]
    addresses += ["/letters/", f"/letters/{published.pk}/", f"/letters/{published.pk}/edit/"]
    for address in [*addresses, "/publish/preview/?lang=zh-hans"]:
        page.goto(address)
        found = violations(page) + [f"{wide} px" for wide in [widest(page)] if wide > 0]
        if found:
            wrong[address] = found
    assert wrong == {}


def test_the_front_page_is_light_asks_no_third_party_and_runs_nothing(
    new_context, published, live_server
):
    context = new_context(signed_in=False, java_script_enabled=False)
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/progress/", wait_until="networkidle")
    assert [one.url for one in answers if not one.url.startswith(live_server.url)] == []
    assert [one.url for one in answers if one.status >= 400] == []
    kinds = {one.request.resource_type for one in answers}
    assert kinds <= {"document", "stylesheet", "font", "image", "other"}  # other: the icon
    html = [one.body() for one in answers if one.request.resource_type == "document"]
    styles = [one.body() for one in answers if one.request.resource_type == "stylesheet"]
    packed = sum(len(gzip.compress(body, 6)) for body in styles)
    whole = sum(map(len, html)) + sum(map(len, styles))
    print(f"\n/progress/: {whole:,} bytes without pictures and fonts; styles {packed:,} packed")
    assert whole <= WITHOUT_PICTURES
    assert packed <= STYLES
    assert context.cookies() == []


def test_one_picture_gives_way_to_the_other_without_script(new_context, published):
    context = new_context(signed_in=False)
    page = context.new_page()
    page.goto("/progress/")
    slide = page.locator(".slide")
    slide.scroll_into_view_if_needed()
    width = slide.evaluate("element => element.clientWidth")
    edge = "element => element.getBoundingClientRect().right"
    left = slide.evaluate("element => element.getBoundingClientRect().left")
    cover = page.locator(".cover")
    for share in (0, 0.25, 1):
        slide.evaluate(f"element => (element.scrollLeft = {share * width})")
        assert cover.evaluate(edge) - left == pytest.approx(width * (1 - share), abs=2)
        picture = page.locator(".cover img").bounding_box()
        assert picture["x"] == pytest.approx(left, abs=2)  # the picture itself stands still
    slide.focus()
    page.keyboard.press("ArrowLeft")
    for _ in range(100):
        if slide.evaluate("element => element.scrollLeft") < width - 1:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the arrow moves nothing")


def test_a_letter_saves_by_itself(page, owner):
    letter = Letter.objects.create()
    page.goto(f"/letters/{letter.pk}/edit/")
    page.locator("letter-editor[data-ready]").wait_for()
    page.locator("[name=title]").fill("谈弯路")
    page.locator("[name=body]").fill("晶格不肯静下来。")
    page.locator(".saved[data-state=saved] .words", has_text=re.compile("^Saved ")).wait_for()
    letter.refresh_from_db()
    assert (letter.title, letter.body) == ("谈弯路", "晶格不肯静下来。")
    assert letter.edition >= 1


def test_words_that_did_not_reach_the_studio_come_back(new_context, owner, monkeypatch):
    letter = make.letter()
    context = new_context()
    context.expect_errors()  # of the network that is cut
    page = context.new_page()
    page.goto(f"/letters/{letter.pk}/edit/")
    page.locator("letter-editor[data-ready]").wait_for()
    page.route("**/edit/", lambda route: route.abort())
    page.locator("[name=body]").fill("Written in a tunnel. 隧道里写的。")
    page.locator(".saved[data-state=device]").wait_for()
    die(page, monkeypatch, letters)
    again = context.new_page()
    again.goto(f"/letters/{letter.pk}/edit/")
    again.locator("[data-banner=restored]").wait_for()
    again.locator(".saved[data-state=saved] .words", has_text=re.compile("^Saved ")).wait_for()
    letter.refresh_from_db()
    assert letter.body == "Written in a tunnel. 隧道里写的。"


def test_two_devices_are_asked_which_text_to_go_on_with(new_context, owner):
    letter = make.letter()
    context = new_context()
    context.expect_errors()  # the 409 is one
    page = context.new_page()
    page.goto(f"/letters/{letter.pk}/edit/")
    page.locator("letter-editor[data-ready]").wait_for()
    letter.write({**letter.fields, "body": "From the phone. 手机上写的。"}, 0)
    page.locator("[name=body]").fill("From the laptop. 电脑上写的。")
    page.locator("[data-banner=conflict]").wait_for()
    assert "手机上写的。" in page.locator("[data-theirs]").inner_text()
    page.get_by_role("button", name="Go on with mine").click()
    page.locator(".saved[data-state=saved]").wait_for()
    letter.refresh_from_db()
    assert letter.body == "From the laptop. 电脑上写的。"


def test_publishing_takes_what_was_just_typed_and_can_be_undone(page, owner, client):
    letter = make.letter()
    page.goto(f"/letters/{letter.pk}/edit/")
    page.locator("letter-editor[data-ready]").wait_for()
    page.locator("[name=body]").fill("The last words. 最后几个字。")
    page.get_by_role("button", name="Save and look at it").click()
    page.wait_for_url(f"**/letters/{letter.pk}/")
    page.get_by_role("button", name="Publish").click()
    page.locator(".toast", has_text="Published.").wait_for()
    address = f"/progress/letters/{letter.public_id}/"
    assert "最后几个字。" in client.get(address).text
    page.get_by_role("button", name="Undo").click()
    page.locator(".toast", has_text="Withdrawn.").wait_for()
    assert client.get(address).status_code == 410
    page.get_by_role("button", name="Undo").click()
    page.locator(".toast", has_text="It is public as it was.").wait_for()
    assert client.get(address).status_code == 200


def test_a_letter_is_copied_as_markdown(new_context, owner):
    make.letter("谈弯路", "晶格*不肯*静下来。", language="zh-Hans")
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"/letters/{Letter.objects.get().pk}/")
    page.get_by_text("Markdown, 中文").click()
    page.locator("details[open] button").click()
    page.locator(".toast", has_text="Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "# 谈弯路\n\n晶格*不肯*静下来。\n"
