"""The board in a real browser: dragged, by keys, and by its menu on a phone and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.videos import make


@pytest.fixture
def board(new_context):
    """A board with a few cards, open on a laptop."""
    make.concept("Low Tide on Kesh")
    make.concept("晶格的记忆")
    make.concept("Beacon Nine")
    make.concept("The Debt of Light", stage="brief")
    page = new_context().new_page()
    page.goto("/concepts/")
    page.wait_for_selector("concept-board:defined")
    return page


def card(page, title):
    return page.locator("li[data-concept]", has_text=title)


def said(page, words):
    page.locator(".toast", has_text=words).wait_for()


def focused(page):
    return page.evaluate("document.activeElement.querySelector('.name').innerText").split("\n")[-1]


def test_a_card_is_dragged_to_another_stage_before_the_card_it_is_dropped_on(board):
    card(board, "晶格的记忆").drag_to(card(board, "The Debt"), target_position={"x": 40, "y": 6})
    said(board, "02 晶格的记忆 is in Brief.")
    assert make.titles("brief") == ["晶格的记忆", "The Debt of Light"]
    assert board.locator("#brief .n").first.inner_text() == "2"
    assert board.locator("#brief li").first.inner_text().split("\n")[-1] == "晶格的记忆"


def test_a_card_dropped_below_the_others_stands_last(board):
    card(board, "Beacon Nine").drag_to(board.locator("#brief"), target_position={"x": 60, "y": 500})
    said(board, "03 Beacon Nine is in Brief.")
    assert make.titles("brief") == ["The Debt of Light", "Beacon Nine"]


def test_a_card_that_is_dropped_outside_stays(board):
    card(board, "Beacon Nine").drag_to(board.locator("h1"))
    assert make.titles("idea") == ["Low Tide on Kesh", "晶格的记忆", "Beacon Nine"]
    assert board.locator(".dragging, .before, .last").count() == 0


def test_arrows_go_from_card_to_card(board):
    card(board, "Low Tide").locator(".concept").focus()
    board.keyboard.press("ArrowRight")
    assert focused(board) == "晶格的记忆"
    board.keyboard.press("ArrowRight")
    assert focused(board) == "The Debt of Light"
    board.keyboard.press("ArrowLeft")
    board.keyboard.press("ArrowLeft")
    board.keyboard.press("ArrowDown")
    assert focused(board) == "Beacon Nine"


def test_shift_with_an_arrow_moves_the_card_and_keeps_the_focus_on_it(board):
    card(board, "晶格的记忆").locator(".concept").focus()
    board.keyboard.press("Shift+ArrowUp")
    said(board, "02 晶格的记忆 has a new place.")
    assert focused(board) == "晶格的记忆"
    assert make.titles("idea") == ["晶格的记忆", "Low Tide on Kesh", "Beacon Nine"]
    board.keyboard.press("Shift+ArrowRight")
    said(board, "02 晶格的记忆 is in Brief.")
    board.keyboard.press("Shift+ArrowRight")
    said(board, "02 晶格的记忆 is in Storyboard.")
    assert focused(board) == "晶格的记忆"
    assert make.titles("storyboard") == ["晶格的记忆"]


def test_quick_presses_move_it_as_often_as_they_were_pressed(board):
    card(board, "Low Tide").locator(".concept").focus()
    for _press in range(3):
        board.keyboard.press("Shift+ArrowRight")
    said(board, "01 Low Tide on Kesh is in Images.")
    assert make.titles("images") == ["Low Tide on Kesh"]
    card(board, "Low Tide").locator(".concept").focus()
    board.keyboard.press("Enter")
    board.wait_for_url("**/concepts/*/")


def test_the_toast_takes_a_move_back(board):
    card(board, "晶格的记忆").locator(".concept").focus()
    board.keyboard.press("Shift+ArrowRight")
    board.locator(".toast .button").click()
    said(board, "02 晶格的记忆 is back in Idea.")
    assert make.titles("idea") == ["Low Tide on Kesh", "晶格的记忆", "Beacon Nine"]


def test_a_move_that_the_studio_refuses_is_said_and_leaves_the_card(board):
    board.context.expect_errors()
    board.route("**/move/", lambda route: route.fulfill(status=503, body=""))
    card(board, "晶格的记忆").locator(".concept").focus()
    board.keyboard.press("Shift+ArrowRight")
    said(board, "Not moved. The studio did not answer; try again.")
    assert board.locator("#idea li").count() == 3
    assert make.titles("brief") == ["The Debt of Light"]


def test_on_a_phone_the_menu_moves_a_card_and_the_bar_jumps(new_context):
    make.concept("晶格的记忆")
    page = new_context(phone=True).new_page()
    page.goto("/concepts/")
    page.wait_for_selector("concept-board:defined")
    card(page, "晶格的记忆").locator("summary").tap()
    page.get_by_role("button", name="Storyboard").tap()
    said(page, "01 晶格的记忆 is in Storyboard.")
    assert make.titles("storyboard") == ["晶格的记忆"]
    jump = page.locator(".stage-jump a", has_text="Storyboard")
    assert jump.inner_text() == "Storyboard1"
    jump.tap()
    expect(page).to_have_url(re.compile("#storyboard$"))


def test_without_script_the_menu_moves_a_card(new_context):
    make.concept("晶格的记忆")
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/concepts/")
    card(page, "晶格的记忆").locator("summary").click()
    page.get_by_role("button", name="Released").click()
    said(page, "01 晶格的记忆 is in Released.")
    assert make.titles("released") == ["晶格的记忆"]


def test_all_twenty_five_stand_on_one_screen(new_context):
    stages = ["released"] * 2 + ["images"] + ["storyboard"] * 2 + ["brief"] * 6 + ["idea"] * 14
    for number, stage in enumerate(stages):
        make.concept(("Clock Without a Hand", "没有指针的钟")[number % 2], stage=stage)
    page = new_context().new_page()
    page.goto("/concepts/")
    assert page.locator("li[data-concept]").count() == 25
    lowest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('li[data-concept]')]"
        ".map((card) => card.getBoundingClientRect().bottom))"
    )
    assert lowest <= 900
