"""Light and dark: chosen at once, kept, and rendered by the server so that nothing flashes."""

import pytest
from playwright.sync_api import expect

PAPER = {"light": "oklch(0.985 0 0)", "dark": "oklch(0.175 0 0)"}


def paper(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_without_a_choice_the_system_decides(new_context, system):
    page = new_context(color_scheme=system).new_page()
    page.goto("/settings/")
    assert page.locator("html").get_attribute("data-theme") is None
    assert paper(page) == PAPER[system]


@pytest.mark.parametrize(("system", "other"), [("light", "dark"), ("dark", "light")])
def test_the_toggle_turns_the_light_at_once_and_for_the_next_page(new_context, system, other):
    page = new_context(color_scheme=system).new_page()
    page.goto("/settings/")
    expect(page.locator("theme-toggle:defined")).to_be_attached()
    with page.expect_response("**/settings/theme/"):
        page.get_by_role("button", name="Change theme").click()
    assert paper(page) == PAPER[other]
    answer = page.goto("/settings/")
    assert f'data-theme="{other}"' in answer.text()
    assert paper(page) == PAPER[other]


def test_the_toggle_works_without_script(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/settings/")
    page.get_by_role("button", name="Change theme").click()
    page.wait_for_url("**/settings/")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_forged_cookie_cannot_write_into_the_page(studio_client):
    studio_client.cookies["theme"] = 'dark" onclick="x'
    answer = studio_client.get("/settings/").text
    assert "onclick" not in answer
    assert "data-theme" not in answer
