"""The line at the foot of the page that says what happened."""

from playwright.sync_api import expect

SAY = "detail => document.body.dispatchEvent(new CustomEvent('toast', {detail}))"


def test_what_was_done_is_said_after_the_next_page(page):
    page.goto("/settings/")
    page.get_by_label("Why I started").fill("To bring my novels to life.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")


def test_an_answer_to_htmx_may_say_something_with_an_undo(page):
    page.goto("/settings/")
    expect(page.locator("toast-line:defined")).to_be_attached()
    page.evaluate(SAY, {"text": "v7 选定 <b>", "undo": "/settings/theme/"})
    line = page.get_by_role("status")
    expect(line).to_contain_text("v7 选定 <b>")
    line.get_by_role("button", name="Undo").click()
    page.wait_for_url("**/")


def test_the_newest_line_takes_the_place_of_the_one_before(page):
    page.goto("/settings/")
    expect(page.locator("toast-line:defined")).to_be_attached()
    page.evaluate(SAY, {"text": "First"})
    page.evaluate(SAY, {"text": "第二"})
    expect(page.get_by_role("status")).to_have_text("第二")
