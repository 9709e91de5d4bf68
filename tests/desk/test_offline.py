"""The worker that answers without a network, and the page it shows."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db


def shell(answer):
    """What the worker is told of this build."""
    return json.loads(re.match(r"const SHELL = (\{.*?\});\n", answer.text).group(1))


def test_the_worker_is_asked_for_anew_and_is_the_same_for_everyone(owner, studio_client):
    answer = Client().get("/sw.js")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    assert answer.text == studio_client.get("/sw.js").text


def test_every_file_it_keeps_is_there(owner):
    files = shell(Client().get("/sw.js"))["files"]
    names = [one.removeprefix(settings.STATIC_URL) for one in files]
    assert [name for name in names if finders.find(name) is None] == []
    assert len(set(files)) == len(files)


def test_it_keeps_every_style_of_the_pages_it_shows():
    from studio.desk.views.offline import SHEETS

    pages = ["writing/scene_edit", "writing/chapter", "writing/book", "desk/offline", "lost"]
    used = set()
    for page in pages:
        text = (Path(settings.BASE_DIR) / "templates" / f"{page}.html").read_text()
        used |= set(re.findall(r'(?:static "css/|stylesheets ")(pages/[^".]+)', text))
    assert len(used) > len(pages)
    assert used <= set(SHEETS)


def test_the_worker_and_the_page_mean_the_same_caches():
    static = Path(settings.BASE_DIR) / "static"
    files = ["sw.js", "js/lib/known.js", "js/elements/kept-pages.js"]
    names = [re.findall(r'const BOOK = "([^"]+)"', (static / one).read_text()) for one in files]
    assert names == [["throughline-book"]] * 3


def test_its_addresses_are_those_of_the_studio(owner):
    said = shell(Client().get("/sw.js"))
    assert (said["offline"], said["signIn"], said["signOut"]) == (
        "/offline/",
        "/sign-in/",
        "/sign-out/",
    )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_calm_page_speaks_both_languages_and_names_nobody(owner, language):
    page = Client().get("/offline/", headers={"Accept-Language": language}).text
    assert "The studio does not answer." in page
    assert "工作室没有应答" in page
    assert "Lin Yuan" not in page


def test_who_reaches_the_studio_goes_on_to_today(studio_client):
    assert studio_client.get("/offline/").url == "/"
