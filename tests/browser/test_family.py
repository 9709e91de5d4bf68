"""The family tree in a real browser: drawn, read by keys, usable on a phone and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from projects.images.models import Derivation
from tests.images import make
from tests.images.test_ingest import add


@pytest.fixture
def image(transactional_db, run_jobs):
    made = make.image("晶格 The lattice")
    for tone in (30, 60, 90, 120, 150):
        add(made, make.picture(tone=tone), f"lattice_{tone}.png")
    run_jobs()
    first, second, third, fourth, fifth = made.versions.all()
    for child, parent, kind in (
        (second, first, "edit"),
        (third, second, "edit"),
        (fourth, second, "upscale"),
        (fifth, third, "reference"),
    ):
        Derivation.objects.say(child, parent, kind)
    return made


def shown(page, words):
    return page.locator(".kin-why", has_text=words).evaluate(
        "element => getComputedStyle(element).visibility"
    )


def test_an_edge_says_why_when_it_is_focused_and_leads_to_the_comparison(page, image):
    page.goto(f"/images/{image.pk}/")
    places = [page.locator(".kin rect").nth(n).bounding_box() for n in range(5)]
    assert places[0]["x"] < places[1]["x"] < places[2]["x"] < places[4]["x"]
    assert places[2]["x"] == places[3]["x"]
    loaded = "() => [...document.querySelectorAll('.kin image')].length === 5"
    assert page.evaluate(loaded)
    assert shown(page, "Upscale") == "hidden"
    edge = page.get_by_role("link", name="v4 from v2: Upscale, said by hand")
    edge.focus()
    assert shown(page, "Upscale") == "visible"
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?v=2&v=4*")


def test_the_page_is_accessible_light_and_dark(page, image):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"/images/{image.pk}/")
        page.get_by_text("As a list, with reasons").click()
        results = Axe().run(page, context="#family")
        assert results.violations_count == 0, results.generate_report()
        page.goto(f"/versions/{image.versions.last().pk}/parents/")
        results = Axe().run(page, context="main")
        assert results.violations_count == 0, results.generate_report()


def test_on_a_phone_the_tree_scrolls_and_the_page_does_not(phone_page, image):
    phone_page.goto(f"/images/{image.pk}/")
    tree = phone_page.locator(".family-scroll")
    assert tree.evaluate("element => element.scrollWidth > element.clientWidth")
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone_page.locator(".kin rect").first.bounding_box()["width"] > 100


def test_without_script_an_edge_is_refused_and_undone(new_context, image):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/images/{image.pk}/")
    page.get_by_text("As a list, with reasons").click()
    page.get_by_role("button", name="No, v4 was not made from v2").click()
    assert Derivation.objects.get(child__number=4).state == "refused"
    assert page.locator(".kin").count() == 4
    page.get_by_role("button", name="Undo").click()
    assert Derivation.objects.get(child__number=4).state == "said"
