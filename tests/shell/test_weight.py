"""What a first visit to Today costs, fonts and pictures not counted."""

import gzip

import pytest

from projects.worlds.models import World
from timelog.models import Intention

MOST = 120_000
COUNTED = {"document", "stylesheet", "script", "fetch", "xhr", "manifest"}


@pytest.fixture
def first_load(new_context):
    """All that the browser asks for, with a cold cache."""
    World.objects.create(title="The Computational Universe", other_title="计算宇宙")
    Intention.objects.say("To bring my novels to life.", "让我的小说活过来。")
    page = new_context().new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/", wait_until="networkidle")
    return answers


def sent(answer):
    """Bytes on the wire: files are sent compressed, pages are not (they hold a secret token)."""
    body = answer.body()
    return len(gzip.compress(body, 6)) if "/static/" in answer.url else len(body)


def test_today_weighs_at_most_120_kilobytes_and_asks_no_third_party(first_load, live_server):
    assert [one.url for one in first_load if not one.url.startswith(live_server.url)] == []
    counted = [one for one in first_load if one.request.resource_type in COUNTED]
    raw = sum(len(one.body()) for one in counted)
    packed = sum(sent(one) for one in counted)
    print(f"\nToday: {len(counted)} files, {raw:,} bytes, {packed:,} as they are sent")
    assert packed <= MOST


def test_every_file_of_the_first_load_arrives(first_load):
    assert [one.url for one in first_load if one.status >= 400] == []


def test_only_the_sans_is_preloaded_and_fonts_swap(first_load, studio_client):
    page = studio_client.get("/").text
    assert page.count('rel="preload"') == 1
    assert "hanken-grotesk" in page
    sheet = next(one.text() for one in first_load if one.url.endswith("css/fonts.css"))
    loaded = [face for face in sheet.split("@font-face")[1:] if "url(" in face]
    assert len(loaded) == 3
    assert all("font-display: swap" in face for face in loaded)
