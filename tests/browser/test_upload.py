"""Files become versions in a real browser: chosen, dropped, pasted."""

import base64
import re

import pytest
from playwright.sync_api import expect

from projects.images.models import Version
from tests.images import make


@pytest.fixture
def image(transactional_db):
    return make.image("晨光 First light")


def files(*names):
    return [
        {"name": name, "mimeType": "image/png", "buffer": make.picture(mark=name)} for name in names
    ]


def test_chosen_files_become_versions_and_their_previews_appear(new_context, image, run_jobs):
    context = new_context()
    context.expect_errors()  # the browser logs the refused file's 422
    page = context.new_page()
    page.goto(f"/images/{image.pk}/")
    broken = {"name": "坏.png", "mimeType": "image/png", "buffer": make.noise((90, 90))[:2000]}
    good = files("晨光_v1.png", "morning_v2.png")
    page.set_input_files("#files", [good[1], broken, good[0], good[1] | {"name": "晨光_v1b.png"}])
    lines = page.locator(".upload")
    expect(page.locator(".upload:is(.new, .already, .refused)")).to_have_count(4)
    said = {line.split("\n")[0]: line.split("\n")[1] for line in lines.all_inner_texts()}
    assert said["坏.png"].startswith("The picture is damaged")
    assert said["morning_v2.png"] == "version v1, making previews"
    assert said["晨光_v1.png"] == "version v2, making previews"
    assert said["晨光_v1b.png"] == "already v1"
    expect(page.locator(".version .waiting-line")).to_have_count(2)
    run_jobs()
    expect(page.locator(".version img")).to_have_count(2)
    page.get_by_text("version v1, ready").wait_for()
    expect(page.locator("#version-count")).to_have_text("2 versions")
    expect(page.locator("#making progress")).to_have_count(0)
    expect(page.locator(".version")).to_have_count(2)


def test_many_files_are_numbered_as_they_are_named_and_can_be_compared_at_once(
    page, image, run_jobs
):
    page.goto(f"/images/{image.pk}/")
    expect(page.get_by_text("No versions yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Compare")).to_be_hidden()
    names = [f"晨光_v{number}.png" for number in (10, 2, 1, 9, 11, 3)]
    page.set_input_files("#files", files(*names))
    expect(page.locator(".upload.new")).to_have_count(6, timeout=30_000)
    assert list(image.versions.values_list("filename", flat=True)) == [
        f"晨光_v{number}.png" for number in (1, 2, 3, 9, 10, 11)
    ]
    expect(page.get_by_text("No versions yet.")).to_be_hidden()
    run_jobs()
    expect(page.locator(".version img")).to_have_count(6)
    expect(page.locator("#version-count")).to_have_text("6 versions")
    for number in (5, 1, 4):  # two are compared: the third takes the place of the first
        page.get_by_label("Compare").nth(number).check()
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector("compare-view[data-drawn]")
    assert page.url.endswith("/compare/?v=2&v=5&mode=side")


def test_a_note_that_is_being_written_stays_when_the_previews_come(page, image, run_jobs):
    page.goto(f"/images/{image.pk}/")
    page.set_input_files("#files", files("晨光.png"))
    page.locator(".upload.new").wait_for()
    note = page.get_by_label("Note on v1")
    note.press_sequentially("手太")
    run_jobs()
    expect(page.locator(".version img")).to_have_count(1)
    expect(note).to_be_focused()
    note.press_sequentially("亮 bright")
    note.blur()
    page.get_by_text("Note on v1 saved.").wait_for()
    assert Version.objects.get().note == "手太亮 bright"


def test_who_has_been_signed_out_is_told_so_and_loses_no_file(new_context, image, owner):
    context = new_context()
    context.expect_errors()  # the browser logs the 401
    page = context.new_page()
    page.goto(f"/images/{image.pk}/")
    cookies = context.cookies()
    context.clear_cookies()
    page.set_input_files("#files", files("晨光.png"))
    page.get_by_text("Not stored: you are signed out.").wait_for()
    context.add_cookies(cookies)
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("version v1, making previews").wait_for()


def test_text_pasted_into_a_note_is_text(page, image):
    make.version(image)
    page.goto(f"/images/{image.pk}/")
    page.locator("version-drop:defined").wait_for()
    page.evaluate(
        """(data) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([bytes], "image.png", { type: "image/png" }));
            clipboardData.setData("text/plain", "手太亮");
            const paste = new ClipboardEvent("paste", {
                clipboardData, bubbles: true, cancelable: true,
            });
            window.kept = document.querySelector(".version-note textarea").dispatchEvent(paste);
        }""",
        base64.b64encode(make.picture()).decode(),
    )
    assert page.evaluate("window.kept") is True  # the browser pastes the text
    expect(page.locator(".upload")).to_have_count(0)


def test_files_are_dropped_anywhere_on_the_page(page, image):
    page.goto(f"/images/{image.pk}/")
    transfer = page.evaluate_handle(
        """(data) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], "落下.png", { type: "image/png" }));
            return transfer;
        }""",
        base64.b64encode(make.picture()).decode(),
    )
    page.locator("version-drop:defined").wait_for()
    page.dispatch_event("h1", "dragover", {"dataTransfer": transfer})
    assert "over" in page.locator("version-drop").get_attribute("class")
    page.dispatch_event("h1", "drop", {"dataTransfer": transfer})
    page.get_by_text("version v1, making previews").wait_for()
    assert Version.objects.get().filename == "落下.png"


def test_a_pasted_picture_gets_a_name_of_its_own(page, image):
    page.goto(f"/images/{image.pk}/")
    page.locator("version-drop:defined").wait_for()
    page.evaluate(
        """(data) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File([bytes], "image.png", { type: "image/png" }));
            document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        base64.b64encode(make.picture()).decode(),
    )
    page.get_by_text("version v1, making previews").wait_for()
    assert Version.objects.get().filename.startswith("pasted 20")


def test_a_file_that_did_not_arrive_can_be_sent_again(new_context, image):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    page.goto(f"/images/{image.pk}/")
    page.route("**/versions/", lambda route: route.abort())
    page.set_input_files("#files", files("晨光.png"))
    page.get_by_text("Not stored: the connection broke.").wait_for()
    page.unroute("**/versions/")
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("version v1, making previews").wait_for()


def test_picking_seals_the_version_and_can_be_undone(page, image, run_jobs):
    for tone in (30, 60):
        make.version(image, tone=tone)
    Version.objects.update(reading="unreadable", error="")  # no previews needed here
    Version.objects.update(reading="ready", error="large")
    page.goto(f"/images/{image.pk}/")
    page.get_by_role("button", name="Pick").nth(1).click()
    page.get_by_text("v2 picked.").wait_for()
    assert page.locator("#version-list .seal").count() == 1
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("v2 is no longer the pick.").wait_for()
    assert page.locator("#version-list .seal").count() == 0


def test_a_note_is_saved_when_the_hand_leaves_it(page, image):
    version = make.version(image)
    page.goto(f"/images/{image.pk}/")
    page.get_by_label("Note on v1").fill("手太亮")
    page.get_by_label("Note on v1").blur()
    page.get_by_text("Note on v1 saved.").wait_for()
    version.refresh_from_db()
    assert version.note == "手太亮"


def test_without_scripts_a_form_adds_files(new_context, image):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/images/{image.pk}/")
    page.set_input_files("#files", files("a.png", "b.png"))
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".upload")).to_have_text(
        [re.compile("a.png.*v1", re.S), re.compile("b.png.*v2", re.S)]
    )


def test_the_page_of_a_picture_is_accessible(page, image):
    from axe_playwright_python.sync_playwright import Axe

    for tone in (30, 60):
        make.version(image, tone=tone, reading="unreadable", error="broken")
    page.goto(f"/images/{image.pk}/")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
