"""A file of hours in a real browser: looked at, asked about, kept, taken back."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.shell.test_accessibility import violations, widest
from tests.timelog import make
from tests.timelog.exports import toggl
from timelog.models import TimeEntry

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = """日期,小时,类型,备注
2026-11-18,2.5,写作,第十四章
2026-11-19,1:30,声音,
2026-11-20,long,写作,
"""


def choose(page, text=TEXT, name="工时.csv"):
    page.goto("/time/import/")
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": text})
    page.get_by_role("button", name="Look at it").click()


def test_a_file_is_looked_at_kept_and_taken_back(page):
    choose(page, TEXT.encode("gb18030"))
    expect(page.locator("h1")).to_have_text("This is what was found")
    assert TimeEntry.objects.count() == 0
    page.get_by_label("What 声音 is").select_option(label="Film craft")
    page.get_by_role("button", name="Bring 2 entries in").click()
    expect(page.get_by_role("status")).to_contain_text("2 entries brought in.")
    kept = TimeEntry.objects.order_by("day").values_list("kind__key", "seconds")
    assert list(kept) == [("writing", 9000), ("video", 5400)]
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("2 entries taken back.")
    assert TimeEntry.objects.count() == 0


def test_a_report_of_toggl_is_asked_about_mapped_and_taken_out_again(new_context):
    context = new_context(phone=True)
    context.expect_errors()  # the browser logs the 422 of the step that asks
    page = context.new_page()
    nine = ("2026-11-19 09:00:00", "2026-11-19 11:30:00", "02:30:00", "")
    choose(page, toggl(("Client film", "灯塔", *nine)), "report.csv")
    expect(page.locator("h1")).to_have_text("Where was the clock?")
    assert (violations(page), widest(page) <= 0) == ([], True)
    page.get_by_label("Time zone").select_option("Asia/Shanghai")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("09:00–11:30")).to_be_visible()
    assert (violations(page), widest(page) <= 0) == ([], True)
    page.get_by_label("What Client film is").select_option(label="Film craft")
    page.get_by_role("button", name="Bring 1 entry in").click()
    expect(page.get_by_role("status")).to_contain_text("1 entry brought in.")
    assert TimeEntry.objects.get().kind.key == "video"
    page.goto("/time/import/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="JSON").click()
    assert "灯塔" in waiting.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_every_step_can_be_reached_and_fits(new_context, phone, light):
    make.entry(1)
    context = new_context(phone=phone, color_scheme=light)
    context.expect_errors()  # the browser logs the 422 of the step that asks
    page = context.new_page()
    choose(page, TEXT.encode())
    page.get_by_text("How the file was read").click()
    assert (violations(page), widest(page) <= 0) == ([], True)
    page.get_by_role("button", name="Bring 2 entries in").click()
    choose(page, b"date,hours\n3/11/2026,1\n")
    page.get_by_role("button", name="day / month / year").wait_for()
    assert (violations(page), widest(page) <= 0) == ([], True)
    page.get_by_role("button", name="day / month / year").click()
    page.get_by_role("button", name="Bring 1 entry in").wait_for()
    page.goto("/time/import/")
    page.get_by_text("Take back").first.click()
    assert (violations(page), widest(page) <= 0) == ([], True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_several_files_and_their_overlaps_fit_and_one_is_settled_by_itself(
    new_context, owner, phone, language
):
    owner.language = language
    owner.save()
    began, ended = datetime(2026, 11, 19, 9, tzinfo=UTC), datetime(2026, 11, 19, 12, tzinfo=UTC)
    mine = make.entry(3, started_at=began, ended_at=ended, zone="UTC", note="第十四章")
    csv = "start,end,kind,note\n{0}T11:00Z,{0}T13:00Z,Film,光之回廊\n{0}T12:30Z,{0}T14:00Z,Film,\n"
    page = new_context(phone=phone).new_page()
    page.goto("/time/import/")
    page.set_input_files(
        "#file",
        [
            {"name": name, "mimeType": "text/csv", "buffer": text}
            for name, text in (
                (f"a-long-name-{'of-a-report-' * 4}.csv", csv.format("2026-11-19").encode()),
                ("五月.csv", csv.format("2026-05-04").encode()),
                ("bad.csv", b"\0\1"),
            )
        ],
    )
    page.locator("main form button.primary").click()
    page.locator("#together summary").click()
    assert (violations(page), widest(page) <= 0) == ([], True)
    page.locator("#together .segments label").nth(1).click()
    page.locator("#together select").first.select_option("after")
    page.locator("button[name=keep]").click()
    expect(page.get_by_role("status")).to_contain_text("4")
    mine.refresh_from_db()
    starts = TimeEntry.objects.filter(note="光之回廊", day=began.date()).get().started_at
    assert (mine.ended_at, starts) == (ended, ended)
    page.goto("/time/import/")
    assert (violations(page), widest(page) <= 0) == ([], True)
