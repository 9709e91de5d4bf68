"""The matrix in a real browser: by keyboard, on a phone, without script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from projects.tools.models import Trial
from projects.videos.models import Concept, Wait
from studio.store.worker import run_all
from tests.images.make import image, picture
from tests.images.test_ingest import add
from tests.shell.test_accessibility import violations, widest

from . import make

NAMES = ("Photoshop", "Kontext", "Midjourney", "Runway", "可灵", "Veo", "Agents")


@pytest.fixture
def room(transactional_db):
    """Seven tools, two capabilities, one due test with a history, and one that wakes a concept."""
    today = timezone.localdate()
    tools = [make.tool(name, version=str(place)) for place, name in enumerate(NAMES, 1)]
    lettering = make.capability("Chinese lettering in the picture")
    water = make.capability("Water that behaves", "水像水一样流动", group="motion")
    for days, state in ((200, "not"), (45, "partly")):
        make.trial(
            state,
            tool=tools[1],
            capability=lettering,
            tried_on=today - timedelta(days=days),
            again_on=today,
            note="四个字能站住。 A fifth dissolves.",
        )
    make.trial("can", tool=tools[5], capability=water)
    concept = Concept.objects.create_next(title="晶格的记忆")
    Wait.begin(concept, water, None, since=make.DAY)
    Wait.begin(concept, lettering, tools[1], since=make.DAY, note="worked round")
    return tools, lettering, water


def ready(page, address="/tools/"):
    page.goto(address)
    expect(page.locator("tool-matrix:defined")).to_be_attached()


def cell(page, name):
    return page.get_by_role("link", name=re.compile(f"^{name}"))


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize(("light", "language"), [("light", "en"), ("dark", "zh-hans")])
def test_the_pages_are_accessible_and_fit(new_context, owner, room, light, phone, language):
    owner.language = language
    owner.save()
    tools, lettering, water = room
    trial = Trial.objects.due(timezone.localdate()).get()
    add(image("晨光 First light"), picture(tone=40))
    run_all()
    page = new_context(phone=phone, color_scheme=light).new_page()
    for address in (
        "/tools/",
        f"/tools/{tools[1].pk}/{lettering.pk}/",
        f"/tools/{tools[0].pk}/{water.pk}/",
        "/tools/arrange/",
        f"/tools/{tools[0].pk}/edit/",
        f"/capabilities/{water.pk}/edit/",
        f"/trials/{trial.pk}/edit/",
        f"/trials/{trial.pk}/evidence/",
        f"/concepts/{Concept.objects.get().pk}/",
        f"/waits/new/?concept={Concept.objects.get().pk}",
        f"/waits/{Wait.objects.first().pk}/edit/",
    ):
        page.goto(address)
        assert violations(page) == [], address
        assert widest(page) <= 0, address


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_an_empty_room_is_accessible_and_its_first_act_works(new_context, phone):
    page = new_context(phone=phone).new_page()
    page.goto("/tools/")
    assert violations(page) == [] and widest(page) <= 0
    page.get_by_role("button", name="Begin with a short list of capabilities").click()
    page.get_by_label("Name", exact=True).fill("即梦")
    page.get_by_role("button", name="Add tool").click()
    expect(page.get_by_role("status")).to_contain_text("即梦 added.")
    ready(page)
    expect(page.locator(".cell")).to_have_count(11)


def test_arrows_walk_the_signs_enter_opens_the_tests_and_escape_closes_them(page, room):
    ready(page)
    stops = page.locator(".cell[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    for key in ("ArrowUp", "ArrowLeft", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(cell(page, "Kontext, Chinese lettering")).to_be_focused()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Chinese lettering in the picture")
    expect(heading).to_be_focused()
    expect(page).to_have_url(re.compile(r"/tools/\d+/\d+/$"))
    expect(page.locator(".cell[aria-current]")).to_have_attribute(
        "aria-label", "Kontext, Chinese lettering in the picture: Partly, test again"
    )
    page.keyboard.press("Escape")
    expect(heading).to_have_count(0)
    expect(cell(page, "Kontext, Chinese lettering")).to_be_focused()
    expect(page.locator(".cell[aria-current]")).to_have_count(0)
    expect(page.get_by_role("heading", name="Test again")).to_be_visible()


def test_going_back_shows_the_page_that_was_there(page, room):
    ready(page)
    cell(page, "Veo, Water").click()
    expect(page.get_by_role("heading", name="Water that behaves")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Test again")).to_be_visible()
    expect(page.locator(".cell[aria-current]")).to_have_count(0)


def test_choosing_a_state_suggests_a_day_and_a_chosen_day_stays(page, room):
    tools, _, water = room
    ready(page, f"/tools/{tools[0].pk}/{water.pk}/")
    expect(page.locator("trial-again:defined")).to_be_attached()
    again, today = page.get_by_label("Test again on"), timezone.localdate()
    page.get_by_text("Not yet", exact=True).last.click()
    expect(again).to_have_value((today + timedelta(weeks=8)).isoformat())
    page.get_by_text("Partly", exact=True).last.click()
    expect(again).to_have_value((today + timedelta(weeks=6)).isoformat())
    page.get_by_text("Can", exact=True).last.click()
    expect(again).to_have_value("")
    chosen = (today + timedelta(days=3)).isoformat()
    again.fill(chosen)
    page.get_by_text("Not yet", exact=True).last.click()
    expect(again).to_have_value(chosen)
    page.get_by_role("textbox", name="Note").fill("水还是不听话。")
    page.get_by_role("button", name="Log", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Photoshop: Not yet.")
    assert Trial.objects.get(note="水还是不听话。").again_on.isoformat() == chosen


def test_a_test_that_says_can_wakes_what_waits_and_it_is_taken_up(page, room):
    tools, lettering, _ = room
    ready(page, f"/tools/{tools[1].pk}/{lettering.pk}/")
    waiting = page.locator("#waiting li").filter(has_text="Chinese lettering")
    expect(waiting.get_by_role("button", name="Take it up")).to_have_count(0)
    page.get_by_text("Log a test").click()
    page.get_by_text("Can", exact=True).last.click()
    page.get_by_role("button", name="Log", exact=True).click()
    waiting.get_by_role("button", name="Take it up").click()
    page.wait_for_url("**/concepts/*/")
    expect(page.get_by_role("status")).to_contain_text("Taken up.")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator("#waits li").filter(has_text="Chinese lettering")).to_contain_text(
        "Kontext can"
    )


def test_on_a_phone_the_tests_lie_over_the_foot_and_the_names_stay_in_view(phone_page, room):
    ready(phone_page)
    name = phone_page.get_by_role("rowheader", name="Water that behaves")
    before = name.bounding_box()["x"]
    cell(phone_page, "Veo, Water").scroll_into_view_if_needed()
    assert phone_page.locator(".matrix-wrap").evaluate("wrap => wrap.scrollLeft") > 0
    assert name.bounding_box()["x"] == before
    cell(phone_page, "Kontext, Chinese").tap()
    sheet = phone_page.locator("#capability .card")
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    assert round(box["y"] + box["height"]) == 844 and round(box["width"]) == 390
    ring = phone_page.locator(".cell[aria-current]").bounding_box()
    assert ring["y"] >= 0 and ring["y"] + ring["height"] <= box["y"]
    assert violations(phone_page) == []
    sheet.get_by_role("link", name="Close").tap()
    expect(sheet).to_have_count(0)


def test_everything_works_without_script(new_context, room):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/tools/")
    cell(page, "可灵, Water").click()
    page.get_by_text("Partly", exact=True).last.click()
    page.get_by_role("textbox", name="Note").fill("潮水像呼吸。")
    page.get_by_role("button", name="Log", exact=True).click()
    expect(page.locator(".history")).to_contain_text("潮水像呼吸。")
    page.get_by_role("button", name=re.compile("Remove the test of")).click()
    expect(page.get_by_text("Untried. The first test begins its history.")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator(".history")).to_contain_text("潮水像呼吸。")
    page.goto("/tools/arrange/")
    page.get_by_role("button", name="Move Veo up").click()
    page.goto("/tools/")
    expect(page.locator(".matrix thead th").nth(4)).to_contain_text("Veo")
