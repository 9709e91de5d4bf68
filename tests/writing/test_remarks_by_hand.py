"""Remarks are made and found again in a real browser."""

import pytest

from projects.writing.models import Remark
from tests.writing import make

# The sentence stands twice, after a character that counts twice in the browser.
TEXTS = {
    "en": ("🌑 It counted. The lattice. It counted. Done.", "It counted."),
    "zh": ("🌑它在计数。晶格。它在计数。完。", "它在计数。"),
}
SELECTED = "(a => [a.value.slice(a.selectionStart, a.selectionEnd), a.selectionStart])(manuscript)"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_key_begins_a_remark_on_the_sentence_of_the_caret(new_context, language):
    text, words = TEXTS[language]
    scene = make.scene(text)
    page = new_context().new_page()
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.wait_for_selector("scene-editor[data-ready] remark-rail:defined")
    page.evaluate(
        """(words) => {
            const at = manuscript.value.lastIndexOf(words) + 2;
            manuscript.focus();
            manuscript.setSelectionRange(at, at);
        }""",
        words,
    )
    page.keyboard.press("Control+Alt+Shift+KeyM")
    page.keyboard.type("Nine or ten?")
    assert page.locator("[data-on]").inner_text() == words
    page.keyboard.press("Control+Enter")
    page.locator(".remark", has_text="Nine or ten?").wait_for()
    remark = Remark.objects.get()
    assert (remark.quote, remark.start, remark.kind) == (words, text.rindex(words), "todo")
    page.evaluate("manuscript.setSelectionRange(0, 0)")
    page.locator(".remark [data-quote]").click()
    selected, place = page.evaluate(SELECTED)
    assert (selected, place) == (words, text.rindex(words) + 1)
    page.get_by_role("checkbox", name="Done: Nine or ten?").click()
    page.locator(".remark.done").wait_for()
    page.locator(".remark").hover()
    page.get_by_role("button", name="Remove: Nine or ten?").click()
    page.locator(".toast", has_text="Removed.").wait_for()
    assert page.locator(".remark").count() == 0
    assert page.locator("#manuscript").input_value() == text
