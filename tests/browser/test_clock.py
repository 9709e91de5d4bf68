"""One clock: what a person starts on the laptop runs on the phone, and stops there."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.timelog import make
from tests.writing import make as writing
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
    face = page.locator("#clock time-clock:defined")  # only then it ticks
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


# --- keys, the menu, other tabs -----------------------------------------------------------------
def test_the_menu_opens_by_a_key_on_every_page_and_switches_by_number(page):
    page.goto("/writing/")
    page.keyboard.press("Shift+T")
    menu = page.locator("#clock-choice")
    expect(menu).to_contain_text("The clock stands")
    page.keyboard.press("2")
    expect(menu).to_be_hidden()
    expect(page.locator("#clock")).to_contain_text("Film craft")
    page.locator("#clock").get_by_label("Switch to").click()
    expect(menu).to_contain_text("The clock runs: Film craft")
    menu.get_by_label("Note").fill("shot 07")
    page.keyboard.press("2")  # typed, not chosen
    menu.get_by_role("button", name="Writing").click()
    expect(page.locator("#clock")).to_contain_text("Writing, shot 072")
    page.keyboard.press("Shift+T")
    page.keyboard.press("0")
    expect(page.get_by_role("button", name="Start the clock")).to_be_visible()
    rows = TimeEntry.objects.order_by("pk").values_list("kind__key", "note", "open")
    assert list(rows) == [("video", "", None), ("writing", "shot 072", None)]


def test_a_room_without_a_clock_says_in_words_what_the_key_did(page):
    scene = writing.scene("晶格并不发光。", chapter=writing.chapter("The Lattice Remembers"))
    page.goto(f"/scenes/{scene.pk}/edit/")
    page.locator("body").focus()
    page.locator(".saved").click()
    page.keyboard.press("t")
    expect(page.locator(".toast")).to_contain_text("The clock runs: Writing")
    entry = TimeEntry.objects.get()
    assert (entry.open, entry.page) == (True, f"/scenes/{scene.pk}/edit/")
    page.keyboard.press("t")
    expect(page.locator(".toast")).to_contain_text("The clock stopped at 0:00:")


def test_another_tab_sees_it_at_once(new_context):
    context = new_context()
    one, two = context.new_page(), context.new_page()
    one.goto("/time/")
    two.goto("/time/kinds/")
    expect(two.get_by_role("button", name="Start the clock")).to_be_visible()
    one.get_by_role("button", name="Start the clock").click()
    expect(two.locator("#clock time-clock")).to_have_text(TICKS)


# --- without a network --------------------------------------------------------------------------
@pytest.mark.parametrize("phone", [False, True])
def test_what_the_clock_is_told_without_a_network_arrives_when_it_is_back(new_context, phone):
    device = new_context(phone=phone)
    device.expect_errors()  # a network that is gone is an error to a browser
    page = device.new_page()
    page.goto("/")
    page.wait_for_function("() => localStorage.getItem('throughline:clock')")  # it met the studio
    device.set_offline(True)
    page.locator("#timer").get_by_role("button", name="Film craft").click()
    waits = page.locator("#timer .clock-waits")
    expect(waits).to_contain_text("Film craft · On this device until the network is back")
    expect(waits.locator("time-clock")).to_have_text(TICKS)
    waits.get_by_role("button", name="Stop").click()
    expect(waits).to_contain_text("The clock stands")
    waits.get_by_role("button", name="Start").click()
    expect(waits).to_contain_text("Writing")
    assert TimeEntry.objects.count() == 0
    device.set_offline(False)
    expect(page.locator("#timer [aria-pressed=true]")).to_have_text("Writing")
    expect(page.locator(".clock-waits")).to_have_count(0)
    rows = TimeEntry.objects.order_by("started_at").values_list("kind__key", "open")
    assert list(rows) == [("video", None), ("writing", True)]


def test_a_stop_outlives_its_tab_and_does_not_stop_what_another_device_began(new_context):
    laptop, phone = new_context(), new_context(phone=True)
    laptop.expect_errors()
    page = laptop.new_page()
    page.goto("/time/")
    page.get_by_role("button", name="Start the clock").click()
    expect(page.locator("#clock time-clock")).to_have_text(TICKS)
    laptop.set_offline(True)
    page.locator("#clock").get_by_role("button", name="Stop the clock").click()
    expect(page.locator("#clock .clock-waits")).to_contain_text("The clock stands")
    page.close()

    other = phone.new_page()
    other.goto("/")
    other.locator("#timer").get_by_role("button", name="Film craft").click()
    expect(other.locator("#running")).to_contain_text("Film craft")

    laptop.set_offline(False)
    page = laptop.new_page()
    page.goto("/time/")
    expect(page.locator("#clock")).to_contain_text("Film craft")
    first, second = TimeEntry.objects.order_by("started_at")
    assert (first.kind.key, first.open, second.open) == ("writing", None, True)
    assert first.ended_at <= second.started_at
