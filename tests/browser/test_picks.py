"""Picking by keys on a picture's page, taking it back by ⌘Z, and a sheet from click to file."""

from playwright.sync_api import expect
from pypdf import PdfReader

from projects.images.models import Export
from studio.store.worker import run_all
from tests.images import make
from tests.images.test_ingest import add


def picture():
    image = make.image("First light")
    for tone in (30, 40, 50):
        add(image, make.picture(tone=tone))
    run_all()
    return image


def pick_of(image):
    image.refresh_from_db()
    return image.pick and image.pick.number


def test_a_version_is_picked_and_set_aside_by_keys_and_taken_back(page):
    image = picture()
    page.goto(f"/images/{image.pk}/")
    second = page.locator(".version").nth(1)
    page.locator("pick-keys:defined").wait_for(state="attached")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(second.locator(".frame a")).to_be_focused()
    page.keyboard.press("p")
    expect(second.get_by_label("Picked")).to_be_visible()
    expect(second.locator(".frame a")).to_be_focused()
    assert pick_of(image) == 2
    page.keyboard.press("r")
    expect(second.get_by_role("button", name="No longer set aside")).to_be_visible()
    assert pick_of(image) is None
    page.keyboard.press("Control+z")
    expect(page.locator(".toast")).to_contain_text("Taken back: v2 is as it was.")
    expect(second.get_by_label("Picked")).to_be_visible()
    assert pick_of(image) == 2
    assert image.versions.get(number=2).state == "kept"


def test_the_keys_leave_a_note_that_is_written_alone(page):
    image = picture()
    page.goto(f"/images/{image.pk}/")
    page.get_by_label("Note on v1").click()
    page.keyboard.type("pru")
    page.get_by_label("Note on v1").blur()
    expect(page.locator(".toast")).to_contain_text("Note on v1 saved.")
    assert pick_of(image) is None
    assert image.versions.get(number=1).note == "pru"


def test_a_sheet_is_asked_for_watched_and_saved_on_a_phone(phone_page, tmp_path):
    image = picture()
    phone_page.goto(f"/images/{image.pk}/")
    phone_page.get_by_role("link", name="Take along").click()
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390
    phone_page.get_by_role("button", name="Make it").click()
    expect(phone_page.get_by_text("It waits for its turn.")).to_be_visible()
    run_all()
    link = phone_page.get_by_role("link", name="Save the file")
    with phone_page.expect_download() as saved:
        link.click()
    saved.value.save_as(tmp_path / "sheet.pdf")
    assert saved.value.suggested_filename == Export.objects.get().filename
    assert "v3" in PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text()


def test_pictures_are_chosen_in_the_list(page):
    first, second = picture(), picture()
    page.goto("/images/")
    for image in (first, second):
        card = page.locator(".pictures li", has=page.locator(f'a[href="/images/{image.pk}/"]'))
        card.hover()
        card.get_by_role("checkbox").check()
    page.get_by_role("button", name="Take along").click()
    expect(page.locator(".export-offers li")).to_have_count(2)
