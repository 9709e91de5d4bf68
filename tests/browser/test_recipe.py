"""How versions were made, on the pages of a picture, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.images import make, told
from tests.images.test_ingest import add

from .compare import Stage

pytestmark = pytest.mark.browser


@pytest.fixture
def image(transactional_db, run_jobs):
    made = make.image("地平线 The horizon")
    add(made, make.picture(), "plain_v1.png")
    add(made, told.png(parameters=told.INFOTEXT), "told_v2.png")
    later = told.INFOTEXT.replace("salt plain", "salt plain, 远处一座灯塔").replace("48213", "7")
    add(made, told.png(parameters=later), "told_v3.png")
    run_jobs()
    return made


def test_a_prompt_is_copied_whole_though_it_is_shown_with_marks(new_context, image):
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    stage = Stage(page, image, "?v=1&v=1")
    expect(page.locator(".recipe")).to_have_count(0)
    page.keyboard.press("3")  # the panel about v3 comes later than the page
    expect(page.get_by_role("heading", name="How v3 was made")).to_be_visible()
    stage.settle()
    page.keyboard.press("Shift+2")
    expect(page.locator(".recipe-prompt ins").first).to_have_text(", 远处一座灯塔")
    page.get_by_role("button", name="Copy: Prompt, v2 to v3").click()
    page.locator(".toast", has_text="Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("salt plain, 远处一座灯塔 at first light")
    assert copied.endswith("地平线上的晶格")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_it_is_accessible_and_nothing_is_wider_than_the_page(
    new_context, owner, image, light, phone, language
):
    owner.language = language
    owner.save()
    page = new_context(phone=phone, color_scheme=light).new_page()
    for address in (f"/images/{image.pk}/", f"/images/{image.pk}/compare/?v=2&v=3"):
        page.goto(address)
        for summary in page.locator(":is(.how-made, .recipe-more) > summary:visible").all():
            summary.click()
        if "compare" in address:
            page.wait_for_selector("compare-view[data-drawn]")
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], address
        beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0, address


def test_without_script_it_is_there_and_folds(new_context, image):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/images/{image.pk}/")
    page.locator(".how-made > summary").first.click()
    expect(page.get_by_text("salt plain at first light").first).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
