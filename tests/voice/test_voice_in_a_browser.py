"""The page in a real browser: readable in both lights and languages, at both sizes; by keys."""

import pytest
from playwright.sync_api import expect

from projects.voice.models import Profile
from studio.store.worker import run_all
from tests.shell.test_accessibility import violations, widest
from tests.writing import make

from .make import prose


def told(language):
    """A book of six chapters as home, and a short chapter in another."""
    code = {"en": "en", "zh": "zh-Hans"}[language]
    book = make.book({"en": "The First Instruction", "zh": "第一条指令"}[language], language=code)
    for seed in range(1, 7):
        make.scene(prose(language, seed), chapter=make.chapter(f"{seed}", book=book))
    next_book = make.book({"en": "The Quiet Lattice", "zh": "寂静晶格"}[language], language=code)
    short = make.scene(prose(language, 9, 800), chapter=make.chapter("9", book=next_book))
    Profile.objects.choose(book, "理性，克制，宏大。")
    return book, short


def test_what_is_said_in_two_languages_fits_a_phone(phone_page, owner):
    owner.language = "zh-hans"  # the long one comes second
    owner.save()
    book, _ = told("zh")
    other = make.book("The First Instruction", language="en")
    make.scene(prose("en", 3), chapter=make.chapter("1", book=other))
    Profile.objects.choose(other, "Rational, restrained, epic and profound, and never in a hurry.")
    phone_page.goto(f"/voice/?chapter={book.chapters.first().pk}")
    expect(phone_page.get_by_text("never in a hurry")).to_be_visible()
    assert widest(phone_page) <= 0


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_accessible_and_fits(new_context, owner, light, phone, language):
    owner.language = {"en": "en", "zh": "zh-hans"}[language]
    owner.save()
    book, short = told(language)
    run_all()
    page = new_context(phone=phone, color_scheme=light).new_page()
    for chapter in (book.chapters.first(), short.chapter):
        page.goto(f"/voice/?chapter={chapter.pk}")
        for summary in page.locator("summary").all():
            if summary.is_visible() and not summary.locator("xpath=ancestor::more-rooms").count():
                summary.click()
        assert violations(page) == []
        assert widest(page) <= 0
    expect(page.locator("svg.plot")).to_have_count(8)
    expect(page.locator("svg.chart:visible")).to_have_count(1)


def test_choosing_a_chapter_shows_it_and_keeps_its_address(page):
    book, short = told("en")
    run_all()
    page.goto("/voice/")
    page.locator("#chapter").select_option(str(book.chapters.all()[2].pk))
    expect(page.locator(".voice-head")).to_contain_text("The mark is 3 as it stands now.")
    page.locator("#chapter").select_option(str(short.chapter_id))
    expect(page.locator(".voice-head")).to_contain_text("800 of the 3,000 words")
    assert page.url.endswith(f"/voice/?chapter={short.chapter_id}")
    page.reload()
    expect(page.locator(".voice-head")).to_contain_text("The mark is 9")


def test_the_page_waits_for_the_worker_and_then_shows_the_numbers(page):
    told("en")
    page.goto("/voice/")
    expect(page.locator("#state")).to_contain_text("Waiting to be measured")
    run_all()
    expect(page.get_by_role("heading", name="Drift")).to_be_visible()


def test_what_changed_is_measured_when_the_page_is_opened(page):
    _, short = told("en")
    run_all()
    make.revision(short, prose("en", 10, 900))
    page.goto(f"/voice/?chapter={short.chapter_id}")
    expect(page.locator("#state")).to_contain_text("Waiting to be measured")
    run_all()
    expect(page.locator(".voice-head")).to_contain_text("900 of the 3,000 words")


def test_g_v_leads_there(page):
    page.goto("/settings/")
    page.locator("body").press("g")
    page.locator("body").press("v")
    page.wait_for_url("**/voice/")
    expect(page.get_by_role("link", name="Voice", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
