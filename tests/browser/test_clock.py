"""One clock: what a person starts on the laptop runs on the phone, and stops there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.timelog import make
from timelog.models import TimeEntry

pytestmark = pytest.mark.django_db(transaction=True)
TICKS = re.compile(r"^\d+:\d\d:\d\d$")


def look_again(page):
    """The window is seen again, as when a person comes back to it."""
    page.evaluate("document.dispatchEvent(new CustomEvent('studio:seen'))")


def test_a_laptop_and_a_phone_see_one_clock(new_context):
    laptop = new_context().new_page()
    phone = new_context(phone=True).new_page()
    laptop.goto("/time/")
    phone.goto("/")
    strip = phone.locator("#running")
    expect(strip.locator("time-clock")).to_have_count(0)

    laptop.get_by_label("Kind of work").select_option(label="Film craft")
    laptop.get_by_role("button", name="Start the clock").click()
    expect(laptop.locator("#clock time-clock")).to_have_text(TICKS)
    look_again(phone)
    expect(strip).to_contain_text("Film craft")
    expect(phone.locator("#timer [aria-pressed=true]")).to_have_text("Film craft")

    phone.locator("#timer").get_by_role("button", name="Writing").click()
    expect(strip).to_contain_text("Writing")
    look_again(laptop)
    expect(laptop.locator("#clock")).to_contain_text("Writing")

    strip.get_by_role("button", name="Stop the clock").click()
    expect(strip.locator("time-clock")).to_have_count(0)
    expect(phone.locator("#timer [aria-pressed=true]")).to_have_count(0)
    look_again(laptop)
    expect(laptop.get_by_role("button", name="Start the clock")).to_be_visible()

    rows = TimeEntry.objects.order_by("pk").values_list("kind__key", "open")
    assert list(rows) == [("video", None), ("writing", None)]


def test_the_seconds_go_on_by_themselves_also_when_the_devices_clock_is_wrong(new_context):
    TimeEntry.objects.start(make.kind(), now=timezone.now() - timedelta(hours=1))
    page = new_context().new_page()
    page.clock.install(time="2031-05-01T08:00:00Z")
    page.goto("/time/")
    face = page.locator("#clock time-clock")
    expect(face).to_have_text(TICKS)
    page.clock.run_for(42_000)
    hours, minutes, seconds = map(int, face.inner_text().split(":"))
    assert (hours, minutes in {0, 1}, 60 * minutes + seconds >= 42) == (1, True, True)


def test_the_key_t_starts_and_stops_the_clock_but_never_while_one_types(page):
    page.goto("/time/")
    note = page.locator("#quick-line")
    note.fill("")
    note.press_sequentially("tt")
    assert TimeEntry.objects.count() == 0
    note.blur()
    page.keyboard.press("t")
    expect(page.locator("#clock time-clock")).to_have_text(TICKS)
    page.keyboard.press("t")
    expect(page.get_by_role("button", name="Start the clock")).to_be_visible()
    assert TimeEntry.objects.get().open is None
