"""The charts of the hours in a real browser: accessible, inside the window, printed, undone."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from studio.store.days import Days
from tests.shell.test_accessibility import violations, widest
from tests.timelog import make
from timelog.models import DayTotal, Forecast, Kind, Milestone, OpeningBalance

pytestmark = pytest.mark.django_db(transaction=True)


def fill():
    """A year with pauses, hours from before, and an aim."""
    today = Days.of_the_studio().today()
    for n in range(380):
        if n % 9:
            for key, hours in (("writing", n % 4), ("video", 1 + n % 7), ("detour", n % 2)):
                DayTotal.add(today - timedelta(days=n), make.kind(key).pk, hours * 3600)
    make.entry(1, day=today, note="第十四章")
    OpeningBalance.objects.create(
        kind=make.kind("video"), seconds=900 * 3600, as_of=today - timedelta(days=200)
    )
    Kind.objects.aim(50, {make.kind("video").pk: 20 * 3600})
    Milestone.objects.add(500, [make.kind("writing")], "半程")
    Forecast.objects.make()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_charts_are_accessible_and_fit(new_context, owner, phone, light, language):
    owner.language = language
    owner.save()
    page = new_context(phone=phone, color_scheme=light).new_page()
    page.goto("/time/")
    assert (violations(page), widest(page) <= 0) == ([], True), "empty"
    fill()
    for address in (
        "/time/",
        "/time/kinds/",
        f"/time/milestones/{Milestone.objects.first().pk}/edit/",
    ):
        page.goto(address)
        for details in page.locator("details.numbers > summary").all():
            details.click()
        assert (violations(page), widest(page) <= 0) == ([], True), address


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_one_line_is_shown_and_the_map_ends_with_today_in_sight(new_context, phone):
    fill()
    page = new_context(phone=phone).new_page()
    page.goto("/time/")
    shown = page.locator(".chart.climb:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_class("chart climb narrow" if phone else "chart climb wide")
    box = page.locator(".heat-today").bounding_box()
    assert 0 <= box["x"] <= page.viewport_size["width"] - box["width"]
    assert abs(box["width"] - box["height"]) < 1


def test_printed_the_charts_stand_on_white_without_the_forms(page):
    fill()
    page.goto("/time/")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    expect(page.locator(".heat")).to_be_visible()
    expect(page.locator(".chart.wide")).to_be_visible()
    expect(page.locator(".entry-form")).to_be_hidden()
    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".entry-acts").first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert page.locator(".heat").bounding_box()["width"] > 1000


def test_a_removed_milestone_comes_back_from_the_toast(page):
    page.goto("/time/kinds/")
    page.get_by_role("button", name="Remove 2,000 h").click()
    expect(page.get_by_role("status")).to_contain_text("Removed.")
    assert list(Milestone.objects.values_list("hours", flat=True)) == [10000]
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("It is back.")
    assert list(Milestone.objects.values_list("hours", flat=True)) == [2000, 10000]


def test_the_slider_moves_both_dates_under_the_finger_and_by_keys(page):
    fill()
    page.goto("/time/")
    slider, dates = page.get_by_role("slider"), page.locator("#allocation")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_hidden()
    before = dates.inner_text()
    slider.fill("20")
    expect(page.locator("share-slider output").first).to_have_text("20")
    expect(page.locator("share-slider output").last).to_have_text("80")
    expect(dates).not_to_contain_text("as in the last half year")
    assert dates.inner_text() != before
    slider.focus()
    with page.expect_response(lambda answer: "film=21" in answer.url):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("21")
    expect(slider).to_be_focused()


def test_without_a_script_the_slider_is_a_form(new_context):
    fill()
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/time/")
    page.get_by_role("slider").press("Home")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(r"/time/\?film=5#h-share$"))
    expect(page.get_by_role("slider")).to_have_value("5")


def test_a_new_forecast_takes_the_place_of_an_old_one_by_itself(page, run_jobs):
    fill()
    Forecast.objects.update(made_on=Days.of_the_studio().today() - timedelta(days=3), content="")
    page.goto("/time/")
    expect(page.get_by_text("Looking ahead")).to_be_visible()
    run_jobs()
    expect(page.get_by_text("Looking ahead")).to_have_count(0)
    assert Forecast.objects.filter(made_on=Days.of_the_studio().today()).exists()
    expect(page.locator(".chart.wide .fan.in")).to_have_count(1)
