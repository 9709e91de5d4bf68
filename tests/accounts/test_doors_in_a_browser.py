"""The ways in, as a person walks them."""

import pytest
from playwright.sync_api import expect

from studio.accounts import setup_code
from studio.accounts.models import User
from tests.conftest import PASSPHRASE


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_from_the_link_in_the_terminal_to_today(new_context, phone):
    context = new_context(phone=phone, signed_in=False)
    page = context.new_page()
    page.goto(f"/welcome/?code={setup_code.issue()}")
    expect(page.get_by_label("Why I started")).to_be_focused()
    page.keyboard.insert_text("为了让小说活过来。")
    page.get_by_label("Title of your world").fill("计算宇宙")
    page.get_by_label("The same in another language").fill("The Computational Universe")
    page.get_by_label("Your name").fill("林远")
    page.get_by_label("Passphrase").fill("一万一千公里的盐和一盏灯")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("为了让小说活过来。")
    expect(page.get_by_role("main")).to_be_visible()
    assert page.url.endswith("/")
    if not phone:
        expect(page.locator(".brand")).to_have_text("计算宇宙The Computational Universe")


def test_the_code_can_be_typed_on_a_device_without_the_link(new_context):
    page = new_context(signed_in=False, phone=True).new_page()
    code = setup_code.issue()
    page.goto("/")
    page.get_by_label("Code").fill(code.lower())
    page.get_by_role("button", name="Open the set-up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why did you start?")


def test_a_passphrase_is_shown_and_hidden(new_context, owner):
    page = new_context(signed_in=False).new_page()
    page.goto("/sign-in/")
    field = page.get_by_label("Passphrase")
    field.fill("eleven thousand")
    expect(field).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show").click()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Hide").click()
    expect(field).to_have_attribute("type", "password")


@pytest.mark.parametrize("scripted", [True, False], ids=["with script", "without"])
def test_sign_in_and_out(new_context, owner, scripted):
    context = new_context(signed_in=False, java_script_enabled=scripted)
    context.expect_errors()  # what the clock asked just before is refused when it arrives after
    page = context.new_page()
    page.goto("/settings/")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Back to work.")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Back to work.")


def test_the_interface_changes_its_language_at_once(page, owner):
    page.goto("/settings/")
    page.get_by_label("Why I started").fill("To bring my novels to life.")
    page.get_by_label("Interface").select_option("简体中文")
    page.locator(".settings-foot button").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert User.objects.get().language == "zh-hans"
