"""The outline by hand, the chapter in one piece, focus, two languages: in a real browser."""

import pytest
from playwright.sync_api import expect

from projects.writing.models import Chapter, Scene
from tests.shell.test_accessibility import violations, widest
from tests.writing import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def book(db):
    """Three chapters; the first has two scenes."""
    made = make.book()
    for title in ("a", "b", "c"):
        make.chapter(title, book=made)
    first = Chapter.objects.get(title="a")
    make.scene("One.\nTwo.", chapter=first, title="first")
    make.scene("三。\n四。", chapter=first, title="second")
    return made


def chapters(page):
    return page.locator(".contents > li").evaluate_all("all => all.map(li => li.dataset.title)")


def wait_for_chapters(page, titles):
    expect(page.locator(".contents > li > .line .name a")).to_have_text(titles)


def open_outline(page, book):
    page.goto(f"/books/{book.pk}/?arrange")
    page.locator("outline-order:defined").wait_for()


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, line, to_y):
    """By the handle, as the mouse does."""
    x, y = middle(line.locator("[data-grip]").first)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, (y + to_y) / 2, steps=4)
    page.mouse.move(x, to_y, steps=4)
    page.mouse.up()


def test_a_chapter_is_dragged_and_undo_brings_it_back(page, book):
    open_outline(page, book)
    lines = page.locator(".contents > li")
    drag(page, lines.nth(2), lines.nth(0).bounding_box()["y"])
    wait_for_chapters(page, ["c", "a", "b"])
    expect(page.locator(".toast")).to_contain_text("c is now 1 of 3.")
    page.locator(".toast button").click()
    wait_for_chapters(page, ["a", "b", "c"])


def test_a_scene_is_dragged_into_another_chapter(page, book):
    open_outline(page, book)
    line = page.locator(".scenes > li").nth(0)
    empty = page.locator(".contents > li").nth(1).locator(".scenes")
    drag(page, line, empty.bounding_box()["y"])
    expect(empty.locator("li")).to_have_count(1)
    assert Scene.objects.get(title="first").chapter.title == "b"


def test_alt_and_an_arrow_move_the_line_that_has_the_focus(page, book):
    open_outline(page, book)
    page.get_by_role("link", name="c", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    wait_for_chapters(page, ["a", "c", "b"])
    expect(page.get_by_role("link", name="c", exact=True)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    wait_for_chapters(page, ["c", "a", "b"])


def test_a_stale_outline_says_so_and_shows_the_order_as_it_is(page, book, new_context):
    other = new_context().new_page()
    open_outline(page, book)
    open_outline(other, book)
    other.get_by_role("button", name="Move b up").click()
    wait_for_chapters(other, ["b", "a", "c"])
    page.context.expect_errors()
    page.get_by_role("button", name="Move c up").click()
    expect(page.locator("#outline [role=alert]")).to_contain_text("nothing was moved")
    wait_for_chapters(page, ["b", "a", "c"])


def test_a_finger_moves_a_chapter_on_the_phone(phone_page, book):
    open_outline(phone_page, book)
    lines = phone_page.locator(".contents > li")
    lines.nth(1).scroll_into_view_if_needed()
    phone_page.get_by_role("button", name="Move b up").tap()
    wait_for_chapters(phone_page, ["b", "a", "c"])
    session = phone_page.context.new_cdp_session(phone_page)
    grip = lines.nth(0).locator("[data-grip]").first
    grip.scroll_into_view_if_needed()
    x, y = middle(grip)
    end = lines.nth(1).bounding_box()
    points = [("touchStart", y), ("touchMove", y + 40), ("touchMove", end["y"] + end["height"])]
    for kind, at in points:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": at}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_for_chapters(phone_page, ["a", "b", "c"])


@pytest.fixture
def shelf(book):
    """The book as the first of three."""
    for title in ("Second", "第三部"):
        make.book(title, world=book.world)
    return book.world


def wait_for_books(page, world, titles):
    expect(page.locator("#books .title > a:first-child")).to_have_text(titles)
    assert list(world.books.values_list("title", flat=True)) == titles


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_books_are_moved_by_hand_by_keys_and_by_buttons(new_context, shelf, phone):
    page = new_context(phone=phone).new_page()
    page.goto(f"/worlds/{shelf.pk}/?arrange")
    first = shelf.books.first().title
    page.get_by_role("button", name="Move 第三部 up").click()
    wait_for_books(page, shelf, [first, "第三部", "Second"])
    page.get_by_role("link", name="第三部", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    wait_for_books(page, shelf, ["第三部", first, "Second"])
    expect(page.get_by_role("link", name="第三部", exact=True)).to_be_focused()
    page.locator(".toast button").last.click()
    wait_for_books(page, shelf, [first, "第三部", "Second"])
    page.goto(f"/worlds/{shelf.pk}/?arrange")
    books = page.locator("article.book")
    books.nth(0).scroll_into_view_if_needed()
    drag(page, books.nth(1), books.nth(0).bounding_box()["y"])
    wait_for_books(page, shelf, ["第三部", first, "Second"])
    assert violations(page) == []
    assert widest(page) <= 0


def test_the_caret_goes_over_the_edge_of_a_scene_and_each_saves_by_itself(page, book):
    first, second = Scene.objects.order_by("position", "pk")
    page.goto(f"/chapters/{first.chapter_id}/write/")
    expect(page.locator("scene-sheet[data-ready]")).to_have_count(2)
    areas = page.locator("textarea.manuscript")
    areas.nth(0).focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowDown")
    expect(areas.nth(1)).to_be_focused()
    page.keyboard.type("Here. ")
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowUp")
    expect(areas.nth(0)).to_be_focused()
    page.keyboard.type(" There.")
    for sheet in page.locator("scene-sheet .saved").all():
        expect(sheet).to_have_attribute("data-state", "saved")
    for _ in range(100):
        if Scene.objects.get(pk=first.pk).head == 2 and Scene.objects.get(pk=second.pk).head == 2:
            break
        page.wait_for_timeout(50)
    assert Scene.objects.get(pk=first.pk).text == "One.\nTwo. There."
    assert Scene.objects.get(pk=second.pk).text == "Here. 三。\n四。"


def test_focus_is_kept_from_page_to_page_until_escape(page, book):
    first, second = Scene.objects.order_by("position", "pk")
    page.goto(f"/scenes/{first.pk}/edit/")
    page.locator("scene-editor[data-ready]").wait_for()
    page.locator("[data-focus]").click()
    expect(page.locator(".desk")).to_have_class("desk focus")
    page.goto(f"/scenes/{second.pk}/edit/")
    page.locator("scene-editor[data-ready]").wait_for()
    expect(page.locator(".desk")).to_have_class("desk focus")
    page.locator("#manuscript").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".desk")).to_have_class("desk")
    page.reload()
    page.locator("scene-editor[data-ready]").wait_for()
    expect(page.locator("[data-focus]")).to_have_attribute("aria-pressed", "false")


def test_a_scene_is_split_at_the_caret_with_the_words_just_typed(page, book):
    first = Scene.objects.order_by("position", "pk").first()
    page.goto(f"/scenes/{first.pk}/edit/")
    page.locator("scene-editor[data-ready]").wait_for()
    page.locator("#manuscript").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("New. ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.get_by_role("button", name="Split at the caret").click()
    expect(page.locator("#manuscript")).to_have_value("Two.")
    first.refresh_from_db()
    assert first.text == "New. One."
    page.locator(".toast button").click()
    expect(page.locator("#manuscript")).to_have_value("New. One.\nTwo.")


def test_the_other_language_stands_beside_the_text_paragraph_by_paragraph(page, db):
    book = make.book()
    twin = make.book("晶格", world=book.world, language="zh-Hans")
    book.pair_with(twin)
    scene = make.scene("One.\n\nTwo.\nThree.", chapter=make.chapter(book=book))
    scene.pair_with(make.scene("一。\n二。\n\n三。", chapter=make.chapter("晶", book=twin)))
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.locator("scene-editor[data-ready]").wait_for()
    page.locator("[data-side-by-side]").click()
    expect(page.locator("side-by-side [data-n]")).to_have_count(3)
    page.locator("#manuscript").focus()
    page.keyboard.press("Control+Home")
    expect(page.locator("side-by-side .at")).to_have_text("一。")
    page.keyboard.press("Control+End")
    expect(page.locator("side-by-side .at")).to_have_text("三。")


def test_from_the_reading_page_the_editor_opens_at_that_paragraph(page, book):
    scene = Scene.objects.get(title="second")
    page.goto(f"/chapters/{scene.chapter_id}/")
    page.locator("edit-here:defined").wait_for(state="attached")
    page.get_by_text("四。").click()
    page.get_by_role("link", name="Edit here").click()
    page.locator("scene-editor[data-ready]").wait_for()
    area = page.locator("#manuscript")
    expect(area).to_be_focused()
    assert area.evaluate("area => area.selectionStart") == len("三。\n")
