"""Words are bound from the manuscript in a real browser."""

import pytest

from projects.videos.models import Passage
from tests.videos import make
from tests.writing import make as writing

# The second of two equal sentences, after a character that counts twice in the browser.
TEXTS = {
    "en": ("🌑 It counted. The lattice. It counted. Done.", "It counted."),
    "zh": ("🌑它在计数。晶格。它在计数。完。", "它在计数。"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_selected_is_bound_to_the_shot_that_is_chosen(new_context, language):
    text, words = TEXTS[language]
    make.concept("The Lattice Remembers").add_shot("晶格升起", 7)
    scene = writing.scene(text)
    page = new_context().new_page()
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.wait_for_selector("scene-editor[data-ready] bind-passage:defined")
    page.evaluate(
        """(words) => {
            const area = document.getElementById("manuscript");
            const at = area.value.lastIndexOf(words);
            area.focus();
            area.setSelectionRange(at, at + words.length);
        }""",
        words,
    )
    page.get_by_role("link", name="Bind to a shot").click()
    page.get_by_label("Bind to").select_option(label="01 晶格升起")
    assert page.get_by_label("The words").input_value() == words
    page.get_by_role("button", name="Bind", exact=True).click()
    page.locator(".toast", has_text="Bound to 01 晶格升起.").wait_for()
    passage = Passage.objects.get()
    assert passage.start == text.rindex(words)
    assert page.locator("#manuscript").input_value() == text
    page.locator(".bound-card [data-quote]").click()
    selected = "(a => a.value.slice(a.selectionStart, a.selectionEnd))(manuscript)"
    assert page.evaluate(selected) == words


def test_a_link_into_a_scene_marks_the_words_there(new_context):
    shot = make.concept().add_shot("晶格升起", 7)
    scene = writing.scene("Before.\n" * 60 + "晶格并不发光，\n它只是允许光。\n" + "After.\n" * 60)
    Passage.objects.bind(shot.concept, shot, scene, "晶格并不发光，\n它只是允许光。")
    page = new_context().new_page()
    page.goto(f"/shots/{shot.pk}/")
    page.locator(".passage figcaption a").first.click()
    page.wait_for_url(lambda url: "/chapters/" in url)
    words = page.get_by_text("晶格并不发光，")
    words.wait_for()
    page.wait_for_function(
        "() => [...document.querySelectorAll('html, .desk, .sheet')].some((one) => one.scrollTop)"
    )
    box = words.bounding_box()
    assert 0 <= box["y"] <= 900
