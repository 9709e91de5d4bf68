"""axe-core over the shell's pages, at both sizes, in both lights, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from projects.worlds.models import World
from studio.accounts import setup_code
from timelog.models import Intention

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
INSIDE = ["/", "/settings/", "/settings/passphrase/", "/sign-out/", "/search/?q=宇宙", "/nowhere/"]


def violations(page):
    """What is wrong, with where."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['html'][:120]}"
        for each in found
        for node in each["nodes"]
    ]


def widest(page):
    """How far the page reaches beyond its window, in pixels."""
    return page.evaluate("document.documentElement.scrollWidth") - page.viewport_size["width"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_pages_of_the_shell_are_accessible(new_context, owner, light, phone, language):
    World.objects.create(title="The Computational Universe", other_title="计算宇宙")
    Intention.objects.say("To bring my novels to life.", "让我的小说活过来。")
    owner.language = language
    owner.save()
    context = new_context(phone=phone, color_scheme=light)
    context.expect_errors()  # the 404 is one
    page = context.new_page()
    for address in INSIDE:
        page.goto(address)
        assert violations(page) == [], address
        assert widest(page) <= 0, address
    page.goto("/settings/")
    page.keyboard.press("Control+k")
    assert violations(page) == [], "find"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert violations(page) == [], "keys"


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_doors_of_a_new_studio_are_accessible(new_context, light, phone):
    context = new_context(phone=phone, color_scheme=light, signed_in=False)
    context.expect_errors()  # a refused code is one
    page = context.new_page()
    code = setup_code.issue()
    for address in ("/welcome/", "/welcome/?code=WRONG", f"/welcome/?code={code}"):
        page.goto(address)
        assert violations(page) == [], address
        assert widest(page) <= 0, address
    page.get_by_role("button", name="Start").click()
    assert violations(page) == [], "with errors"


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_sign_in_page_is_accessible(new_context, owner, light, phone):
    context = new_context(phone=phone, color_scheme=light, signed_in=False)
    context.expect_errors()  # a refused passphrase is one
    page = context.new_page()
    page.goto("/")
    assert violations(page) == []
    page.get_by_label("Passphrase").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("That is not the passphrase.").wait_for()
    assert violations(page) == []
