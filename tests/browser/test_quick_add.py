"""A line about one's hours, read back while it is typed."""

import pytest
from playwright.sync_api import expect

from tests.shell.test_accessibility import violations, widest
from timelog.models import TimeEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_a_line_is_read_back_asked_about_and_kept(new_context, owner, phone, language):
    owner.language = language
    owner.save()
    page = new_context(phone=phone).new_page()
    page.goto("/time/")
    line = page.locator("#quick-line")
    line.press_sequentially("last 2h", delay=10)
    expect(page.locator("#parsed .chip")).to_have_count(3)  # length, day, note
    line.fill("5/6 昨晚")  # nonsense is read back too
    expect(page.locator("#parsed")).not_to_be_empty()
    line.fill("1/2 2h 写作 第14章")
    answers = page.locator("#parsed button.chip")
    expect(answers).to_have_count(2)
    assert violations(page) == []
    assert widest(page) <= 0
    assert not TimeEntry.objects.exists()
    answers.last.click()
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator(".entries").first).to_contain_text("第14章")
    assert TimeEntry.objects.get().seconds == 7200


def test_enter_keeps_a_plain_line_and_undo_takes_it_away(new_context):
    page = new_context().new_page()
    page.goto("/time/")
    page.locator("#quick-line").fill("40 min writing yesterday")
    page.locator("#quick-line").press("Enter")
    expect(page.locator(".toast")).to_contain_text("Added.")
    page.locator(".toast .button").click()
    expect(page.locator(".toast")).to_contain_text("Undone.")
    assert not TimeEntry.objects.exists()
