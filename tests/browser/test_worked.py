"""Words worked, on a laptop and on a phone, light and dark, are read by everyone."""

from datetime import timedelta

import pytest

from projects.writing.models import Effort
from studio.store.days import Days
from studio.store.models import Setting
from tests.shell.test_accessibility import violations, widest
from tests.writing import make

LATTICE = "The lattice allowed shining.\n晶格容许光。\n"


@pytest.fixture
def scene(transactional_db):
    made = make.scene(LATTICE)
    made.revise(LATTICE.replace("allowed", "permitted"), base=1, device="phone · Safari")
    made.revise(LATTICE.replace("容许", "允许"), base=2, kind="named", name="第二稿")
    today = Days.of_the_studio().today()
    for ago in range(1, 300, 3):
        work = {"inserted_words": 90 * ago % 2011, "deleted_words": 40 * ago % 977}
        day = today - timedelta(days=ago)
        Effort.objects.create(day=day, scene=made, book=made.chapter.book, **work)
    Setting.write("writing.daily", {"target": 1500, "unit": "words"})
    return made


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_its_pages_are_accessible_and_fit(new_context, scene, light, phone):
    page = new_context(phone=phone, color_scheme=light).new_page()
    for address in (
        "/writing/worked/",
        f"/books/{scene.chapter.book_id}/",
        f"/scenes/{scene.pk}/revisions/",
        "/",
    ):
        page.goto(address)
        for summary in page.locator("details.numbers > summary").all():
            summary.click()
        assert violations(page) == [], address
        assert widest(page) <= 0, address


def test_what_came_and_went_differs_by_more_than_colour(page, scene):
    page.goto(f"/scenes/{scene.pk}/revisions/?from=1&to=2")
    lines = "element => getComputedStyle(element).textDecorationLine"
    marked = page.locator(".diff-text")
    assert marked.locator("ins", has_text="permitted").evaluate(lines) == "underline"
    assert marked.locator("del", has_text="allowed").evaluate(lines) == "line-through"


def test_a_target_is_set_without_leaving_the_page(page, scene):
    page.goto("/writing/worked/")
    page.get_by_label("A day’s target").fill("2000")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("of 2,000 words").wait_for()
