"""Passes in a real browser: the key in the room, marks on the board, both sizes, both lights."""

import pytest
from playwright.sync_api import expect

from projects.writing import passes
from projects.writing.outline import outline
from tests.shell.test_accessibility import violations, widest
from tests.writing import make


@pytest.fixture
def book(transactional_db):
    made = make.book("The Quiet Lattice")
    for title in ("Salt", "雪", "Interval"):
        make.scene(f"{title} did not shine.", chapter=make.chapter(title, book=made))
    passes.begin(made, "Structure")
    return made


def test_a_scene_is_done_by_its_key_with_what_was_typed_before(page, book):
    scene = outline(book).lines[0].scenes[0]
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.locator("scene-editor[data-ready]").wait_for()
    page.locator("#manuscript").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" It waited.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#pass-done")).to_contain_text("Not done yet")
    stand = outline(book).stand(scene)
    assert (stand.state, stand.touched_since) == ("done", False)
    scene.refresh_from_db()
    assert scene.text == "Salt did not shine. It waited."


def test_the_first_words_make_a_scene_one_in_work_before_ones_eyes(page, book):
    scene = outline(book).lines[0].scenes[0]
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.locator("scene-editor[data-ready]").wait_for()
    expect(page.locator("#pass-line")).to_contain_text("Untouched.")
    page.locator("#manuscript").focus()
    page.keyboard.type("No. ")
    expect(page.locator("#pass-line")).to_contain_text("In work.")


def test_marks_are_set_where_one_stands_and_the_edge_follows(page, book):
    page.goto(f"/books/{book.pk}/")
    page.get_by_role("button", name="Mark Salt as done").click()
    expect(page.get_by_role("button", name="Salt is done: take it back")).to_be_focused()
    expect(page.locator("#book-edge rect.tone-3")).to_have_count(1)
    page.goto(f"/books/{book.pk}/passes/2/")
    page.get_by_role("button", name="Mark 雪 as done").click()
    expect(page.locator("#board h1")).to_contain_text("two thirds done")


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_pages_of_passes_are_accessible(new_context, book, light, phone):
    page = new_context(phone=phone, color_scheme=light).new_page()
    scene = outline(book).lines[0].scenes[0]
    passes.review(book, [scene])
    here = f"/books/{book.pk}/"
    for address in (here, f"{here}passes/", f"{here}passes/2/", f"{here}passes/2/edit/"):
        page.goto(address)
        assert violations(page) == [], address
        assert widest(page) <= 0, address
