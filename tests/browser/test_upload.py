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
    assert said["morning_v2.png"] == "version v2, making previews"
    assert said["晨光_v1.png"] == "version v1, making previews"
    assert said["晨光_v1b.png"] == "already v2"
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
    page.mouse.move(300, 300)  # with the first touch the address says the mode, too
    page.wait_for_url("**/compare/?v=2&v=10&mode=side")


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


def big(name="晨光_v1.png", megabytes=3):
    """A picture that takes a while to send: noise after the end of a PNG, which no reader minds."""
    return {
        "name": name,
        "mimeType": "image/png",
        "buffer": make.noise((1024, 1000 * megabytes // 3)),
    }


def until(page, expression):
    """Wait until it is true: the page's policy forbids the browser's own way to wait for it."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def slow_down(page, kilobytes):
    """Let the page send only so many kilobytes a second."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    limits = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": 1024 * kilobytes}
    session.send("Network.emulateNetworkConditions", {"offline": False, **limits})
    return session


def test_a_connection_that_breaks_is_waited_for_and_goes_on_by_itself(new_context, image):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    page.goto(f"/images/{image.pk}/")
    page.locator("version-drop:defined").wait_for()
    page.route("**/uploads/**", lambda route: route.abort())
    page.set_input_files("#files", files("晨光.png"))
    page.get_by_text("The connection broke; what came is kept.").wait_for()
    page.unroute("**/uploads/**")
    page.get_by_text("version v1, making previews").wait_for()


def test_a_page_that_is_reloaded_in_the_middle_goes_on_where_it_was(
    new_context, image, studio_data
):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    page.goto(f"/images/{image.pk}/")
    page.locator("version-drop:defined").wait_for()
    session = slow_down(page, 600)
    page.set_input_files("#files", [big()])
    pieces = studio_data / "spool" / "pieces"
    until(page, "document.querySelector('.upload progress')?.value > 0.3")
    until(page, "localStorage.getItem('throughline:uploads') !== null")
    page.reload()
    assert not Version.objects.exists()
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.headers)))
    slow_down(page, -1)
    page.get_by_text("version v1, making previews").wait_for()
    sent = [headers["upload-offset"] for method, headers in asked if method == "PATCH"]
    assert Version.objects.get().filename == "晨光_v1.png"
    assert [int(offset) > 0 for offset in sent] == [True]
    assert page.evaluate("localStorage.getItem('throughline:uploads')") is None
    assert [path.suffix for path in pieces.iterdir()] == [".answer"]
    session.detach()


def test_what_a_closed_page_left_is_sent_from_any_other_page(new_context, image):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    page.goto(f"/images/{image.pk}/")
    page.locator("version-drop:defined").wait_for()
    page.route("**/uploads/**", lambda route: route.abort())
    page.set_input_files("#files", files("晨光_v1.png", "晨光_v2.png"))
    page.get_by_text("The connection broke; what came is kept.").first.wait_for()
    until(page, "localStorage.getItem('throughline:uploads') !== null")
    page.close()
    elsewhere = context.new_page()
    elsewhere.goto("/tools/")
    elsewhere.get_by_text("Files that were still on their way have arrived.").wait_for()
    assert list(image.versions.order_by("number").values_list("filename", flat=True)) == [
        "晨光_v1.png",
        "晨光_v2.png",
    ]


def test_a_file_is_paused_and_goes_on_and_another_is_cancelled(new_context, image):
    context = new_context()
    context.expect_errors()
    page = context.new_page()
    page.goto(f"/images/{image.pk}/")
    page.locator("version-drop:defined").wait_for()
    slow_down(page, 300)
    page.set_input_files("#files", [big("a_v1.png"), big("b_v2.png")])
    page.get_by_role("button", name="Pause: a_v1.png").click()
    page.get_by_role("button", name="Cancel: b_v2.png").click()
    expect(page.locator(".upload")).to_have_count(1)
    expect(page.locator(".upload.paused")).to_have_count(1)
    slow_down(page, -1)
    page.get_by_role("button", name="Go on: a_v1.png").click()
    page.get_by_text("version v1, making previews").wait_for()
    assert [version.filename for version in Version.objects.all()] == ["a_v1.png"]


def test_bytes_that_are_there_are_not_sent(page, image):
    version = make.version(image, tone=40)
    data = version.blob.path.read_bytes()
    methods = []
    page.on("request", lambda request: methods.append(request.method))
    page.goto(f"/images/{image.pk}/")
    page.locator("version-drop:defined").wait_for()
    page.set_input_files("#files", [{"name": "x.png", "mimeType": "image/png", "buffer": data}])
    expect(page.get_by_role("link", name="already v1")).to_have_attribute(
        "href", f"/images/{image.pk}/#version-{version.pk}"
    )
    assert {"PATCH", "HEAD", "POST"} & set(methods) == set()


def test_many_files_dropped_among_all_pictures_find_their_pictures(page, transactional_db):
    page.goto("/images/")
    page.locator("version-drop:defined").wait_for()
    names = ("晨光_v2.png", "晨光_v1.png", "lattice.png", "lattice copy.png", "boat.png")
    page.set_input_files("#files", files(*names))
    expect(page.locator(".upload.new")).to_have_count(5)
    assert sorted(Version.objects.values_list("image__title", "number")) == [
        ("boat", 1),
        ("lattice", 1),
        ("lattice", 2),
        ("晨光", 1),
        ("晨光", 2),
    ]
    expect(page.locator(".upload-why").first).to_contain_text("named “")
    page.get_by_role("link", name="Show what came").click()
    page.get_by_role("link", name="5 files were filed by proposals").click()
    expect(page.locator(".proposals > li")).to_have_count(5)
    page.get_by_role("button", name="Yes, v1").first.click()
    page.get_by_text("Accepted: v").wait_for()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".proposals > li")).to_have_count(5)


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
    page.get_by_text("Taken back: v2 is as it was.").wait_for()
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
